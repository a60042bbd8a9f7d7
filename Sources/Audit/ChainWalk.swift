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
        /// Line number of the first in its file, from 1, and which file that is, from 0.
        var line: UInt64
        var file: Int
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
    private var hashDigits: DigestText
    var hash: Digest { hashDigits.digest ?? .zero }
    /// Bytes of the file up to the end of the last record that belongs.
    private(set) var size: Int
    /// Known to be torn up to here (`Head.tornEnd`).
    private let tornEnd: Int
    /// The tree over all lines; left alone where nobody wants it.
    private(set) var frontier: MerkleFrontier
    /// All lines of the chain so far, those of segments that are not here included.
    private(set) var lines: UInt64
    private(set) var openBreak: Break?
    /// The first foreign lines that a record has committed to.
    private(set) var foreign: (line: UInt64, file: Int, flaw: Flaw)?
    private(set) var tornGaps: UInt64 = 0
    /// Whether the last record is whole but for its LF. A writer has to add it: a gap record that
    /// called it torn would end the line, and then there were two records of one number.
    private(set) var lacksLineEnd = false
    /// Whether the last record seals its segment.
    private(set) var isSealed = false
    /// What the tree's root was when it had so many leaves; the numbers are the caller's.
    private(set) var marks: [(leaves: UInt64, root: Digest?)] = []
    /// The hash of a record to look out for.
    var sought: Digest? {
        get { soughtDigits?.digest }
        set { soughtDigits = newValue.map { DigestText($0) } }
    }
    private var soughtDigits: DigestText?
    private(set) var hasFoundSought = false
    /// The number that the walk's first record has.
    private(set) var firstNumber: UInt64 = 1
    /// What the records say that a reader wants to know; a writer keeps none of it.
    private(set) var ledger = ChainLedger()

    /// Bytes of the file taken, lines of it, the file's place in the order, and the `prev` of the
    /// last record that belongs.
    private var offset: Int
    private var lineOfFile: UInt64 = 0
    private var file = 0
    private var lastPrevious = DigestText(.zero)
    private var leaf = MerkleFrontier.leafHashing()
    private var isInPieces = false
    /// Whether no record of this file belongs so far.
    private var isAtStart: Bool
    /// Whether a writer walks, who is about to write after the last line; else a reader, who may
    /// also start with a later segment.
    private let isWriting: Bool
    /// Whether anybody wants the tree, which costs as much as all else.
    let isBuildingTree: Bool
    /// Whether the tree's beginning is unknown: a later segment that does not tell it.
    private(set) var lacksTree = false
    /// Lines in segments that are not here.
    private(set) var linesMissing: UInt64 = 0

    /// Walks on from a head.
    init(from head: Head) {
        number = head.number
        hashDigits = DigestText(head.hash)
        size = head.size
        offset = head.size
        tornEnd = head.tornEnd
        frontier = head.frontier
        lines = head.frontier.count
        isAtStart = head.size == 0
        isWriting = true
        isBuildingTree = true
    }

    /// Walks from the first line of a file.
    ///
    /// - Parameter marks: sizes of the tree at which its root is wanted.
    init(buildingTree isBuildingTree: Bool = true, marks: [UInt64] = []) {
        self.marks = marks.map { ($0, nil) }
        number = 0
        hashDigits = DigestText(.zero)
        size = 0
        offset = 0
        tornEnd = 0
        frontier = MerkleFrontier()
        lines = 0
        isAtStart = true
        isWriting = false
        self.isBuildingTree = isBuildingTree
    }

    /// Goes on with the next segment's file.
    mutating func startFile() {
        if number == 0, lines == 0, file == 0, offset == 0 { return }
        file += 1
        offset = 0
        size = 0
        lineOfFile = 0
        isAtStart = true
    }

    mutating func take(line: UnsafeRawBufferPointer, isEnded: Bool) {
        let keys = LineStructure.Keys()
        take(line, LineFacts(line, keys, isLeafWanted: isBuildingTree), isEnded: isEnded)
    }

    /// Takes a line of which all that can be told from itself is known.
    mutating func take(_ line: UnsafeRawBufferPointer, _ facts: LineFacts, isEnded: Bool) {
        offset += line.count + (isEnded ? 1 : 0)
        lineOfFile += 1
        if !isEnded, !isWriting { return hold(line, facts, .format, isEnded: false) }
        guard let record = facts.frame else {
            return hold(line, facts, facts.isPrintable ? .format : .nonASCII, isEnded: isEnded)
        }
        if let flaw = flaw(of: record, facts, line) {
            return hold(line, facts, flaw, isEnded: isEnded)
        }
        guard openBreak == nil || closeBreak(with: record, line) else {
            return hold(line, facts, .chain, isEnded: isEnded)
        }
        if !isEnded {
            lacksLineEnd = true
            offset += 1
        }
        if number == 0 { firstNumber = record.number }
        add(leaf: facts.leaf)
        number = record.number
        hashDigits = record.hashDigits(line)
        lastPrevious = record.previousDigits(line)
        size = offset
        isAtStart = false
        isSealed = record.isSeal(line)
        if let soughtDigits, soughtDigits == hashDigits { hasFoundSought = true }
        if !isWriting { ledger.enter(record, facts, line) }
    }

    mutating func take(piece: UnsafeRawBufferPointer) {
        if !isInPieces {
            lineOfFile += 1
            startBreak(.format)
        }
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

    /// Whether the record commits to exactly the bytes of the break.
    private mutating func closeBreak(
        with record: Frame, _ line: UnsafeRawBufferPointer
    ) -> Bool {
        guard var tear = openBreak else { return true }
        guard tear.file == file, let claim = record.claim(in: line), claim.bytes == tear.bytes,
            claim.digest == tear.hashing.finish()
        else { return false }
        if claim.isForeign {
            if foreign == nil { foreign = (tear.line, tear.file, tear.flaw) }
        } else {
            tornGaps += 1
        }
        openBreak = nil
        return true
    }

    private mutating func flaw(
        of record: Frame, _ facts: LineFacts, _ line: UnsafeRawBufferPointer
    ) -> Flaw? {
        let previous = record.previousDigits(line)
        if previous != hashDigits, record.previous(line) == nil { return .format }
        // A chain and each of its segments begin with an opening, and after a seal there is only a
        // commitment to strangers' lines, or the next segment.
        if isAtStart || isSealed {
            guard record.isOpening(line) || (!isAtStart && record.isGap(line)) else {
                return record.number == number + 1 ? .format : .sequence
            }
        }
        // A later segment opens with the number and the hash that the one before ends with. Here
        // there is none before, so what it says is taken, and `startsLater` tells.
        if number == 0, !isWriting, lines == lineOfFile - 1, record.number > 1 {
            guard facts.hasRightHash else { return .chain }
            if let flaw = facts.flaw { return flaw }
            start(with: SegmentOpening(line))
            return nil
        }
        guard record.number == number + 1 else {
            let isSecond =
                number > 0 && record.number == number && previous == lastPrevious
                && record.hashDigits(line) != hashDigits && facts.hasRightHash
            return isSecond ? .fork : .sequence
        }
        guard previous == hashDigits, facts.hasRightHash else { return .chain }
        if let flaw = facts.flaw { return flaw }
        // What a segment says of the lines before it has to be so.
        if isAtStart || isSealed, number > 0, !isWriting, let opening = SegmentOpening(line) {
            let isTrue =
                opening.frontier.count == lines
                && (!isBuildingTree || lacksTree || opening.frontier == frontier)
            if !isTrue { return .chain }
        }
        return nil
    }

    /// Takes the tree that a later segment says to stand on.
    private mutating func start(with opening: SegmentOpening?) {
        guard let opening else {
            lacksTree = true
            return
        }
        frontier = opening.frontier
        linesMissing = opening.frontier.count - min(lines, opening.frontier.count)
        lines = opening.frontier.count
        noteMarks()
    }

    private mutating func hold(
        _ line: UnsafeRawBufferPointer, _ facts: LineFacts, _ flaw: Flaw, isEnded: Bool
    ) {
        startBreak(flaw)
        openBreak?.bytes += line.count
        openBreak?.hashing.add(line)
        if isEnded { add(leaf: facts.leaf) } else { leaf.add(line) }
        endBreakLine(isEnded: isEnded)
    }

    private mutating func startBreak(_ flaw: Flaw) {
        if openBreak == nil {
            openBreak = Break(line: lineOfFile, file: file, flaw: flaw, frontierBefore: frontier)
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

    private mutating func add(leaf digest: Digest) {
        lines += 1
        guard isBuildingTree else { return }
        frontier.append(leaf: digest)
        noteMarks()
    }

    private mutating func noteMarks() {
        for place in marks.indices where marks[place].leaves == frontier.count {
            marks[place].root = frontier.root
        }
    }
}
