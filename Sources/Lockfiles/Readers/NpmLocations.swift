// How npm's world writes where a package is: names, addresses of tarballs, `resolved` texts of npm,
// yarn and pnpm. Sources: npm-package-arg (lib/npa.js), hosted-git-info, yarn 1's
// src/resolvers/exotics.

internal import GateCore

/// What a text of an npm lockfile says about a source.
struct NpmLocation {
    /// The kind.
    let source: LockedSource
    /// For git: whether the commit is named in full.
    let hasCommit: Bool

    /// Reads a `resolved` text; nil where it is of no known form.
    init?(_ text: String) {
        let word = Word(text)
        if word.hasPrefix("file:") || word.hasPrefix("link:") || word.hasPrefix("portal:") {
            source = .path
            hasCommit = false
            return
        }
        let isHosted = ["github:", "gitlab:", "bitbucket:", "gist:"].contains { word.hasPrefix($0) }
        if isHosted || word.hasPrefix("git@") {
            source = .git
            hasCommit = isCommit(word.split(at: UInt8(ascii: "#"))?.tail.text)
            return
        }
        guard let url = LockedURL(text) else {
            // Without a colon it is a file beside us, as yarn 1 writes those of its offline mirror.
            if !word.contains(UInt8(ascii: ":")), word.split(at: UInt8(ascii: "#")) != nil {
                source = .path
                hasCommit = false
                return
            }
            // It is an address, though none that we dare to read; lint says so.
            guard word.hasPrefix("https:") || word.hasPrefix("http:") else { return nil }
            source = .registry
            hasCommit = false
            return
        }
        if url.scheme.hasPrefix("git") || url.scheme == "ssh" || isGitPath(url) {
            source = .git
            let named = pieces(of: url.fragment ?? "", at: UInt8(ascii: "=")).last
            hasCommit = isCommit(named?.text) || isCommit(lastPiece(of: url.path).text)
            return
        }
        guard url.scheme == "https" || url.scheme == "http" else { return nil }
        source = NpmTarball(url) == nil ? .url : .registry
        hasCommit = false
    }
}

/// Archives that the big hosts make of a commit, and repositories that are fetched over https.
private func isGitPath(_ url: LockedURL) -> Bool {
    if url.host == "codeload.github.com" || Word(url.path).hasSuffix(".git") { return true }
    return Word(url.fragment ?? "").hasPrefix("commit=")
}

/// Whether a text is a whole commit id, of SHA-1 or SHA-256.
func isCommit(_ text: String?) -> Bool {
    guard let text, text.utf8.count == 40 || text.utf8.count == 64 else { return false }
    return text.utf8.allSatisfy { hexadecimalValue($0) != nil }
}

/// Name and version that an address of a registry tarball carries.
struct NpmTarball {
    /// The package's name.
    let name: Word
    /// The file's name before `.tgz`, or the version alone where the address has it as a segment.
    let file: Word

    /// Reads `/NAME/-/FILE.tgz` as registries serve it (npm, Artifactory, Verdaccio, GitLab) and
    /// `/download/NAME/VERSION/DIGEST` (GitHub); nil for any other path.
    init?(_ url: LockedURL) {
        guard let segments = url.segments, url.query == nil else { return nil }
        if let dash = segments.lastIndex(of: "-"), dash > 0, dash + 1 < segments.count {
            let before = segments[dash - 1]
            let isScoped = dash > 1 && segments[dash - 2].hasPrefix("@")
            name = isScoped ? Word("\(segments[dash - 2])/\(before)") : before
            guard let last = segments.last, last.hasSuffix(".tgz") else { return nil }
            file = last.prefix(last.count - 4)
            return
        }
        guard let place = segments.firstIndex(of: "download"), segments.count >= place + 4 else {
            return nil
        }
        name = Word(segments[(place + 1)..<(segments.count - 2)].map(\.text).joined(separator: "/"))
        file = segments[segments.count - 2]
    }

    /// Whether the tarball is that of a package at a version.
    func isOf(_ package: LockedPackage) -> Bool {
        let wanted = Word(package.name)
        guard name == wanted else { return false }
        let bare = lastPiece(of: wanted.text)
        // Build metadata is no part of a registry's file names.
        let version =
            Word(package.version).split(at: UInt8(ascii: "+"))?.head ?? Word(package.version)
        return file == Word("\(bare)-\(version)") || file == version
            || file == Word("\(bare)-\(package.version)") || file == Word(package.version)
    }
}

/// The digests of an SRI text (W3C Subresource Integrity): `sha512-... sha1-...`.
func subresourceIntegrity(_ text: LockedText) -> [Integrity] {
    var digests: [Integrity] = []
    for part in text.text.utf8.split(separator: 0x20) {
        let word = Word(Substring(part))
        let parts = word.split(at: UInt8(ascii: "-"))
        digests.append(
            Integrity(
                algorithm: parts?.head.text ?? "", value: parts?.tail.text ?? word.text,
                encoding: .base64, at: text.place))
    }
    return digests
}

/// Refuses names that no registry of npm takes and that would mean another folder or name.
func checkNpmName(_ name: String, at place: Place) throws(LockfileError) {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isScoped = Word(name).hasPrefix("@")
    guard parts.count == (isScoped ? 2 : 1) else {
        throw LockfileError("\(name) is no package name", at: place)
    }
    for part in parts {
        let word = Word(Substring(part))
        let isPlain = word.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }
        guard isPlain, !word.isEmpty, word != "@", !word.hasPrefix(".") else {
            throw LockfileError("\(name) is no package name", at: place)
        }
    }
}

/// `NAME@REST`, where the name may be scoped; nil where there is no `@` behind a name.
func splitNpmPattern(_ text: String) -> (name: Word, range: Word)? {
    let word = Word(text)
    let isScoped = word.hasPrefix("@")
    guard let parts = (isScoped ? word.dropFirst(1) : word).split(at: UInt8(ascii: "@")) else {
        return nil
    }
    return (isScoped ? Word("@\(parts.head)") : parts.head, parts.tail)
}

/// Whether a path leads out of the project: absolute, or up with `..`.
func leadsOutside(_ path: String) -> Bool {
    if Word(path).hasPrefix("/") || Word(path).contains(UInt8(ascii: "\\")) { return true }
    var depth = 0
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
        let word = Word(Substring(part))
        if word == ".." { depth -= 1 } else if word != "." { depth += 1 }
        if depth < 0 { return true }
    }
    return false
}
