// Sources of gem and Bundler. gem asks all of its sources; the first `--source` of a line takes the
// place of those in gemrc files. Bundler asks the global sources of the Gemfile, and for some gems the
// one that stands with them; a mirror takes the place of a source. A Gemfile is Ruby: what is not a
// literal there cannot be told.
// Sources: RubyGems local_remote_options.rb, config_file.rb; bundle-config(1), gemfile(5).

import GateCore

extension RegistryReader {
    /// What gem asks.
    mutating func readGem(_ invocation: Invocation, _ facts: inout Facts) {
        asksAll = true
        var isSaid = false
        let options = invocation.options
        for option in options where option.name == "source" && option.isOn {
            add(option.value ?? "", at: option.spelling.text, from: .line)
            isSaid = true
        }
        if options.contains(where: { $0.name == "clear-sources" && $0.isOn }) { isSaid = true }
        let named = options.last { $0.name == "config-file" }?.value
        let isBare = options.contains { $0.name == "norc" && $0.isOn }
        var isConfigured = false
        for path in GemConfiguration.paths(file: named, line: line, facts: &facts) {
            guard let text = facts.text(path) else { continue }
            let origin: RegistryUse.Origin =
                Word(path).hasPrefix("/etc/") ? .machine : named == nil ? .user : .line
            var key: Word?
            for row in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
                let entry = Word(String(Substring(row))).trimmed
                if entry.isEmpty || entry.first == UInt8(ascii: "#") { continue }
                let isNested = row.first == 0x20 || row.first == UInt8(ascii: "-")
                if !isNested { key = nil }
                if !isNested, entry.hasPrefix(":sources:") || entry.hasPrefix("sources:") {
                    key = entry.split(at: UInt8(ascii: "s"))?.head
                    let inline = literals(in: entry.text)
                    for address in inline { note(address, path, origin, isSaid || isBare) }
                    isConfigured = true
                } else if isNested, key != nil, entry.first == UInt8(ascii: "-") {
                    let item = entry.dropFirst(1).trimmed
                    let address = literals(in: item.text).first ?? item
                    note(address, path, origin, isSaid || isBare)
                }
            }
        }
        if !isSaid, isBare || !isConfigured {
            add(Word(standard[0]), at: "gem's own default", from: .standard)
        }
        if !isSaid, !isBare, isConfigured, !uses.contains(where: \.isInForce) {
            add("", at: "a gemrc file", from: .user)
        }
    }

    private mutating func note(
        _ address: Word, _ path: String, _ origin: RegistryUse.Origin, _ isHidden: Bool
    ) {
        add(address, at: "\(path): :sources", from: origin, isInForce: !isHidden)
    }

    /// What Bundler asks.
    mutating func readBundle(_ invocation: Invocation, _ facts: inout Facts) {
        for option in invocation.options where option.name == "source" {
            add(option.value ?? "", at: "--source", from: .line)
        }
        readMirrors(&facts)
        let gemfile = invocation.options.last { $0.name == "gemfile" }?.value
        var path = (gemfile ?? variable("BUNDLE_GEMFILE")).map {
            PathText.absolute($0, from: line.cwd)
        }
        for folder in YarnWords.ancestors(of: cwd) where path == nil {
            for name in ["Gemfile", "gems.rb"] where path == nil {
                let file = YarnWords.file(name, in: folder)
                if facts.hasFile(file) { path = file }
                if facts.ask(.entry(file)) == nil { return }
            }
        }
        if let path, let text = facts.text(path) { readGemfile(text, path) }
        asksAll = uses.count { $0.isInForce && $0.scope == nil } > 1
    }

    /// `BUNDLE_MIRROR__HTTPS://RUBYGEMS__ORG/`, in the environment or in a config file.
    private mutating func readMirrors(_ facts: inout Facts) {
        for entry in line.environment.entries where entry.name.hasPrefix("BUNDLE_MIRROR__") {
            if entry.name.hasSuffix("__FALLBACK_TIMEOUT") || entry.value.isEmpty { continue }
            add(entry.value, at: entry.name.text, from: .environment)
        }
        let folder = variable("BUNDLE_APP_CONFIG")?.text ?? "\(cwd)/.bundle"
        var files: [(path: String, origin: RegistryUse.Origin)] = [
            (PathText.absolute(Word(folder), from: line.cwd) + "/config", .project)
        ]
        if let named = variable("BUNDLE_USER_CONFIG") {
            files.append((named.text, .environment))
        } else if let home = variable("BUNDLE_USER_HOME")?.text {
            files.append((home + "/config", .user))
        } else if let home = line.home {
            files.append((home + "/.bundle/config", .user))
            if let folder = configuration { files.append((folder + "/bundle/config", .user)) }
        }
        for (path, origin) in files {
            guard let text = facts.text(path) else { continue }
            for (keys, value) in yamlSettings(text) where keys.count == 1 {
                let key = keys[0]
                guard key.hasPrefix("BUNDLE_MIRROR__"), !key.hasSuffix("__FALLBACK_TIMEOUT")
                else { continue }
                add(value, at: "\(path): \(key)", from: origin)
            }
        }
    }

    /// Literal sources of a Gemfile; whatever else could name one cannot be told.
    private mutating func readGemfile(_ text: String, _ path: String) {
        var number = 0
        for row in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let entry = Word(String(Substring(row))).trimmed
            if entry.first == UInt8(ascii: "#") { continue }
            let place = "\(path):\(number)"
            if entry.hasPrefix("eval_gemfile") || entry.hasPrefix("instance_eval")
                || entry.hasPrefix("plugin ")
            {
                add("", at: place, from: .project)
                continue
            }
            guard let behind = entry.behindSource else { continue }
            if behind == ":rubygems" {
                add(Word(standard[0]), at: place, from: .project)
                continue
            }
            add(literals(in: behind.text).first ?? "", at: place, from: .project)
        }
    }

    /// Texts in quotes that hold an address.
    private func literals(in text: String) -> [Word] {
        var found: [Word] = []
        var quote: UInt8?
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if let open = quote {
                if byte == open {
                    let word = Word(String(decoding: bytes, as: UTF8.self))
                    // `#{...}` in a text is Ruby.
                    let isPlain = !word.contains(UInt8(ascii: "#"))
                    found.append(isPlain ? word : "")
                    quote = nil
                    bytes = []
                } else {
                    bytes.append(byte)
                }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
        }
        return found
    }
}

extension Word {
    /// What follows the word `source` where it is a method or a key of this line; nil where it is not
    /// there.
    fileprivate var behindSource: Word? {
        var rest = text.utf8[...]
        var before: UInt8 = 0x20
        let wanted = "source".utf8
        while rest.count > wanted.count {
            let after = rest[rest.index(rest.startIndex, offsetBy: wanted.count)...]
            let isWord = !isNameByte(before) && !isNameByte(after.first ?? 0x20)
            if isWord, rest.starts(with: wanted) {
                var tail = Word(String(Substring(after)))
                for sign: Word in [":", "=>", "(", "=>"] {
                    tail = tail.trimmed
                    if tail.hasPrefix(sign), sign != ":" || !tail.hasPrefix(":ruby") {
                        tail = tail.dropFirst(sign.count)
                    }
                }
                return tail.trimmed
            }
            before = rest.removeFirst()
        }
        return nil
    }
}

private func isNameByte(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
        || byte == UInt8(ascii: "_")
}
