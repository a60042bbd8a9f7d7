// What a project itself asks for, as its manifest says, so that a package that is new to it can be told.
// Sources: package.json (npm docs), Cargo.toml ("Specifying Dependencies"), pyproject.toml (PEP 621,
// 735), Gemfile.lock (bundler, section DEPENDENCIES).

public import GateCore
internal import StrictJSON

/// Names of the packages that the project in a directory asks for; nil where nothing says what it asks
/// for. PyPI's are normalised.
///
/// - Parameter text: the text of a file; nil where it is not there.
public func directDependencies(
    _ ecosystem: Ecosystem, in directory: String, reading text: (String) -> String?
) -> [Word]? {
    switch ecosystem {
    case .npm:
        guard let manifest = text("\(directory)/package.json"),
            let json = try? JSON.parse(Array(manifest.utf8))
        else { return nil }
        var names: [Word] = []
        for key in [
            "dependencies", "devDependencies", "optionalDependencies", "peerDependencies",
        ] {
            for member in json[key]?.object ?? [] { names.append(Word(member.name)) }
        }
        return names
    case .crates:
        guard let manifest = text("\(directory)/Cargo.toml"), let table = TomlTable(manifest)
        else { return nil }
        var names: [Word] = []
        let tables: [[Word]] = [
            ["dependencies"], ["dev-dependencies"], ["build-dependencies"],
            ["workspace", "dependencies"],
        ]
        for path in tables {
            guard case .table(let dependencies)? = table[path] else { continue }
            for entry in dependencies.entries { names.append(entry.key) }
        }
        return names
    case .pypi:
        let project = text("\(directory)/pyproject.toml").flatMap { PythonProject($0) }
        let file = text("\(directory)/requirements.txt")
        if project == nil, file == nil { return nil }
        var requests = project?.requirements ?? []
        for line in file.map({ requirementLines($0) }) ?? [] {
            if case .requirement(let word, _) = line.item {
                requests.append(pythonRequirement(word))
            }
        }
        return requests.map(\.name)
    case .rubygems:
        for name in ["Gemfile.lock", "gems.locked"] {
            if let lock = text("\(directory)/\(name)") { return bundlerDependencies(lock) }
        }
        return nil
    case .nuget, .vscode: return nil
    }
}

/// The names below `DEPENDENCIES`: two spaces, then the name.
private func bundlerDependencies(_ lock: String) -> [Word] {
    var names: [Word] = []
    var isInside = false
    for line in lock.utf8.split(separator: 0x0A) {
        if line.first != 0x20 {
            isInside = line.elementsEqual("DEPENDENCIES".utf8)
        } else if isInside {
            let name = line.dropFirst(2).prefix { $0 != 0x20 && $0 != UInt8(ascii: "!") }
            names.append(Word(Substring(name)))
        }
    }
    return names
}
