// What nopt makes of an option's value: the types of the tables, and the first that takes a value
// decides what is stored; a value that no type takes is dropped with a warning. Source: nopt
// lib/nopt-lib.js `validate` and lib/type-defs.js, @npmcli/config lib/type-defs.js.

import GateCore

/// The types of one option, from the table's payload `CLASSES[:TYPES[:LITERAL|LITERAL...]]`.
struct NoptTypes {
    private let payload: Word
    private let isSinceEleven: Bool
    /// Where the letters stand in the payload; empty where the class says it all.
    private let letters: Range<Int>
    private let literals: Range<Int>

    init(_ payload: Word, isSinceEleven: Bool) {
        self.payload = payload
        self.isSinceEleven = isSinceEleven
        let bytes = payload.text.utf8.span
        var first = 0
        while first < bytes.count, bytes[first] != UInt8(ascii: ":") { first += 1 }
        var second = first + 1
        while second < bytes.count, bytes[second] != UInt8(ascii: ":") { second += 1 }
        letters = first < bytes.count ? first + 1..<second : 0..<0
        literals = second < bytes.count ? second + 1..<bytes.count : 0..<0
    }

    /// The class in the oldest version of the table.
    var oldestClass: UInt8 { payload.first }

    /// Whether nopt holds a list of types, which lets a boolean take a word.
    var isList: Bool {
        var count = 0
        forEachLiteral { _ in
            count += 1
            return true
        }
        return max(letters.count, hasLetters ? 0 : 1) + count > 1
    }

    private var hasLetters: Bool { letters.lowerBound > 0 }

    /// Whether the option accepts this word literally.
    func hasLiteral(_ word: Word) -> Bool {
        let wanted = word.text.utf8.span
        let bytes = payload.text.utf8.span
        var isFound = false
        forEachLiteral { range in
            guard range.count == wanted.count else { return true }
            for index in 0..<wanted.count where bytes[range.lowerBound + index] != wanted[index] {
                return true
            }
            isFound = true
            return false
        }
        return isFound
    }

    /// Calls `body` with the place of each literal of this version until it says false.
    private func forEachLiteral(_ body: (Range<Int>) -> Bool) {
        let bytes = payload.text.utf8.span
        var start = literals.lowerBound
        while start < literals.upperBound {
            var end = start
            while end < literals.upperBound, bytes[end] != UInt8(ascii: "|") { end += 1 }
            let isNewer = bytes[start] == UInt8(ascii: "+")
            if end > start, !isNewer || isSinceEleven {
                if !body((isNewer ? start + 1 : start)..<end) { return }
            }
            start = end + 1
        }
    }

    /// Whether the option accepts this type, by its letter.
    func has(_ letter: Unicode.Scalar) -> Bool {
        let letter = UInt8(ascii: letter)
        let bytes = payload.text.utf8.span
        if !hasLetters {
            let isText = bytes.count > 0 && bytes[0] == UInt8(ascii: "S")
            return letter == (isText ? UInt8(ascii: "s") : UInt8(ascii: "b"))
        }
        for index in letters where bytes[index] == letter { return true }
        return false
    }

    /// The value as the first type that takes it stores it, or nil where none does.
    func validated(_ value: Setting.Value) -> Setting.Value? {
        if case .null = value { return has("n") || has("p") ? .null : nil }
        if case .text(let text) = value, hasLiteral(text) { return value }
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
