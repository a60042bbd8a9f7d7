// Package names against patterns. Registries take several spellings for one package and npm takes
// one package under the name of another, so what tightens looks at every spelling and what allows
// only at the one that was written.

/// Whether the patterns cover the package by its name or as `name@range`.
///
/// To allow, an alias is covered by its whole spelling only, because its name is the caller's. To
/// tighten, its target counts, and names are compared as PEP 503 and cargo do: without case, and
/// with `-`, `_` and `.` the same.
func matchesPackage(_ globs: [Glob], _ package: PackageRequest, _ isAllow: Bool) -> Bool {
    let spelling = [UInt8](package.spelling.text.utf8)
    let isAlias = package.source == .alias
    if isAllow, isAlias { return globs.anyMatches(spelling) }
    var texts = [[UInt8](package.name.text.utf8)]
    if !package.range.isEmpty {
        texts.append([UInt8]("\(package.name.text)@\(package.range.text)".utf8))
    }
    for text in texts where globs.anyMatches(text) { return true }
    if isAllow { return false }
    texts.append(spelling)
    if isAlias {
        let target = targetOfAlias(package.range)
        texts.append(target.whole)
        texts.append(target.name)
    }
    for glob in globs {
        let pattern = Glob(String(decoding: loosened(glob.pattern), as: UTF8.self))
        for text in texts where pattern.matches(loosened(text)) { return true }
    }
    return false
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
private func loosened(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte | 0x20)
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            if result.last != UInt8(ascii: "-") { result.append(UInt8(ascii: "-")) }
        default: result.append(byte)
        }
    }
    return result
}
