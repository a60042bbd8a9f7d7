// A program that a runner such as `bundle exec` starts: classified again where it is a managed
// tool, and named as a reason where the words hide what is run.

import GateCore

/// Reads `PROGRAM ARGUMENTS...` of a runner.
enum NestedProgram {
    /// The invocation of a managed tool, or none where the program is not managed.
    static func read(_ words: [Word], line: Line, facts: inout Facts) -> [Invocation] {
        let words = withoutWrappers(words)
        guard let program = words.first else { return [] }
        let name = baseName(program)
        guard let profile = Catalog.profile(calledAs: name) else { return [] }
        var inner = line
        inner.tool = profile.name
        inner.calledAs = name
        inner.arguments = Array(words.dropFirst())
        inner.version = nil
        inner.python = nil
        inner.depth += 1
        return [classify(inner, facts: &facts)]
    }

    /// Why what runs cannot be told, where a shell is given a line.
    static func hides(_ words: [Word]) -> String? {
        let words = withoutWrappers(words)
        guard let program = words.first else { return nil }
        let shells: [Word] = ["sh", "bash", "dash", "zsh", "ksh", "busybox", "eval", "xargs"]
        return shells.contains(baseName(program)) && words.count > 1
            ? "\(baseName(program)) is given a line of its own" : nil
    }

    /// Without `env A=B`, `nice`, `nohup`, `time`, `command` and `ruby -S` in front.
    private static func withoutWrappers(_ words: [Word]) -> [Word] {
        var words = words[...]
        while let first = words.first {
            let name = baseName(first)
            if name == "ruby", words.dropFirst().first == "-S" {
                words = words.dropFirst(2)
            } else if ["env", "nice", "nohup", "time", "command", "exec"].contains(name) {
                words = words.dropFirst()
                while let next = words.first, next.contains(UInt8(ascii: "=")) {
                    words = words.dropFirst()
                }
            } else {
                break
            }
        }
        return Array(words)
    }

    private static func baseName(_ path: Word) -> Word {
        path.text.utf8.split(separator: UInt8(ascii: "/")).last.map { Word(Substring($0)) } ?? path
    }
}
