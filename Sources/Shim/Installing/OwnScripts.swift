// The project's own scripts that a tool runs around an install, as they were when the line was judged.
// They run in the project when everything is in its place, each as a line of its own
// (`FollowingLine`). One whose text is another one by then does not run: the install that was
// judged must not have written what is run.

internal import GateCore
internal import Launch
internal import Platform
internal import StrictJSON
internal import Tools

/// A script of the project itself.
struct OwnScript {
    /// Where its manifest is, relative to the project; empty for the root.
    let folder: String
    let name: String
    /// Whether it only runs where the install has changed something.
    let isForChanges: Bool

    /// For messages: `prepare`, `packages/a prepare`.
    var title: String { folder.isEmpty ? name : "\(folder) \(name)" }
}

/// All that a line's tool would run by itself.
struct OwnScripts {
    /// In the tool's order.
    private(set) var list: [OwnScript] = []
    /// What each folder with scripts says: the name of its package and its scripts.
    private var manifests: [(folder: String, name: String, scripts: [Script])] = []
    private let root: String
    private let manifest: String
    /// Where workspaces are linked to.
    private let tree: String

    private struct Script: Equatable {
        let name: Word
        let text: Word
    }

    /// Reads the manifests of a project.
    init(_ lifecycle: LifecycleScripts, of files: ProjectFiles, _ installer: Installer) {
        root = files.root
        manifest = installer.manifest
        tree = installer.tree
        for step in lifecycle.steps {
            let folders: [String]
            switch step.owner {
            case .root: folders = [""]
            case .start: folders = [files.start]
            case .members:
                folders = files.folders.filter { folder in
                    !folder.isEmpty && !list.contains { Word($0.folder) == Word(folder) }
                }
            }
            for folder in folders { add(step, of: folder, lifecycle) }
        }
    }

    private mutating func add(
        _ step: LifecycleScripts.Step, of folder: String, _ lifecycle: LifecycleScripts
    ) {
        guard let (name, scripts) = read(folder), !scripts.isEmpty else { return }
        let runs = lifecycle.runs(of: step) { name in
            scripts.contains { $0.name == Word(name) && !$0.text.isEmpty }
        }
        guard !runs.isEmpty else { return }
        if !manifests.contains(where: { Word($0.folder) == Word(folder) }) {
            manifests.append((folder, name, scripts))
        }
        list += runs.map { .init(folder: folder, name: $0, isForChanges: step.isForChanges) }
    }

    /// The name and the scripts in a folder's manifest; nil where it cannot be read.
    private func read(_ folder: String) -> (name: String, scripts: [Script])? {
        let path = folder.isEmpty ? "\(root)/\(manifest)" : "\(root)/\(folder)/\(manifest)"
        guard let file = try? WholeFile(path, limit: 8 << 20) else { return nil }
        let hasMark = file.bytes.starts(with: [0xEF, 0xBB, 0xBF])
        guard let json = try? JSON.parse(hasMark ? Array(file.bytes.dropFirst(3)) : file.bytes)
        else { return nil }
        let scripts = (json["scripts"]?.object ?? []).compactMap { member in
            member.value.string.map { Script(name: Word(member.name), text: Word($0)) }
        }
        return (json["name"]?.string ?? "", scripts)
    }

    /// Whether a folder's scripts still are what they were.
    func isUnchanged(_ script: OwnScript) -> Bool {
        guard let before = manifests.first(where: { Word($0.folder) == Word(script.folder) }),
            let now = read(script.folder)
        else { return false }
        return before.scripts.count == now.scripts.count
            && before.scripts.allSatisfy { now.scripts.contains($0) }
    }

    /// Whether the tool has taken the folder for a part of the project: it has linked it into a tree,
    /// or notes it in the lockfile where there is none. What is read of workspace patterns is coarser
    /// than what the tool reads.
    func isMember(_ script: OwnScript, start: String, notedIn lockfile: (String) -> Bool) -> Bool {
        if script.folder.isEmpty || Word(script.folder) == Word(start) { return true }
        guard let known = manifests.first(where: { Word($0.folder) == Word(script.folder) }) else {
            return false
        }
        let place = FilePath.resolved("\(root)/\(script.folder)")
        // A member without a name is linked by the name of its folder.
        let names = [known.name, FilePath.name(script.folder)]
        if FileStatus("\(root)/\(tree)") == nil { return lockfile(known.name) }
        return names.contains { name in
            !name.utf8.isEmpty && place != nil
                && FilePath.resolved("\(root)/\(tree)/\(name)").map {
                    Word($0)
                } == place.map { Word($0) }
        }
    }
}
