// Reading a whole log and saying what can be said of it. It only reads, keeps one block in memory,
// and takes a snapshot under a shared lock, so that a writer that goes on is no damage.
//
// Exit codes: 0 proven up to a checkpoint that is kept elsewhere, 1 tampered, 2 cannot verify,
// 3 intact but incomplete.

internal import Platform

/// Reads whole logs.
public enum Verifier {
    /// Reads a log file.
    ///
    /// - Parameters:
    ///   - path: the log.
    ///   - lockPath: the lock file beside it, for the head page; nil for a copy of a log.
    ///   - checkpoint: what was signed and kept elsewhere.
    public static func verify(
        _ path: String, lockPath: String? = nil, checkpoint: Checkpoint? = nil
    ) -> Verification {
        var walk = ChainWalk()
        if let checkpoint { walk.checkpoint = (checkpoint.lines, nil) }
        var head: Head?
        do throws(SystemError) {
            let log = try Descriptor.open(path, .readingAnything)
            guard try log.status().kind == .regular else {
                return .unverifiable("not a plain file")
            }
            let snapshot = try self.snapshot(log, lockPath: lockPath)
            head = snapshot.head
            walk.sought = head?.hash
            _ = try RawLines.read(log, from: 0, to: snapshot.size, into: &walk)
        } catch {
            return .unverifiable("\(error.call): \(error.reason)")
        }
        return Verification(walk, head: head, checkpoint: checkpoint)
    }

    /// Size and head at one moment between two appends.
    private static func snapshot(
        _ log: borrowing Descriptor, lockPath: String?
    ) throws(SystemError) -> (size: Int, head: Head?) {
        guard let lockPath, let lockFile = try? Descriptor.open(lockPath, .reading),
            (try? lockFile.lock(.shared, deadline: Clock.monotonic + 2_000_000_000)) == true
        else { return (try log.status().size, nil) }
        let size = try log.status().size
        let page = try lockFile.bytes(count: Head.pageSize, at: 0)
        lockFile.unlock()
        if case .head(let head) = Head.read(page), head.number > 0 { return (size, head) }
        return (size, nil)
    }
}

extension Verification {
    static func unverifiable(_ reason: String) -> Verification {
        Verification(ChainWalk(), verdict: .unverifiable(reason), head: nil, checkpoint: nil)
    }

    fileprivate init(_ walk: ChainWalk, head: Head?, checkpoint: Checkpoint?) {
        let verdict = Verification.verdict(walk, head: head, checkpoint: checkpoint)
        self.init(walk, verdict: verdict, head: head, checkpoint: checkpoint)
    }

    private init(_ walk: ChainWalk, verdict: Verdict, head: Head?, checkpoint: Checkpoint?) {
        self.verdict = verdict
        records = walk.records
        lastNumber = walk.number
        lastHash = walk.hash
        recoveredGaps = walk.tornGaps
        hasTornTail = walk.openBreak?.isOpen ?? false
        anchored = checkpoint?.lines
        let covered = checkpoint?.lines ?? 0
        unanchored = walk.frontier.count > covered ? walk.frontier.count - covered : 0
        claims = Verification.claims(walk, verdict, head: head, checkpoint: checkpoint)
    }

    private static func verdict(
        _ walk: ChainWalk, head: Head?, checkpoint: Checkpoint?
    ) -> Verdict {
        if let foreign = walk.foreign { return .tampered(.foreign(foreign.line, foreign.flaw)) }
        if let tear = walk.openBreak, tear.endedLines > 0 {
            return .tampered(.line(tear.line, tear.flaw))
        }
        if let checkpoint {
            let have = walk.frontier.count
            if have < checkpoint.lines {
                return .tampered(.truncated(have: have, checkpoint: checkpoint.lines))
            }
            if walk.checkpoint?.root != checkpoint.root {
                return .tampered(.replaced(checkpoint: checkpoint.lines))
            }
        }
        if let head, !walk.hasFoundSought {
            return .tampered(
                walk.number < head.number
                    ? .rolledBack(have: walk.number, head: head.number)
                    : .headReplaced(head.number))
        }
        if walk.number == 0 {
            return .unverifiable(walk.openBreak == nil ? "empty" : "no complete record")
        }
        let isCovered = checkpoint?.lines == walk.frontier.count && walk.openBreak == nil
        return isCovered && !walk.startsLater ? .proven : .intact
    }

    private static func claims(
        _ walk: ChainWalk, _ verdict: Verdict, head: Head?, checkpoint: Checkpoint?
    ) -> [Claim] {
        var isSound = true
        if case .unverifiable = verdict { return [] }
        if case .tampered = verdict { isSound = false }
        var claims: [Claim] = []
        func add(_ standing: Claim.Standing, _ statement: String) {
            claims.append(Claim(standing: standing, statement: statement))
        }
        add(
            isSound ? .proved : .refuted,
            "every record names the hash of the one before, and no number is missing")
        if walk.startsLater {
            add(.conditional, "the chain's beginning is whole, if the segments before verify")
        } else {
            add(isSound ? .proved : .unprovable, "the file starts with the chain's first record")
        }
        if let checkpoint {
            add(
                isSound ? .proved : .refuted,
                "the first \(checkpoint.lines) lines are the ones that the checkpoint signs")
        }
        if isSound, checkpoint == nil || walk.frontier.count > (checkpoint?.lines ?? 0) {
            add(
                .conditional,
                "records without a checkpoint are the original ones, if nobody with the writer's"
                    + " user id rewrote them (mode: file)")
        }
        if isSound, head != nil {
            add(
                .conditional,
                "nothing is cut from the end, if nobody with the writer's user id changed the head"
            )
        } else if isSound {
            add(.unprovable, "nothing is cut from the end (no head page was read)")
        }
        add(
            .unprovable,
            "everything that ran was recorded: calls that pass the shims leave no record")
        return claims
    }
}

extension ChainWalk {
    /// Records accepted so far, whatever segment the file starts with.
    fileprivate var records: UInt64 { number == 0 ? 0 : number - firstNumber + 1 }
}
