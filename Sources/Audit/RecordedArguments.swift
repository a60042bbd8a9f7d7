// argv as it goes into a record: the words that were redacted as text, the others as they are.
// A word that is not UTF-8 is kept byte for byte, because its repaired text would hide what was
// typed; but a secret in it goes first.

public import GateCore

extension DecisionRecord.Argument {
    /// Redacts the caller's argv, argv[0] included.
    ///
    /// A word that is not UTF-8 is kept as its bytes, but only where its repaired text held no
    /// secret.
    public static func recorded(
        _ argv: [[UInt8]], tool: Word, invocation: Invocation? = nil, rules: [SecretRule] = []
    ) -> [DecisionRecord.Argument] {
        guard let name = argv.first else { return [] }
        var words: [Word] = []
        var isText: [Bool] = []
        for place in 1..<max(1, argv.count) {
            var text = String(decoding: argv[place], as: UTF8.self)
            isText.append(String(validating: argv[place], as: UTF8.self) != nil)
            // A stray byte in the name of an option must not hide what its value is.
            if isText.last == false { text.unicodeScalars.removeAll { $0 == "\u{FFFD}" } }
            words.append(Word(text))
        }
        let redacted = redact(
            arguments: words, tool: tool, invocation: invocation, rules: rules)
        var arguments: [DecisionRecord.Argument] = [.text(String(decoding: name, as: UTF8.self))]
        for place in 0..<words.count {
            let isUntouched = Word(redacted[place]) == words[place]
            arguments.append(
                !isText[place] && isUntouched
                    ? .bytes(argv[place + 1]) : .text(redacted[place]))
        }
        return arguments
    }
}
