// packages.lock.json of NuGet, versions 1 and 2: for each target framework the packages with the
// digest of their content. Sources are not recorded; NuGet.config says where packages come from.
//
// Source: NuGet.Client src/NuGet.Core/NuGet.ProjectModel/ProjectLockFile/PackagesLockFileFormat.cs.

internal import GateCore

/// Reads NuGet's lockfile.
struct NuGetLockReader {
    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var lockfile = Lockfile(format: .nuget)
        let root = try Tree.json(text)
        let known = try root.entries("the file")
        lockfile.remarks += remarks(on: known, besides: "version dependencies", of: "")
        let version = try root.needed("version", of: "the file")
        guard Word(version.text) == "1" || Word(version.text) == "2" else {
            throw LockfileError("version \(version.text) is not known here", at: version.place)
        }
        guard let frameworks = root["dependencies"] else {
            throw LockfileError("the file has no dependencies", at: root.place)
        }
        for framework in try frameworks.entries("dependencies") {
            for entry in try framework.value.entries(framework.key.text) {
                try lockfile.addNuGet(entry)
            }
        }
        return lockfile
    }
}

extension Lockfile {
    fileprivate mutating func addNuGet(_ entry: Tree.Entry) throws(LockfileError) {
        let (name, value) = (entry.key, entry.value)
        let known = try value.entries("a package")
        remarks += Lockfiles.remarks(
            on: known, besides: "type requested resolved contentHash dependencies", of: name.text)
        let isPlain = name.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }
        guard isPlain, !name.text.utf8.isEmpty else {
            throw LockfileError("\(name.text) is no package name", at: name.place)
        }
        let kind = try value.needed("type", of: name.text)
        let version = try value.text(of: "resolved")?.text ?? ""
        var package = LockedPackage(
            .nuget, name: name.text, version: version, source: .registry, at: name.place)
        switch Word(kind.text) {
        case "Direct": package.isDirect = true
        case "Transitive", "CentralTransitive": package.isDirect = false
        case "Project": package.source = .workspace
        default: throw LockfileError("a type that NuGet does not write", at: kind.place)
        }
        if package.source == .registry, version.utf8.isEmpty {
            throw LockfileError("\(name.text) has no version", at: name.place)
        }
        if let digest = try value.text(of: "contentHash") {
            let integrity = Integrity(
                algorithm: "sha512", value: digest.text, encoding: .base64, at: digest.place)
            package.files = [LockedFile(location: nil, integrity: [integrity])]
        }
        packages.append(package)
    }
}
