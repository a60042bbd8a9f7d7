// Lint: what can be wrong with a lockfile whose syntax is sound. The checks are those of
// lockfile-lint (github.com/lirantal/lockfile-lint: hosts, schemes, integrity, package names), held
// against every format, and those that a change by a stranger's hand would need to get past.
//
// A lockfile says nothing of what an archive holds; lint says whether the entry is one that the
// tool itself could have written from an allowed registry.

internal import GateCore

extension Lockfile {
    /// Everything that is wrong with it, in the order of the file.
    public func lint(_ settings: LintSettings) -> [Finding] {
        var findings = remarks
        if !recordsIntegrity, packages.contains(where: { $0.source == .registry }) {
            findings.append(
                Finding(
                    .integrityMissing, at: Place(line: 1, column: 1), package: "",
                    "the file has no section CHECKSUMS (bundler 2.6 and later: bundle lock --add-checksums)"
                ))
        }
        for other in otherRegistries {
            checkAddress(other, "", .registry, wholePath: true, settings, &findings)
        }
        var checked: Set<Word> = []
        for package in packages {
            check(package, settings, &checked, &findings)
            checkOwner(package, settings, &findings)
        }
        findings += contradictions()
        findings += missingAddresses()
        return findings.enumerated().sorted { left, right in
            let (first, second) = (left.element.place, right.element.place)
            if first.line != second.line { return first.line < second.line }
            if first.column != second.column { return first.column < second.column }
            if left.element.rule != right.element.rule {
                return left.element.rule.rawValue < right.element.rule.rawValue
            }
            return left.offset < right.offset
        }.map(\.element)
    }

    private func check(
        _ package: LockedPackage, _ settings: LintSettings, _ checked: inout Set<Word>,
        _ findings: inout [Finding]
    ) {
        if package.source != .bundled, !settings.sources.contains(package.source) {
            let place = package.files.first?.location?.place ?? package.place
            let address = package.resolved.map { ": \($0)" } ?? ""
            findings.append(
                Finding(
                    .source, at: place, package: package.title,
                    "its source is of the kind \(package.source.name)\(address)"))
        }
        // One registry is the registry of many packages; it is judged once where it stands once.
        if let registry = package.registry,
            checked.insert(Word("\(registry.place.line):\(registry.place.column)")).inserted
        {
            let isAddress = LockedURL(registry.text) != nil
            if isAddress || package.ecosystem != .pypi {
                checkAddress(
                    registry, package.title, .registry, wholePath: true, settings, &findings)
            } else {
                findings.append(
                    Finding(
                        .host, at: registry.place, package: package.title,
                        "its index is no address: \(registry.text)"))
            }
        }
        for file in package.files {
            if let location = file.location { checkFile(location, package, settings, &findings) }
            checkDigests(file, package, &findings)
        }
        let isFetched = package.source == .registry || package.source == .url
        if isFetched, package.files.isEmpty, recordsIntegrity, !package.mayLackDigest {
            findings.append(
                Finding(
                    .integrityMissing, at: package.place, package: package.title,
                    "it has no digest"))
        }
    }

    /// A name that belongs to one registry has no address elsewhere.
    private func checkOwner(
        _ package: LockedPackage, _ settings: LintSettings, _ findings: inout [Finding]
    ) {
        guard package.source == .registry else { return }
        for own in settings.privateRegistries where own.owns(Word(package.name)) {
            let addresses = [package.registry] + package.files.map(\.location)
            for case .some(let location) in addresses {
                guard let url = LockedURL(location.text) else { continue }
                let wholePath = package.ecosystem != .pypi
                if own.base?.holds(url, wholePath: wholePath) == true { continue }
                findings.append(
                    Finding(
                        .privateName, at: location.place, package: package.title,
                        "it may come from \(own.url) only: \(shown(url))"))
                return
            }
        }
    }

    private func checkFile(
        _ location: LockedText, _ package: LockedPackage, _ settings: LintSettings,
        _ findings: inout [Finding]
    ) {
        switch package.source {
        case .workspace, .bundled, .path:
            // No host; a user name in an address of a file is one all the same.
            if let url = LockedURL(location.text), url.scheme != "file" {
                checkAddress(
                    location, package.title, package.source, wholePath: false, settings, &findings)
            }
        case .git, .url:
            checkAddress(
                location, package.title, package.source, wholePath: true, settings, &findings)
        case .registry:
            let isPython = package.ecosystem == .pypi
            if !isPython || LockedURL(location.text) != nil
                || Word(location.text).contains(UInt8(ascii: "/"))
            {
                // Indexes of Python name archives on any path of their host.
                checkAddress(
                    location, package.title, .registry, wholePath: !isPython, settings, &findings)
            }
            let isNamed =
                isPython
                ? isPythonArchive(location.text, of: package)
                : LockedURL(location.text).flatMap { NpmTarball($0) }?.isOf(package) ?? true
            if !isNamed {
                findings.append(
                    Finding(
                        .nameMismatch, at: location.place, package: package.title,
                        "its archive is \(location.text)"))
            }
        }
    }

