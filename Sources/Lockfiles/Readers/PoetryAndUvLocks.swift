// poetry.lock and uv.lock: TOML with one `[[package]]` for each version. Both list every archive of
// a version, so that one file serves all platforms; uv with addresses, poetry with file names.
//
// Sources: poetry-core and poetry src/poetry/packages/locker.py, 2.x; uv crates/uv-resolver
// src/lock/mod.rs, 0.13.

internal import GateCore

/// Reads poetry's lockfile.
struct PoetryLockReader {
    private static let keys: Word = """
        name version description category optional python-versions develop groups markers files source \
        dependencies extras
        """

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var lockfile = Lockfile(format: .poetry)
        var listed: [Word: Tree] = [:]
        for section in try TomlReader.sections(of: text) {
            switch section.path {
            case []:
                // Where there is none, poetry writes an empty list.
                for entry in try section.table.entries("the file") {
                    guard Word(entry.key.text) == "package",
                        try entry.value.elements("package").isEmpty
                    else {
                        throw LockfileError(
                            "a key that poetry does not write", at: entry.key.place)
                    }
                }
            case ["package"]:
                try lockfile.addPoetry(section.table)
            case ["package", "source"]:
                guard !lockfile.packages.isEmpty else {
                    throw LockfileError("a source without a package", at: section.table.place)
                }
                try lockfile.setPoetrySource(section.table)
            case ["metadata", "files"]:
                // Up to lock-version 1.1 all files stand here.
                for entry in try section.table.entries("metadata.files") {
                    listed[Word(normalisedPythonName(entry.key.text))] = entry.value
                }
            case ["metadata"], ["extras"], ["package", "dependencies"], ["package", "extras"]:
                continue
            default:
                throw LockfileError("a table that poetry does not write", at: section.table.place)
            }
        }
        guard !listed.isEmpty else { return lockfile }
        for index in lockfile.packages.indices where lockfile.packages[index].files.isEmpty {
            let name = Word(normalisedPythonName(lockfile.packages[index].name))
            guard let files = listed[name] else { continue }
            lockfile.packages[index].files = try poetryFiles(files)
        }
        return lockfile
    }

    fileprivate static func addKnown(_ table: Tree, to lockfile: inout Lockfile)
        throws(LockfileError)
    {
        lockfile.remarks += remarks(on: try table.entries("a package"), besides: keys, of: "")
    }
}

private func poetryFiles(_ list: Tree) throws(LockfileError) -> [LockedFile] {
    var files: [LockedFile] = []
    for file in try list.elements("files") {
        let name = try file.needed("file", of: "a file")
        let digest = try file.text(of: "hash").map { [pythonDigest($0)] } ?? []
        files.append(LockedFile(location: name, integrity: digest))
    }
    return files
}

extension Lockfile {
    fileprivate mutating func addPoetry(_ table: Tree) throws(LockfileError) {
        let name = try table.needed("name", of: "a package")
        try checkPythonName(name)
        try PoetryLockReader.addKnown(table, to: &self)
        let version = try table.needed("version", of: name.text)
        var package = LockedPackage(
            .pypi, name: name.text, version: version.text, source: .registry, at: name.place)
        if let files = table["files"] { package.files = try poetryFiles(files) }
        package.hasInstallScripts = buildsFromSource(package.files)
        packages.append(package)
    }

    /// A source of its own, which the table below a package names.
    fileprivate mutating func setPoetrySource(_ table: Tree) throws(LockfileError) {
        let last = packages.count - 1
        let url = try table.needed("url", of: "a source")
        switch Word(try table.text(of: "type")?.text ?? "legacy") {
        case "legacy": packages[last].registry = url
        case "git":
            packages[last].source = .git
            packages[last].files.insert(LockedFile(location: url), at: 0)
            if !isCommit(try table.text(of: "resolved_reference")?.text) {
                remarks.append(
                    Finding(
                        .notPinned, at: url.place, package: packages[last].title,
                        "the repository is given without a full commit id"))
            }
        case "url":
            packages[last].source = .url
            let digests = packages[last].integrity
            packages[last].files = [LockedFile(location: url, integrity: digests)]
        case "directory":
            packages[last].source = leadsOutside(url.text) ? .path : .workspace
            packages[last].files = [LockedFile(location: url)]
        case "file":
            packages[last].source = .path
            packages[last].files = [LockedFile(location: url)]
        default: throw LockfileError("a source of no known type", at: table.place)
        }
    }
}

