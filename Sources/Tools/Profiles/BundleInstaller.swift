// Bundler's installs: resolved in a stage by `lock` or `add --skip-install`, which fetch indexes and no
// gems, judged, and then installed in the project, frozen. Gems are shared between projects as a rule,
// so there is no tree that could be moved in.
//
// Source: bundle-install(1), bundle-add(1), bundle-lock(1), bundle-update(1) of 2.3 and 4.0.

import GateCore

extension Installer {
    /// Installs of a Gemfile.
    static let bundle: Installer = {
        var installer = Installer(
            manifest: "Gemfile", lockfiles: ["Gemfile.lock"], tree: "vendor", programs: "",
            changeLine: "bundle update NAME",
            registries: { invocation, line, texts in
                RegistrySettings.bundler.addresses(of: invocation, in: line.environment)
                    + texts.flatMap { RegistrySettings.bundler.addresses(inFile: $0) }
            },
            ownSettings: { _, _ in [] }, words: bundleInstallWords)
        installer.isMarkedByTree = false
        installer.settingsRead = ["Gemfile"]
        installer.links = LinkedProject(rootMark: nil, searches: false, leftOut: "")
        installer.installVariables = [.init(name: "BUNDLE_FROZEN", value: "true")]
        return installer
    }()
}

/// The shape of an install of the project's Gemfile; nil for lines that are started in place.
func bundleInstallShape(_ invocation: Invocation, _ line: Line) -> InstallShape? {
    guard line.depth == 0, invocation.operation == .install, invocation.command.count == 2,
        invocation.directories.isEmpty, invocation.nested.isEmpty,
        line.environment["BUNDLE_GEMFILE"] == nil, line.environment["BUNDLE_FROZEN"] == nil
    else { return nil }
    let known: Word
    switch invocation.command[1] {
    case "install":
        known = "jobs retry verbose color quiet full-index redownload force local no-cache path"
    case "add":
        known =
            "version group source require quiet skip-install optimistic strict verbose color retry"
    case "update":
        known =
            "all conservative patch minor major pre strict full-index jobs quiet verbose color retry local"
    default: return nil
    }
    for option in invocation.options where !known.lists(option.name) { return nil }
    guard invocation.command[1] != "install" || invocation.positionals.isEmpty else { return nil }
    var shape = InstallShape(isBare: invocation.command[1] == "install")
    shape.installsInPlace = true
    shape.installsTree = !invocation.has("skip-install")
    return shape
}

private func bundleInstallWords(
    _ invocation: Invocation, _: InstallCircumstances
) -> InstallWords {
    guard case .words(_, let after) = invocation.composition, !after.contains("--") else {
        return InstallWords(resolve: [], install: [], build: nil)
    }
    func options(_ names: Word) -> [Word] {
        after.filter { word in
            guard word.hasPrefix("--") else { return false }
            let name = (word.split(at: UInt8(ascii: "="))?.head ?? word).dropFirst(2)
            return names.lists(name.hasPrefix("no-") ? name.dropFirst(3) : name)
        }
    }
    let install = ["install"] + options("jobs retry verbose color quiet full-index local")
    switch invocation.command[1] {
    case "add":
        let skips = invocation.has("skip-install")
        var words = InstallWords(
            resolve: ["add"] + after + (skips ? [] : ["--skip-install"]), install: install,
            build: nil)
        // `add` of 2.3 notes the dependency without the version that it puts into the Gemfile.
        words.resolveFurther = [["lock"]]
        return words
    case "update":
        let levels = options("conservative patch minor major pre strict full-index local")
        return InstallWords(
            resolve: ["lock"] + levels + ["--update"] + invocation.positionals, install: install,
            build: nil)
    default:
        return InstallWords(
            resolve: ["lock"] + options("full-index local"), install: ["install"] + after,
            build: nil)
    }
}
