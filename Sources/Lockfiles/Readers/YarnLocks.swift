// yarn.lock of yarn 1 and of yarn 2 and later: one name, two formats. The first records an address
// and a digest of the registry's archive; the second records a locator (`name@npm:1.0.0`) and a
// digest of the archive that yarn packs itself, which no registry publishes.
//
// Sources: yarn 1.22 src/lockfile and src/resolvers; berry packages/yarnpkg-core
// (Project.ts, structUtils.ts), 3.5.0 and 4.

internal import GateCore

/// Reads yarn 1's lockfile.
struct YarnClassicReader {
    private static let keys: Word = """
        version resolved integrity dependencies optionalDependencies uid registry permissions \
        prebuiltVariants name
        """

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var lockfile = Lockfile(format: .yarnClassic)
        for block in try YarnBlockReader.blocks(of: text) {
            try read(block, into: &lockfile)
        }
        return lockfile
    }

    private static func read(
        _ block: YarnBlock, into lockfile: inout Lockfile
    ) throws(LockfileError) {
        guard let first = block.patterns.first else { return }
        let table = Tree(.map(block.fields), at: first.place)
        lockfile.remarks += remarks(on: block.fields, besides: keys, of: first.text)
        let version = try table.needed("version", of: first.text)
        var names: [Word] = []
        for pattern in block.patterns {
            let name = try name(in: pattern)
            if !names.contains(name) { names.append(name) }
        }
        let name = names[0].text
        var package = LockedPackage(
            .npm, name: name, version: version.text, source: .registry, at: first.place)
        if names.count > 1 {
            lockfile.remarks.append(
                Finding(
                    .conflict, at: first.place, package: package.title,
                    "one entry answers for several packages"))
        }
        var integrity = try table.text(of: "integrity").map(subresourceIntegrity) ?? []
        guard let resolved = try table.text(of: "resolved") else {
            // What is linked has no address; yarn 1 leaves it out of other packages too, offline.
            let range = splitNpmPattern(first.text)?.range ?? ""
            let isPath =
                range.hasPrefix("file:") || range.hasPrefix("link:") || range.hasPrefix(".")
            package.source = isPath ? .path : .registry
            let place = first.place
            let location = isPath ? LockedText(range.text, at: place) : nil
            package.files = [LockedFile(location: location, integrity: integrity)]
            lockfile.packages.append(package)
            return
        }
        guard let location = NpmLocation(resolved.text) else {
            throw LockfileError("an address of no known form", at: resolved.place)
        }
        package.source = location.source
        if let digest = resolved.text.utf8.split(separator: UInt8(ascii: "#")).dropFirst().last,
            location.source != .git, integrity.isEmpty
        {
            // yarn before 1.10 has the archive's SHA-1 behind the address and nothing else.
            integrity = [
                Integrity(
                    algorithm: "sha1", value: String(Substring(digest)), encoding: .hexadecimal,
                    at: resolved.place)
            ]
        }
        if location.source == .git, !location.hasCommit {
            lockfile.remarks.append(
                Finding(
                    .notPinned, at: resolved.place, package: package.title,
                    "the repository is given without a full commit id"))
        }
        package.files = [LockedFile(location: resolved, integrity: integrity)]
        lockfile.packages.append(package)
    }

    /// The package that a pattern asks for: `name@range`, or `alias@npm:name@range`.
    private static func name(in pattern: LockedText) throws(LockfileError) -> Word {
        let parts = splitNpmPattern(pattern.text)
        var name = parts?.name ?? Word(pattern.text)
        if let range = parts?.range, range.hasPrefix("npm:") {
            let real = range.dropFirst(4)
            name = splitNpmPattern(real.text)?.name ?? real
        }
        try checkNpmName(name.text, at: pattern.place)
        return name
    }
}

/// Reads the lockfile of yarn 2 and later.
struct YarnBerryReader {
    private static let keys: Word = """
        version resolution dependencies peerDependencies dependenciesMeta peerDependenciesMeta \
        optionalDependencies bin checksum languageName linkType conditions
        """

