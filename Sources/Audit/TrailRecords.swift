// Records beside decisions: what came of them, who approved, what changed, and what happened to the
// trail itself. Each is a value with its fields' limits; Append.swift gives it number and hash.

internal import Platform

/// How a supervised tool ended.
public struct OutcomeRecord: Sendable {
    public enum Ending: Sendable {
        /// The exit code.
        case exit(Int32)
        /// The signal that ended it.
        case signal(Int32)
    }

    /// The decision's id.
    public var ref: RecordID
    public var ending: Ending
    /// How long it ran.
    public var milliseconds: Int
    /// The phases of an install, in their order.
    public var phases: [Phase] = []
    /// Why what was resolved was not installed; nil where nothing was refused.
    public var refused: String?
    /// How what was installed differs from what was judged.
    public var drift: String?
    /// Packages that wanted to run scripts and were not let.
    public var suppressed: [String] = []
    /// Whether the run was killed, and a later one records what is known of it. Then there is no
    /// end and no duration.
    public var isInterrupted = false

    /// One program of several.
    public struct Phase: Sendable {
        /// `resolve`, `install`, ...
        public var name: String
        public var ending: Ending
        public var milliseconds: Int
        /// The package whose scripts ran; nil where it is not about one.
        public var package: String?
        /// How they were confined: `namespaces`, `landlock` or `none`.
        public var sandbox: String?

        public init(_ name: String, ending: Ending, milliseconds: Int) {
            self.name = name
            self.ending = ending
            self.milliseconds = milliseconds
        }
    }

    public init(ref: RecordID, ending: Ending, milliseconds: Int) {
        self.ref = ref
        self.ending = ending
        self.milliseconds = milliseconds
    }

    func entry() -> Entry {
        var line = LineText(capacity: 256)
        var cut: [String] = []
        line.reference(ref.text)
        if isInterrupted {
            line.raw(",\"interrupted\":true")
        } else {
            line.end(ending, milliseconds)
        }
        if !phases.isEmpty {
            line.raw(",\"phases\":[")
            for (index, phase) in phases.prefix(32).enumerated() {
                line.raw(index > 0 ? ",{\"name\":" : "{\"name\":")
                line.string(phase.name, limit: 32)
                if let package = phase.package {
                    line.raw(",\"package\":")
                    line.string(package, limit: 128)
                }
                if let sandbox = phase.sandbox {
                    line.raw(",\"sandbox\":")
                    line.string(sandbox, limit: 16)
                }
                line.end(phase.ending, phase.milliseconds)
                line.raw("}")
            }
            line.raw("]")
        }
        line.field(",\"refused\":", refused, 1_024, &cut)
        line.field(",\"drift\":", drift, 1_024, &cut)
        if !suppressed.isEmpty {
            line.raw(",\"suppressed\":")
            if !line.strings(suppressed, limit: 2_048) { cut.append("suppressed") }
        }
        line.cuts(cut)
        return Entry(type: .outcome, fields: line.bytes)
    }
}

/// What an install brought, in as many records as it takes.
public struct PackagesRecord: Sendable {
    /// One package, as far as the tool's lockfile or output tells.
    public struct Package: Sendable {
        /// Package URL: `pkg:npm/left-pad@1.3.0`.
        public var purl: String
        /// What was asked for: `^1.3`.
        public var requested: String?
        public var resolved: String?
        public var integrity: String?
        public var registry: String?
        /// When the version was published, RFC 3339.
        public var published: String?
        /// `added`, `removed`, `changed` or `not_found`: the name does not exist, so somebody, or
        /// some model, made it up.
        public var status: String

        public init(purl: String, status: String) {
            self.purl = purl
            self.status = status
        }
    }

    public var ref: RecordID
    public var packages: [Package]

    public init(ref: RecordID, packages: [Package]) {
        self.ref = ref
        self.packages = packages
    }

