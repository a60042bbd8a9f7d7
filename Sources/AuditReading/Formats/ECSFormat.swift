// Elastic Common Schema 8.17 (elastic.co/docs/reference/ecs). `event.original` is the original line.
// What ECS has no field for stands in `labels`, which holds plain texts only.

enum ECSFormat {
    static let fields: [ExportField] = [
        .text("@timestamp") { $0.record?.time ?? time($0.scene.milliseconds) },
        .constant("ecs.version", "8.17.0"),
        .text("message") { $0.headline },
        .text("event.kind") { $0.record == nil ? "pipeline_error" : "event" },
        ExportField("event.category") { _ in .texts(["process"]) },
        ExportField("event.type") { .texts(types($0)) },
        .text("event.action") { $0.record?.text("operation") ?? $0.type },
        .text("event.outcome") { outcome($0) },
        .constant("event.module", "shimgate"),
        .constant("event.dataset", "shimgate.audit"),
        .constant("event.provider", "shimgate"),
        .text("event.code") { $0.type },
        .text("event.id", "id"),
        .integer("event.sequence") { $0.record?.number },
        .text("event.reason", "reason"),
        .integer("event.duration") { $0.record?.integer("dur_ms").flatMap(nanoseconds) },
        .text("event.hash", "hash"),
        .text("event.original") { $0.originalText },
        .text("rule.name", "rule"),
        .text("rule.description", "message"),
        .text("rule.ruleset", "layer"),
        .text("rule.version", "policy.sha256"),
        .integer("process.pid", "proc.pid"),
        .integer("process.parent.pid", "proc.ppid"),
        .text("process.name", "tool"),
        .text("process.executable", "real"),
        .text("process.command_line") { $0.record?.command },
        .texts("process.args", "argv"),
        .integer("process.args_count", "argc"),
        .text("process.working_directory", "cwd"),
        .integer("process.exit_code", "exit"),
        .text("user.id") { $0.scene.user.map(String.init) },
        .text("user.name", "user.name"),
        .text("host.name") { $0.scene.host },
        .text("host.hostname") { $0.scene.host },
        .text("host.boot.id", "boot"),
        .text("labels.agent", "agent.name"),
        .text("labels.agent_source", "agent.src"),
        .text("labels.task", "agent.task"),
        .text("labels.session", "agent.session"),
        .text("labels.effect", "effect"),
        .text("labels.ref", "ref"),
        .text("labels.chain") { $0.scene.chain },
        .text("labels.prev", "prev"),
        .text("labels.encoding") { $0.encoding },
    ]

    private static func types(_ line: ExportedLine) -> [String] {
        if line.isDenied { return ["info", "denied"] }
        if line.isAllowed { return ["start", "allowed"] }
        return [line.isOutcome ? "end" : "info"]
    }

    /// Whether a tool that started also succeeded is for the `outcome` record to say.
    private static func outcome(_ line: ExportedLine) -> String {
        if line.isDenied { return "failure" }
        guard line.isOutcome else { return "unknown" }
        return line.record?.integer("exit") == 0 ? "success" : "failure"
    }

    /// Nil where a stranger wrote a number that no time has.
    private static func nanoseconds(_ milliseconds: Int) -> Int? {
        let product = milliseconds.multipliedReportingOverflow(by: 1_000_000)
        return product.overflow ? nil : product.partialValue
    }

    private static func time(_ milliseconds: Int) -> String {
        RecordTime(microseconds: milliseconds * 1_000).text
    }
}
