// vsce: publishes Visual Studio Code extensions. commander with exact command names; an option in
// front of the command stops its search. Packaging runs the project's `vscode:prepublish`.
//
// Rules: microsoft/vscode-vsce src/main.ts; commander 6 `_parseCommand`.

import GateCore

extension ToolProfile {
    static let vsce = ToolProfile(
        name: "vsce", ecosystem: .vscode, summary: "publishes Visual Studio Code extensions",
        versions: ["3.6.0"],
        versionSources: [.packageJSON(path: "package.json", names: ["@vscode/vsce", "vsce"])],
        scripts: .unenforced, secrets: [.option("pat"), .option("-p")],
        examples: [
            Example("vsce publish minor", .publish), Example("vsce unpublish a.b", .unpublish),
            Example("vsce delete-publisher a", .unpublish),
            Example("vsce login a", .authenticate), Example("vsce logout a", .authenticate),
            Example("vsce package", .pack), Example("vsce pack", .pack),
            Example("vsce ls", .query), Example("vsce ls-publishers", .query),
            Example("vsce show a.b", .query), Example("vsce search text", .query),
            Example("vsce verify-pat", .query), Example("vsce --version", .query),
        ],
        read: { line, _ in ExtensionTool.vsce.read(line) })
}

/// A publisher of editor extensions.
struct ExtensionTool: Sendable {
    let name: Word
    /// Words, their canonical form, and what they do.
    let commands: [(word: Word, canonical: Word, operation: Operation)]
    /// Options that take the next word.
    let valued: [Word]
    /// Flags that may stand before the command.
    let leading: [Word]

    fileprivate static let vsce = ExtensionTool(
        name: "vsce",
        commands: [
            ("publish", "publish", .publish), ("unpublish", "unpublish", .unpublish),
            ("delete-publisher", "delete-publisher", .unpublish),
            ("login", "login", .authenticate), ("logout", "logout", .authenticate),
            ("package", "package", .pack), ("pack", "package", .pack), ("ls", "ls", .query),
            ("ls-publishers", "ls-publishers", .query), ("show", "show", .query),
            ("search", "search", .query), ("verify-pat", "verify-pat", .query),
            ("generate-manifest", "generate-manifest", .pack),
            ("verify-signature", "verify-signature", .query), ("help", "help", .query),
        ],
        valued: [
            "-p", "--pat", "-t", "--target", "--readme-path", "--changelog-path", "-m",
            "--message", "-i", "--packagePath", "--sigzipPath", "--githubBranch",
            "--gitlabBranch", "--baseContentUrl", "--baseImagesUrl", "--ignoreFile", "-o",
            "--out", "--packagedDependencies", "--allow-proposed-apis", "--signTool",
        ], leading: [])

    /// Reads a line; the command is the first word, and a word behind an unknown option counts
    /// too, though the line is then ambiguous.
    func read(_ line: Line) -> Invocation {
        let words = line.arguments
        var invocation = Invocation(
            tool: name, version: line.version, command: [name], operation: .query)
        invocation.roles = words.map { _ in .positional }
        var place = 0
        while place < words.count, leading.contains(words[place]) || words[place] == "--" {
            invocation.roles[place] = words[place] == "--" ? .terminator : .option(words[place])
            place += 1
        }
        let inert: [Word] = ["-h", "--help", "-V", "--version"]
        guard place < words.count, !inert.contains(words[place]) else {
            invocation.isInert = true
            return invocation
        }
        if words[place].first == UInt8(ascii: "-") {
            invocation.ambiguous.append("an option stands before the command")
            place = words.firstIndex { word in commands.contains { $0.word == word } } ?? place
        }
        invocation.operation = .unknown
        for row in commands where row.word == words[place] {
            invocation.command.append(row.canonical)
            invocation.operation = row.operation
            invocation.roles[place] = .command
        }
        let plain = PlainOptions(Array(words[(place + 1)...]), valued: valued)
        invocation.options = plain.options
        invocation.positionals = plain.positionals + plain.rest
        invocation.roles.replaceSubrange((place + 1)..., with: plain.roles)
        invocation.registry = (plain.value("--registryUrl") ?? plain.value("-r"))?.text
        let isHelp = invocation.command.last == "help" || plain.has("-h", "--help")
        if isHelp { invocation.isInert = invocation.ambiguous.isEmpty }
        if isHelp, invocation.isInert { invocation.operation = .query }
        return invocation
    }
}
