// What a requirement word names: pip's rule in `_internal/req/constructors.py` and PEP 508.
// Words that neither a name, a path nor an address explains are `ambiguous`.

internal import GateCore

/// The package request of one word as pip, uv and their kin read it on a command line.
func pythonRequirement(_ word: Word) -> PackageRequest {
    var request = PackageRequest(name: "", source: .ambiguous, spelling: word)
    if let source = addressSource(word) {
        request.source = source
        return request
    }
    let bytes = Array(word.text.utf8)
    var end = 0
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    var rest = bytes[end...]
    let nameBytes = bytes[..<end]
    if rest.first == 0x5B {
        guard let close = rest.firstIndex(of: 0x5D) else { return looksLikePath(request) }
        rest = rest[(close + 1)...]
    }
    let isName =
        nameBytes.first.map(isAlphanumeric) == true && nameBytes.last.map(isAlphanumeric) == true
    while rest.first == 0x20 || rest.first == 0x09 { rest = rest.dropFirst() }
    if isName, rest.first == 0x40 {
        rest = rest.dropFirst()
        while rest.first == 0x20 || rest.first == 0x09 { rest = rest.dropFirst() }
        request.name = canonicalPythonName(nameBytes)
        request.source = addressSource(Word(String(decoding: rest, as: UTF8.self))) ?? .ambiguous
        return request
    }
    if isPath(bytes) { return looksLikePath(request) }
    guard isName else { return request }
    request.name = canonicalPythonName(nameBytes)
    if let marker = rest.firstIndex(of: 0x3B) { rest = rest[..<marker] }
    while let last = rest.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
    if rest.isEmpty || isSpecifier(rest) {
        request.range = Word(String(decoding: rest, as: UTF8.self))
        request.source = .registry
    } else {
        request.name = ""
    }
    return request
}

/// PEP 503: lower case, runs of `-`, `_` and `.` become one `-`.
func canonicalPythonName(_ bytes: ArraySlice<UInt8>) -> Word {
    var name: [UInt8] = []
    name.reserveCapacity(bytes.count)
    for byte in bytes {
        if byte == 0x2D || byte == 0x5F || byte == 0x2E {
            if name.last != 0x2D { name.append(0x2D) }
        } else {
            name.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        }
    }
    return Word(String(decoding: name, as: UTF8.self))
}

/// The kind of an address, or nil where the word has no scheme that pip or uv fetches by.
private func addressSource(_ word: Word) -> PackageRequest.Source? {
    let lower = word.prefix(10).lowercasedASCII
    for scheme: Word in ["git+", "hg+", "svn+", "bzr+", "git://", "ssh://", "git@"]
    where lower.hasPrefix(scheme) {
        return .git
    }
    for scheme: Word in ["http:", "https:", "ftp:"] where lower.hasPrefix(scheme) { return .url }
    return lower.hasPrefix("file:") ? .path : nil
}

private func looksLikePath(_ request: PackageRequest) -> PackageRequest {
    var request = request
    request.source = .path
    return request
}

/// A separator, a leading dot or an archive's ending.
private func isPath(_ bytes: [UInt8]) -> Bool {
    if bytes.first == 0x2E || bytes.contains(0x2F) { return true }
    let lower = Word(String(decoding: bytes, as: UTF8.self)).lowercasedASCII
    let endings: [Word] = [
        ".whl", ".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz",
        ".tar.lz", ".tar.lzma",
    ]
    for ending in endings where lower.hasSuffix(ending) { return true }
    return false
}

/// `==1.0,<2`, `(>=1)`: operators of PEP 440 and version characters only.
private func isSpecifier(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    let opens: [UInt8] = [0x3C, 0x3E, 0x3D, 0x21, 0x7E, 0x28]
    guard opens.contains(first) else { return false }
    return bytes.allSatisfy { byte in
        isNameByte(byte) || opens.contains(byte) || byte == 0x29 || byte == 0x2C || byte == 0x20
            || byte == 0x2A || byte == 0x2B
    }
}

private func isNameByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F || byte == 0x2E
}

private func isAlphanumeric(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
}
