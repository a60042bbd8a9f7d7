// The list of packages in a pnpm-workspace.yaml: the two forms in which people and pnpm itself write
// it. Everything else that YAML could say the same by is not read but said to be not understood.
//
// Source: https://pnpm.io/pnpm-workspace_yaml; YAML 1.2, chapters 6 to 8.

internal import GateCore

/// `packages` of a pnpm-workspace.yaml: the one list that pnpm writes itself, in YAML's two forms.
enum PnpmWorkspaceFile {
    /// Its patterns. `**` where the file has no list, as pnpm takes it; nil where it is written in a way
    /// that is not understood.
    static func patterns(in text: String) -> [Word]? {
        var lines: [Word] = []
        for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let bare = withoutComment(Word(String(Substring(line))))
            if !bare.isEmpty { lines.append(bare) }
        }
        var patterns: [Word]?
        var place = 0
        while place < lines.count {
            let line = lines[place]
            place += 1
            // Other documents, merges, complex keys and flow mappings can say it as well.
            for sign: Word in ["{", "<<", "?", "%", "---", "...", "\"", "'", "&", "*", "!"]
            where line.hasPrefix(sign) && !(sign == "---" && place == 1 && line == "---") {
                return nil
            }
            guard line.hasPrefix("packages") else { continue }
            guard let (key, value) = line.split(at: UInt8(ascii: ":")) else { return nil }
            guard key.trimmed == "packages" else { continue }
            if patterns != nil { return nil }
            var items: [Word] = []
            if !value.trimmed.isEmpty {
                guard let list = flowList(value.trimmed) else { return nil }
                items = list
            }
            while value.trimmed.isEmpty, place < lines.count {
                let next = lines[place].trimmed
                guard next == "-" || next.hasPrefix("- ") else { break }
                guard let item = scalar(next.dropFirst(1).trimmed) else { return nil }
                items.append(item)
                place += 1
            }
            // A line that goes on in another way belongs to the list too.
            if place < lines.count, lines[place].first == 0x20 || lines[place].first == 0x09 {
                return nil
            }
            patterns = items
        }
        return patterns ?? ["**"]
    }

    private static func flowList(_ text: Word) -> [Word]? {
        guard text.first == UInt8(ascii: "["), text.hasSuffix("]"), text.count > 1 else {
            return nil
        }
        let inside = text.dropFirst(1).prefix(text.count - 2)
        var items: [Word] = []
        for part in inside.text.utf8.split(separator: UInt8(ascii: ",")) {
            let bare = Word(String(Substring(part))).trimmed
            if bare.isEmpty { continue }
            guard let item = scalar(bare) else { return nil }
            items.append(item)
        }
        return items
    }

    /// A text in quotes or without; nil for one with escapes, tags, anchors or the like.
    private static func scalar(_ text: Word) -> Word? {
        guard text.count > 0 else { return nil }
        let quote = text.first
        if quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            guard text.count > 1, text.text.utf8.last == quote else { return nil }
            let inside = text.dropFirst(1).prefix(text.count - 2)
            let isPlain = !inside.contains(quote) && !inside.contains(UInt8(ascii: "\\"))
            return isPlain ? inside : nil
        }
        for sign in "&*!|>{}[]%@`\"'#,:".utf8 where text.first == sign { return nil }
        return text.containsText(": ") ? nil : text
    }

    /// A `#` starts a comment at the line's start and behind a blank, but not within quotes.
    private static func withoutComment(_ line: Word) -> Word {
        let bytes = Array(line.text.utf8)
        var quote: UInt8?
        for (place, byte) in bytes.enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "#"),
                place == 0 || bytes[place - 1] == 0x20 || bytes[place - 1] == 0x09
            {
                return line.prefix(place).trimmedAtEnd
            }
        }
        return line.trimmedAtEnd
    }
}

extension Word {
    /// Without blanks at the end.
    fileprivate var trimmedAtEnd: Word {
        var length = count
        let bytes = text.utf8.span
        while length > 0, bytes[length - 1] == 0x20 || bytes[length - 1] == 0x09 { length -= 1 }
        return prefix(length)
    }
}
