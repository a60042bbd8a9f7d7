// Holding values against the table: one switch over the shapes, one message for each way to miss.

import GateCore
import StrictJSON

extension PolicyReader {
    /// The values of an object that fit its table; what does not is reported and left out.
    mutating func open(_ value: JSON, as object: PolicyObject) -> Fields {
        let keys = object.keys
        var fields = Fields()
        guard value.isObject else {
            report(
                value.offset, "\(object.name) must be an object, found \(kind(of: value))",
                help: "write { ... }")
            return fields
        }
        fields.values.reserveCapacity(keys.count)
        var found: UInt64 = 0
        var next = 0
        for member in value.members {
            guard let index = index(of: member, among: keys, from: next) else {
                let known = keys.map(\.name)
                let name = member.name
                report(
                    member.offset, "unknown key \"\(displayed(name))\" in \(object.name)",
                    help: suggestion(for: name, among: known)
                        ?? "known keys: \(known.joined(separator: ", "))")
                continue
            }
            next = index + 1
            // A value of the wrong shape is reported as such, and not as missing too.
            found |= 1 << UInt64(index)
            let value = member.value
            if fits(value, keys, index) {
                fields.values.append(Field(key: index, value: value))
            }
        }
        for index in keys.indices where keys[index].isRequired && found & 1 << UInt64(index) == 0 {
            let key = keys[index]
            report(
                value.offset, "\(object.name) without \"\(key.name)\"",
                help: "add \"\(key.name)\": \(key.shape.example)")
        }
        return fields
    }

    /// Index of the key that a member is named after. People write keys in the table's order, so the
    /// search goes on where the last one ended.
    private func index(
        of member: JSON.Member, among keys: [PolicyKey], from start: Int
    ) -> Int? {
        var index = start
        for _ in keys.indices {
            if index >= keys.count { index = 0 }
            if member.isNamed(keys[index].name) { return index }
            index += 1
        }
        return nil
    }

    /// Whether a value has the shape of its key; reports where it has not.
    private mutating func fits(_ value: JSON, _ keys: [PolicyKey], _ index: Int) -> Bool {
        // The common answers come before a copy of the key is made for messages.
        isCommon(value, keys[index].shape) || fits(value, keys[index])
    }

    /// Whether a value is of the shape in the way that most are. A no says nothing.
    private func isCommon(_ value: JSON, _ shape: PolicyShape) -> Bool {
        switch shape {
        case .text: return value.isString && !value.isText("")
        case .identifier: return value.stringBytes.map { isIdentifier($0) } ?? false
        case .globs: return value.isPlainText && !value.isEmptyList
        case .globList: return value.isArray && value.isPlainText
        case .word(let words): return value.wordNumber(in: words) != nil
        case .words(let words):
            for element in value.elements where element.wordNumber(in: words) == nil {
                return false
            }
            return value.isArray ? !value.isEmpty : value.wordNumber(in: words) != nil
        case .object: return value.isObject
        case .objects: return value.isArray
        case .version, .identifiers, .wordList, .boolean, .onlyTrue, .seconds, .duration, .time,
            .address, .addresses, .registries, .roles, .scripts, .scriptGrants, .named:
            return false
        }
    }

    private mutating func fits(_ value: JSON, _ key: PolicyKey) -> Bool {
        switch key.shape {
        case .version: return fitsVersion(value)
        case .text: return fitsText(value, key)
        case .identifier: return fitsIdentifier(value, key)
        case .identifiers: return fitsList(value, key) { $0.fitsIdentifier($1, key) }
        case .globs:
            return !value.isArray
                ? fitsGlob(value, key) : fitsList(value, key) { $0.fitsGlob($1, key) }
        case .globList: return fitsList(value, key) { $0.fitsGlob($1, key) }
        case .word(let words): return fitsWord(value, key, words)
        case .words(let words):
            return !value.isArray
                ? fitsWord(value, key, words)
                : fitsList(value, key) { $0.fitsWord($1, key, words) }
        case .wordList(let words): return fitsList(value, key) { $0.fitsWord($1, key, words) }
        case .boolean: return value.bool != nil || mismatch(value, key, "true or false")
        case .onlyTrue:
            if value.bool == true { return true }
            return mismatch(value, key, "true", help: "leave the key out for the opposite")
        case .seconds:
            if let seconds = value.integer, seconds > 0 { return true }
            return mismatch(value, key, "a whole number of seconds above 0")
        case .duration:
            if let text = value.string, PolicyTime.duration(text) != nil { return true }
            return mismatch(value, key, "a duration", help: "write hours or days: \"72h\", \"14d\"")
        case .time:
            if let text = value.string, PolicyTime.seconds(text) != nil { return true }
            return mismatch(value, key, "a time", help: "write \"2026-12-31T00:00:00Z\"")
        case .address: return fitsAddress(value, key)
        case .addresses: return fitsList(value, key) { $0.fitsAddress($1, key) }
        case .registries:
            return fitsList(value, key) { reader, element in
                element.isObject || reader.fitsAddress(element, key)
            }
        case .scripts:
            if value.isObject { return true }
            if let text = value.string, Word(text) == "deny" { return true }
            return mismatch(
                value, key, "\"deny\" or an object",
                help: "write { \"allow\": [\"NAME\"] } with the packages by name")
        case .scriptGrants:
            return fitsList(value, key) { reader, element in
                element.isObject || reader.fitsText(element, key)
            }
        case .roles, .object, .named:
            return value.isObject || mismatch(value, key, "an object")
        case .objects:
            return value.isArray || mismatch(value, key, "a list", help: "write [ ... ]")
        }
    }

