// `shimgate policy`: policies before they are in force, and as they are. One file for each verb.

import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, test and show policies.",
        subcommands: [Check.self, Test.self, Show.self, Schema.self, Import.self])
}
