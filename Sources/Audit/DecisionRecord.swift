// What was asked, what was decided, and by which rule.
// Fields stand in this order and each has its own limit; what is left of the line belongs to argv,
// which loses its tail first. Fields that were cut are named under `cut`.

internal import Platform

/// A decision, or a request for an approval, as it goes into the chain.
public struct DecisionRecord: Sendable {
    public enum Kind: Sendable {
        case decision
        case approvalRequested
    }

    /// One argument, redacted.
    public enum Argument: Sendable, Equatable {
        case text(String)
        /// Not UTF-8, kept byte for byte.
        case bytes([UInt8])
    }

    /// Who acts, as far as labels tell.
    public struct Agent: Sendable {
        public var name: String?
        public var session: String?
        public var task: String?
        /// Where the labels came from: `install`, `supervisor` or `asserted`.
        public var source: String

        public init(
            name: String? = nil, session: String? = nil, task: String? = nil, source: String
        ) {
            self.name = name
            self.session = session
            self.task = task
            self.source = source
        }
    }

    /// The policy in force.
    public struct Policy: Sendable {
        /// 64 hexadecimal digits over the file's bytes.
        public var sha256: String
        public var version: String?
        public var profile: String?
        /// The part of it that holds everywhere; the chain records when it changes.
        public var basis: PolicyBasis?

        public init(
            sha256: String, version: String? = nil, profile: String? = nil,
            basis: PolicyBasis? = nil
        ) {
            self.sha256 = sha256
            self.version = version
            self.profile = profile
            self.basis = basis
        }
    }

    /// A working copy.
    public struct Repository: Sendable, Equatable {
        /// Where it came from, without user and password.
        public var url: String?
        /// The commit that is checked out.
        public var revision: String?

        public init(url: String? = nil, revision: String? = nil) {
            self.url = url
            self.revision = revision
        }
    }

    /// A thing to publish.
    public struct Artifact: Sendable, Equatable {
        public var name: String?
        public var version: String?
        public var scope: String?
        public var tag: String?
        public var registry: String?

        public init(
            name: String? = nil, version: String? = nil, scope: String? = nil, tag: String? = nil,
            registry: String? = nil
        ) {
            self.name = name
            self.version = version
            self.scope = scope
            self.tag = tag
            self.registry = registry
        }
    }

    public var kind: Kind
    public var id: RecordID
    /// The decision that an approval request belongs to.
    public var ref: String?
    /// The user's name where the installation knows it; the number is always recorded.
    public var user: String?
    public var agent: Agent?
    /// `shell.exec` or `file.read`.
    public var action: String
    public var tool: String
    /// Absolute path of the real tool; nil where none was found.
    public var real: String?
    /// Whether the real tool is in the installation's table.
    public var isListed: Bool
    public var operation: String
    /// Canonical text of the deciding invocation, redacted.
    public var command: String
    /// argv as the caller wrote it, the tool's name first, redacted.
    public var argv: [Argument]
    public var cwd: String?
    public var effect: String
    public var rule: String?
    public var layer: String?
    public var reason: String?
    public var message: String?
    /// `replace`, `supervise`, or nil where nothing is launched.
    public var launch: String?
    public var policy: Policy?
    /// Names of the processes above, the parent first: `bash`, `claude`.
    public var parents: [String] = []
    /// The repository that the line acts in.
    public var repository: Repository?
    /// What would be published.
    public var artifact: Artifact?
    /// Words and variables that we added.
    public var injected: [String] = []
    /// Names of variables that we removed.
    public var stripped: [String] = []
    /// Overrides of the caller's that have no effect.
    public var ignored: [String] = []
    /// Names that are nearly popular ones: `expresss ~ express`.
    public var near: [String] = []

    public init(
        kind: Kind = .decision, action: String, tool: String, operation: String, command: String,
        argv: [Argument], effect: String, isListed: Bool = true
    ) throws(AuditError) {
        self.kind = kind
        id = try RecordID()
        self.action = action
        self.tool = tool
        self.operation = operation
        self.command = command
        self.argv = argv
        self.effect = effect
        self.isListed = isListed
    }
}

