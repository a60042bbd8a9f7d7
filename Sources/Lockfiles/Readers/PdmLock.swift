// pdm.lock: TOML with one `[[package]]` for each version, and once more for each set of extras that
// was asked for. Archives are listed by file name, or by address with pdm's strategy `static_urls`;
// which index they came from is not recorded.
//
// Source: pdm 2.29 src/pdm/project/lockfile/pdmlock.py (`format_lockfile`) and
// src/pdm/models/candidates.py (`as_lockfile_entry`); lock_version 4.3 to 4.5. What pdm wrote
// before 2.8 has its digests in another table and is refused.

internal import GateCore

/// Reads pdm's lockfile.
struct PdmLockReader {
    private static let keys: Word = """
        name version extras requires_python editable subdirectory git hg svn bzr ref revision path url \
        summary groups marker dependencies files
        """

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var lockfile = Lockfile(format: .pdm)
        for section in try TomlReader.sections(of: text) {
            switch section.path {
            case ["package"]:
                let known = try section.table.entries("a package")
                lockfile.remarks += remarks(on: known, besides: keys, of: "")
                try lockfile.addPdm(section.table)
            case ["metadata"]:
                let version = try section.table.needed("lock_version", of: "the file")
                guard Word(version.text).hasPrefix("4.") else {
                    throw LockfileError(
                        "version \(version.text) is not known here", at: version.place)
                }
            case ["metadata", "targets"]: continue
            case let path where path.starts(with: ["metadata", "lock_inputs"]): continue
            default: throw LockfileError("a table that pdm does not write", at: section.table.place)
            }
        }
        return lockfile
    }
}

extension Lockfile {
    fileprivate mutating func addPdm(_ table: Tree) throws(LockfileError) {
        let name = try table.needed("name", of: "a package")
        try checkPythonName(name)
        let version = try table.needed("version", of: name.text)
        var package = LockedPackage(
            .pypi, name: name.text, version: version.text, source: .registry, at: name.place)
        for file in try table["files"]?.elements("files") ?? [] {
            package.files.append(try pdmFile(file))
        }
        package.hasInstallScripts = buildsFromSource(package.files)
        for kind: Word in ["git", "hg", "svn", "bzr"] {
            guard let repository = try table.text(of: kind) else { continue }
            package.source = .git
            package.files.insert(LockedFile(location: repository), at: 0)
            if !isCommit(try table.text(of: "revision")?.text) {
                remarks.append(
                    Finding(
                        .notPinned, at: repository.place, package: package.title,
                        "the repository is given without a full commit id"))
            }
        }
        if let url = try table.text(of: "url") {
            package.source = .url
            package.files = [LockedFile(location: url, integrity: package.integrity)]
        }
        if let path = try table.text(of: "path") {
            let isArchive = package.hasArchive(named: path.text)
            package.source = leadsOutside(path.text) || isArchive ? .path : .workspace
            package.files = [LockedFile(location: path, integrity: package.integrity)]
            package.hasInstallScripts = nil
        }
        packages.append(package)
    }

    private func pdmFile(_ file: Tree) throws(LockfileError) -> LockedFile {
        let digests = try file.text(of: "hash").map { [pythonDigest($0)] } ?? []
        for key: Word in ["file", "url"] {
            if let location = try file.text(of: key) {
                return LockedFile(location: location, integrity: digests)
            }
        }
        throw LockfileError("an archive without a name", at: file.place)
    }
}

extension LockedPackage {
    /// Whether a path is an archive and no folder.
    fileprivate func hasArchive(named path: String) -> Bool {
        for ending: Word in [".whl", ".egg", ".zip", ".tgz", ".tar", ".gz", ".bz2", ".xz", ".Z"]
        where Word(path).hasSuffix(ending) {
            return true
        }
        return false
    }
}
