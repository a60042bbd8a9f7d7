// `shimgate audit`: reading and checking the chain.

import ArgumentParser

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Read and check the audit chain.", subcommands: [])
}
