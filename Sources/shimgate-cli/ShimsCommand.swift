// `shimgate shims`: which names are shimmed, which tools on PATH are not, what comes before us.

import ArgumentParser
import GateCore
import Launch
import Platform
import StrictJSON
import Tools

struct ShimsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shims", abstract: "List the shims, or make them match the tools on PATH.",
        subcommands: [List.self, Sync.self, Adopt.self, Release.self])
}

extension ShimsCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every name that is shimmed or on PATH.",
            discussion: """
                guarded    a shell starts our shim, and a real tool stands behind it
                UNGUARDED  a shell starts the real tool: the shim directory is missing from PATH \
                or something comes before it
                no shim    the tool is on PATH and has no shim yet; run: shimgate shims sync
                no tool    the shim stands in front of nothing; run: shimgate shims sync

                Exit code 1 where a tool is not guarded.
                """)

        @Option(help: "Examine this PATH instead of the caller's.")
        var path: String?
        @Option(help: "Show the programs of this virtual environment instead.")
        var environment: String?
        @Flag(help: "One JSON object a line.")
        var json = false

        func run() throws {
            if let environment { return try showEnvironment(environment) }
            let installation: Installation
            do { installation = try found() } catch let failure as Failure { throw fail(failure) }
            let directory = ShimDirectory(installation, names: Catalog.entries.map(\.name))
            let states = directory.states(on: path ?? ProcessInput.variable("PATH") ?? "")
            for state in states { show(state) }
            if states.contains(where: { !$0.isGuarded && $0.realTool != nil }) {
                if !json { advise(installation) }
                throw ExitCode(1)
            }
        }

        private func show(_ state: ShimState) {
            var line: String
            if json {
                var text = JSONText()
                text.raw("{\"name\":")
                text.string(state.name.text)
                text.raw(",\"shimmed\":\(state.isShimmed),\"guarded\":\(state.isGuarded),\"real\":")
                if let real = state.realTool { text.string(real) } else { text.raw("null") }
                text.raw(",\"first\":")
                if let first = state.first { text.string(first) } else { text.raw("null") }
                text.raw("}\n")
                line = text.text
            } else {
                let name = state.name.text
                line = name + String(repeating: " ", count: max(1, 14 - name.count))
                line += state.condition
                line += String(repeating: " ", count: max(1, 11 - state.condition.count))
                line += displayed(state.realTool ?? "-")
                if !state.isGuarded, let first = state.first, first != state.realTool {
                    line += "  (first on PATH: \(displayed(first)))"
                }
                line += "\n"
            }
            StandardStreams.write(line, to: 1)
        }

        private func advise(_ installation: Installation) {
            StandardStreams.write(
                "\nPut the shims first:  export PATH=\"\(installation.shims):$PATH\"\n", to: 1)
        }
    }

    struct Sync: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make shims for the tools on PATH, and remove those without a tool.",
            discussion: "Also writes the table of real tools to install.json.")

        @Option(help: "Look for tools on this PATH instead of the caller's.")
        var path: String?

        func run() throws {
            do {
                let installation = try found()
                let directory = ShimDirectory(installation, names: Catalog.entries.map(\.name))
                let changes = try directory.sync(on: path ?? ProcessInput.variable("PATH") ?? "")
                var text = "\(changes.tools.count) tools shimmed"
                if !changes.added.isEmpty {
                    text += "; added " + changes.added.map(\.text).joined(separator: " ")
                }
                if !changes.removed.isEmpty {
                    text += "; removed " + changes.removed.map(\.text).joined(separator: " ")
                }
                StandardStreams.write(text + "\n", to: 1)
            } catch let failure as Failure {
                throw fail(failure)
            } catch let error as InstallationError {
                throw fail(Failure(error.message, exitCode: 78))
            } catch let error as SystemError {
                throw fail(Failure(error.description, exitCode: 74))
            }
        }
    }
}

extension ShimState {
    fileprivate var condition: String {
        if realTool == nil { return "no tool" }
        if isGuarded { return "guarded" }
        return isShimmed ? "UNGUARDED" : "no shim"
    }
}
