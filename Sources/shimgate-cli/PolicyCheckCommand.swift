// `shimgate policy check`: everything that is wrong with policies, and everything that cannot be
// meant. Who may write a file is an error where the file is in force; for a file that is named it is
// a warning, because it only matters once the file is installed.

import ArgumentParser
import GateCore
import Launch
import Platform
import PolicyFile
import Shim

extension PolicyCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Say everything that is wrong with policies, each with line, column and help.",
            discussion: """
                Without a file: the policies in force for this directory, their profiles, and who \
                may write them.

                Exit code: 0 sound, 1 usable with warnings (a rule that is never reached, or that \
                nothing can meet), 78 not usable.
                """)

        @Argument(help: "The policies; those in force where none is named.")
        var files: [String] = []

        func run() throws {
            do {
                var worst = Finding.sound
                if files.isEmpty {
                    worst = try checkInForce()
                } else {
                    for file in files { worst = max(worst, checkNamed(file)) }
                }
                if worst != .sound { throw ExitCode(worst.rawValue) }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }
    }
}

extension PolicyCommand.Check {
    /// What a file was found to be; the raw value is the exit code.
    private enum Finding: Int32, Comparable {
        case sound = 0
        case doubtful = 1
        case unusable = 78

        static func < (left: Finding, right: Finding) -> Bool { left.rawValue < right.rawValue }
    }

    /// The managed, install and workspace policies and the profiles beside them.
    private func checkInForce() throws -> Finding {
        let installation = try found()
        let source = PolicySource(installation: installation)
        var worst = Finding.sound
        for candidate in source.candidates(actingIn: [ProcessInput.workingDirectory ?? "/"]) {
            worst = max(worst, check(candidate.path, trusting: candidate))
        }
        // What is left can only be told from all of them: a profile that binds and is not there.
        if worst == .unusable { return worst }
        do {
            _ = try source.load(actingIn: [])
        } catch {
            StandardStreams.write("shimgate: error: \(error.details)\n", to: 2)
            worst = .unusable
        }
        return worst
    }

    /// Who wrote the file is asked where it is in force, and otherwise who could write it now.
    private func checkNamed(_ file: String) -> Finding {
        if let installation = try? found() {
            let place = FilePath.resolved(file).map { Word($0) }
            for candidate in PolicySource(installation: installation).candidates(actingIn: [])
            where place != nil && FilePath.resolved(candidate.path).map({ Word($0) }) == place {
                return check(file, trusting: candidate)
            }
        }
        return check(file, trusting: nil)
    }

    private func check(_ path: String, trusting known: PolicySource.Candidate?) -> Finding {
        let file: WholeFile
        do { file = try WholeFile(path, limit: PolicyFile.largest) } catch {
            say(path, "error", error.reason, nil)
            return .unusable
        }
        var worst = Finding.sound
        do {
            if let known, let owner = known.owner {
                _ = try TrustedFile.read(known.path, owner: owner, limit: PolicyFile.largest)
            } else {
                try TrustedFile.checkMode(file.status, path)
            }
        } catch {
            worst = known?.owner == nil ? .doubtful : .unusable
            say(
                error.path, worst == .doubtful ? "warning" : "error", error.reason,
                error.help.map { "\($0) \(displayed(error.path))" })
        }
        let examined = PolicyFile.examine(
            bytes: file.bytes, path: path, knowing: .catalog,
            now: Clock.realtime / 1_000_000_000)
        StandardStreams.write(examined.text, to: 2)
        guard let policy = examined.policy else { return .unusable }
        if !examined.problems.isEmpty { worst = max(worst, .doubtful) }
        if worst == .unusable { return worst }
        let count = examined.problems.count
        let doubts = count == 0 ? "" : count == 1 ? ", 1 warning" : ", \(count) warnings"
        StandardStreams.write(
            "\(displayed(path)): usable, \(policy.rules.count) rules\(doubts)\n", to: 1)
        return worst
    }

    private func say(_ path: String, _ kind: String, _ reason: String, _ help: String?) {
        var text = "\(displayed(path)): \(kind): \(reason)\n"
        if let help { text += "  help: \(help)\n" }
        StandardStreams.write(text, to: 2)
    }
}
