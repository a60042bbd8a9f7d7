// A line of shell, split for judging: `simulate --command` and hooks of agent hosts get text where
// the shim gets argv. It follows the token rules of POSIX (XCU 2.3, 2.9, 2.10) and never executes
// or expands anything: what would need that makes its command unclear, which policy denies.

/// A simple command of a line.
public struct ShellCommand: Sendable, Equatable {
    /// Variables set for it: exported before, leading assignments, and those of `env` and `sudo`.
    public var assignments: [Environment.Entry]
    /// The program and its arguments, quotes removed; wrappers such as `sudo` taken off. Where the
    /// command is unclear, what is known of it, expansions as they were typed.
    public var words: [Word]
    /// Why it cannot be told what runs; nil where it can.
    public var unclear: String?

    /// A command with its words.
    public init(
        assignments: [Environment.Entry] = [], words: [Word], unclear: String? = nil
    ) {
        self.assignments = assignments
        self.words = words
        self.unclear = unclear
    }
}

/// The simple commands of lists, pipelines, groups and subshells, in the order of the text, with
/// those that wrappers and `sh -c` would start in place of the wrapper.
///
/// - Parameter text: what a POSIX shell would be given.
/// - Returns: no command for a text that runs nothing.
public func shellCommands(in text: String) -> [ShellCommand] {
    shellCommands(in: text, depth: 0)
}

/// As above; `depth` counts the shells around the text.
func shellCommands(in text: String, depth: Int) -> [ShellCommand] {
    var reader = ShellReader(text, depth: depth)
    return reader.commands()
}

/// A word before it is known what it is for.
struct ShellPiece {
    /// The text without quotes.
    var bytes: [UInt8] = []
    /// Whether any part stood in quotes or behind a backslash, so that it is no reserved word.
    var isQuoted = false
    /// Whether a `*`, `?` or `[` stands outside quotes.
    var isGlob = false
    /// Length of the name before an unquoted `=` where one makes this an assignment.
    var nameLength: Int?
    /// Why its text is not what the program would see.
    var unclear: String?

    /// The text as a word.
    var word: Word { Word(String(decoding: bytes, as: UTF8.self)) }

    /// The variable and its value, where this has the form of an assignment.
    var assignment: Environment.Entry? {
        guard let nameLength else { return nil }
        return .init(
            name: Word(String(decoding: bytes[..<nameLength], as: UTF8.self)),
            value: Word(String(decoding: bytes[(nameLength + 1)...], as: UTF8.self)))
    }
}

/// Reads one text.
private struct ShellReader {
    private var scanner: ShellScanner
    private let depth: Int
    private var found: [ShellCommand] = []
    private var pieces: [ShellPiece] = []
    private var unclear: String?
    /// Variables exported by earlier commands of the text.
    private var exported: [Environment.Entry] = []

    init(_ text: String, depth: Int) {
        scanner = ShellScanner(text)
        self.depth = depth
    }

    mutating func commands() -> [ShellCommand] {
        while let byte = scanner.peek {
            switch byte {
            case 0x20, 0x09: scanner.skip(1)
            case UInt8(ascii: "#"): scanner.skipComment()
            case 0x0A:
                finish()
                scanner.skip(1)
                scanner.skipHereDocuments()
            case UInt8(ascii: "&"):
                if scanner.byte(after: 1) == UInt8(ascii: ">") {
                    scanner.skip(1)
                    redirect()
                } else {
                    finish()
                    scanner.skip(1)
                }
            case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ")"):
                finish()
                scanner.skip(1)
            case UInt8(ascii: "("):
                // After words this is a function definition or an array, else a subshell.
                if pieces.isEmpty { finish() } else { note("it defines a function or an array") }
                scanner.skip(1)
            case UInt8(ascii: "<"), UInt8(ascii: ">"): redirect()
            default: word()
            }
        }
        finish()
        return found
    }

    private mutating func word() {
        if scanner.skipLineContinuation() { return }
        let piece = scanner.piece()
        if isDescriptor(piece) { return }
        if let reason = piece.unclear { note(reason) }
        if pieces.isEmpty, !piece.isQuoted {
            if ShellWords.groups.contains(piece.word) { return }
            if ShellWords.controls.contains(piece.word) { note("it is a control structure") }
        }
        pieces.append(piece)
    }

    /// Whether the word is the number before `<` or `>`.
    private func isDescriptor(_ piece: ShellPiece) -> Bool {
        guard !piece.isQuoted, !piece.bytes.isEmpty else { return false }
        guard scanner.peek == UInt8(ascii: "<") || scanner.peek == UInt8(ascii: ">") else {
            return false
        }
        for byte in piece.bytes where byte < 0x30 || byte > 0x39 { return false }
        return true
    }

    /// Skips a redirection with its target.
    private mutating func redirect() {
        if let reason = scanner.skipRedirection() { note(reason) }
    }

    private mutating func note(_ reason: String) { unclear = unclear ?? reason }

    /// Ends the command that was being read.
    private mutating func finish() {
        defer {
            pieces = []
            unclear = nil
        }
        var assignments = exported
        var words = pieces[...]
        while let entry = words.first?.assignment {
            assignments.append(entry)
            words = words.dropFirst()
        }
        if let unclear {
            found.append(
                .init(assignments: assignments, words: words.map(\.word), unclear: unclear))
            return
        }
        guard let first = words.first else {
            // A variable that is exported already changes for what follows.
            exported = assignments
            return
        }
        if ShellWords.exporters.contains(first.word) {
            for piece in words { if let entry = piece.assignment { exported.append(entry) } }
        }
        found += unwrapped(Array(words), assignments: assignments, depth: depth)
    }
}

/// Words that mean something in the place of a command.
enum ShellWords {
    /// They only group; the command follows.
    static let groups: [Word] = ["{", "}", "!"]
    /// What runs depends on something that only the shell knows.
    static let controls: [Word] = [
        "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac",
        "select", "function", "[[", "coproc",
    ]
    /// They put variables into the environment of what follows.
    static let exporters: [Word] = ["export", "declare", "typeset", "readonly"]
    /// They run text or change what later words mean.
    static let evaluators: [Word] = ["eval", ".", "source", "alias", "unalias", "trap", "hash"]
    /// Shells whose `-c` text is read in turn.
    static let shells: [Word] = ["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh"]
}
