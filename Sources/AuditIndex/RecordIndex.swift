// An index of a chain, beside it: where each record stands, and the members that people ask for. It is
// a cache. Lines are always read from the log and asked again whether they meet the conditions, so an
// index that was tampered with can hide a record from `list --indexed` but show nothing that is not
// there; `verify` does not know that it exists. It can be deleted at any time.
//
// A segment is known by the hash of its first record, so it stays the same one when it is renamed. It
// was indexed up to a place, and the record that ends there has to be there still; if it is not, or
// SQLite complains, the index is made anew.

internal import Audit
public import AuditReading
internal import Platform

/// The index of the chain in a directory.
public struct RecordIndex {
    /// The file's name, beside the log.
    public static let name = "audit.index.sqlite"
    private static let version: Int64 = 1

    private let directory: String
    private var path: String { "\(directory)/\(RecordIndex.name)" }

    public init(directory: String) { self.directory = directory }

    /// Takes in what the log has beyond the index; from the start where there is none, or where it
    /// does not fit.
    ///
    /// - Returns: how many records are in it now.
    @discardableResult
    public func update(anew: Bool = false) throws(IndexError) -> Int {
        if anew { try remove() }
        do throws(IndexError) {
            return try bringForward()
        } catch {
            guard error.kind == .stale, !anew else { throw error }
        }
        try remove()
        return try bringForward()
    }

    /// Gives the lines of the wanted records to `body`, in the log's order, until it says false.
    public func lines(
        _ query: RecordQuery, last: Int? = nil, _ body: ([UInt8]) -> Bool
    ) throws(IndexError) {
        try update()
        var isUntouched = true
        let counting = { (line: [UInt8]) in
            isUntouched = false
            return body(line)
        }
        do throws(IndexError) {
            return try lookUp(query, last: last, counting)
        } catch {
            guard error.kind == .stale else { throw error }
        }
        try update(anew: true)
        // What was shown would be shown twice.
        guard isUntouched else { throw IndexError(.failed, "the index was wrong: ask again") }
        try lookUp(query, last: last, body)
    }

    // --- keeping it -------------------------------------------------------------------------

