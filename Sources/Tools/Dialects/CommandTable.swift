// Command words of a tool as one text, searched on demand; see OptionTable.swift for the options.
//
// A line is `LETTER OPERATION WORDS...`. The letter ties a command to its options.

internal import GateCore

/// Commands of a tool, one a line: `LETTER OPERATION WORDS...`.
struct CommandTable {
    /// A command and how many words name it.
    struct Match {
        let letter: UInt8
        let operation: Operation
        let words: [Word]
    }

    let text: String

    /// The longest command that these words start with.
    func match(_ words: [Word]) -> Match? {
        var best: Match?
        for line in text.utf8.split(separator: 0x0A) {
            let fields = line.split(separator: 0x20)
            guard fields.count > 2, fields.count - 2 <= words.count,
                fields.count - 2 > best?.words.count ?? 0
            else { continue }
            var isMatch = true
            for (index, field) in fields.dropFirst(2).enumerated()
            where !field.elementsEqual(words[index].text.utf8) {
                isMatch = false
                break
            }
            guard isMatch, let letter = fields[0].first else { continue }
            let operation = Operation(name: Word(String(Substring(fields[1])))) ?? .unknown
            best = Match(
                letter: letter, operation: operation,
                words: Array(words.prefix(fields.count - 2)))
        }
        return best
    }

    /// Whether a longer command starts with these words.
    func isGroup(_ words: [Word]) -> Bool {
        for line in text.utf8.split(separator: 0x0A) {
            let fields = line.split(separator: 0x20).dropFirst(2)
            guard fields.count > words.count else { continue }
            var isMatch = true
            for (field, word) in zip(fields, words) where !field.elementsEqual(word.text.utf8) {
                isMatch = false
            }
            if isMatch { return true }
        }
        return false
    }
}
