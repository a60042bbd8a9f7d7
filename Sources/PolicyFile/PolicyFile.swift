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
    /// - Throws: `PolicyErrors` with every mistake that could be told apart; a document that is
    ///   not JSON has one.
    public static func load(bytes: [UInt8], path: String) throws(PolicyErrors) -> Policy {
        if bytes.count > largest {
            var source = SourceText([])
            let problem = source.problem(
                at: 0, "the file is larger than 16 MiB",
                help: "a policy of this size is a mistake; is it the right file?")
            throw PolicyErrors(path: path, problems: [problem])
        }
        let document: JSON
        do {
            document = try JSON.parse(bytes, deepest: deepest)
        } catch {
            var source = SourceText(bytes)
            let problem = source.problem(
                at: error.offset, displayed(error.message), help: help(for: error, in: bytes))
            throw PolicyErrors(path: path, problems: [problem])
        }
        var reader = PolicyReader(bytes)
        let policy = reader.policy(document)
        if !reader.problems.isEmpty {
            throw PolicyErrors(path: path, problems: reader.sortedProblems)
        }
        return policy
    }

    /// A way out of the mistakes that people make in JSON by hand.
    private static func help(for error: JSONError, in bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return "save the file as UTF-8 without a mark"
        }
        guard error.offset < bytes.count else {
            return bytes.isEmpty ? "the file is empty" : "is the end of the file missing?"
        }
        switch bytes[error.offset] {
        case UInt8(ascii: "/"), UInt8(ascii: "#"): return "JSON has no comments"
        case UInt8(ascii: "'"): return "JSON puts text in double quotes"
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            return "is there a comma before it, or a value missing?"
        case UInt8(ascii: "\""):
            return hasPrefix(error.message, "duplicate")
                ? "an object holds each key once; remove one of the two"
                : "is a comma missing before it?"
        case 0xFE, 0xFF, 0: return "save the file as UTF-8"
        default: return nil
        }
    }

    private static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
        text.utf8.starts(with: prefix.utf8)
    }
}