    private func remove() throws(IndexError) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            do { try DirectoryEntry.remove(path + suffix) } catch {
                throw IndexError(.failed, "\(path): \(error.reason)")
            }
        }
    }

    private func open() throws(IndexError) -> Database {
        // Made by us first, so that it is for the owner only whatever the umask is.
        do { _ = try Descriptor.open(path, .updating.creating) } catch {
            throw IndexError(.failed, "\(path): \(error.reason)")
        }
        let database = try Database(path)
        // It can be made anew, so it waits for no disk.
        try database.run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        let version = try database.integer("PRAGMA user_version")
        if version == RecordIndex.version { return database }
        if version != 0 { throw IndexError(.stale, "made by another version") }
        try database.run(RecordIndex.schema)
        return database
    }

    private static let schema = """
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS segment (
            id INTEGER PRIMARY KEY, first TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
            place INTEGER NOT NULL, indexed INTEGER NOT NULL, last TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS record (
            id INTEGER PRIMARY KEY, segment INTEGER NOT NULL, start INTEGER NOT NULL,
            length INTEGER NOT NULL, seq INTEGER NOT NULL, time TEXT, type TEXT, effect TEXT,
            operation TEXT, tool TEXT, rule TEXT, agent TEXT, task TEXT, session TEXT,
            lost INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS package (name TEXT NOT NULL, record INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS record_time ON record (time);
        CREATE INDEX IF NOT EXISTS record_effect ON record (effect);
        CREATE INDEX IF NOT EXISTS record_tool ON record (tool);
        CREATE INDEX IF NOT EXISTS record_rule ON record (rule);
        CREATE INDEX IF NOT EXISTS record_agent ON record (agent, task);
        CREATE INDEX IF NOT EXISTS package_name ON package (name);
        PRAGMA user_version = 1;
        COMMIT;
        """

    private func bringForward() throws(IndexError) -> Int {
        let database = try open()
        try database.run("BEGIN IMMEDIATE")
        let segments = ChainFiles(directory: directory).segments
        var kept: [String] = []
        for (place, segment) in segments.enumerated() {
            guard let first = firstHash(segment.path) else { continue }
            kept.append("'\(first)'")
            try take(segment.path, first: first, place: place, database)
        }
        // Pruned segments; the hashes are hexadecimal digits.
        let gone =
            "segment NOT IN (SELECT id FROM segment WHERE first IN (\(kept.joined(separator: ","))))"
        try database.run(
            """
            DELETE FROM package WHERE record IN (SELECT id FROM record WHERE \(gone));
            DELETE FROM record WHERE \(gone);
            DELETE FROM segment WHERE first NOT IN (\(kept.joined(separator: ",")));
            COMMIT
            """)
        return Int(try database.integer("SELECT count(*) FROM record") ?? 0)
    }

    /// The hash of a file's first record.
    private func firstHash(_ path: String) -> String? {
        var hash: String?
        _ = try? LogLines.read(path) { line in
            hash = line.isEnded ? line.hash : nil
            return false
        }
        return hash
    }

    private func take(
        _ path: String, first: String, place: Int, _ database: Database
    ) throws(IndexError) {
        let known = try Statement(
            database, "SELECT id, indexed, last FROM segment WHERE first = ?")
        try known.bind(first, at: 1)
        var start = 0
        if try known.next() {
            start = Int(known.integer(1))
            guard endsWithRecord(known.text(2), path, at: start) else {
                throw IndexError(.stale, "\(path) is another file")
            }
        } else {
            let new = try Statement(
                database,
                "INSERT INTO segment (first, path, place, indexed, last) VALUES (?, '', 0, 0, '')")
            try new.bind(first, at: 1)
            try new.run()
        }
        let segment = try Statement(database, "SELECT id FROM segment WHERE first = ?")
        try segment.bind(first, at: 1)
        guard try segment.next() else { throw database.failure() }
        let end = try takeRecords(path, from: start, segment: segment.integer(0), database)
        let update = try Statement(
            database,
            """
            UPDATE segment SET path = ?1, place = ?2, indexed = max(indexed, ?3),
                last = CASE WHEN ?4 = '' THEN last ELSE ?4 END WHERE first = ?5
            """)
        try update.bind(path, at: 1)
        try update.bind(Int64(place), at: 2)
        try update.bind(Int64(end?.place ?? 0), at: 3)
        try update.bind(end?.hash ?? "", at: 4)
        try update.bind(first, at: 5)
        try update.run()
    }

    /// - Returns: where the last record ends with its LF, and its hash; nil where there was none.
    private func takeRecords(
        _ path: String, from start: Int, segment: Int64, _ database: Database
    ) throws(IndexError) -> (place: Int, hash: String)? {
        let insertion = try RecordInsertion(database, segment: segment)
        var end: (Int, String)?
        var failure: IndexError?
        do throws(SystemError) {
            _ = try LogLines.read(path, from: start) { line in
                guard line.isEnded, let hash = line.hash, let record = LogRecord(line.copy) else {
                    return true
                }
                do throws(IndexError) {
                    try insertion.add(record, start: line.offset, length: line.bytes.count)
                } catch {
                    failure = error
                    return false
                }
                end = (line.offset + line.bytes.count + 1, hash)
                return true
            }
        } catch {
            throw IndexError(.failed, "\(path): \(error.reason)")
        }
        if let failure { throw failure }
        return end
    }

    /// Whether a record with this hash ends at the place: 64 digits, `"}` and LF.
    private func endsWithRecord(_ hash: String, _ path: String, at place: Int) -> Bool {
        if place == 0 { return true }
        guard place > 67, let file = try? Descriptor.open(path, .reading),
            let end = try? file.bytes(count: 67, at: place - 67)
        else { return false }
        return end == Array(hash.utf8) + [0x22, 0x7D, 0x0A]
    }

    // --- asking it --------------------------------------------------------------------------

    private func lookUp(
        _ query: RecordQuery, last: Int?, _ body: ([UInt8]) -> Bool
    ) throws(IndexError) {
        let database = try Database(path)
        let (condition, values) = query.condition
        let statement = try Statement(
            database,
            """
            SELECT path, start, length FROM (
                SELECT s.path AS path, r.start AS start, r.length AS length, s.place AS place
                FROM record r JOIN segment s ON s.id = r.segment WHERE \(condition)
                ORDER BY s.place DESC, r.start DESC LIMIT \(last ?? -1))
            ORDER BY place, start
            """)
        for (place, value) in values.enumerated() {
            try statement.bind(value, at: Int32(place + 1))
        }
        let filter = RecordFilter(query)
        var opened = ""
        var file: Descriptor?
        while try statement.next() {
            let path = statement.text(0)
            do throws(SystemError) {
                if !path.utf8.elementsEqual(opened.utf8) { file = try .open(path, .reading) }
                opened = path
                let line =
                    try file?.bytes(
                        count: Int(statement.integer(2)), at: Int(statement.integer(1))) ?? []
                guard line.withUnsafeBytes({ filter.record(in: $0) }) != nil else {
                    throw SystemError("read", errno: 5, path: path)
                }
                if !body(line) { return }
            } catch {
                throw IndexError(.stale, "\(path) is not what was indexed")
            }
        }
    }
}

