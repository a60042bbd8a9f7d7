// Appending to the chain. Nothing that a policy decides about runs before its record is on disk.
//
// Under one lock: read the head page, look whether the log ends where the head says, write one
// piece, wait for the disk, write the head. The log comes first. A process that dies in between
// leaves a log that is ahead of its head, and since its lines link on from the head's hash, the
// next writer knows them for ours and takes them in (ChainWalk.swift). What does not link on is
// committed to by a `chain.gap` record and never removed, so this works on an append-only file.
// A log that is behind its head has lost records: that is refused until a human looks.
// Append.swift holds the append itself, Rotation.swift the change to a new segment.

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
    /// Bytes after which the next record starts a new segment.
    public var segmentLimit = 64 << 20

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
        let place = try append(.entry(record.entry()))
        return Appended(number: place.number, id: record.id, hash: place.hash)
    }

    /// Makes sure that the chain has begun, and says which it is; for `install.json`.
    public func begin() throws(AuditError) -> ChainID { try append(.opening).chain }

    /// Seals the segment and starts the next one. A chain that has not begun begins.
    ///
    /// - Returns: the number of the segment that is now written to.
    @discardableResult
    public func rotate() throws(AuditError) -> UInt64 { try append(.seal).segment }

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
