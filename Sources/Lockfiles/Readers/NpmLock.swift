// package-lock.json and npm-shrinkwrap.json, lockfileVersion 1, 2 and 3. Version 2 says everything
// twice, once for npm 6 (`dependencies`) and once for npm 7 and later (`packages`); a file whose two
// halves differ installs other packages with one than with the other, so they are compared.
//
// Source: @npmcli/arborist lib/shrinkwrap.js, npm 11.17.0; docs "package-lock.json".

internal import GateCore

/// Reads npm's lockfiles.
struct NpmLockReader {
    private static let topKeys: Word =
        "name version lockfileVersion requires packages dependencies packageIntegrity preserveSymlinks"
    private static let packageKeys: Word = """
        name version resolved integrity link dev optional devOptional peer inBundle hasShrinkwrap \
        hasInstallScript extraneous dependencies devDependencies optionalDependencies \
        peerDependencies peerDependenciesMeta bundleDependencies acceptDependencies funding engines \
        os cpu libc license bin deprecated workspaces ideallyInert
        """
    private static let dependencyKeys: Word = """
        version resolved integrity bundled dev optional devOptional peer requires dependencies from \
        extraneous inBundle
        """

    private var lockfile = Lockfile(format: .npm)
    /// What `packages` says of each folder, for comparing.
    private var folders: [Word: LockedPackage] = [:]
    /// Folders of the project that links lead to.
    private var links: Set<Word> = []
    /// What those folders ask for; npm puts most of it at the top.
    private var hoisted: Set<Word> = []
    /// What the project itself asks for, by name.
    private var wanted: [Word: String] = [:]

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        let root = try Tree.json(text)
        var reader = NpmLockReader()
        try reader.read(root)
        return reader.lockfile
    }

    private mutating func read(_ root: Tree) throws(LockfileError) {
        let entries = try root.entries("the file")
        lockfile.remarks += remarks(on: entries, besides: Self.topKeys, of: "")
        let version = try root.needed("lockfileVersion", of: "the file")
        switch Word(version.text) {
        case "1":
            if let packages = root["packages"] {
                throw LockfileError("lockfileVersion 1 has no packages", at: packages.place)
            }
        case "2", "3":
            guard let packages = root["packages"] else {
                throw LockfileError("the file has no packages", at: root.place)
            }
            try readPackages(try packages.entries("packages"))
        default:
            throw LockfileError(
                "lockfileVersion \(version.text) is not known here", at: version.place)
        }
        let dependencies = try root["dependencies"]?.entries("dependencies") ?? []
        if Word(version.text) == "1" {
            try readDependencies(dependencies)
        } else if Word(version.text) == "2" {
            try compare(dependencies)
        } else if let first = dependencies.first {
            throw LockfileError("lockfileVersion 3 has no dependencies", at: first.key.place)
        }
    }

    // MARK: packages

    private mutating func readPackages(_ entries: [Tree.Entry]) throws(LockfileError) {
        var direct: Set<Word> = []
        var bundling: Set<Word> = []
        for entry in entries {
            let folder = entry.key.text
            let isProject = !isInModules(folder)
            if isProject, !leadsOutside(folder) {
                for name in try requested(entry.value) { direct.insert(Word("\(folder)\n\(name)")) }
            }
            if let list = entry.value["bundleDependencies"], !list.isNull {
                bundling.insert(Word(folder))
            }
            if try entry.value.truth(of: "link") == true {
                links.insert(Word(try entry.value.needed("resolved", of: "a link").text))
            }
        }
        if let root = entries.first(where: { $0.key.text.utf8.isEmpty }) {
            for key: Word in ["dependencies", "devDependencies", "optionalDependencies"] {
                for entry in try root.value[key]?.entries(key.text) ?? [] {
                    wanted[Word(entry.key.text)] = try entry.value.text("a range").text
                }
            }
        }
        for entry in entries where links.contains(Word(entry.key.text)) {
            for name in try requested(entry.value) { hoisted.insert(Word(name)) }
        }
        for entry in entries {
            let known = try entry.value.entries("an entry of packages")
            lockfile.remarks += remarks(on: known, besides: Self.packageKeys, of: entry.key.text)
            if entry.key.text.utf8.isEmpty { continue }
            try readPackage(entry, direct: direct, bundling: bundling)
        }
        for entry in entries where try entry.value.truth(of: "link") == true {
            let target = Word(try entry.value.needed("resolved", of: "a link").text)
            if folders[target] == nil, !target.isEmpty {
                lockfile.remarks.append(
                    Finding(
                        .conflict, at: entry.key.place, package: entry.key.text,
                        "it links to \(target), which the file does not list"))
            }
        }
    }

    private mutating func readPackage(
        _ entry: Tree.Entry, direct: Set<Word>, bundling: Set<Word>
    ) throws(LockfileError) {
        let (folder, value) = (entry.key.text, entry.value)
        if try value.truth(of: "link") == true {
            for key: Word in ["version", "integrity", "hasInstallScript"] {
                if let extra = value[key] {
                    throw LockfileError("a link has no \(key)", at: extra.place)
                }
            }
            return
        }
        let version = try value.text(of: "version")?.text ?? ""
        let given = try value.text(of: "name")
        guard isInModules(folder) else {
            // A folder of the project, or one that a `file:` dependency leads to.
            let name = given?.text ?? lastPiece(of: folder).text
            let source: LockedSource = leadsOutside(folder) ? .path : .workspace
            var package = LockedPackage(
                .npm, name: name, version: version, source: source, at: entry.key.place)
            package.files = [LockedFile(location: LockedText(folder, at: entry.key.place))]
            package.hasInstallScripts = try value.truth(of: "hasInstallScript") ?? false
            add(package, folder)
            return
        }
        let (parent, own) = try splitFolder(entry.key)
        let name = given?.text ?? own
        try checkNpmName(name, at: given?.place ?? entry.key.place)
        var package = LockedPackage(
            .npm, name: name, version: version, source: .registry, at: entry.key.place)
        let resolved = try value.text(of: "resolved")
        let integrity = try value.text(of: "integrity").map(subresourceIntegrity) ?? []
        if let resolved {
            guard let location = NpmLocation(resolved.text) else {
                throw LockfileError("an address of no known form", at: resolved.place)
            }
            package.source = location.source
            noteMissingCommit(location, package, resolved)
        } else if try value.truth(of: "inBundle") == true, isBundled(folder, by: bundling) {
            package.source = .bundled
        }
        if package.version.isEmpty, package.source == .registry || package.source == .bundled {
            throw LockfileError("\(name) has no version", at: entry.key.place)
        }
        if resolved != nil || !integrity.isEmpty {
            package.files = [LockedFile(location: resolved, integrity: integrity)]
        }
        package.hasInstallScripts = try value.truth(of: "hasInstallScript") ?? false
        package.isDirect = isDirect(own, in: parent, direct)
        if parent.utf8.isEmpty { package.requested = wanted[Word(own)] }
        package.programs = try programs(value, of: name)
        add(package, folder)
    }

    /// `bin` as npm writes it, and as a package.json may have it: a text is a program of the
    /// package's own name.
    private func programs(_ value: Tree, of name: String) throws(LockfileError) -> [String] {
        guard let bin = value["bin"], !bin.isNull else { return [] }
        if !bin.isMap { return [lastPiece(of: name).text] }
        return try bin.entries("bin").map { lastPiece(of: $0.key.text).text }
    }

    private mutating func noteMissingCommit(
        _ location: NpmLocation, _ package: LockedPackage, _ resolved: LockedText
    ) {
        guard location.source == .git, !location.hasCommit else { return }
        lockfile.remarks.append(
            Finding(
                .notPinned, at: resolved.place, package: package.title,
                "the repository is given without a full commit id"))
    }

    private mutating func add(_ package: LockedPackage, _ folder: String) {
        folders[Word(folder)] = package
        lockfile.packages.append(package)
    }

    /// The folder that holds `node_modules`, and the name below it.
    private func splitFolder(_ folder: LockedText) throws(LockfileError) -> (String, String) {
        var parts = folder.text.utf8.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        guard let place = parts.lastIndex(where: { Word($0) == "node_modules" }) else {
            throw LockfileError("expected a folder in node_modules", at: folder.place)
        }
        for part in parts where Word(part).isEmpty || Word(part) == "." {
            throw LockfileError("a folder that is written in no way of npm's", at: folder.place)
        }
        let name = parts[(place + 1)...].joined(separator: "/")
        try checkNpmName(name, at: folder.place)
        parts.removeSubrange(place...)
        return (parts.joined(separator: "/"), name)
    }

    private func isInModules(_ folder: String) -> Bool {
        pieces(of: folder, at: UInt8(ascii: "/")).contains("node_modules")
    }

    private func requested(_ value: Tree) throws(LockfileError) -> [String] {
        var names: [String] = []
        for key: Word in [
            "dependencies", "devDependencies", "optionalDependencies", "peerDependencies",
        ] {
            for entry in try value[key]?.entries(key.text) ?? [] { names.append(entry.key.text) }
        }
        return names
    }

    /// Asked for by the folder that it lies in; what npm put at the top may be a workspace's.
    private func isDirect(_ name: String, in parent: String, _ direct: Set<Word>) -> Bool {
        if direct.contains(Word("\(parent)\n\(name)")) { return true }
        return parent.utf8.isEmpty && hoisted.contains(Word(name))
    }

    /// Whether a package above it says that it bundles dependencies.
    private func isBundled(_ folder: String, by bundling: Set<Word>) -> Bool {
        var parts = pieces(of: folder, at: UInt8(ascii: "/")).map(\.text)
        while !parts.isEmpty {
            parts.removeLast()
            if bundling.contains(Word(parts.joined(separator: "/"))) { return true }
        }
        return false
    }

    // MARK: dependencies

    private mutating func readDependencies(_ entries: [Tree.Entry]) throws(LockfileError) {
        var pending = Array(entries.reversed())
        while let entry = pending.popLast() {
            lockfile.packages.append(try dependency(entry))
            let inner = try entry.value["dependencies"]?.entries("dependencies") ?? []
            pending.append(contentsOf: inner.reversed())
        }
    }

    private mutating func dependency(_ entry: Tree.Entry) throws(LockfileError) -> LockedPackage {
        let value = entry.value
        let known = try value.entries("an entry of dependencies")
        lockfile.remarks += remarks(on: known, besides: Self.dependencyKeys, of: entry.key.text)
        try checkNpmName(entry.key.text, at: entry.key.place)
        let version = try value.needed("version", of: entry.key.text)
        let integrity = try value.text(of: "integrity").map(subresourceIntegrity) ?? []
        let resolved = try value.text(of: "resolved")
        var package = LockedPackage(
            .npm, name: entry.key.text, version: version.text, source: .registry,
            at: entry.key.place)
        if Word(version.text).hasPrefix("npm:") {
            guard let real = splitNpmPattern(Word(version.text).dropFirst(4).text) else {
                throw LockfileError("an alias without a version", at: version.place)
            }
            (package.name, package.version) = (real.name.text, real.range.text)
            try checkNpmName(package.name, at: version.place)
        } else if let location = NpmLocation(version.text) {
            // Not a version but an address, which is all there is.
            package.version = ""
            package.source = location.source
            noteMissingCommit(location, package, version)
            if location.source == .path {
                let path = Word(version.text).dropFirst(5).text
                let isFile = Word(path).hasSuffix(".tgz") || Word(path).hasSuffix(".tar.gz")
                if !isFile, !leadsOutside(path) { package.source = .workspace }
            }
            if location.source == .registry { package.source = .url }
            package.files = [LockedFile(location: version, integrity: integrity)]
            return package
        }
        if let resolved {
            guard let location = NpmLocation(resolved.text) else {
                throw LockfileError("an address of no known form", at: resolved.place)
            }
            package.source = location.source
        } else if try value.truth(of: "bundled") == true {
            package.source = .bundled
        }
        if resolved != nil || !integrity.isEmpty {
            package.files = [LockedFile(location: resolved, integrity: integrity)]
        }
        return package
    }

    // MARK: both

    private mutating func compare(_ entries: [Tree.Entry]) throws(LockfileError) {
        var seen: Set<Word> = []
        var pending = entries.reversed().map { (entry: $0, parent: "") }
        while let (entry, parent) = pending.popLast() {
            let old = try dependency(entry)
            let folder = Word(
                (parent.utf8.isEmpty ? "" : parent + "/") + "node_modules/" + entry.key.text)
            seen.insert(folder)
            var inside = folder.text
            let location = Word(old.resolved ?? "")
            if location.hasPrefix("file:"), links.contains(location.dropFirst(5)) {
                inside = location.dropFirst(5).text
            } else if let new = folders[folder] {
                compare(old, new)
            } else {
                lockfile.remarks.append(
                    Finding(
                        .conflict, at: entry.key.place, package: old.title,
                        "dependencies has it and packages has not"))
            }
            let inner = try entry.value["dependencies"]?.entries("dependencies") ?? []
            pending.append(contentsOf: inner.reversed().map { (entry: $0, parent: inside) })
        }
        for (folder, package) in folders where isInModules(folder.text) && !seen.contains(folder) {
            lockfile.remarks.append(
                Finding(
                    .conflict, at: package.place, package: package.title,
                    "packages has it and dependencies has not"))
        }
    }

    private mutating func compare(_ old: LockedPackage, _ new: LockedPackage) {
        let isSameVersion =
            old.version.utf8.isEmpty || new.version.utf8.isEmpty
            || Word(old.version) == Word(new.version)
        let (before, after) = (old.integrity, new.integrity)
        let isSameDigest = before.count == after.count && zip(before, after).allSatisfy(isSame)
        // For git, files and addresses `dependencies` repeats what the project asked for.
        let isSameAddress =
            old.source != .registry || new.source != .registry
            || Word(old.resolved ?? "") == Word(new.resolved ?? "")
        if !isSameVersion || !isSameDigest || !isSameAddress || Word(old.name) != Word(new.name) {
            lockfile.remarks.append(
                Finding(
                    .conflict, at: old.place, package: new.title,
                    "packages and dependencies say different things of it"))
        }
    }
}
