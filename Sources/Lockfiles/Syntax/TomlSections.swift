// The TOML that cargo, poetry and uv write into their lockfiles: headers, one key a line, strings on
// one line, arrays over several lines, inline tables. Dotted keys and strings over several lines are
// not among it and are errors. Rules: https://toml.io/en/v1.0.0
//
// A document is given as its sections in order, because all three writers put `[[package]]` and
// behind it what belongs to that package.

internal import GateCore

/// A header and the keys below it.
struct TomlSection: Sendable {
    /// The header's names; empty for what stands before the first header.
    let path: [Word]
    /// Whether the header is `[[...]]`.
    let isElement: Bool
    /// A map of the keys below; its place is the header's.
    var table: Tree
}

/// Reads a document once.
struct TomlReader {
    private var scanner: Scanner
    private let deepest = 32

    /// The sections of a document.
    static func sections(of text: SourceText) throws(LockfileError) -> [TomlSection] {
        var reader = TomlReader(scanner: Scanner(text, 0..<text.bytes.count))
        return try reader.document()
    }

    private mutating func document() throws(LockfileError) -> [TomlSection] {
        var sections: [TomlSection] = []
        var opened: Set<[Word]> = []
        var path: [Word] = []
        var isElement = false
        var place = Place(line: 1, column: 1)
        var entries: [Tree.Entry] = []
        var keys: Set<Word> = []
        func close() {
            if path.isEmpty && entries.isEmpty { return }
            let table = Tree(.map(entries), at: place)
            sections.append(TomlSection(path: path, isElement: isElement, table: table))
        }
        while true {
            skipBlankLines()
            guard let byte = scanner.peek else { break }
            if byte == UInt8(ascii: "[") {
                close()
                place = scanner.place
                (path, isElement) = try header()
                // A new element starts anew what belongs to it.
                if isElement {
                    opened = opened.filter { !$0.starts(with: path) }
                } else if !opened.insert(path).inserted {
                    throw LockfileError("this table is there twice", at: place)
                }
                entries = []
                keys = []
            } else {
                let entry = try keyAndValue()
                guard keys.insert(Word(entry.key.text)).inserted else {
                    throw LockfileError("this key is there twice", at: entry.key.place)
                }
                entries.append(entry)
            }
            try endLine()
        }
        close()
        return sections
    }

    private mutating func header() throws(LockfileError) -> (path: [Word], isElement: Bool) {
        try scanner.expect("[")
        let isElement = scanner.take(UInt8(ascii: "["))
        var path: [Word] = []
        repeat {
            path.append(Word(try key().text))
        } while scanner.take(UInt8(ascii: "."))
        try scanner.expect("]")
        if isElement { try scanner.expect("]") }
        return (path, isElement)
    }

    private mutating func key() throws(LockfileError) -> LockedText {
        let place = scanner.place
        switch scanner.peek {
        case UInt8(ascii: "\""): return LockedText(try scanner.doubleQuoted(), at: place)
        case UInt8(ascii: "'"):
            return LockedText(try scanner.singleQuoted(doubling: false), at: place)
        default:
            let text = scanner.take { isBareKey($0) }
            guard !text.isEmpty else { throw scanner.error("expected a key") }
            return LockedText(text, at: place)
        }
    }

    private mutating func keyAndValue() throws(LockfileError) -> Tree.Entry {
        let key = try key()
        scanner.skipSpaces()
        guard scanner.take(UInt8(ascii: "=")) else {
            throw scanner.error("expected \"=\" after a key")
        }
        scanner.skipSpaces()
        return Tree.Entry(key: key, value: try value(depth: 0))
    }

    private mutating func value(depth: Int) throws(LockfileError) -> Tree {
        guard depth < deepest else { throw scanner.error("nested deeper than \(deepest)") }
        let place = scanner.place
        switch scanner.peek {
        case UInt8(ascii: "\""):
            return Tree(.text(try scanner.doubleQuoted(), isQuoted: true), at: place)
        case UInt8(ascii: "'"):
            return Tree(.text(try scanner.singleQuoted(doubling: false), isQuoted: true), at: place)
        case UInt8(ascii: "["): return Tree(.list(try array(depth: depth)), at: place)
        case UInt8(ascii: "{"): return Tree(.map(try inlineTable(depth: depth)), at: place)
        default:
            let text = scanner.take { isBareKey($0) || $0 == 0x2B || $0 == 0x2E || $0 == 0x3A }
            guard !text.isEmpty else { throw scanner.error("expected a value") }
            return Tree(.text(text, isQuoted: false), at: place)
        }
    }

    private mutating func array(depth: Int) throws(LockfileError) -> [Tree] {
        try scanner.expect("[")
        var elements: [Tree] = []
        while true {
            skipBlankLines()
            if scanner.take(UInt8(ascii: "]")) { return elements }
            elements.append(try value(depth: depth + 1))
            skipBlankLines()
            if scanner.take(UInt8(ascii: "]")) { return elements }
            guard scanner.take(UInt8(ascii: ",")) else {
                throw scanner.error("expected \",\" or \"]\"")
            }
        }
    }

    private mutating func inlineTable(depth: Int) throws(LockfileError) -> [Tree.Entry] {
        try scanner.expect("{")
        var entries: [Tree.Entry] = []
        var keys: Set<Word> = []
        scanner.skipSpaces()
        if scanner.take(UInt8(ascii: "}")) { return entries }
        while true {
            scanner.skipSpaces()
            let key = try key()
            guard keys.insert(Word(key.text)).inserted else {
                throw LockfileError("this key is there twice", at: key.place)
            }
            scanner.skipSpaces()
            guard scanner.take(UInt8(ascii: "=")) else {
                throw scanner.error("expected \"=\" after a key")
            }
            scanner.skipSpaces()
            entries.append(Tree.Entry(key: key, value: try value(depth: depth + 1)))
            scanner.skipSpaces()
            if scanner.take(UInt8(ascii: "}")) { return entries }
            guard scanner.take(UInt8(ascii: ",")) else {
                throw scanner.error("expected \",\" or \"}\"")
            }
        }
    }

    private mutating func skipBlankLines() {
        while let byte = scanner.peek {
            if byte == UInt8(ascii: "#") {
                while let next = scanner.peek, next != 0x0A { scanner.offset += 1 }
            } else if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                scanner.offset += 1
            } else {
                return
            }
        }
    }

    private mutating func endLine() throws(LockfileError) {
        while scanner.peek == 0x20 || scanner.peek == 0x09 || scanner.peek == 0x0D {
            scanner.offset += 1
        }
        guard let byte = scanner.peek else { return }
        guard byte == 0x0A || byte == UInt8(ascii: "#") else {
            throw scanner.error("expected the end of the line")
        }
    }
}

private func isBareKey(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
}