    /// The records, each with as many packages as fit a line, and their number.
    func entries() -> [Entry] {
        var parts: [LineText] = []
        for package in packages {
            let text = package.text
            let room = Entry.longestFields - 128
            if let last = parts.last, last.bytes.count + text.bytes.count < room {
                parts[parts.count - 1].raw(",")
            } else {
                parts.append(LineText(capacity: 4_096))
            }
            parts[parts.count - 1].bytes.append(contentsOf: text.bytes)
        }
        return parts.indices.map { part in
            var line = LineText(capacity: parts[part].bytes.count + 128)
            line.reference(ref.text)
            line.raw(",\"part\":")
            line.number(part + 1)
            line.raw(",\"parts\":")
            line.number(parts.count)
            line.raw(",\"packages\":[")
            line.bytes.append(contentsOf: parts[part].bytes)
            line.raw("]")
            return Entry(type: .outcomePackages, fields: line.bytes)
        }
    }
}

extension PackagesRecord.Package {
    fileprivate var text: LineText {
        var cut: [String] = []
        var line = LineText(capacity: 256)
        line.raw("{\"purl\":")
        if !line.string(purl, limit: 512) { cut.append("purl") }
        line.field(",\"requested\":", requested, 256, &cut)
        line.field(",\"resolved\":", resolved, 512, &cut)
        line.field(",\"integrity\":", integrity, 256, &cut)
        line.field(",\"registry\":", registry, 256, &cut)
        line.field(",\"published\":", published, 40, &cut)
        line.field(",\"status\":", status, 24, &cut)
        if !cut.isEmpty {
            line.raw(",\"cut\":")
            line.strings(cut, limit: 100)
        }
        line.raw("}")
        return line
    }
}

/// What became of a request for approval.
public struct ApprovalRecord: Sendable {
    public enum Kind: Sendable {
        case granted, denied, expired, consumed
    }

    public var kind: Kind
    /// The decision that asked, or for `consumed` the one that used the grant.
    public var ref: RecordID
    /// The request's name.
    public var request: String
    /// Who decided: `uid:1000`, or a name that the method proves.
    public var by: String?
    public var role: String?
    /// How it was decided: `tty`, `web`, `signature`.
    public var method: String?
    /// What keeps the asking agent from deciding itself: `user`, `host`, `none`.
    public var isolation: String?
    /// RFC 3339.
    public var expires: String?
    /// What the grant is good for: 64 hexadecimal digits over line, directory and policy.
    public var bind: String?
    public var reason: String?

    public init(_ kind: Kind, ref: RecordID, request: String) {
        self.kind = kind
        self.ref = ref
        self.request = request
    }

    func entry() -> Entry {
        var cut: [String] = []
        var line = LineText(capacity: 768)
        line.reference(ref.text)
        line.raw(",\"approval\":{\"request\":")
        if !line.string(request, limit: 96) { cut.append("request") }
        line.field(",\"by\":", by, 128, &cut)
        line.field(",\"role\":", role, 96, &cut)
        line.field(",\"method\":", method, 32, &cut)
        line.field(",\"isolation\":", isolation, 32, &cut)
        line.field(",\"expires\":", expires, 40, &cut)
        line.field(",\"bind\":", bind, 128, &cut)
        line.raw("}")
        line.field(",\"reason\":", reason, 640, &cut)
        line.cuts(cut)
        let type: RecordType =
            switch kind {
            case .granted: .approvalGranted
            case .denied: .approvalDenied
            case .expired: .approvalExpired
            case .consumed: .approvalConsumed
            }
        return Entry(type: type, fields: line.bytes)
    }
}

/// Another policy is in force.
public struct PolicyChangedRecord: Sendable {
    /// Digests of the files, 64 hexadecimal digits; nil where there was none.
    public var before: String?
    public var after: String
    public var path: String?
    /// What changed it: `policy import`, `policy edit`, or `seen` where a decision found it changed.
    public var by: String
    /// The files that `after` stands for, where they are known.
    public var files: [PolicyBasis.File] = []

    public init(before: String?, after: String, path: String?, by: String) {
        self.before = before
        self.after = after
        self.path = path
        self.by = by
    }

