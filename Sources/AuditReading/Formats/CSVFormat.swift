// Comma-separated values, RFC 4180: a heading, CRLF, every value in quotes. The last column is the
// original line. Values that a spreadsheet would take for a formula get a `'` in front, and
// characters that mislead a reader are written as `\u{XX}`; the original line needs neither.

internal import GateCore

enum CSVFormat {
    static let columns: [ExportField] = [
        .integer("seq") { $0.record?.number },
        .text("time") { $0.record?.time },
        .text("type") { $0.type },
        .text("id", "id"),
        .text("ref", "ref"),
        .text("host") { $0.scene.host },
        .integer("uid", "user.uid"),
        .text("user", "user.name"),
        .text("agent", "agent.name"),
        .text("task", "agent.task"),
        .text("session", "agent.session"),
        .text("action", "action"),
        .text("tool", "tool"),
        .text("operation", "operation"),
        .text("effect", "effect"),
        .text("rule", "rule"),
        .text("layer", "layer"),
        .text("reason", "reason"),
        .text("command") { $0.record?.command },
        .text("cwd", "cwd"),
        .text("real", "real"),
        .text("launch", "launch"),
        .integer("exit", "exit"),
        .integer("signal", "signal"),
        .integer("dur_ms", "dur_ms"),
        .text("policy", "policy.sha256"),
        .text("prev", "prev"),
        .text("hash", "hash"),
        .text("encoding") { $0.encoding },
    ]

    static var heading: [UInt8] {
        Array((columns.map(\.name) + ["line"]).joined(separator: ",").utf8) + [0x0D, 0x0A]
    }

    static func row(_ line: ExportedLine) -> [UInt8] {
        var bytes: [UInt8] = []
        for column in columns {
            if let value = column.value(line) { append(safe(value.plain).utf8, to: &bytes) }
            bytes.append(0x2C)
        }
        append(line.original, to: &bytes)
        return bytes + [0x0D, 0x0A]
    }

    private static func append(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        for byte in text {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    private static func safe(_ text: String) -> String {
        let formula: [UInt8] = Array("=+-@\t\r".utf8)
        let isFormula = text.utf8.first.map { formula.contains($0) } ?? false
        return (isFormula ? "'" : "") + displayed(text)
    }
}
