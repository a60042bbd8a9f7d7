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

        public init(sha256: String, version: String? = nil, profile: String? = nil) {
            self.sha256 = sha256
            self.version = version
            self.profile = profile
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
    /// Words and variables that we added.
    public var injected: [String] = []
    /// Names of variables that we removed.
    public var stripped: [String] = []
    /// Overrides of the caller's that have no effect.
    public var ignored: [String] = []

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
        line.surroundings(user: user)
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
        line.field(",\"real\":", real, 640, &cut)
        line.flag(",\"listed\":", isListed)
        line.field(",\"operation\":", operation, 24, &cut)
        line.field(",\"command\":", command, 640, &cut)

        var after = LineText(capacity: 1_024)
        after.field(",\"cwd\":", cwd, 640, &cut)
        after.field(",\"effect\":", effect, 16, &cut)
        after.field(",\"rule\":", rule, 160, &cut)
        after.field(",\"layer\":", layer, 320, &cut)
        after.field(",\"reason\":", reason, 400, &cut)
        after.field(",\"message\":", message, 640, &cut)
        after.field(",\"launch\":", launch, 16, &cut)
        if let policy {
            after.raw(",\"policy\":{\"sha256\":")
            after.string(policy.sha256, limit: 64)
            after.field(",\"version\":", policy.version, 64, &cut)
            after.field(",\"profile\":", policy.profile, 96, &cut)
            after.raw("}")
        }
        after.list(",\"injected\":", injected, 512, &cut)
        after.list(",\"stripped\":", stripped, 768, &cut)
        after.list(",\"ignored\":", ignored, 256, &cut)
        if !cut.isEmpty {
            after.raw(",\"cut\":")
            after.strings(cut, limit: 200)
        }

        line.arguments(argv, limit: Entry.longestFields - line.bytes.count - after.bytes.count)
        line.bytes.append(contentsOf: after.bytes)
        return Entry(
            type: kind == .decision ? .decision : .approvalRequested, fields: line.bytes)
    }
}

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

    public init(ref: RecordID, ending: Ending, milliseconds: Int) {
        self.ref = ref
        self.ending = ending
        self.milliseconds = milliseconds
    }

    func entry() -> Entry {
        var cut: [String] = []
        var line = LineText(capacity: 256)
        line.field(",\"ref\":", ref.text, 36, &cut)
        line.raw(",\"up_ms\":")
        line.number(Clock.uptime / 1_000_000)
        switch ending {
        case .exit(let code):
            line.raw(",\"exit\":")
            line.number(Int(code))
        case .signal(let number):
            line.raw(",\"signal\":")
            line.number(Int(number))
        }
        line.raw(",\"dur_ms\":")
        line.number(milliseconds)
        return Entry(type: .outcome, fields: line.bytes)
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

    /// Machine, boot, process and user, which every decision carries.
    mutating func surroundings(user: String?) {
        if let boot = Host.boot {
            raw(",\"boot\":")
            string(boot, limit: 40)
        }
        raw(",\"up_ms\":")
        number(Clock.uptime / 1_000_000)
        raw(",\"host\":{\"name\":")
        string(Host.name, limit: 128)
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
