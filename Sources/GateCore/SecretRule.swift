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
        if tool == "twine" || tool == "poetry" { return [.option("-p")] }
        if tool == "uv" {
            return [
                .option("-t", commands: ["publish", "login"]), .option("-p", commands: ["publish"]),
            ]
        }
        if tool == "hatch" { return [.option("-a"), .option("--auth")] }
        if tool == "pdm" { return [.option("-P", commands: ["publish"])] }
        if tool == "gem" { return [.option("-k"), .option("--key")] }
        if tool == "cargo" { return [.positional(0, command: "login")] }
        if tool == "nuget" {
            return [
                .positional(1, command: "push"), .positional(1, command: "delete"),
                .positional(2, command: "delete"), .positional(0, command: "setapikey"),
            ]
        }
        if tool == "dotnet" {
            return [
                .option("-k", commands: ["push", "delete"]), .option("-sk", commands: ["push"]),
                .option("-p", commands: ["source"]),
            ]
        }
        if tool == "bundle" {
            return [.positional(1, command: "config"), .positional(2, command: "config")]
        }
        return []
    }
}
