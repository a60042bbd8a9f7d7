// Signing a checkpoint, off the shim's path. What is signed was read and checked from the first line
// that is still there; the checkpoint before, and one that was kept elsewhere, have to be a prefix of
// it. A record that a checkpoint is made stands in the log and is itself covered, and it holds the
// checkpoint before, so that whoever carries the log off carries those too.

public import Platform

/// Why no checkpoint was signed.
public enum CheckpointError: Error, Sendable {
    case noKey
    case keyUnusable
    /// The log does not verify; nothing is signed that would bless it.
    case tampered(String)
    /// The log cannot be read.
    case unverifiable(String)
    /// An earlier checkpoint is not a prefix of the log, or has a wrong signature.
    case notPrefix(String)
    case notRecorded(AuditError)
    case notWritten(SystemError)

    /// One clause.
    public var reason: String {
        switch self {
        case .noKey: "the chain has no signing key; run: shimgate audit begin"
        case .keyUnusable: "the signing key is damaged, or others can read it"
        case .tampered(let summary): "the log does not verify: \(summary)"
        case .unverifiable(let reason): "the log cannot be verified: \(reason)"
        case .notPrefix(let which): "\(which) is not a prefix of the log; nothing was signed"
        case .notRecorded(let error): "\(error)"
        case .notWritten(let error): "\(error.call): \(error.reason)"
        }
    }
}

extension AuditLog {
    /// The name of the file that holds the last checkpoint.
    public static let checkpointName = "audit.checkpoint"
    /// Lines after which a checkpoint is due.
    public static let linesBetweenCheckpoints: UInt64 = 100

    var checkpointPath: String { "\(directory)/\(AuditLog.checkpointName)" }

    /// Makes sure that the chain has begun and has a key of its own.
    public func beginWithKey() throws(CheckpointError) -> (chain: ChainID, key: VerificationKey) {
        let chain = try noting { () throws(AuditError) in try prepare() }
        var key = try SigningKey(directory: directory)
        if key == nil { key = try SigningKey.make(for: chain, in: directory) }
        guard let key else { throw .noKey }
        _ = try noting { () throws(AuditError) in try begin() }
        return (chain, key.verification)
    }

    /// Signs a checkpoint over all lines, its own record included, and keeps it beside the log.
    ///
    /// - Parameter kept: checkpoints that were kept elsewhere; each has to be a prefix of the log.
    /// - Returns: the note's text; the last one where nothing was recorded since.
    public func checkpoint(kept: [[UInt8]] = []) throws(CheckpointError) -> [UInt8] {
        guard let key = try SigningKey(directory: directory) else { throw .noKey }
        // Two signers at once could put an older checkpoint in the place of a newer one.
        let lockFile = try lockKey()
        defer { lockFile.unlock() }
        var earlier: [(name: String, checkpoint: Checkpoint)] = []
        let last = try lastNote()
        if let last { earlier.append(try read(last, "the last checkpoint", key)) }
        for note in kept { earlier.append(try read(note, "the checkpoint kept elsewhere", key)) }
        if let last, let lines = earlier.first?.checkpoint.lines, lines == headNow?.frontier.count {
            _ = try survey(earlier)
            return last
        }
        let previous = last.map { String(decoding: $0, as: UTF8.self) }
        _ = try noting { () throws(AuditError) in
            try append(.checkpoint(key: key.verification.text, previous: previous))
        }
        let tree = try survey(earlier)
        let note = try key.note(lines: tree.count, root: tree.root)
        do throws(SystemError) {
            try DirectoryEntry.replace(
                checkpointPath, with: String(decoding: note, as: UTF8.self), mode: 0o600)
        } catch {
            throw .notWritten(error)
        }
        return note
    }

    /// Whether so much was recorded since the last checkpoint, or a segment sealed, that the next
    /// one is due. Reads a page and two lines; false where the chain has no key.
    public var isCheckpointDue: Bool {
        guard let head = headNow, FileStatus("\(directory)/\(SigningKey.fileName)") != nil else {
            return false
        }
        let signed = (try? lastNote()).flatMap { $0 }.flatMap(AuditLog.linesOfNote) ?? 0
        if head.frontier.count >= signed + AuditLog.linesBetweenCheckpoints { return true }
        return head.segment > 1 && signed < (linesBeforeSegment ?? 0)
    }

