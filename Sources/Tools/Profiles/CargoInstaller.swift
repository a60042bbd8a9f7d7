// cargo's changes of a lockfile: `add`, `update` and `generate-lockfile` are resolved in a stage, judged
// and shown, and only then the project has them. They fetch no crate. `fetch` and `vendor` keep to the
// lockfile (`Freezing`). What `build` resolves by itself is not looked at: it is `run`.
//
// Source: cargo-add(1), cargo-update(1), cargo-generate-lockfile(1) of 1.95; the workspace's root is
// the nearest manifest upwards with a table `[workspace]` (The Cargo Book, "Workspaces").

import GateCore

extension Installer {
    /// Changes of Cargo.lock.
    static let cargo: Installer = {
        var installer = Installer(
            manifest: "Cargo.toml", lockfiles: ["Cargo.lock"], tree: "target", programs: "",
            changeLine: "cargo update NAME --precise VERSION",
            registries: { invocation, line, texts in
                RegistrySettings.cargo.addresses(of: invocation, in: line.environment)
                    + texts.flatMap { RegistrySettings.cargo.addresses(inFile: $0) }
            },
            ownSettings: { _, home in
                home.map { ["\($0)/.cargo/config.toml", "\($0)/.cargo/config"] } ?? []
            },
            words: cargoInstallWords)
        installer.isMarkedByTree = false
        installer.settingsRead = [".cargo/config.toml", ".cargo/config"]
        installer.links = LinkedProject(
            rootMark: "[workspace", searches: true,
            // Its own settings are found upwards, where relative paths in them hold.
            leftOut: "target .cargo .git node_modules")
        return installer
    }()
}

/// The shape of a line that changes Cargo.lock; nil for any other.
func cargoInstallShape(_ invocation: Invocation, _ line: Line) -> InstallShape? {
    guard line.depth == 0, invocation.operation == .install, invocation.command.count == 2,
        invocation.directories.isEmpty, !invocation.isInert,
        invocation.packages.allSatisfy({ $0.source != .path })
    else { return nil }
    let changing: Word = "add update generate-lockfile"
    let elsewhere: Word = "manifest-path lockfile-path dry-run locked frozen path C config Z"
    guard changing.lists(invocation.command[1]),
        !invocation.options.contains(where: { elsewhere.lists($0.name) })
    else { return nil }
    var shape = InstallShape(isBare: false)
    shape.installsInPlace = true
    shape.installsTree = false
    return shape
}

private func cargoInstallWords(
    _ invocation: Invocation, _: InstallCircumstances
) -> InstallWords {
    guard case .words(let before, let after) = invocation.composition else {
        return InstallWords(resolve: [], install: [], build: nil)
    }
    var words = InstallWords(resolve: before + after, install: [], build: nil)
    if invocation.command[1] == "add" {
        // `add` writes the manifest only; what it means is known when the lockfile follows.
        let toolchain = before.first.map { $0.first == UInt8(ascii: "+") ? [$0] : [] } ?? []
        let isOffline = invocation.has("offline")
        words.resolveFurther = [
            toolchain + ["update", "--workspace", "--quiet"] + (isOffline ? ["--offline"] : [])
        ]
    }
    return words
}
