// Which files of a project decide about an install of npm's kind: the manifest of the project and
// those of its workspaces and of the folders that it depends on by path. A superset does no harm,
// because the tool looks itself at what it finds in the stage, so patterns that this reader does not
// know match everything.
//
// Sources: @npmcli/config lib/index.js `loadLocalPrefix`, @npmcli/map-workspaces lib/index.js,
// npm-package-arg lib/npa.js `fromFile`.

internal import GateCore
internal import Launch
internal import Platform
internal import StrictJSON
internal import Tools

/// The places that an install reads, all but the root relative to it; an empty name is the root.
struct ProjectFiles {
    /// The project: where the lockfile and the tree belong.
    private(set) var root: String
    /// Where in it the line acts.
    var start = ""
    /// Folders with a manifest, the root first.
    private(set) var folders: [String] = [""]
    /// Archives that manifests name by path.
    private(set) var archives: [String] = []
    /// Programs of the folders, which the tool links to where they exist.
    private(set) var programs: [String] = []
    /// Whether a manifest names folders or archives by path.
    private(set) var hasPathPackages = false
    private var manifest: String
    private var directoriesSeen = 0

    /// The most directories that are looked into for workspaces.
    static let mostDirectories = 50_000

    /// Finds the project of a line.
    ///
    /// - Parameters:
    ///   - named: the directory that the line names as the project's.
    ///   - paths: folders and archives that the line itself names.
    ///   - ignoresWorkspaces: whether the line says not to look for them.
    ///   - tree: a directory that marks a project as a manifest does; nil where none does.
    init(
        from cwd: String, named: String?, paths: [String], ignoresWorkspaces: Bool,
        manifest: String, tree: String?
    ) throws(StageFailure) {
        self.manifest = manifest
        let beginning = FilePath.resolved(named ?? cwd) ?? named ?? cwd
        var nearest = beginning
        if named == nil {
            nearest =
                ProjectFiles.above(beginning) {
                    if FileStatus("\($0)/\(manifest)")?.isRegular == true { return true }
                    guard let tree else { return false }
                    return FileStatus("\($0)/\(tree)")?.isDirectory == true
                } ?? beginning
        }
        root = nearest
        // The workspace root, where the nearest folder is one of its workspaces.
        if named == nil, !ignoresWorkspaces {
            var folder = nearest
            while folder != "/" {
                folder = FilePath.parent(folder)
                guard FileStatus("\(folder)/\(manifest)") != nil else { continue }
                var outer = ProjectFiles(at: folder, manifest: manifest)
                guard (try? outer.addWorkspaces()) != nil else { continue }
                let inside = String(nearest.dropFirst(folder == "/" ? 1 : folder.count + 1))
                guard outer.folders.contains(where: { Word($0) == Word(inside) }) else { continue }
                outer.start = inside
                self = outer
                break
            }
        }
        if folders.count == 1 { try addWorkspaces() }
        let workspaces = folders.count
        for path in paths { try add(path, from: start) }
        try followPaths()
        hasPathPackages = folders.count > workspaces || !archives.isEmpty
    }

    /// Finds the project of a line whose tool sees it through links.
    init(
        from cwd: String, manifest: String, through links: LinkedProject
    ) throws(StageFailure) {
        self.manifest = manifest
        let beginning = FilePath.resolved(cwd) ?? cwd
        let nearest = ProjectFiles.above(beginning) {
            FileStatus("\($0)/\(manifest)")?.isRegular == true
        }
        root = nearest ?? beginning
        guard let nearest else { return }
        if let mark = links.rootMark {
            root =
                ProjectFiles.above(nearest) { ProjectFiles.holds(mark, "\($0)/\(manifest)") }
                ?? nearest
        }
        if let file = links.rootFile {
            root = ProjectFiles.above(nearest) { FileStatus("\($0)/\(file)") != nil } ?? nearest
        }
        start = String(nearest.dropFirst(root == "/" ? 1 : root.count).drop { $0 == "/" })
        if links.searches { try search("", links) }
        if !folders.contains(where: { Word($0) == Word(start) }) { folders.append(start) }
    }

