// What the core may know of the world. Pure code asks; the edge answers; the question is asked
// again. So every classification is a function of values, and a test needs no mock.

/// A question about the file system.
public enum Fact: Sendable, Hashable {
    /// The text of the file at an absolute path.
    case text(String)
    /// What the absolute path names, symbolic links followed.
    case entry(String)
    /// The names in a directory.
    case names(String)
    /// The names of the directories in a directory, and of links to directories.
    case folders(String)
    /// Where a path really lies, symbolic links followed as far as it exists.
    case place(String)
    /// Whether the repository around the second directory tracks what lies at the first path.
    case tracked(String, from: String)
}

/// The answer to a `Fact`.
public enum Answer: Sendable, Equatable {
    /// Nothing is there.
    case absent
    /// Something is there and cannot be read (permission, not a file, over 1 MiB, not UTF-8).
    case unreadable
    /// The file's text.
    case text(String)
    /// A regular file; `isExecutable` for the caller.
    case file(isExecutable: Bool)
    /// A directory. `holdsTools` where it holds shims of ours or a real tool of the table.
    case directory(holdsTools: Bool)
    /// The names in a directory, or of the directories in it, in byte order.
    case names([String])
    /// An absolute path without symbolic links.
    case place(String)
    /// A file or directory that is the project's own.
    case tracked
}

/// Facts already known, and the ones that the pure code still needs.
///
/// A question without an answer is noted in `needed` and answered nil; the caller fetches what is
/// needed and classifies again until nothing is.
public struct Facts: Sendable {
    public private(set) var known: [Fact: Answer]
    public private(set) var needed: [Fact] = []
    /// Files that are there and whose text was wanted, but could not be read.
    public private(set) var unreadable: [String] = []
    /// Nested lines that were read in this round; the same line is not read twice, or else runners
    /// that start runners would be read once for each combination of their versions.
    private var nested: [(line: Line, meaning: Invocation)] = []

    public init(_ known: [Fact: Answer] = [:]) { self.known = known }

    /// Records an answer of the edge.
    public mutating func learn(_ fact: Fact, _ answer: Answer) { known[fact] = answer }

    /// Forgets what was asked, before the next round.
    public mutating func startRound() {
        needed.removeAll()
        unreadable.removeAll()
        nested.removeAll()
    }

    /// The most nested lines that are read in one round.
    public static let mostNested = 512

    /// Whether more lines were nested than are followed.
    public var isCrowded: Bool { nested.count >= Facts.mostNested }

    /// What a nested line was found to mean in this round.
    public func meaning(of line: Line) -> Invocation? {
        for known in nested where known.line == line { return known.meaning }
        return nil
    }

    /// Remembers what a nested line means.
    public mutating func remember(_ line: Line, _ meaning: Invocation) {
        nested.append((line, meaning))
    }

    /// The answer, or nil where it has still to be fetched.
    public mutating func ask(_ fact: Fact) -> Answer? {
        if let answer = known[fact] { return answer }
        if !needed.contains(fact) { needed.append(fact) }
        return nil
    }

    /// The text of a file, or nil where it is absent, unreadable or not yet fetched. An unreadable
    /// one is noted: the tool may read it where we cannot, so the line is not understood.
    public mutating func text(_ path: String) -> String? {
        switch ask(.text(path)) {
        case .text(let text): return text
        case .unreadable:
            unreadable.append(path)
            return nil
        case .absent, .file, .directory, .names, .place, .tracked, nil: return nil
        }
    }

    /// Whether a regular file is there.
    public mutating func hasFile(_ path: String) -> Bool {
        if case .file = ask(.entry(path)) { return true }
        return false
    }

    /// Whether a directory is there.
    public mutating func hasDirectory(_ path: String) -> Bool {
        if case .directory = ask(.entry(path)) { return true }
        return false
    }
}
