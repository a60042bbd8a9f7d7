// What the lockfiles of projects have now, for packages that the trail names. A lockfile is looked for
// in the directory that the line worked in and then upward, as the tools look for a project.

import AuditReading
import GateCore
import Lockfiles
import Platform

/// The lockfiles that were asked for, each read once.
struct ProjectLockfiles {
    /// What a lockfile says of a package.
    enum Presence {
        case locked(file: String, versions: [String])
        case absent(file: String)
        case unreadable(file: String)
        /// There is no lockfile of that ecosystem.
        case noLockfile
        /// The package or its project is not known well enough to look.
        case unknown
    }

    private struct Known {
        let path: String
        /// Versions by package URL without version; nil where the file cannot be read.
        let versions: [String: [String]]?
    }

    private var known: [String: [Known]] = [:]

    /// - Parameters:
    ///   - purl: a package URL without version.
    ///   - directory: where the line worked.
    mutating func presence(of purl: String, in directory: String?) -> Presence {
        guard let directory, Word(purl).hasPrefix("pkg:"),
            let type = Word(purl).dropFirst(4).split(at: UInt8(ascii: "/"))?.head
        else { return .unknown }
        guard let row = Self.names.first(where: { Word($0.type) == type }) else { return .unknown }
        let files = lockfiles(row.type, row.names, in: directory)
        guard let first = files.first else { return .noLockfile }
        for file in files {
            if let versions = file.versions?[purl] {
                return .locked(file: file.path, versions: versions)
            }
        }
        if let damaged = files.first(where: { $0.versions == nil }) {
            return .unreadable(file: damaged.path)
        }
        return .absent(file: first.path)
    }

    /// Lockfiles of an ecosystem, by the type of its package URLs.
    private static let names: [(type: String, names: [String])] = [
        ("npm", ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"]),
        ("pypi", ["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "requirements.txt"]),
        ("gem", ["Gemfile.lock", "gems.locked"]), ("cargo", ["Cargo.lock"]),
        ("nuget", ["packages.lock.json"]),
    ]

    private mutating func lockfiles(
        _ type: String, _ names: [String], in directory: String
    ) -> [Known] {
        let key = type + " " + directory
        if let files = known[key] { return files }
        var folder: String? = straightened(directory)
        while let current = folder {
            let files = names.compactMap { Self.read((current == "/" ? "" : current) + "/" + $0) }
            if !files.isEmpty {
                known[key] = files
                return files
            }
            folder = current == "/" ? nil : FilePath.parent(current)
        }
        known[key] = []
        return []
    }

    private static func read(_ path: String) -> Known? {
        guard FileStatus(path)?.isRegular == true else { return nil }
        guard let bytes = try? WholeFile(path, limit: LockfileSource.largest).bytes,
            let lockfile = try? LockfileFormat(path: path, bytes: bytes)?.read(bytes)
        else { return Known(path: path, versions: nil) }
        var versions: [String: [String]] = [:]
        for package in lockfile.packages {
            let name = LogRecord.withoutVersion(package.purl)
            let isKnown = versions[name]?.contains { Word($0) == Word(package.version) } ?? false
            if !isKnown { versions[name, default: []].append(package.version) }
        }
        return Known(path: path, versions: versions)
    }
}