    /// The head page without waiting for a lock: one of its slots is always whole.
    private var headNow: Head? {
        guard let file = try? Descriptor.open(lockPath, .reading),
            let page = try? file.bytes(count: Head.pageSize, at: 0),
            case .head(let head) = Head.read(page)
        else { return nil }
        return head
    }

    private var linesBeforeSegment: UInt64? {
        guard let log = try? Descriptor.open(logPath, .reading),
            let start = try? log.bytes(count: Entry.longestLine + 1, at: 0)
        else { return nil }
        let line = start.prefix { $0 != 0x0A }
        return line.withUnsafeBytes { SegmentOpening($0)?.frontier.count }
    }

    private func lastNote() throws(CheckpointError) -> [UInt8]? {
        do throws(WholeFile.Failure) {
            return try WholeFile(checkpointPath, limit: 4_096).bytes
        } catch {
            if error == .absent { return nil }
            throw .unverifiable("the last checkpoint: \(error.reason)")
        }
    }

    private static func linesOfNote(_ note: [UInt8]) -> UInt64? {
        let lines = note.split(separator: 0x0A, maxSplits: 2)
        return lines.count > 1 ? UInt64(String(decoding: lines[1], as: UTF8.self)) : nil
    }

    private func read(
        _ note: [UInt8], _ name: String, _ key: SigningKey
    ) throws(CheckpointError) -> (name: String, checkpoint: Checkpoint) {
        do throws(NoteError) {
            return (name, try key.verification.checkpoint(in: note))
        } catch {
            throw .notPrefix(name)
        }
    }

    /// Reads the whole chain and gives its tree, where nothing speaks against signing it.
    private func survey(
        _ earlier: [(name: String, checkpoint: Checkpoint)]
    ) throws(CheckpointError) -> MerkleFrontier {
        // A stranger's bytes at the very end wait for the next record, which commits to them; so does
        // a head page whose writer died.
        for attempt in 0..<3 {
            let found: Verifier.Survey
            do throws(SystemError) {
                found = try Verifier.survey(
                    lockPath: lockPath, isTreeWanted: true, marks: earlier.map(\.checkpoint.lines)
                ) { ChainFiles(directory: directory).segments.map(\.path) }
            } catch {
                throw .unverifiable("\(error.call): \(error.reason)")
            }
            let walk = found.walk
            if attempt < 2, walk.openBreak != nil || found.head?.number != walk.number {
                _ = try noting { () throws(AuditError) in
                    try append(
                        .entry(
                            TrailErrorRecord(code: "loose-end", message: "closed for signing")
                                .entry()))
                }
                continue
            }
            switch Verification.verdict(walk, head: found.head, checkpoint: nil) {
            // Strangers' lines that are on record do not keep later records from being signed.
            case .proven, .intact, .tampered(.foreign): break
            case .tampered(let tampering): throw .tampered("\(tampering)")
            case .unverifiable(let reason): throw .unverifiable(reason)
            }
            for (place, kept) in earlier.enumerated()
            where kept.checkpoint.lines < walk.linesMissing
                || walk.marks[place].root != kept.checkpoint.root
            {
                throw .notPrefix(kept.name)
            }
            guard !walk.lacksTree, walk.frontier == found.head?.frontier
            else { throw .tampered("the head page holds another tree") }
            return walk.frontier
        }
        throw .unverifiable("somebody writes into it without asking")
    }

    private func lockKey() throws(CheckpointError) -> Descriptor {
        do throws(SystemError) {
            let file = try Descriptor.open("\(directory)/\(SigningKey.fileName)", .reading)
            if try file.lock(.exclusive, deadline: Clock.monotonic + patience) { return file }
            throw SystemError("flock", errno: 11)
        } catch {
            throw .notWritten(error)
        }
    }

    func noting<Value: ~Copyable>(
        _ work: () throws(AuditError) -> Value
    ) throws(CheckpointError) -> Value {
        do { return try work() } catch { throw .notRecorded(error) }
    }
}