    private static func holds(_ mark: Word, _ path: String) -> Bool {
        guard let file = try? WholeFile(path, limit: 8 << 20) else { return false }
        for row in file.bytes.split(separator: 0x0A)
        where row.drop(while: { $0 == 0x20 || $0 == 0x09 }).starts(with: mark.text.utf8) {
            return true
        }
        return false
    }

    /// A text in a manifest that names a place outside of the project; nil where none does. Read
    /// coarsely: any string that begins with `../`, or does so behind a scheme.
    var pathOutside: String? {
        for folder in folders {
            let path = full(folder.isEmpty ? manifest : "\(folder)/\(manifest)")
            guard let file = try? WholeFile(path, limit: 8 << 20) else { continue }
            for quote in "\"'".utf8 {
                for part in file.bytes.split(separator: quote) {
                    var path = part
                    for scheme in ["file:", "link:", "workspace:", "portal:"]
                    where part.starts(with: scheme.utf8) {
                        path = part.dropFirst(scheme.utf8.count)
                    }
                    guard path.starts(with: "../".utf8) else { continue }
                    let text = String(decoding: path, as: UTF8.self)
                    let place = Word(straightened(folder.isEmpty ? text : "\(folder)/\(text)"))
                    if place == ".." || place.hasPrefix("../") { return text }
                }
            }
        }
        return nil
    }

    /// Adds the directories below that have a manifest.
    private mutating func search(_ folder: String, _ links: LinkedProject) throws(StageFailure) {
        directoriesSeen += 1
        guard directoriesSeen < ProjectFiles.mostDirectories else {
            throw StageFailure("\(root) has too many directories")
        }
        for name in FilePath.names(in: full(folder), isFolderWanted: true) ?? [] {
            // A tree of vendored sources is seen as a whole.
            let word = Word(name)
            if word.first == UInt8(ascii: ".") || word == "vendor" || links.leftOut.lists(word) {
                continue
            }
            let inner = folder.isEmpty ? name : "\(folder)/\(name)"
            guard FileStatus(unfollowed: full(inner))?.isDirectory == true else { continue }
            if FileStatus(full("\(inner)/\(manifest)")) != nil { add(inner) }
            try search(inner, links)
        }
    }

    private init(at root: String, manifest: String) {
        self.root = root
        self.manifest = manifest
    }

    private static func above(_ start: String, _ isWanted: (String) -> Bool) -> String? {
        var folder = start
        while true {
            if isWanted(folder == "/" ? "" : folder) { return folder }
            if folder == "/" { return nil }
            folder = FilePath.parent(folder)
        }
    }

    /// The manifest of a folder; nil where there is none.
    private func manifest(of folder: String) throws(StageFailure) -> JSON? {
        let path = full(folder.isEmpty ? manifest : "\(folder)/\(manifest)")
        let file: WholeFile
        do throws(WholeFile.Failure) { file = try WholeFile(path, limit: 8 << 20) } catch {
            if error == .absent { return nil }
            throw StageFailure("\(path): \(error.reason)")
        }
        let bytes =
            file.bytes.starts(with: [0xEF, 0xBB, 0xBF])
            ? Array(file.bytes.dropFirst(3)) : file.bytes
        do throws(JSONError) { return try JSON.parse(bytes) } catch {
            throw StageFailure("\(path): \(error.message)")
        }
    }

    private func full(_ name: String) -> String {
        name.isEmpty ? root : (root == "/" ? "/" : root + "/") + name
    }

    // MARK: workspaces

    private mutating func addWorkspaces() throws(StageFailure) {
        guard let json = try manifest(of: "") else { return }
        let list = json["workspaces"]?.array ?? json["workspaces"]?["packages"]?.array ?? []
        for entry in list {
            guard let text = entry.string, text.utf8.first != UInt8(ascii: "!") else { continue }
            // A pattern that names the stages would make the tool leave the one it was put into.
            if text.utf8.split(separator: 0x2F).contains(where: {
                $0.elementsEqual(".shimgate".utf8)
            }) {
                throw StageFailure("its workspaces reach into .shimgate")
            }
            let parts = straightened(text).utf8.split(separator: 0x2F).map { String(Substring($0)) }
            try addMatching(parts[...], in: "")
        }
    }

