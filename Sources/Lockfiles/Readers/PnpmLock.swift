// pnpm-lock.yaml, lockfileVersion 5.x, 6.x and 9.x. Names and versions are in the keys; an address
// stands only where the registry's is not what pnpm would guess, so for most packages there is no
// host to judge.
//
// Sources: github.com/pnpm/spec lockfile/5.2.md, 6.0.md, 9.0.md and dependency-path.md; pnpm,
// lockfile.types.

internal import GateCore

/// Reads pnpm's lockfile.
struct PnpmLockReader {
    private static let topKeys: Word = """
        lockfileVersion settings catalogs overrides packageExtensionsChecksum pnpmfileChecksum \
        ignoredOptionalDependencies patchedDependencies importers packages snapshots specifiers \
        dependencies devDependencies optionalDependencies dependenciesMeta publishDirectory \
        neverBuiltDependencies onlyBuiltDependencies time registry shrinkwrapVersion
        """
    private static let packageKeys: Word = """
        resolution id name version engines cpu os libc dependencies optionalDependencies \
        peerDependencies peerDependenciesMeta transitivePeerDependencies dev optional deprecated \
        bundledDependencies bundleDependencies requiresBuild prepare hasBin patched
        """

    private enum Version {
        case five, six, nine
    }

    private var lockfile = Lockfile(format: .pnpm)
    private var version = Version.nine
    /// What importers ask for: `name@version` as the keys of packages have it.
    private var requested: Set<Word> = []