/// Puts records into the index.
private struct RecordInsertion {
    private let record: Statement
    private let package: Statement
    private let database: Database
    private let segment: Int64

    init(_ database: Database, segment: Int64) throws(IndexError) {
        self.database = database
        self.segment = segment
        record = try Statement(
            database,
            """
            INSERT INTO record (segment, start, length, seq, lost, time, type, effect, operation,
                tool, rule, agent, task, session) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        package = try Statement(database, "INSERT INTO package (name, record) VALUES (?, ?)")
    }

    func add(_ line: LogRecord, start: Int, length: Int) throws(IndexError) {
        let isLost = line.packages.contains(where: \.isNotFound)
        for (place, value) in [
            segment, Int64(start), Int64(length), Int64(line.number), isLost ? 1 : 0,
        ].enumerated() {
            try record.bind(value, at: Int32(place + 1))
        }
        let texts = [
            line.time, line.type, line.text("effect"), line.text("operation"), line.text("tool"),
            line.text("rule"), line.text("agent.name"), line.text("agent.task"),
            line.text("agent.session"),
        ]
        for (place, text) in texts.enumerated() { try record.bind(text, at: Int32(place + 6)) }
        try record.run()
        let id = database.lastRow
        for name in Set(line.packageNames) {
            try package.bind(name, at: 1)
            try package.bind(id, at: 2)
            try package.run()
        }
    }
}

extension RecordQuery {
    /// The query as a WHERE clause and the texts that belong to its question marks, which are a
    /// wider choice at most: every line is asked again.
    fileprivate var condition: (text: String, values: [String]) {
        var parts: [String] = ["1"]
        var values: [String] = []
        for member in members {
            guard let column = RecordQuery.columns.first(where: { $0 == member.name }) else {
                continue
            }
            parts.append(
                "("
                    + member.patterns.map { RecordQuery.comparison("r.\(column)", $0) }
                    .joined(separator: " OR ") + ")")
            values += member.patterns.map(RecordQuery.glob)
        }
        if !packages.isEmpty {
            let names = packages.map { RecordQuery.comparison("name", $0) }
                .joined(separator: " OR ")
            parts.append("r.id IN (SELECT record FROM package WHERE \(names))")
            values += packages.map(RecordQuery.glob)
        }
        if wantsNotFound { parts.append("r.lost") }
        if let since {
            parts.append("r.time >= ?")
            values.append(since.text)
        }
        if let until {
            parts.append("r.time < ?")
            values.append(until.text)
        }
        return (parts.joined(separator: " AND "), values)
    }

    private static let columns = [
        "effect", "operation", "tool", "rule", "agent", "task", "session", "type",
    ]

    private static func isPattern(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }

    private static func comparison(_ column: String, _ pattern: String) -> String {
        isPattern(pattern) ? "\(column) GLOB ?" : "\(column) = ?"
    }

    /// GLOB gives `[` a meaning that our patterns do not know (sqlite.org/lang_expr.html).
    private static func glob(_ pattern: String) -> String {
        isPattern(pattern)
            ? pattern.split(separator: "[", omittingEmptySubsequences: false)
                .joined(separator: "[[]") : pattern
    }
}
