// uv's installs into an environment in phases: `--dry-run` says what would change, `uv pip compile`
// where each of these versions is fetched from and its digest, and `uv pip install -r pylock.toml` takes
// exactly these files, first into a private place and then into the environment. A pylock.toml is past
// all choice: neither indexes nor constraints, overrides or settings have a say in it, and the digests
// in it are compared whatever the settings say of that.
//
// Source: crates/uv/src/commands/pip/{install,sync,compile,uninstall}.rs of uv 0.13.8; the first
// release with `--output-format` for both is 0.12.18.

public import GateCore

extension Resolver {
    /// `uv pip install` and `uv pip sync`.
    static let uv: Resolver = {
        var resolver = Resolver(report: .uv, words: uvResolvedWords)
        resolver.concerns = { invocation in
            let uv = uvInvocation(of: invocation)
            return uv.command.count > 1 && (uv.command[1] == "pip" || uv.command[1] == "tool")
                && uv.command.last != "compile"
        }
        resolver.refusal = { uvInvocation(of: $0).unresolvable }
        return resolver
    }()
}

/// uv's own reading of a line, which may be that of an interpreter's `-m`.
private func uvInvocation(of invocation: Invocation) -> Invocation {
    invocation.tool == "python" ? invocation.nested.first ?? invocation : invocation
}

/// Options that say what to choose and what to tell, or that our phases set themselves.
private let uvChoices: Word = """
    requirements requirement editable no-editable no-editable-package constraints constraint overrides \
    excludes build-constraints extra all-extras group no-deps require-hashes no-verify-hashes \
    require-build-hashes upgrade upgrade-package upgrade-group reinstall reinstall-package refresh \
    refresh-package resolution prerelease prerelease-package fork-strategy exact dry-run check \
    allow-empty-requirements no-allow-empty-requirements quiet verbose color no-progress
    """

/// Options that say where to install, and how; the phases that look do without.
private let uvPlacing: Word = """
    target prefix strict link-mode compile-bytecode output-format user break-system-packages \
    no-break-system-packages config-setting config-settings-package no-build-isolation \
    no-build-isolation-package
    """

/// Options that say where from, which a list of files has settled.
private let uvIndexes: Word = """
    index default-index index-url extra-index-url find-links no-index index-strategy exclude-newer \
    exclude-newer-package no-sources no-sources-package torch-backend
    """

extension Invocation {
    /// Whether this is a line of uv that can be resolved first: it installs packages of registries into an
    /// environment, and at most the project's own folders besides.
    var isUvResolvable: Bool {
        guard isUvPip, operation == .install, ambiguous.isEmpty, !isInert,
            !has("dry-run"), !has("check")
        else { return false }
        for package in packages {
            switch package.source {
            case .registry, .requirements, .workspace: break
            case .git, .url, .path, .alias, .ambiguous: return false
            }
        }
        return true
    }

    private var isUvPip: Bool {
        command.count == 3 && command[1] == "pip"
            && (command[2] == "install" || command[2] == "sync")
    }

    /// Why a line of this kind cannot be resolved first; nil where it can, or is of no such kind.
    func uvUnresolvable(_ line: Line, _ facts: inout Facts) -> String? {
        guard isUvResolvable else { return nil }
        // The module starts the program beside the interpreter, which may be one of ours.
        if line.depth > 0 {
            return "what uv would install is known first where uv itself is called"
        }
        if let release = MinorRelease(line.version ?? ""), release.number < 12 {
            return "uv before 0.12.18 cannot say first what it would install; take a newer uv"
        }
        for use in registries
        where use.requirementOption.map({ $0.hasSuffix("f") || $0.hasSuffix("-links") }) == true {
            return
                "folders that a requirement file names (\(use.place)) are not known to all phases; "
                + "name them on the line with --find-links"
        }
        if has("no-sources") { return nil }
        var places: [String] = ownPlaces(from: line.cwd ?? "/")
        for option in options {
            let isGroup = option.name == "group"
            guard isGroup || option.name == "requirements", let value = option.value else {
                continue
            }
            let path =
                isGroup ? value.split(at: UInt8(ascii: ":"))?.head ?? "pyproject.toml" : value
            guard path.hasSuffix("pyproject.toml") else { continue }
            places.append(
                PathText.absolute("..", cwd: PathText.absolute(path, from: line.cwd), home: nil))
        }
        if !places.isEmpty, !directories.isEmpty {
            return "what the project's own folders need cannot be told from another directory"
        }
        for place in places {
            for folder in YarnWords.ancestors(of: place) {
                let text = facts.text(YarnWords.file("pyproject.toml", in: folder)) ?? ""
                guard mentionsSources(text) else { continue }
                return
                    "tool.uv.sources of \(folder)/pyproject.toml lead to places that are not known "
                    + "first; uv sync knows them from uv.lock, and --no-sources does without"
            }
        }
        return nil
    }

