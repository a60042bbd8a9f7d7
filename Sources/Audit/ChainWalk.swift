// Following a chain line by line. The writer uses it to catch up with a log that its head does not
// know yet, the verifier from the first line on; so both agree on what belongs to the chain.
//
// A line belongs to it where it has the log's form, the next number, the last record's hash as
// `prev` and its own right hash. All else is a break, and it is kept apart until a `chain.gap`
// record that does belong commits to exactly those bytes, as torn (ours, cut short by a crash) or
// as foreign (somebody else's).

/// What is wrong with a line.
public enum Flaw: String, Sendable, CaseIterable {
    /// Not a line as this log writes them.
    case format = "FORMAT"
    /// A byte outside printable ASCII.
    case nonASCII = "NON_ASCII"
    /// An object with a name twice.
    case duplicateKey = "DUPKEY"
    /// Not the next number.
    case sequence = "SEQ"
    /// Not linked to the record before, or changed.
    case chain = "CHAIN"
    /// A second record after one and the same.
    case fork = "FORK"
}

struct ChainWalk: LineTaker {
    /// Lines that are not part of the chain, since the last one that is.
    struct Break {
        /// Physical line number of the first, from 1.
        var line: UInt64
        var flaw: Flaw
        /// The tree over the lines before.
        var frontierBefore: MerkleFrontier
        /// Bytes up to the LF that ends the last of them, that LF not counted.
        var bytes = 0
        var endedLines: UInt64 = 0
        var hashing = Hashing()
        /// Whether an ended line stands beyond what is known to be torn.
        var isForeign = false
        /// Whether the last of them has no LF.
        var isOpen = false
    }

    /// The last record that belongs.
    private(set) var number: UInt64
    private(set) var hash: Digest
    /// Bytes up to the end of the last record that belongs.
    private(set) var size: Int
    /// Known to be torn up to here (`Head.tornEnd`).
    private let tornEnd: Int
    private(set) var frontier: MerkleFrontier
    private(set) var openBreak: Break?
    /// The first foreign lines that a record has committed to.
    private(set) var foreign: (line: UInt64, flaw: Flaw)?
    private(set) var tornGaps: UInt64 = 0
    /// Whether the last record is whole but for its LF. A writer has to add it: a gap record that
    /// called it torn would end the line, and then there were two records of one number.
    private(set) var lacksLineEnd = false
    /// What the tree's root was when it had this many leaves.
    var checkpoint: (leaves: UInt64, root: Digest?)?
    /// A record to look out for.
    var sought: Digest?
    private(set) var hasFoundSought = false
    /// The number that the walk's first record has.
    private(set) var firstNumber: UInt64 = 1

    /// Bytes taken, and the `prev` of the last record that belongs.
    private var offset: Int
    private var lastPrevious: Digest = .zero
    private var leaf = MerkleFrontier.leafHashing()
    private var isInPieces = false
    /// Whether a writer walks, who is about to write after the last line; else a reader, who may
    /// also start with a later segment.
    private let isWriting: Bool

    /// Walks on from a head.
    init(from head: Head) {
        number = head.number
        hash = head.hash
        size = head.size
        offset = head.size
        tornEnd = head.tornEnd
        frontier = head.frontier
        isWriting = true
    }

    /// Walks from the first line of a file.
    init() {
        number = 0
        hash = .zero
        size = 0
        offset = 0
        tornEnd = 0
        frontier = MerkleFrontier()
        isWriting = false
    }

    mutating func take(line: UnsafeRawBufferPointer, isEnded: Bool) {
        offset += line.count + (isEnded ? 1 : 0)
        if !isEnded, !isWriting { return hold(line, .format, isEnded: false) }
        guard let record = Frame(line) else {
            return hold(line, Frame.isPrintable(line) ? .format : .nonASCII, isEnded: isEnded)
        }
        if let flaw = flaw(of: record, line) { return hold(line, flaw, isEnded: isEnded) }
        guard closeBreak(with: record, line) else { return hold(line, .chain, isEnded: isEnded) }
        if !isEnded {
            lacksLineEnd = true
            offset += 1
        }
        add(leaf: line)
        if number == 0 { firstNumber = record.number }
        number = record.number
        hash = record.hash
        lastPrevious = record.previous
        size = offset
        if let sought, sought == hash { hasFoundSought = true }
    }

