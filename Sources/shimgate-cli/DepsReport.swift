// How added packages are shown: for people by task and line, for programs one object a package. The
// words are those of agents and packages, so they are escaped.

import AuditReading
import GateCore
import StrictJSON

extension AddedPackages {
    /// By task, in the order of their first line.
    static func text(_ added: [AddedPackages], all: Bool) -> String {
        let added = all ? added : added.filter { $0.rows.contains { !$0.isRemoved } }
        var tasks: [String?] = []
        for one in added where !tasks.contains(where: { isSame($0, one.task) }) {
            tasks.append(one.task)
        }
        var text = added.isEmpty ? "nothing was added\n" : ""
        for (place, task) in tasks.enumerated() {
            text += place > 0 ? "\n" : ""
            text += task.map { "task \(displayed($0))\n" } ?? "no task\n"
            for one in added where isSame(one.task, task) { text += one.lines(all: all) }
        }
        return text
    }

    private static func isSame(_ left: String?, _ right: String?) -> Bool {
        left.map { Word($0) } == right.map { Word($0) }
    }

    private var task: String? { decision.text("agent.task") }

    private func lines(all: Bool) -> String {
        let agent = decision.text("agent.name").map { displayed($0) + "  " } ?? ""
        let place = decision.text("cwd").map { ", " + displayed($0) } ?? ""
        let command = displayed(decision.command ?? "")
        var text =
            "  \(displayed(decision.time))  \(agent)\(command)  (seq \(decision.number)\(place))\n"
        let shown = rows.filter { all || $0.isAsked && !$0.isRemoved }
        for row in shown {
            let name = row.purl + (row.version.map { "@" + $0 } ?? "")
            text += "    \(padded(row.status, to: 9)) \(displayed(name))"
            text += row.present.text.map { "  \(displayed($0))\n" } ?? "\n"
        }
        let rest = rows.filter { !$0.isRemoved }.count - shown.filter { !$0.isRemoved }.count
        if rest > 0 { text += "    and \(rest) more that came along\n" }
        let removed = rows.count - rest - shown.count
        if removed > 0 { text += "    and \(removed) that went\n" }
        return text
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    /// One object a line for each package.
    static func json(_ added: [AddedPackages]) -> String {
        var text = JSONText()
        for one in added {
            for row in one.rows { one.write(row, &text) }
        }
        return text.text
    }

    private func write(_ row: Row, _ text: inout JSONText) {
        let members: [(String, String?)] = [
            ("task", task), ("agent", decision.text("agent.name")),
            ("session", decision.text("agent.session")), ("time", decision.time),
            ("record", decision.text("id")), ("tool", decision.text("tool")),
            ("command", decision.command), ("cwd", decision.text("cwd")), ("status", row.status),
            ("purl", row.purl), ("version", row.version), ("requested", row.requested),
        ]
        text.raw("{\"seq\":\(decision.number)")
        for (name, value) in members {
            text.raw(",\"\(name)\":")
            if let value { text.string(value) } else { text.raw("null") }
        }
        text.raw(",\"present\":")
        row.present.write(&text)
        text.raw("}\n")
    }
}

extension AddedPackages.Row {
    fileprivate var isRemoved: Bool { Word(status) == "removed" }
}

extension ProjectLockfiles.Presence {
    /// Nil where there is nothing to say.
    fileprivate var text: String? {
        switch self {
        case .locked(let file, let versions):
            "now \(versions.joined(separator: ", ")) in \(file)"
        case .absent(let file): "not in \(file)"
        case .unreadable(let file): "\(file) cannot be read"
        case .noLockfile: "no lockfile"
        case .unknown: nil
        }
    }

    /// `{"lockfile":PATH,"versions":[...]}`; `versions` null where the file cannot be read, and null for
    /// all of it where there is none.
    fileprivate func write(_ text: inout JSONText) {
        var path: String?
        var versions: [String]?
        switch self {
        case .locked(let file, let found): (path, versions) = (file, found)
        case .absent(let file): (path, versions) = (file, [])
        case .unreadable(let file): path = file
        case .noLockfile, .unknown: break
        }
        guard let path else { return text.raw("null") }
        text.raw("{\"lockfile\":")
        text.string(path)
        text.raw(",\"versions\":")
        if let versions { text.strings(versions) } else { text.raw("null") }
        text.raw("}")
    }
}