    private mutating func addMatching(
        _ parts: ArraySlice<String>, in folder: String
    ) throws(StageFailure) {
        guard let part = parts.first else {
            if FileStatus(full(folder + "/" + manifest)) != nil { add(folder) }
            return
        }
        directoriesSeen += 1
        guard directoriesSeen < ProjectFiles.mostDirectories else {
            throw StageFailure("its workspaces span too many directories")
        }
        let rest = parts.dropFirst()
        let isDeep = Word(part) == "**"
        if isDeep { try addMatching(rest, in: folder) }
        if !isDeep, !part.utf8.contains(where: { "*?[]{}()!+@|".utf8.contains($0) }) {
            let next = folder.isEmpty ? part : "\(folder)/\(part)"
            if FileStatus(full(next))?.isDirectory == true { try addMatching(rest, in: next) }
            return
        }
        // Classes, braces and groups count as anything.
        let isPlain = !part.utf8.contains(where: { "[]{}()!+@|".utf8.contains($0) })
        let glob = Glob(isPlain && !isDeep ? part : "*")
        for name in FilePath.names(in: full(folder)) ?? [] {
            let word = Word(name)
            if word.first == UInt8(ascii: ".") || word == "node_modules" { continue }
            guard glob.matches(name) else { continue }
            let next = folder.isEmpty ? name : "\(folder)/\(name)"
            guard FileStatus(unfollowed: full(next))?.isDirectory == true else { continue }
            try addMatching(isDeep ? parts : rest, in: next)
        }
    }

    private mutating func add(_ folder: String) {
        guard !folders.contains(where: { Word($0) == Word(folder) }) else { return }
        folders.append(folder)
    }

    // MARK: folders and archives by path

    private mutating func followPaths() throws(StageFailure) {
        var place = 0
        while place < folders.count {
            let folder = folders[place]
            place += 1
            guard let json = try manifest(of: folder) else { continue }
            for key in ["dependencies", "devDependencies", "optionalDependencies"] {
                for member in json[key]?.object ?? [] {
                    guard let spec = member.value.string, let path = localPath(spec) else {
                        continue
                    }
                    try add(path, from: folder)
                }
            }
            if folder.isEmpty { continue }
            if let single = json["bin"]?.string { addProgram(single, of: folder) }
            for member in json["bin"]?.object ?? [] {
                if let path = member.value.string { addProgram(path, of: folder) }
            }
        }
    }

    private mutating func addProgram(_ path: String, of folder: String) {
        let name = straightened("\(folder)/\(path)")
        guard !Word(name).hasPrefix(".."), FileStatus(full(name))?.isRegular == true else { return }
        programs.append(name)
    }

    private mutating func add(_ path: String, from folder: String) throws(StageFailure) {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        let name: String
        if isAbsolute {
            guard Word(straightened(path)).hasPrefix(Word(root + "/")) else { throw outside(path) }
            name = String(straightened(path).dropFirst(root.count + 1))
        } else {
            name = straightened(folder.isEmpty ? path : "\(folder)/\(path)")
        }
        if Word(name) == "." { return }
        if Word(name) == ".." || Word(name).hasPrefix("../") || Word(name).hasPrefix("~") {
            throw outside(path)
        }
        guard let status = FileStatus(full(name)) else { return }
        if status.isDirectory { add(name) } else { archives.append(name) }
    }

    private func outside(_ path: String) -> StageFailure {
        StageFailure("\(path) lies outside of the project, so no copy of it can be made")
    }

    /// The path in `file:…`, `link:…` or a spec that is a path by its form.
    private func localPath(_ spec: String) -> String? {
        let word = Word(spec)
        for prefix: Word in ["file:", "link:"] where word.hasPrefix(prefix) {
            let path = word.dropFirst(prefix.count)
            // `file://./x` and `file:///x` are written too (npm-package-arg).
            if path.hasPrefix("///") { return path.dropFirst(2).text }
            return path.hasPrefix("//") ? path.dropFirst(2).text : path.text
        }
        let isPath =
            word.hasPrefix("./") || word.hasPrefix("../") || word.hasPrefix("/")
            || word.hasPrefix("~/")
        return isPath ? spec : nil
    }
}
