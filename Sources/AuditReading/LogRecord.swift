// A record as readers want it: members by a dotted path, and the few things that need more than one
// member. What a record does not have is nil, because records of several types and versions pass
// through here.

public import StrictJSON

/// A parsed record.
public struct LogRecord: Sendable {
    public let number: Int
    public let type: String
    /// As written: RFC 3339 in UTC.
    public let time: String
    public let json: JSON

    /// Nil where the bytes are no record.
    public init?(_ line: [UInt8]) {
        guard let json = try? JSON.parse(line), let number = json["seq"]?.integer,
            let type = json["type"]?.string
        else { return nil }
        self.json = json
        self.number = number
        self.type = type
        time = json["time"]?.string ?? ""
    }

    /// The member at a path such as `agent.name`.
    public func value(_ path: String) -> JSON? {
        var value = json
        for name in path.split(separator: ".") {
            guard let member = value[String(name)] else { return nil }
            value = member
        }
        return value
    }

    public func text(_ path: String) -> String? { value(path)?.string }

    public func integer(_ path: String) -> Int? { value(path)?.integer }

    /// The elements of an array of words; `{"b64":…}` is shown as that.
    public func texts(_ path: String) -> [String]? {
        value(path)?.array.map { $0.map { $0.string ?? LogRecord.encoded($0) } }
    }

    /// Whether it is of this type; types are compared as bytes.
    public func isType(_ name: String) -> Bool { sameBytes(type, name) }

    /// Whether the member is this text.
    public func has(_ path: String, _ wanted: String) -> Bool {
        text(path).map { sameBytes($0, wanted) } ?? false
    }

    /// A decision, or a request for an approval, which is one as well.
    public var isDecision: Bool { isType("decision") || isType("approval.requested") }

    /// The line that was judged: its canonical text, else argv.
    public var command: String? { text("command") ?? texts("argv")?.joined(separator: " ") }

    /// Milliseconds since 1970.
    public var milliseconds: Int? { RecordTime(time)?.milliseconds }

    /// A package that a tool asked for or got.
    public struct Package: Sendable {
        /// Without its version: `pkg:npm/left-pad`, or the plain name of an older record.
        public let name: String
        /// Nil where the record has none.
        public let version: String?
        public let requested: String?
        public let resolved: String?
        public let registry: String?
        public let status: String?

        /// Whether the registry knows no such name: a name that was made up shows like this.
        public var isNotFound: Bool { status.map { sameBytes($0, "not_found") } ?? false }
        public var isRemoved: Bool { status.map { sameBytes($0, "removed") } ?? false }
    }

    /// Packages of an `outcome.packages` record.
    public var packages: [Package] {
        (value("packages")?.array ?? []).compactMap { package in
            guard let name = package["purl"]?.string ?? package["name"]?.string else { return nil }
            return Package(
                name: LogRecord.withoutVersion(name), version: LogRecord.version(in: name),
                requested: package["requested"]?.string,
                resolved: package["resolved"]?.string, registry: package["registry"]?.string,
                status: package["status"]?.string)
        }
    }

    /// A package URL without version, qualifiers and subpath (the purl specification: what follows
    /// the last `@` after the last `/`, `?` or `#`).
    public static func withoutVersion(_ name: String) -> String {
        var text = Substring(name)
        for mark: UInt8 in [0x23, 0x3F] {
            if let place = text.utf8.firstIndex(of: mark) { text = text[..<place] }
        }
        let slash = text.utf8.lastIndex(of: 0x2F) ?? text.utf8.startIndex
        if let at = text.utf8.lastIndex(of: 0x40), at > slash { text = text[..<at] }
        return String(text)
    }

    /// The version of a package URL, its percent signs left as they are.
    private static func version(in name: String) -> String? {
        let start = withoutVersion(name).utf8.count
        let rest = name.utf8.dropFirst(start)
        guard rest.first == 0x40 else { return nil }
        return String(Substring(rest.dropFirst().prefix { $0 != 0x23 && $0 != 0x3F }))
    }

    private static func encoded(_ value: JSON) -> String {
        value["b64"]?.string.map { "base64:\($0)" } ?? "?"
    }
}
