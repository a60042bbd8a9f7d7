// Quoting and escaping: what a shell reads back, and what a person is shown.

import GateCore
import SeededRandom
import Testing

@Suite struct TextTests {
    @Test(
        "a word is quoted where a shell would read something else",
        arguments: [
            ("npm", "npm"), ("--access=public", "--access=public"),
            ("@scope/a@1.2", "@scope/a@1.2"),
            ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("'", "''\\'''"),
            ("$HOME", "'$HOME'"),
            ("a;b", "'a;b'"), ("*", "'*'"), ("~", "'~'"), ("a\nb", "'a\nb'"), ("é", "'é'"),
            ("!x", "'!x'"), ("{a,b}", "'{a,b}'"), ("#a", "'#a'"), ("^1.0", "'^1.0'"),
        ])
    func quoting(word: String, text: String) {
        #expect(quoted(Word(word)) == text)
    }

    @Test("what was quoted is read back as it was", arguments: 1...20)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("ab'\"\\ $`*?[]{}~#&|;<>()!=\n\té🐎")
        for _ in 0..<100 {
            var words: [Word] = ["npm"]
            for _ in 0..<3 {
                var text = ""
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    text.append(letters.randomElement(using: &random) ?? "a")
                }
                words.append(Word(text))
            }
            #expect(shellCommands(in: quoted(words)) == [ShellCommand(words: words)])
        }
    }

    @Test(
        "what could mislead a reader is shown as its number",
        arguments: [
            ("plain text", "plain text"), ("é 日本 🐎", "é 日本 🐎"), ("a\u{1B}[2Jb", "a\\u{1B}[2Jb"),
            ("a\nb\tc\r", "a\\u{A}b\\u{9}c\\u{D}"), ("\u{7F}\u{9B}", "\\u{7F}\\u{9B}"),
            ("a\u{202E}b\u{2066}", "a\\u{202E}b\\u{2066}"),
            ("a\u{200B}b\u{200D}", "a\\u{200B}b\\u{200D}"),
            ("\u{FEFF}", "\\u{FEFF}"), ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
            ("\u{E000}\u{378}", "\\u{E000}\\u{378}"), ("\u{A0}\u{3000}", "\\u{A0}\\u{3000}"),
            ("\u{3164}\u{115F}\u{2800}", "\\u{3164}\\u{115F}\\u{2800}"),
            ("\u{FE0F}\u{E0041}", "\\u{FE0F}\\u{E0041}"), ("\u{0}", "\\u{0}"), ("", ""),
        ])
    func escaping(text: String, shown: String) {
        #expect(displayed(text) == shown)
    }
}