    private var lockfile = Lockfile(format: .yarnBerry)
    private var cacheKey = ""
    /// Descriptors that workspaces ask for.
    private var requested: Set<Word> = []

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        let documents = try YamlReader.documents(of: text)
        guard documents.count == 1 else {
            throw LockfileError("several documents in one file", at: documents[1].place)
        }
        var reader = YarnBerryReader()
        try reader.read(try documents[0].entries("the file"))
        return reader.lockfile
    }

    private mutating func read(_ entries: [Tree.Entry]) throws(LockfileError) {
        var hasMetadata = false
        for entry in entries {
            if Word(entry.key.text) == "__metadata" {
                hasMetadata = true
                let version = try entry.value.needed("version", of: "__metadata")
                guard let number = Int(version.text), number >= 4, number <= 9 else {
                    throw LockfileError(
                        "version \(version.text) is not known here", at: version.place)
                }
                cacheKey = try entry.value.text(of: "cacheKey")?.text ?? ""
            } else if isWorkspace(entry.value) {
                for name in ["dependencies", "devDependencies", "optionalDependencies"] as [Word] {
                    for wanted in try entry.value[name]?.entries(name.text) ?? [] {
                        let range = try wanted.value.text("a range").text
                        requested.insert(Word("\(wanted.key.text)@\(range)"))
                        requested.insert(Word("\(wanted.key.text)@npm:\(range)"))
                    }
                }
            }
        }
        guard hasMetadata else {
            throw LockfileError("the file has no __metadata", at: Place(line: 1, column: 1))
        }
        for entry in entries where Word(entry.key.text) != "__metadata" { try read(entry) }
    }

    private func isWorkspace(_ value: Tree) -> Bool {
        guard let resolution = try? value.text(of: "resolution"),
            let parts = splitNpmPattern(resolution.text)
        else { return false }
        return parts.range.hasPrefix("workspace:")
    }

    private mutating func read(_ entry: Tree.Entry) throws(LockfileError) {
        let (key, value) = (entry.key, entry.value)
        let known = try value.entries("an entry")
        lockfile.remarks += remarks(on: known, besides: Self.keys, of: key.text)
        let version = try value.needed("version", of: key.text)
        let resolution = try value.needed("resolution", of: key.text)
        guard let locator = splitNpmPattern(resolution.text) else {
            throw LockfileError("a resolution without a source", at: resolution.place)
        }
        try checkNpmName(locator.name.text, at: resolution.place)
        var package = LockedPackage(
            .npm, name: locator.name.text, version: version.text, source: .registry, at: key.place)
        let location = try place(of: &package, at: locator.range, resolution)
        try checkDescriptors(key, package)
        var integrity: [Integrity] = []
        if let checksum = try value.text(of: "checksum") {
            let parts = Word(checksum.text).split(at: UInt8(ascii: "/"))
            integrity = [
                Integrity(
                    algorithm: "yarn-" + (parts?.head.text ?? cacheKey),
                    value: parts?.tail.text ?? checksum.text, encoding: .hexadecimal,
                    at: checksum.place)
            ]
        }
        if location != nil || !integrity.isEmpty {
            package.files = [LockedFile(location: location, integrity: integrity)]
        }
        package.programs = try value["bin"]?.entries("bin").map(\.key.text) ?? []
        // Of what is made for another platform yarn has no archive when it writes the file.
        package.mayLackDigest = value["conditions"] != nil && location == nil
        package.isDirect = descriptors(key.text).contains { requested.contains($0) }
        lockfile.packages.append(package)
    }

    /// Sets the source that a locator names, and gives the address where it has one.
    private mutating func place(
        of package: inout LockedPackage, at reference: Word, _ resolution: LockedText
    ) throws(LockfileError) -> LockedText? {
        if reference.hasPrefix("npm:") {
            // The address stands here where the registry's differs from what yarn would guess.
            let name: Word = "__archiveUrl="
            let parameter = pieces(of: reference.text, at: UInt8(ascii: ":")).last ?? ""
            let plain = Word("npm:\(package.version)")
            guard parameter.hasPrefix(name) else {
                if reference != plain { noteVersion(package, reference, resolution) }
                return nil
            }
            guard reference.hasPrefix(Word("\(plain)::")),
                let address = percentDecoded(parameter.dropFirst(name.count).text)
            else { throw LockfileError("a resolution of no known form", at: resolution.place) }
            return LockedText(address, at: resolution.place)
        }
        if reference.hasPrefix("workspace:") {
            let path = reference.dropFirst(10).text
            package.source = leadsOutside(path) ? .path : .workspace
            return LockedText(path, at: resolution.place)
        }
        if reference.hasPrefix("patch:") {
            let inner = Word(reference.dropFirst(6).split(at: UInt8(ascii: "#"))?.head.text ?? "")
            guard let decoded = percentDecoded(inner.text), let locator = splitNpmPattern(decoded),
                locator.name == Word(package.name)
            else { throw LockfileError("a patch of no known form", at: resolution.place) }
            package.variant = "patched"
            if locator.range.hasPrefix("patch:") { return nil }
            return try place(of: &package, at: locator.range, resolution)
        }
        guard let location = NpmLocation(reference.text) else {
            throw LockfileError("a resolution of no known form", at: resolution.place)
        }
        // A registry's archives have the protocol npm:, so this one was asked for by its address.
        package.source = location.source == .registry ? .url : location.source
        if location.source == .git, !location.hasCommit {
            lockfile.remarks.append(
                Finding(
                    .notPinned, at: resolution.place, package: package.title,
                    "the repository is given without a full commit id"))
        }
        return LockedText(reference.text, at: resolution.place)
    }

    private mutating func noteVersion(
        _ package: LockedPackage, _ reference: Word, _ resolution: LockedText
    ) {
        lockfile.remarks.append(
            Finding(
                .nameMismatch, at: resolution.place, package: package.title,
                "its resolution is \(reference)"))
    }

    private func descriptors(_ key: String) -> [Word] {
        var descriptors: [Word] = []
        for part in key.utf8.split(separator: UInt8(ascii: ",")) {
            descriptors.append(Word(Substring(part.drop(while: { $0 == 0x20 }))))
        }
        return descriptors
    }

    /// Every descriptor of the key asks for the package that it is resolved to, by its name or
    /// through an alias (`left@npm:right@^1`).
    private mutating func checkDescriptors(
        _ key: LockedText, _ package: LockedPackage
    ) throws(LockfileError) {
        for descriptor in descriptors(key.text) {
            guard let parts = splitNpmPattern(descriptor.text) else {
                // Ranges may hold commas; what follows one is no descriptor.
                continue
            }
            let alias = Word("npm:\(package.name)@")
            if parts.name == Word(package.name) || parts.range.hasPrefix(alias) { continue }
            lockfile.remarks.append(
                Finding(
                    .nameMismatch, at: key.place, package: package.title,
                    "\(descriptor) is resolved to it"))
        }
    }
}
