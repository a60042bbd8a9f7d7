// The few records that a reader of a chain has to understand, read as JSON because they are rare:
// where a later segment stands, and what was pruned.

internal import StrictJSON

/// What the `chain.open` record of a later segment says of the lines before it.
struct SegmentOpening {
    /// The tree over them.
    let frontier: MerkleFrontier
    /// The record's own number, and the hash of the record before.
    let number: UInt64
    let previous: Digest

    /// Nil where the record says nothing of them, as that of the first segment.
    init?(_ line: UnsafeRawBufferPointer) {
        guard let frame = Frame(line), let previous = frame.previous(line),
            let json = try? JSON.parse(Array(line)),
            let count = json["lines"]?.integer, count > 0, let tree = json["tree"]?.string
        else { return nil }
        number = frame.number
        self.previous = previous
        var nodes: [Digest] = []
        let digits = Array(tree.utf8)
        guard digits.count % 64 == 0 else { return nil }
        for start in stride(from: 0, to: digits.count, by: 64) {
            let node = digits[start..<start + 64].withUnsafeBytes { Digest(hexadecimal: $0) }
            guard let node else { return nil }
            nodes.append(node)
        }
        guard let frontier = MerkleFrontier(count: UInt64(count), nodes: nodes) else { return nil }
        self.frontier = frontier
    }
}

/// What a `chain.prune` record says is gone.
struct PruneNote {
    /// The number of the last record that was removed.
    let lastNumber: UInt64

    init?(_ line: UnsafeRawBufferPointer) {
        guard let json = try? JSON.parse(Array(line)),
            let number = json["pruned"]?["lastSeq"]?.integer, number > 0
        else { return nil }
        lastNumber = UInt64(number)
    }
}
