// One append, under the lock: catch up with the log, write one piece, wait for the disk, write the
// head. Every way through it is a loop that looks again, because writers that do not lock (anybody
// with our user id can be one) may slip bytes in at any moment, and a writer of ours may have died
// at any point of the same work.

internal import Platform

extension AuditLog {
    /// What an append is to do.
    enum Work {
        /// Only that the chain, or the segment that was begun, has its opening record.
        case opening
        case entry(Entry)
        /// That a checkpoint is made: its signer, and the note of the one before.
        case checkpoint(key: String, previous: String?)
        /// Seal the segment and open the next.
        case seal
    }

    /// Where the chain stands after an append.
    struct Place {
        var chain: ChainID
        var segment: UInt64
        var number: UInt64
        var hash: Digest
    }

    func append(_ work: Work) throws(AuditError) -> Place {
        if case .entry(let entry) = work, entry.fields.count > Entry.longestFields {
            throw AuditError(.recordTooLong, logPath)
        }
        let folder = try openDirectory()
        let lockFile = try lock(in: folder)
        let hold = SignalHold()
        do throws(AuditError) {
            let place = try appendLocked(work, folder, lockFile)
            hold.restore()
            return place
        } catch {
            hold.restore()
            throw error
        }
    }

    /// The chain's name, which is settled here where there is none yet.
    func prepare() throws(AuditError) -> ChainID {
        let folder = try openDirectory()
        let lockFile = try lock(in: folder)
        return try readHead(folder, lockFile).chain
    }

    /// The append itself, for whoever holds the lock.
    func appendLocked(
        _ work: Work, _ folder: borrowing Descriptor, _ lockFile: borrowing Descriptor
    ) throws(AuditError) -> Place {
        var head = try readHead(folder, lockFile)
        var isSealing = false
        if case .seal = work { isSealing = head.number > 0 && !head.isSealed }
        if case .entry = work { isSealing = head.size >= segmentLimit && !head.isSealed }
        var written: Digest?
        for _ in 0..<32 {
            if head.isSealed {
                isSealing = try !startNextSegment(&head, folder, lockFile)
            }
            let log = try openLog(folder, isKnown: head.size > 0)
            if case .opening = work.afterSealing, !isSealing, head.size > 0 { return Place(head) }
            let size = try statusOfLog(log).size
            let walk = try catchUp(head, log, size: size, looking: written)
            if let walk {
                if walk.isSealed, walk.lacksLineEnd {
                    try write([0x0A], log, folder, isFirst: false)
                    continue
                }
                head.advance(to: walk)
                if walk.hasFoundSought {
                    try write(&head, lockFile)
                    return Place(head)
                }
                // Its writer died before the next segment began.
                if head.isSealed {
                    try write(&head, lockFile)
                    continue
                }
                if walk.isSealed { isSealing = true }
            }
            if let tear = walk?.openBreak, tear.isOpen, !tear.isForeign {
                head.tornEnd = size + 1
                try write(&head, lockFile)
            }
            var after = head
            var buffer = LineText(capacity: 2_048)
            try compose(isSealing ? .seal : work.afterSealing, walk, &after, &buffer)
            try write(buffer.bytes, log, folder, isFirst: head.size == 0)
            written = isSealing ? nil : after.hash
            // The head may only speak of bytes that are ours alone.
            guard try statusOfLog(log).size == size + buffer.bytes.count else { continue }
            after.size = size + buffer.bytes.count
            try write(&after, lockFile)
            if !isSealing { return Place(after) }
            head = after
        }
        throw AuditError(.writeFailed, logPath)
    }

    /// Reads what the log holds beyond the head; nil where it ends with the head's last record.
    func catchUp(
        _ head: Head, _ log: borrowing Descriptor, size: Int, looking: Digest?
    ) throws(AuditError) -> ChainWalk? {
        guard size >= head.size, try holdsRecord(of: head, log) else {
            throw AuditError(.logRegressed, logPath)
        }
        if size == head.size { return nil }
        do throws(SystemError) {
            var walk = ChainWalk(from: head)
            walk.sought = looking
            _ = try RawLines.read(log, from: head.size, to: size, into: &walk)
            return walk
        } catch {
            throw AuditError(.logUnusable, logPath, cause: error)
        }
    }

    /// Whether the record that the head knows as the last one ends where the head says.
    func holdsRecord(of head: Head, _ log: borrowing Descriptor) throws(AuditError) -> Bool {
        if head.size == 0 { return true }
        // 64 digits, `"}` and LF.
        guard head.size >= 67 else { return false }
        do throws(SystemError) {
            let end = try log.bytes(count: 67, at: head.size - 67)
            guard end.count == 67, end[66] == 0x0A else { return false }
            return end.withUnsafeBytes {
                Digest(hexadecimal: .init(rebasing: $0[..<64])) == head.hash
            }
        } catch {
            throw AuditError(.logUnusable, logPath, cause: error)
        }
    }

