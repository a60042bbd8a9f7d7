// The log's files and what they have to be: plain files of ours with one name, writable by us
// alone, in a directory that is ours. Anything else was planted, and nothing is written to it.
// What is missing is made only where no chain is known; a known chain never starts again here.

internal import Platform

extension AuditLog {
    /// Opens the directory, and makes it where only its last component is missing.
    func openDirectory() throws(AuditError) -> Descriptor {
        do throws(SystemError) {
            let folder = try openOrMakeDirectory()
            let status = try folder.status()
            if status.owner == effectiveUser, status.mode & 0o022 == 0 { return folder }
        } catch {
            throw AuditError(.directoryUnusable, directory, cause: error)
        }
        throw AuditError(.directoryUnusable, directory)
    }

    private func openOrMakeDirectory() throws(SystemError) -> Descriptor {
        do throws(SystemError) {
            return try Descriptor.open(directory, .directory)
        } catch {
            // Where a chain is known, its directory does not come back empty.
            guard error.isAbsence, known == nil else { throw error }
        }
        try makeDirectory(directory)
        return try Descriptor.open(directory, .directory)
    }

    /// Opens the lock file and waits for its lock.
    func lock(in folder: borrowing Descriptor) throws(AuditError) -> Descriptor {
        let deadline = Clock.monotonic + patience
        while true {
            do throws(SystemError) {
                let access: Descriptor.Access = known == nil ? .updating.creating : .updating
                let file = try folder.open(name: AuditLog.lockName, access)
                let status = try file.status()
                if !isOurs(status) { throw SystemError.notOurs }
                guard try file.lock(.exclusive, deadline: deadline) else { break }
                // A file that was renamed or replaced meanwhile guards nothing.
                if let now = try folder.status(of: AuditLog.lockName), now.isSameFile(as: status) {
                    return file
                }
            } catch {
                if error.isAbsence { throw AuditError(.headMissing, lockPath, cause: error) }
                throw AuditError(.lockUnusable, lockPath, cause: error)
            }
            if Clock.monotonic >= deadline { break }
        }
        throw AuditError(.lockTimeout, lockPath)
    }

    /// Opens the log for appending.
    func openLog(
        _ folder: borrowing Descriptor, isKnown: Bool
    ) throws(AuditError) -> Descriptor {
        do throws(SystemError) {
            let access: Descriptor.Access = isKnown ? .appending : .appending.creating
            return try folder.open(name: AuditLog.logName, access)
        } catch {
            if error.isAbsence { throw AuditError(.logMissing, logPath, cause: error) }
            throw AuditError(.logUnusable, logPath, cause: error)
        }
    }

    /// What the log is now; it has to be a plain file of ours.
    func statusOfLog(_ log: borrowing Descriptor) throws(AuditError) -> FileStatus {
        do throws(SystemError) {
            let status = try log.status()
            if isOurs(status) { return status }
        } catch {
            throw AuditError(.logUnusable, logPath, cause: error)
        }
        throw AuditError(.logUnusable, logPath)
    }

    /// Reads the head, or makes that of a new chain where there is neither head nor log.
    func readHead(
        _ folder: borrowing Descriptor, _ lockFile: borrowing Descriptor
    ) throws(AuditError) -> Head {
        switch try page(lockFile) {
        case .head(let head):
            if let known, known != head.chain { throw AuditError(.chainChanged, lockPath) }
            return head
        case .damaged:
            throw AuditError(.headDamaged, lockPath)
        case .absent:
            return try newHead(folder, lockFile)
        }
    }

    private func page(_ lockFile: borrowing Descriptor) throws(AuditError) -> Head.Page {
        do throws(SystemError) {
            return Head.read(try lockFile.bytes(count: Head.pageSize, at: 0))
        } catch {
            throw AuditError(.lockUnusable, lockPath, cause: error)
        }
    }

    /// The head is on the disk before the log has its first byte, so that a log without a head is
    /// never our own unfinished work.
    private func newHead(
        _ folder: borrowing Descriptor, _ lockFile: borrowing Descriptor
    ) throws(AuditError) -> Head {
        do throws(SystemError) {
            if let log = try folder.status(of: AuditLog.logName), log.kind == .regular, log.size > 0
            {
                throw SystemError.absent(AuditLog.lockName)
            }
            if known != nil { throw SystemError.absent(AuditLog.logName) }
            var head = Head(chain: try ChainID())
            let slot = head.next()
            var page = [UInt8](repeating: 0, count: Head.pageSize)
            page.replaceSubrange(slot.offset..<slot.offset + slot.bytes.count, with: slot.bytes)
            try lockFile.write(page, at: 0)
            if durability == .disk {
                try lockFile.sync()
                try folder.sync()
            }
            return head
        } catch {
            if error.isAbsence { throw AuditError(.headMissing, lockPath, cause: error) }
            throw AuditError(.headNotWritten, lockPath, cause: error)
        }
    }

    /// Writes the head, in the slot that the last one is not in.
    func write(_ head: inout Head, _ lockFile: borrowing Descriptor) throws(AuditError) {
        let slot = head.next()
        do throws(SystemError) {
            try lockFile.write(slot.bytes, at: slot.offset)
        } catch {
            throw AuditError(.headNotWritten, lockPath, cause: error)
        }
    }

    private func isOurs(_ status: FileStatus) -> Bool {
        status.kind == .regular && status.links == 1 && status.owner == effectiveUser
            && status.mode & 0o022 == 0
    }
}
