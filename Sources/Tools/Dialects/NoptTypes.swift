// What nopt makes of an option's value: the types of the tables, and the first that takes a value
// decides what is stored; a value that no type takes is dropped with a warning. Source: nopt
// lib/nopt-lib.js `validate` and lib/type-defs.js, @npmcli/config lib/type-defs.js.

import GateCore

/// The types of one option, from the table's payload.
struct NoptTypes {
    private let codes: Word
    /// Words that it accepts literally.
    let literals: [Word]

    init(_ payload: Word, isSinceEleven: Bool) {
        let parts = payload.text.utf8.split(
            separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false
        ).map { Word(String(Substring($0))) }
        if parts.count > 1 {
            codes = parts[1]
        } else {
            codes = parts[0].first == UInt8(ascii: "S") ? "s" : "b"
        }
        guard parts.count > 2 else {
            literals = []
            return
        }
        literals = parts[2].text.utf8.split(separator: UInt8(ascii: "|")).compactMap {
            let word = Word(String(Substring($0)))
            guard word.first == UInt8(ascii: "+") else { return word }
            return isSinceEleven ? word.dropFirst(1) : nil
        }
    }

    /// Whether nopt holds a list of types, which lets a boolean take a word.
    var isList: Bool { codes.count + literals.count > 1 }

    /// Whether the option accepts this type, by its letter.
    func has(_ letter: Unicode.Scalar) -> Bool { codes.contains(UInt8(ascii: letter)) }

    /// The value as the first type that takes it stores it, or nil where none does.
    func validated(_ value: Setting.Value) -> Setting.Value? {
        if case .null = value { return has("n") || has("p") ? .null : nil }
        if case .text(let text) = value, literals.contains(text) { return value }
        if case .flag(let flag) = value, has("b") || (has("f") && !flag) { return value }
        if has("?") { return value }
        if has("b"), !has("s") { return .flag(value.word.isTruthy) }
        if has("s") { return .text(value.word) }
        if has("p") {
            if case .text = value { return value }
            return nil
        }
        if has("u") { return value.word.normalizedURL.map { .text($0) } }
        if has("i") || has("m") {
            if value == .flag(true), has("i") { return .text("1") }
            if value == .flag(false), has("i") { return .text("0") }
            return value.word.isNumber ? value : nil
        }
        if has("d") {
            let hasDigit = value.word.text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 }
            return hasDigit ? value : nil
        }
        if has("v") { return value }
        return nil
    }
}

extension Setting.Value {
    /// The value as one word, as JavaScript's `String()` writes it.
    var word: Word {
        switch self {
        case .flag(let flag): flag ? "true" : "false"
        case .text(let word): word
        case .list(let words): Word(words.map(\.text).joined(separator: ","))
        case .null: "null"
        }
    }
}

extension Word {
    /// A number in JavaScript's eyes, or nothing at all (which is 0 there).
    var isNumber: Bool {
        if isEmpty { return true }
        if hasPrefix("0x") || hasPrefix("0o") || hasPrefix("0b") { return true }
        return Double(text) != nil
    }

    /// nopt's reading of a text as a boolean.
    fileprivate var isTruthy: Bool {
        if self == "false" || self == "null" { return false }
        return !(isNumber && (Double(text) ?? 0) == 0)
    }

    /// A URL with a host, in the form that Node's `url.parse` prints; nil for one without.
    fileprivate var normalizedURL: Word? {
        guard let scheme = split(at: UInt8(ascii: ":")), scheme.tail.hasPrefix("//") else {
            return nil
        }
        let rest = scheme.tail.dropFirst(2)
        if rest.isEmpty || rest.first == UInt8(ascii: "/") { return nil }
        return rest.contains(UInt8(ascii: "/")) ? self : Word(text + "/")
    }
}
