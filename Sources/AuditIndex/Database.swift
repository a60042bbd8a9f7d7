// SQLite in the few calls that the index makes. Every call's code is looked at; statements are
// finalized and the database is closed when they go out of scope.

internal import CSQLite

/// Why the index could not be used.
public struct IndexError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// libsqlite3 is not on this machine.
        case missingLibrary
        /// The index does not fit its log, or is no index; it can be made anew.
        case stale
        case failed
    }

    public let kind: Kind
    /// What SQLite or the system said.
    public let reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

/// An open database.
final class Database {
    fileprivate let handle: OpaquePointer

    init(_ path: String) throws(IndexError) {
        guard csqlite_load() == 0 else {
            throw IndexError(.missingLibrary, "libsqlite3.so.0 is not on this machine")
        }
        var handle: OpaquePointer?
        // Sound: the path lives for the call; SQLite gives a handle even where it fails, for its
        // message, and it is closed then.
        let code = csqlite_open(path, &handle)
        guard let handle else { throw IndexError(.failed, "no memory") }
        guard code == 0 else {
            let reason = String(cString: csqlite_message(handle))
            _ = csqlite_close(handle)
            throw IndexError(.failed, "\(path): \(reason)")
        }
        self.handle = handle
    }

    deinit {
        // Sound: the handle is ours alone.
        _ = csqlite_close(handle)
    }

    func run(_ text: String) throws(IndexError) {
        // Sound: the text lives for the call.
        if csqlite_exec(handle, text) != 0 { throw failure() }
    }

    /// The number of the row that was inserted last.
    var lastRow: Int64 { csqlite_last_row(handle) }

    /// What stands in the first row's only column, or nil where there is no row.
    func integer(_ text: String) throws(IndexError) -> Int64? {
        let statement = try Statement(self, text)
        return try statement.next() ? statement.integer(0) : nil
    }

    /// SQLite's last complaint. A file that is no database, or another one, can be made anew.
    func failure() -> IndexError {
        // Sound: the message lives until the next call on this handle.
        IndexError(.stale, String(cString: csqlite_message(handle)))
    }
}

/// A prepared statement.
final class Statement {
    private let handle: OpaquePointer
    private let database: Database

    init(_ database: Database, _ text: String) throws(IndexError) {
        var handle: OpaquePointer?
        // Sound: the text lives for the call.
        guard csqlite_prepare(database.handle, text, &handle) == 0, let handle else {
            throw database.failure()
        }
        self.handle = handle
        self.database = database
    }

    deinit {
        // Sound: the handle is ours alone, and the database is still open.
        _ = csqlite_finalize(handle)
    }

    /// Binds a text to the place, counted from 1; nil is NULL.
    func bind(_ text: String?, at place: Int32) throws(IndexError) {
        var text = text
        // Sound: SQLite copies the bytes before it returns.
        let code =
            text?.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    csqlite_bind_text(handle, place, $0.baseAddress, Int32($0.count))
                }
            } ?? csqlite_bind_null(handle, place)
        if code != 0 { throw database.failure() }
    }

    func bind(_ value: Int64, at place: Int32) throws(IndexError) {
        if csqlite_bind_integer(handle, place, value) != 0 { throw database.failure() }
    }

    /// Runs a statement without rows, and makes it ready for the next values.
    func run() throws(IndexError) {
        let code = csqlite_step(handle)
        _ = csqlite_reset(handle)
        if code != Int32(CSQLITE_DONE) { throw database.failure() }
    }

    /// Whether there is another row.
    func next() throws(IndexError) -> Bool {
        switch csqlite_step(handle) {
        case Int32(CSQLITE_ROW): return true
        case Int32(CSQLITE_DONE): return false
        default: throw database.failure()
        }
    }

    func integer(_ column: Int32) -> Int64 { csqlite_integer(handle, column) }

    func text(_ column: Int32) -> String {
        // Sound: the text lives until the next call on this statement, and is copied here.
        csqlite_text(handle, column).map { String(cString: $0) } ?? ""
    }
}