    /// Reads a file. pnpm 11 and later may put a document of its own before the project's.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var reader = PnpmLockReader()
        for document in try YamlReader.documents(of: text) { try reader.read(document) }
        return reader.lockfile
    }

    private mutating func read(_ root: Tree) throws(LockfileError) {
        let entries = try root.entries("the file")
        lockfile.remarks += remarks(on: entries, besides: Self.topKeys, of: "")
        let number = try root.needed("lockfileVersion", of: "the file")
        switch Word(number.text).split(at: UInt8(ascii: "."))?.head ?? Word(number.text) {
        case "5": version = .five
        case "6": version = .six
        case "9": version = .nine
        default:
            throw LockfileError(
                "lockfileVersion \(number.text) is not known here", at: number.place)
        }
        requested = []
        try readImporter(root)
        for importer in try optionalEntries(root["importers"], "importers") {
            try readImporter(importer.value)
        }
        var keys: Set<Word> = []
        for entry in try optionalEntries(root["packages"], "packages") {
            keys.insert(withoutPeers(entry.key.text))
            try readPackage(entry)
        }
        guard version == .nine else { return }
        var used: Set<Word> = []
        for entry in try optionalEntries(root["snapshots"], "snapshots") {
            let key = withoutPeers(entry.key.text)
            used.insert(key)
            if !keys.contains(key) {
                note(.conflict, entry.key, entry.key.text, "snapshots has it and packages has not")
            }
        }
        for entry in try optionalEntries(root["packages"], "packages")
        where !used.contains(withoutPeers(entry.key.text)) {
            note(.conflict, entry.key, entry.key.text, "packages has it and snapshots has not")
        }
    }

    private func optionalEntries(
        _ tree: Tree?, _ what: String
    ) throws(LockfileError) -> [Tree.Entry] {
        guard let tree, !tree.isNull else { return [] }
        return try tree.entries(what)
    }

    private mutating func note(
        _ rule: LintRule, _ text: LockedText, _ package: String, _ message: String
    ) {
        lockfile.remarks.append(Finding(rule, at: text.place, package: package, message))
    }

    /// What a project asks for: `name: version` up to version 5, `specifier` and `version` later.
    private mutating func readImporter(_ importer: Tree) throws(LockfileError) {
        for key: Word in [
            "dependencies", "devDependencies", "optionalDependencies",
            "configDependencies", "packageManagerDependencies",
        ] {
            for entry in try optionalEntries(importer[key], key.text) {
                let resolved: LockedText
                if entry.value.isMap {
                    resolved = try entry.value.needed("version", of: entry.key.text)
                } else {
                    resolved = try entry.value.text("a version")
                }
                let name = entry.key.text
                let version = resolved.text
                // An alias or a source that is no registry is the whole key already.
                for candidate in [
                    "/\(name)/\(version)", "/\(name)@\(version)", "\(name)@\(version)", version,
                ] {
                    requested.insert(withoutPeers(candidate))
                }
            }
        }
    }

    /// A key without the peers that pnpm appends: `(react@18.0.0)`, in version 5 `_react@18.0.0`.
    private func withoutPeers(_ key: String) -> Word {
        let word = Word(key)
        if version != .five {
            // A git address may hold a parenthesis only encoded, so the first one starts the peers.
            return word.split(at: UInt8(ascii: "("))?.head ?? word
        }
        guard word.hasPrefix("/"),
            let slash = Array(key.utf8).lastIndex(of: UInt8(ascii: "/"))
        else { return word }
        let last = word.dropFirst(slash + 1)
        guard let parts = last.split(at: UInt8(ascii: "_")) else { return word }
        return Word(word.prefix(slash + 1).text + parts.head.text)
    }

    private mutating func readPackage(_ entry: Tree.Entry) throws(LockfileError) {
        let (key, value) = (entry.key, entry.value)
        let known = try value.entries("an entry of packages")
        lockfile.remarks += remarks(on: known, besides: Self.packageKeys, of: key.text)
        guard let resolution = value["resolution"] else {
            throw LockfileError("\(key.text) has no resolution", at: key.place)
        }
        let identity = try identity(key, value)
        var package = LockedPackage(
            .npm, name: identity.name, version: identity.version, source: .registry, at: key.place)
        package.registry = identity.registry
        try read(resolution, into: &package)
        if package.version.isEmpty, package.source == .registry {
            throw LockfileError("\(key.text) has no version", at: key.place)
        }
        if version == .nine {
            // No longer recorded; false would be a claim.
            package.hasInstallScripts = nil
        } else {
            package.hasInstallScripts = try value.truth(of: "requiresBuild") ?? false
        }
        package.isDirect = requested.contains(withoutPeers(key.text))
        lockfile.packages.append(package)
    }

    /// Name, version and registry from the key, or from the entry where the key is an address.
    private func identity(
        _ key: LockedText, _ value: Tree
    ) throws(LockfileError) -> (name: String, version: String, registry: LockedText?) {
        let bare = withoutPeers(key.text)
        var name = try value.text(of: "name")?.text
        var number = try value.text(of: "version")?.text
        var registry: LockedText?
        if version == .nine || bare.hasPrefix("/") {
            let text = version == .nine ? bare : bare.dropFirst(1)
            let parts = version == .five ? splitAtVersion(text) : splitNpmPattern(text.text)
            if let parts {
                let isVersion = parts.range.first >= 0x30 && parts.range.first <= 0x39
                name = name ?? parts.name.text
                number =
                    number ?? (isVersion && !parts.range.contains(0x3A) ? parts.range.text : "")
            }
        } else if name == nil, let parts = bare.split(at: UInt8(ascii: "/")),
            parts.head.contains(UInt8(ascii: ".")),
            let inner = version == .five
                ? splitAtVersion(parts.tail) : splitNpmPattern(parts.tail.text)
        {
            // `registry.example/name/1.0.0`: a registry besides the default one.
            (name, number) = (inner.name.text, inner.range.text)
            registry = LockedText("https://\(parts.head)/", at: key.place)
        }
        guard let name else { throw LockfileError("a key without a name", at: key.place) }
        try checkNpmName(name, at: key.place)
        return (name, number ?? "", registry)
    }

    /// `name/version`, as version 5 writes it.
    private func splitAtVersion(_ text: Word) -> (name: Word, range: Word)? {
        guard let slash = Array(text.text.utf8).lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return (text.prefix(slash), text.dropFirst(slash + 1))
    }

    private mutating func read(
        _ resolution: Tree, into package: inout LockedPackage
    ) throws(LockfileError) {
        let known: Word = """
            integrity tarball registry type repo commit path directory gitHosted archive url bin \
            prefix variants
            """
        let entries = try resolution.entries("a resolution")
        lockfile.remarks += remarks(on: entries, besides: known, of: package.title)
        let integrity = try resolution.text(of: "integrity").map(subresourceIntegrity) ?? []
        let kind = Word(try resolution.text(of: "type")?.text ?? "")
        if let registry = try resolution.text(of: "registry") { package.registry = registry }
        switch kind {
        case "git":
            let repository = try resolution.needed("repo", of: "a resolution")
            package.source = .git
            package.files = [LockedFile(location: repository)]
            if !isCommit(try resolution.text(of: "commit")?.text) {
                note(
                    .notPinned, repository, package.title,
                    "the repository is given without a full commit id")
            }
        case "directory":
            let path = try resolution.needed("directory", of: "a resolution")
            package.source = leadsOutside(path.text) ? .path : .workspace
            package.files = [LockedFile(location: path)]
        case "binary":
            package.source = .url
            let address = try resolution.needed("url", of: "a resolution")
            package.files.append(LockedFile(location: address, integrity: integrity))
        case "variations":
            for variation in try resolution["variants"]?.elements("variants") ?? [] {
                guard let inner = variation["resolution"] else {
                    throw LockfileError("a variation has no resolution", at: variation.place)
                }
                guard inner["variants"] == nil else {
                    throw LockfileError("variants of variants", at: inner.place)
                }
                try read(inner, into: &package)
            }
        case "":
            if let tarball = try resolution.text(of: "tarball") {
                guard let location = NpmLocation(tarball.text) else {
                    throw LockfileError("an address of no known form", at: tarball.place)
                }
                package.source = location.source
                if location.source == .git, !location.hasCommit {
                    note(
                        .notPinned, tarball, package.title,
                        "the repository is given without a full commit id")
                }
                package.files.append(LockedFile(location: tarball, integrity: integrity))
            } else if let directory = try resolution.text(of: "directory") {
                package.source = leadsOutside(directory.text) ? .path : .workspace
                package.files = [LockedFile(location: directory)]
            } else if !integrity.isEmpty {
                package.files.append(LockedFile(location: nil, integrity: integrity))
            }
        default: throw LockfileError("a resolution of no known type", at: resolution.place)
        }
    }
}
