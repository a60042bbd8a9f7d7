// Why a record could not be written. Each of these means exit 74 and that nothing ran.
// The set is closed, callers decide by its code, and the text is for people only. It names no
// path, because paths are shown by whoever escapes them.

public import Platform

/// A failure of the audit trail.
public struct AuditError: Error, Sendable {
    public enum Code: Sendable, Equatable, CaseIterable {
        /// The state directory is absent, not ours, or writable by others.
        case directoryUnusable
        /// The lock file is not a plain file of ours.
        case lockUnusable
        /// Somebody held the lock for the whole time allowed.
        case lockTimeout
        /// The log is not a plain file of ours.
        case logUnusable
        /// There is a log, and the head that belongs to it is gone.
        case headMissing
        /// The head page cannot be read as one.
        case headDamaged
        /// A chain is known, and its log is gone.
        case logMissing
        /// The log ends before the record that the head knows, or holds another one there.
        case logRegressed
        /// The chain is not the one that the installation knows.
        case chainChanged
        /// The chain has reached the greatest sequence number.
        case chainFull
        /// The record did not reach the file whole.
        case writeFailed
        /// The record reached the file, and the disk did not confirm it.
        case syncFailed
        /// The head page could not be written.
        case headNotWritten
        /// The kernel gave no random bytes.
        case noRandomness
        /// The record does not fit a line.
        case recordTooLong
    }

    public let code: Code
    /// The file or directory concerned.
    public let path: String
    /// The system call behind it, where one failed.
    public let cause: SystemError?

    init(_ code: Code, _ path: String, cause: SystemError? = nil) {
        self.code = code
        self.path = path
        self.cause = cause
    }

    /// Whether a human has to run `audit reopen` before anything is recorded again.
    public var needsReopen: Bool {
        switch code {
        case .headMissing, .headDamaged, .logMissing, .logRegressed, .chainChanged, .chainFull:
            true
        case .directoryUnusable, .lockUnusable, .lockTimeout, .logUnusable, .writeFailed,
            .syncFailed, .headNotWritten, .noRandomness, .recordTooLong:
            false
        }
    }
}

extension AuditError: CustomStringConvertible {
    /// One clause, without the path's text: paths are shown by whoever escapes them.
    public var description: String {
        let statement =
            switch code {
            case .directoryUnusable: "the audit directory is not ours alone"
            case .lockUnusable: "the audit lock is not a plain file of ours"
            case .lockTimeout: "the audit lock stayed busy"
            case .logUnusable: "the audit log is not a plain file of ours"
            case .headMissing: "the audit log has lost its head page"
            case .headDamaged: "the audit head page is damaged"
            case .logMissing: "the audit log is gone"
            case .logRegressed: "the audit log ends before its last known record"
            case .chainChanged: "the audit log is not the installed chain"
            case .chainFull: "the audit chain is full"
            case .writeFailed: "the audit record could not be written"
            case .syncFailed: "the audit record could not be made durable"
            case .headNotWritten: "the audit head page could not be written"
            case .noRandomness: "the kernel gave no random bytes"
            case .recordTooLong: "the audit record does not fit a line"
            }
        guard let cause else { return statement }
        return "\(statement) (\(cause.call): \(cause.reason))"
    }
}
