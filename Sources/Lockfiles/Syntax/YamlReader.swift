// The YAML that pnpm (js-yaml) and yarn 2 and later (their own writer) put into lockfiles: block
// maps and lists, flow maps and lists on one line, strings on one line in either quotes or none, and
// literal blocks. Anchors, aliases, tags, merge keys, plain strings over several lines and tabs are
// not among it and are errors. Rules: https://yaml.org/spec/1.2.2/
//
// Flow and block values are told apart by their first character; indentation is counted in spaces.

internal import GateCore

/// Reads a document or several.
struct YamlReader {
    private struct Line {
        var indent: Int
        var range: Range<Int>
    }

    private let text: SourceText
    private var lines: [Line] = []
    private var next = 0
    private let deepest = 64

    /// The documents of a file, separated by `---`; at least one.
    static func documents(of text: SourceText) throws(LockfileError) -> [Tree] {
        var documents: [Tree] = []
        var part: [Range<Int>] = []
        for (number, line) in text.lines.enumerated() {
            let isMarker = text.bytes[line].elementsEqual("---".utf8)
            if !isMarker { part.append(line) }
            // A marker in the first line opens the first document.
            guard isMarker, number > 0 else { continue }
            documents.append(try document(text, part))
            part = []
        }
        documents.append(try document(text, part))
        return documents
    }

    private static func document(
        _ text: SourceText, _ lines: [Range<Int>]
    ) throws(LockfileError) -> Tree {
        var reader = YamlReader(text: text)
        for range in lines {
            var start = range.lowerBound
            while start < range.upperBound, text.bytes[start] == 0x20 { start += 1 }
            reader.lines.append(
                Line(indent: start - range.lowerBound, range: start..<range.upperBound))
        }
        reader.skipBlankLines()
        guard let first = reader.line else { return Tree(.map([]), at: text.place(0)) }
        let tree = try reader.block(indent: first.indent, depth: 0)
        reader.skipBlankLines()
        if let line = reader.line {
            throw LockfileError(
                "indented otherwise than the lines above", at: text.place(line.range.lowerBound))
        }
        return tree
    }

    private init(text: SourceText) { self.text = text }

    private var line: Line? { next < lines.count ? lines[next] : nil }

    /// Goes past lines that are empty or hold a comment only.
    private mutating func skipBlankLines() {
        while let line, line.range.isEmpty || text.bytes[line.range.lowerBound] == 0x23 {
            next += 1
        }
    }

    /// The map or list whose lines have this indentation.
    private mutating func block(indent: Int, depth: Int) throws(LockfileError) -> Tree {
        guard let first = line else { return Tree(.null, at: text.place(text.bytes.count)) }
        let place = text.place(first.range.lowerBound)
        guard depth < deepest else { throw LockfileError("nested deeper than 64", at: place) }
        if isItem(first) {
            var elements: [Tree] = []
            while let line, line.indent == indent, isItem(line) {
                elements.append(try item(line, depth: depth))
                skipBlankLines()
            }
            return Tree(.list(elements), at: place)
        }
        var entries: [Tree.Entry] = []
        var keys: Set<Word> = []
        while let line, line.indent == indent, !isItem(line) {
            let entry = try entry(line, depth: depth)
            guard keys.insert(Word(entry.key.text)).inserted else {
                throw LockfileError("this key is there twice", at: entry.key.place)
            }
            entries.append(entry)
            skipBlankLines()
        }
        return Tree(.map(entries), at: place)
    }

    private func isItem(_ line: Line) -> Bool {
        text.bytes[line.range.lowerBound] == UInt8(ascii: "-")
            && (line.range.count == 1 || text.bytes[line.range.lowerBound + 1] == 0x20)
    }

    /// What stands behind a `- `.
    private mutating func item(_ line: Line, depth: Int) throws(LockfileError) -> Tree {
        var scanner = Scanner(text, line.range)
        scanner.offset += 1
        scanner.skipSpaces()
        guard scanner.peek != nil else { return try nested(under: line.indent, scanner, depth) }
        return try compact(scanner, line, depth)
    }

    /// A value behind `- ` or `: ` of a long key: a map that starts on this line, or one value.
    private mutating func compact(
        _ scanner: Scanner, _ line: Line, _ depth: Int
    ) throws(LockfileError) -> Tree {
        let indent = line.indent + scanner.offset - line.range.lowerBound
        guard startsEntry(scanner) else { return try value(scanner, under: line.indent, depth) }
        lines[next] = Line(indent: indent, range: scanner.offset..<line.range.upperBound)
        return try block(indent: indent, depth: depth + 1)
    }

