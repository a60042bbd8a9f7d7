// npm's and npx's own parser against ours: every row of Vectors/argv/{npm,npx}-*.jsonl.
//
// Mapping: `args` are our positionals; `opts` are `inForce` for the names the rows report. A date is
// compared by presence; a boolean in a list or a number is compared by its text. `$HOME` is /h,
// `<cwd>` and the project /h/proj. A row's .npmrc is looked at where files are read at all: queries, project
// scripts and local changes read none, because no file can change what they are.

import GateCore
import StrictJSON
import Testing

@testable import Tools

@Suite struct NpmVectorTests {
    @Test(
        "every npm and npx row agrees",
        arguments: ["npm-10.8.2", "npm-11.17.0", "npx-10.8.2", "npx-11.17.0"])
    func everyRowAgrees(file: String) throws {
        var complaints: [String] = []
        for row in try VectorRow.read(file) {
            let (invocation, isFileRead) = reading(row)
            if let complaint = disagreement(row, invocation) {
                complaints.append(complaint)
                continue
            }
            if row.isNoCommand { continue }
            let args = row.args ?? []
            let ours = invocation.positionals.map(\.text)
            if ours != args { complaints.append("\(row): args \(ours) not \(args)") }
            if let complaint = differingOptions(row, invocation, isFileRead) {
                complaints.append("\(row): \(complaint)")
            }
        }
        #expect(complaints.prefix(20).isEmpty, "\(complaints.count) of them")
    }

    /// Our reading, and whether it asked for the project's .npmrc.
    private func reading(_ row: VectorRow) -> (Invocation, Bool) {
        var files = ["/h/proj/package.json": "{}"]
        files["/h/proj/.npmrc"] = row.configuration("npmrc")
        let line = Line(
            tool: Word(row.tool), arguments: row.argv.map { Word($0) },
            environment: row.environment, cwd: "/h/proj", home: "/h", version: row.version)
        let invocation = classified(line, files: files)
        var facts = Facts()
        facts.learn(.entry("/h/proj/package.json"), .file(isExecutable: false))
        _ = classify(line, facts: &facts)
        return (invocation, facts.needed.contains(.text("/h/proj/.npmrc")))
    }

    private func differingOptions(
        _ row: VectorRow, _ invocation: Invocation, _ isFileRead: Bool
    ) -> String? {
        let theirs = row.json["opts"]?.object ?? []
        let inFile = row.configuration("npmrc") ?? ""
        for member in theirs {
            let setting = invocation.inForce.first { $0.name.text == member.name }
            guard let setting else {
                if !isFileRead, inFile.contains(member.name) { continue }
                return "\(member.name) is missing"
            }
            if member.name == "before" { continue }
            if !isFileRead, inFile.contains(member.name) { continue }
            let expected = member.value.text.replacing("$HOME", with: "/h")
                .replacing("<cwd>", with: "/h/proj")
            let found = setting.value.text
            if expected != found { return "\(member.name) is \(found), not \(expected)" }
        }
        for setting in invocation.inForce where reported.contains(setting.name.text) {
            if row.version.hasPrefix("10."), sinceEleven.contains(setting.name.text) { continue }
            if !theirs.contains(where: { $0.name == setting.name.text }) {
                return "\(setting.name) is extra: \(setting.value)"
            }
        }
        return nil
    }

    /// Options that npm 10 does not have and so does not report.
    private let sinceEleven: Set<String> = [
        "min-release-age", "allow-scripts", "strict-allow-scripts",
    ]

    /// The settings that the rows report.
    private let reported: Set<String> = [
        "registry", "ignore-scripts", "global", "location", "dry-run", "prefix", "userconfig",
        "script-shell", "node-options", "foreground-scripts", "workspace",
        "workspaces", "min-release-age", "before", "package-lock", "call", "package", "yes",
        "access", "tag", "provenance", "otp", "_auth", "scope", "allow-scripts",
        "strict-allow-scripts",
    ]
}