    /// Notes the environment that a line of `uv pip` installs into, where that is told by its path: what
    /// comes into it is guarded afterwards.
    mutating func findUvEnvironment(_ line: Line, _ facts: inout Facts) {
        // Below an interpreter it is that of the interpreter, whatever else the line says.
        guard isUvPip, operation == .install, destination == .environment, !isInert,
            line.depth == 0, !has("target"), !has("prefix")
        else { return }
        var start = line.cwd
        for option in options where option.name == "directory" {
            if let value = option.value { start = PathText.absolute(value, from: start) }
        }
        func isEnvironment(_ folder: String, _ facts: inout Facts) -> Bool {
            facts.hasFile(YarnWords.file("pyvenv.cfg", in: folder))
        }
        let named =
            options.last { $0.name == "python" }?.value
            ?? line.environment["UV_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
        if let named {
            let path = PathText.absolute(named, from: start)
            let above = PathText.absolute("../..", cwd: path, home: nil)
            for folder in [path, above] where isEnvironment(folder, &facts) {
                return environments.append(folder)
            }
            return
        }
        if let active = line.environment["VIRTUAL_ENV"], !active.isEmpty {
            let folder = PathText.absolute(active, from: start)
            if isEnvironment(folder, &facts) { return environments.append(folder) }
        }
        guard let start, start.utf8.first == UInt8(ascii: "/") else { return }
        for folder in YarnWords.ancestors(of: start) {
            let found = YarnWords.file(".venv", in: folder)
            if isEnvironment(found, &facts) { return environments.append(found) }
        }
    }
}

/// Whether a manifest has a table or a key of that name.
private func mentionsSources(_ text: String) -> Bool {
    let wanted = Array("sources".utf8)
    let bytes = Array(text.utf8)
    var place = 0
    while place + wanted.count <= bytes.count {
        if bytes[place...].starts(with: wanted) { return true }
        place += 1
    }
    return false
}

extension RegistryUse {
    /// The option of a requirement file that names it: `--extra-index-url`; nil for other places.
    public var requirementOption: Word? {
        guard origin == .project, place.utf8.first == UInt8(ascii: "/"),
            let space = place.utf8.lastIndex(of: UInt8(ascii: " "))
        else { return nil }
        let option = Word(String(Substring(place.utf8[space...].dropFirst())))
        return option.first == UInt8(ascii: "-") ? option : nil
    }
}

@Sendable private func uvResolvedWords(
    _ invocation: Invocation, _ circumstances: ResolverCircumstances
) -> ResolvedWords? {
    let uv = invocation
    guard uv.tool == "uv", uv.resolvesFirst, uv.command.count == 3 else { return nil }
    let ours = circumstances.switches
    // Options that a command of ours has, too.
    func options(of command: Word, but leftOut: Word, _ more: Word = "") -> [Word] {
        guard let letter = UvGrammar.commands.match(["pip", command])?.letter else { return [] }
        func isTaken(_ spelling: Word) -> Bool {
            UvGrammar.options.exact(spelling, command: letter, release: .init(number: 0)) != nil
        }
        var words = ours.filter(isTaken)
        for use in uv.options where isTaken(use.spelling) {
            if leftOut.lists(use.name) || more.lists(use.name) { continue }
            words.append(use.value.map { Word("\(use.spelling)=\($0)") } ?? use.spelling)
        }
        return words
    }
    func start(_ command: Word) -> [Word] { ["pip", command] }

    let hasDate = uv.has("exclude-newer")
    let date = hasDate ? nil : circumstances.publishedBefore
    let dated = date.map { [Word("--exclude-newer=\($0)")] } ?? []
    let quiet: [Word] = ["--quiet", "--color=never"]
    let exact: [Word] = ["--no-deps", "--preview-features=pylock"]

    let positionals = uv.positionals
    let hasDash = positionals.contains { $0.first == UInt8(ascii: "-") }
    var words = ResolvedWords(
        resolve: start(uv.command[2]) + ["--dry-run", "--output-format=json", "--color=never"]
            + dated
            + options(
                of: uv.command[2], but: "dry-run check output-format quiet verbose color strict")
            + (hasDash ? ["--"] : []) + positionals)
    words.pin =
        start("compile") + quiet + ["--no-deps", "--no-header", "--format=pylock.toml"] + dated
        + options(of: "compile", but: uvChoices, uvPlacing) + [Resolver.exchange]
    words.fetch =
        start("install") + quiet + exact + options(of: "install", but: uvChoices, uvPlacing)
    words.remove =
        start("uninstall") + quiet + options(of: "uninstall", but: uvChoices)
        + [Word("--requirements=" + Resolver.exchange.text)]
    let told: Word = """
        requirements requirement editable no-editable no-editable-package constraints constraint \
        overrides excludes extra all-extras group no-deps require-hashes no-verify-hashes upgrade \
        upgrade-package upgrade-group reinstall reinstall-package refresh refresh-package resolution \
        prerelease prerelease-package fork-strategy exact dry-run check allow-empty-requirements \
        no-allow-empty-requirements build-constraints require-build-hashes
        """
    words.install = start("install") + exact + options(of: "install", but: told, uvIndexes)
    if uv.packages.contains(where: { $0.source == .workspace }) {
        let chosen: Word = """
            requirements requirement editable constraints constraint overrides excludes extra all-extras \
            group no-deps require-hashes upgrade upgrade-package upgrade-group reinstall \
            reinstall-package exact dry-run check allow-empty-requirements \
            no-allow-empty-requirements
            """
        words.own =
            start("install") + ["--no-deps"] + dated + options(of: "install", but: chosen)
    }
    return words
}