    /// Whether a key with its colon comes next.
    private func startsEntry(_ start: Scanner) -> Bool {
        var scanner = start
        guard let first = scanner.peek else { return false }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return false }
        guard (try? key(&scanner)) != nil else { return false }
        return scanner.peek == UInt8(ascii: ":")
    }

    private mutating func entry(_ line: Line, depth: Int) throws(LockfileError) -> Tree.Entry {
        var scanner = Scanner(text, line.range)
        // A key of more than 1024 characters stands on a line of its own, and so does its value.
        if scanner.peek == UInt8(ascii: "?"), scanner.peekSecond == 0x20 {
            scanner.offset += 2
            let place = scanner.place
            let key = try key(&scanner)
            guard scanner.peek == nil else { throw scanner.error("expected the end of the line") }
            next += 1
            guard let second = self.line, second.indent == line.indent else {
                throw LockfileError("this key has no value", at: place)
            }
            scanner = Scanner(text, second.range)
            try scanner.expect(":")
            scanner.skipSpaces()
            let value =
                scanner.peek == nil
                ? try nested(under: line.indent, scanner, depth)
                : try compact(scanner, second, depth)
            return Tree.Entry(key: LockedText(key, at: place), value: value)
        }
        let place = scanner.place
        let key = try key(&scanner)
        guard scanner.take(UInt8(ascii: ":")) else {
            throw scanner.error("expected \":\" after a key")
        }
        guard scanner.peek == nil || scanner.peek == 0x20 else {
            throw scanner.error("expected a space after \":\"")
        }
        scanner.skipSpaces()
        return Tree.Entry(
            key: LockedText(key, at: place),
            value: try value(scanner, under: line.indent, depth))
    }

    /// A key, up to its colon.
    private func key(_ scanner: inout Scanner) throws(LockfileError) -> String {
        switch scanner.peek {
        case UInt8(ascii: "\""): return try scanner.doubleQuoted()
        case UInt8(ascii: "'"): return try scanner.singleQuoted(doubling: true)
        default:
            try refuseIndicator(scanner)
            let start = scanner.offset
            while let byte = scanner.peek {
                let isLast = scanner.peekSecond == nil || scanner.peekSecond == 0x20
                if byte == UInt8(ascii: ":") && isLast { break }
                if byte == 0x09 { throw scanner.error("a tab") }
                if byte == 0x23, scanner.offset > start, text.bytes[scanner.offset - 1] == 0x20 {
                    throw scanner.error("a comment inside a key")
                }
                scanner.offset += 1
            }
            guard scanner.offset > start else { throw scanner.error("expected a key") }
            return text.text(start..<scanner.offset)
        }
    }

    /// The value on the rest of the line, or on the lines below that are indented more.
    private mutating func value(
        _ start: Scanner, under indent: Int, _ depth: Int
    ) throws(LockfileError) -> Tree {
        var scanner = start
        let place = scanner.place
        let value: Tree.Value
        switch scanner.peek {
        case nil, UInt8(ascii: "#"): return try nested(under: indent, scanner, depth)
        case UInt8(ascii: "|"), UInt8(ascii: ">"): return try literal(scanner, under: indent)
        case UInt8(ascii: "{"), UInt8(ascii: "["): value = try flow(&scanner, depth).value
        case UInt8(ascii: "\""): value = .text(try scanner.doubleQuoted(), isQuoted: true)
        case UInt8(ascii: "'"):
            value = .text(try scanner.singleQuoted(doubling: true), isQuoted: true)
        default: value = try plain(&scanner, endings: "")
        }
        try endLine(&scanner)
        next += 1
        skipBlankLines()
        if let line, line.indent > indent {
            throw LockfileError(
                "a value that goes on in the next line", at: text.place(line.range.lowerBound))
        }
        return Tree(value, at: place)
    }

    /// A block below a key; nothing where the next line is not indented more. A list may stand at
    /// the key's own indentation.
    private mutating func nested(
        under indent: Int, _ scanner: Scanner, _ depth: Int
    ) throws(LockfileError) -> Tree {
        let place = scanner.place
        next += 1
        skipBlankLines()
        guard let line else { return Tree(.null, at: place) }
        if line.indent > indent || line.indent == indent && isItem(line) {
            return try block(indent: line.indent, depth: depth + 1)
        }
        return Tree(.null, at: place)
    }

    /// A plain string; flow collections end it at the characters of `endings`.
    private func plain(
        _ scanner: inout Scanner, endings: Word
    ) throws(LockfileError) -> Tree.Value {
        try refuseIndicator(scanner)
        let start = scanner.offset
        var last = start
        while let byte = scanner.peek, !endings.contains(byte) {
            if byte == 0x09 { throw scanner.error("a tab") }
            if byte == UInt8(ascii: ":"), scanner.peekSecond == nil || scanner.peekSecond == 0x20 {
                throw scanner.error("a second \":\" in one line")
            }
            if byte == 0x23, scanner.offset > start, text.bytes[scanner.offset - 1] == 0x20 {
                break
            }
            scanner.offset += 1
            if byte != 0x20 { last = scanner.offset }
        }
        guard last > start else { throw scanner.error("expected a value") }
        let string = text.text(start..<last)
        return Word(string) == "null" || Word(string) == "~"
            ? .null : .text(string, isQuoted: false)
    }

    /// A `{...}` or `[...]` on one line.
    private func flow(_ scanner: inout Scanner, _ depth: Int) throws(LockfileError) -> Tree {
        guard depth < deepest else { throw scanner.error("nested deeper than 64") }
        let place = scanner.place
        if scanner.take(UInt8(ascii: "[")) {
            var elements: [Tree] = []
            scanner.skipSpaces()
            if scanner.take(UInt8(ascii: "]")) { return Tree(.list([]), at: place) }
            while true {
                scanner.skipSpaces()
                elements.append(try flowValue(&scanner, depth + 1))
                scanner.skipSpaces()
                if scanner.take(UInt8(ascii: "]")) { return Tree(.list(elements), at: place) }
                try scanner.expect(",")
            }
        }
        try scanner.expect("{")
        var entries: [Tree.Entry] = []
        var keys: Set<Word> = []
        scanner.skipSpaces()
        if scanner.take(UInt8(ascii: "}")) { return Tree(.map([]), at: place) }
        while true {
            scanner.skipSpaces()
            let keyPlace = scanner.place
            let key = try key(&scanner)
            guard keys.insert(Word(key)).inserted else {
                throw LockfileError("this key is there twice", at: keyPlace)
            }
            try scanner.expect(":")
            scanner.skipSpaces()
            let value = try flowValue(&scanner, depth + 1)
            entries.append(Tree.Entry(key: LockedText(key, at: keyPlace), value: value))
            scanner.skipSpaces()
            if scanner.take(UInt8(ascii: "}")) { return Tree(.map(entries), at: place) }
            try scanner.expect(",")
        }
    }

    private func flowValue(_ scanner: inout Scanner, _ depth: Int) throws(LockfileError) -> Tree {
        let place = scanner.place
        switch scanner.peek {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return try flow(&scanner, depth)
        case UInt8(ascii: "\""):
            return Tree(.text(try scanner.doubleQuoted(), isQuoted: true), at: place)
        case UInt8(ascii: "'"):
            return Tree(.text(try scanner.singleQuoted(doubling: true), isQuoted: true), at: place)
        default: return Tree(try plain(&scanner, endings: ",]}"), at: place)
        }
    }

    /// `|` and `>` with what is indented more below; line ends are kept, since nothing is decided by
    /// such a text.
    private mutating func literal(
        _ start: Scanner, under indent: Int
    ) throws(LockfileError) -> Tree {
        var scanner = start
        let place = scanner.place
        scanner.offset += 1
        while let byte = scanner.peek {
            let isDigit = byte >= 0x31 && byte <= 0x39
            guard isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { break }
            scanner.offset += 1
        }
        try endLine(&scanner)
        next += 1
        var parts: [String] = []
        while let line, line.range.isEmpty || line.indent > indent {
            parts.append(text.text(line.range))
            next += 1
        }
        skipBlankLines()
        return Tree(.text(parts.joined(separator: "\n"), isQuoted: true), at: place)
    }

    private func endLine(_ scanner: inout Scanner) throws(LockfileError) {
        let before = scanner.offset
        scanner.skipSpaces()
        guard let byte = scanner.peek else { return }
        guard byte == 0x23, scanner.offset > before || text.bytes[before - 1] == 0x20 else {
            throw scanner.error("expected the end of the line")
        }
    }

    /// Characters that mean something else at the start of a plain string (YAML 1.2.2, section 5.3).
    private func refuseIndicator(_ scanner: Scanner) throws(LockfileError) {
        guard let byte = scanner.peek else { return }
        let indicators: Word = "&*!|>%@`\"'#,[]{}"
        let isSpaced = scanner.peekSecond == nil || scanner.peekSecond == 0x20
        let isLone = isSpaced && (byte == 0x2D || byte == 0x3F || byte == 0x3A)
        guard !indicators.contains(byte), byte != 0x09, !isLone else {
            throw scanner.error("YAML that no writer of lockfiles writes")
        }
    }
}
