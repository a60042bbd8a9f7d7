// What uv says it would change in an environment, and where it would fetch that from: the answer of
// `uv pip install --dry-run --output-format=json`, and the pylock.toml that `uv pip compile` writes of
// the pins of that answer. Neither passes over what it does not know: such an answer is an error.
//
// Sources: uv 0.13.8 (answers of schema "preview"); packaging.python.org, "pylock.toml" 1.0.

internal import GateCore
internal import StrictJSON

/// What would change in an environment.
public struct UvChanges: Sendable, Equatable {
    /// What would come in; without an address, which uv does not say.
    public var coming: [ResolvedPackage] = []
    /// What would go, also where another version, or the same one anew, comes in its place.
    public var leaving: [LockedPackage] = []
}

extension ResolvedReport {
    /// Reads uv's answer.
    ///
    /// - Parameters:
    ///   - bytes: what it wrote to standard output.
    ///   - said: what it wrote to standard error, where a package by its place has its address:
    ///     ` + name @ file:///path`.
    public static func uv(_ bytes: [UInt8], said: [UInt8]) throws(ResolvedFault) -> UvChanges {
        let report = try document(bytes, by: "uv")
        guard report["schema"]?["version"]?.string.map({ Word($0) == "preview" }) == true,
            report["dry_run"]?.bool == true, let items = report["changes"]?.array
        else { throw ResolvedFault("uv's answer is of no known form") }
        var changes = UvChanges()
        for item in items {
            guard let name = item["name"]?.string, isName(name),
                let action = item["action"]?.string
            else { throw ResolvedFault("uv's answer has a change without its name and action") }
            let version = item["version"]?.string
            if let version, !isVersion(version) {
                throw ResolvedFault("uv's answer has \(name) without a version that can be read")
            }
            var package = LockedPackage(
                .pypi, name: normalisedPythonName(name), version: version ?? "",
                source: .registry, at: Place(line: 1, column: 1))
            switch Word(action) {
            case "uninstalled": changes.leaving.append(package)
            case "installed":
                var address = ""
                var path: String?
                if version == nil {
                    address = try place(of: name, in: said)
                    let url = LockedURL("file://localhost" + Word(address).dropFirst(7).text)
                    let isLocal = Word(address).hasPrefix("file:///")
                    path = isLocal ? url.flatMap { percentDecoded($0.path) } : nil
                    package.source = path == nil ? .url : .path
                }
                changes.coming.append(
                    ResolvedPackage(package: package, address: address, file: "", path: path))
            default: throw ResolvedFault("uv's answer has an action of no known kind for \(name)")
            }
        }
        return changes
    }

    /// The one address that uv says a package would come from.
    private static func place(of name: String, in said: [UInt8]) throws(ResolvedFault) -> String {
        let start = Array(" + \(name) @ ".utf8)
        var found: [String] = []
        for line in said.split(separator: UInt8(ascii: "\n")) where line.starts(with: start) {
            let rest = line.dropFirst(start.count)
            guard let address = String(validating: rest, as: UTF8.self) else { continue }
            found.append(address)
        }
        guard found.count == 1 else {
            throw ResolvedFault("uv does not say where \(name) would come from")
        }
        return found[0]
    }

    /// Reads the pylock.toml of pins: for each the wheels of this machine, of which uv takes one.
    ///
    /// - Returns: the packages with address, file, digest and time.
    public static func pylock(_ bytes: [UInt8]) throws(ResolvedFault) -> [ResolvedPackage] {
        var packages: [ResolvedPackage] = []
        do throws(LockfileError) {
            for section in try TomlReader.sections(of: try SourceText(bytes)) {
                if section.path.isEmpty {
                    let version = try section.table.needed("lock-version", of: "the file")
                    guard Word(version.text) == "1.0" else {
                        throw LockfileError("lock-version is not 1.0", at: version.place)
                    }
                } else if section.path == ["packages"] {
                    packages.append(try pinned(section.table))
                }
            }
        } catch {
            throw ResolvedFault("where uv would fetch from cannot be read: \(error.message)")
        }
        return packages
    }

    private static func pinned(_ table: Tree) throws(LockfileError) -> ResolvedPackage {
        let name = try table.needed("name", of: "a package")
        let version = try table.needed("version", of: name.text)
        guard isName(name.text), isVersion(version.text) else {
            throw LockfileError("a package without its name and version", at: name.place)
        }
        for key: Word in ["vcs", "directory", "archive"] where table[key] != nil {
            throw LockfileError("\(name.text) comes from no registry", at: name.place)
        }
        let wheels = try table["wheels"]?.elements("wheels") ?? []
        guard let first = wheels.first ?? table["sdist"] else {
            throw LockfileError("\(name.text) has no file", at: name.place)
        }
        var result = try file(first, of: name, version)
        for wheel in wheels.dropFirst() {
            result.others.append(try file(wheel, of: name, version))
        }
        return result
    }

    private static func file(
        _ wheel: Tree, of name: LockedText, _ version: LockedText
    ) throws(LockfileError) -> ResolvedPackage {
        let address = try wheel.needed("url", of: "a file")
        let path = LockedURL(withHost(address.text))?.path ?? ""
        guard let last = path.utf8.split(separator: UInt8(ascii: "/")).last,
            let file = percentDecoded(String(Substring(last))), isPlainFileName(file)
        else {
            throw LockfileError(
                "\(name.text) comes from an address without a file's name", at: address.place)
        }
        var package = LockedPackage(
            .pypi, name: normalisedPythonName(name.text), version: version.text,
            source: .registry, at: name.place)
        var digests: [Integrity] = []
        if let digest = try wheel["hashes"]?.text(of: "sha256"), isDigest(digest.text) {
            digests.append(
                .init(
                    algorithm: "sha256", value: digest.text, encoding: .hexadecimal,
                    at: digest.place))
        }
        package.files = [.init(location: address, integrity: digests)]
        let isLocal = Word(address.text).hasPrefix("file:")
        var result = ResolvedPackage(
            package: package, address: address.text, file: file,
            path: isLocal ? percentDecoded(path) : nil)
        result.published = try wheel.text(of: "upload-time")?.text
        return result
    }
}

extension ResolvedPackage {
    /// A pylock.toml that has exactly these files. Their addresses are plain ones.
    public static func pylock(_ packages: [ResolvedPackage]) -> [UInt8] {
        var text = "lock-version = \"1.0\"\ncreated-by = \"shimgate\"\n"
        for package in packages {
            text += "\n[[packages]]\nname = \"\(package.package.name)\"\n"
            text += "version = \"\(package.package.version)\"\nwheels = [\n"
            for file in [package] + package.others {
                guard let digest = file.digest, file.isPlainAddress else { continue }
                text += "    { url = \"\(file.address)\", "
                text += "hashes = { \(digest.algorithm) = \"\(digest.value)\" } },\n"
            }
            text += "]\n"
        }
        return Array(text.utf8)
    }
}
