// Package names against patterns. Registries take several spellings for one package and npm takes
// one package under the name of another, so what tightens looks at every spelling and what allows
// only at the one that was written.

/// A package of a line in the forms that patterns meet, made once for all rules.
struct PackageTexts {
    /// As the caller wrote it.
    let spelling: [UInt8]
    /// Whether the name is the caller's for a package of another name.
    let isAlias: Bool
    /// The name, and `name@range` where there is one.
    let names: [[UInt8]]
    /// Every spelling, loosened: what rules that tighten meet as well.
    let loose: [[UInt8]]

    /// The texts of a package.
    init(_ package: PackageRequest) {
        spelling = [UInt8](package.spelling.text.utf8)
        isAlias = package.source == .alias
        var names = [[UInt8](package.name.text.utf8)]
        if !package.range.isEmpty {
            names.append([UInt8]("\(package.name.text)@\(package.range.text)".utf8))
        }
        self.names = names
        var loose = names + [spelling]
        if isAlias {
            let target = targetOfAlias(package.range)
            loose.append(target.whole)
            loose.append(target.name)
        }
        for index in loose.indices { loose[index] = loosened(loose[index]) }
        self.loose = loose
    }

    /// Whether a pattern with this first letter can cover a spelling; nil for a pattern without one.
    func canStart(_ first: UInt8?) -> Bool {
        guard let first else { return true }
        if first == UInt8(ascii: "*") || first == UInt8(ascii: "?") { return true }
        // Every name stands among the loosened texts too.
        let letter = loosened(first)
        for text in loose where text.first == letter { return true }
        return false
    }
}

/// Whether the patterns cover the package by its name or as `name@range`.
///
/// To allow, an alias is covered by its whole spelling only, because its name is the caller's. To
/// tighten, its target counts, and names are compared as PEP 503 and cargo do: without case, and
/// with `-`, `_` and `.` the same.
func matchesPackage(_ globs: GlobList, _ package: PackageTexts, _ isAllow: Bool) -> Bool {
    if isAllow {
        if package.isAlias { return globs.anyMatches(package.spelling) }
        for text in package.names where globs.anyMatches(text) { return true }
        return false
    }
    // Most patterns differ in their first letter; the others are loosened, which costs more.
    return globs.contains(startingWith: package.canStart) { glob in
        for text in package.names where glob.matches(text) { return true }
        let pattern = Glob(pattern: loosened(glob.pattern)[...])
        for text in package.loose where pattern.matches(text) { return true }
        return false
    }
}

extension Obligations {
    /// Why a package that would be installed is not among those that the lists let in; nil where it
    /// is.
    ///
    /// - Parameters:
    ///   - package: the package at its exact version.
    ///   - isAskedFor: whether the project itself asks for it. The list of allowed packages is held
    ///     against these, that of denied ones against all.
    public func refusal(of package: PackageRequest, isAskedFor: Bool) -> String? {
        if packagesDenied.isEmpty, packagesAllowed.isEmpty { return nil }
        let texts = PackageTexts(package)
        for list in packagesDenied where matchesPackage(list, texts, false) {
            return "\(quoted(package.spelling)) is on the policy's list of denied packages"
        }
        guard isAskedFor else { return nil }
        for list in packagesAllowed where !matchesPackage(list, texts, true) {
            return "\(quoted(package.spelling)) is not on the policy's list of packages"
        }
        return nil
    }
}

/// `npm:@scope/name@^1` as `@scope/name@^1` and `@scope/name` (npm package-spec(7), aliases).
private func targetOfAlias(_ range: Word) -> (whole: [UInt8], name: [UInt8]) {
    let target = range.hasPrefix("npm:") ? range.dropFirst(4) : range
    let whole = [UInt8](target.text.utf8)
    for index in whole.indices.dropFirst() where whole[index] == UInt8(ascii: "@") {
        return (whole, Array(whole[..<index]))
    }
    return (whole, whole)
}

/// Lower case, with every run of `-`, `_` and `.` as one `-` (PEP 503).
private func loosened(_ text: some Collection<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
        let loose = loosened(byte)
        if loose != UInt8(ascii: "-") || result.last != loose { result.append(loose) }
    }
    return result
}

private func loosened(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "_"), UInt8(ascii: "."): UInt8(ascii: "-")
    default: byte
    }
}
