// `shimgate policy`: policies before they are in force, and as they are. One file for each verb.

import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check policies and show what is in force.",
        subcommands: [Check.self, Show.self, Schema.self])
}
