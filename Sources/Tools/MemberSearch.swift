// Which directories are packages of a workspace: the lists in the manifests from a directory upwards,
// and what their patterns mean on the disk. It finds rather too many than too few, as
// WorkspaceMembers.swift explains, and no more than a fixed number.

import GateCore
import StrictJSON

/// Whose workspace is looked for.
enum MemberList {
    /// `workspaces` of package.json.
    case npm
    /// pnpm-workspace.yaml; where there is none, every directory below the working one.
    case pnpm
    /// `workspace.members` of Cargo.toml, and what is depended on by path.
    case cargo
    /// `tool.uv.workspace.members` of pyproject.toml.
    case uv
}

/// What the manifests from some directories upwards list.
struct MemberSearch {
    /// Most directories that are looked into, and most that are found.
    static let most = 4_096
    /// Deepest below a root that `**` is followed.
    private static let deepest = 20

    private(set) var isTooLarge = false
    /// A manifest whose list leads out of its directory in a way that is not understood.
    private(set) var unclear: String?
    /// Whether a pnpm-workspace.yaml was found.
    private(set) var hasList = false
    private var found = WordPlaces()
    private var roots = WordPlaces()
    private var looked = 0

    /// Looks for a list in one directory.
    mutating func look(in folder: String, for list: MemberList, _ facts: inout Facts) {
        if roots.add(Word(folder)) != nil { return }
        let base = folder == "/" ? "" : folder
        switch list {
        case .npm:
            let path = base + "/package.json"
            guard let text = facts.text(path) else { return }
            add(Self.packageWorkspaces(text), of: path, text, base, &facts)
        case .pnpm:
            let path = base + "/pnpm-workspace.yaml"
            guard let text = facts.text(path) else { return }
            hasList = true
            add(PnpmWorkspaceFile.patterns(in: text), of: path, text, base, &facts)
        case .cargo: followCargo(base, &facts)
        case .uv:
            let path = base + "/pyproject.toml"
            guard let text = facts.text(path) else { return }
            let members = TomlTable(text).map { $0[["tool", "uv", "workspace", "members"]] }
            add(members.map { $0?.strings ?? [] }, of: path, text, base, &facts)
        }
    }

    /// Adds every directory below one.
    mutating func addAll(below folder: String, _ facts: inout Facts) {
        expand(folder == "/" ? "" : folder, ["**"], depth: 0, &facts)
    }

    /// The directories found; where names are given, without those that certainly are neither called
    /// nor placed so.
    mutating func members(
        named names: [Word], in list: MemberList, _ facts: inout Facts
    ) -> [String] {
        let folders = found.names.map(\.text)
        // A package's name stands in a file of its own; of very many none is opened.
        if names.isEmpty || folders.count > 512 { return folders }
        var chosen: [String] = []
        for folder in folders where isChosen(folder, by: names, &facts) { chosen.append(folder) }
        return chosen
    }

    private func isChosen(_ folder: String, by names: [Word], _ facts: inout Facts) -> Bool {
        for name in names {
            // A path means the package there and all below.
            if name.contains(UInt8(ascii: "/")) || name.first == UInt8(ascii: ".") {
                for root in roots.names {
                    let place = PathText.absolute(name.text, cwd: root.text, home: nil)
                    let isSame = Word(folder) == Word(place)
                    if isSame || Word(folder).hasPrefix(Word(place + "/")) { return true }
                }
            } else if Word(folder).hasSuffix(Word("/" + name.text))
                || Word(folder + "/").containsText("/" + name.text + "/")
            {
                return true
            }
        }
        switch facts.ask(.text(folder + "/package.json")) {
        case .text(let text):
            guard let json = try? JSON.parse([UInt8](text.utf8)) else { return true }
            guard let own = json["name"]?.string else { return false }
            return names.contains(Word(own))
        case .absent: return false
        case .unreadable, .file, .directory, .names, .place, .tracked, nil: return true
        }
    }

    /// Adds the directories that patterns mean; nil stands for a list that is not understood.
    private mutating func add(
        _ patterns: [Word]?, of path: String, _ text: String, _ base: String,
        _ facts: inout Facts
    ) {
        if patterns == nil, text.contains("..") { unclear = unclear ?? path }
        for pattern in patterns ?? ["**"] {
            if pattern.first == UInt8(ascii: "!") { continue }
            expand(base, Self.segments(pattern)[...], depth: 0, &facts)
        }
    }

