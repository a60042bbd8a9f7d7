// Records in other systems' formats. Each line of the log becomes one line, in the log's order, and
// carries the original: whoever gets the export can put the log together again, byte for byte, and
// check it. Lines that are no records (a torn tail, a stranger's words) go through as well, as base64
// where they are not plain ASCII, because the record after them commits to them.

internal import Audit
public import Platform
internal import StrictJSON

/// A form that the log can leave in.
public enum ExportFormat: String, Sendable, CaseIterable {
    /// The log's own bytes.
    case raw
    /// RFC 4180.
    case csv
    /// Elastic Common Schema 8.17, JSON lines.
    case ecs
    /// ArcSight Common Event Format, version 0.
    case cef
    /// Open Cybersecurity Schema Framework 1.8.0, class 1007, JSON lines.
    case ocsf
}

/// Which lines to export, and how.
public struct LogExport: Sendable {
    public var format: ExportFormat
    /// The product's version, for formats that name it.
    public var version: String
    /// The first and the last record wanted. Lines that are no records belong to the record after
    /// them, which commits to them.
    public var from: UInt64?
    public var to: UInt64?

    public init(_ format: ExportFormat, version: String) {
        self.format = format
        self.version = version
    }

    /// Gives the export to `write`, in pieces, until it says false.
    public func run(
        _ source: LogSource, _ write: ([UInt8]) -> Bool
    ) throws(SystemError) {
        var scope = Scope(first: from ?? 0, last: to ?? .max)
        var scene = ExportedLine.Scene(version: version)
        if format == .csv, !write(CSVFormat.heading) { return }
        try LogLines.read(source) { line in
            let isRecord = scope.take(line)
            guard scope.isInside else {
                // What a chain's first record says holds for the later ones.
                if isRecord, RecordHead(line.bytes)?.isOpening ?? false {
                    _ = ExportedLine(line, isRecord: true, &scene)
                }
                return true
            }
            if format == .raw { return write(line.isEnded ? line.copy + [0x0A] : line.copy) }
            let exported = ExportedLine(line, isRecord: isRecord, &scene)
            return write(render(exported))
        }
    }

    private func render(_ line: ExportedLine) -> [UInt8] {
        switch format {
        case .raw: line.original
        case .csv: CSVFormat.row(line)
        case .ecs: NestedJSON.line(ECSFormat.fields, line)
        case .cef: CEFFormat.row(line)
        case .ocsf: NestedJSON.line(OCSFFormat.fields, line)
        }
    }
}

/// Whether a line belongs to the wanted records. Strangers can write lines that look like records,
/// so a line counts as one where its number follows or its `prev` links.
private struct Scope {
    let first: UInt64
    let last: UInt64
    private var number: UInt64?
    private var hash: [UInt8] = []
    private(set) var isInside = false

    init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
    }

    /// - Returns: whether the line is a record.
    mutating func take(_ line: LogLine) -> Bool {
        guard line.isEnded, let head = RecordHead(line.bytes), follows(head) else {
            let owner = (number ?? 0) + 1
            isInside = first <= owner && owner <= last
            return false
        }
        number = head.number
        hash = Array(head.hash)
        isInside = first <= head.number && head.number <= last
        return true
    }

    private func follows(_ head: RecordHead) -> Bool {
        guard let number else { return true }
        return head.isOpening || head.number == number + 1 || Array(head.previous) == hash
    }
}

/// A line on its way out.
struct ExportedLine {
    /// What earlier lines said and later ones leave out.
    struct Scene {
        let version: String
        var host: String?
        var user: Int?
        var chain: String?
        var milliseconds = 0

        init(version: String) { self.version = version }
    }

    /// Nil for a line that is no record.
    let record: LogRecord?
    /// The line as text: itself where it is printable ASCII, else base64.
    let original: [UInt8]
    /// `base64` where that is how `original` is written; `open` is added where no LF follows.
    let encoding: String?
    /// SHA-256 over `original`, hexadecimal.
    let digest: String
    let scene: Scene

    init(_ line: LogLine, isRecord: Bool, _ scene: inout Scene) {
        let bytes = line.copy
        let isPlain = bytes.allSatisfy { 0x20...0x7E ~= $0 }
        record = isRecord ? LogRecord(bytes) : nil
        original = isPlain ? bytes : base64(bytes)
        switch (isPlain, line.isEnded) {
        case (true, true): encoding = nil
        case (true, false): encoding = "open"
        case (false, true): encoding = "base64"
        case (false, false): encoding = "base64 open"
        }
        digest = Digest(of: original).hexadecimal
        if let record {
            scene.host = record.text("host.name") ?? record.text("host.id") ?? scene.host
            scene.user = record.integer("user.uid") ?? scene.user
            scene.chain = record.text("chain") ?? scene.chain
            scene.milliseconds = record.milliseconds ?? scene.milliseconds
        }
        self.scene = scene
    }

    var originalText: String { String(decoding: original, as: UTF8.self) }

    /// Whether the record says that something was refused.
    var isDenied: Bool { record?.has("effect", "deny") ?? false }
    var isAllowed: Bool { record?.has("effect", "allow") ?? false }
    var isForApproval: Bool { record?.has("effect", "approval") ?? false }
    var isOutcome: Bool { record?.isType("outcome") ?? false }

    /// The record's type; `unreadable` for a line that is none.
    var type: String { record?.type ?? "unreadable" }

    /// A few words for a list of events.
    var headline: String {
        guard let record else { return "a line that is no record" }
        let what = record.command ?? record.type
        return record.text("effect").map { "\($0): \(what)" } ?? what
    }
}

/// Base64 with padding (RFC 4648 §4).
func base64(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
        let left = min(3, bytes.count - place)
        var value = UInt32(bytes[place]) << 16
        if left > 1 { value |= UInt32(bytes[place + 1]) << 8 }
        if left > 2 { value |= UInt32(bytes[place + 2]) }
        for sextet in 0..<4 {
            text.append(sextet > left ? 0x3D : digits[Int(value >> UInt32(18 - 6 * sextet) & 63)])
        }
        place += 3
    }
    return text
}
