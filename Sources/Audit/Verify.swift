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
        verify(checkpoint, lockPath: lockPath) { [path] }
    }

    /// Reads copies of a chain's segments, in order.
    public static func verify(
        _ paths: [String], checkpoint: Checkpoint? = nil
    ) -> Verification {
        verify(checkpoint, lockPath: nil) { paths }
    }

    /// Reads all segments of the chain in a directory, and its head page.
    public static func verify(
        directory: String, checkpoint: Checkpoint? = nil
    ) -> Verification {
        verify(checkpoint, lockPath: "\(directory)/\(AuditLog.lockName)") {
            ChainFiles(directory: directory).segments.map(\.path)
        }
    }

    private static func verify(
        _ checkpoint: Checkpoint?, lockPath: String?, listing: () -> [String]
    ) -> Verification {
        do throws(SystemError) {
            let survey = try survey(
                lockPath: lockPath, isTreeWanted: checkpoint != nil,
                marks: checkpoint.map { [$0.lines] } ?? [], listing: listing)
            if survey.paths.isEmpty, survey.head == nil { return .unverifiable("there is no log") }
            return Verification(
                survey.walk, paths: survey.paths, head: survey.head, checkpoint: checkpoint)
        } catch {
            return .unverifiable("\(error.call): \(error.reason)")
        }
    }

    /// A walk over a whole chain as it was at one moment.
    struct Survey {
        var walk: ChainWalk
        var paths: [String]
        /// The head page at that moment.
        var head: Head?
    }

    static func survey(
        lockPath: String?, isTreeWanted: Bool, marks: [UInt64], isStructureWanted: Bool = true,
        threads: Int? = nil, listing: () -> [String]
    ) throws(SystemError) -> Survey {
        var walk = ChainWalk(buildingTree: isTreeWanted, marks: marks)
        // Under the lock no file is renamed or half written. The open file stays the same one when
        // it is renamed afterwards, and a sealed one never changes again.
        let lockFile = locked(lockPath)
        let paths = listing()
        guard let last = paths.last else {
            return Survey(walk: walk, paths: [], head: try lockFile.head)
        }
        let log = try openPlain(last)
        let size = try log.status().size
        let head = try lockFile.head
        lockFile.release()
        walk.sought = head?.hash
        let threads = threads ?? VerifyPipeline.threads(for: paths.count > 1 ? .max : size)
        walk = try VerifyPipeline.run(
            walk, over: ChainSource(paths: Array(paths.dropLast()), last: log, size: size),
            threads: threads, isStructureWanted: isStructureWanted)
        return Survey(walk: walk, paths: paths, head: head)
    }

    static func openPlain(_ path: String) throws(SystemError) -> Descriptor {
        let file = try Descriptor.open(path, .readingAnything)
        guard try file.status().kind == .regular else { throw SystemError.notPlain(path) }
        return file
    }

    private static func locked(_ lockPath: String?) -> SharedLock {
        guard let lockPath, let file = try? Descriptor.open(lockPath, .reading),
            (try? file.lock(.shared, deadline: Clock.monotonic + 2_000_000_000)) == true
        else { return SharedLock(file: nil) }
        return SharedLock(file: file)
    }
}

/// For programs that measure what the parts of a verification cost; nobody else leaves parts out.
public enum Measuring {
    public static func verify(
        _ path: String, isStructureWanted: Bool, isTreeWanted: Bool, threads: Int
    ) -> Verification {
        do throws(SystemError) {
            let survey = try Verifier.survey(
                lockPath: nil, isTreeWanted: isTreeWanted, marks: [],
                isStructureWanted: isStructureWanted, threads: threads
            ) { [path] }
            return Verification(survey.walk, paths: survey.paths, head: nil, checkpoint: nil)
        } catch {
            return .unverifiable("\(error.call): \(error.reason)")
        }
    }
}

/// The lock file while nobody writes, where there is one.
private struct SharedLock: ~Copyable {
    let file: Descriptor?

    /// What the head page says; nil where there is none, or it speaks of no record.
    var head: Head? {
        get throws(SystemError) {
            guard let page = try file?.bytes(count: Head.pageSize, at: 0) else { return nil }
            if case .head(let head) = Head.read(page), head.number > 0 { return head }
            return nil
        }
    }

    consuming func release() {}
}

extension Verification {
    static func unverifiable(_ reason: String) -> Verification {
        Verification(
            ChainWalk(), verdict: .unverifiable(reason), paths: [], head: nil, checkpoint: nil)
    }

    fileprivate init(_ walk: ChainWalk, paths: [String], head: Head?, checkpoint: Checkpoint?) {
        let verdict = Verification.verdict(walk, head: head, checkpoint: checkpoint)
        self.init(walk, verdict: verdict, paths: paths, head: head, checkpoint: checkpoint)
    }

    private init(
        _ walk: ChainWalk, verdict: Verdict, paths: [String], head: Head?, checkpoint: Checkpoint?
    ) {
        self.verdict = verdict
        records = walk.records
        lastNumber = walk.number
        lastHash = walk.hash
        recoveredGaps = walk.tornGaps
        hasTornTail = walk.openBreak?.isOpen ?? false
        missingOutcomes = walk.ledger.missingOutcomes
        self.paths = paths
        let file = walk.foreign?.file ?? walk.openBreak?.file
        badFile = file.flatMap { paths.indices.contains($0) && paths.count > 1 ? paths[$0] : nil }
        anchored = checkpoint?.lines
        let covered = checkpoint?.lines ?? 0
        unanchored = walk.lines > covered ? walk.lines - covered : 0
        claims = Verification.claims(walk, verdict, head: head, checkpoint: checkpoint)
    }

    static func verdict(
        _ walk: ChainWalk, head: Head?, checkpoint: Checkpoint?
    ) -> Verdict {
        if let foreign = walk.foreign { return .tampered(.foreign(foreign.line, foreign.flaw)) }
        if let tear = walk.openBreak, tear.endedLines > 0 {
            return .tampered(.line(tear.line, tear.flaw))
        }
        if let checkpoint, walk.lacksTree || walk.linesMissing > checkpoint.lines {
            return .unverifiable("the checkpoint's lines are in segments that are not here")
        }
        if let checkpoint {
            let have = walk.lines
            if have < checkpoint.lines {
                return .tampered(.truncated(have: have, checkpoint: checkpoint.lines))
            }
            if walk.marks.first?.root != checkpoint.root {
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
        let isCovered = checkpoint?.lines == walk.lines && walk.openBreak == nil
        let isWhole = walk.ledger.missingOutcomes == 0 && (!walk.startsLater || walk.isPruned)
        return isCovered && isWhole ? .proven : .intact
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
        if walk.isPruned {
            add(
                isSound ? .proved : .unprovable,
                "records up to number \(walk.ledger.prunedNumber) were removed on record")
        } else if walk.startsLater {
            add(.conditional, "the chain's beginning is whole, if the segments before verify")
        } else {
            add(isSound ? .proved : .unprovable, "the file starts with the chain's first record")
        }
        if let checkpoint {
            add(
                isSound ? .proved : .refuted,
                "the first \(checkpoint.lines) lines are the ones that the checkpoint signs")
        }
        if isSound, checkpoint == nil || walk.lines > (checkpoint?.lines ?? 0) {
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
        if walk.ledger.missingOutcomes > 0 {
            add(
                .unprovable,
                "how \(walk.ledger.missingOutcomes) supervised tools ended: there is no outcome")
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

    /// Whether all records before the first one here were removed on record.
    fileprivate var isPruned: Bool { startsLater && ledger.prunedNumber + 1 >= firstNumber }
}
