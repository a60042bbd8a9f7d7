// The right edge of an RFC 6962 tree over the log's lines. Appending needs no more than this, so a
// checkpoint over a million records can be signed without reading them again.
// A leaf is a raw line without its LF; torn and foreign lines are leaves like any other.

/// The roots of the complete subtrees, largest first.
struct MerkleFrontier: Equatable, Sendable {
    private(set) var count: UInt64 = 0
    private(set) var nodes: [Digest] = []

    /// The most nodes there can be, one for each bit of the greatest sequence number and one more.
    static let deepest = 54

    init() {}

    /// A frontier read from a head page; nil where the numbers do not agree.
    init?(count: UInt64, nodes: [Digest]) {
        guard count.nonzeroBitCount == nodes.count, nodes.count <= MerkleFrontier.deepest else {
            return nil
        }
        self.count = count
        self.nodes = nodes
    }

    mutating func append(leaf: Digest) {
        var node = leaf
        var rest = count
        while rest & 1 == 1, let left = nodes.popLast() {
            node = MerkleFrontier.parent(left, node)
            rest >>= 1
        }
        nodes.append(node)
        count += 1
    }

    mutating func append(line: UnsafeRawBufferPointer) {
        append(leaf: MerkleFrontier.leaf(of: line))
    }

    /// A line's leaf (RFC 6962 §2.1).
    static func leaf(of line: UnsafeRawBufferPointer) -> Digest {
        var hashing = MerkleFrontier.leafHashing()
        hashing.add(line)
        return hashing.finish()
    }

    /// The tree's root (RFC 6962 §2.1); the hash of nothing where there is no leaf.
    var root: Digest {
        guard var node = nodes.last else { return Hashing.digest(of: .init(start: nil, count: 0)) }
        for left in nodes.dropLast().reversed() { node = MerkleFrontier.parent(left, node) }
        return node
    }

    /// A computation that has taken the leaf prefix.
    static func leafHashing() -> Hashing {
        var hashing = Hashing()
        hashing.add(0x00)
        return hashing
    }

    private static func parent(_ left: Digest, _ right: Digest) -> Digest {
        var hashing = Hashing()
        hashing.add(0x01)
        hashing.add(left)
        hashing.add(right)
        return hashing.finish()
    }
}