extension DecisionRecord {
    /// The record's fields. Whatever is in the values, they fit a line.
    func entry() -> Entry {
        var cut: [String] = []
        var line = LineText(capacity: 2_048)
        line.field(",\"id\":", id.text, 36, &cut)
        line.field(",\"ref\":", ref, 36, &cut)
        line.surroundings(user: user, parents: parents)
        if let agent {
            line.raw(",\"agent\":{\"src\":")
            line.string(agent.source, limit: 24)
            line.field(",\"name\":", agent.name, 96, &cut)
            line.field(",\"session\":", agent.session, 96, &cut)
            line.field(",\"task\":", agent.task, 96, &cut)
            line.raw("}")
        }
        line.field(",\"action\":", action, 32, &cut)
        line.field(",\"tool\":", tool, 64, &cut)
        line.field(",\"real\":", real, 512, &cut)
        line.flag(",\"listed\":", isListed)
        line.field(",\"operation\":", operation, 24, &cut)
        line.field(",\"command\":", command, 560, &cut)

        var after = LineText(capacity: 1_024)
        after.field(",\"cwd\":", cwd, 512, &cut)
        if let repository {
            after.raw(",\"repo\":{")
            after.members([
                (",\"url\":", repository.url, 192), (",\"rev\":", repository.revision, 64),
            ])
        }
        if let artifact {
            after.raw(",\"artifact\":{")
            after.members([
                (",\"name\":", artifact.name, 214), (",\"version\":", artifact.version, 64),
                (",\"scope\":", artifact.scope, 64), (",\"tag\":", artifact.tag, 64),
                (",\"registry\":", artifact.registry, 160),
            ])
        }
        after.field(",\"effect\":", effect, 16, &cut)
        after.field(",\"rule\":", rule, 160, &cut)
        after.field(",\"layer\":", layer, 320, &cut)
        after.field(",\"reason\":", reason, 400, &cut)
        after.field(",\"message\":", message, 480, &cut)
        after.field(",\"launch\":", launch, 16, &cut)
        if let policy {
            after.raw(",\"policy\":{\"sha256\":")
            after.string(policy.sha256, limit: 64)
            after.field(",\"version\":", policy.version, 64, &cut)
            after.field(",\"profile\":", policy.profile, 96, &cut)
            after.raw("}")
        }
        after.list(",\"injected\":", injected, 512, &cut)
        after.list(",\"stripped\":", stripped, 640, &cut)
        after.list(",\"ignored\":", ignored, 256, &cut)
        after.list(",\"near\":", near, 256, &cut)
        if !cut.isEmpty {
            after.raw(",\"cut\":")
            after.strings(cut, limit: 200)
        }

        line.arguments(argv, limit: Entry.longestFields - line.bytes.count - after.bytes.count)
        line.bytes.append(contentsOf: after.bytes)
        return Entry(
            type: kind == .decision ? .decision : .approvalRequested, fields: line.bytes,
            basis: policy?.basis)
    }
}

extension LineText {
    /// Appends a member whose name, with comma and colon, is `name`; nothing for nil.
    mutating func field(
        _ name: StaticString, _ value: String?, _ limit: Int, _ cut: inout [String]
    ) {
        guard let value else { return }
        raw(name)
        if !string(value, limit: limit) { cut.append(LineText.plain(name)) }
    }

    mutating func list(
        _ name: StaticString, _ values: [String], _ limit: Int, _ cut: inout [String]
    ) {
        if values.isEmpty { return }
        raw(name)
        if !strings(values, limit: limit) { cut.append(LineText.plain(name)) }
    }

    mutating func flag(_ name: StaticString, _ value: Bool) {
        raw(name)
        raw(value ? "true" : "false")
    }

    /// Appends the members that have a value, and the brace that ends their object.
    fileprivate mutating func members(_ members: [(name: StaticString, value: String?, limit: Int)])
    {
        let start = bytes.count
        var cut: [String] = []
        for member in members { field(member.name, member.value, member.limit, &cut) }
        // The first member's comma.
        if bytes.count > start { bytes.remove(at: start) }
        raw("}")
    }

    /// Machine, boot, process and user, which every decision carries.
    mutating func surroundings(user: String?, parents: [String] = []) {
        if let boot = Host.boot {
            raw(",\"boot\":")
            string(boot, limit: 40)
        }
        raw(",\"up_ms\":")
        number(Clock.uptime / 1_000_000)
        raw(",\"host\":{\"name\":")
        string(Host.name, limit: 64)
        raw("},\"user\":{\"uid\":")
        number(UInt64(effectiveUser))
        if let user {
            raw(",\"name\":")
            string(user, limit: 64)
        }
        raw("},\"proc\":{\"pid\":")
        number(Int(Host.process))
        raw(",\"ppid\":")
        number(Int(Host.parentProcess))
        if !parents.isEmpty {
            raw(",\"parent\":")
            strings(parents, limit: 160)
        }
        switch Host.userNamespace {
        case .initial: break
        case .mapped: raw(",\"userns\":\"mapped\"")
        case .unknown: raw(",\"userns\":\"unknown\"")
        }
        raw("}")
    }

    /// argv, as much of it as `limit` bytes hold, how many there were, and whether some are missing.
    mutating func arguments(_ argv: [DecisionRecord.Argument], limit: Int) {
        // `,"argv":[` `]` `,"argc":` and up to ten digits, `,"argvTruncated":true`
        let end = bytes.count + limit - 49
        var isWhole = true
        raw(",\"argv\":[")
        for place in 0..<argv.count {
            // A comma, two quotes and the frame of `{"b64":}`.
            let room = end - bytes.count - 11
            if room < 8 {
                isWhole = false
                break
            }
            if place > 0 { raw(",") }
            switch argv[place] {
            case .text(let text): isWhole = string(text, limit: room)
            case .bytes(let data):
                raw("{\"b64\":")
                isWhole = base64(data, limit: room)
                raw("}")
            }
            if !isWhole { break }
        }
        raw("],\"argc\":")
        number(argv.count)
        if !isWhole { raw(",\"argvTruncated\":true") }
    }

    /// `,"name":` without its punctuation.
    private static func plain(_ name: StaticString) -> String {
        String("\(name)".dropFirst(2).dropLast(2))
    }
}