    private mutating func fitsVersion(_ value: JSON) -> Bool {
        guard let number = value.integer, number > 0 else {
            report(
                value.offset, "\"version\" must be a whole number, found \(kind(of: value))",
                help: "write \"version\": \(PolicyFile.version)")
            return false
        }
        if number <= PolicyFile.version { return true }
        report(
            value.offset, "version \(number) is newer than this program",
            help: "it reads version \(PolicyFile.version); install a newer shimgate")
        return false
    }

    private mutating func fitsText(_ value: JSON, _ key: PolicyKey) -> Bool {
        guard value.isString else { return mismatch(value, key, "a text") }
        if !value.isText("") { return true }
        report(value.offset, "\"\(key.name)\" is empty", help: "write something or leave it out")
        return false
    }

    private mutating func fitsIdentifier(_ value: JSON, _ key: PolicyKey) -> Bool {
        guard fitsText(value, key) else { return false }
        if let text = value.stringBytes, isIdentifier(text) { return true }
        report(
            value.offset, "\"\(key.name)\" has characters that a name cannot have",
            help: "use letters, digits, \"-\", \".\" and \"_\"")
        return false
    }

    private mutating func fitsGlob(_ value: JSON, _ key: PolicyKey) -> Bool {
        guard let pattern = value.stringBytes else { return mismatch(value, key, "a pattern") }
        if pattern.isEmpty {
            report(
                value.offset, "an empty pattern matches nothing",
                help: "write \"*\" for everything or leave the key out")
            return false
        }
        for byte in pattern where byte < 0x20 || byte == 0x7F {
            report(
                value.offset, "a pattern with a control character can match nothing",
                help: "patterns know \"*\" and \"?\"; everything else stands for itself")
            return false
        }
        return true
    }

    private mutating func fitsWord(_ value: JSON, _ key: PolicyKey, _ words: String) -> Bool {
        if value.wordNumber(in: words) != nil { return true }
        let known = words.split(separator: " ").map(String.init)
        guard let text = value.string else {
            return mismatch(value, key, "one of \(known.joined(separator: ", "))")
        }
        if Word(key.name) == "unknown", Word(text) == "allow" {
            report(
                value.offset, "\"unknown\" cannot be allowed by default",
                help: "only a rule with \"operation\": \"unknown\" can allow such a line")
            return false
        }
        report(
            value.offset, "\"\(displayed(text))\" is not a value of \"\(key.name)\"",
            help: suggestion(for: text, among: known)
                ?? "write one of \(known.joined(separator: ", "))")
        return false
    }

    private mutating func fitsAddress(_ value: JSON, _ key: PolicyKey) -> Bool {
        guard let text = value.string else { return mismatch(value, key, "an address") }
        let word = Word(text)
        let hasScheme = word.hasPrefix("https://") || word.hasPrefix("http://")
        if hasScheme, !word.contains(UInt8(ascii: "@")), !word.contains(0x20) { return true }
        report(
            value.offset, "\"\(displayed(text))\" is not the address of a registry",
            help: "write \"https://HOST/PATH/\", without user and password")
        return false
    }

    private mutating func fitsList(
        _ value: JSON, _ key: PolicyKey, _ fits: (inout PolicyReader, JSON) -> Bool
    ) -> Bool {
        guard value.isArray else {
            return mismatch(value, key, "a list", help: "write [ ... ]")
        }
        if value.isEmpty, !key.mayBeEmpty {
            report(
                value.offset, "\"\(key.name)\" is an empty list, which matches nothing",
                help: "name something or leave the key out")
            return false
        }
        var isSound = true
        for element in value.elements where !fits(&self, element) { isSound = false }
        return isSound
    }

    /// Reports a wrong type and says no.
    private mutating func mismatch(
        _ value: JSON, _ key: PolicyKey, _ expected: String, help: String? = nil
    ) -> Bool {
        report(
            value.offset, "\"\(key.name)\" must be \(expected), found \(kind(of: value))",
            help: help ?? "for example \"\(key.name)\": \(key.shape.example)")
        return false
    }
}

extension JSON {
    fileprivate var isEmptyList: Bool { isArray && isEmpty }
}

extension PolicyKey {
    /// Whether an empty list says something: that nothing is allowed. As a condition of a match it
    /// could never be met.
    fileprivate var mayBeEmpty: Bool {
        switch shape {
        case .globList, .wordList, .addresses, .registries, .scriptGrants: true
        case .version, .text, .identifier, .identifiers, .globs, .word, .words, .boolean, .onlyTrue,
            .seconds, .address,
            .duration, .time, .roles, .scripts, .object, .objects, .named:
            false
        }
    }
}

extension PolicyShape {
    /// A value of this shape, for help lines.
    var example: String {
        switch self {
        case .version: "1"
        case .text: "\"...\""
        case .identifier: "\"deny-npm-publish\""
        case .identifiers: "[\"docs-only\"]"
        case .globs: "\"npm publish*\""
        case .globList: "[\"left-pad\"]"
        case .word(let words), .words(let words):
            "\"\(words.split(separator: " ").first ?? "")\""
        case .wordList(let words): "[\"\(words.split(separator: " ").first ?? "")\"]"
        case .boolean, .onlyTrue: "true"
        case .seconds: "600"
        case .duration: "\"14d\""
        case .time: "\"2026-12-31T00:00:00Z\""
        case .address: "\"https://npm.example/\""
        case .addresses, .registries: "[\"https://registry.npmjs.org/\"]"
        case .roles: "{ \"release-manager\": [\"user:alice\"] }"
        case .scripts: "\"deny\""
        case .scriptGrants: "[\"esbuild\"]"
        case .object(.match): "{ \"command\": \"npm publish*\" }"
        case .object, .named: "{ ... }"
        case .objects: "[ ... ]"
        }
    }
}
