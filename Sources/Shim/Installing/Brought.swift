// What an install brought, changed or took away, for its record (docs/installs.md, "What came").

internal import Audit
internal import Launch
internal import Lockfiles

extension LockfileDiff {
    /// Each package with what became of it. The project's own are left out, and changes of spelling.
    var recorded: [PackagesRecord.Package] {
        var packages: [PackagesRecord.Package] = []
        for change in changes {
            guard let package = change.new ?? change.old, package.source != .workspace else {
                continue
            }
            switch change.kind {
            case .refined: continue
            case .replaced, .changed: packages.append(.init(package, "changed"))
            case .added: packages.append(.init(package, "added"))
            case .removed: packages.append(.init(package, "removed"))
            }
        }
        return packages
    }
}

extension PackagesRecord.Package {
    /// A package of an install.
    init(_ package: LockedPackage, _ status: String) {
        self.init(purl: package.purl, status: status)
        requested = package.requested
        resolved = package.resolved
        integrity = package.integrity.first?.text
        registry = package.registry?.text
    }
}

extension InstalledLockfiles {
    /// What an install in place brought that ended well, compared with the one before it; remembers it.
    func brought(_ lockfile: Lockfile, _ bytes: [UInt8], at path: String) -> [PackagesRecord
        .Package]
    {
        let before = self.bytes(of: path).flatMap { try? lockfile.format.read($0) }
        note(bytes, of: path)
        return LockfileDiff(from: before ?? Lockfile(format: lockfile.format), to: lockfile)
            .recorded
    }
}