    private func checkAddress(
        _ location: LockedText, _ package: String, _ source: LockedSource, wholePath: Bool,
        _ settings: LintSettings, _ findings: inout [Finding]
    ) {
        func note(_ rule: LintRule, _ message: String) {
            findings.append(Finding(rule, at: location.place, package: package, message))
        }
        guard let url = LockedURL(location.text) else {
            // `git@host:path` and `github:owner/name` are git's own forms; the source is judged.
            if source != .git || !settings.sources.contains(.git) {
                if settings.sources.contains(source) {
                    note(
                        .host, "no address, or one that clients read differently: \(location.text)")
                }
                return
            }
            if !settings.bases.contains(where: { $0.isScpHost(of: location.text) }) {
                note(.host, "the host is not allowed: \(location.text)")
            }
            return
        }
        if let userinfo = url.userinfo {
            // `git@` names the account of all; a variable's name is no secret.
            let isSecret = Word(userinfo).contains(UInt8(ascii: ":")) || url.transport != "ssh"
            let isVariable = Word(userinfo).hasPrefix("${")
            if isSecret, !isVariable, !(source == .git && Word(userinfo) == "git") {
                note(.credentials, "user name or password in the address of \(url.hostAndPort)")
            }
        }
        let base = settings.bases.first { $0.holds(url, wholePath: wholePath) }
        let isSafe = url.transport == "https" || source == .git && url.transport == "ssh"
        if !isSafe, base.map({ !$0.allowsScheme(of: url) }) ?? true {
            note(.scheme, "\(url.scheme) is not https: \(shown(url))")
        }
        // Of a source that is not allowed at all, the host is no news.
        if base == nil, settings.sources.contains(source) {
            let isHostKnown = settings.bases.contains { $0.holds(url, wholePath: false) }
            let what =
                isHostKnown ? "the path is below no allowed address" : "the host is not allowed"
            note(.host, "\(what): \(shown(url))")
        }
    }

    /// An address without what must not be shown.
    private func shown(_ url: LockedURL) -> String {
        "\(url.scheme)://\(url.hostAndPort)\(url.path)"
    }

    private func checkDigests(
        _ file: LockedFile, _ package: LockedPackage, _ findings: inout [Finding]
    ) {
        let isFetched = package.source == .registry || package.source == .url
        if isFetched, file.integrity.isEmpty, recordsIntegrity {
            let place = file.location?.place ?? package.place
            findings.append(
                Finding(
                    .integrityMissing, at: place, package: package.title,
                    "an archive without a digest"))
        }
        for digest in file.integrity where !digest.isWellFormed {
            findings.append(
                Finding(
                    .integrityMalformed, at: digest.place, package: package.title,
                    "this is no digest of \(digest.algorithm): \(digest.value)"))
        }
        if let first = file.integrity.first, file.integrity.allSatisfy(\.isWeak) {
            findings.append(
                Finding(
                    .integrityWeak, at: first.place, package: package.title,
                    "its only digest is of \(first.algorithm)"))
        }
    }

    /// Entries of one package at one version that do not agree, or are there twice.
    private func contradictions() -> [Finding] {
        var findings: [Finding] = []
        var seen: [Word: LockedPackage] = [:]
        let listsOnce =
            format == .cargo || format == .poetry || format == .uv || format == .bundler
            || format == .requirements
        for package in packages where package.source != .bundled && package.source != .workspace {
            let key = Word("\(package.name)\n\(package.version)\n\(package.variant)")
            guard let first = seen[key] else {
                seen[key] = package
                continue
            }
            let line = first.place.line
            if let difference = difference(first, package) {
                findings.append(
                    Finding(
                        .conflict, at: package.place, package: package.title,
                        "line \(line) gives another \(difference)"))
            } else if listsOnce {
                findings.append(
                    Finding(
                        .duplicate, at: package.place, package: package.title,
                        "line \(line) has it already"))
            }
        }
        return findings
    }

    private func difference(_ left: LockedPackage, _ right: LockedPackage) -> String? {
        if left.source != right.source { return "source" }
        if let first = left.registry, let second = right.registry,
            Word(first.text) != Word(second.text)
        {
            return "registry"
        }
        if let first = left.resolved, let second = right.resolved, left.ecosystem != .pypi,
            Word(first) != Word(second)
        {
            return "address"
        }
        for digest in right.integrity {
            let comparable = left.integrity.filter { Word($0.algorithm) == Word(digest.algorithm) }
            let isListed = comparable.contains { isSame($0, digest) }
            if left.ecosystem != .pypi, !comparable.isEmpty, !isListed { return "digest" }
        }
        return nil
    }

    /// npm and yarn 1 write an address for all packages of a registry or, where they are told so,
    /// for none.
    private func missingAddresses() -> [Finding] {
        guard format == .npm || format == .yarnClassic else { return [] }
        let fetched = packages.filter { $0.source == .registry }
        guard fetched.contains(where: { $0.resolved != nil }) else { return [] }
        return fetched.filter { $0.resolved == nil }.map {
            Finding(.resolvedMissing, at: $0.place, package: $0.title, "it has no address")
        }
    }
}
