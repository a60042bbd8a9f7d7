// Characters of a shell text: quotes, words, redirections, and how far an expansion reaches. An
// expansion is never carried out; it only has to be known where it ends, so that what follows it is
// judged too.

/// A place in a shell text.
struct ShellScanner {
    private let bytes: [UInt8]
    private var place = 0
    /// Delimiters of here-documents whose bodies start after the next line feed.
    private var pending: [(delimiter: [UInt8], stripsTabs: Bool)] = []

    /// Deepest nesting of expansions that is followed; what is deeper takes the rest of the text.
    private static let deepest = 32

    /// Starts before the first byte.
    init(_ text: String) { bytes = [UInt8](text.utf8) }

    /// The next byte, nil at the end.
    var peek: UInt8? { byte(after: 0) }

    /// The byte that many places on, nil behind the end.
    func byte(after count: Int) -> UInt8? {
        place + count < bytes.count ? bytes[place + count] : nil
    }

    /// Goes on by `count` bytes.
    mutating func skip(_ count: Int) { place = min(place + count, bytes.count) }

    /// Goes on to the end of the line.
    mutating func skipComment() {
        while let byte = peek, byte != 0x0A { place += 1 }
    }

    /// Skips a backslash before a line feed.
    mutating func skipLineContinuation() -> Bool {
        guard peek == UInt8(ascii: "\\"), byte(after: 1) == 0x0A else { return false }
        skip(2)
        return true
    }

    /// Skips bodies of here-documents; call it behind a line feed.
    mutating func skipHereDocuments() {
        for document in pending {
            while place < bytes.count {
                var line: [UInt8] = []
                while let byte = peek, byte != 0x0A {
                    line.append(byte)
                    place += 1
                }
                skip(1)
                if document.stripsTabs { line = Array(line.drop { $0 == 0x09 }) }
                if line == document.delimiter { break }
            }
        }
        pending = []
    }

