// Where the lockfile lies that a tool would use for a line: the root of the workspace or project
// that it finds from where it works. Only what is held to that very file was judged, so what this
// reader cannot follow is refused and never taken for the nearest directory.
//
// Sources: cargo src/cargo/core/workspace.rs (`find_root`, `find_root_iter`, `is_excluded`); uv
// crates/uv-workspace/src/workspace.rs (`discover`, `find_workspace`); pnpm
// workspace/find-workspace-dir, config/config (`lockfileDir`) and npm-conf (`findPrefix`); yarn 1
// src/cli/index.js (`findProjectRoot`), src/config.js (`resolveWorkspaceRoot`); yarn 2 to 4
// Configuration.ts (`findProjectCwd`); bundler lib/bundler/shared_helpers.rb (`find_gemfile`,
// `default_lockfile`); poetry-core factory.py (`locate`); pdm src/pdm/utils.py (`find_project_root`).

public import GateCore
internal import StrictJSON

/// Where a line's lockfile belongs.
public struct LockfilePlace: Sendable, Equatable {
    /// Absolute.
    public let directory: String
    /// The names that it may have there; the first one that exists counts.
    public let names: [String]

    /// Finds the place for a line that can be held to a lockfile.
    ///
    /// - Parameter answer: says what is on the disk.
    /// - Throws: why it cannot be told.
    public init(
        of invocation: Invocation, _ line: Line, _ freezing: Freezing,
        answering answer: (Fact) -> Answer
    ) throws(PlanRefusal) {
        let reader = PlaceReader(invocation, line)
        switch freezing.tool {
        case "cargo": directory = try reader.cargoRoot(answer)
        case "uv": directory = try reader.uvRoot(answer)
        case "pnpm": directory = try reader.pnpmRoot(answer)
        case "poetry": directory = try reader.poetryRoot(answer)
        case "pdm": directory = try reader.pdmRoot(answer)
        case "yarn":
            let isClassic = freezing.majors?.contains(1) == true
            directory =
                try isClassic ? reader.yarnClassicRoot(answer) : reader.yarnBerryRoot(answer)
        case "bundle":
            let gemfile = try reader.gemfile(answer)
            directory = gemfile.parentFolder ?? "/"
            let name = gemfile.lastName
            names = [name == "gems.rb" ? "gems.locked" : "\(name).lock"]
            return
        default: directory = invocation.directories.first ?? line.cwd ?? "/"
        }
        names = freezing.lockfiles
    }
}

/// Follows the rules of each tool.
private struct PlaceReader {
    let invocation: Invocation
    let line: Line
    let cwd: String

    init(_ invocation: Invocation, _ line: Line) {
        self.invocation = invocation
        self.line = line
        cwd = line.cwd.map { straightened($0) } ?? "/"
    }

    // MARK: cargo

