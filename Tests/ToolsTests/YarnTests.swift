// yarn lines by name: what they do, what they start, and that the composed words mean the same.

import GateCore
import Testing

@testable import Tools

struct YarnTests {
    private func read(
        _ line: String, version: String? = nil, files: [String: String] = [:],
        environment: [(String, String)] = []
    ) -> Invocation {
        let words = line.split(separator: " ").map { Word($0) }
        let entries = environment.map { Environment.Entry(name: Word($0.0), value: Word($0.1)) }
        return classified(
            Line(
                tool: "yarn", arguments: Array(words.dropFirst()), environment: .init(entries),
                cwd: files.isEmpty ? nil : "/w", home: "/h", version: version), files: files)
    }

    @Test(arguments: ["1.21.1", "3.5.0", "4.13.0"])
    func `composed words are read as the caller's line was`(version: String) throws {
        var disagreements: [String] = []
        for row in try VectorRow.read("yarn-\(version)") {
            let files = row.configuration("yarnrc").map { ["/w/.yarnrc": $0] } ?? [:]
            let first = row.reading(files: files)
            guard !first.isInert, first.ambiguous.isEmpty else { continue }
            guard case .words(let before, let after) = first.composition else {
                disagreements.append("\(row): not composed")
                continue
            }
            let switches = first.severity.suppressesScripts ? scriptWords(first) : []
            let composed = before + switches + after
            let again = classified(
                Line(
                    tool: "yarn", arguments: composed, environment: row.environment, cwd: "/w",
                    home: "/h", version: version), files: files)
            let isSame =
                again.command == first.command && again.operation == first.operation
                && (isRunner(first) || words(again) == words(first))
                && again.packages == first.packages && again.destination == first.destination
                && again.directories == first.directories && again.registry == first.registry
                && settings(again) == settings(first)
                && again.nested.map(\.command) == first.nested.map(\.command)
                && again.nested.map(\.positionals) == first.nested.map(\.positionals)
                && again.nested.map(\.rest) == first.nested.map(\.rest)
                && again.nested.map(settings) == first.nested.map(settings)
            if !isSame { disagreements.append("\(row): composed \(composed): \(again.command)") }
            let inner = isRunner(again) ? again.nested.first ?? again : again
            if first.severity.suppressesScripts, !isSuppressed(inner, version) {
                disagreements.append("\(row): scripts on in \(composed)")
            }
        }
        #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(20))")
    }

    /// Workspace lines are written down with the inner line composed in its turn.
    private func isRunner(_ invocation: Invocation) -> Bool {
        invocation.command.contains { $0.hasPrefix("workspace") }
    }

    private func words(_ invocation: Invocation) -> [Word] {
        invocation.positionals + invocation.rest
    }

    private func scriptWords(_ invocation: Invocation) -> [Word] {
        guard case .switches(let words, _) = ToolProfile.yarn.scripts else { return [] }
        return words(invocation)
    }

    private func isSuppressed(_ invocation: Invocation, _ version: String) -> Bool {
        let isClassic = version.hasPrefix("1.")
        if isClassic { return invocation.inForce.contains(Setting("ignore-scripts", .flag(true))) }
        let linking = ["install", "add", "up", "remove", "dedupe", "upgrade-interactive"]
        if isRunner(invocation) { return true }
        let command = invocation.command.dropFirst().map(\.text)
        guard command.count == 1, linking.contains(command[0]) else { return true }
        return invocation.inForce.contains { setting in
            setting.value == .text("skip-build") || setting.value == .text("update-lockfile")
        }
    }

    private func settings(_ invocation: Invocation) -> [String] {
        invocation.inForce.filter { !["mode", "ignore-scripts", "cwd"].contains($0.name.text) }
            .map { "\($0.name)=\($0.value)" }.sorted()
    }

    @Test func `every example is classified as stated, version unknown`() {
        for example in ToolProfile.yarn.examples {
            let found = read(example.line.text)
            #expect(found.operation == example.operation, "\(example.line): \(found)")
        }
    }
}
