// What keeps a chain in order: its beginning and its key, checkpoints, rotating, pruning, and a new
// chain where the old one cannot go on. Everything here writes under the same lock as the shims do.

import ArgumentParser
import Audit
import GateCore
import Launch
import Platform
import Shim

/// Whose chain.
struct UserOption: ParsableArguments {
    @Option(help: "Root only: the chain of this user, by name or number.")
    var user: String?

    /// The number, and whether it is another one than the caller's.
    func number() throws -> UInt32 {
        guard let user else { return effectiveUser }
        guard let number = userNumber(user) else {
            throw Failure("there is no user \(user)", exitCode: 64)
        }
        return number
    }
}

extension AuditCommand {
    struct Begin: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Begin the chain, make its signing key, and print the verification key.",
            discussion: """
                install.sh does this. Doing it again changes nothing and prints the key again. The \
                chain's name goes into install.json, so that a log which vanishes is noticed.
                """)

        @OptionGroup var user: UserOption

        func run() throws {
            try upkeep {
                let installation = try found()
                let user = try self.user.number()
                let log = installation.log(of: user)
                let (chain, key) = try of(user) { () throws(CheckpointError) in
                    try log.beginWithKey()
                }
                if log.known != chain { try installation.note(chain: chain, of: user) }
                StandardStreams.write("\(key.text)\n", to: 1)
            }
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoint",
            abstract: "Sign a checkpoint over the whole log and print it.",
            discussion: """
                Keep it where the agent's user cannot write, with the verification key that audit \
                begin prints. The log is read and checked first; a log of which the last checkpoint, \
                or one given with --kept, is not the beginning is not signed.

                  shimgate audit checkpoint > /mnt/elsewhere/audit.checkpoint
                  shimgate audit checkpoint --timestamp-request request.tsq
                """)

        @Option(help: "A checkpoint that was kept elsewhere; it has to be a beginning of the log.")
        var kept: [String] = []
        @Option(help: "Write an RFC 3161 request for a time stamp over the checkpoint.")
        var timestampRequest: String?
        @Option(help: "Take in an authority's reply for the last checkpoint; signs nothing.")
        var timestampReply: String?

        func run() throws {
            try upkeep {
                let installation = try found()
                let log = installation.log(of: effectiveUser)
                if let timestampReply {
                    return try keep(reply: timestampReply, in: installation.state)
                }
                let note = try log.checkpoint(kept: kept.map { try read($0) })
                if let timestampRequest {
                    let request = TimeStamp.request(for: note, nonce: try randomBytes(count: 8))
                    try DirectoryEntry.replace(timestampRequest, with: request, mode: 0o644)
                }
                StandardStreams.write(note, to: 1)
            }
        }

        private func keep(reply path: String, in state: String) throws {
            let note = try read("\(state)/\(AuditLog.checkpointName)")
            let reply = try read(path)
            let stamp: TimeStamp
            do { stamp = try TimeStamp(reply, for: note) } catch {
                throw Failure("\(path): \(error.reason)", exitCode: 65)
            }
            let kept = "\(state)/\(AuditLog.checkpointName).tsr"
            try DirectoryEntry.replace(kept, with: reply, mode: 0o600)
            StandardStreams.write(
                "time stamp of \(stamp.time), its signature unchecked: \(displayed(kept))\n", to: 1)
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal the segment that is written to and start the next one.",
            discussion: """
                The sealed one is named audit.NNNNNN.jsonl. A log of 64 MiB is rotated by itself.
                """)

        func run() throws {
            try upkeep {
                let log = try found().log(of: effectiveUser)
                let segment = try log.rotate()
                StandardStreams.write("segment \(segment)\n", to: 1)
                signDueCheckpoint()
            }
        }
    }

    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start a new chain where the old one cannot go on.",
            discussion: """
                For a person at a terminal, when a line was refused because the log or its head is \
                gone, cut or another one. The old chain's files are moved aside, none is removed; \
                the new chain names the old one's head and your reason.
                """)

        @Option(help: "Why; it goes on record.")
        var reason: String
        @Flag(help: "Also where the old chain could go on.")
        var force = false
        @OptionGroup var user: UserOption

        func run() throws {
            try upkeep {
                try needPerson("audit reopen")
                let installation = try found()
                let user = try self.user.number()
                let log = installation.log(of: user)
                let trouble = try of(user) { log.trouble() }
                guard force || trouble != nil else {
                    throw Failure(
                        "the chain can go on; nothing was changed (--force starts a new one anyway)",
                        exitCode: 64)
                }
                let opened = try of(user) { () throws(CheckpointError) in
                    try log.reopen(reason: redact(reason))
                }
                try installation.note(chain: opened.chain, of: user)
                var text = "chain \(opened.chain.text)\n"
                if let closed = opened.closed { text += "old files: \(displayed(closed))\n" }
                StandardStreams.write(text, to: 1)
            }
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Remove the oldest sealed segments under a checkpoint that is kept elsewhere.",
            discussion: """
                For a person at a terminal. What is removed goes on record, and what remains can \
                still be proved. On a per-user install this is advice: the user can also remove files.
                """)

        @Option(help: "How many sealed segments stay.")
        var keep: Int
        @Option(help: "The checkpoint that covers what goes.")
        var checkpoint: String
        @Option(help: "Why; it goes on record.")
        var reason: String

        func validate() throws {
            if keep < 0 { throw ValidationError("--keep needs a number of segments, 0 or more") }
        }

        func run() throws {
            try upkeep {
                try needPerson("audit prune")
                let log = try found().log(of: effectiveUser)
                let pruned = try log.prune(
                    keeping: keep, under: try read(checkpoint), reason: redact(reason))
                guard let segments = pruned.segments else {
                    throw Failure("no segment that the checkpoint covers can go", exitCode: 1)
                }
                StandardStreams.write(
                    "removed segments \(segments.lowerBound) to \(segments.upperBound),"
                        + " records up to \(pruned.lastNumber)\n", to: 1)
            }
        }
    }
}

