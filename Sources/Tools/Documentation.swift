// What the catalog says of itself: `docs/tools.md` and the table of the README. Both are made from
// the profiles and nothing else, so they cannot fall behind; a test compares them with the files.

internal import GateCore

/// Documents made from the catalog.
public enum Documentation {
    /// The line that opens the table in the README.
    public static let tableStart = "<!-- tools -->"
    /// The line that closes it.
    public static let tableEnd = "<!-- /tools -->"

    /// The text of `docs/tools.md`: a section for each profile, then the credential variables.
    public static func tools() -> String {
        var text = """
            # Tools

            Made from the tool profiles by `RECORD=1 swift test --filter DocumentationTests`; do not
            edit. Operations and what a policy says of them: [policy](policy.md).

            """
        for (profile, names) in profiles() { text += "\n" + section(of: profile, names: names) }
        return text + "\n" + credentials()
    }

    /// The rows for the README, without the lines that enclose them.
    public static func table() -> String {
        var text = "| tool | names | grammar of | publishes by |\n| --- | --- | --- | --- |\n"
        for (profile, names) in profiles() {
            let publish = profile.examples.first { $0.operation == .publish }
            let cells = [
                "[\(profile.name.text)](docs/tools.md#\(profile.name.text))", quoted(names),
                profile.versions.joined(separator: ", "),
                publish.map { code($0.line) } ?? "does not",
            ]
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        return text
    }

    /// A README with its table replaced; nil where the enclosing lines are missing.
    public static func withTable(_ readme: String) -> String? {
        var lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { Word($0) == Word(tableStart) }),
            let end = lines.firstIndex(where: { Word($0) == Word(tableEnd) }), start < end
        else { return nil }
        let rows = table().split(separator: "\n")
        lines.replaceSubrange((start + 1)..<end, with: rows)
        return lines.joined(separator: "\n")
    }

    /// Profiles in the order of the catalog, each with the names that lead to it.
    static func profiles() -> [(profile: ToolProfile, names: [Word])] {
        var found: [(profile: ToolProfile, names: [Word])] = []
        for entry in Catalog.entries {
            let profile = entry.profile()
            if let place = found.firstIndex(where: { $0.profile.name == profile.name }) {
                found[place].names.append(entry.name)
            } else {
                found.append((profile, [entry.name]))
            }
        }
        return found
    }

    private static func section(of profile: ToolProfile, names: [Word]) -> String {
        var text = """
            ## \(profile.name.text)

            \(profile.summary.text.prefix(1).uppercased() + profile.summary.text.dropFirst()). \
            Ecosystem: \(profile.ecosystem.name).

            - Names: \(quoted(names))
            - Grammar of: \(profile.versions.joined(separator: ", "))
            - Strangers' scripts: \(scripts(of: profile))

            """
        if !profile.pins.isEmpty {
            text += "- While it installs or executes: \(rules(profile.pins))\n"
        }
        if !profile.pinsWithoutGit.isEmpty {
            text += "- Where policy lists no git sources, too: \(rules(profile.pinsWithoutGit))\n"
        }
        if !profile.secrets.isEmpty {
            let rules = profile.secrets.map(describe).joined(separator: ", ")
            text += "- Not recorded: \(rules)\n"
        }
        text += "\n| operation | examples |\n| --- | --- |\n"
        for operation in Operation.allCases {
            let lines = profile.examples.filter { $0.operation == operation }.map { code($0.line) }
            if lines.isEmpty { continue }
            text += "| \(operation.name) | \(lines.joined(separator: "<br>")) |\n"
        }
        return text
    }

    private static func scripts(of profile: ToolProfile) -> String {
        switch profile.scripts {
        case .none: return "runs none while it fetches"
        case .unenforced:
            return "has no switch; the decision records `scripts:unenforced`"
        case .refused(let commands):
            return "runs none while it fetches, but for \(quoted(commands)), which is refused"
        case .guarded(let file):
            return
                "has no switch; `guards/\(file)`, loaded by ruby first, refuses packages with code "
                + "for their installation"
        case .switches(let words, let environment):
            return switches(words, environment, of: profile)
        case .guardedPython(let words, let environment):
            return switches(words, environment, of: profile)
                + "; `guards/sitecustomize.py`, loaded by python first, lets it build nothing but the "
                + "project's own code"
        }
    }

    private static func switches(
        _ words: (Invocation) -> [Word], _ environment: [EnvironmentRule], of profile: ToolProfile
    ) -> String {
        var all: [Word] = []
        for example in profile.examples where example.operation.suppressesScripts {
            for word in words(reading(of: example)) where !all.contains(word) {
                all.append(word)
            }
        }
        let options = all.isEmpty ? "off" : "off by \(quoted(all))"
        return environment.isEmpty ? options : options + "; " + rules(environment)
    }

    /// An example as it is understood with no file to ask, and with the version unknown where none
    /// is given.
    static func reading(of example: Example, version: String? = nil) -> Invocation {
        var words = example.words
        let name = words.isEmpty ? "" : words.removeFirst()
        let tool = Catalog.profile(calledAs: name)?.name ?? name
        var facts = Facts()
        let line = Line(tool: tool, calledAs: name, arguments: words, version: version)
        return classify(line, facts: &facts)
    }

    private static func credentials() -> String {
        """
        ## Credentials

        Whatever tool is forwarded, these variables are changed first: \(rules(credentialVariables)).

        Tokens of code hosts stay for lines that only run the project's own programs; for all other
        lines: \(rules(codeHostVariables)).

        """
    }

    private static func rules(_ rules: [EnvironmentRule]) -> String {
        rules.map { rule in
            switch rule.action {
            case .unset: "`\(rule.pattern.text)` removed"
            case .empty: "`\(rule.pattern.text)` emptied"
            case .dropUserinfo: "`\(rule.pattern.text)` without `user:password@`"
            case .set(let value): "`\(rule.pattern.text)=\(value.text)`"
            }
        }.joined(separator: ", ")
    }

    private static func describe(_ rule: SecretRule) -> String {
        switch rule {
        case .option(let name, let commands):
            let place = commands.isEmpty ? "" : " of \(quoted(commands))"
            return "`\(name.text)`\(place)"
        case .positional(let place, let command):
            return "argument \(place + 1) of `\(command.text)`"
        }
    }

    private static func quoted(_ words: [Word]) -> String {
        words.map { code($0) }.joined(separator: ", ")
    }

    /// A word as code in a table cell.
    private static func code(_ word: Word) -> String {
        "`"
            + word.text.split(separator: "|", omittingEmptySubsequences: false)
            .joined(separator: "\\|") + "`"
    }
}

extension Example {
    /// The line's words, the tool first; single and double quotes hold blanks together.
    var words: [Word] {
        var words: [Word] = []
        var bytes: [UInt8] = []
        var quote: UInt8?
        var hasWord = false
        for byte in line.text.utf8 {
            let isQuote = byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
            if byte == quote {
                quote = nil
            } else if quote == nil, isQuote {
                quote = byte
                hasWord = true
            } else if quote == nil, byte == 0x20 {
                if hasWord { words.append(Word(String(decoding: bytes, as: UTF8.self))) }
                bytes = []
                hasWord = false
            } else {
                bytes.append(byte)
                hasWord = true
            }
        }
        if hasWord { words.append(Word(String(decoding: bytes, as: UTF8.self))) }
        return words
    }
}