/// Whether only a source archive is listed, whose build runs the package's code; nil where there
/// is a wheel for some platform, or nothing is known.
func buildsFromSource(_ files: [LockedFile]) -> Bool? {
    guard !files.isEmpty else { return nil }
    for file in files {
        let path = file.location.map { LockedURL($0.text)?.path ?? $0.text } ?? ""
        if Word(path).hasSuffix(".whl") { return nil }
    }
    return true
}

/// Reads uv's lockfile.
struct UvLockReader {
    private static let topKeys: Word = """
        version revision requires-python resolution-markers supported-markers required-markers \
        conflicts
        """
    private static let keys: Word = """
        name version source resolution-markers dependencies sdist wheels optional-dependencies \
        dev-dependencies metadata
        """

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var lockfile = Lockfile(format: .uv)
        var direct: Set<Word> = []
        var isProject = false
        for section in try TomlReader.sections(of: text) {
            switch section.path.first {
            case nil:
                let known = try section.table.entries("the file")
                lockfile.remarks += remarks(on: known, besides: topKeys, of: "")
                let version = try section.table.needed("version", of: "the file")
                guard Word(version.text) == "1" else {
                    throw LockfileError(
                        "version \(version.text) is not known here", at: version.place)
                }
            case "package" where section.path.count == 1:
                let known = try section.table.entries("a package")
                lockfile.remarks += remarks(on: known, besides: keys, of: "")
                try lockfile.addUv(section.table)
                isProject = lockfile.packages.last?.source == .workspace
                if isProject, let list = section.table["dependencies"] {
                    for wanted in try list.elements("dependencies") {
                        direct.insert(Word(try wanted.needed("name", of: "a dependency").text))
                    }
                }
            case "package":
                guard isProject, section.path.count == 2 else { continue }
                let kind = section.path[1]
                guard kind == "dev-dependencies" || kind == "optional-dependencies" else {
                    continue
                }
                for group in try section.table.entries(kind.text) {
                    for wanted in try group.value.elements(kind.text) {
                        direct.insert(Word(try wanted.needed("name", of: "a dependency").text))
                    }
                }
            case "options", "manifest": continue
            default: throw LockfileError("a table that uv does not write", at: section.table.place)
            }
        }
        for index in lockfile.packages.indices {
            lockfile.packages[index].isDirect = direct.contains(Word(lockfile.packages[index].name))
        }
        return lockfile
    }
}

extension Lockfile {
    fileprivate mutating func addUv(_ table: Tree) throws(LockfileError) {
        let name = try table.needed("name", of: "a package")
        try checkPythonName(name)
        guard let source = table["source"] else {
            throw LockfileError("\(name.text) has no source", at: table.place)
        }
        let kinds = try source.entries("a source")
        guard let kind = kinds.first else {
            throw LockfileError("\(name.text) has no source", at: source.place)
        }
        let address = try kind.value.text("a source")
        var package = LockedPackage(
            .pypi, name: name.text, version: try table.text(of: "version")?.text ?? "",
            source: .registry, at: name.place)
        if let sdist = table["sdist"] { package.files.append(try uvFile(sdist)) }
        for file in try table["wheels"]?.elements("wheels") ?? [] {
            package.files.append(try uvFile(file))
        }
        package.hasInstallScripts = buildsFromSource(package.files)
        switch Word(kind.key.text) {
        case "registry": package.registry = address
        case "git":
            package.source = .git
            package.files = [LockedFile(location: address)]
            if !isCommit(LockedURL(address.text)?.fragment) {
                remarks.append(
                    Finding(
                        .notPinned, at: address.place, package: package.title,
                        "the repository is given without a full commit id"))
            }
        case "url":
            package.source = .url
            let digests = package.integrity
            package.files = [LockedFile(location: address, integrity: digests)]
        case "path":
            package.source = .path
            package.files = [LockedFile(location: address)]
        case "directory", "editable", "virtual":
            package.source = leadsOutside(address.text) ? .path : .workspace
            package.files = [LockedFile(location: address)]
            package.hasInstallScripts = nil
        default: throw LockfileError("a source of no known type", at: kind.key.place)
        }
        if package.version.isEmpty, package.source == .registry {
            throw LockfileError("\(name.text) has no version", at: name.place)
        }
        packages.append(package)
    }

    private func uvFile(_ file: Tree) throws(LockfileError) -> LockedFile {
        let digests = try file.text(of: "hash").map { [pythonDigest($0)] } ?? []
        for key: Word in ["url", "path", "filename"] {
            if let location = try file.text(of: key) {
                return LockedFile(location: location, integrity: digests)
            }
        }
        throw LockfileError("an archive without an address", at: file.place)
    }
}
