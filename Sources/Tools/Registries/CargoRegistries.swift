// Registries of cargo: crates.io or what takes its place (`[source.NAME] replace-with`), the one that
// the line names, and those that Cargo.toml names for some dependencies. The files are
// `.cargo/config.toml` of the working directory and all above it, then that of cargo's home; a variable
// or `--config` wins over them.
// Source: The Cargo Book, "Configuration", "Source Replacement" and "Registries".

import GateCore

extension RegistryReader {
    /// What cargo asks.
    mutating func readCargo(_ invocation: Invocation, _ facts: inout Facts) {
        var settings = CargoSettings()
        for option in invocation.options where option.name == "config" {
            guard let value = option.value, let table = TomlTable(value.text) else {
                isComplete = false
                continue
            }
            settings.layers.append((table, "--config", .line))
        }
        for (path, origin) in cargoFiles() {
            guard let text = facts.text(path) else { continue }
            guard let table = TomlTable(text) else {
                isComplete = false
                continue
            }
            settings.layers.append((table, path, origin))
        }
        settings.environment = line.environment
        let options = invocation.options
        if let index = options.last(where: { $0.name == "index" })?.value {
            add(index, at: "--index", from: .line)
        } else if let name = options.last(where: { $0.name == "registry" })?.value {
            add(settings, registry: name, at: "--registry \(name)", from: .line)
        } else {
            addCratesIO(settings)
        }
        for place in places {
            for folder in YarnWords.ancestors(of: place) {
                let path = YarnWords.file("Cargo.toml", in: folder)
                guard let text = facts.text(path) else { continue }
                readManifest(text, path, settings)
            }
        }
        if !uses.contains(where: { $0.scope == nil && $0.isInForce }) { addCratesIO(settings) }
    }

    private func cargoFiles() -> [(path: String, origin: RegistryUse.Origin)] {
        var files: [(path: String, origin: RegistryUse.Origin)] = []
        let home =
            variable("CARGO_HOME").map { PathText.absolute($0, from: line.cwd) }
            ?? line.home.map { $0 + "/.cargo" }
        for folder in YarnWords.ancestors(of: cwd) {
            let inner = YarnWords.file(".cargo", in: folder)
            if let home, Word(straightened(home)) == Word(inner) { continue }
            // Where both are there the one without an ending counts.
            files.append((inner + "/config", .project))
            files.append((inner + "/config.toml", .project))
        }
        if let home {
            files.append((home + "/config", .user))
            files.append((home + "/config.toml", .user))
        }
        return files
    }

    /// crates.io, or the end of the chain of what takes its place.
    private mutating func addCratesIO(_ settings: CargoSettings) {
        if let found = settings.value(["registry", "default"]), found.text != "crates-io" {
            add(settings, registry: found.text, at: found.place, from: found.origin)
        }
        var name: Word = "crates-io"
        var place = "cargo's own default"
        var origin = RegistryUse.Origin.standard
        for _ in 0..<16 {
            guard let next = settings.value(["source", name, "replace-with"]) else { break }
            name = next.text
            place = next.place
            origin = next.origin
        }
        if origin == .standard { return add(Word(standard[0]), at: place, from: origin) }
        for key: Word in ["registry", "directory", "local-registry", "git"] {
            guard let found = settings.value(["source", name, key]) else { continue }
            // What lies in a directory was fetched before, and is held against its checksums.
            if key == "directory" || key == "local-registry" { return }
            return add(found.text, at: found.place, from: found.origin)
        }
        add(settings, registry: name, at: place, from: origin)
    }

    private mutating func add(
        _ settings: CargoSettings, registry name: Word, at place: String,
        from origin: RegistryUse.Origin
    ) {
        if name == "crates-io" { return add(Word(standard[0]), at: place, from: origin) }
        guard let found = settings.index(of: name) else {
            return add("", at: place, from: origin)
        }
        add(found.text, at: found.place, from: found.origin)
    }

    /// `registry = "NAME"` and `registry-index` of dependencies, wherever they stand.
    private mutating func readManifest(_ text: String, _ path: String, _ settings: CargoSettings) {
        guard let table = TomlTable(text) else {
            if YarnWords.mentions(Word(text), "registry") { add("", at: path, from: .project) }
            return
        }
        func visit(_ table: TomlTable, _ isDependency: Bool, _ reader: inout RegistryReader) {
            for entry in table.entries {
                if isDependency, let value = entry.value.string {
                    if entry.key == "registry" {
                        reader.add(
                            settings, registry: value, at: "\(path): registry", from: .project)
                    } else if entry.key == "registry-index" {
                        reader.add(value, at: "\(path): registry-index", from: .project)
                    }
                }
                let isBelow = isDependency || entry.key.hasSuffix("dependencies")
                if case .table(let inner) = entry.value { visit(inner, isBelow, &reader) }
            }
        }
        var reader = self
        visit(table, false, &reader)
        self = reader
    }
}

/// cargo's settings by precedence.
private struct CargoSettings {
    /// A value and where it is said.
    struct Found {
        let text: Word
        let place: String
        let origin: RegistryUse.Origin
    }

    var layers: [(table: TomlTable, place: String, origin: RegistryUse.Origin)] = []
    var environment = Environment()

    /// The text at a path of keys.
    func value(_ path: [Word]) -> Found? {
        let name = "CARGO_" + path.map { CargoSettings.upper($0) }.joined(separator: "_")
        // Sources cannot be set by variables.
        if path[0] != "source", let text = environment[Word(name)], !text.isEmpty {
            return Found(text: text, place: name, origin: .environment)
        }
        for layer in layers {
            guard let text = layer.table[path]?.string else { continue }
            let keys = path.map(\.text).joined(separator: ".")
            return Found(text: text, place: "\(layer.place): \(keys)", origin: layer.origin)
        }
        return nil
    }

    /// The index of a registry.
    func index(of name: Word) -> Found? { value(["registries", name, "index"]) }

    private static func upper(_ word: Word) -> String {
        var bytes: [UInt8] = []
        for byte in word.text.utf8 {
            let isLower = byte >= 0x61 && byte <= 0x7A
            bytes.append(byte == UInt8(ascii: "-") ? 0x5F : isLower ? byte & 0xDF : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