    private mutating func expand(
        _ base: String, _ segments: ArraySlice<Word>, depth: Int, _ facts: inout Facts
    ) {
        guard let segment = segments.first else {
            if found.names.count >= Self.most {
                isTooLarge = true
            } else {
                found.add(Word(base.isEmpty ? "/" : base))
            }
            return
        }
        let rest = segments.dropFirst()
        if segment == ".." {
            let above = base.parentFolder ?? "/"
            return expand(above == "/" ? "" : above, rest, depth: depth, &facts)
        }
        let isDeep = segment == "**"
        let isPattern =
            isDeep || segment.contains(UInt8(ascii: "*")) || segment.contains(UInt8(ascii: "?"))
        guard isPattern else { return expand("\(base)/\(segment)", rest, depth: depth, &facts) }
        if isDeep { expand(base, rest, depth: depth, &facts) }
        looked += 1
        if looked > Self.most || depth > Self.deepest {
            isTooLarge = true
            return
        }
        guard case .names(let names) = facts.ask(.folders(base.isEmpty ? "/" : base)) else {
            return
        }
        let glob = Glob(segment.text)
        for name in names where name != "node_modules" && name != ".git" {
            if isDeep {
                expand("\(base)/\(name)", segments, depth: depth + 1, &facts)
            } else if glob.matches(name) {
                expand("\(base)/\(name)", rest, depth: depth, &facts)
            }
        }
    }

    /// The parts of a pattern. One with signs that are not understood stands for everything from there
    /// on.
    private static func segments(_ pattern: Word) -> [Word] {
        var segments: [Word] = []
        for part in pattern.text.utf8.split(separator: UInt8(ascii: "/")) {
            let word = Word(String(Substring(part)))
            if word == "." { continue }
            for sign in "{}[]()!|\\".utf8 where word.contains(sign) { return segments + ["**"] }
            segments.append(word)
        }
        return segments
    }

    /// `workspaces` of a package.json: a list, or a list under `packages`. Empty where there is none,
    /// nil where it cannot be read.
    private static func packageWorkspaces(_ text: String) -> [Word]? {
        guard let json = try? JSON.parse([UInt8](text.utf8)), json.isObject else { return nil }
        guard let workspaces = json["workspaces"] else { return [] }
        let list = workspaces.isObject ? workspaces["packages"] : workspaces
        guard let list else { return [] }
        guard list.isArray else { return nil }
        var patterns: [Word] = []
        for element in list.elements {
            guard let pattern = element.string else { return nil }
            patterns.append(Word(pattern))
        }
        return patterns
    }

    /// A Cargo.toml: its list, and every directory that it depends on by path, which is a member as
    /// well where it lies below the root.
    private mutating func followCargo(_ base: String, _ facts: inout Facts) {
        let path = base + "/Cargo.toml"
        guard let text = facts.text(path) else { return }
        guard let table = TomlTable(text) else {
            unclear = unclear ?? path
            return
        }
        let before = found.names.count
        add(table[["workspace", "members"]]?.strings ?? [], of: path, text, base, &facts)
        var paths: [Word] = []
        Self.collectPaths(.table(table), into: &paths)
        for path in paths {
            let place = PathText.absolute(path.text, cwd: base.isEmpty ? "/" : base, home: nil)
            if found.names.count < Self.most { found.add(Word(place)) } else { isTooLarge = true }
        }
        // What was new leads on.
        for place in found.names[before...] where roots.add(place) == nil {
            followCargo(place == "/" ? "" : place.text, &facts)
        }
    }

    /// Every `path = "..."`; those of targets name files and do no harm.
    private static func collectPaths(_ value: TomlValue, into paths: inout [Word]) {
        switch value {
        case .table(let table):
            for entry in table.entries {
                if entry.key == "path", let path = entry.value.string { paths.append(path) }
                collectPaths(entry.value, into: &paths)
            }
        case .list(let values): for value in values { collectPaths(value, into: &paths) }
        case .string, .scalar: break
        }
    }
}

extension Word {
    /// Whether the text stands somewhere within, byte for byte.
    func containsText(_ wanted: String) -> Bool {
        let (bytes, wanted) = (text.utf8.span, wanted.utf8.span)
        guard bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count) {
            var place = 0
            while place < wanted.count, bytes[start + place] == wanted[place] { place += 1 }
            if place == wanted.count { return true }
        }
        return false
    }
}
