// Reading a whole log and saying what can be said of it. It only reads, keeps one block in memory,
// and takes a snapshot under a shared lock, so that a writer that goes on is no damage.
//
// Exit codes: 0 proven up to a checkpoint that is kept elsewhere, 1 tampered, 2 cannot verify,
// 3 intact but incomplete.

internal import Platform
internal import StrictJSON

/// What a log turned out to be.
public struct Verification: Sendable {
    public enum Verdict: Sendable, Equatable {
        /// Every line is under the checkpoint.
        case proven
        /// No break, but not, or not all, under a checkpoint.
        case intact
        case tampered(Tampering)
        /// Why nothing can be said.
        case unverifiable(String)
    }

    public let verdict: Verdict
    /// Records that belong to the chain.
    public let records: UInt64
    /// The last record's number and hash.
    public let lastNumber: UInt64
    public let lastHash: Digest
    /// Torn lines that a later record commits to.
    public let recoveredGaps: UInt64
    /// Whether the file ends inside a line.
    public let hasTornTail: Bool
    /// Lines under the checkpoint, where one was given.
    public let anchored: UInt64?
    /// Complete lines after it.
    public let unanchored: UInt64
    public let claims: [Claim]

    /// The exit code. `--accept unanchored` turns the ordinary state between two checkpoints
    /// into success; a torn tail stays incomplete.
    public func exitCode(acceptingUnanchored isAccepted: Bool = false) -> Int32 {
        switch verdict {
        case .proven: 0
        case .tampered: 1
        case .unverifiable: 2
        case .intact: isAccepted && !hasTornTail ? 0 : 3
        }
    }

    /// The verdict in one line.
    public var summary: String {
        switch verdict {
        case .proven: return recoveredGaps > 0 ? "proven; recovered gap" : "proven"
        case .tampered(let tampering): return "tampered \(tampering)"
        case .unverifiable(let reason): return "cannot verify: \(reason)"
        case .intact: break
        }
        var notes: [String] = []
        if recoveredGaps > 0 { notes.append("recovered gap") }
        if hasTornTail { notes.append("torn tail") }
        if anchored != nil, unanchored > 0 { notes.append("unanchored tail \(unanchored)") }
        let state = anchored == nil ? "intact, unanchored" : "intact, incomplete"
        return notes.isEmpty ? state : "\(state); \(notes.joined(separator: ", "))"
    }
}

/// Proof that a log was changed: the first place, and in which way.
public enum Tampering: Sendable, Equatable, CustomStringConvertible {
    /// A line that does not belong. Lines count from 1, torn and foreign ones too.
    case line(UInt64, Flaw)
    /// A stranger's line, which a later record commits to.
    case foreign(UInt64, Flaw)
    /// Fewer lines than the checkpoint covers.
    case truncated(have: UInt64, checkpoint: UInt64)
    /// Other lines than the checkpoint covers.
    case replaced(checkpoint: UInt64)
    /// Fewer records than the head page knows.
    case rolledBack(have: UInt64, head: UInt64)
    /// Another record than the head page knows.
    case headReplaced(UInt64)

    /// The kind's name in messages and JSON.
    public var kind: String {
        switch self {
        case .line(_, let flaw), .foreign(_, let flaw): flaw.rawValue
        case .truncated: "TRUNCATED"
        case .replaced, .headReplaced: "REPLACED"
        case .rolledBack: "ROLLBACK"
        }
    }

    public var description: String {
        switch self {
        case .line(let line, _): "\(kind) line \(line)"
        case .foreign(let line, _): "\(kind) line \(line) (foreign, recorded)"
        case .truncated(let have, let checkpoint): "\(kind) have \(have) checkpoint \(checkpoint)"
        case .replaced(let checkpoint): "\(kind) checkpoint \(checkpoint)"
        case .rolledBack(let have, let head): "\(kind) have \(have) head \(head)"
        case .headReplaced(let head): "\(kind) head \(head)"
        }
    }
}

/// One thing that a reader may want to rely on.
public struct Claim: Sendable, Equatable {
    public enum Standing: String, Sendable {
        case proved
        /// True as long as the condition in the statement holds.
        case conditional
        case unprovable
        case refuted
    }

    public let standing: Standing
    public let statement: String
}

/// A root over the first lines of a log, whose signature has been checked.
public struct Checkpoint: Sendable, Equatable {
    /// The log's name.
    public let origin: String
    /// How many raw lines it covers.
    public let lines: UInt64
    /// RFC 6962 root over them.
    public let root: Digest
}

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
            guard try log.facts().kind == .regular else {
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
        else { return (try log.facts().size, nil) }
        let size = try log.facts().size
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

extension Verification {
    /// The result as JSON, ASCII only, without a line end.
    public var json: String {
        var text = JSONText()
        text.raw("{\"verdict\":")
        text.string(summary)
        text.raw(",\"exit\":\(exitCode()),\"records\":\(records),\"seq\":\(lastNumber)")
        text.raw(",\"hash\":")
        text.string(lastHash.hexadecimal)
        if case .tampered(let tampering) = verdict {
            text.raw(",\"kind\":")
            text.string(tampering.kind)
            if let line = tampering.line { text.raw(",\"line\":\(line)") }
        }
        text.raw(",\"recoveredGaps\":\(recoveredGaps),\"tornTail\":\(hasTornTail)")
        text.raw(",\"anchored\":\(anchored.map(String.init) ?? "null")")
        text.raw(",\"unanchored\":\(unanchored),\"mode\":\"file\",\"claims\":[")
        for (place, claim) in claims.enumerated() {
            text.raw(place == 0 ? "{\"standing\":" : ",{\"standing\":")
            text.string(claim.standing.rawValue)
            text.raw(",\"claim\":")
            text.string(claim.statement)
            text.raw("}")
        }
        text.raw("]}")
        return text.text
    }
}

extension Tampering {
    /// The line concerned, where there is one.
    public var line: UInt64? {
        switch self {
        case .line(let line, _), .foreign(let line, _): line
        case .truncated, .replaced, .rolledBack, .headReplaced: nil
        }
    }
}
