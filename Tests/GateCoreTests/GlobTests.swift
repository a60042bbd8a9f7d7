// Patterns against an obviously right, slow matcher, and in bounded time.

import GateCore
import SeededRandom
import Testing

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
