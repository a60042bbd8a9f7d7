// Open Cybersecurity Schema Framework 1.8.0 (schema.ocsf.io), class 1007 Process Activity with the
// profiles host and security_control. `raw_data` is the original line. The tests hold every kind of
// record against the published schema, which allows no member it does not know but in `unmapped`.

enum OCSFFormat {
    static let fields: [ExportField] = [
        .integer("activity_id") { activity($0).id },
        .text("activity_name") { activity($0).name },
        .constant("category_uid", 1),
        .constant("category_name", "System Activity"),
        .constant("class_uid", 1_007),
        .constant("class_name", "Process Activity"),
        .integer("type_uid") { 100_700 + activity($0).id },
        .integer("severity_id") { severity($0) },
        .integer("time") { $0.record?.milliseconds ?? $0.scene.milliseconds },
        .text("message") { $0.headline },
        .integer("action_id") { disposition($0)?.action },
        .integer("disposition_id") { disposition($0)?.id },
        .integer("status_id") { status($0) },
        .text("status_code") { exitCode($0).map(String.init) },
        .text("status_detail", "reason"),
        .integer("exit_code") { exitCode($0) },
        .integer("duration", "dur_ms"),
        .integer("launch_type_id") { launch($0) },
        .constant("metadata.version", "1.8.0"),
        .constant("metadata.product.name", "shimgate"),
        .constant("metadata.product.vendor_name", "shimgate"),
        .text("metadata.product.version") { $0.scene.version },
        ExportField("metadata.profiles") { _ in .texts(["host", "security_control"]) },
        .text("metadata.uid", "id"),
        .text("metadata.correlation_uid", "ref"),
        .text("metadata.event_code") { $0.type },
        .integer("metadata.sequence") { $0.record?.number },
        .constant("metadata.log_name", "audit.jsonl"),
        .text("metadata.original_time") { $0.record?.time },
        .text("actor.app_name") { $0.record?.text("agent.name") ?? "unknown" },
        .text("actor.session.uid", "agent.session"),
        .text("actor.user.uid") { $0.scene.user.map(String.init) },
        .text("actor.user.name") { user($0) },
        .integer("actor.process.pid", "proc.ppid"),
        .text("device.hostname") { $0.scene.host ?? "unknown" },
        .constant("device.type_id", 0),
        .integer("process.pid", "proc.pid"),
        .text("process.uid") { uid($0) },
        .text("process.name", "tool"),
        .text("process.cmd_line") { $0.record?.command },
        .text("process.working_directory", "cwd"),
        .text("process.path", "real"),
        .text("policy.name", "rule"),
        .text("policy.desc", "message"),
        .text("policy.uid", "policy.sha256"),
        .text("policy.version", "policy.version"),
        .text("raw_data") { $0.originalText },
        .integer("raw_data_size") { $0.original.count },
        .constant("raw_data_hash.algorithm_id", 3),
        .text("raw_data_hash.value") { $0.digest },
        .text("unmapped.encoding") { $0.encoding },
        .text("unmapped.chain") { $0.scene.chain },
        .text("unmapped.operation", "operation"),
        .text("unmapped.effect", "effect"),
        .text("unmapped.layer", "layer"),
        .text("unmapped.task", "agent.task"),
        .json("unmapped.argv", "argv"),
        .json("unmapped.packages", "packages"),
        .json("unmapped.injected", "injected"),
        .json("unmapped.stripped", "stripped"),
        .json("unmapped.ignored", "ignored"),
        .text("unmapped.prev", "prev"),
        .text("unmapped.hash", "hash"),
    ]

    private static func activity(_ line: ExportedLine) -> (id: Int, name: String) {
        if line.record?.isDecision ?? false { return (1, "Launch") }
        return line.isOutcome ? (2, "Terminate") : (99, line.type)
    }

    /// 1 informational, 2 low, 3 medium.
    private static func severity(_ line: ExportedLine) -> Int {
        if line.record == nil || line.isDenied { return 3 }
        return line.isForApproval ? 2 : 1
    }

    /// Action 1 allowed, 2 denied, 3 observed; disposition 1 allowed, 2 blocked, 14 delayed,
    /// 17 logged.
    private static func disposition(_ line: ExportedLine) -> (action: Int, id: Int)? {
        if line.isAllowed { return (1, 1) }
        if line.isDenied { return (2, 2) }
        return line.isForApproval ? (2, 14) : (3, 17)
    }

    /// 0 unknown, 1 success, 2 failure.
    private static func status(_ line: ExportedLine) -> Int {
        if line.isDenied { return 2 }
        guard line.isOutcome else { return 0 }
        return line.record?.integer("exit") == 0 ? 1 : 2
    }

    /// A tool that died of a signal has the code that a shell would give it.
    private static func exitCode(_ line: ExportedLine) -> Int? {
        line.record?.integer("exit")
            ?? line.record?.integer("signal").flatMap { 1...64 ~= $0 ? 128 + $0 : nil }
    }

    /// 1 spawn, 3 exec.
    private static func launch(_ line: ExportedLine) -> Int? {
        guard let record = line.record, record.text("launch") != nil else { return nil }
        return record.has("launch", "supervise") ? 1 : 3
    }

    /// The user's name only where the record has a user; a name alone would be another user's.
    private static func user(_ line: ExportedLine) -> String? { line.record?.text("user.name") }

    /// A process has to be named by something; where there is no pid, the record's name does.
    private static func uid(_ line: ExportedLine) -> String {
        line.record?.text("id") ?? line.record?.text("ref")
            ?? line.record.map { "seq-\($0.number)" } ?? "unknown"
    }
}
