// What a confined program may still do, as a value, and as the words by which our own binary is
// started to do it: `shimgate confine OPTIONS -- PROGRAM ARGUMENTS`. Rules:
// - What is not listed is out of reach; an option takes rights away or names a place to keep.
// - There is no network, whatever the value says.
// - Words that are not understood are an error, so that a newer caller is never half obeyed.

public import GateCore

/// What a program can reach while it is confined.
public struct Confinement: Sendable, Equatable {
    /// A means of the kernel by which it is enforced, strongest first.
    public enum Enforcement: String, Sendable, CaseIterable {
        /// User, mount, network, PID and IPC namespaces, and a system-call filter.
        case namespaces
        /// Landlock and a stricter system-call filter.
        case landlock
        /// Nothing: only environment, home and temporary directory are the confined ones.
        case none

        /// The word used in options and records.
        public var name: String { rawValue }
    }

    /// Absolute paths that can be read besides the system's own (`SystemPlaces`), each with all
    /// below it.
    public var readable: [String] = []
    /// Absolute paths that can be read and written, each with all below it.
    public var writable: [String] = []
    /// Absolute paths below those that cannot even be read. Credential files directly in a
    /// listed place are hidden without being named.
    public var hidden: [String] = []
    /// Variables that are kept besides those of `ConfinedEnvironment`.
    public var keptVariables: [Word] = []
    /// The directory in which home and temporary directory of the program are made; they are
    /// removed afterwards.
    public var scratchParent = "/tmp"
    /// What may be tried, in order. A confinement that none of them gives is refused.
    public var enforcements: [Enforcement] = [.namespaces, .landlock]
    /// Where to write the enforcement that was reached, as a line: an open descriptor.
    public var report: Int32?

    /// Nothing but the system's own places.
    public init() {}
}

extension Confinement {
    /// A command line that does not say what to do; the text is one sentence.
    public struct Misuse: Error, Sendable {
        public let message: String
    }

    /// The words after `shimgate` that start `command` confined.
    public func words(before command: [Word]) -> [Word] {
        var words: [Word] = ["confine"]
        for path in readable { words += ["--read", Word(path)] }
        for path in writable { words += ["--write", Word(path)] }
        for path in hidden { words += ["--hide", Word(path)] }
        for name in keptVariables { words += ["--keep", name] }
        words += ["--scratch", Word(scratchParent)]
        for enforcement in enforcements { words += ["--by", Word(enforcement.name)] }
        if let report { words += ["--report", Word(String(report))] }
        return words + ["--"] + command
    }

    /// Reads the words after `confine`.
    ///
    /// - Returns: the confinement and the command, which has at least one word.
    /// - Throws: `Misuse`.
    public static func read(
        _ words: [Word]
    ) throws(Misuse) -> (confinement: Confinement, command: [Word]) {
        var confinement = Confinement()
        var wanted: [Enforcement] = []
        var index = 0
        while index < words.count, words[index] != "--" {
            let option = words[index]
            guard index + 1 < words.count else { throw Misuse(message: "\(option) needs a value") }
            let value = words[index + 1]
            index += 2
            switch option {
            case "--read": confinement.readable.append(try place(value))
            case "--write": confinement.writable.append(try place(value))
            case "--hide": confinement.hidden.append(try place(value))
            case "--keep": confinement.keptVariables.append(value)
            case "--scratch": confinement.scratchParent = try place(value)
            case "--by":
                let known = Enforcement.allCases.first { Word($0.name) == value }
                guard let known else { throw Misuse(message: "there is no enforcement \(value)") }
                wanted.append(known)
            case "--report":
                guard let number = Int32(value.text), number > 2 else {
                    throw Misuse(message: "\(value) is no descriptor to report to")
                }
                confinement.report = number
            default: throw Misuse(message: "unknown option \(option)")
            }
        }
        if !wanted.isEmpty { confinement.enforcements = wanted }
        guard index + 1 < words.count else { throw Misuse(message: "a command has to follow --") }
        return (confinement, Array(words[(index + 1)...]))
    }

    /// An absolute path without parts that a symbolic link could turn elsewhere.
    private static func place(_ word: Word) throws(Misuse) -> String {
        guard word.first == UInt8(ascii: "/") else {
            throw Misuse(message: "\(word) is no absolute path")
        }
        var parts: [String] = []
        for part in word.text.utf8.split(separator: UInt8(ascii: "/")) {
            let text = String(Substring(part))
            if Word(text) == ".." { throw Misuse(message: "\(word) leads back by ..") }
            if Word(text) != "." { parts.append(text) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