    /// Skips an operator of redirection with its target.
    ///
    /// - Returns: why the command cannot be told, nil where it can.
    mutating func skipRedirection() -> String? {
        let isInput = peek == UInt8(ascii: "<")
        skip(1)
        if peek == UInt8(ascii: "(") {
            skipBalanced(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), depth: 0)
            return "it has a process substitution"
        }
        var reason: String?
        var stripsTabs = false
        if isInput, peek == UInt8(ascii: "<") {
            skip(1)
            if peek == UInt8(ascii: "<") {
                skip(1)
            } else {
                reason = "it has a here-document"
                stripsTabs = peek == UInt8(ascii: "-")
                if stripsTabs { skip(1) }
            }
        } else if let byte = peek, ShellScanner.isRedirectionTail(byte) {
            skip(1)
        }
        while peek == 0x20 || peek == 0x09 || skipLineContinuation() {
            if peek == 0x20 || peek == 0x09 { skip(1) }
        }
        guard let byte = peek, !ShellScanner.endsWord(byte) else {
            return "it has a redirection without a target"
        }
        let target = piece()
        if reason != nil { pending.append((target.bytes, stripsTabs)) }
        return reason ?? target.unclear
    }

    /// Reads a word up to an unquoted blank or operator.
    mutating func piece() -> ShellPiece {
        var piece = ShellPiece()
        var hasBrace = false
        var canNameVariable = true
        while let byte = peek, !ShellScanner.endsWord(byte) {
            let isFirst = piece.bytes.isEmpty && !piece.isQuoted
            switch byte {
            case UInt8(ascii: "'"):
                piece.isQuoted = true
                singleQuoted(&piece)
            case UInt8(ascii: "\""):
                piece.isQuoted = true
                doubleQuoted(&piece)
            case UInt8(ascii: "\\"):
                if skipLineContinuation() { continue }
                piece.isQuoted = true
                skip(1)
                if let next = peek {
                    piece.bytes.append(next)
                    skip(1)
                } else {
                    piece.note("it ends with a backslash")
                }
            case UInt8(ascii: "$"), UInt8(ascii: "`"): expansion(&piece, isInQuotes: false)
            default:
                switch byte {
                case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["): piece.isGlob = true
                case UInt8(ascii: "~"):
                    let last = piece.bytes.last
                    let isAfterName = last == UInt8(ascii: "=") || last == UInt8(ascii: ":")
                    if isFirst || piece.nameLength != nil && isAfterName {
                        piece.note("a shell would expand ~")
                    }
                case UInt8(ascii: "{"): hasBrace = true
                case UInt8(ascii: ","), UInt8(ascii: "."):
                    let isRange = byte == UInt8(ascii: ",") || piece.bytes.last == byte
                    if hasBrace, isRange { piece.note("a shell could expand { }") }
                case UInt8(ascii: "="):
                    let isName = canNameVariable && !piece.isQuoted && !piece.bytes.isEmpty
                    if isName, piece.nameLength == nil { piece.nameLength = piece.bytes.count }
                    canNameVariable = false
                default: break
                }
                let isDigit = byte >= 0x30 && byte <= 0x39
                if piece.nameLength == nil, !ShellScanner.isNameByte(byte) || isFirst && isDigit {
                    canNameVariable = false
                }
                piece.bytes.append(byte)
                skip(1)
            }
            if piece.isQuoted, piece.nameLength == nil { canNameVariable = false }
        }
        return piece
    }

    private mutating func singleQuoted(_ piece: inout ShellPiece) {
        skip(1)
        while let byte = peek, byte != UInt8(ascii: "'") {
            piece.bytes.append(byte)
            skip(1)
        }
        if peek == nil { piece.note("a quote is not closed") }
        skip(1)
    }

    private mutating func doubleQuoted(_ piece: inout ShellPiece) {
        skip(1)
        while let byte = peek, byte != UInt8(ascii: "\"") {
            switch byte {
            case UInt8(ascii: "$"), UInt8(ascii: "`"): expansion(&piece, isInQuotes: true)
            case UInt8(ascii: "\\"):
                if skipLineContinuation() { continue }
                // Inside double quotes a backslash escapes these only (XCU 2.2.3).
                if let next = self.byte(after: 1), ShellScanner.isEscapable(next) { skip(1) }
                if let kept = peek { piece.bytes.append(kept) }
                skip(1)
            default:
                piece.bytes.append(byte)
                skip(1)
            }
        }
        if peek == nil { piece.note("a quote is not closed") }
        skip(1)
    }

    /// Takes over an expansion as typed and notes it; a `$` that expands nothing is itself.
    private mutating func expansion(_ piece: inout ShellPiece, isInQuotes: Bool) {
        let start = place
        let isBackquote = peek == UInt8(ascii: "`")
        skip(1)
        if isBackquote {
            while let byte = peek, byte != UInt8(ascii: "`") {
                skip(byte == UInt8(ascii: "\\") ? 2 : 1)
            }
            skip(1)
            piece.note("it has a command substitution")
        } else {
            switch peek {
            case UInt8(ascii: "("):
                skipBalanced(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), depth: 0)
                piece.note("it has a command substitution")
            case UInt8(ascii: "{"):
                skipBalanced(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), depth: 0)
                piece.note("it has an expansion")
            case UInt8(ascii: "'") where !isInQuotes:
                skip(1)
                while let byte = peek, byte != UInt8(ascii: "'") {
                    skip(byte == UInt8(ascii: "\\") ? 2 : 1)
                }
                skip(1)
                piece.note("it has an expansion")
            case UInt8(ascii: "\"") where !isInQuotes: piece.note("it has an expansion")
            case let byte? where ShellScanner.startsExpansion(byte):
                piece.note("it has an expansion")
            default: break
            }
        }
        piece.bytes += bytes[start..<place]
    }

    /// Skips from an opening bracket to behind the one that closes it.
    private mutating func skipBalanced(open: UInt8, close: UInt8, depth: Int) {
        if depth > ShellScanner.deepest {
            place = bytes.count
            return
        }
        var level = 0
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\\"): skip(2)
            case UInt8(ascii: "'"):
                skip(1)
                while let inner = peek, inner != UInt8(ascii: "'") { skip(1) }
                skip(1)
            case UInt8(ascii: "\""): skipDoubleQuoted(depth: depth)
            case UInt8(ascii: "$") where self.byte(after: 1) == UInt8(ascii: "{"):
                skip(1)
                skipBalanced(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), depth: depth + 1)
            default:
                skip(1)
                if byte == open { level += 1 }
                if byte == close { level -= 1 }
                if level == 0 { return }
            }
        }
    }

    private mutating func skipDoubleQuoted(depth: Int) {
        skip(1)
        while let byte = peek, byte != UInt8(ascii: "\"") {
            let next = self.byte(after: 1)
            if byte == UInt8(ascii: "\\") {
                skip(2)
            } else if byte == UInt8(ascii: "$"), next == UInt8(ascii: "(") {
                skip(1)
                skipBalanced(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), depth: depth + 1)
            } else if byte == UInt8(ascii: "$"), next == UInt8(ascii: "{") {
                skip(1)
                skipBalanced(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), depth: depth + 1)
            } else {
                skip(1)
            }
        }
        skip(1)
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }

    private static func isRedirectionTail(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|")
    }

    private static func isEscapable(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "$") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "\"")
            || byte == UInt8(ascii: "\\")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// A name, a digit, or one of `@*#?-$!`, and bash's old `$[`.
    private static func startsExpansion(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"),
            UInt8(ascii: "-"), UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "["):
            true
        default: isNameByte(byte)
        }
    }
}

extension ShellPiece {
    /// Remembers the first reason.
    mutating func note(_ reason: String) { unclear = unclear ?? reason }
}
