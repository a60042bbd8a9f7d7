// Lines that choose packages of a workspace by name or all of them (`npm -w NAME`, `pnpm -r`,
// `yarn workspace NAME`, `cargo -p NAME`, `uv --package NAME`) act in directories that they do not
// name. The root's manifest says where those are; policies of all that can be meant count.
//
// Too many directories are harmless, because what counts there can only tighten; too few are a hole.
// So negated patterns are not taken out, what is not understood of a pattern matches everything, and
// only names that npm and yarn compare exactly leave packages out.
//
// Sources: npm @npmcli/map-workspaces and lib/utils/get-workspaces.js; pnpm-workspace.yaml
// (https://pnpm.io/pnpm-workspace_yaml); yarn 1 lib/cli/commands/workspace.js; cargo reference,
// "workspaces"; uv "workspaces".

import GateCore

extension Invocation {
    /// Fills `members` where the line chooses packages of a workspace.
    mutating func placeMembers(_ line: Line, _ facts: inout Facts) {
        guard let choice = chosenMembers(line), let cwd = line.cwd else { return }
        var search = MemberSearch()
        for start in [cwd] + directories where start.utf8.first == UInt8(ascii: "/") {
            var folder: String? = straightened(start)
            while let current = folder {
                search.look(in: current, for: choice.list, &facts)
                folder = current.parentFolder
            }
        }
        if case .pnpm = choice.list {
            for name: Word in ["NPM_CONFIG_WORKSPACE_DIR", "npm_config_workspace_dir"] {
                guard let root = line.environment[name], !root.isEmpty else { continue }
                search.look(
                    in: PathText.absolute(root.text, cwd: cwd, home: nil), for: .pnpm, &facts)
            }
            let isListed = inForce.contains { $0.name == "workspace-packages" }
            if isListed || !search.hasList { search.addAll(below: straightened(cwd), &facts) }
        }
        members = search.members(named: choice.names, in: choice.list, &facts)
        if search.isTooLarge {
            ambiguous.append(
                "it chooses packages of a workspace that has more than "
                    + "\(MemberSearch.most) directories")
        }
        if let path = search.unclear {
            ambiguous.append("which packages of the workspace \(path) names cannot be told")
        }
    }

    /// Where the packages are listed that the line chooses from, and their names or paths where the
    /// tool compares exactly; nil where it chooses none.
    private func chosenMembers(_ line: Line) -> (list: MemberList, names: [Word])? {
        let isWorkspaceWord = command.count > 1 && command[1].hasPrefix("workspace")
        if tool == "yarn", isWorkspaceWord {
            // `workspace NAME`; `workspaces` means several.
            let name = command[1] == "workspace" ? positionals.first ?? rest.first : nil
            return (.npm, name.map { [$0] } ?? [])
        }
        if tool == "cargo" || tool == "uv" {
            let words: [Word] =
                tool == "cargo" ? ["package", "workspace", "all"] : ["package", "all-packages"]
            for use in options where words.contains(use.name) {
                return (tool == "cargo" ? .cargo : .uv, [])
            }
            return nil
        }
        if tool == "bun" {
            // What stands before the command is not among its options.
            for word in line.arguments
            where word.hasPrefix("--filter") || word.hasPrefix("-F") || word == "--workspaces" {
                return (.npm, [])
            }
            return nil
        }
        if tool == "pnpm" || tool == "pnpx" {
            for setting in inForce {
                let name = setting.name
                let isList = name == "filter" || name == "filter-prod"
                if isList || name == "recursive" && setting.value == .flag(true) {
                    return (.pnpm, [])
                }
            }
            return nil
        }
        guard tool == "npm" || tool == "npx" else { return nil }
        var names: [Word] = []
        for setting in inForce {
            if setting.name == "workspaces", setting.value == .flag(true) { return (.npm, []) }
            if setting.name == "workspace" { names += setting.value.words }
        }
        return names.isEmpty ? nil : (.npm, names)
    }
}
