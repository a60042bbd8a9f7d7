// Segments. A chain is written to one file until that is long, then to the next; numbers and hashes
// run on. The last record of a segment seals it, the sealed file gets its number as a name, and the
// next segment opens with `chain.open`. Each step leaves a state that the next writer completes:
//
//     seal written          the walk over the log sees it, or the head says it
//     file renamed          the numbered file holds the head's last record
//     head moved on         a segment of size 0, so the log may be missing
//
// All of it happens under the lock, so two writers never rotate at once.

internal import Platform

extension AuditLog {
    /// The name of a sealed segment: `audit.000001.jsonl`, so that names sort in order.
    public static func sealedName(_ segment: UInt64) -> String {
        let digits = String(segment)
        return
            "audit.\(String(repeating: "0", count: max(0, 6 - digits.utf8.count)))\(digits).jsonl"
    }

    /// The number of a sealed segment by its name; nil for other names.
    public static func sealedSegment(_ name: String) -> UInt64? {
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let number = UInt64(String(Substring(parts[1]))), number > 0,
            sealedName(number).utf8.elementsEqual(name.utf8)
        else { return nil }
        return number
    }

    /// Renames the sealed segment, where a writer that died has not done so, and moves the head on.
    ///
    /// - Returns: false where bytes were added after the seal; then a gap record has to commit to
    ///   them and another seal has to follow.
    func startNextSegment(
        _ head: inout Head, _ folder: borrowing Descriptor, _ lockFile: borrowing Descriptor
    ) throws(AuditError) -> Bool {
        let name = AuditLog.sealedName(head.segment)
        if try isThere(name, folder) {
            let sealed = try openSealed(name, folder)
            guard try holdsRecord(of: head, sealed) else {
                throw AuditError(.logRegressed, logPath)
            }
        } else {
            let log = try openLog(folder, isKnown: true)
            let size = try statusOfLog(log).size
            guard size >= head.size, try holdsRecord(of: head, log) else {
                throw AuditError(.logRegressed, logPath)
            }
            if size > head.size {
                head.isSealed = false
                return false
            }
            try nameSealed(name, folder)
        }
        head.segment += 1
        head.size = 0
        head.tornEnd = 0
        head.isSealed = false
        try write(&head, lockFile)
        return true
    }

    private func isThere(_ name: String, _ folder: borrowing Descriptor) throws(AuditError) -> Bool
    {
        do throws(SystemError) {
            return try folder.status(of: name) != nil
        } catch {
            throw AuditError(.directoryUnusable, directory, cause: error)
        }
    }

    private func openSealed(
        _ name: String, _ folder: borrowing Descriptor
    ) throws(AuditError) -> Descriptor {
        do throws(SystemError) {
            return try folder.open(name: name, .reading)
        } catch {
            throw AuditError(.logUnusable, logPath, cause: error)
        }
    }

    private func nameSealed(_ name: String, _ folder: borrowing Descriptor) throws(AuditError) {
        do throws(SystemError) {
            try folder.rename(AuditLog.logName, to: name)
            if durability == .disk { try folder.sync() }
        } catch {
            throw AuditError(.logUnusable, logPath, cause: error)
        }
    }

    /// The key that records are signed with, as `chain.open` names it; nil where there is none yet.
    var publishedKey: String? {
        guard let file = try? WholeFile("\(directory)/\(AuditLog.keyName)", limit: 512) else {
            return nil
        }
        return String(decoding: file.bytes.filter { $0 > 0x20 }, as: UTF8.self)
    }

    /// The name of the file that holds the verification key.
    public static let keyName = "audit.vkey"
}

/// The files of a chain in a directory.
public struct ChainFiles: Sendable, Equatable {
    /// Sealed segments in order, then the one that is written to, where it is there.
    public struct Segment: Sendable, Equatable {
        /// The segment's number; nil for the one that is written to.
        public let sealed: UInt64?
        public let path: String
    }

    public let segments: [Segment]

    /// Lists a directory; a chain that has not begun has no segments.
    public init(directory: String) {
        var sealed: [UInt64] = []
        var isWritten = false
        for name in FilePath.names(in: directory) ?? [] {
            if let number = AuditLog.sealedSegment(name) { sealed.append(number) }
            if name.utf8.elementsEqual(AuditLog.logName.utf8) { isWritten = true }
        }
        sealed.sort()
        var segments = sealed.map {
            Segment(sealed: $0, path: "\(directory)/\(AuditLog.sealedName($0))")
        }
        if isWritten {
            segments.append(Segment(sealed: nil, path: "\(directory)/\(AuditLog.logName)"))
        }
        self.segments = segments
    }
}
