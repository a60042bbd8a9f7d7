// ArcSight Common Event Format 0: a heading of eight parts between `|`, then `key=value`. In the
// heading `\` and `|` are escaped, in values `\` and `=` (CEF implementation standard, "Character
// encoding"). `rawEvent` is the original line and stands last.

internal import GateCore

enum CEFFormat {
    static let keys: [ExportField] = [
        .integer("rt") { $0.record?.milliseconds },
        .integer("externalId") { $0.record?.number },
        .text("cat") { $0.type },
        .text("act", "effect"),
        .text("dvchost") { $0.scene.host },
        .text("suid") { $0.record?.integer("user.uid").map(String.init) },
        .text("suser", "user.name"),
        .text("deviceProcessName", "tool"),
        .integer("dvcpid", "proc.pid"),
        .integer("spid", "proc.ppid"),
        .text("filePath", "real"),
        .text("reason", "reason"),
        .text("msg", "message"),
        .text("cs1Label") { $0.record?.text("rule").map { _ in "rule" } },
        .text("cs1", "rule"),
        .text("cs2Label") { $0.record?.text("operation").map { _ in "operation" } },
        .text("cs2", "operation"),
        .text("cs3Label") { $0.record?.text("agent.name").map { _ in "agent" } },
        .text("cs3", "agent.name"),
        .text("cs4Label") { $0.record?.text("agent.task").map { _ in "task" } },
        .text("cs4", "agent.task"),
        .text("cs5Label") { $0.record?.command.map { _ in "command" } },
        .text("cs5") { $0.record?.command },
        .text("cs6Label") { $0.encoding.map { _ in "encoding" } },
        .text("cs6") { $0.encoding },
        .text("cn1Label") { $0.record?.integer("exit").map { _ in "exit" } },
        .integer("cn1", "exit"),
        .text("cn2Label") { $0.record?.integer("dur_ms").map { _ in "milliseconds" } },
        .integer("cn2", "dur_ms"),
    ]

    static func row(_ line: ExportedLine) -> [UInt8] {
        let kind = line.record?.text("effect").map { "\(line.type).\($0)" } ?? line.type
        var text = "CEF:0|shimgate|shimgate|"
        for part in [line.scene.version, kind, line.headline] {
            text += escaped(displayed(part), also: "|") + "|"
        }
        text += String(severity(line)) + "|"
        for key in keys {
            guard let value = key.value(line) else { continue }
            text += "\(key.name)=\(escaped(displayed(value.plain), also: "=")) "
        }
        text += "rawEvent=\(escaped(line.originalText, also: "="))\n"
        return Array(text.utf8)
    }

    /// 0 to 10; 7 and more is high.
    private static func severity(_ line: ExportedLine) -> Int {
        if line.record == nil || line.isDenied { return 7 }
        return line.isForApproval ? 5 : 2
    }

    private static func escaped(_ text: String, also mark: Unicode.Scalar) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\\" || scalar == mark { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
