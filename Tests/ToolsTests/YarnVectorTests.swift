// yarn's own parsers against ours: every row of Vectors/argv for 1.21.1, 3.5.0 and 4.13.0.
//
// How the rows map: yarn 1's `args` are what commander leaves, the sub-command word included, and
// its `opts` are camel case. yarn 2's `opts` hold options and positionals as properties of the
// command object; positionals come under the names in `positionalNames`.

import GateCore
import StrictJSON
import Testing

@testable import Tools

struct YarnVectorTests {
    @Test(arguments: ["1.21.1", "3.5.0", "4.13.0"])
    func `every row has the command that yarn chose`(version: String) throws {
        var disagreements: [String] = []
        for row in try VectorRow.read("yarn-\(version)") {
            if let found = disagreement(row, row.reading(files: files(row))) {
                disagreements.append(found)
            }
        }
        #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(20))")
    }

    @Test func `yarn 1 leaves the same arguments and settings`() throws {
        var disagreements: [String] = []
        for row in try VectorRow.read("yarn-1.21.1") where !row.isNoCommand {
            let reading = row.reading(files: files(row))
            let words = reading.command.dropFirst(2) + reading.positionals + reading.rest
            let expected = row.args ?? []
            // The sub-command is canonical in our command; yarn trims it only later.
            if Array(words).map(\.text) != expected {
                disagreements.append("\(row): args \(words) \(expected)")
            }
            let settings = classicSettings(reading)
            let wanted = (row.json["opts"]?.object ?? []).map { "\($0.name)=\(text($0.value))" }
            if settings.sorted() != wanted.sorted() {
                disagreements.append("\(row): opts \(settings) \(wanted)")
            }
        }
        #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(20))")
    }

    @Test(arguments: ["3.5.0", "4.13.0"])
    func `yarn 2 sees the same positionals and options`(version: String) throws {
        var disagreements: [String] = []
        for row in try VectorRow.read("yarn-\(version)") where !row.isNoCommand {
            let reading = row.reading()
            let given = row.json["opts"]?.object ?? []
            // A help command carries the list of all commands.
            if given.contains(where: { $0.name == "contexts" }) {
                if !reading.isInert { disagreements.append("\(row): not help") }
                continue
            }
            let isPositional = { (name: String) in
                Self.isPositional(name, of: row.canonical)
            }
            let expected = given.filter { isPositional($0.name) }
                .flatMap { $0.value.array?.compactMap(\.string) ?? [$0.value.string ?? ""] }
            let words = (reading.positionals + reading.rest).map(\.text)
            if words != expected { disagreements.append("\(row): \(words) for \(expected)") }
            let wanted = given.filter { !isPositional($0.name) }
                .filter { !$0.name.hasPrefix("__") }
                .map { "\($0.name)=\(text($0.value))" }
            let settings = Set(berrySettings(reading))
            let missing = wanted.filter { !settings.contains($0) && !Self.defaults.contains($0) }
            let extra = settings.filter { !wanted.contains($0) }
            if !missing.isEmpty || !extra.isEmpty {
                disagreements.append("\(row): missing \(missing) extra \(extra)")
            }
            if let directory = row.json["opts"]?["__cwd"]?.string {
                let last = reading.directories.first ?? ""
                let name = directory.dropFirst("$HOME/proj".count)
                if last != "/w" + name { disagreements.append("\(row): acts in \(last)") }
            }
        }
        #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(20))")
    }

    private static let positionalNames: Set<String> = [
        "packages", "name", "value", "patterns", "command", "args", "commandName",
        "workspaceName", "scriptName", "package", "descriptor", "resolution", "version",
        "destination", "destinations", "query", "names", "initializer", "argv", "idents",
        "workspaces", "code", "hash", "leadingArguments", "patchFolder",
    ]

    /// Some names are an option's in one command and a positional's in another.
    private static func isPositional(_ name: String, of command: String) -> Bool {
        switch name {
        case "tag": command.hasPrefix("npm tag")
        case "strategy": command == "version"
        case "package": command != "dlx" && command != "create"
        case "name": command != "init"
        default: positionalNames.contains(name)
        }
    }

    /// Values that a command object has although nobody gave them.
    private static let defaults: Set<String> = [
        "repository=https://github.com/yarnpkg/berry.git", "branch=master", "strategy=highest",
        "environment=all", "severity=info", "tag=latest", "checksum=true",
    ]

    private func files(_ row: VectorRow) -> [String: String] {
        row.configuration("yarnrc").map { ["/w/.yarnrc": $0] } ?? [:]
    }

    private func text(_ value: JSON) -> String {
        if let flag = value.bool { return flag ? "true" : "false" }
        if let list = value.array { return list.map { text($0) }.joined(separator: ",") }
        return value.string ?? value.integer.map(String.init) ?? "?"
    }

    private func text(_ value: Setting.Value) -> String {
        switch value {
        case .flag(let flag): flag ? "true" : "false"
        case .text(let word): word.text
        case .list(let words): words.map(\.text).joined(separator: ",")
        case .null: "null"
        }
    }

    private func camel(_ name: Word) -> String {
        let parts = name.text.split(separator: "-")
        return parts.enumerated().map {
            $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst()
        }.joined()
    }

    private func classicSettings(_ reading: Invocation) -> [String] {
        let recorded = [
            "registry", "ignoreScripts", "offline", "frozenLockfile", "pureLockfile", "lockfile",
            "cwd", "modulesFolder", "globalFolder", "cacheFolder", "force", "flat", "production",
            "tag", "access", "otp", "newVersion", "useYarnrc", "defaultRc", "prefix",
        ]
        return reading.inForce.filter { recorded.contains(camel($0.name)) }
            .map { "\(camel($0.name))=\(text($0.value))" }
    }

    /// Properties whose name is not the option's in camel case, and flags that are off.
    private func berrySettings(_ reading: Invocation) -> [String] {
        let names = ["no-redacted": "unsafe", "yarn-path": "useYarnPath"]
        return reading.inForce.filter { $0.value != .flag(false) }.map {
            "\(names[$0.name.text] ?? camel($0.name))=\(text($0.value))"
        }
    }
}
