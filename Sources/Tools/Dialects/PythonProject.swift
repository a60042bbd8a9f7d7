// What a project's own pyproject.toml asks for: its dependencies, what building it needs, and its
// dependency groups. Its words are the project's, but what they name are strangers' packages, so an
// address among them counts as if it stood on the command line.
//
// Sources: PyPA specifications, pyproject.toml (`project.dependencies`, `build-system.requires`) and
// dependency groups (PEP 735).

internal import GateCore

/// The requirements of a pyproject.toml.
struct PythonProject {
    private let table: TomlTable

    /// Nil where the text is not TOML.
    init?(_ text: String) {
        guard let table = TomlTable(text) else { return nil }
        self.table = table
    }

    /// What an install of the project fetches; extras only where they name no registry's packages,
    /// because they may never be asked for.
    var requirements: [PackageRequest] {
        let own = words(["project", "dependencies"]) + words(["build-system", "requires"])
        var found = own.map(pythonRequirement)
        if case .table(let extras)? = table[["project", "optional-dependencies"]] {
            for entry in extras.entries {
                found += (entry.value.strings ?? []).map(pythonRequirement)
                    .filter { $0.source != .registry }
            }
        }
        return found
    }

    /// What a dependency group names, others included; nil where it cannot be told.
    func group(_ name: Word, depth: Int = 0) -> [PackageRequest]? {
        guard depth < 16, case .table(let groups)? = table[["dependency-groups"]] else {
            return nil
        }
        let wanted = canonicalPythonName(Array(name.text.utf8)[...])
        let entry = groups.entries.first {
            canonicalPythonName(Array($0.key.text.utf8)[...]) == wanted
        }
        guard case .list(let values)? = entry?.value else { return nil }
        var found: [PackageRequest] = []
        for value in values {
            switch value {
            case .string(let word): found.append(pythonRequirement(word))
            case .table(let table):
                guard let inner = table.value(of: "include-group")?.string,
                    let requests = group(inner, depth: depth + 1)
                else { return nil }
                found += requests
            case .list, .scalar: return nil
            }
        }
        return found
    }

    private func words(_ path: [Word]) -> [Word] { table[path]?.strings ?? [] }
}
