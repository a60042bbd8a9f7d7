// What changed between two lockfiles, package by package. The same version with another digest,
// address or registry is what a tampered lockfile looks like, and no upgrade does it; such changes
// come first and have a kind of their own.

internal import GateCore

/// A change of one package.
public struct LockfileChange: Sendable, Equatable {
    /// What happened to it, gravest first.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// The same version is another archive, comes from elsewhere, or now runs scripts.
        case replaced
        /// Another version.
        case changed
        /// Not there before.
        case added
        /// No longer there.
        case removed
        /// The same version with more digests or other details that take nothing back.
        case refined

        /// The word in output.
        public var name: String {
            switch self {
            case .replaced: "replaced"
            case .changed: "changed"
            case .added: "added"
            case .removed: "removed"
            case .refined: "refined"
            }
        }
    }

    /// What happened.
    public let kind: Kind
    /// The package as it was; nil where it is new.
    public let old: LockedPackage?
    /// The package as it is; nil where it is gone.
    public let new: LockedPackage?
    /// Differences in words, besides the version.
    public let details: [String]

    /// The package's name.
    public var name: String { (new ?? old)?.name ?? "" }
}

/// The changes from one lockfile to another.
public struct LockfileDiff: Sendable, Equatable {
    /// Gravest kind first, then by name.
    public let changes: [LockfileChange]

    /// Whether a version is not what it was.
    public var hasReplaced: Bool { changes.contains { $0.kind == .replaced } }

    /// Compares two lockfiles of one ecosystem.
    public init(from old: Lockfile, to new: Lockfile) {
        let (before, after) = (LockfileDiff.grouped(old), LockfileDiff.grouped(new))
        var changes: [LockfileChange] = []
        for (key, was) in before {
            guard let group = after[key] else {
                changes += was.map {
                    LockfileChange(kind: .removed, old: $0, new: nil, details: [])
                }
                continue
            }
            changes += LockfileDiff.compare(was, group)
        }
        for (key, group) in after where before[key] == nil {
            changes += group.map {
                LockfileChange(kind: .added, old: nil, new: $0, details: LockfileDiff.news(of: $0))
            }
        }
        self.changes = changes.sorted { left, right in
            if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
            if Word(left.name) != Word(right.name) { return Word(left.name) < Word(right.name) }
            let (first, second) = (left.new ?? left.old, right.new ?? right.old)
            return Word(first?.version ?? "") < Word(second?.version ?? "")
        }
    }

    /// Versions of each package, each once: npm and pnpm list one for every place it is put at.
    private static func grouped(_ lockfile: Lockfile) -> [Word: [LockedPackage]] {
        var groups: [Word: [LockedPackage]] = [:]
        for package in lockfile.packages {
            let key = Word("\(normalised(package))\n\(package.variant)")
            var group = groups[key] ?? []
            let isKnown = group.contains { isSameContent($0, package) }
            if !isKnown { group.append(package) }
            groups[key] = group
        }
        return groups
    }

    private static func normalised(_ package: LockedPackage) -> String {
        switch package.ecosystem {
        case .pypi: normalisedPythonName(package.name)
        case .nuget: Word(package.name).lowercasedASCII.text
        case .npm, .gem, .cargo: package.name
        }
    }

    private static func isSameContent(_ left: LockedPackage, _ right: LockedPackage) -> Bool {
        Word(left.version) == Word(right.version) && left.source == right.source
            && alarms(left, right).isEmpty && notes(left, right).isEmpty
    }

    private static func compare(
        _ before: [LockedPackage], _ after: [LockedPackage]
    ) -> [LockfileChange] {
        var gone: [LockedPackage] = []
        var come = after.filter { new in
            !before.contains { isSameContent($0, new) }
        }
        var changes: [LockfileChange] = []
        for old in before where !after.contains(where: { isSameContent(old, $0) }) {
            guard let place = come.firstIndex(where: { Word($0.version) == Word(old.version) })
            else {
                gone.append(old)
                continue
            }
            let new = come.remove(at: place)
            let grave = alarms(old, new)
            changes.append(
                LockfileChange(
                    kind: grave.isEmpty ? .refined : .replaced, old: old, new: new,
                    details: grave + notes(old, new)))
        }
        for (old, new) in zip(gone, come) {
            changes.append(
                LockfileChange(kind: .changed, old: old, new: new, details: moves(old, new)))
        }
        for old in gone.dropFirst(come.count) {
            changes.append(LockfileChange(kind: .removed, old: old, new: nil, details: []))
        }
        for new in come.dropFirst(gone.count) {
            // A version that was there with other content, and is now there with both.
            let twin = before.first { Word($0.version) == Word(new.version) }
            let grave = twin.map { alarms($0, new) } ?? []
            let kind: LockfileChange.Kind = grave.isEmpty ? .added : .replaced
            changes.append(
                LockfileChange(kind: kind, old: twin, new: new, details: grave + news(of: new)))
        }
        return changes
    }

