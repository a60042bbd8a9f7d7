// Starting a new chain where the old one cannot go on: its log or head is gone, cut or another one.
// Only a person does this. Nothing is thrown away: all files of the old chain are moved into a
// directory of their own, and the new chain's second record names the old head and says why.
//
// Each step leaves a state that appends refuse until the last one: the old head page, or one that is
// none, stands in the lock file while files are moved, and the new page is written after the log.
// Whoever is interrupted runs it again.

internal import Platform

/// What a reopening did.
public struct Reopened: Sendable {
    /// The new chain.
    public let chain: ChainID
    /// Where the old chain's files are now; nil where there were none.
    public let closed: String?
}

extension AuditLog {
    /// Why the chain cannot go on; nil where it can. Writes nothing.
    public func trouble() -> AuditError? {
        do throws(AuditError) {
            let folder = try openDirectory()
            let lockFile = try lock(in: folder)
            let head = try readHead(folder, lockFile)
            if head.isSealed { return nil }
            let log = try openLog(folder, isKnown: head.size > 0)
            _ = try catchUp(head, log, size: statusOfLog(log).size, looking: nil)
            if head.number + 4 >= Entry.greatestNumber { throw AuditError(.chainFull, logPath) }
            return nil
        } catch {
            return error
        }
    }

    /// Moves what there is aside and starts a new chain that names it.
    ///
    /// - Parameters:
    ///   - reason: a person's words.
    ///   - makesKey: whether the new chain gets a signing key of its own.
    public func reopen(
        reason: String, makingKey makesKey: Bool = true
    ) throws(CheckpointError) -> Reopened {
        var open = AuditLog(directory: directory, durability: durability)
        open.patience = patience
        let hold = SignalHold()
        do throws(CheckpointError) {
            let old = OldChain(
                state: trouble().map { "\($0.code)" } ?? "sound",
                verification: Verifier.verify(directory: directory))
            let reopened = try open.reopenLocked(reason, old, makesKey: makesKey)
            hold.restore()
            return reopened
        } catch {
            hold.restore()
            throw error
        }
    }

    private func reopenLocked(
        _ reason: String, _ found: OldChain, makesKey: Bool
    ) throws(CheckpointError) -> Reopened {
        let folder = try noting { () throws(AuditError) in try openDirectory() }
        let lockFile = try noting { () throws(AuditError) in try lock(in: folder) }
        var old = found
        do throws(SystemError) {
            let page = try lockFile.bytes(count: Head.pageSize, at: 0)
            if case .head(let head) = Head.read(page) { old.head = head }
            // From here on nothing can be appended before the new page is there.
            if old.head == nil {
                try lockFile.write(AuditLog.closedPage, at: 0)
                try lockFile.sync()
            }
            old.place = try moveAside(folder, page, old.head?.chain)
        } catch {
            throw .notWritten(error)
        }
        let chain: ChainID
        do throws(SystemError) { chain = try ChainID() } catch { throw .notWritten(error) }
        if makesKey { _ = try SigningKey.make(for: chain, in: directory) }
        try start(chain, after: old, reason, folder, lockFile)
        return Reopened(chain: chain, closed: old.place.map { "\(directory)/\($0)" })
    }

    /// What is known of the chain that ends.
    private struct OldChain {
        var state: String
        var head: Head?
        var verification: Verification
        /// The name of the directory that holds its files.
        var place: String?
    }

    /// A page that is none.
    private static let closedPage = Array("SGCLOSED".utf8) + [UInt8](repeating: 0, count: 4_088)

    private func moveAside(
        _ folder: borrowing Descriptor, _ page: [UInt8], _ chain: ChainID?
    ) throws(SystemError) -> String? {
        var names: [String] = []
        for name in FilePath.names(in: directory) ?? [] {
            let isMoved =
                name.utf8.starts(with: "audit.".utf8)
                && !name.utf8.elementsEqual(AuditLog.lockName.utf8)
            if isMoved { names.append(name) }
        }
        if names.isEmpty, chain == nil { return nil }
        var place = "closed-\(chain?.text ?? "unknown")"
        var attempt = 1
        while try folder.status(of: place) != nil {
            attempt += 1
            place = "closed-\(chain?.text ?? "unknown")-\(attempt)"
        }
        try makeDirectory("\(directory)/\(place)")
        let closed = try folder.open(name: place, .directory)
        let copy = try closed.open(name: AuditLog.lockName, .updating.creating)
        try copy.write(page, at: 0)
        try copy.sync()
        for name in names { try folder.move(name, into: closed, as: name) }
        try closed.sync()
        try folder.sync()
        return place
    }

    private func start(
        _ chain: ChainID, after old: OldChain, _ reason: String, _ folder: borrowing Descriptor,
        _ lockFile: borrowing Descriptor
    ) throws(CheckpointError) {
        var head = Head(chain: chain)
        let entry = AuditLog.entry(closing: old, reason)
        do throws(AuditError) {
            let log = try openLog(folder, isKnown: false)
            guard try statusOfLog(log).size == 0 else { throw AuditError(.logUnusable, logPath) }
            var buffer = LineText(capacity: 4_096)
            try compose(.entry(entry), nil, &head, &buffer)
            try write(buffer.bytes, log, folder, isFirst: true)
            head.size = buffer.bytes.count
        } catch {
            throw .notRecorded(error)
        }
        let slot = head.next()
        var page = [UInt8](repeating: 0, count: Head.pageSize)
        page.replaceSubrange(slot.offset..<slot.offset + slot.bytes.count, with: slot.bytes)
        do throws(SystemError) {
            try lockFile.write(page, at: 0)
            try lockFile.sync()
        } catch {
            throw .notWritten(error)
        }
    }

    private static func entry(closing old: OldChain, _ reason: String) -> Entry {
        var cut: [String] = []
        var line = LineText(capacity: 2_048)
        line.surroundings(user: nil)
        line.field(",\"reason\":", reason, 640, &cut)
        line.raw(",\"closed\":{\"state\":")
        line.string(old.state, limit: 64)
        if let head = old.head {
            line.field(",\"chain\":", head.chain.text, 32, &cut)
            line.raw(",\"seq\":")
            line.number(head.number)
            line.field(",\"hash\":", head.hash.hexadecimal, 64, &cut)
        }
        line.field(",\"directory\":", old.place, 96, &cut)
        let found = old.verification
        line.field(",\"verdict\":", found.summary, 200, &cut)
        line.raw(",\"lastSeq\":")
        line.number(found.lastNumber)
        line.field(",\"lastHash\":", found.lastHash.hexadecimal, 64, &cut)
        line.raw("}")
        return Entry(type: .chainReopen, fields: line.bytes)
    }
}
