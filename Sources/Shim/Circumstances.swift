// What a record says beyond the line itself: the processes above, the repository, the thing that
// would be published. It costs a few reads, so lines that change nothing and are allowed go without.

internal import Audit
internal import GateCore
internal import Platform
internal import Tools

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
        case .publish, .unpublish, .administer: record.artifact = artifact(of: operation)
        case .authenticate, .configure, .execute, .install, .run, .pack, .modify, .query, .unknown:
            break
        }
    }

    /// A text without secrets: those that have a look, and those that the line's arguments tell of.
    private func hidden(_ text: String) -> String {
        redact([redact(text)], hiding: secrets)[0]
    }

    /// What is published: as far as the line tells, else what the file or the manifest tells that it
    /// would publish.
    private func artifact(of operation: GateCore.Operation) -> DecisionRecord.Artifact? {
        let acting = invocation.flattened.first { $0.operation == operation } ?? invocation
        var artifact = DecisionRecord.Artifact()
        var name: String?
        if let package = acting.packages.first, !package.name.isEmpty {
            name = package.name.text
            artifact.version = package.range.isEmpty ? nil : hidden(package.range.text)
        } else if operation == .publish, let found = published(by: acting) {
            name = found.name
            artifact.version = found.version.map { hidden($0) }
        }
        if let name {
            artifact.name = hidden(name)
            let isScoped = name.utf8.first == UInt8(ascii: "@")
            if isScoped, let slash = Word(name).split(at: UInt8(ascii: "/")) {
                artifact.scope = hidden(slash.head.text)
            }
        }
        for option in acting.options where option.name == "tag" {
            artifact.tag = option.value.map { hidden($0.text) }
        }
        artifact.registry = acting.registry.map { hidden($0) }
        return artifact == DecisionRecord.Artifact() ? nil : artifact
    }

    /// What a publishing line without a name means: the file that it names, or the manifest of the
    /// directory that it names, chooses by name, or works in.
    private func published(by acting: Invocation) -> PublishedName? {
        guard let cwd = line.cwd, let profile = Catalog.profile(calledAs: acting.tool) else {
            return nil
        }
        let words = acting.packages.map(\.spelling) + acting.positionals + acting.rest
        for word in words {
            if let found = publishedName(ofFile: word) { return found }
        }
        var places = acting.directories.isEmpty ? [cwd] : acting.directories
        if acting.members.count == 1 { places = acting.members }
        for package in acting.packages where package.source == .path {
            let path = package.spelling.text
            let isAbsolute = path.utf8.first == UInt8(ascii: "/")
            places.insert(isAbsolute ? path : "\(places.last ?? cwd)/\(path)", at: 0)
        }
        let manifests = PublishingManifest.read(by: profile)
        for place in places {
            for manifest in manifests {
                if let found = published(in: place, manifest) { return found }
            }
        }
        return nil
    }

    private func published(
        in directory: String, _ manifest: PublishingManifest
    ) -> PublishedName? {
        var file = manifest.file.text
        if manifest.isNamedFreely {
            let names = FilePath.names(in: directory) ?? []
            guard let found = names.first(where: { Word($0).hasSuffix(manifest.file) }) else {
                return nil
            }
            file = found
        }
        guard let read = try? WholeFile("\(directory)/\(file)", limit: 1 << 20),
            let text = String(validating: read.bytes, as: UTF8.self)
        else { return nil }
        return manifest.name(in: text)
    }
}

/// The git working copy that a directory belongs to; nil where there is none. This is a note, not a
/// proof: what it says is what the files say (gitrepository-layout(5)).
private func workingCopy(at directory: String) -> DecisionRecord.Repository? {
    var top = directory
    while true {
        if let found = repository(at: top) { return found }
        if top == "/" || top == "." { return nil }
        top = FilePath.parent(top)
    }
}

private func repository(at top: String) -> DecisionRecord.Repository? {
    // In a linked worktree or a submodule `.git` is a file that leads to the directory.
    var own = "\(top)/.git"
    if FileStatus(own) == nil { return nil }
    if let target = firstLine(own).flatMap({ text(of: $0, behind: "gitdir: ") }) {
        own = target.utf8.first == UInt8(ascii: "/") ? target : "\(top)/\(target)"
    }
    guard let head = firstLine("\(own)/HEAD") else { return nil }
    // A linked worktree has its HEAD for itself; branches and settings stand in the common directory.
    var common = own
    if let path = firstLine("\(own)/commondir"), !path.utf8.isEmpty {
        common = path.utf8.first == UInt8(ascii: "/") ? path : "\(own)/\(path)"
    }
    var found = DecisionRecord.Repository()
    if let name = text(of: head, behind: "ref: ") {
        if !name.utf8.contains(0), !name.contains("..") {
            found.revision =
                revision(firstLine("\(own)/\(name)")) ?? revision(firstLine("\(common)/\(name)"))
                ?? packedRevision(of: name, in: common)
        }
    } else {
        found.revision = revision(head)
    }
    found.url = originURL("\(common)/config").map { redact($0) }
    return found
}

/// The rest of a line that starts so.
private func text(of line: String, behind start: String) -> String? {
    line.utf8.starts(with: start.utf8) ? String(line.dropFirst(start.count)) : nil
}

/// A commit's name: 40 or 64 hexadecimal digits. Nothing else that stands there is recorded.
private func revision(_ text: String?) -> String? {
    guard let text, text.utf8.count == 40 || text.utf8.count == 64 else { return nil }
    for byte in text.utf8 where !(byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66) {
        return nil
    }
    return text
}

/// The commit of a branch that git has packed: a line of its name and the branch's.
private func packedRevision(of name: String, in directory: String) -> String? {
    guard let file = try? WholeFile("\(directory)/packed-refs", limit: 4 << 20) else { return nil }
    let wanted = Array((" " + name).utf8)
    for line in file.bytes.split(separator: 0x0A) where line.count > wanted.count {
        let digits = line.dropLast(wanted.count)
        guard digits.count == 40 || digits.count == 64, line.suffix(wanted.count) == wanted[...]
        else { continue }
        return revision(String(decoding: digits, as: UTF8.self))
    }
    return nil
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
