// A record as one line for people: when, what was decided, for which tool and command, by which
// rule. The record's words are strangers' words, so the caller's escaping is asked for each, and
// the caller decides about colour.

internal import StrictJSON

/// What a person wants to see of a record.
public struct RecordLine: Sendable {
    public let number: Int
    public let type: String
    public let time: String
    public let effect: String?
    public let tool: String?
    public let command: String?
    public let rule: String?
    /// What else a record without a command says.
    public let note: String?

    /// Nil where the bytes are no record.
    public init?(_ line: [UInt8]) {
        guard let json = try? JSON.parse(line), let number = json["seq"]?.integer,
            let type = json["type"]?.string
        else { return nil }
        self.number = number
        self.type = type
        time = json["time"]?.string ?? ""
        effect = json["effect"]?.string
        tool = json["tool"]?.string
        command = json["command"]?.string ?? RecordLine.words(json["argv"])
        rule = json["rule"]?.string
        note = RecordLine.note(json)
    }

    /// One line, without a line end.
    ///
    /// - Parameters:
    ///   - isColored: whether the effect is coloured with ANSI sequences.
    ///   - escaping: makes untrusted text safe to show.
    public func text(isColored: Bool = false, escaping: (String) -> String) -> String {
        var parts = [escaping(time), RecordLine.padded(escaping(effect ?? type), 8)]
        if isColored { parts[1] = RecordLine.colored(parts[1], effect) }
        if let command {
            parts.append(RecordLine.padded(escaping(tool ?? ""), 6))
            parts.append(escaping(command))
        }
        if let note { parts.append(escaping(note)) }
        if let rule { parts.append("[rule \(escaping(rule))]") }
        return parts.joined(separator: "  ")
    }

    private static func note(_ json: JSON) -> String? {
        if let chain = json["chain"]?.string { return "chain \(chain)" }
        if let packages = json["packages"]?.array { return note(packages) }
        if let code = json["exit"]?.integer { return "exit \(code)" }
        if let signal = json["signal"]?.integer { return "signal \(signal)" }
        for kind in ["torn", "foreign"] {
            if let bytes = json[kind]?["bytes"]?.integer { return "\(bytes) \(kind) bytes" }
        }
        return nil
    }

    /// Names that nobody knew say most of a list of packages.
    private static func note(_ packages: [JSON]) -> String? {
        func names(_ packages: [JSON]) -> String {
            let shown = packages.prefix(8).compactMap { ($0["purl"] ?? $0["name"])?.string }
            let rest = packages.count > 8 ? " and \(packages.count - 8) more" : ""
            return shown.joined(separator: ", ") + rest
        }
        let missing = packages.filter { package in
            package["status"]?.string.map { $0.utf8.elementsEqual("not_found".utf8) } ?? false
        }
        if !missing.isEmpty { return "not found: \(names(missing))" }
        return packages.isEmpty ? nil : names(packages)
    }

    private static func words(_ argv: JSON?) -> String? {
        guard let argv = argv?.array else { return nil }
        return argv.map { $0.string ?? "(not UTF-8)" }.joined(separator: " ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    private static func colored(_ text: String, _ effect: String?) -> String {
        let code: String
        switch effect.map({ Array($0.utf8) }) {
        case Array("deny".utf8): code = "31"
        case Array("approval".utf8): code = "33"
        case Array("allow".utf8): code = "32"
        default: return text
        }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
