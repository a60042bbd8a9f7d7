// Patterns against an obviously right, slow matcher, and in bounded time.

import SeededRandom
import Testing

@testable import GateCore

@Suite struct GlobTests {
    @Test(
        "a star is any run, a question mark one character, everything else itself",
        arguments: [
            ("npm publish*", "npm publish", true), ("npm publish*", "npm publish --tag x", true),
            ("npm publish*", "npm  publish", false), ("npm publish*", "xnpm publish", false),
            ("*/.npmrc", "/home/user/.npmrc", true), ("*/.npmrc", ".npmrc", false),
            ("*/.npmrc", "/home/user/.npmrc.md", false), ("*", "", true), ("", "", true),
            ("", "a", false), ("?", "", false), ("?", "a", true), ("?", "é", true),
            ("?", "€", true),
            ("??", "é", false), ("*?", "é", true), ("a?c", "a🐎c", true), ("[ab]", "a", false),
            ("[ab]", "[ab]", true), ("a.c", "abc", false), ("\\*", "*", false),
            ("{a,b}", "a", false),
            ("**", "anything", true), ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false),
            ("NPM*", "npm x", false), ("\u{E9}", "e\u{301}", false), ("K", "\u{212A}", false),
        ])
    func table(pattern: String, text: String, isMatch: Bool) {
        #expect(Glob(pattern).matches(text) == isMatch)
    }

    @Test("the answer is that of trying everything", arguments: 1...20)
    func reference(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let pattern = word("ab*?", 8, &random)
            let text = word("ab", 10, &random)
            let expected = tryAll(
                Array(pattern.unicodeScalars)[...], Array(text.unicodeScalars)[...])
            #expect(Glob(pattern).matches(text) == expected, "\(pattern) on \(text)")
        }
    }

    @Test("a pattern made to be slow is not", .timeLimit(.minutes(1)))
    func slow() {
        let pattern = String(repeating: "*a", count: 500) + "b"
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 5000)))
    }

    @Test("a list is its patterns, however they are held", arguments: 1...20)
    func list(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let globs = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                Glob(word("ab*?-_", 6, &random))
            }
            let list = GlobList(globs)
            #expect(Array(list) == globs)
            // The same patterns as parts of a text that has more in it.
            var text: [UInt8] = Array("{\"".utf8)
            var parts: [GlobList.Part] = []
            for glob in globs {
                parts.append(.init(from: text.count, to: text.count + glob.pattern.count))
                text += glob.pattern + Array("\", \"".utf8)
            }
            #expect(GlobList(parts, of: text) == list)
            let wanted = Array(word("ab-_", 6, &random).utf8)
            #expect(list.anyMatches(wanted) == globs.contains { $0.matches(wanted) })
        }
    }

    @Test("of packages, only patterns are skipped that cannot match", arguments: 1...20)
    func packages(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let spelling = Word(word("abA-_.", 5, &random))
            let source: PackageRequest.Source = Bool.random(using: &random) ? .registry : .alias
            let request = PackageRequest(
                name: spelling, range: source == .alias ? "npm:Ba@1" : "", source: source,
                spelling: spelling)
            let package = PackageTexts(request)
            let glob = Glob(word("abB*?-_.", 5, &random))
            let loosened = Glob(loosely(glob.text))
            let isMet =
                package.names.contains { glob.matches($0) }
                || package.loose.contains { loosened.matches($0) }
            #expect(
                matchesPackage([glob], package, false) == isMet, "\(glob.text) on \(spelling)")
        }
    }

    /// Lower case, and runs of `-`, `_` and `.` as one `-`.
    private func loosely(_ text: String) -> String {
        var result = ""
        for character in text.lowercased() {
            let letter: Character = "-_.".contains(character) ? "-" : character
            if letter != "-" || result.last != "-" { result.append(letter) }
        }
        return result
    }

    private func word(
        _ letters: String, _ most: Int, _ random: inout SeededGenerator
    ) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...most, using: &random) {
            text.append(letters.randomElement(using: &random) ?? "a")
        }
        return text
    }

    private func tryAll(
        _ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            if tryAll(pattern.dropFirst(), text) { return true }
            return !text.isEmpty && tryAll(pattern, text.dropFirst())
        }
        guard let next = text.first, first == "?" || first == next else { return false }
        return tryAll(pattern.dropFirst(), text.dropFirst())
    }
}
