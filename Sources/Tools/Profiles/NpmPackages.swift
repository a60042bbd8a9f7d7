// Package words as npm reads them: registry name with range or tag, alias, git, URL, path. The order
// of the questions is npm-package-arg's (lib/npa.js `npa` and `resolve`), the git hosts are those of
// hosted-git-info. A word that fits nothing is `ambiguous`, which policy treats as the gravest.

import GateCore

/// What a word of `npm install` asks for.
func npmPackage(_ word: Word) -> PackageRequest {
    let start = word.first == UInt8(ascii: "@") ? 1 : 0
    let at = word.dropFirst(start).split(at: UInt8(ascii: "@")).map { $0.head.count + start }
    let namePart = at.map { word.prefix($0) } ?? word
    if word.isURL || word.isScpLike { return npmSource(name: "", spec: word, spelling: word) }
    let isScoped = word.first == UInt8(ascii: "@")
    if !isScoped, namePart.contains(UInt8(ascii: "/")) || namePart.isArchiveName {
        return npmSource(name: "", spec: word, spelling: word)
    }
    if let at, at > 0 {
        return npmSource(name: namePart, spec: word.dropFirst(at + 1), spelling: word)
    }
    guard word.isPackageName else {
        return npmSource(name: "", spec: word, spelling: word)
    }
    return PackageRequest(name: word, source: .registry, spelling: word)
}

private func npmSource(name: Word, spec: Word, spelling: Word) -> PackageRequest {
    let source: PackageRequest.Source
    let lower = spec.lowercasedASCII
    if !name.isEmpty, !name.isPackageName {
        source = .ambiguous
    } else if spec.isFilePath || lower.hasPrefix("file:") || lower.hasPrefix("link:") {
        source = .path
    } else if lower.hasPrefix("npm:") {
        return PackageRequest(
            name: name, range: spec, source: .alias, spelling: spelling)
    } else if lower.hasPrefix("workspace:") {
        source = .workspace
    } else if spec.isGit {
        source = .git
    } else if spec.isURL {
        source = .url
    } else if spec.contains(UInt8(ascii: "/")) || spec.isArchiveName {
        source = .path
    } else {
        source = name.isEmpty ? .ambiguous : .registry
    }
    return PackageRequest(name: name, range: spec, source: source, spelling: spelling)
}

extension PackageRequest {
    /// The package behind the word: what an alias points to, else the name itself.
    var target: PackageRequest {
        source == .alias ? npmPackage(range.dropFirst(4)) : self
    }
}

extension Word {
    /// `/^(?:git[+])?[a-z]+:/i`
    fileprivate var isURL: Bool {
        guard let (head, _) = split(at: UInt8(ascii: ":")) else { return false }
        var scheme = head.lowercasedASCII
        if scheme.hasPrefix("git+") { scheme = scheme.dropFirst(4) }
        return !scheme.isEmpty && scheme.text.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
    }

    /// `user@host.name:path`, the way ssh is given a remote.
    fileprivate var isScpLike: Bool {
        guard let (user, rest) = split(at: UInt8(ascii: "@")), !user.isEmpty,
            let (host, path) = rest.split(at: UInt8(ascii: ":")), !path.isEmpty,
            let (label, domain) = host.split(at: UInt8(ascii: "."))
        else { return false }
        return !label.isEmpty && !domain.isEmpty
    }

    /// `/^(?:[.]|~[/]|[/]|[a-zA-Z]:)/`
    fileprivate var isFilePath: Bool {
        if first == UInt8(ascii: ".") || first == UInt8(ascii: "/") || hasPrefix("~/") {
            return true
        }
        let head = Array(text.utf8.prefix(2))
        guard head.count == 2, head[1] == UInt8(ascii: ":") else { return false }
        return (head[0] | 0x20) >= 0x61 && (head[0] | 0x20) <= 0x7A
    }

    fileprivate var isArchiveName: Bool {
        let lower = lowercasedASCII
        return lower.hasSuffix(".tgz") || lower.hasSuffix(".tar") || lower.hasSuffix("tar.gz")
    }

    /// A git URL, a hosted shorthand (`github:u/r`, `u/r`) or a page of a known host.
    fileprivate var isGit: Bool {
        let lower = lowercasedASCII
        for scheme: Word in [
            "git:", "git+", "ssh:", "github:", "gitlab:", "bitbucket:", "gist:", "sourcehut:",
        ] where lower.hasPrefix(scheme) { return true }
        if isScpLike { return true }
        if isURL {
            guard let (_, rest) = lower.split(at: UInt8(ascii: ":")), rest.hasPrefix("//") else {
                return false
            }
            let host = rest.dropFirst(2).split(at: UInt8(ascii: "/"))
            guard var name = host?.head, let path = host?.tail else { return false }
            if let (_, bare) = name.split(at: UInt8(ascii: "@")) { name = bare }
            if name.hasPrefix("www.") { name = name.dropFirst(4) }
            let isHost = [
                "github.com", "gitlab.com", "bitbucket.org", "gist.github.com",
                "git.sr.ht",
            ].contains(name)
            return isHost && !path.isArchiveName && path.text.utf8.split(separator: 0x2F).count <= 4
        }
        return isHostedShorthand
    }

    /// `user/repository` with nothing before it that makes it a path.
    private var isHostedShorthand: Bool {
        let bare = split(at: UInt8(ascii: "#"))?.head ?? self
        guard let (user, repository) = bare.split(at: UInt8(ascii: "/")) else { return false }
        let isPlain = !bare.contains(UInt8(ascii: ":")) && !bare.contains(0x20)
        return isPlain && !user.isEmpty && !repository.isEmpty
            && !repository.contains(UInt8(ascii: "/")) && first != UInt8(ascii: "@")
            && !user.contains(UInt8(ascii: "@"))
    }

    /// A name the registry could have served at any time (validForOldPackages).
    fileprivate var isPackageName: Bool {
        if isEmpty || first == UInt8(ascii: ".") || first == UInt8(ascii: "_") { return false }
        var bare = self
        if first == UInt8(ascii: "@") {
            guard let (scope, name) = dropFirst(1).split(at: UInt8(ascii: "/")),
                !scope.isEmpty, !name.isEmpty, scope.isPackageText
            else { return false }
            bare = name
        }
        return bare.isPackageText
    }

    /// Characters that `encodeURIComponent` leaves alone.
    private var isPackageText: Bool {
        text.utf8.allSatisfy { byte in
            (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                || "-_.!~*'()".utf8.contains(byte)
        }
    }
}