    func cargoRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        let start = value("C").map { entered($0, answer) } ?? cwd
        try refuseOtherCargoLockfile(from: start, answer)
        let folder: String
        if let path = value("manifest-path") {
            let manifest = PathText.absolute(path, from: start)
            guard manifest.lastName == "Cargo.toml", let parent = manifest.parentFolder else {
                throw unclear("--manifest-path \(quoted(path)) names no Cargo.toml")
            }
            folder = parent
        } else {
            guard let nearest = nearest("Cargo.toml", from: start, answer) else { return start }
            folder = nearest
        }
        let own = try cargoManifest(folder, answer)
        if let root = try cargoRoot(of: own, in: folder, seenFrom: folder) { return root }
        let home = cargoHome
        var last: String?
        var above = folder.parentFolder
        while let current = above {
            if Word(current).hasSuffix("/target/package") { break }
            if let last, Word(last) == Word(home) { break }
            if isFile("\(current.asPrefix)/Cargo.toml", answer) {
                let table = try cargoManifest(current, answer)
                if let root = try cargoRoot(of: table, in: current, seenFrom: folder) {
                    return root
                }
            }
            last = current
            above = current.parentFolder
        }
        return folder
    }

    /// The root that a manifest leads to; nil where it leads to none.
    private func cargoRoot(
        of table: TomlTable, in folder: String, seenFrom start: String
    ) throws(PlanRefusal) -> String? {
        if case .table(let workspace)? = table[["workspace"]] {
            return try cargoExcludes(workspace, folder, start) ? nil : folder
        }
        if table[["project"]] != nil {
            throw unclear("\(folder)/Cargo.toml has the old table [project]")
        }
        guard let pointer = table[["package", "workspace"]] else { return nil }
        guard let path = pointer.string else {
            throw unclear("\(folder)/Cargo.toml names no workspace that can be read")
        }
        return PathText.absolute(path, from: folder)
    }

    private func cargoExcludes(
        _ workspace: TomlTable, _ root: String, _ folder: String
    ) throws(PlanRefusal) -> Bool {
        func names(_ key: Word) throws(PlanRefusal) -> Bool {
            guard let list = workspace[[key]] else { return false }
            guard let paths = list.strings else {
                throw unclear("\(root)/Cargo.toml has a list \(key) that cannot be read")
            }
            for path in paths {
                if path.text.utf8.split(separator: 0x2F).contains(where: {
                    $0.elementsEqual("..".utf8)
                }) {
                    throw unclear("\(root)/Cargo.toml has \(quoted(path)) in \(key)")
                }
                let place = Word(PathText.absolute(path, from: root))
                if Word(folder) == place || Word(folder).hasPrefix(Word("\(place)/")) {
                    return true
                }
            }
            return false
        }
        if Word(root) == Word(folder) { return false }
        guard try names("exclude") else { return false }
        return try !names("members")
    }

    private func cargoManifest(
        _ folder: String, _ answer: (Fact) -> Answer
    ) throws(PlanRefusal) -> TomlTable {
        let path = "\(folder.asPrefix)/Cargo.toml"
        guard case .text(let text) = answer(.text(path)), let table = TomlTable(text) else {
            throw unclear("\(path) cannot be read")
        }
        return table
    }

    /// A lockfile elsewhere, by a setting (`resolver.lockfile-path`) or an option.
    private func refuseOtherCargoLockfile(
        from start: String, _ answer: (Fact) -> Answer
    ) throws(PlanRefusal) {
        let isNamed =
            value("lockfile-path") != nil
            || line.environment["CARGO_RESOLVER_LOCKFILE_PATH"] != nil
        if isNamed { throw unclear("the lockfile is named") }
        // `vendor --sync` reads further workspaces, each with a lockfile of its own.
        if value("sync") != nil { throw unclear("--sync names other workspaces") }
        for use in invocation.options where use.name == "config" {
            if use.value?.containsText("lockfile-path") != false {
                throw unclear("--config names another lockfile")
            }
        }
        var places = ancestors(start).map { "\($0.asPrefix)/.cargo" }
        places.append(cargoHome)
        for place in places {
            for name in ["config.toml", "config"] {
                guard case .text(let text) = answer(.text("\(place)/\(name)")) else { continue }
                if Word(text).containsText("lockfile-path") {
                    throw unclear("\(place)/\(name) names another lockfile")
                }
            }
        }
    }

    private var cargoHome: String {
        if let home = line.environment["CARGO_HOME"], !home.isEmpty {
            return PathText.absolute(home, from: cwd)
        }
        return straightened((line.home ?? "") + "/.cargo")
    }

    // MARK: Python

    func uvRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        if value("script") != nil { throw unclear("a script has a lockfile of its own") }
        var start = cwd
        for (option, variable): (Word, Word) in [
            ("directory", "UV_WORKING_DIR"), ("project", "UV_PROJECT"),
        ] {
            guard let path = value(option) ?? line.environment[variable], !path.isEmpty else {
                continue
            }
            if option == "directory" {
                start = entered(path, answer)
            } else {
                // uv goes upwards through `..` as it is written.
                start = PathText.absolute(path, from: start)
                let isPlain = !path.containsText("..")
                guard isPlain || isFile("\(start.asPrefix)/pyproject.toml", answer) else {
                    throw unclear("\(quoted(path)) is no project itself")
                }
            }
        }
        if isFile(start, answer) { throw unclear("\(start) is a file") }
        guard let folder = nearest("pyproject.toml", from: start, answer) else { return start }
        let own = try pyproject(folder, answer)
        if own[["tool", "uv", "workspace"]] != nil || own[["project"]] == nil { return folder }
        guard let above = folder.parentFolder,
            let root = nearest("pyproject.toml", from: above, answer)
        else { return folder }
        // The next one upwards decides, whatever it says: either it has a workspace with this
        // member, or there is none.
        let table = try pyproject(root, answer)
        guard case .table(let workspace)? = table[["tool", "uv", "workspace"]] else {
            return folder
        }
        let inside = Word(folder).dropFirst(root.asPrefix.utf8.count + 1)
        func matches(_ key: Word) throws(PlanRefusal) -> Bool {
            guard let list = workspace[[key]] else { return false }
            guard let patterns = list.strings else {
                throw unclear("\(root)/pyproject.toml has a list \(key) that cannot be read")
            }
            var isMatched = false
            for pattern in patterns {
                guard let matched = pattern.matches(folder: inside) else {
                    throw unclear(
                        "whether \(root)/pyproject.toml means \(inside) by \(quoted(pattern))")
                }
                isMatched = isMatched || matched
            }
            return isMatched
        }
        guard try matches("members") else { return folder }
        return try matches("exclude") ? folder : root
    }

    private func pyproject(
        _ folder: String, _ answer: (Fact) -> Answer
    ) throws(PlanRefusal) -> TomlTable {
        let path = "\(folder.asPrefix)/pyproject.toml"
        guard case .text(let text) = answer(.text(path)), let table = TomlTable(text) else {
            throw unclear("\(path) cannot be read")
        }
        return table
    }

    func poetryRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        let named = [value("directory"), value("project")].compactMap { $0 }
        if named.count > 1 { throw unclear("--directory and --project are both named") }
        let start = named.first.map { entered($0, answer) } ?? cwd
        return nearest("pyproject.toml", from: start, answer) ?? start
    }

    func pdmRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        // What is named is the project; it is not searched from there.
        if let named = invocation.directories.first {
            return PathText.absolute(Word(named), from: cwd)
        }
        guard let found = nearest("pyproject.toml", from: cwd, answer) else { return cwd }
        // pdm looks into so many directories unless it is configured to look into more.
        let levels = 5
        for folder in ancestors(cwd).prefix(levels) where Word(folder) == Word(found) {
            return found
        }
        throw unclear("\(found) is far above, and how far pdm looks is a setting of its own")
    }

    // MARK: pnpm

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

    // MARK: parts

    /// A directory that the tool enters: it then works where links lead.
    private func entered(_ path: Word, _ answer: (Fact) -> Answer) -> String {
        let isAbsolute = path.first == 0x2F
        let spelled = isAbsolute ? path.text : "\(cwd.asPrefix)/\(path)"
        if case .place(let place) = answer(.place(spelled)) { return place }
        return straightened(spelled)
    }

    /// The last value of an option of the line.
    private func value(_ name: Word) -> Word? {
        invocation.options.last { $0.name == name }?.value
    }

    private func nearest(
        _ name: String, from start: String, _ answer: (Fact) -> Answer
    ) -> String? {
        for folder in ancestors(start) where isFile("\(folder.asPrefix)/\(name)", answer) {
            return folder
        }
        return nil
    }

    /// A directory and all above it.
    private func ancestors(_ start: String) -> [String] {
        var folders: [String] = []
        var current: String? = straightened(start)
        while let folder = current {
            folders.append(folder)
            current = folder.parentFolder
        }
        return folders
    }

    private func isFile(_ path: String, _ answer: (Fact) -> Answer) -> Bool {
        if case .file = answer(.entry(path)) { return true }
        return false
    }

    private func isFolder(_ path: String, _ answer: (Fact) -> Answer) -> Bool {
        if case .directory = answer(.entry(path)) { return true }
        return false
    }

    private func unclear(_ reason: String) -> PlanRefusal {
        PlanRefusal(
            "the install is held to its lockfile, and which one that is cannot be told: \(reason)")
    }
}

