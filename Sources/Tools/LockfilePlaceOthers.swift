// Where the lockfiles of pnpm, yarn and Bundler lie, as LockfilePlace.swift has it: as the tool itself
// finds them, or refused.
//
// Sources: pnpm workspace/find-workspace-dir, config/config (`lockfileDir`) and npm-conf
// (`findPrefix`); yarn 1 src/cli/index.js (`findProjectRoot`), src/config.js (`resolveWorkspaceRoot`);
// yarn 2 to 4 Configuration.ts (`findProjectCwd`); bundler lib/bundler/shared_helpers.rb
// (`find_gemfile`, `default_lockfile`).

import GateCore
import StrictJSON

extension PlaceReader {
    // MARK: pnpm

    /// The directory of pnpm's workspace, or of the package.
    func pnpmRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        func setting(_ name: Word) -> Setting.Value? {
            invocation.inForce.last { $0.name == name }?.value
        }
        let isOff = { (value: Setting.Value?) in value == nil || value == .flag(false) }
        if !isOff(setting("git-branch-lockfile")) {
            throw unclear("each branch has a lockfile of its own")
        }
        var start = cwd
        if let folder = setting("dir")?.words.last {
            start = entered(folder, answer)
        } else {
            let mark = ancestors(cwd).first { folder in
                isFile("\(folder.asPrefix)/package.json", answer)
                    || isFolder("\(folder.asPrefix)/node_modules", answer)
            }
            start = mark ?? cwd
        }
        var root: String?
        for name: Word in ["NPM_CONFIG_WORKSPACE_DIR", "npm_config_workspace_dir"] {
            guard root == nil, let folder = line.environment[name], !folder.isEmpty else {
                continue
            }
            root = PathText.absolute(folder, from: cwd)
        }
        root = root ?? nearest("pnpm-workspace.yaml", from: start, answer)
        for folder in [root, start].compactMap({ $0 }) {
            for name in ["pnpm-workspace.yaml", ".npmrc"] {
                let path = "\(folder.asPrefix)/\(name)"
                guard case .text(let text) = answer(.text(path)) else { continue }
                for key in [
                    "sharedWorkspaceLockfile", "shared-workspace-lockfile", "lockfileDir",
                    "lockfile-dir", "gitBranchLockfile", "git-branch-lockfile",
                ] where Word(text).containsText(key) {
                    throw unclear("\(path) names another lockfile by \(key)")
                }
            }
        }
        if let folder = setting("lockfile-dir")?.words.last {
            return PathText.absolute(folder, from: cwd)
        }
        if setting("ignore-workspace") == .flag(true) { return start }
        guard let root else { return start }
        if setting("shared-workspace-lockfile") == .flag(false) {
            throw unclear("each package of the workspace has a lockfile of its own")
        }
        return root
    }

    // MARK: yarn

    /// The root of the workspace that yarn 1 finds.
    func yarnClassicRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        let start = invocation.directories.first.map { PathText.absolute(Word($0), from: cwd) }
        let begin = start ?? cwd
        let folder = nearest("package.json", from: begin, answer) ?? begin
        for current in ancestors(folder) {
            let path = "\(current.asPrefix)/package.json"
            guard case .text(let text) = answer(.text(path)) else {
                if isFile(path, answer) { throw unclear("\(path) cannot be read") }
                continue
            }
            guard let json = try? JSON.parse(Array(text.utf8)) else {
                throw unclear("\(path) cannot be read")
            }
            guard let workspaces = json["workspaces"] else { continue }
            guard let list = workspaces.isObject ? workspaces["packages"] : workspaces else {
                continue
            }
            if Word(current) == Word(folder) { return current }
            let inside = Word(folder).dropFirst(current.asPrefix.utf8.count + 1)
            var isMember = false
            for element in list.elements {
                guard let pattern = element.string.map({ Word($0) }),
                    let matched = pattern.matches(folder: inside)
                else { throw unclear("which packages \(path) means by its workspaces") }
                isMember = isMember || matched
            }
            return isMember ? current : folder
        }
        return folder
    }

    /// The project that yarn 2 and later finds.
    func yarnBerryRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        for name: Word in ["YARN_LOCKFILE_FILENAME", "YARN_RC_FILENAME"] {
            if line.environment[name] != nil { throw unclear("\(name) names another file") }
        }
        let start = invocation.directories.last.map { PathText.absolute(Word($0), from: cwd) }
        var found: String?
        for folder in ancestors(start ?? cwd) + [line.home].compactMap({ $0 }) {
            let rc = "\(folder.asPrefix)/.yarnrc.yml"
            guard case .text(let text) = answer(.text(rc)) else { continue }
            if Word(text).containsText("lockfileFilename") {
                throw unclear("\(rc) names another lockfile")
            }
        }
        for folder in ancestors(start ?? cwd) {
            if isFile("\(folder.asPrefix)/package.json", answer) { found = folder }
            if isFile("\(folder.asPrefix)/yarn.lock", answer) { return folder }
        }
        return found ?? start ?? cwd
    }

    // MARK: Bundler

    /// The Gemfile, whether it is there or not.
    func gemfile(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        if line.environment["BUNDLE_LOCKFILE"].map({ !$0.isEmpty }) == true
            || value("lockfile") != nil
        {
            throw unclear("the lockfile is named")
        }
        let named = value("gemfile") ?? line.environment["BUNDLE_GEMFILE"]
        var gemfile: String?
        if let named, !named.isEmpty {
            gemfile = PathText.absolute(named, line: line)
            if gemfile == nil { throw unclear("\(quoted(named)) names no file") }
        }
        for folder in ancestors(cwd) where gemfile == nil {
            for name in ["gems.rb", "Gemfile"] where gemfile == nil {
                let path = "\(folder.asPrefix)/\(name)"
                if isFile(path, answer) { gemfile = path }
            }
        }
        let found = gemfile ?? "\(cwd.asPrefix)/Gemfile"
        // A setting can name another one.
        var settings = ["\((found.parentFolder ?? "/").asPrefix)/.bundle/config"]
        for name: Word in ["BUNDLE_APP_CONFIG", "BUNDLE_USER_HOME"] {
            guard let folder = line.environment[name], !folder.isEmpty else { continue }
            settings.append(PathText.absolute(folder, from: cwd) + "/config")
        }
        if let file = line.environment["BUNDLE_USER_CONFIG"], !file.isEmpty {
            settings.append(PathText.absolute(file, from: cwd))
        }
        if let home = line.home { settings.append("\(home)/.bundle/config") }
        for path in settings {
            guard case .text(let text) = answer(.text(path)) else { continue }
            for key in ["BUNDLE_GEMFILE", "BUNDLE_LOCKFILE"] where Word(text).containsText(key) {
                throw unclear("\(path) has \(key)")
            }
        }
        return found
    }
}
