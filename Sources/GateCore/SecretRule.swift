// Where command lines hold secrets, as data beside each tool's grammar.

/// An argument that holds a secret.
public enum SecretRule: Sendable, Equatable {
    /// The value of this option (`--otp`), on these commands or on all where none is named.
    case option(Word, commands: [Word] = [])
    /// The positional at this place after the command words (`cargo login TOKEN` is 0).
    case positional(Int, command: Word)
}

extension SecretRule {
    /// Rules of the tools themselves, which hold even where no profile is at hand. Names that are
    /// secret everywhere (`--otp`, `--password`, `--token`) need no rule; `Redaction.swift` knows.
    ///
    /// Source: the option tables of twine 7, uv 0.9, poetry 2, hatch 1.16, pdm 2.26, RubyGems 4,
    /// cargo 1.95, NuGet 2.8 and 6, and the .NET SDK 9. RubyGems' `-p` is a proxy, dotnet's a
    /// property.
    static func defaults(for tool: Word) -> [SecretRule] {
        let table: [(tools: [Word], rules: [SecretRule])] = [
            (["twine", "poetry"], [.option("-p")]),
            (["uv"], [.option("-t", commands: ["publish"])]),
            (["hatch"], [.option("-a"), .option("--auth")]),
            (["pdm"], [.option("-P", commands: ["publish"])]),
            (["gem"], [.option("-k"), .option("--key")]),
            (["cargo"], [.positional(0, command: "login")]),
            (
                ["nuget"],
                [
                    .positional(1, command: "push"), .positional(1, command: "delete"),
                    .positional(2, command: "delete"), .positional(0, command: "setapikey"),
                ]
            ),
            (
                ["dotnet"],
                [
                    .option("-k", commands: ["push", "delete"]),
                    .option("-sk", commands: ["push"]),
                    .option("-p", commands: ["source"]),
                ]
            ),
            (["bundle"], [.positional(1, command: "config"), .positional(2, command: "config")]),
        ]
        for row in table where row.tools.contains(tool) { return row.rules }
        return []
    }
}
