// `shimgate policy`: checking policies before they are in force.

import ArgumentParser
import GateCore
import Launch
import Platform
import PolicyFile

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check and test policies.",
        subcommands: [Check.self, Test.self, Import.self])
}

extension PolicyCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Say everything that is wrong with a policy, each with line, column and help.",
            discussion: "Exit code: 0 usable, 78 not.")

        @Argument(help: "The policy; the installed one where none is named.")
        var file: String?

        func run() throws {
            do {
                let path = try file ?? found().policyPath
                let bytes: [UInt8]
                do { bytes = try WholeFile(path, limit: PolicyFile.largest).bytes } catch {
                    throw Failure("\(path): \(error.reason)", exitCode: 78)
                }
                let policy = try PolicyFile.load(bytes: bytes, path: path)
                StandardStreams.write("\(path): usable, \(policy.rules.count) rules\n", to: 1)
            } catch let failure as Failure {
                throw fail(failure)
            } catch let errors as PolicyErrors {
                StandardStreams.write(errors.text + "\n", to: 2)
                throw ExitCode(78)
            }
        }
    }
}
