// Reading a long chain with several threads and a fixed amount of memory. Blocks of lines go round in
// a ring: one thread at a time reads the next block, any thread examines one (LineFacts: all that a
// line tells by itself, which is nearly all of the work), and one thread at a time walks over an
// examined block, in order. So the verdict is the one that a single thread comes to.
//
// A thread looks for work from the end of the ring to its start, but a block for each thread is read
// ahead, or all would wait for the one that reads. With one thread the same loop reads, examines and
// walks in turn.

internal import Glibc
internal import Platform

/// What is read: files by path, the last one open already and only up to a size.
struct ChainSource: ~Copyable {
    let paths: [String]
    let last: Descriptor
    let size: Int
}

final class VerifyPipeline {
    /// Bytes of a block; a line that does not fit one comes in pieces.
    private static let blockSize = 256 * 1_024
    /// Lines of a block that are examined beforehand: more than records can be in it.
    private static let mostExamined = 1_280

    fileprivate struct Line {
        let start: Int32
        let end: Int32
        let facts: LineFacts

        init(_ range: Range<Int>, _ facts: LineFacts) {
            start = Int32(truncatingIfNeeded: range.lowerBound)
            end = Int32(truncatingIfNeeded: range.upperBound)
            self.facts = facts
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// A block of whole lines, perhaps with the end of a long line before them and the end of the
    /// file behind them.
    fileprivate final class Block {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: VerifyPipeline.blockSize, alignment: 64)
        var isFileStart = false
        /// Bytes at the start that belong to a line longer than a block.
        var pieceCount = 0
        var pieceIsEnded = false
        /// Whole lines with their LF.
        var lines = 0..<0
        /// A line without LF at the end of the file.
        var tail = 0..<0
        var endsInPieces = false
        var examined: [Line] = []
        var isExamined = false

        init() { examined.reserveCapacity(VerifyPipeline.mostExamined) }
        deinit { memory.deallocate() }

        func reset() {
            isFileStart = false
            pieceCount = 0
            pieceIsEnded = false
            lines = 0..<0
            tail = 0..<0
            endsInPieces = false
            examined.removeAll(keepingCapacity: true)
            isExamined = false
        }
    }

    private var walk: ChainWalk
    private let isStructureWanted: Bool
    /// Asked by threads that do not hold the walk.
    private let isLeafWanted: Bool
    private var source: ChainSource
    private var blocks: [Block]
    private let threads: Int

    // Where the work is: blocks are counted from 0 and lie at their number modulo the ring's size.
    private var readCount = 0
    private var examineCount = 0
    private var walkCount = 0
    private var isReading = false
    private var isWalking = false
    private var isAtEnd = false
    private var failure: SystemError?

    // The reader's own: the file, and what of the last block's end belongs to the next one.
    private var fileIndex = 0
    private var sealed: Descriptor?
    private var sealedSize = 0
    private var offset = 0
    private var isInPieces = false
    private var carry: [UInt8] = []

    private var mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    private init(
        _ walk: ChainWalk, _ source: consuming ChainSource, threads: Int, isStructureWanted: Bool
    ) {
        self.walk = walk
        self.source = source
        self.threads = threads
        self.isStructureWanted = isStructureWanted
        isLeafWanted = walk.isBuildingTree
        blocks = (0..<(threads == 1 ? 1 : 2 * threads + 1)).map { _ in Block() }
        carry.reserveCapacity(VerifyPipeline.blockSize)
        // Sound: both stay where they are until deinit, after all threads have been joined.
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(changed)
        mutex.deallocate()
        changed.deallocate()
    }

    /// Walks over everything.
    ///
    /// - Parameter isStructureWanted: false only where somebody measures what the rest costs.
    static func run(
        _ walk: ChainWalk, over source: consuming ChainSource, threads: Int,
        isStructureWanted: Bool = true
    ) throws(SystemError) -> ChainWalk {
        let pipeline = VerifyPipeline(
            walk, source, threads: max(1, threads), isStructureWanted: isStructureWanted)
        pipeline.run()
        if let failure = pipeline.failure { throw failure }
        return pipeline.walk
    }

    /// How many threads are worth it: one for what is read in a moment.
    static func threads(for size: Int) -> Int {
        // Sound: takes a number only.
        size < 4 << 20 ? 1 : max(1, min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    private func run() {
        var others: [pthread_t] = []
        for _ in 1..<threads {
            var thread = pthread_t()
            // Sound: the pipeline outlives its threads, which are joined below.
            let context = Unmanaged.passUnretained(self).toOpaque()
            let code = pthread_create(
                &thread, nil,
                { context in
                    if let context {
                        Unmanaged<VerifyPipeline>.fromOpaque(context).takeUnretainedValue().work()
                    }
                    return nil
                }, context)
            // Fewer threads do the same work.
            if code == 0 { others.append(thread) }
        }
        work()
        for thread in others { pthread_join(thread, nil) }
    }

    /// What every thread does until all is walked over. The lock is held but for the work itself;
    /// what a thread works on is its own meanwhile.
    private func work() {
        let keys = LineStructure.Keys()
        pthread_mutex_lock(mutex)
        while failure == nil, !(isAtEnd && walkCount == readCount) {
            let oldest = blocks[walkCount % blocks.count]
            if !isWalking, walkCount < examineCount, oldest.isExamined {
                isWalking = true
                unlocked { take(oldest, keys) }
                isWalking = false
                walkCount += 1
            } else if !isReading, !isAtEnd, readCount - examineCount < threads,
                readCount - walkCount < blocks.count
            {
                isReading = true
                let block = blocks[readCount % blocks.count]
                var hasMore = false
                var problem: SystemError?
                unlocked {
                    do throws(SystemError) { hasMore = try read(into: block) } catch {
                        problem = error
                    }
                }
                isReading = false
                failure = problem
                if hasMore { readCount += 1 } else { isAtEnd = true }
            } else if examineCount < readCount {
                let block = blocks[examineCount % blocks.count]
                examineCount += 1
                unlocked { examine(block, keys) }
                block.isExamined = true
            } else {
                pthread_cond_wait(changed, mutex)
                continue
            }
            pthread_cond_broadcast(changed)
        }
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    private func unlocked(_ work: () -> Void) {
        pthread_mutex_unlock(mutex)
        work()
        pthread_mutex_lock(mutex)
    }

    // MARK: Reading

    /// Fills a block; false where there is nothing left.
    private func read(into block: Block) throws(SystemError) -> Bool {
        block.reset()
        if sealed == nil, fileIndex < source.paths.count {
            let file = try Verifier.openPlain(source.paths[fileIndex])
            sealedSize = try file.status().size
            sealed = consume file
        }
        let isLast = fileIndex == source.paths.count
        if fileIndex > source.paths.count { return false }
        block.isFileStart = offset == 0
        let size = isLast ? source.size : sealedSize
        var filled = carry.count
        carry.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress {
                block.memory.copyMemory(from: base, byteCount: filled)
            }
        }
        carry.removeAll(keepingCapacity: true)
        var isFileEnd = false
        while filled < VerifyPipeline.blockSize {
            // Sound: the rest of the block's own memory.
            let room = UnsafeMutableRawBufferPointer(
                start: block.memory + filled,
                count: min(VerifyPipeline.blockSize - filled, size - offset))
            let count = room.count == 0 ? 0 : try readFile(into: room)
            if count == 0 {
                isFileEnd = true
                break
            }
            offset += count
            filled += count
        }
        divide(block, filled, isFileEnd)
        if isFileEnd {
            fileIndex += 1
            sealed = nil
            offset = 0
            isInPieces = false
        }
        return true
    }

    private func readFile(into room: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        if sealed == nil { return try source.last.read(into: room, at: offset) }
        return try sealed?.read(into: room, at: offset) ?? 0
    }

    /// Says what in the block is what.
    private func divide(_ block: Block, _ filled: Int, _ isFileEnd: Bool) {
        var start = 0
        if isInPieces {
            if let ending = block.newline(from: 0, to: filled) {
                block.pieceCount = ending
                block.pieceIsEnded = true
                isInPieces = false
                start = ending + 1
            } else {
                block.pieceCount = filled
                block.endsInPieces = isFileEnd
                return
            }
        }
        let last = block.lastNewline(from: start, to: filled)
        let end = last.map { $0 + 1 } ?? start
        block.lines = start..<end
        if isFileEnd {
            block.tail = end..<filled
        } else if start == 0, end == 0, filled == VerifyPipeline.blockSize {
            block.pieceCount = filled
            isInPieces = true
        } else {
            carry.append(
                contentsOf: UnsafeRawBufferPointer(start: block.memory + end, count: filled - end))
        }
    }

    // MARK: Examining and walking

    private func examine(_ block: Block, _ keys: borrowing LineStructure.Keys) {
        var place = block.lines.lowerBound
        while place < block.lines.upperBound, block.examined.count < VerifyPipeline.mostExamined,
            let ending = block.newline(from: place, to: block.lines.upperBound)
        {
            block.examined.append(
                Line(place..<ending, facts(block.bytes(place..<ending), keys)))
            place = ending + 1
        }
    }

    private func facts(
        _ line: UnsafeRawBufferPointer, _ keys: borrowing LineStructure.Keys
    ) -> LineFacts {
        LineFacts(
            line, keys, isLeafWanted: isLeafWanted, isStructureWanted: isStructureWanted)
    }

    private func take(_ block: Block, _ keys: borrowing LineStructure.Keys) {
        if block.isFileStart { walk.startFile() }
        if block.pieceCount > 0 { walk.take(piece: block.bytes(0..<block.pieceCount)) }
        if block.pieceIsEnded {
            walk.endPieces(isEnded: true)
        } else if block.endsInPieces {
            walk.endPieces(isEnded: false)
        }
        var place = block.lines.lowerBound
        for line in block.examined {
            walk.take(block.bytes(line.range), line.facts, isEnded: true)
            place = line.range.upperBound + 1
        }
        // Lines so short that they are no records.
        while place < block.lines.upperBound,
            let ending = block.newline(from: place, to: block.lines.upperBound)
        {
            let line = block.bytes(place..<ending)
            walk.take(line, facts(line, keys), isEnded: true)
            place = ending + 1
        }
        if !block.tail.isEmpty {
            let line = block.bytes(block.tail)
            walk.take(line, facts(line, keys), isEnded: false)
        }
    }
}

extension VerifyPipeline.Block {
    // Sound, all three: the callers stay within the filled part of the block.
    fileprivate func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: memory + range.lowerBound, count: range.count)
    }

    fileprivate func newline(from: Int, to: Int) -> Int? {
        memchr(memory + from, 0x0A, to - from).map { $0 - UnsafeMutableRawPointer(memory) }
    }

    fileprivate func lastNewline(from: Int, to: Int) -> Int? {
        var place = to - 1
        while place >= from {
            if memory.load(fromByteOffset: place, as: UInt8.self) == 0x0A { return place }
            place -= 1
        }
        return nil
    }
}
