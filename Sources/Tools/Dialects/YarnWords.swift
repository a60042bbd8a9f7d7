// What both yarns share: how a package is named on the command line, where a path leads, and which
// program a runner starts. Package forms: yarn's `exotic resolvers` and the protocols of yarn 2.

import GateCore

/// Small questions about the words of a yarn line.
enum YarnWords {
    /// A package as the caller named it: `name`, `name@range`, `@scope/name@range`, or a source.
    static func package(_ word: Word) -> PackageRequest {
        let (name, range) = split(word)
        if !range.isEmpty, isName(name), name != "git" {
            let source = source(of: range) ?? .registry
            return PackageRequest(name: name, range: range, source: source, spelling: word)
        }
        if let source = source(of: word) {
            return PackageRequest(name: "", range: "", source: source, spelling: word)
        }
        return PackageRequest(name: name, range: range, source: .registry, spelling: word)
    }

    /// `name` or `@scope/name`.
    private static func isName(_ word: Word) -> Bool {
        var body = word
        if word.first == UInt8(ascii: "@") {
            guard let (_, tail) = word.split(at: UInt8(ascii: "/")) else { return false }
            body = tail
        }
        return !body.isEmpty && !body.contains(UInt8(ascii: "/"))
            && !body.contains(UInt8(ascii: ":"))
            && body.first != UInt8(ascii: ".") && body.first != UInt8(ascii: "~")
    }

    /// The package behind `yarn create WORD`: `vite` is `create-vite`, `@scope/x` is
    /// `@scope/create-x`, `@scope` is `@scope/create`.
    static func creator(_ word: Word) -> PackageRequest {
        var request = package(word)
        guard request.source == .registry || request.source == .alias else { return request }
        if request.name.first == UInt8(ascii: "@") {
            let (scope, name) = request.name.split(at: UInt8(ascii: "/")) ?? (request.name, "")
            request.name = Word(
                scope.text + "/create" + (name.isEmpty ? "" : "-" + name.text))
        } else {
            request.name = Word("create-" + request.name.text)
        }
        return request
    }

    /// The word without its range; a leading `@` belongs to the name.
    static func split(_ word: Word) -> (name: Word, range: Word) {
        let isScoped = word.first == UInt8(ascii: "@")
        let body = isScoped ? word.dropFirst(1) : word
        guard let (head, tail) = body.split(at: UInt8(ascii: "@")) else { return (word, "") }
        return (isScoped ? Word("@" + head.text) : head, tail)
    }

    /// Where the word says the package comes from, nil for a name or a version.
    private static func source(of word: Word) -> PackageRequest.Source? {
        for (prefix, source) in prefixes where word.hasPrefix(prefix) { return source }
        if word == "." || word == ".." || word.hasPrefix("~/") { return .path }
        if word.hasSuffix(".git") { return .git }
        for suffix: Word in [".tgz", ".tar.gz", ".tar"] where word.hasSuffix(suffix) {
            return .path
        }
        let isScoped = word.first == UInt8(ascii: "@")
        let slashes = word.text.utf8.reduce(0) { $1 == UInt8(ascii: "/") ? $0 + 1 : $0 }
        if isScoped { return slashes > 1 ? .ambiguous : nil }
        // `user/repository` is GitHub's short form in both yarns.
        if slashes == 1 { return .git }
        return slashes > 1 || word.contains(UInt8(ascii: ":")) ? .ambiguous : nil
    }

    private static let prefixes: [(Word, PackageRequest.Source)] = [
        ("./", .path), ("../", .path), ("/", .path), ("file:", .path), ("link:", .path),
        ("portal:", .path), ("git+", .git), ("git:", .git), ("git@", .git), ("ssh:", .git),
        ("github:", .git), ("gitlab:", .git), ("bitbucket:", .git), ("gist:", .git),
        ("https://github.com/", .git), ("http://", .url), ("https://", .url),
        ("workspace:", .workspace), ("npm:", .alias), ("jsr:", .registry),
        // yarn 2 runs the file that `exec:` names and applies what `patch:` names.
        ("exec:", .ambiguous), ("patch:", .ambiguous),
    ]

    /// Whether the bytes of `part` occur anywhere in `word`.
    static func mentions(_ word: Word, _ part: Word) -> Bool {
        var rest = word.text.utf8[...]
        while rest.count >= part.count {
            if rest.starts(with: part.text.utf8) { return true }
            rest.removeFirst()
        }
        return false
    }

    /// The directory and all its parents, nearest first.
    static func ancestors(of directory: String) -> [String] {
        var found = [directory]
        var current = Substring(directory)
        while let slash = current.utf8.lastIndex(of: UInt8(ascii: "/")), current.utf8.count > 1 {
            current = current[..<slash]
            found.append(current.utf8.isEmpty ? "/" : String(current))
        }
        return found
    }

    /// A file in a directory.
    static func file(_ name: String, in directory: String) -> String {
        directory.utf8.last == UInt8(ascii: "/") ? directory + name : directory + "/" + name
    }

    /// The line of a program that a runner starts, where it is a tool of the catalog.
    static func started(
        _ program: Word, _ arguments: [Word], by line: Line, facts: inout Facts
    ) -> Invocation? {
        let bytes = program.text.utf8
        var name = program
        if let slash = bytes.lastIndex(of: UInt8(ascii: "/")) {
            name = Word(program.text[bytes.index(after: slash)...])
        }
        guard let profile = Catalog.profile(calledAs: name) else { return nil }
        let inner = Line(
            tool: profile.name, calledAs: name, arguments: arguments,
            environment: line.environment, cwd: line.cwd, home: line.home, depth: line.depth + 1)
        return classify(inner, facts: &facts)
    }

    /// A yarn line that yarn itself starts again, in the same version.
    static func again(
        _ arguments: [Word], by line: Line, in directory: String? = nil, facts: inout Facts
    ) -> Invocation {
        var inner = line
        inner.arguments = arguments
        inner.depth = line.depth + 1
        inner.cwd = directory ?? line.cwd
        // The yarn that runs has already followed or ignored `yarnPath`.
        inner.environment.entries.removeAll { $0.name == "YARN_IGNORE_PATH" }
        inner.environment.entries.append(.init(name: "YARN_IGNORE_PATH", value: "1"))
        return classify(inner, facts: &facts)
    }
}
