// ovsx: publishes extensions to Open VSX. commander with exact command names, `--debug` before
// them.
//
// Rules: eclipse/openvsx cli/src/main.ts.

import GateCore

extension ToolProfile {
    static let ovsx = ToolProfile(
        name: "ovsx", ecosystem: .vscode, summary: "publishes extensions to Open VSX",
        versions: ["0.10.0"],
        versionSources: [.packageJSON(path: "../package.json", names: ["ovsx"])],
        scripts: .unenforced, secrets: [.option("pat"), .option("-p")],
        examples: [
            Example("ovsx publish a.vsix", .publish),
            Example("ovsx create-namespace a", .administer),
            Example("ovsx login a", .authenticate), Example("ovsx logout a", .authenticate),
            Example("ovsx get a.b", .query), Example("ovsx verify-pat a", .query),
            Example("ovsx version", .query), Example("ovsx --help", .query),
        ],
        read: { line, _ in tool.read(line) })

    private static let tool = ExtensionTool(
        name: "ovsx",
        commands: [
            ("publish", "publish", .publish),
            ("create-namespace", "create-namespace", .administer),
            ("login", "login", .authenticate), ("logout", "logout", .authenticate),
            ("get", "get", .query), ("verify-pat", "verify-pat", .query),
            ("version", "version", .query), ("help", "help", .query),
        ],
        valued: [
            "-r", "--registryUrl", "-p", "--pat", "-t", "--target", "-i", "--packagePath",
            "--packageVersion", "--baseContentUrl", "--baseImagesUrl", "-v", "--version", "-o",
            "--output",
        ], leading: ["--debug"])
}
