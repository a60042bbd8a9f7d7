// What a Python install draws in beside the words of its line: requirement files and what they name
// in turn, and which directories are the project's own code. A file's lines count as if they stood on
// the command line.

public import GateCore

extension Invocation {
    /// Puts the contents of requirement files in the place of the files.
    ///
    /// A file that is not there stays as it was named: the tool ends with an error. One that cannot
    /// be placed with certainty makes the line ambiguous.
    mutating func followRequirementFiles(_ line: Line, _ facts: inout Facts) {
        guard let cwd = line.cwd else { return }
        var reader = RequirementReader(cwd: cwd, home: line.home)
        var found: [PackageRequest] = []
        for request in packages {
            if request.source == .requirements {
                found += reader.read(request, from: cwd, depth: 0, &facts)
            } else {
                found.append(request)
            }
        }
        packages = found
        ambiguous += reader.doubts
        otherRegistries += reader.registries.map(\.address.text)
        registries += reader.registries
        lineWithoutDigest = lineWithoutDigest ?? reader.lineWithoutDigest
    }

    /// Marks the directories that are the project's own: the one the line acts in, and those whose
    /// files the repository around it tracks. Building them is running the project's code.
    ///
    /// What their pyproject.toml names is added.
    mutating func recogniseOwnCode(_ line: Line, _ facts: inout Facts) {
        guard let cwd = line.cwd else { return }
        var named: [PackageRequest] = []
        for index in packages.indices where packages[index].source == .path {
            // `name @ file:///x`, `-e ./x[extra]`.
            guard let path = packages[index].directory, !path.isEmpty else { continue }
            let full = PathText.absolute(path, cwd: cwd, home: nil)
            let isHere = full.utf8.elementsEqual(straightened(cwd).utf8)
            if isHere || facts.ask(.tracked(full, from: cwd)) == .tracked {
                packages[index].source = .workspace
                if let text = facts.text(full + "/pyproject.toml") {
                    // A build ends with an error where pip cannot read it either.
                    named += PythonProject(text)?.requirements ?? []
                }
            }
        }
        packages += named
    }

    /// Puts the contents of a dependency group, `[pyproject.toml:]name`, in its place.
    mutating func followDependencyGroups(
        _ words: [Word], _ line: Line, _ facts: inout Facts
    ) {
        for word in words {
            let parts = word.split(at: UInt8(ascii: ":"))
            let file = PathText.absolute(
                parts?.head.text ?? "pyproject.toml", cwd: line.cwd ?? "/", home: nil)
            var found: [PackageRequest]?
            if line.cwd != nil, let text = facts.text(file) {
                found = PythonProject(text)?.group(parts?.tail ?? word)
            }
            packages += found ?? [PackageRequest(name: "", source: .ambiguous, spelling: word)]
        }
    }
}

extension Invocation {
    /// The places of the project's own code that the line names, folders and archives, absolute.
    ///
    /// - Parameter onlyEditable: only those that are installed in place.
    public func ownPlaces(from cwd: String, onlyEditable: Bool = false) -> [String] {
        var places: [String] = []
        for inner in flattened {
            for package in inner.packages where package.source == .workspace {
                if onlyEditable, !package.isEditable { continue }
                guard let path = package.directory else { continue }
                places.append(PathText.absolute(path, cwd: cwd, home: nil))
            }
        }
        return places
    }
}

extension PackageRequest {
    /// The path of a request by path, without extras; nil where it is written in another way.
    fileprivate var directory: String? {
        var bytes = Array(spelling.text.utf8)
        if bytes.starts(with: "file:".utf8) { return nil }
        if bytes.last == UInt8(ascii: "]"), let open = bytes.lastIndex(of: UInt8(ascii: "[")) {
            bytes.removeSubrange(open...)
        }
        return name.isEmpty ? String(validating: bytes, as: UTF8.self) : nil
    }
}

/// Follows requirement files from one to the next.
private struct RequirementReader {
    let cwd: String
    let home: String?
    var doubts: [String] = []
    var registries: [RegistryUse] = []
    /// The first line that asks for a package and gives no digest.
    var lineWithoutDigest: String?
    private var seen = WordPlaces()

    /// Files in files in files; pip itself has no limit.
    private static let deepest = 16
    /// The most lines of all files together.
    private static let most = 20_000
    private var count = 0

    init(cwd: String, home: String?) {
        self.cwd = cwd
        self.home = home
    }

    mutating func read(
        _ file: PackageRequest, from directory: String, depth: Int, _ facts: inout Facts
    ) -> [PackageRequest] {
        let address = pythonRequirement(file.spelling)
        if address.source == .url || address.source == .git {
            return [PackageRequest(name: "", source: .url, spelling: file.spelling)]
        }
        if file.spelling.hasPrefix("file:") || file.spelling == "-" {
            return [PackageRequest(name: "", source: .ambiguous, spelling: file.spelling)]
        }
        let path = PathText.absolute(file.spelling.text, cwd: directory, home: home)
        if seen.add(Word(path)) != nil { return [] }
        if depth > Self.deepest {
            doubts.append("requirement files more than \(Self.deepest) deep")
            return []
        }
        guard let text = facts.text(path) else { return [file] }
        // uv also takes a project's metadata for a requirement file.
        if Word(path).hasSuffix("/pyproject.toml") {
            let unclear = PackageRequest(name: "", source: .ambiguous, spelling: file.spelling)
            return PythonProject(text)?.requirements ?? [unclear]
        }
        let folder = PathText.absolute("..", cwd: path, home: nil)
        var found: [PackageRequest] = []
        for line in requirementLines(text) {
            count += 1
            if count > Self.most {
                doubts.append("requirement files of more than \(Self.most) lines")
                break
            }
            let place = "\(path):\(line.number)"
            switch line.item {
            case .requirement(let word, let hasDigest):
                found.append(pythonRequirement(word))
                if !hasDigest { lineWithoutDigest = lineWithoutDigest ?? place }
            case .editable(let word):
                found.append(editableRequirement(word))
                lineWithoutDigest = lineWithoutDigest ?? place
            case .file(let word):
                found += read(
                    PackageRequest(name: "", source: .requirements, spelling: word),
                    from: folder, depth: depth + 1, &facts)
            case .registry(let option, let word):
                registries.append(
                    RegistryUse(word, at: "\(place): \(option)", from: .project))
            case .builds(let option):
                doubts.append("\(place): \(option) changes what is built from source")
            case .unclear(let what): doubts.append("\(place): \(what)")
            }
        }
        return found
    }
}

/// What `-e` names: a directory where it is no address.
func editableRequirement(_ word: Word) -> PackageRequest {
    var request = pythonRequirement(word)
    if request.source == .registry || request.source == .ambiguous {
        request = PackageRequest(name: "", source: .path, spelling: word)
    }
    request.isEditable = true
    return request
}
