// The worked example of CONTRIBUTING.md, a whole profile; WorkedExampleTests holds the two together.

import GateCore

@testable import Tools

extension ToolProfile {
    /// shelf, which no registry knows: it is the worked example of CONTRIBUTING.md.
    static let shelf = ToolProfile(
        name: "shelf", ecosystem: .npm, summary: "keeps packages on a shelf",
        versions: ["1.0.0"],
        versionSources: [.packageJSON(path: "../package.json", names: ["shelf"])],
        scripts: .switches(words: { _ in ["--hooks=false"] }, environment: []),
        secrets: [.option("key")],
        examples: [
            Example("shelf put --key k box", .publish), Example("shelf add box", .install),
            Example("shelf list", .query), Example("shelf --help", .query),
        ],
        read: { line, _ in readShelf(line) })
}

/// Reads a line as shelf does: an exact command word first, options of the form `--name=value`, of
/// which `--key` also takes the next word.
private func readShelf(_ line: Line) -> Invocation {
    var invocation = Invocation(
        tool: line.tool, version: line.version, command: ["shelf"], operation: .query)
    guard let word = line.arguments.first, word != "--help" else {
        // Only prints; nothing behind it is read.
        invocation.isInert = true
        invocation.roles = line.arguments.map { _ in .other("not read") }
        return invocation
    }
    let commands: [(word: Word, operation: Operation)] = [
        ("put", .publish), ("add", .install), ("list", .query),
    ]
    guard let command = commands.first(where: { $0.word == word }) else {
        // Denied unless a rule names unknown commands. Never guess towards the milder reading.
        invocation.operation = .unknown
        invocation.roles = line.arguments.map { _ in .other("not read") }
        return invocation
    }
    let words = PlainOptions(Array(line.arguments.dropFirst()), valued: ["--key"])
    invocation.command.append(command.word)
    invocation.operation = command.operation
    invocation.options = words.options
    invocation.positionals = words.positionals + words.rest
    invocation.roles = [.command] + words.roles
    if command.operation == .install {
        invocation.packages = invocation.positionals.map {
            PackageRequest(name: $0, source: .registry, spelling: $0)
        }
    }
    for option in words.options where option.name != "key" && option.name != "hooks" {
        invocation.ambiguous.append("unknown option \(option.spelling)")
    }
    // The words are composed anew: our switch comes in, and the caller's `--hooks` stays out.
    let kept = words.options.filter { $0.name != "hooks" }
    let options = kept.map { Word("--\($0.name.text)" + ($0.value.map { "=\($0.text)" } ?? "")) }
    invocation.composition = .words(
        before: [command.word], after: options + ["--"] + invocation.positionals)
    return invocation
}