    /// What no tool changes at one version.
    private static func alarms(_ old: LockedPackage, _ new: LockedPackage) -> [String] {
        var alarms = digestAlarms(old, new)
        if old.source != new.source {
            alarms.append("source was \(old.source.name), is \(new.source.name)")
        }
        if let was = old.registry, let now = new.registry, Word(was.text) != Word(now.text) {
            alarms.append("registry was \(was.text), is \(now.text)")
        } else if let now = new.registry, old.registry == nil {
            alarms.append("registry was not recorded, is \(now.text)")
        }
        if let was = old.resolved, let now = new.resolved, Word(was) != Word(now) {
            // Python lists many archives; their digests are compared one by one.
            if old.ecosystem != .pypi || old.files.count == 1 && new.files.count == 1 {
                alarms.append("address was \(was), is \(now)")
            } else if hosts(old) != hosts(new) {
                alarms.append(
                    "archives come from other hosts: \(hosts(new).joined(separator: " "))")
            }
        } else if let now = new.resolved, old.resolved == nil {
            alarms.append("address was not recorded, is \(now)")
        }
        if new.hasInstallScripts == true, old.hasInstallScripts == false {
            alarms.append("runs install scripts now")
        }
        return alarms
    }

    private static func digestAlarms(_ old: LockedPackage, _ new: LockedPackage) -> [String] {
        var alarms: [String] = []
        let (before, after) = (old.integrity, new.integrity)
        if let was = before.first, after.isEmpty {
            return ["integrity was \(was.text), is gone"]
        }
        let lost = before.filter { was in !after.contains { isSame($0, was) } }
        let added = after.filter { now in !before.contains { isSame($0, now) } }
        // Of one archive, or of a list that names none: a digest taken out and another put in.
        let isOneList = old.files.count <= 1 && new.files.count <= 1
        if isOneList || lost.count == before.count, let was = lost.first, let now = added.first {
            return ["integrity was \(was.text), is \(now.text)"]
        }
        // Several files: one of the same name with another digest.
        for file in new.files {
            guard let location = file.location, old.files.count + new.files.count > 2,
                let twin = old.files.first(where: {
                    $0.location.map { Word($0.text) == Word(location.text) } ?? false
                }), let was = twin.integrity.first, let now = file.integrity.first,
                !isSame(was, now)
            else { continue }
            alarms.append("integrity of \(location.text) was \(was.text), is \(now.text)")
        }
        return alarms
    }

    /// What may change at one version without harm.
    private static func notes(_ old: LockedPackage, _ new: LockedPackage) -> [String] {
        var notes: [String] = []
        let (before, after) = (old.integrity, new.integrity)
        let added = after.filter { now in !before.contains { isSame($0, now) } }
        let lost = before.filter { was in !after.contains { isSame($0, was) } }
        let isKept = before.isEmpty || after.count > added.count
        if isKept, let first = added.first { notes.append("integrity is new: \(first.text)") }
        if isKept, let first = lost.first, !after.isEmpty {
            notes.append("integrity is no longer listed: \(first.text)")
        }
        if old.ecosystem == .pypi, old.resolved != nil {
            let known = Set(old.files.compactMap { $0.location.map { Word($0.text) } })
            let unknown = new.files.compactMap(\.location).first { !known.contains(Word($0.text)) }
            if let unknown { notes.append("address is new: \(unknown.text)") }
        }
        if old.registry != nil, new.registry == nil {
            notes.append("registry is no longer recorded")
        }
        if old.resolved != nil, new.resolved == nil {
            notes.append("address is no longer recorded")
        }
        if old.hasInstallScripts == true, new.hasInstallScripts == false {
            notes.append("no longer runs install scripts")
        }
        return notes
    }

    /// What a reviewer wants to know of a new version.
    private static func moves(_ old: LockedPackage, _ new: LockedPackage) -> [String] {
        var moves: [String] = []
        if old.source != new.source {
            moves.append("source was \(old.source.name), is \(new.source.name)")
        }
        if let was = old.registry, let now = new.registry, Word(was.text) != Word(now.text) {
            moves.append("registry was \(was.text), is \(now.text)")
        }
        if !hosts(old).isEmpty, !hosts(new).isEmpty, hosts(old) != hosts(new) {
            moves.append("archives come from other hosts: \(hosts(new).joined(separator: " "))")
        }
        if let digest = new.integrity.first { moves.append("integrity is \(digest.text)") }
        if !old.integrity.isEmpty, new.integrity.isEmpty { moves.append("has no integrity now") }
        if new.hasInstallScripts == true {
            moves.append(
                old.hasInstallScripts == true ? "runs install scripts" : "runs install scripts now")
        }
        return moves
    }

    private static func news(of new: LockedPackage) -> [String] {
        var news: [String] = []
        if new.source != .registry { news.append("source is \(new.source.name)") }
        if let registry = new.registry { news.append("registry is \(registry.text)") }
        if let resolved = new.resolved { news.append("address is \(resolved)") }
        if let digest = new.integrity.first { news.append("integrity is \(digest.text)") }
        if new.hasInstallScripts == true { news.append("runs install scripts") }
        return news
    }

    /// Hosts of its archives, each once, in order.
    private static func hosts(_ package: LockedPackage) -> [String] {
        var hosts: [String] = []
        for file in package.files {
            guard let location = file.location, let url = LockedURL(location.text) else { continue }
            if !hosts.contains(where: { Word($0) == Word(url.hostAndPort) }) {
                hosts.append(url.hostAndPort)
            }
        }
        return hosts
    }
}
