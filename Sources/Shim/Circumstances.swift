// What a record says beyond the line itself: the processes above, the repository, the thing that
// would be published. It costs a few reads, so lines that change nothing and are allowed go without.

internal import Audit
internal import GateCore
internal import Platform

extension Verdict {
    /// Adds the circumstances to a record.
    func addCircumstances(to record: inout DecisionRecord) {
        let operation = decision.operation ?? invocation.operation
        switch operation {
        case .query, .run, .modify, .pack: if decision.effect == .allow { return }
        case .publish, .unpublish, .administer, .authenticate, .configure, .execute, .install,
            .unknown:
            break
        }
        record.parents = Host.ancestors(atMost: 4)
        if let cwd = line.cwd { record.repository = workingCopy(at: cwd) }
        switch operation {
        case .publish, .unpublish, .administer: record.artifact = artifact
        case .authenticate, .configure, .execute, .install, .run, .pack, .modify, .query, .unknown:
            break
        }
    }

    /// A text without secrets: those that have a look, and those that the line's arguments tell of.
    private func hidden(_ text: String) -> String {
        redact([redact(text)], hiding: secrets)[0]
    }

    /// What is published, as far as the line tells.
    private var artifact: DecisionRecord.Artifact? {
        var artifact = DecisionRecord.Artifact()
        if let package = invocation.packages.first, !package.name.isEmpty {
            artifact.name = hidden(package.name.text)
            if !package.range.isEmpty {
                artifact.version = hidden(package.range.text)
            }
            let isScoped = package.name.text.utf8.first == UInt8(ascii: "@")
            if isScoped, let slash = package.name.split(at: UInt8(ascii: "/")) {
                artifact.scope = hidden(slash.head.text)
            }
        }
        for option in invocation.options where option.name == "tag" {
            artifact.tag = option.value.map { hidden($0.text) }
        }
        artifact.registry = invocation.registry.map { hidden($0) }
        return artifact == DecisionRecord.Artifact() ? nil : artifact
    }
}

/// The git working copy that a directory belongs to; nil where there is none. A `.git` that is a file
/// (a linked worktree) and packed references are left alone: this is a note, not a proof.
private func workingCopy(at directory: String) -> DecisionRecord.Repository? {
    var top = directory
    while FileStatus("\(top)/.git/HEAD") == nil {
        if top == "/" || top == "." { return nil }
        top = FilePath.parent(top)
    }
    var found = DecisionRecord.Repository()
    let head = firstLine("\(top)/.git/HEAD") ?? ""
    let reference = "ref: "
    if head.utf8.starts(with: reference.utf8) {
        let name = String(head.dropFirst(reference.count))
        if !name.utf8.contains(0), !name.contains("..") {
            found.revision = firstLine("\(top)/.git/\(name)")
        }
    } else if !head.isEmpty {
        found.revision = head
    }
    found.url = originURL("\(top)/.git/config").map { redact($0) }
    return found
}

private func firstLine(_ path: String) -> String? {
    guard let file = try? WholeFile(path, limit: 4_096) else { return nil }
    return String(decoding: file.bytes.prefix { $0 != 0x0A }, as: UTF8.self)
}

/// `url` in the section `[remote "origin"]` of a git configuration.
private func originURL(_ path: String) -> String? {
    guard let file = try? WholeFile(path, limit: 1 << 16) else { return nil }
    var isOrigin = false
    for line in file.bytes.split(separator: 0x0A) {
        let text = line.drop { $0 == 0x20 || $0 == 0x09 }
        if text.first == UInt8(ascii: "[") {
            isOrigin = text.starts(with: "[remote \"origin\"]".utf8)
        } else if isOrigin, text.starts(with: "url".utf8),
            let equals = text.firstIndex(of: UInt8(ascii: "="))
        {
            let value = text[(equals + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
            return String(decoding: value, as: UTF8.self)
        }
    }
    return nil
}
