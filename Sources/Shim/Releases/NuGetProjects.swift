// What `dotnet restore` and `nuget restore` would bring where no lockfile says it: the packages that the
// project files name, with all projects that they refer to and the files beside them that MSBuild reads by
// itself. What these packages need in turn is not known here (docs/installs.md, "Age").

internal import GateCore
internal import Platform
internal import RegistryFacts
internal import Tools

/// Collects what project files name.
struct NuGetProjects {
    /// Packages, each with a version or a range.
    private(set) var packages: [(name: Word, range: Word)] = []
    private var read: [Word] = []
    private static let mostProjects = 500

    /// Reads the projects of a line, or those of its directory where it names none.
    ///
    /// - Throws: what cannot be told, with its file and line.
    init(named words: [Word], in directory: String) throws(PlanRefusal) {
        if words.isEmpty { try add(folder: directory) }
        for word in words {
            let path = NuGetProjects.path(word, from: directory)
            if FileStatus(path)?.isDirectory == true {
                try add(folder: path)
            } else {
                try add(file: path)
            }
        }
    }

    private mutating func add(folder: String) throws(PlanRefusal) {
        var isKnown = false
        for name in (FilePath.names(in: folder) ?? []).sorted() {
            let lower = Word(name).lowercasedASCII
            let isProject = lower.hasSuffix("proj") && lower.contains(UInt8(ascii: "."))
            let isSolution = lower.hasSuffix(".sln") || lower.hasSuffix(".slnx")
            guard isProject || isSolution || lower == "packages.config" else { continue }
            isKnown = true
            try add(file: "\(folder)/\(name)")
        }
        if !isKnown {
            throw NuGetProjects.refusal("\(folder) has no project whose packages could be told")
        }
    }

    private mutating func add(file path: String) throws(PlanRefusal) {
        let path = straightened(path)
        if read.contains(Word(path)) { return }
        read.append(Word(path))
        if read.count > NuGetProjects.mostProjects {
            throw NuGetProjects.refusal("there are too many projects")
        }
        let lower = Word(path).lowercasedASCII
        let text = try NuGetProjects.text(path)
        if lower.hasSuffix("/packages.config") {
            guard let listed = nugetPackagesConfig(text) else {
                throw NuGetProjects.refusal("\(path) has another form than the documented one")
            }
            packages += listed
            return
        }
        let folder = FilePath.parent(path)
        if lower.hasSuffix(".sln") || lower.hasSuffix(".slnx") {
            let projects: [Word]
            do throws(NuGetProjectFault) {
                projects = try NuGetProject.projects(inSolution: text)
            } catch {
                throw NuGetProjects.refusal("\(path):\(error.line): \(error.reason)")
            }
            for project in projects { try add(file: NuGetProjects.path(project, from: folder)) }
            return
        }
        let isKnown = [".csproj", ".fsproj", ".vbproj"].contains { lower.hasSuffix(Word($0)) }
        guard isKnown else {
            throw NuGetProjects.refusal("\(path) is no project whose packages could be told")
        }
        try add(project: text, path, folder)
    }

    private mutating func add(
        project text: String, _ path: String, _ folder: String
    ) throws(PlanRefusal) {
        var references: [(path: String, reference: NuGetProject.Reference)] = []
        var versions: [NuGetProject.Reference] = []
        var projects: [Word] = []
        var pinsTransitively = false
        var files = [(path, text)]
        for name in [
            "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        ] {
            // MSBuild takes the nearest one of a name, here or above.
            for place in NuGetProjects.above(folder) {
                let beside = place == "/" ? "/\(name)" : "\(place)/\(name)"
                guard FileStatus(beside) != nil else { continue }
                files.append((beside, try NuGetProjects.text(beside)))
                break
            }
        }
        for (path, text) in files {
            let project: NuGetProject
            do throws(NuGetProjectFault) { project = try NuGetProject(text) } catch {
                throw NuGetProjects.refusal("\(path):\(error.line): \(error.reason)")
            }
            references += project.references.map { (path, $0) }
            versions += project.versions
            projects += project.projects
            if project.pinsTransitively { pinsTransitively = true }
        }
        for (path, reference) in references {
            var ranges = reference.version.map { [$0] } ?? []
            if ranges.isEmpty {
                let name = reference.name.lowercasedASCII
                ranges = versions.filter { $0.name.lowercasedASCII == name }.compactMap(\.version)
            }
            if ranges.isEmpty {
                throw NuGetProjects.refusal(
                    "\(path):\(reference.line): \(reference.name) has no version")
            }
            for range in ranges { packages.append((reference.name, range)) }
        }
        if pinsTransitively {
            for one in versions {
                if let range = one.version { packages.append((one.name, range)) }
            }
        }
        for project in projects { try add(file: NuGetProjects.path(project, from: folder)) }
    }

    private static func above(_ folder: String) -> [String] {
        var places = [folder]
        while let last = places.last, last != "/", last != "." {
            places.append(FilePath.parent(last))
        }
        return places
    }

    private static func text(_ path: String) throws(PlanRefusal) -> String {
        let bytes: [UInt8]
        do throws(WholeFile.Failure) { bytes = try WholeFile(path, limit: 8 << 20).bytes } catch {
            throw refusal("\(path): \(error.reason)")
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let plain = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
        guard let text = String(validating: plain, as: UTF8.self) else {
            throw refusal("\(path) is not UTF-8")
        }
        return text
    }

    /// Project files write paths with either slash.
    private static func path(_ word: Word, from folder: String) -> String {
        let text = String(
            decoding: word.text.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 },
            as: UTF8.self)
        return Word(text).first == UInt8(ascii: "/") ? text : "\(folder)/\(text)"
    }

    private static func refusal(_ reason: String) -> PlanRefusal {
        PlanRefusal(
            "the policy requires minimumReleaseAge, and what would be restored cannot be told: "
                + reason)
    }
}
