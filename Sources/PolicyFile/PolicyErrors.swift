// Mistakes in a policy file, in the form compilers use: place, sentence, the line, a caret and a
// way out. All text of the file is escaped, because a workspace's policy is a stranger's text.

public import GateCore

/// All mistakes of one file.
public struct PolicyErrors: Error, Equatable, Sendable {
    /// The file as the caller named it.
    public let path: String
    /// In the order of the file; never empty.
    public let problems: [PolicyProblem]

    /// Mistakes of the file that the caller named so.
    public init(path: String, problems: [PolicyProblem]) {
        self.path = path
        self.problems = problems
    }

    /// All problems as text, each ending with a line feed.
    public var text: String {
        var text = ""
        for problem in problems.prefix(PolicyErrors.mostShown) {
            text += problem.text(in: path)
        }
        let hidden = problems.count - PolicyErrors.mostShown
        if hidden > 0 { text += "\(displayed(path)): and \(hidden) more\n" }
        return text
    }

    private static let mostShown = 100
}

/// One mistake.
public struct PolicyProblem: Equatable, Sendable {
    /// How bad it is.
    public enum Severity: Sendable, Equatable {
        /// The file cannot be used.
        case error
        /// The file can be used and does not say what was meant.
        case warning
    }

    /// How bad it is.
    public internal(set) var severity = Severity.error
    /// Where it is.
    public let place: Place
    /// What is wrong, without a full stop.
    public let message: String
    /// The line of the file, escaped and cut around the place; empty where there is none to show.
    public let excerpt: String
    /// Columns of the excerpt before the caret.
    public let indent: Int
    /// What to do about it.
    public let help: String?

    /// `path:line:column: error: message`, the line, a caret and the help.
    public func text(in path: String) -> String {
        let kind = severity == .error ? "error" : "warning"
        var text = "\(displayed(path)):\(place.line):\(place.column): \(kind): \(message)\n"
        if !excerpt.isEmpty {
            text += "  \(excerpt)\n  \(String(repeating: " ", count: indent))^\n"
        }
        if let help { text += "  help: \(help)\n" }
        return text
    }
}

/// The lines of a file, to turn offsets into places.
struct SourceText {
    private let bytes: [UInt8]
    /// Offsets at which lines start.
    private let starts: [Int]
    /// The last place that was asked for. Rules ask in the order of the file, so a policy that is
    /// one long line is still read once.
    private var last = (offset: 0, line: 0, column: 1)

    /// A file whose lines are known to start at these offsets.
    init(_ bytes: [UInt8], lines: [Int]) {
        self.bytes = bytes
        starts = lines
    }

    /// Finds the lines of a file.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        starts = SourceText.lines(of: bytes)
    }

    /// Offsets at which the lines of a file start.
    static func lines(of bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for index in bytes.indices where bytes[index] == 0x0A { starts.append(index + 1) }
        return starts
    }

    /// Line and column of an offset; the column counts characters.
    mutating func place(of offset: Int) -> Place {
        let line = line(of: offset)
        var column = 1
        var start = starts[line]
        if line == last.line, offset >= last.offset {
            column = last.column
            start = last.offset
        }
        column += characters(in: start..<max(start, clamped(offset)))
        last = (offset, line, column)
        return Place(line: line + 1, column: column)
    }

    private func characters(in range: Range<Int>) -> Int {
        for byte in bytes[range] where byte >= 0x80 {
            return String(decoding: bytes[range], as: UTF8.self).count
        }
        return range.count
    }

    /// A problem at an offset.
    mutating func problem(at offset: Int, _ message: String, help: String?) -> PolicyProblem {
        let line = line(of: offset)
        let start = starts[line]
        var end = line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        let place = place(of: offset)
        let split = min(clamped(offset), end)
        let (excerpt, indent) = SourceText.cut(
            before: shown(start..<split), after: shown(split..<end))
        return PolicyProblem(
            place: place, message: message, excerpt: excerpt, indent: indent, help: help)
    }

    /// Part of a line as it is printed; a tab is one column, so that the caret fits below.
    private func shown(_ range: Range<Int>) -> String {
        // Longer parts are cut anyway; a policy written as one line has megabytes of them.
        let limit = 4 * SourceText.width
        let isLeft = range.upperBound < bytes.count && range.count > limit
        let part = isLeft ? range.suffix(limit) : range.prefix(limit)
        var text = ""
        for character in String(decoding: bytes[part], as: UTF8.self) {
            text += character == "\t" ? " " : displayed(String(character))
        }
        return text
    }

    /// At most `width` columns around the caret, with dots where something is left out.
    private static func cut(before: String, after: String) -> (excerpt: String, indent: Int) {
        let isWhole = before.count + after.count <= width
        if isWhole { return (before + after, before.count) }
        let room = width / 2
        let head = before.count <= room ? before : "..." + before.suffix(room - 3)
        let rest = width - head.count
        let tail = after.count <= rest ? after : after.prefix(rest - 3) + "..."
        return (head + tail, head.count)
    }

    private static let width = 96

    private func clamped(_ offset: Int) -> Int { min(offset, bytes.count) }

    /// Index of the line that holds an offset.
    private func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
