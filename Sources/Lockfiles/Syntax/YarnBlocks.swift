// The syntax of yarn 1's lockfile, which looks like YAML and is not: keys of an entry separated by
// commas, values without a colon (yarn, src/lockfile/stringify.js). Merge conflicts, which yarn 1
// resolves on its own, are errors here.

internal import GateCore

/// An entry of yarn.lock.
struct YarnBlock: Sendable {
    /// The patterns that the entry answers, `name@range` each.
    var patterns: [LockedText]
    /// The keys below.
    var fields: [Tree.Entry]
}

/// Reads a file once.
struct YarnBlockReader {
    private let text: SourceText

    /// The entries of a file in order.
    static func blocks(of text: SourceText) throws(LockfileError) -> [YarnBlock] {
        try YarnBlockReader(text: text).read()
    }

    private func read() throws(LockfileError) -> [YarnBlock] {
        var blocks: [YarnBlock] = []
        var patterns: Set<Word> = []
        // Whether the last field opened a map (`dependencies:`).
        var isInside = false
        for line in text.lines {
            var start = line.lowerBound
            while start < line.upperBound, text.bytes[start] == 0x20 { start += 1 }
            if start == line.upperBound || text.bytes[start] == UInt8(ascii: "#") { continue }
            var scanner = Scanner(text, start..<line.upperBound)
            switch start - line.lowerBound {
            case 0:
                let block = YarnBlock(patterns: try header(&scanner), fields: [])
                for pattern in block.patterns
                where !patterns.insert(Word(pattern.text)).inserted {
                    throw LockfileError("this key is there twice", at: pattern.place)
                }
                blocks.append(block)
                isInside = false
            case 2:
                guard !blocks.isEmpty else { throw scanner.error("indented without an entry") }
                let entry = try field(&scanner)
                isInside = entry.value.isMap
                let last = blocks.count - 1
                guard blocks[last].fields.allSatisfy({ !isSame($0.key, entry.key) }) else {
                    throw LockfileError("this key is there twice", at: entry.key.place)
                }
                blocks[last].fields.append(entry)
            case 4:
                let last = blocks.count - 1
                guard isInside, last >= 0, let end = blocks[last].fields.indices.last else {
                    throw scanner.error("indented without a key above")
                }
                let entry = try field(&scanner)
                var inner = try blocks[last].fields[end].value.entries("the key above")
                guard !entry.value.isMap, inner.allSatisfy({ !isSame($0.key, entry.key) }) else {
                    throw LockfileError("this key is there twice", at: entry.key.place)
                }
                inner.append(entry)
                blocks[last].fields[end].value.value = .map(inner)
            default: throw scanner.error("indented by other than 2 or 4 spaces")
            }
        }
        return blocks
    }

    private func isSame(_ left: LockedText, _ right: LockedText) -> Bool {
        Word(left.text) == Word(right.text)
    }

    /// `pattern, "pattern":`
    private func header(_ scanner: inout Scanner) throws(LockfileError) -> [LockedText] {
        var patterns: [LockedText] = []
        while true {
            patterns.append(try word(&scanner, isKey: true))
            if scanner.take(UInt8(ascii: ",")) {
                try scanner.expect(" ")
                continue
            }
            try scanner.expect(":")
            guard scanner.peek == nil else { throw scanner.error("expected the end of the line") }
            return patterns
        }
    }

    /// `key value`, or `key:` with a map below.
    private func field(_ scanner: inout Scanner) throws(LockfileError) -> Tree.Entry {
        let key = try word(&scanner, isKey: true)
        let place = scanner.place
        if scanner.take(UInt8(ascii: ":")) {
            guard scanner.peek == nil else { throw scanner.error("expected the end of the line") }
            return Tree.Entry(key: key, value: Tree(.map([]), at: place))
        }
        try scanner.expect(" ")
        let isQuoted = scanner.peek == UInt8(ascii: "\"")
        let value = try word(&scanner, isKey: false)
        guard scanner.peek == nil else { throw scanner.error("expected the end of the line") }
        return Tree.Entry(
            key: key, value: Tree(.text(value.text, isQuoted: isQuoted), at: value.place))
    }

    private func word(_ scanner: inout Scanner, isKey: Bool) throws(LockfileError) -> LockedText {
        let place = scanner.place
        if scanner.peek == UInt8(ascii: "\"") {
            return LockedText(try scanner.doubleQuoted(), at: place)
        }
        let text = scanner.take { byte in
            byte != 0x20 && byte != 0x09 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"")
                && (byte != UInt8(ascii: ":") || !isKey)
        }
        guard let first = text.utf8.first, first != UInt8(ascii: "<"), first != UInt8(ascii: "="),
            first != UInt8(ascii: ">")
        else { throw LockfileError("expected a word", at: place) }
        return LockedText(text, at: place)
    }
}
