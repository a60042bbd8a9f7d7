// Pipfile.lock of pipenv: JSON with the indexes in `_meta` and one object for each category of
// packages (`default`, `develop`, others by name).
//
// Source: pipenv, docs/specs/pipfile.md and pipenv/utils/locking.py, 2026.x.

internal import GateCore

/// Reads pipenv's lockfile.
struct PipfileLockReader {
    private static let keys: Word = """
        version hashes hash index markers extras git ref subdirectory editable path file \
        sys_platform platform_machine platform_system python_version os_name dependencies \
        no_binary os_name platform_python_implementation implementation_name
        """

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var lockfile = Lockfile(format: .pipfile)
        let root = try Tree.json(text)
        guard let meta = root["_meta"] else {
            throw LockfileError("the file has no _meta", at: root.place)
        }
        var indexes: [(name: Word, url: LockedText)] = []
        for source in try meta["sources"]?.elements("sources") ?? [] {
            let url = try source.needed("url", of: "a source")
            indexes.append((Word(try source.text(of: "name")?.text ?? ""), url))
            if let isVerified = source["verify_ssl"], try !isVerified.truth("verify_ssl") {
                lockfile.remarks.append(
                    Finding(
                        .scheme, at: isVerified.place, package: "",
                        "the certificate of \(url.text) is not checked"))
            }
        }
        for category in try root.entries("the file") where Word(category.key.text) != "_meta" {
            for entry in try category.value.entries(category.key.text) {
                try checkPythonName(entry.key)
                let known = try entry.value.entries("a package")
                lockfile.remarks += remarks(on: known, besides: keys, of: entry.key.text)
                try lockfile.addPipenv(entry, indexes)
            }
        }
        return lockfile
    }
}

extension Lockfile {
    fileprivate mutating func addPipenv(
        _ entry: Tree.Entry, _ indexes: [(name: Word, url: LockedText)]
    ) throws(LockfileError) {
        let (name, value) = (entry.key, entry.value)
        let version = Word(try value.text(of: "version")?.text ?? "")
        let isExact = version.hasPrefix("==")
        var package = LockedPackage(
            .pypi, name: name.text, version: isExact ? version.dropFirst(2).text : "",
            source: .registry, at: name.place)
        var digests: [Integrity] = []
        for digest in try value["hashes"]?.elements("hashes") ?? [] {
            digests.append(pythonDigest(try digest.text("a hash")))
        }
        if let repository = try value.text(of: "git") {
            package.source = .git
            package.files = [LockedFile(location: repository)]
            if !isCommit(try value.text(of: "ref")?.text) {
                remarks.append(
                    Finding(
                        .notPinned, at: repository.place, package: name.text,
                        "the repository is given without a full commit id"))
            }
        } else if let path = try value.text(of: "path") {
            package.source = leadsOutside(path.text) ? .path : .workspace
            package.files = [LockedFile(location: path)]
        } else if let file = try value.text(of: "file") {
            package.source = LockedURL(file.text) == nil ? .path : .url
            package.files = [LockedFile(location: file, integrity: digests)]
        } else {
            // Without a name of its own a package comes from the first index.
            let index = try value.text(of: "index")
            let chosen = index.flatMap { wanted in indexes.first { $0.name == Word(wanted.text) } }
            if let index, chosen == nil {
                throw LockfileError("an index that _meta does not list", at: index.place)
            }
            package.registry = (chosen ?? indexes.first)?.url
            if !digests.isEmpty { package.files = [LockedFile(location: nil, integrity: digests)] }
            if !isExact {
                remarks.append(
                    Finding(
                        .notPinned, at: name.place, package: name.text, "it has no exact version"))
            }
        }
        packages.append(package)
    }
}
