// What lies in a tree of packages, by the packages' own manifests: for tools whose notes on their
// trees name no versions. An archive whose manifest has another name or version than the registry
// and the lockfile say shows up as drift.
//
// What a package brings along inside its own archive (`bundledDependencies`) is part of it, and links
// lead to workspaces; neither is listed. Source: npm package.json(5).

internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import StrictJSON

/// A tree of packages on disk.
struct InstalledTree {
    /// The packages as those of a lockfile, without digests.
    private(set) var packages: [(package: LockedPackage, directory: String)] = []
    private let root: String
    private let tree: String

    /// The most packages that are looked at.
    private static let most = 200_000

    /// Reads the trees in some folders below a directory.
    init(_ tree: String, in folders: [String], below root: String) {
        self.root = root
        self.tree = tree
        for folder in folders { read(folder.isEmpty ? tree : "\(folder)/\(tree)") }
    }

    /// The same as a lockfile.
    func lockfile(_ format: LockfileFormat) -> Lockfile {
        var lockfile = Lockfile(format: format)
        lockfile.packages = packages.map(\.package)
        return lockfile
    }

    private mutating func read(_ directory: String) {
        for name in FilePath.names(in: "\(root)/\(directory)") ?? [] {
            let first = name.utf8.first
            if first == UInt8(ascii: ".") { continue }
            guard first == UInt8(ascii: "@") else {
                add("\(directory)/\(name)", called: name)
                continue
            }
            for inner in FilePath.names(in: "\(root)/\(directory)/\(name)") ?? []
            where inner.utf8.first != UInt8(ascii: ".") {
                add("\(directory)/\(name)/\(inner)", called: "\(name)/\(inner)")
            }
        }
    }

    private mutating func add(_ directory: String, called folder: String) {
        guard packages.count < InstalledTree.most,
            FileStatus(unfollowed: "\(root)/\(directory)")?.isDirectory == true
        else { return }
        let file = try? WholeFile("\(root)/\(directory)/package.json", limit: 16 << 20)
        let manifest = file.flatMap { InstalledTree.json($0.bytes) }
        // A folder without one is no package: a cache that some build has put there.
        guard file != nil else { return }
        var package = LockedPackage(
            .npm, name: manifest?["name"]?.string ?? folder,
            version: InstalledTree.cleaned(manifest?["version"]?.string ?? ""), source: .registry,
            at: .init(line: 1, column: 1))
        package.hasInstallScripts = InstalledTree.hasScripts(manifest, "\(root)/\(directory)")
        packages.append((package, directory))
        let bundled = manifest?["bundledDependencies"] ?? manifest?["bundleDependencies"]
        if bundled?.array?.isEmpty == false || bundled?.bool == true { return }
        read("\(directory)/\(tree)")
    }

    private static func json(_ bytes: [UInt8]) -> JSON? {
        try? JSON.parse(
            bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
    }

    /// A version as registries list it: `v1.0.0+build` is `1.0.0` (semver `clean`).
    private static func cleaned(_ version: String) -> String {
        let bytes = version.utf8.drop { $0 == 0x20 || $0 == UInt8(ascii: "v") || $0 == 0x3D }
        return String(Substring(bytes.prefix { $0 != UInt8(ascii: "+") && $0 != 0x20 }))
    }

    /// The events of a package's own installation, in their order.
    static let events = ["preinstall", "install", "postinstall"]

    /// A `binding.gyp` stands for an install script where there is none (npm scripts(7)).
    private static func hasScripts(_ manifest: JSON?, _ directory: String) -> Bool {
        let scripts = manifest?["scripts"]
        for event in events where scripts?[event]?.string != nil { return true }
        return FileStatus("\(directory)/binding.gyp") != nil
    }
}
