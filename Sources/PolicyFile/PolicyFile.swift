// The loader: bytes of a policy file in, a `Policy` or every mistake out (docs/policy.md, shape).
// It is strict because a rule that is not read as its author meant it is a hole: unknown keys,
// wrong types and words that mean nothing are errors, never skipped.

public import GateCore
internal import StrictJSON

/// Reads policy files.
public enum PolicyFile {
    /// Largest file that is read, in bytes.
    public static let largest = 16 << 20
    /// Deepest nesting that is read.
    static let deepest = 32
    /// The format this version reads.
    static let version = 1

    /// Reads one file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: how messages name it.
    /// - Throws: `PolicyErrors` with every mistake that could be told apart; what is not JSON is read
    ///   up to where it stops being it.
    public static func load(bytes: [UInt8], path: String) throws(PolicyErrors) -> Policy {
        let document = try document(bytes, path: path)
        var reader = PolicyReader(bytes, lines: document.lines)
        let policy = reader.policy(document)
        if !reader.problems.isEmpty {
            throw PolicyErrors(path: path, problems: reader.sortedProblems)
        }
        return policy
    }

    /// The JSON of a file that is no larger and no deeper than a policy may be.
    static func document(_ bytes: [UInt8], path: String) throws(PolicyErrors) -> JSON {
        if bytes.count > largest {
            var source = SourceText([])
            let problem = source.problem(
                at: 0, "the file is larger than 16 MiB",
                help: "a policy of this size is a mistake; is it the right file?")
            throw PolicyErrors(path: path, problems: [problem])
        }
        do {
            return try JSON.parse(bytes, deepest: deepest)
        } catch {
            throw PolicyErrors(path: path, problems: problems(in: bytes))
        }
    }

    /// Everything that is wrong with a file that is not strict JSON. Where only names stand twice, the
    /// rest of it is looked at as well.
    private static func problems(in bytes: [UInt8]) -> [PolicyProblem] {
        let (document, errors) = JSON.examine(bytes, deepest: deepest)
        var reader = PolicyReader(bytes, lines: document?.lines ?? SourceText.lines(of: bytes))
        for error in errors {
            reader.report(
                error.offset, displayed(error.message), help: help(for: error, in: bytes))
        }
        if let document { _ = reader.policy(document) }
        return reader.sortedProblems
    }

    /// A way out of the mistakes that people make in JSON by hand.
    private static func help(for error: JSONError, in bytes: [UInt8]) -> String {
        if bytes.isEmpty { return "the file is empty; a policy is at least { \"rules\": [] }" }
        if error.offset < bytes.count, let help = help(forByte: bytes[error.offset], error.kind) {
            return help
        }
        switch error.kind {
        case .byteOrderMark, .encoding: return "save the file as UTF-8 without a mark"
        case .endBeforeValue, .openString: return "is the end of the file missing?"
        case .value:
            return "write \"text\", a number, true, false, null, [ ... ] or { ... }"
        case .name: return "write \"name\": value"
        case .colon: return "put \":\" between a name and its value"
        case .commaOrBrace, .commaOrBracket:
            return error.offset < bytes.count
                ? "put a comma between two entries" : "is the end of the file missing?"
        case .textAfterEnd: return "a file holds one object; remove what stands behind it"
        case .size: return "is it the right file?"
        case .depth: return "no policy needs such nesting; is it the right file?"
        case .controlCharacter: return "write \\n for a new line and \\t for a tab"
        case .escape: return "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX"
        case .hexadecimal: return "write \\u0041 for A"
        case .surrogate: return "write the character itself, or both halves"
        case .digit: return "write numbers as 10 or -1.5e3"
        case .leadingZero: return "remove the zero"
        case .duplicate: return "an object holds each key once; remove one of the two"
        }
    }

    /// What a byte says of what its author had in mind.
    private static func help(forByte byte: UInt8, _ kind: JSONError.Kind) -> String? {
        switch (kind, byte) {
        case (.value, UInt8(ascii: "/")), (.name, UInt8(ascii: "/")),
            (.value, UInt8(ascii: "#")), (.name, UInt8(ascii: "#")),
            (.commaOrBrace, UInt8(ascii: "/")), (.commaOrBracket, UInt8(ascii: "/")):
            "JSON has no comments"
        case (.value, UInt8(ascii: "'")), (.name, UInt8(ascii: "'")):
            "JSON puts text in double quotes"
        case (.value, UInt8(ascii: "]")), (.name, UInt8(ascii: "}")):
            "JSON has no comma behind the last entry; remove it"
        case (.value, 0), (.value, 0xFE), (.value, 0xFF): "save the file as UTF-8"
        default: nil
        }
    }
}