extension Word {
    /// Whether a pattern of directories means this one; nil where tools could differ.
    fileprivate func matches(folder: Word) -> Bool? {
        for sign in "{}[]()!|\\?".utf8 where contains(sign) { return nil }
        var parts: [Word] = []
        for part in text.utf8.split(separator: 0x2F) {
            let word = Word(String(Substring(part)))
            if word == ".." || word == "**" { return nil }
            if word != "." { parts.append(word) }
        }
        if first == 0x2F || parts.isEmpty { return nil }
        let names = folder.text.utf8.split(separator: 0x2F).map { String(Substring($0)) }
        if names.count == parts.count {
            for (part, name) in zip(parts, names) where !Glob(part.text).matches(name) {
                return false
            }
            // What begins with a dot is met by some and not by others.
            let hasStar = parts.contains { $0.contains(UInt8(ascii: "*")) }
            let isHidden = names.contains { $0.utf8.first == UInt8(ascii: ".") }
            return hasStar && isHidden ? nil : true
        }
        // A star goes on over slashes in some matchers.
        let whole = Word(String(parts.map(\.text).joined(separator: "/")))
        return Glob(whole.text).matches(folder.text) ? nil : false
    }
}

extension String {
    /// The last part of an absolute path.
    fileprivate var lastName: Word {
        Word(String(Substring(utf8.split(separator: 0x2F).last ?? Substring(self).utf8)))
    }

    /// What a slash and a name follow.
    fileprivate var asPrefix: String { utf8.elementsEqual("/".utf8) ? "" : self }
}
