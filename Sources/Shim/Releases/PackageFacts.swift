// What is found out about the packages that a line names before it is judged: names that are nearly
// popular ones always, because that costs nothing; what the project does not ask for yet, and what
// registries say, only where a rule asks for it.

internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import RegistryFacts
internal import Tools

extension Invocation {
    /// Notes which of the named packages are nearly popular ones, here and in nested lines.
    mutating func noteNearNames() {
        for index in nested.indices { nested[index].noteNearNames() }
        guard fetchesByName, let ecosystem = packageEcosystem else { return }
        for package in packages where package.source == .registry && !package.name.isEmpty {
            guard let meant = nearName(package.name.text, in: ecosystem) else { continue }
            nearNames.append("\(package.name) ~ \(meant)")
            note(.nearName)
        }
    }

    /// Notes facts that rules ask for, here and in nested lines.
    ///
    /// - Parameters:
    ///   - text: the text of a file; nil where it is not there.
    ///   - libexec: where the executable is that asks registries; nil where none is asked.
    mutating func note(
        _ wanted: [PackageFact], from cwd: String?, now: Int, asking libexec: String?,
        reading text: (String) -> String?
    ) {
        for index in nested.indices {
            nested[index].note(wanted, from: cwd, now: now, asking: libexec, reading: text)
        }
        guard fetchesByName, let ecosystem = packageEcosystem else { return }
        let named = packages.filter { $0.source == .registry || $0.source == .alias }
        if named.isEmpty { return }
        if wanted.contains(.newDependency), let profile = Catalog.profile(calledAs: tool) {
            let directory = directories.first ?? cwd ?? "/"
            let known = directDependencies(profile.ecosystem, in: directory, reading: text)
            let isNew = named.contains { package in known?.contains(package.name) != true }
            if isNew { note(.newDependency) }
        }
        let atRegistry = wanted.filter(\.isAtRegistry)
        guard !atRegistry.isEmpty, let libexec else { return }
        let requests = named.compactMap { releaseRequest($0, ecosystem) }
        let report = ReleaseJudge(libexec, Obligations(), now: now).facts(on: requests)
        // Who cannot be asked says nothing good either.
        if report.refusal != nil || requests.count < named.count { atRegistry.forEach { note($0) } }
        let month = (now - 30 * 86_400) * 1_000
        for (_, answer) in report.answers where answer.exists != false {
            if answer.firstPublished.map({ $0 > month }) ?? true { note(.newPackage) }
            if answer.downloads.map({ $0 < 1_000 }) ?? (answer.exists == nil) { note(.unpopular) }
            if answer.exists == nil || answer.isWithdrawn || answer.isDeprecated {
                note(.deprecated)
            }
        }
    }

    private mutating func note(_ fact: PackageFact) { packageFacts.insert(fact) }

    /// Whether it, or a line nested in it, fetches packages that it names.
    var fetchesAnyByName: Bool { fetchesByName || nested.contains { $0.fetchesAnyByName } }

    private var fetchesByName: Bool {
        operation.suppressesScripts && !isInert && !packages.isEmpty && !takesAway
    }
}

extension Verdict {
    /// Names that are nearly popular ones, without secrets.
    var nearNames: [String] {
        redact(invocation.flattened.flatMap(\.nearNames), hiding: secrets)
    }
}
