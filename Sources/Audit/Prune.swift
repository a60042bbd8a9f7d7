// Removing old segments. Only sealed ones go, oldest first, and only where a checkpoint that was kept
// elsewhere covers them, so that what remains can still be proved. The record of it comes first: a
// process that dies after it leaves files that the next pruning removes.
//
// In file mode this is advice, not protection: whoever can run it can also call unlink.

internal import Platform

/// What a pruning removed.
public struct Pruned: Sendable {
    /// Segments, first to last; nil where there was nothing to remove.
    public let segments: ClosedRange<UInt64>?
    /// The number of the last record that is gone.
    public let lastNumber: UInt64
}

extension AuditLog {
    /// Removes the oldest sealed segments but for the newest `kept` ones.
    ///
    /// - Parameters:
    ///   - note: a checkpoint that was kept elsewhere, as text.
    ///   - reason: a person's words.
    public func prune(
        keeping kept: Int, under note: [UInt8], reason: String
    ) throws(CheckpointError) -> Pruned {
        guard let key = try SigningKey(directory: directory) else { throw .noKey }
        let checkpoint: Checkpoint
        do throws(NoteError) { checkpoint = try key.verification.checkpoint(in: note) } catch {
            throw .notPrefix("the checkpoint")
        }
        let found = Verifier.verify(directory: directory, checkpoint: checkpoint)
        switch found.verdict {
        case .proven, .intact, .tampered(.foreign): break
        case .tampered(let tampering): throw .tampered("\(tampering)")
        case .unverifiable(let reason): throw .unverifiable(reason)
        }
        let segments = ChainFiles(directory: directory).segments
        let sealed = segments.filter { $0.sealed != nil }
        var gone: [ChainFiles.Segment] = []
        var after: SegmentOpening?
        for segment in sealed.prefix(max(0, sealed.count - max(0, kept))) {
            // What the next segment says of the lines before it tells where this one ends.
            guard let next = segments.first(where: { ($0.sealed ?? .max) > (segment.sealed ?? 0) }),
                let opening = try opening(of: next), opening.frontier.count <= checkpoint.lines
            else { break }
            gone.append(segment)
            after = opening
        }
        guard let first = gone.first?.sealed, let last = gone.last?.sealed, let after else {
            return Pruned(segments: nil, lastNumber: 0)
        }
        let number = after.number - 1
        _ = try noting { () throws(AuditError) in
            try append(
                .entry(AuditLog.entry(pruning: first...last, number, after, checkpoint, reason)))
        }
        do throws(SystemError) {
            for segment in gone { try DirectoryEntry.remove(segment.path) }
        } catch {
            throw .notWritten(error)
        }
        return Pruned(segments: first...last, lastNumber: number)
    }

    private func opening(
        of segment: ChainFiles.Segment
    ) throws(CheckpointError) -> SegmentOpening? {
        do throws(SystemError) {
            let file = try Descriptor.open(segment.path, .reading)
            let start = try file.bytes(count: Entry.longestLine + 1, at: 0)
            return start.prefix { $0 != 0x0A }.withUnsafeBytes { SegmentOpening($0) }
        } catch {
            throw .notWritten(error)
        }
    }

    private static func entry(
        pruning segments: ClosedRange<UInt64>, _ number: UInt64, _ after: SegmentOpening,
        _ checkpoint: Checkpoint, _ reason: String
    ) -> Entry {
        var cut: [String] = []
        var line = LineText(capacity: 1_024)
        line.surroundings(user: nil)
        line.field(",\"reason\":", reason, 640, &cut)
        line.raw(",\"pruned\":{\"firstSegment\":")
        line.number(segments.lowerBound)
        line.raw(",\"lastSegment\":")
        line.number(segments.upperBound)
        line.raw(",\"lastSeq\":")
        line.number(number)
        line.raw(",\"lines\":")
        line.number(after.frontier.count)
        line.field(",\"lastHash\":", after.previous.hexadecimal, 64, &cut)
        line.raw("},\"checkpoint\":{\"lines\":")
        line.number(checkpoint.lines)
        line.field(",\"root\":", checkpoint.root.hexadecimal, 64, &cut)
        line.raw("}")
        return Entry(type: .chainPrune, fields: line.bytes)
    }
}
