// Which records a reader wants to see. All conditions have to hold; of one condition's values, any.
// Values are patterns as policies have them (`*`, `?`).
//
// The log writes each member in one spelling, so a value without `*` and `?` is first looked for in
// the raw line; only lines that hold it are parsed.

internal import CLinux
internal import GateCore
internal import Glibc
internal import StrictJSON

/// A choice of records.
public struct RecordFilter: Sendable {
    /// What can be asked for, by the option's name, and where a record has it.
    public static let members: [(name: String, path: String)] = [
        ("effect", "effect"), ("operation", "operation"), ("tool", "tool"), ("rule", "rule"),
        ("agent", "agent.name"), ("task", "agent.task"), ("session", "agent.session"),
        ("type", "type"),
    ]

    private struct Condition: Sendable {
        /// The member's path; nil for a package.
        var path: String?
        var patterns: [Glob]
        /// One of these stands in every line that meets the condition; none where nobody knows.
        var needles: [[UInt8]]
    }

    private var conditions: [Condition] = []
    private var since: [UInt8]?
    private var until: [UInt8]?
    private var wantsNotFound = false

    /// Takes every record.
    public init() {}

    /// Takes records whose member is one of the values; nothing is asked where there is none.
    public mutating func require(_ name: String, _ values: [String]) {
        guard !values.isEmpty,
            let member = RecordFilter.members.first(where: { sameBytes($0.name, name) })
        else { return }
        let last = member.path.split(separator: ".").last.map(String.init) ?? member.path
        let needles =
            values.allSatisfy(RecordFilter.isPlain)
            ? values.map { RecordFilter.member(last, $0) } : []
        conditions.append(
            Condition(path: member.path, patterns: values.map(Glob.init), needles: needles))
    }

    /// Takes records that name one of the packages.
    public mutating func requirePackage(_ values: [String]) {
        guard !values.isEmpty else { return }
        let needles = values.allSatisfy(RecordFilter.isPlain) ? values.map(RecordFilter.inside) : []
        conditions.append(Condition(path: nil, patterns: values.map(Glob.init), needles: needles))
    }

    /// Takes records of packages that no registry knew.
    public mutating func requireNotFound() { wantsNotFound = true }

    /// Takes records from `since` on and before `until`.
    public mutating func require(since: RecordTime?, until: RecordTime?) {
        self.since = since.map { Array($0.text.utf8) }
        self.until = until.map { Array($0.text.utf8) }
    }

    /// The record in the line, where it is one and is wanted.
    public func record(in line: UnsafeRawBufferPointer) -> LogRecord? {
        guard mayMatch(line), let record = LogRecord(Array(line)), matches(record) else {
            return nil
        }
        return record
    }

    /// Whether a look at the raw line does not rule it out.
    private func mayMatch(_ line: UnsafeRawBufferPointer) -> Bool {
        if since != nil || until != nil {
            guard let head = RecordHead(line), !head.time.isEmpty else { return false }
            if let since, compare(head.time, since) < 0 { return false }
            if let until, compare(head.time, until) >= 0 { return false }
        }
        if wantsNotFound, !RecordFilter.holds(line, Array("\"not_found\"".utf8)) { return false }
        for condition in conditions where !condition.needles.isEmpty {
            if !condition.needles.contains(where: { RecordFilter.holds(line, $0) }) { return false }
        }
        return true
    }

    private func matches(_ record: LogRecord) -> Bool {
        if wantsNotFound, !record.packages.contains(where: \.isNotFound) { return false }
        for condition in conditions {
            let values =
                condition.path.map { path in record.text(path).map { [$0] } ?? [] }
                ?? record.packageNames
            let isMet = condition.patterns.contains { pattern in
                values.contains { pattern.matches($0) }
            }
            if !isMet { return false }
        }
        return true
    }

    /// Whether the bytes stand in the line.
    static func holds(_ line: UnsafeRawBufferPointer, _ needle: [UInt8]) -> Bool {
        needle.withUnsafeBytes { wanted in
            guard let start = line.baseAddress, let first = wanted.baseAddress else { return false }
            // Sound: both lengths are the buffers' own.
            return clinux_find(start, line.count, first, wanted.count) != nil
        }
    }

    private static func isPlain(_ value: String) -> Bool {
        !value.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }

    /// `"name":"value"` as the log writes it.
    private static func member(_ name: String, _ value: String) -> [UInt8] {
        var json = JSONText()
        json.string(name)
        json.raw(":")
        json.string(value)
        return json.bytes
    }

    /// The value as it stands within a string of the log.
    private static func inside(_ value: String) -> [UInt8] {
        var json = JSONText()
        json.string(value)
        return Array(json.bytes.dropFirst().dropLast())
    }
}

extension LogRecord {
    /// Names that a package filter is held against: the packages of the record, with and without
    /// `pkg:type/`, what was requested, the artifact, and the words of argv up to a version.
    public var packageNames: [String] {
        var names: [String] = []
        for package in packages {
            names.append(package.name)
            if let slash = package.name.utf8.firstIndex(of: 0x2F), package.name.hasPrefix("pkg:") {
                names.append(String(package.name[package.name.utf8.index(after: slash)...]))
            }
            if let requested = package.requested { names.append(LogRecord.bareName(requested)) }
        }
        if let artifact = text("artifact.name") { names.append(artifact) }
        for word in (texts("argv") ?? []).dropFirst() { names.append(LogRecord.bareName(word)) }
        return names
    }

    /// `left-pad` of `left-pad@1.3.0`, `requests` of `requests[socks]>=2`, `@a/b` of `@a/b@^1`.
    private static func bareName(_ word: String) -> String {
        let ends: [UInt8] = Array("@=<>~![;, ".utf8)
        let rest = word.utf8.dropFirst()
        guard let end = rest.firstIndex(where: { ends.contains($0) }) else { return word }
        return String(word[..<end])
    }
}

private func compare(_ time: UnsafeRawBufferPointer, _ bound: [UInt8]) -> Int32 {
    guard let base = time.baseAddress else { return -1 }
    // Sound: at most as many bytes as both hold.
    return bound.withUnsafeBytes { bytes in
        bytes.baseAddress.map { memcmp(base, $0, min(time.count, bytes.count)) } ?? 1
    }
}