    /// A change that a decision met.
    init(from before: Digest, to basis: PolicyBasis) {
        self.before = before.hexadecimal
        after = basis.digest.hexadecimal
        by = "seen"
        files = basis.files
    }

    func entry() -> Entry {
        var cut: [String] = []
        var line = LineText(capacity: 1_024)
        line.surroundings(user: nil)
        line.raw(",\"policy\":{\"sha256\":")
        line.string(after, limit: 64)
        line.field(",\"before\":", before, 64, &cut)
        line.field(",\"path\":", path, 640, &cut)
        if !files.isEmpty {
            line.raw(",\"files\":[")
            for (index, file) in files.enumerated() {
                line.raw(index > 0 ? ",{\"layer\":" : "{\"layer\":")
                line.string(file.layer, limit: 24)
                line.field(",\"sha256\":", file.digest.hexadecimal, 64, &cut)
                line.field(",\"path\":", file.path, 640, &cut)
                line.raw("}")
            }
            line.raw("]")
        }
        line.raw("}")
        line.field(",\"by\":", by, 64, &cut)
        line.cuts(cut)
        return Entry(type: .policyChanged, fields: line.bytes)
    }
}

/// Something about the trail itself went wrong, and was survived.
public struct TrailErrorRecord: Sendable {
    /// One word for programs.
    public var code: String
    public var message: String
    public var ref: RecordID?

    public init(code: String, message: String, ref: RecordID? = nil) {
        self.code = code
        self.message = message
        self.ref = ref
    }

    func entry() -> Entry {
        var cut: [String] = []
        var line = LineText(capacity: 512)
        line.field(",\"ref\":", ref?.text, 36, &cut)
        line.surroundings(user: nil)
        line.raw(",\"error\":{\"code\":")
        line.string(code, limit: 64)
        line.field(",\"message\":", message, 640, &cut)
        line.raw("}")
        line.cuts(cut)
        return Entry(type: .auditError, fields: line.bytes)
    }
}

extension AuditLog {
    /// Appends how a supervised tool ended.
    @discardableResult
    public func append(_ record: OutcomeRecord) throws(AuditError) -> Appended {
        try append(record.entry(), id: record.ref)
    }

    /// Appends what an install brought, a record for each part.
    public func append(_ record: PackagesRecord) throws(AuditError) {
        for entry in record.entries() { _ = try append(entry, id: record.ref) }
    }

    /// Appends what became of a request for approval.
    @discardableResult
    public func append(_ record: ApprovalRecord) throws(AuditError) -> Appended {
        try append(record.entry(), id: record.ref)
    }

    /// Appends that another policy is in force.
    public func append(_ record: PolicyChangedRecord) throws(AuditError) {
        _ = try append(.entry(record.entry()))
    }

    /// Appends that something about the trail went wrong.
    public func append(_ record: TrailErrorRecord) throws(AuditError) {
        _ = try append(.entry(record.entry()))
    }

    private func append(_ entry: Entry, id: RecordID) throws(AuditError) -> Appended {
        let place = try append(.entry(entry))
        return Appended(number: place.number, id: id, hash: place.hash)
    }
}

extension LineText {
    /// How a program ended, and after how long.
    fileprivate mutating func end(_ ending: OutcomeRecord.Ending, _ milliseconds: Int) {
        switch ending {
        case .exit(let code):
            raw(",\"exit\":")
            number(Int(code))
        case .signal(let number):
            raw(",\"signal\":")
            self.number(Int(number))
        }
        raw(",\"dur_ms\":")
        number(milliseconds)
    }

    /// The decision that a record belongs to, and when, by the clock that nobody steps.
    fileprivate mutating func reference(_ id: String) {
        raw(",\"ref\":")
        string(id, limit: 36)
        raw(",\"up_ms\":")
        number(Clock.uptime / 1_000_000)
    }

    /// The names of fields that lost their ends.
    fileprivate mutating func cuts(_ names: [String]) {
        if names.isEmpty { return }
        raw(",\"cut\":")
        strings(names, limit: 200)
    }
}
