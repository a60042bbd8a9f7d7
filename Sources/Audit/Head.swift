// The head page: the first 4 KiB of the lock file. It says where the chain stands, so that an
// append reads no old record.
//
// It holds two slots of 2 KiB, each with its own checksum, and they are written in turn. A crash in
// the middle of one leaves the other, and a head that is a step behind is harmless: the log's own
// lines bring it forward (AuditLog.swift). A head that is ahead of its log is not harmless, and that
// is how a cut tail shows.

internal import Platform

/// Where a chain stands.
struct Head: Equatable {
    static let pageSize = 4_096
    private static let slotSize = 2_048
    private static let magic: [UInt8] = Array("SGHEAD1\n".utf8)
    /// In the segment's number, which never gets that far.
    private static let sealedBit: UInt64 = 1 << 63
    /// Set beside the segment's number where the digest of a policy follows the tree.
    private static let policyBit: UInt64 = 1 << 62

    /// Counts writes of the head; the greater of two slots is the newer.
    var generation: UInt64 = 0
    var chain: ChainID
    var segment: UInt64 = 1
    /// Whether the last record seals the segment, so that the next one opens another.
    var isSealed = false
    /// Number of the last record; 0 before the first.
    var number: UInt64 = 0
    /// The last record's hash; zero before the first.
    var hash: Digest = .zero
    /// Size of the segment after its last record; 0 before its first.
    var size: Int = 0
    /// Where a torn line ends with the LF that closes it, where its gap record is being written;
    /// otherwise 0. Told here first, or the closed fragment would look like a stranger's line to
    /// whoever finds it after a second crash.
    var tornEnd: Int = 0
    /// The tree over all lines of the chain up to there.
    var frontier = MerkleFrontier()
    /// The managed and install policy that the last decision was made under; nil where none says.
    var policy: Digest?

    enum Page {
        case absent
        case damaged
        case head(Head)
    }

    /// Reads both slots and takes the newer one that is whole.
    static func read(_ page: [UInt8]) -> Page {
        // Empty, or the zeros that a power cut can leave of a page that was never confirmed.
        var bits: UInt8 = 0
        for byte in page { bits |= byte }
        if bits == 0 { return .absent }
        let newer = generation(page, at: 0) > generation(page, at: slotSize) ? 0 : slotSize
        if let head = slot(page, at: newer) { return .head(head) }
        if let head = slot(page, at: slotSize - newer) { return .head(head) }
        return .damaged
    }

    private static func generation(_ page: [UInt8], at start: Int) -> UInt64 {
        page.count >= start + 16 ? integer(page, at: start + 8) : 0
    }

    /// This head as the next one to write: its slot's bytes and where they go.
    mutating func next() -> (bytes: [UInt8], offset: Int) {
        generation += 1
        var slot: [UInt8] = []
        slot.reserveCapacity(Head.slotSize)
        slot.append(contentsOf: Head.magic)
        Head.append(generation, to: &slot)
        slot.append(contentsOf: chain.bytes)
        let sealed = isSealed ? Head.sealedBit : 0
        Head.append(segment | sealed | (policy == nil ? 0 : Head.policyBit), to: &slot)
        Head.append(number, to: &slot)
        hash.append(to: &slot)
        Head.append(UInt64(size), to: &slot)
        Head.append(UInt64(tornEnd), to: &slot)
        Head.append(frontier.count, to: &slot)
        for node in frontier.nodes { node.append(to: &slot) }
        if let policy { policy.append(to: &slot) }
        slot.withUnsafeBytes { Hashing.digest(of: $0) }.append(to: &slot)
        return (slot, generation & 1 == 0 ? 0 : Head.slotSize)
    }

    private static func slot(_ page: [UInt8], at start: Int) -> Head? {
        // Magic, generation, chain, segment, number, hash, size, tornEnd, leaf count.
        let fixed = 8 + 8 + 16 + 8 + 8 + 32 + 8 + 8 + 8
        guard page.count >= start + fixed + 32 else { return nil }
        for place in 0..<magic.count where page[start + place] != magic[place] { return nil }
        let leaves = integer(page, at: start + fixed - 8)
        let nodeCount = leaves.nonzeroBitCount
        let segment = integer(page, at: start + 32)
        let hasPolicy = segment & policyBit != 0
        let length = fixed + 32 * nodeCount + (hasPolicy ? 32 : 0)
        guard nodeCount <= MerkleFrontier.deepest, page.count >= start + length + 32 else {
            return nil
        }
        let (nodes, hash, policy, isWhole) = page.withUnsafeBytes { bytes in
            var nodes: [Digest] = []
            for place in 0..<nodeCount {
                nodes.append(digest(bytes, at: start + fixed + 32 * place))
            }
            let content = UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
            let isWhole = Hashing.digest(of: content) == digest(bytes, at: start + length)
            let policy = hasPolicy ? digest(bytes, at: start + length - 32) : nil
            return (nodes, digest(bytes, at: start + 48), policy, isWhole)
        }
        guard isWhole, let frontier = MerkleFrontier(count: leaves, nodes: nodes) else {
            return nil
        }
        let size = integer(page, at: start + 80)
        let tornEnd = integer(page, at: start + 88)
        guard size <= UInt64(Int.max), tornEnd <= UInt64(Int.max) else { return nil }
        var head = Head(chain: ChainID(bytes: Array(page[start + 16..<start + 32])))
        head.generation = integer(page, at: start + 8)
        head.segment = segment & ~sealedBit & ~policyBit
        head.isSealed = segment & sealedBit != 0
        head.number = integer(page, at: start + 40)
        head.hash = hash
        head.size = Int(size)
        head.tornEnd = Int(tornEnd)
        head.frontier = frontier
        head.policy = policy
        return head
    }

    private static func append(_ value: UInt64, to slot: inout [UInt8]) {
        for shift: UInt64 in [0, 8, 16, 24, 32, 40, 48, 56] {
            slot.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    private static func integer(_ page: [UInt8], at start: Int) -> UInt64 {
        var value: UInt64 = 0
        for place in 0..<8 { value |= UInt64(page[start + place]) << UInt64(8 * place) }
        return value
    }

    private static func digest(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Digest {
        Digest(copying: UnsafeRawBufferPointer(rebasing: bytes[start..<start + 32]))
    }
}
