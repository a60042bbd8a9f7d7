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
        var keys: Set<Word> = []
        // The map that is open (`dependencies:`), and what it holds so far.
        var opened: Tree.Entry?
        var inner: [Tree.Entry] = []
        var innerKeys: Set<Word> = []
        func close() {
            guard var entry = opened, !blocks.isEmpty else { return }
            entry.value.value = .map(inner)
            blocks[blocks.count - 1].fields.append(entry)
            opened = nil
            inner = []
            innerKeys = []
        }
        for line in text.lines {
            var start = line.lowerBound
            while start < line.upperBound, text.bytes[start] == 0x20 { start += 1 }
            if start == line.upperBound || text.bytes[start] == UInt8(ascii: "#") { continue }
            var scanner = Scanner(text, start..<line.upperBound)
            switch start - line.lowerBound {
            case 0:
                close()
                let block = YarnBlock(patterns: try header(&scanner), fields: [])
                for pattern in block.patterns { try note(pattern, in: &patterns) }
                blocks.append(block)
                keys = []
            case 2:
                guard !blocks.isEmpty else { throw scanner.error("indented without an entry") }
                close()
                let entry = try field(&scanner)
                try note(entry.key, in: &keys)
                if entry.value.isMap {
                    opened = entry
                } else {
                    blocks[blocks.count - 1].fields.append(entry)
                }
            case 4:
                guard opened != nil else { throw scanner.error("indented without a key above") }
                let entry = try field(&scanner)
                if entry.value.isMap { throw scanner.error("a map inside a map") }
                try note(entry.key, in: &innerKeys)
                inner.append(entry)
            default: throw scanner.error("indented by other than 2 or 4 spaces")
            }
        }
        close()
        return blocks
    }

    private func note(_ key: LockedText, in keys: inout Set<Word>) throws(LockfileError) {
        guard keys.insert(Word(key.text)).inserted else {
            throw LockfileError("this key is there twice", at: key.place)
        }
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
