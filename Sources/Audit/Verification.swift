// What can be said of a log: the verdict, and each claim that a reader may want to rely on as
// proved, conditional or unprovable. The verdict's words are stable; tests and scripts read them.
// `Verify.swift` finds it out.

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
    /// Supervised tools without an outcome record.
    public let missingOutcomes: Int
    /// The files that were read, in order.
    public let paths: [String]
    /// The file of the first bad line, where there are several.
    public let badFile: String?
    /// Lines under the checkpoint, where one was given.
    public let anchored: UInt64?
    /// Complete lines after it.
    public let unanchored: UInt64
    public let claims: [Claim]

    /// The exit code. `--accept unanchored` turns the ordinary state between two checkpoints
    /// into success; a torn tail or a missing outcome stays incomplete.
    public func exitCode(acceptingUnanchored isAccepted: Bool = false) -> Int32 {
        switch verdict {
        case .proven: 0
        case .tampered: 1
        case .unverifiable: 2
        case .intact: isAccepted && !hasTornTail && missingOutcomes == 0 ? 0 : 3
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
        if missingOutcomes > 0 { notes.append("missing outcomes \(missingOutcomes)") }
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
