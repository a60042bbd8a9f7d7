// Splitting shell text: what runs is found, and what cannot be told is said to be unclear.

import GateCore
import SeededRandom
import Testing

@Suite struct ShellLineTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        /// Commands as `NAME=value word word`, `?` before those that are unclear.
        let commands: [String]
        var testDescription: String { text }

        init(_ text: String, _ commands: String...) {
            self.text = text
            self.commands = commands
        }
    }

    private func shown(_ command: ShellCommand) -> String {
        var parts = command.assignments.map { "\($0.name.text)=\($0.value.text)" }
        if command.unclear != nil { parts.insert("?", at: 0) }
        return (parts + command.words.map { quoted($0) }).joined(separator: " ")
    }

    @Test(
        "lists, pipelines and groups give their simple commands",
        arguments: [
            Row(""), Row("  \n # only a remark\n"), Row("A=1"),
            Row("npm publish --access public", "npm publish --access public"),
            Row("a; b & c && d || e | f |& g\nh", "a", "b", "c", "d", "e", "f", "g", "h"),
            Row("(a; b) && { c; d; }", "a", "b", "c", "d"), Row("! a", "a"), Row("((a))", "a"),
            Row("a # npm publish", "a"), Row("a#b", "'a#b'"),
            Row("np\\\nm pub\\\nlish", "npm publish"), Row("a \\\n b", "a b"),
            Row("'npm' \"publish\" a\\ b \"c d\"'e'", "npm publish 'a b' 'c de'"),
            Row("n\"p\"m 'pub'lish", "npm publish"), Row("a '' \"\"", "a '' ''"),
            Row("a \"\\\"\\\\\\x\\$\"", "a '\"\\\\x$'"), Row("a 'b\\'", "a 'b\\'"),
            Row("echo 'a; npm publish'", "echo 'a; npm publish'"),
            Row("'{' a", "'{' a"), Row("'if' a", "if a"),
        ])
    func lists(row: Row) {
        #expect(shellCommands(in: row.text).map(shown) == row.commands)
    }

    @Test(
        "assignments become environment and redirections go",
        arguments: [
            Row("A=1 B='x y' npm i", "A=1 B=x y npm i"), Row("A= npm", "A= npm"),
            Row("npm A=1", "npm A=1"), Row("'A'=1 npm", "A=1 npm"), Row("1A=2 npm", "1A=2 npm"),
            Row("export A=1; npm i", "export A=1", "A=1 npm i"), Row("A=1; npm i", "A=1 npm i"),
            Row("npm i > out 2>&1 < in", "npm i"), Row(">out npm i", "npm i"),
            Row("npm i 2>>err &>all >|x <>y >&2", "npm i"), Row("npm i 2 >x", "npm i 2"),
            Row("npm i<<<word", "npm i"), Row("npm i>out;a", "npm i", "a"),
        ])
    func surroundings(row: Row) {
        #expect(shellCommands(in: row.text).map(shown) == row.commands)
    }

    @Test(
        "what only a shell could tell makes its command unclear, and no other",
        arguments: [
            Row("npm $X; npm i", "? npm '$X'", "npm i"), Row("npm \"$X\"", "? npm '$X'"),
            Row("npm ${X:-publish}; a", "? npm '${X:-publish}'", "a"),
            Row("npm $(echo publish; echo \")\"); a", "? npm '$(echo publish; echo \")\")'", "a"),
            Row("npm \"$(echo \"a b\")\" c; a", "? npm '$(echo \"a b\")' c", "a"),
            Row("npm `echo publish`; a", "? npm '`echo publish`'", "a"),
            Row("npm $'pub\\x6cish'; a", "? npm '$'\\''pub\\x6cish'\\'''", "a"),
            Row("npm $\"publish\"", "? npm '$publish'"), Row("npm $((1+1))", "? npm '$((1+1))'"),
            Row("a '$X' \"\\$X\" b$ $", "a '$X' '$X' 'b$' '$'"), Row("a \"x$\" b", "a 'x$' b"),
            Row("a \"'$'\"; b", "a ''\\''$'\\'''", "b"),
            Row("n* publish", "? 'n*' publish"), Row("npm i *.tgz", "npm i '*.tgz'"),
            Row("sudo n?m publish", "? 'n?m' publish"),
            Row("np{m,x} publish", "? 'np{m,x}' publish"),
            Row("find . -exec a {} +", "find . -exec a '{}' +"), Row("a {1..3}", "? a '{1..3}'"),
            Row("~/bin/npm i", "? '~/bin/npm' i"), Row("A=~/x npm i", "? A=~/x npm i"),
            Row("npm a~b --p=x", "npm 'a~b' --p=x"),
            Row("cat <<E; a\nnpm publish\nE\nb", "? cat", "a", "b"),
            Row("cat <<-'E'\n\tx\n\tE\nb", "? cat", "b"),
            Row("a <(npm publish) b; c", "? a b", "c"),
            Row("a >$X", "? a"), Row("a > ; b", "? a", "b"), Row("f() { a; }", "? f", "a"),
            Row("A=(b c) d", "? A= b c", "d"),
            Row("if a; then npm publish; fi", "? if a", "? then npm publish", "? fi"),
            Row("for i in a; do b; done", "? for i in a", "? do b", "? done"),
            Row("[[ a ]] && b", "? '[[' a ']]'", "b"),
            Row("eval npm publish", "? eval npm publish"),
            Row(". ./x", "? . ./x"), Row("alias npm=x; npm", "? alias npm=x", "npm"),
            Row("npm 'publish", "? npm publish"), Row("npm \"publish", "? npm publish"),
            Row("npm publish\\", "? npm publish"),
        ])
    func unclear(row: Row) {
        #expect(shellCommands(in: row.text).map(shown) == row.commands)
    }

    @Test(
        "wrappers are taken off, and their unknown options make the command unclear",
        arguments: [
            Row("env A=B npm publish", "A=B npm publish"), Row("env -i -u X -- npm i", "npm i"),
            Row("env - A=B npm i", "A=B npm i"), Row("env --unset=X --chdir d npm i", "npm i"),
            Row("/usr/bin/env npm i", "npm i"), Row("env", "env"),
            Row("env -S 'npm publish'", "? env -S 'npm publish'"),
            Row("sudo -u root -En A=1 npm i", "A=1 npm i"), Row("sudo -uroot npm i", "npm i"),
            Row("sudo -s npm i", "? sudo -s npm i"), Row("sudo --user=a npm i", "npm i"),
            Row("nice -n 5 npm i", "npm i"), Row("nice -5 npm i", "? nice -5 npm i"),
            Row("nohup npm i &", "npm i"), Row("time -p npm i", "npm i"),
            Row("setsid -w npm i", "npm i"),
            Row("timeout -k 5 --signal=KILL 10 npm i", "npm i"), Row("timeout 5 npm i", "npm i"),
            Row("exec -a x npm i", "npm i"), Row("command npm i", "npm i"),
            Row("command -v npm", "command -v npm"), Row("stdbuf -oL npm i", "npm i"),
            Row("xargs -n 1 npm publish", "npm publish", "? npm publish"),
            Row("nohup nice sudo env A=1 timeout 3 npm i", "A=1 npm i"), Row("sudo", "sudo"),
        ])
    func wrappers(row: Row) {
        #expect(shellCommands(in: row.text).map(shown) == row.commands)
    }

    @Test(
        "text for a shell is read in turn",
        arguments: [
            Row("sh -c 'npm publish'", "npm publish"),
            Row("bash -lc 'a && npm publish'", "a", "npm publish"),
            Row("A=1 bash --norc -eo pipefail -c 'B=2 npm i' x y", "A=1 B=2 npm i"),
            Row("sh -c \"sh -c 'npm publish'\"", "npm publish"), Row("sudo sh -c 'npm i'", "npm i"),
            Row("sh -c 'npm $1' x publish", "? npm '$1'"), Row("sh", "? sh"),
            Row("a | sh", "a", "? sh"),
            Row("sh -s x", "? sh -s x"), Row("bash --rcfile x", "? bash --rcfile x"),
            Row("sh ./build.sh a", "sh ./build.sh a"), Row("sh -c", "? sh -c"), Row("sh -c ''"),
        ])
    func shells(row: Row) {
        #expect(shellCommands(in: row.text).map(shown) == row.commands)
    }

    @Test("shells in shells end at a depth")
    func depth() {
        var words: [Word] = ["npm", "publish"]
        for _ in 0..<12 { words = ["sh", "-c", Word(quoted(words))] }
        let commands = shellCommands(in: quoted(words))
        #expect(commands.count == 1)
        #expect(commands.first?.unclear == "shells are nested deeper than 8")
    }

    @Test("no text traps or hangs", .timeLimit(.minutes(1)), arguments: 1...20)
    func anything(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("ab='\"\\ $`*?[]{}~#&|;<>()!\n\t-é")
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<Int.random(in: 0...24, using: &random) {
                text.append(letters.randomElement(using: &random) ?? "a")
            }
            for command in shellCommands(in: text) where command.unclear == nil {
                #expect(!command.words.isEmpty, "\(text)")
            }
        }
    }

    @Test("nesting without an end is unclear and takes no time", .timeLimit(.minutes(1)))
    func deep() {
        for part in ["\"$(", "${", "$(", "((", "{ "] {
            let text = String(repeating: part, count: 20_000)
            let commands = shellCommands(in: "a " + text)
            #expect(commands.allSatisfy { $0.words.first == "a" })
        }
    }
}
