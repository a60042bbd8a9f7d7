// Default arguments from gemrc files. RubyGems puts the arguments under `gem:` and under the
// command's name in front of the caller's, so they can add an owner or a host to a harmless line.
//
// The files are YAML. Only the shapes people write are read (a string or a list of strings at the
// top level); any other shape under a key that matters makes the line ambiguous.
// Source: RubyGems `config_file.rb`, `gem_runner.rb`, `yaml_serializer.rb`.

import GateCore

/// The `gem` and per-command arguments of all gemrc files that one run reads.
struct GemConfiguration {
    /// Arguments under a key, the last file winning.
    private(set) var arguments: [Word: [Word]] = [:]
    /// Why a file cannot be relied on, where one cannot.
    private(set) var problems: [String] = []

    /// Reads the files of a run.
    ///
    /// - Parameters:
    ///   - file: value of `--config-file`, which replaces the user's file.
    ///   - keys: the keys that matter: `gem` and the command's name.
    init(file: Word?, keys: [Word], line: Line, facts: inout Facts) {
        for path in Self.paths(file: file, line: line, facts: &facts) {
            switch facts.ask(.text(path)) {
            case .text(let text): read(text, keys: keys, path: path)
            case .unreadable: problems.append("cannot read the gem configuration \(path)")
            case .absent, .file, .directory, .names, .place, .tracked, nil: break
            }
        }
    }

    /// Files in the order in which RubyGems merges them: system, user, then those of `GEMRC`.
    static func paths(file: Word?, line: Line, facts: inout Facts) -> [String] {
        var paths: [String] = ["/etc/gemrc"]
        let listed = line.environment["GEMRC"]
        if let file = file ?? listed {
            // `GEMRC` is also taken, whole, as the name of the user's file.
            if !file.isEmpty, let path = PathText.absolute(file, line: line) { paths.append(path) }
        } else if let home = line.home {
            // The XDG file counts only where `~/.gemrc` does not exist.
            let usual = home + "/.gemrc"
            if case .absent = facts.ask(.text(usual)) {
                let folder = line.environment["XDG_CONFIG_HOME"]?.text ?? home + "/.config"
                paths.append(folder + "/gem/gemrc")
            } else {
                paths.append(usual)
            }
        }
        for part in (listed?.text ?? "").utf8.split(separator: UInt8(ascii: ":")) {
            if let path = PathText.absolute(Word(Substring(part)), line: line) {
                paths.append(path)
            }
        }
        return paths
    }

    private mutating func read(_ text: String, keys: [Word], path: String) {
        var current: Word?
        for row in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            let line = Word(Substring(row)).trimmed
            if line.isEmpty || line.first == UInt8(ascii: "#") || line == "---" { continue }
            let isNested = row.first == UInt8(ascii: " ") || row.first == UInt8(ascii: "-")
            if isNested {
                guard let key = current else { continue }
                guard line.hasPrefix("- "), let item = line.dropFirst(2).trimmed.scalar else {
                    problems.append("\(path): \(key) is not a plain list")
                    continue
                }
                arguments[key, default: []].append(item)
                continue
            }
            current = nil
            guard let (key, value) = line.keyAndValue, row.first != UInt8(ascii: "\t") else {
                problems.append("\(path): a line that is not KEY: VALUE")
                continue
            }
            guard keys.contains(key) else { continue }
            current = key
            arguments[key] = []
            if value.isEmpty { continue }
            guard let scalar = value.scalar else {
                problems.append("\(path): \(key) is neither a string nor a plain list")
                continue
            }
            arguments[key] = scalar.pieces
        }
    }
}

extension Word {
    /// The words between spaces.
    fileprivate var pieces: [Word] {
        text.utf8.split(separator: 0x20).map { Word(Substring($0)) }
    }

    /// `KEY: VALUE` or `KEY:`, the key without quotes.
    fileprivate var keyAndValue: (key: Word, value: Word)? {
        let bytes = text.utf8
        var place = bytes.startIndex
        guard !"[{&*!|>%@`?<".utf8.contains(first) else { return nil }
        while place < bytes.endIndex {
            let next = bytes.index(after: place)
            let isColon = bytes[place] == UInt8(ascii: ":")
            if isColon, next == bytes.endIndex || bytes[next] == 0x20 {
                let key = Word(text[..<place]).trimmed
                return (key.unquoted ?? key, Word(text[next...]).trimmed)
            }
            place = next
        }
        return nil
    }

    /// The text of a plain or quoted scalar; nil for every other YAML value.
    fileprivate var scalar: Word? {
        if "[{&*!|>%@`".utf8.contains(first) { return self == "[]" ? "" : nil }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") { return unquoted }
        var kept: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "#"), kept.last == 0x20 { break }
            kept.append(byte)
        }
        let plain = Word(String(decoding: kept, as: UTF8.self)).trimmed
        return ["true", "false", "null", "~"].contains(plain) ? "" : plain
    }

    /// What stands between quotes that hold no escape or further quote.
    fileprivate var unquoted: Word? {
        let quote = first
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), count >= 2 else {
            return nil
        }
        let inner = dropFirst(1).prefix(count - 2)
        let isClosed = text.utf8.last == quote
        return isClosed && !inner.contains(quote) && !inner.contains(UInt8(ascii: "\\"))
            ? inner : nil
    }
}