    /// The bytes to write, and the head as it stands once they are there.
    func compose(
        _ work: Work, _ walk: ChainWalk?, _ after: inout Head, _ buffer: inout LineText
    ) throws(AuditError) {
        guard after.number + 5 < Entry.greatestNumber else {
            throw AuditError(.chainFull, logPath)
        }
        let time = Clock.realtime
        if let walk, walk.lacksLineEnd { buffer.raw("\n") }
        var claim = LineText(capacity: 128)
        if let walk, var tear = walk.openBreak {
            if tear.isOpen { buffer.raw("\n") }
            after.frontier = walk.frontierWithTail
            claim.claim(on: &tear)
        }
        // The record right after a break commits to it: the segment's first where there is none.
        if after.size == 0 {
            add(Entry(opening: after, key: publishedKey, claim), time, &after, &buffer)
        } else if !claim.bytes.isEmpty {
            add(Entry(type: .chainGap, fields: claim.bytes), time, &after, &buffer)
        }
        switch work {
        case .opening: break
        case .entry(let entry):
            if let basis = entry.basis {
                if let known = after.policy, known != basis.digest {
                    let change = PolicyChangedRecord(from: known, to: basis)
                    add(change.entry(), time, &after, &buffer)
                }
                after.policy = basis.digest
            }
            add(entry, time, &after, &buffer)
        case .checkpoint(let key, let previous):
            let entry = Entry(checkpointing: after, key: key, previous: previous)
            add(entry, time, &after, &buffer)
        case .seal:
            add(Entry(sealing: after), time, &after, &buffer)
            after.isSealed = true
        }
        after.tornEnd = 0
    }

    private func add(
        _ entry: Entry, _ time: Clock.Nanoseconds, _ after: inout Head, _ buffer: inout LineText
    ) {
        let start = buffer.bytes.count
        after.number += 1
        after.hash = entry.write(
            number: after.number, time: time, previous: after.hash, to: &buffer)
        buffer.bytes.withUnsafeBytes { bytes in
            let line = UnsafeRawBufferPointer(rebasing: bytes[start..<bytes.count - 1])
            after.frontier.append(line: line)
        }
    }

    func write(
        _ bytes: [UInt8], _ log: borrowing Descriptor, _ folder: borrowing Descriptor,
        isFirst: Bool
    ) throws(AuditError) {
        do throws(SystemError) {
            // One write. What a full disk or a dying process leaves of it is a torn line, which
            // the next writer closes; completing it here could split it around somebody's bytes.
            guard try log.write(bytes) == bytes.count else {
                throw SystemError.shortWrite
            }
        } catch {
            throw AuditError(.writeFailed, logPath, cause: error)
        }
        guard durability == .disk else { return }
        do throws(SystemError) {
            try log.syncData()
            // A new log's name has to survive as well.
            if isFirst { try folder.sync() }
        } catch {
            throw AuditError(.syncFailed, logPath, cause: error)
        }
    }
}

extension AuditLog.Work {
    /// What is left to do in a new segment.
    fileprivate var afterSealing: AuditLog.Work {
        if case .seal = self { return .opening }
        return self
    }
}

extension AuditLog.Place {
    fileprivate init(_ head: Head) {
        chain = head.chain
        segment = head.segment
        number = head.number
        hash = head.hash
    }
}

extension Head {
    /// The head after the lines that belong to the chain.
    fileprivate mutating func advance(to walk: ChainWalk) {
        number = walk.number
        hash = walk.hash
        size = walk.size
        frontier = walk.frontierOfRecords
        if walk.openBreak == nil { tornEnd = 0 }
        isSealed = walk.isSealed && walk.openBreak == nil
    }
}

extension Entry {
    /// The first record of a segment, which may have to commit to a torn attempt at itself. One of
    /// a later segment holds the tree over all lines before, so that the segments from here on can
    /// be checked against a checkpoint without those before.
    fileprivate init(opening head: Head, key: String?, _ claim: LineText) {
        var line = LineText(capacity: 2_048)
        line.raw(",\"chain\":")
        line.string(head.chain.text, limit: 32)
        line.raw(",\"segment\":")
        line.number(head.segment)
        if head.segment > 1 {
            line.raw(",\"lines\":")
            line.number(head.frontier.count)
            line.raw(",\"tree\":\"")
            for node in head.frontier.nodes { node.appendHexadecimal(to: &line.bytes) }
            line.raw("\"")
        }
        line.surroundings(user: nil)
        line.raw(",\"mode\":\"file\"")
        if let key {
            line.raw(",\"key\":")
            line.string(key, limit: 256)
        }
        line.bytes.append(contentsOf: claim.bytes)
        self.init(type: .chainOpen, fields: line.bytes)
    }

    /// A record that a checkpoint is made: the tree before it, and what was signed last.
    fileprivate init(checkpointing head: Head, key: String, previous: String?) {
        var line = LineText(capacity: 1_024)
        line.surroundings(user: nil)
        line.raw(",\"lines\":")
        line.number(head.frontier.count)
        line.raw(",\"root\":\"")
        head.frontier.root.appendHexadecimal(to: &line.bytes)
        line.raw("\",\"key\":")
        line.string(key, limit: 256)
        if let previous {
            line.raw(",\"previous\":")
            line.string(previous, limit: 1_024)
        }
        self.init(type: .checkpoint, fields: line.bytes)
    }

    /// The last record of a segment.
    fileprivate init(sealing head: Head) {
        var line = LineText(capacity: 128)
        line.raw(",\"chain\":")
        line.string(head.chain.text, limit: 32)
        line.raw(",\"segment\":")
        line.number(head.segment)
        line.raw(",\"lines\":")
        line.number(head.frontier.count + 1)
        self.init(type: .chainSeal, fields: line.bytes)
    }
}

extension LineText {
    /// Appends the commitment to bytes which are no records; nothing may follow it in the fields.
    fileprivate mutating func claim(on tear: inout ChainWalk.Break) {
        raw(tear.isForeign ? ",\"foreign\":{\"bytes\":" : ",\"torn\":{\"bytes\":")
        number(tear.bytes)
        raw(",\"sha256\":\"")
        tear.hashing.finish().appendHexadecimal(to: &bytes)
        raw("\"}")
    }
}
