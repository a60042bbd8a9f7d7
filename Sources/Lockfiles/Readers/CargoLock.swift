// Cargo.lock, versions 1 to 4. A package without a source is of the workspace, or a path dependency
// outside of it, which the file cannot tell apart.
//
// Source: cargo src/cargo/core/resolver/encode.rs and source_id.rs, 1.95.

internal import GateCore

/// Reads cargo's lockfile.
struct CargoLockReader {
    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var lockfile = Lockfile(format: .cargo)
        let sections = try TomlReader.sections(of: text)
        var checksums: [Word: LockedText] = [:]
        var version = "1"
        for section in sections {
            switch section.path {
            case []:
                let known = try section.table.entries("the file")
                lockfile.remarks += remarks(on: known, besides: "version", of: "")
                version = try section.table.text(of: "version")?.text ?? "1"
                guard ["1", "2", "3", "4"].contains(where: { Word($0) == Word(version) }) else {
                    throw LockfileError(
                        "version \(version) is not known here", at: section.table.place)
                }
            case ["metadata"]:
                for entry in try section.table.entries("metadata") {
                    checksums[Word(entry.key.text)] = try entry.value.text("a checksum")
                }
            case ["package"], ["root"], ["patch", "unused"]: continue
            default:
                throw LockfileError("a table that cargo does not write", at: section.table.place)
            }
        }
        var direct: Set<Word> = []
        for section in sections where section.path != ["metadata"] && !section.path.isEmpty {
            guard section.table["source"] == nil else { continue }
            for name in try section.table["dependencies"]?.elements("dependencies") ?? [] {
                direct.insert(Word(try name.text("a dependency").text))
            }
        }
        for section in sections where section.path == ["package"] || section.path == ["root"] {
            try lockfile.add(section.table, checksums, direct)
        }
        return lockfile
    }
}

extension Lockfile {
    fileprivate mutating func add(
        _ table: Tree, _ checksums: [Word: LockedText], _ direct: Set<Word>
    ) throws(LockfileError) {
        let name = try table.needed("name", of: "a package")
        let version = try table.needed("version", of: name.text)
        let known = try table.entries("a package")
        remarks += Lockfiles.remarks(
            on: known, besides: "name version source checksum dependencies replace", of: name.text)
        try checkName(name)
        var package = LockedPackage(
            .cargo, name: name.text, version: version.text, source: .workspace, at: name.place)
        var checksum = try table.text(of: "checksum")
        guard let source = try table.text(of: "source") else {
            if let checksum {
                throw LockfileError("a checksum without a source", at: checksum.place)
            }
            packages.append(package)
            return
        }
        let key = Word("checksum \(name.text) \(version.text) (\(source.text))")
        if let listed = checksums[key], Word(listed.text) != "<none>" { checksum = listed }
        let digests = checksum.map {
            [Integrity(algorithm: "sha256", value: $0.text, encoding: .hexadecimal, at: $0.place)]
        }
        let parts = Word(source.text).split(at: UInt8(ascii: "+"))
        switch parts?.head {
        case "registry":
            package.source = .registry
            package.registry = LockedText(parts?.tail.text ?? "", at: source.place)
        case "sparse":
            package.source = .registry
            package.registry = LockedText(parts?.tail.text ?? "", at: source.place)
        case "git":
            package.source = .git
            let url = LockedURL(source.text)
            if !isCommit(url?.fragment) {
                remarks.append(
                    Finding(
                        .notPinned, at: source.place, package: package.title,
                        "the repository is given without a full commit id"))
            }
        case "path", "directory", "local-registry": package.source = .path
        default: throw LockfileError("a source of no known form", at: source.place)
        }
        let location = package.source == .registry ? nil : source
        if location != nil || digests != nil {
            package.files = [LockedFile(location: location, integrity: digests ?? [])]
        }
        package.isDirect = [
            name.text, "\(name.text) \(version.text)",
            "\(name.text) \(version.text) (\(source.text))",
        ].contains { direct.contains(Word($0)) }
        packages.append(package)
    }

    private func checkName(_ name: LockedText) throws(LockfileError) {
        let isPlain = name.text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
        }
        guard isPlain else {
            throw LockfileError("\(name.text) is no package name", at: name.place)
        }
    }
}
