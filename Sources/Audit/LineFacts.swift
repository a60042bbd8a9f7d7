// What can be told of a line from its own bytes: its frame, whether its hash is right, whether every
// reader sees the same JSON in it, its leaf in the tree. Nothing here depends on other lines, so
// several threads can find it out for several lines at once (VerifyPipeline.swift).

/// A part of a line. Two bytes for each end are enough for the longest line, and the facts of
/// hundreds of lines wait in a block.
struct LineSpan {
    private let first: UInt16
    private let last: UInt16

    init(_ range: Range<Int>) {
        first = UInt16(truncatingIfNeeded: range.lowerBound)
        last = UInt16(truncatingIfNeeded: range.upperBound)
    }

    var start: Int { Int(first) }
    var count: Int { Int(last) - Int(first) }
    var range: Range<Int> { Int(first)..<Int(last) }
}

/// Facts about one line.
struct LineFacts {
    /// Nil where the line has not the log's form.
    var frame: Frame?
    var isPrintable = true
    var hasRightHash = false
    /// A flaw of the line's JSON; looked for only where the hash is right.
    var flaw: Flaw?
    /// Where the line says what a reader of the whole chain has to keep in mind.
    var notes = LineStructure.Notes()
    var leaf: Digest = .zero

    /// - Parameter isStructureWanted: false only where somebody measures what the rest costs.
    init(
        _ line: UnsafeRawBufferPointer, _ keys: borrowing LineStructure.Keys, isLeafWanted: Bool,
        isStructureWanted: Bool = true
    ) {
        frame = Frame(unread: line)
        if isLeafWanted { leaf = MerkleFrontier.leaf(of: line) }
        guard let frame else {
            isPrintable = Frame.isPrintable(line)
            return
        }
        hasRightHash = frame.hasRightHash(line)
        if !hasRightHash {
            if frame.hash(line) == nil { self.frame = nil }
        } else if isStructureWanted {
            (flaw, notes) = LineStructure.examine(
                line, keys, tail: line.count - Entry.tailLength)
        }
    }
}

/// What the records of a chain add up to, for a reader: which supervised tools have not ended, what
/// was pruned, which chain it is.
struct ChainLedger {
    /// Supervised decisions without an outcome, by id; counted only beyond `mostPending`.
    private var pending: Set<Word128> = []
    private var uncounted = 0
    /// Segments that a `chain.prune` record says are gone: up to this record's number.
    private(set) var prunedNumber: UInt64 = 0
    private static let mostPending = 65_536

    /// Supervised decisions without an outcome.
    var missingOutcomes: Int { pending.count + max(0, uncounted) }

    mutating func enter(
        _ record: Frame, _ facts: LineFacts, _ line: UnsafeRawBufferPointer
    ) {
        if facts.notes.isSupervised, let id = facts.notes.id.flatMap({ Word128(line, $0) }) {
            if pending.count < ChainLedger.mostPending {
                pending.insert(id)
            } else {
                uncounted += 1
            }
        } else if record.isOutcome(line), let id = facts.notes.ref.flatMap({ Word128(line, $0) }) {
            if pending.remove(id) == nil { uncounted -= 1 }
        } else if record.isPrune(line), let number = PruneNote(line)?.lastNumber {
            prunedNumber = max(prunedNumber, number)
        }
    }
}

/// A UUID's bits.
struct Word128: Hashable {
    private let high: UInt64
    private let low: UInt64

    init?(_ line: UnsafeRawBufferPointer, _ span: LineSpan) {
        var words: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for place in span.range {
            let value: UInt64
            switch line[place] {
            case 0x30...0x39: value = UInt64(line[place] - 0x30)
            case 0x61...0x66: value = UInt64(line[place] - 0x57)
            case 0x2D: continue
            default: return nil
            }
            if digits < 16 {
                words.0 = words.0 << 4 | value
            } else {
                words.1 = words.1 << 4 | value
            }
            digits += 1
        }
        guard digits == 32 else { return nil }
        (high, low) = words
    }
}
