// How findings and changes are shown. Text of the files is escaped; in the text form one line is one
// finding, in the form that editors and CI systems jump to. The JSON members are documented in
// docs/lockfiles.md.

import GateCore
import Lockfiles
import StrictJSON

/// The findings of a file.
struct LintReport {
    let path: String
    let lockfile: Lockfile
    let findings: [Finding]

    /// One line for each finding, what to do about each rule, and a last line that sums up.
    var text: String {
        var text = ""
        for finding in findings {
            let place = "\(displayed(path)):\(finding.place.line):\(finding.place.column)"
            let package = finding.package.utf8.isEmpty ? "" : displayed(finding.package) + ": "
            text += "\(place): \(finding.rule.id): \(package)\(displayed(finding.message))\n"
        }
        for rule in LintRule.allCases where findings.contains(where: { $0.rule == rule }) {
            text += "  \(rule.id): \(rule.advice)\n"
        }
        let count = findings.isEmpty ? "nothing found" : counted(findings.count, "finding")
        let packages = counted(lockfile.packages.count, "package")
        return text + "\(displayed(path)): \(lockfile.format.name), \(packages), \(count)\n"
    }

    /// The findings, then the summary, each an object on a line of its own.
    var json: String {
        var text = JSONText()
        for finding in findings {
            text.raw("{\"file\":")
            text.string(path)
            text.raw(",\"line\":\(finding.place.line),\"column\":\(finding.place.column),\"rule\":")
            text.string(finding.rule.id)
            text.raw(",\"package\":")
            if finding.package.utf8.isEmpty {
                text.raw("null")
            } else {
                text.string(finding.package)
            }
            text.raw(",\"message\":")
            text.string(finding.message)
            text.raw(",\"advice\":")
            text.string(finding.rule.advice)
            text.raw("}\n")
        }
        text.raw("{\"file\":")
        text.string(path)
        text.raw(",\"format\":")
        text.string(lockfile.format.name)
        text.raw(",\"packages\":\(lockfile.packages.count),\"findings\":\(findings.count)}\n")
        return text.text
    }
}

/// The changes between two files.
struct DiffReport {
    let old: String
    let new: String
    let diff: LockfileDiff

    /// A line that sums up, then the packages by what happened to them.
    var text: String {
        var text = "\(displayed(old)) -> \(displayed(new)): \(summary)\n"
        for kind in LockfileChange.Kind.allCases {
            let changes = diff.changes.filter { $0.kind == kind }
            if changes.isEmpty { continue }
            text += "\n\(heading(kind))\n"
            for change in changes {
                text += "  \(displayed(title(change)))\(isDirect(change) ? "  (direct)" : "")\n"
                for detail in change.details { text += "    \(displayed(detail))\n" }
            }
        }
        return text
    }

    private var summary: String {
        if diff.changes.isEmpty { return "no difference" }
        var parts: [String] = []
        for kind in LockfileChange.Kind.allCases {
            let count = diff.changes.count { $0.kind == kind }
            if count > 0 { parts.append("\(count) \(kind.name)") }
        }
        return parts.joined(separator: ", ")
    }

    private func heading(_ kind: LockfileChange.Kind) -> String {
        switch kind {
        case .replaced:
            "REPLACED AT THE SAME VERSION: no upgrade does this; find out who changed it"
        case .changed, .added, .removed, .refined: kind.name
        }
    }

    private func title(_ change: LockfileChange) -> String {
        guard let old = change.old, let new = change.new, Word(old.version) != Word(new.version)
        else { return (change.new ?? change.old)?.title ?? "" }
        return "\(new.name) \(old.version) -> \(new.version)"
    }

    private func isDirect(_ change: LockfileChange) -> Bool {
        (change.new ?? change.old)?.isDirect == true
    }

    /// One object for each change.
    var json: String {
        var text = JSONText()
        for change in diff.changes {
            text.raw("{\"change\":")
            text.string(change.kind.name)
            text.raw(",\"name\":")
            text.string(change.name)
            text.raw(",\"old\":")
            write(change.old, &text)
            text.raw(",\"new\":")
            write(change.new, &text)
            text.raw(",\"details\":")
            text.strings(change.details)
            text.raw("}\n")
        }
        return text.text
    }

    private func write(_ package: LockedPackage?, _ text: inout JSONText) {
        guard let package else { return text.raw("null") }
        text.raw("{\"version\":")
        text.string(package.version)
        text.raw(",\"purl\":")
        text.string(package.purl)
        text.raw(",\"source\":")
        text.string(package.source.name)
        text.raw(",\"registry\":")
        write(package.registry?.text, &text)
        text.raw(",\"resolved\":")
        write(package.resolved, &text)
        text.raw(",\"integrity\":")
        text.strings(package.integrity.map(\.text))
        text.raw(",\"scripts\":\(package.hasInstallScripts.map { "\($0)" } ?? "null")")
        text.raw(",\"direct\":\(package.isDirect.map { "\($0)" } ?? "null")}")
    }

    private func write(_ value: String?, _ text: inout JSONText) {
        if let value { text.string(value) } else { text.raw("null") }
    }
}

/// `1 package`, `2 packages`.
private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
