// Where the lockfile lies that a tool would use for a line: the root of the workspace or project
// that it finds from where it works. Only what is held to that very file was judged, so what this
// reader cannot follow is refused and never taken for the nearest directory.
//
// Sources: cargo src/cargo/core/workspace.rs (`find_root`, `find_root_iter`, `is_excluded`); uv
// crates/uv-workspace/src/workspace.rs (`discover`, `find_workspace`); poetry-core factory.py
// (`locate`); pdm src/pdm/utils.py (`find_project_root`). The others are in LockfilePlaceOthers.swift.

public import GateCore

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
struct PlaceReader {
    /// What is asked about.
    let invocation: Invocation
    let line: Line
    /// The working directory, straightened.
    let cwd: String

    /// A reader for one line.
    init(_ invocation: Invocation, _ line: Line) {
        self.invocation = invocation
        self.line = line
        cwd = line.cwd.map { straightened($0) } ?? "/"
    }

    // MARK: cargo

    /// The root of the workspace that `cargo` finds.
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

    /// The root of the workspace that `uv` finds.
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

    /// The nearest project.
    func poetryRoot(_ answer: (Fact) -> Answer) throws(PlanRefusal) -> String {
        let named = [value("directory"), value("project")].compactMap { $0 }
        if named.count > 1 { throw unclear("--directory and --project are both named") }
        let start = named.first.map { entered($0, answer) } ?? cwd
        return nearest("pyproject.toml", from: start, answer) ?? start
    }

    /// The nearest project, if it is near enough.
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

    // MARK: parts

    /// A directory that the tool enters: it then works where links lead.
    func entered(_ path: Word, _ answer: (Fact) -> Answer) -> String {
        let isAbsolute = path.first == 0x2F
        let spelled = isAbsolute ? path.text : "\(cwd.asPrefix)/\(path)"
        if case .place(let place) = answer(.place(spelled)) { return place }
        return straightened(spelled)
    }

    /// The last value of an option of the line.
    func value(_ name: Word) -> Word? {
        invocation.options.last { $0.name == name }?.value
    }

    /// The first directory from here upwards that has a file of this name.
    func nearest(
        _ name: String, from start: String, _ answer: (Fact) -> Answer
    ) -> String? {
        for folder in ancestors(start) where isFile("\(folder.asPrefix)/\(name)", answer) {
            return folder
        }
        return nil
    }

    /// A directory and all above it.
    func ancestors(_ start: String) -> [String] {
        var folders: [String] = []
        var current: String? = straightened(start)
        while let folder = current {
            folders.append(folder)
            current = folder.parentFolder
        }
        return folders
    }

    /// Whether a file is there.
    func isFile(_ path: String, _ answer: (Fact) -> Answer) -> Bool {
        if case .file = answer(.entry(path)) { return true }
        return false
    }

    /// Whether a directory is there.
    func isFolder(_ path: String, _ answer: (Fact) -> Answer) -> Bool {
        if case .directory = answer(.entry(path)) { return true }
        return false
    }

    /// Why the line is refused.
    func unclear(_ reason: String) -> PlanRefusal {
        PlanRefusal(
            "the install is held to its lockfile, and which one that is cannot be told: \(reason)")
    }
}

extension Word {
    /// Whether a pattern of directories means this one; nil where tools could differ.
    func matches(folder: Word) -> Bool? {
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
    var lastName: Word {
        Word(String(Substring(utf8.split(separator: 0x2F).last ?? Substring(self).utf8)))
    }

    /// What a slash and a name follow.
    var asPrefix: String { utf8.elementsEqual("/".utf8) ? "" : self }
}
