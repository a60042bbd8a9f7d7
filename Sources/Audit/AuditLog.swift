// Appending to the chain. Nothing that a policy decides about runs before its record is on disk.
//
// Under one lock: read the head page, look whether the log ends where the head says, write one
// piece, wait for the disk, write the head. The log comes first. A process that dies in between
// leaves a log that is ahead of its head, and since its lines link on from the head's hash, the
// next writer knows them for ours and takes them in (ChainWalk.swift). What does not link on is
// committed to by a `chain.gap` record and never removed, so this works on an append-only file.
// A log that is behind its head has lost records: that is refused until a human looks.

public import Platform

/// A chain of records in a directory.
public struct AuditLog: Sendable {
    /// The log's name in its directory.
    public static let logName = "audit.jsonl"
    /// The name of the file that holds lock and head.
    public static let lockName = "audit.jsonl.lock"

    /// How far a record has to get before the tool may run.
    public enum Durability: Sendable {
        /// Confirmed by the disk: it survives a power cut.
        case disk
        /// Taken by the kernel: it survives our death, not the machine's.
        case kernel
    }

    public let directory: String
    /// The chain that the installation knows; a missing or different one is then refused.
    public let known: ChainID?
    public let durability: Durability
    /// How long another writer may hold the lock.
    public var patience: Clock.Nanoseconds = 10_000_000_000

    /// Names a log. Nothing is opened before a record is appended.
    ///
    /// - Parameter directory: absolute path; a missing last component is made, for us only.
    public init(directory: String, known: ChainID? = nil, durability: Durability = .disk) {
        self.directory = directory
        self.known = known
        self.durability = durability
    }

    /// Appends a decision or an approval request.
    @discardableResult
    public func append(_ record: DecisionRecord) throws(AuditError) -> Appended {
        let place = try append(record.entry())
        return Appended(number: place.number, id: record.id, hash: place.hash)
    }

    /// Appends how a supervised tool ended.
    @discardableResult
    public func append(_ record: OutcomeRecord) throws(AuditError) -> Appended {
        let place = try append(record.entry())
        return Appended(number: place.number, id: record.ref, hash: place.hash)
    }

    /// Makes sure that the chain has begun, and says which it is; for `install.json`.
    public func begin() throws(AuditError) -> ChainID { try append(nil).chain }

    var logPath: String { "\(directory)/\(AuditLog.logName)" }
    var lockPath: String { "\(directory)/\(AuditLog.lockName)" }
}

/// Where a record stands.
public struct Appended: Sendable, Equatable {
    /// The record's `seq`.
    public let number: UInt64
    /// The record's `id`; for an outcome, that of its decision.
    public let id: RecordID
    public let hash: Digest
}

extension AuditLog {
    struct Place {
        var chain: ChainID
        var number: UInt64
        var hash: Digest
    }

    /// Appends one entry, or only opens the chain where there is none to append.
    func append(_ entry: Entry?) throws(AuditError) -> Place {
        if let entry, entry.fields.count > Entry.longestFields {
            throw AuditError(.recordTooLong, logPath)
        }
        let folder = try openDirectory()
        let lockFile = try lock(in: folder)
        let hold = SignalHold()
        do throws(AuditError) {
            let place = try appendLocked(entry, folder, lockFile)
            hold.restore()
            return place
        } catch {
            hold.restore()
            throw error
        }
    }

    private func appendLocked(
        _ entry: Entry?, _ folder: borrowing Descriptor, _ lockFile: borrowing Descriptor
    ) throws(AuditError) -> Place {
        var head = try readHead(folder, lockFile)
        let log = try openLog(folder, isKnown: head.number > 0)
        if entry == nil, head.number > 0 {
            return Place(chain: head.chain, number: head.number, hash: head.hash)
        }
        var written: Digest?
        // Writers that do not lock can slip a line in before ours; then we look again, so that
        // ours is never behind a line that no record commits to.
        for _ in 0..<32 {
            let size = try statusOfLog(log).size
            let walk = try catchUp(head, log, size: size, looking: written)
            if let walk { head.advance(to: walk) }
            if let walk, walk.hasFoundSought {
                try write(&head, lockFile)
                return Place(chain: head.chain, number: head.number, hash: written ?? head.hash)
            }
            if let tear = walk?.openBreak, tear.isOpen, !tear.isForeign {
                head.tornEnd = size + 1
                try write(&head, lockFile)
            }
            var after = head
            var buffer = LineText(capacity: 1_024 + (entry?.fields.count ?? 0))
            try compose(entry, walk, &after, &buffer)
            try write(buffer.bytes, log, folder, isFirst: head.number == 0)
            written = after.hash
            // The head may only speak of bytes that are ours alone.
            if try statusOfLog(log).size == size + buffer.bytes.count {
                after.size = size + buffer.bytes.count
                try write(&after, lockFile)
                return Place(chain: after.chain, number: after.number, hash: after.hash)
            }
        }
        throw AuditError(.writeFailed, logPath)
    }

    /// Reads what the log holds beyond the head; nil where it ends with the head's last record.
    private func catchUp(
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
    private func holdsRecord(
        of head: Head, _ log: borrowing Descriptor
    ) throws(AuditError) -> Bool {
        if head.number == 0 { return true }
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
    private func compose(
        _ entry: Entry?, _ walk: ChainWalk?, _ after: inout Head, _ buffer: inout LineText
    ) throws(AuditError) {
        guard after.number + 3 < Entry.greatestNumber else {
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
        // The record right after a break commits to it: the chain's first one where there is none.
        if after.number == 0 {
            add(Entry(opening: after, claim), time, &after, &buffer)
        } else if !claim.bytes.isEmpty {
            add(Entry(type: .chainGap, fields: claim.bytes), time, &after, &buffer)
        }
        if let entry { add(entry, time, &after, &buffer) }
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

    private func write(
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

extension Head {
    /// The head after the lines that belong to the chain.
    fileprivate mutating func advance(to walk: ChainWalk) {
        number = walk.number
        hash = walk.hash
        size = walk.size
        frontier = walk.frontierOfRecords
        if walk.openBreak == nil { tornEnd = 0 }
    }
}

extension Entry {
    /// The first record of a chain, which may have to commit to a torn attempt at itself.
    fileprivate init(opening head: Head, _ claim: LineText) {
        var line = LineText(capacity: 256)
        line.raw(",\"chain\":")
        line.string(head.chain.text, limit: 32)
        line.raw(",\"segment\":")
        line.number(head.segment)
        line.surroundings(user: nil)
        line.raw(",\"mode\":\"file\"")
        line.bytes.append(contentsOf: claim.bytes)
        self.init(type: .chainOpen, fields: line.bytes)
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