/// Signs a checkpoint where one is due; for verbs that read or write the installed log. What is wrong
/// with it is said, and the verb goes on.
func signDueCheckpoint() {
    guard let installation = try? Installation.find() else { return }
    let log = installation.log(of: effectiveUser)
    guard log.isCheckpointDue else { return }
    do { _ = try log.checkpoint() } catch {
        StandardStreams.write(
            "shimgate: no checkpoint was signed: \(displayed(error.reason))\n", to: 2)
    }
}

extension ParsableCommand {
    /// Runs a verb and gives each failure its exit code.
    fileprivate func upkeep(_ work: () throws -> Void) throws {
        do { try work() } catch let failure as Failure {
            throw fail(failure)
        } catch let error as AuditError {
            throw fail(Failure("\(error.path): \(error)", exitCode: 74))
        } catch let error as CheckpointError {
            throw fail(Failure(error.reason, exitCode: error.exitCode))
        } catch let error as SystemError {
            throw fail(Failure("\(error)", exitCode: 74))
        }
    }
}

private func needPerson(_ verb: String) throws {
    if let why = Ancestry.whyNoPerson { throw Failure("\(verb): \(why)", exitCode: 77) }
}

/// Does work on a user's files as that user.
private func of<Value, Problem: Error>(
    _ user: UInt32, _ work: () throws(Problem) -> Value
) throws -> Value {
    guard let value = try actingAs(user, work) else {
        throw Failure("only root can work on the chain of another user", exitCode: 77)
    }
    return value
}

private func read(_ path: String) throws -> [UInt8] {
    do { return try WholeFile(path, limit: 1 << 20).bytes } catch {
        throw Failure("\(path): \(error.reason)", exitCode: 74)
    }
}

extension CheckpointError {
    fileprivate var exitCode: Int32 {
        switch self {
        case .tampered, .notPrefix: 1
        case .unverifiable: 2
        case .noKey, .keyUnusable: 78
        case .notRecorded, .notWritten: 74
        }
    }
}

extension TimeStampError {
    fileprivate var reason: String {
        switch self {
        case .malformed: "is no reply of a time stamp authority"
        case .refused: "the authority did not grant a time stamp"
        case .otherNote: "is a time stamp of something else than the last checkpoint"
        }
    }
}
