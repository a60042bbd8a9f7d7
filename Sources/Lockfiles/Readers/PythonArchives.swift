// Files of PyPI and how their names carry the package's name and version, which tools write in
// several ways. Rules: PyPA specifications "Binary distribution format", "Source distribution
// format" and "Version specifiers" (normalisation).

internal import GateCore

/// Whether an archive's address or file name is that of a package at a version.
func isPythonArchive(_ location: String, of package: LockedPackage) -> Bool {
    let path = LockedURL(location)?.path ?? location
    guard let file = percentDecoded(lastPiece(of: path).text) else { return false }
    let word = Word(file)
    if word.hasSuffix(".whl") || word.hasSuffix(".egg") {
        let parts = pieces(of: file, at: UInt8(ascii: "-")).map(\.text)
        return parts.count >= 2 && isSameName(parts[0], package.name)
            && isSameVersion(parts[1], package.version)
    }
    let endings: [Word] = [".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz", ".tar.Z"]
    guard let ending = endings.first(where: { word.hasSuffix($0) }) else { return false }
    let stem = Array(word.prefix(word.count - ending.count).text.utf8)
    // Both parts may hold dashes, so every place is tried.
    for (index, byte) in stem.enumerated() where byte == UInt8(ascii: "-") {
        let name = String(decoding: stem[..<index], as: UTF8.self)
        let version = String(decoding: stem[(index + 1)...], as: UTF8.self)
        if isSameName(name, package.name), isSameVersion(version, package.version) { return true }
    }
    return false
}

private func isSameName(_ left: String, _ right: String) -> Bool {
    Word(normalisedPythonName(left)) == Word(normalisedPythonName(right))
}

private func isSameVersion(_ left: String, _ right: String) -> Bool {
    versionParts(left) == versionParts(right)
}

/// Runs of digits and of letters: `2.0.0-RC01` and `2.0rc1` differ in a zero only, which versions do
/// not count either.
private func versionParts(_ version: String) -> [Word] {
    let spellings: [(long: Word, short: Word)] = [
        ("alpha", "a"), ("beta", "b"), ("c", "rc"), ("pre", "rc"), ("preview", "rc"),
        ("rev", "post"), ("r", "post"),
    ]
    var parts: [Word] = []
    var run: [UInt8] = []
    var isNumber = false
    func close() {
        if run.isEmpty { return }
        var word = Word(String(decoding: run, as: UTF8.self))
        for spelling in spellings where word == spelling.long { word = spelling.short }
        parts.append(word)
        run = []
    }
    for byte in Word(version).lowercasedASCII.text.utf8 {
        let isDigit = byte >= 0x30 && byte <= 0x39
        let isLetter = byte >= 0x61 && byte <= 0x7A
        if !isDigit && !isLetter || isDigit != isNumber { close() }
        guard isDigit || isLetter else { continue }
        isNumber = isDigit
        // A leading zero is dropped once another digit follows.
        if isDigit, run.elementsEqual([0x30]) { run = [] }
        run.append(byte)
    }
    close()
    while parts.count > 1, parts.last == "0" { parts.removeLast() }
    if parts.first == "v" { parts.removeFirst() }
    return parts
}

/// `sha256:HEX`, as all of Python's tools write digests.
func pythonDigest(_ text: LockedText) -> Integrity {
    let parts = Word(text.text).split(at: UInt8(ascii: ":"))
    return Integrity(
        algorithm: parts?.head.text ?? "", value: parts?.tail.text ?? text.text,
        encoding: .hexadecimal, at: text.place)
}

/// Refuses what is no name of a project (PyPA "Names and normalization").
func checkPythonName(_ name: LockedText) throws(LockfileError) {
    let isPlain = name.text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
    guard isPlain, !name.text.utf8.isEmpty else {
        throw LockfileError("\(name.text) is no package name", at: name.place)
    }
}
