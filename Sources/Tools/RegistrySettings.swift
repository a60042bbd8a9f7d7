// Registries that a line uses, as its settings files and variables name them: what a lockfile may hold
// where the policy lists no registries. Read for addresses only and coarser than the tools do: an
// address counts on a line that has the setting's name before it. What this misses is refused and
// can be listed in the policy; what it finds too much the project could have set anyway.
//
// Sources: npmrc(5), yarn 1 `.yarnrc`, berry `.yarnrc.yml` (npmRegistryServer), uv and poetry
// pyproject.toml, cargo config.toml ([registries], [source]), Gemfile(5) `source`.

public import GateCore

/// Where the registries of a line stand.
public struct RegistrySettings: Sendable {
    /// Settings files, relative to the directory of the lockfile.
    public let files: [String]
    /// Settings files, relative to the home directory.
    public let homeFiles: [String]
    /// Names of settings, separated by spaces.
    let names: Word
    /// Variables that hold addresses.
    let variables: [EnvironmentRule]

    /// Addresses in a settings file.
    public func addresses(inFile text: String) -> [String] {
        var found: [String] = []
        for row in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let first = row.first { $0 != 0x20 && $0 != 0x09 }
            if first == UInt8(ascii: "#") || first == UInt8(ascii: ";") { continue }
            found += addresses(inRow: row)
        }
        return found
    }

    /// Addresses in the environment and in the line itself.
    public func addresses(of invocation: Invocation, in environment: Environment) -> [String] {
        var found = invocation.otherRegistries
        if let registry = invocation.registry { found.append(registry) }
        for entry in environment.entries {
            for rule in variables where rule.covers(entry.name) {
                found += RegistrySettings.addresses(in: entry.value.text.utf8[...])
            }
        }
        return found
    }

    private func addresses(inRow row: Substring.UTF8View) -> [String] {
        var word: [UInt8] = []
        for place in row.indices {
            let byte = row[place]
            if RegistrySettings.isOfName(byte) {
                word.append(byte)
                continue
            }
            if names.lists(Word(String(decoding: word, as: UTF8.self))) {
                return RegistrySettings.addresses(in: row[place...])
            }
            word = []
        }
        return []
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }

    /// Every `http://…` and `https://…`, up to what ends a value.
    private static func addresses(in text: Substring.UTF8View) -> [String] {
        var found: [String] = []
        var rest = text
        while let start = rest.firstIndex(of: UInt8(ascii: "h")) {
            rest = rest[start...]
            let isAddress =
                rest.starts(with: "https://".utf8) || rest.starts(with: "http://".utf8)
            guard isAddress else {
                rest = rest.dropFirst()
                continue
            }
            let address = rest.prefix { $0 > 0x20 && !"\"'`,;<>[]{}()#\\".utf8.contains($0) }
            found.append(String(Substring(address)))
            rest = rest[address.endIndex...]
        }
        return found
    }
}

extension RegistrySettings {
    static let yarnClassic = RegistrySettings(
        files: [".npmrc", ".yarnrc"], homeFiles: [".npmrc", ".yarnrc"], names: "registry",
        variables: [
            .init("npm_config_*registry", .unset, isLoose: true),
            .init("yarn_registry", .unset, isLoose: true),
        ])

    static let yarnBerry = RegistrySettings(
        files: [".yarnrc.yml"], homeFiles: [".yarnrc.yml"], names: "npmRegistryServer",
        variables: [.init("yarn_npm_registry_server", .unset, isLoose: true)])

    static let pnpm = RegistrySettings(
        files: [".npmrc", "pnpm-workspace.yaml"], homeFiles: [".npmrc", ".config/pnpm/rc"],
        names: "registry", variables: [.init("npm_config_*registry", .unset, isLoose: true)])

    static let python = RegistrySettings(
        files: ["pyproject.toml", "uv.toml"], homeFiles: [".config/uv/uv.toml"],
        names: "url index-url extra-index-url find-links",
        variables: [
            .init("UV_*INDEX*", .unset), .init("UV_FIND_LINKS", .unset),
            .init("PIP_*INDEX_URL", .unset),
        ])

    static let cargo = RegistrySettings(
        files: [".cargo/config.toml", ".cargo/config"],
        homeFiles: [".cargo/config.toml", ".cargo/config"], names: "index registry",
        variables: [.init("CARGO_REGISTRIES_*", .unset)])

    static let nuGet = RegistrySettings(
        files: ["nuget.config", "NuGet.config", "NuGet.Config"],
        homeFiles: [".nuget/NuGet/NuGet.Config", ".config/NuGet/NuGet.Config"], names: "value",
        variables: [])

    static let bundler = RegistrySettings(
        files: ["Gemfile", "gems.rb"], homeFiles: [], names: "source",
        variables: [])
}