    mutating func take(piece: UnsafeRawBufferPointer) {
        if !isInPieces { startBreak(.format) }
        isInPieces = true
        offset += piece.count
        leaf.add(piece)
        openBreak?.bytes += piece.count
        openBreak?.hashing.add(piece)
    }

    mutating func endPieces(isEnded: Bool) {
        isInPieces = false
        if isEnded {
            offset += 1
            add(leaf: leaf.finish())
            leaf = MerkleFrontier.leafHashing()
        }
        endBreakLine(isEnded: isEnded)
    }

    /// Whether the first record opens a later segment, so that the one before is missing.
    var startsLater: Bool { firstNumber > 1 }

    /// The tree over the lines up to `size`.
    var frontierOfRecords: MerkleFrontier { openBreak?.frontierBefore ?? frontier }

    /// The tree over all lines, an open tail included, because an LF is about to end it.
    var frontierWithTail: MerkleFrontier {
        guard let openBreak, openBreak.isOpen else { return frontier }
        var closed = frontier
        var tail = leaf
        closed.append(leaf: tail.finish())
        return closed
    }

    /// Whether there is no break, or this record commits to exactly its bytes.
    private mutating func closeBreak(
        with record: Frame, _ line: UnsafeRawBufferPointer
    ) -> Bool {
        guard var tear = openBreak else { return true }
        guard let claim = record.claim(in: line), claim.bytes == tear.bytes,
            claim.digest == tear.hashing.finish()
        else { return false }
        if claim.isForeign {
            if foreign == nil { foreign = (tear.line, tear.flaw) }
        } else {
            tornGaps += 1
        }
        openBreak = nil
        return true
    }

    private func flaw(of record: Frame, _ line: UnsafeRawBufferPointer) -> Flaw? {
        if number == 0, record.number == 1, !record.isOpening(line) { return .format }
        // A later segment opens with the number and the hash that the one before ends with. Here
        // there is none before, so what it says is taken, and `startsLater` tells.
        if number == 0, !isWriting, frontier.count == 0, record.isOpening(line), record.number > 1 {
            return record.hasRightHash(line) ? LineStructure.flaw(of: line) : .chain
        }
        guard record.number == number + 1 else {
            let isSecond =
                number > 0 && record.number == number && record.previous == lastPrevious
                && record.hash != hash && record.hasRightHash(line)
            return isSecond ? .fork : .sequence
        }
        guard record.previous == hash, record.hasRightHash(line) else { return .chain }
        return LineStructure.flaw(of: line)
    }

    private mutating func hold(_ line: UnsafeRawBufferPointer, _ flaw: Flaw, isEnded: Bool) {
        startBreak(flaw)
        openBreak?.bytes += line.count
        openBreak?.hashing.add(line)
        if isEnded { add(leaf: line) } else { leaf.add(line) }
        endBreakLine(isEnded: isEnded)
    }

    private mutating func startBreak(_ flaw: Flaw) {
        if openBreak == nil {
            openBreak = Break(line: frontier.count + 1, flaw: flaw, frontierBefore: frontier)
        } else {
            openBreak?.bytes += 1
            openBreak?.hashing.add(0x0A)
        }
    }

    private mutating func endBreakLine(isEnded: Bool) {
        openBreak?.isOpen = !isEnded
        if isEnded {
            openBreak?.endedLines += 1
            if offset > tornEnd { openBreak?.isForeign = true }
        }
    }

    private mutating func add(leaf line: UnsafeRawBufferPointer) {
        frontier.append(line: line)
        noteCheckpoint()
    }

    private mutating func add(leaf digest: Digest) {
        frontier.append(leaf: digest)
        noteCheckpoint()
    }

    private mutating func noteCheckpoint() {
        if let checkpoint, checkpoint.leaves == frontier.count {
            self.checkpoint?.root = frontier.root
        }
    }
}
