// The catalog: one line for each name that shimgate answers to. Shims, classifier, help, docs and
// tests derive from it. A profile is built only when its name is called.

public import GateCore

/// A name a tool is called by, and the profile that reads its lines.
public struct CatalogEntry: Sendable {
    /// The argv[0] basename.
    public let name: Word
    public let profile: @Sendable () -> ToolProfile

    init(_ name: Word, _ profile: @escaping @Sendable () -> ToolProfile) {
        self.name = name
        self.profile = profile
    }
}

/// All names, in the order of the documentation.
public enum Catalog {
    public static let entries: [CatalogEntry] = [
        // <catalog>
        .init("cargo", { .cargo }),
        .init("maturin", { .maturin }),
        .init("npm", { .npm }), .init("npx", { .npx }),
        .init("pnpm", { .pnpm }), .init("pn", { .pnpm }), .init("pnpx", { .pnpx }),
        .init("pnx", { .pnpx }),
        .init("pip", { .pip }), .init("pip3", { .pip }), .init("twine", { .twine }),
        .init("yarn", { .yarn }), .init("yarnpkg", { .yarn }),
        .init("python", { .python }), .init("python3", { .python }), .init("uv", { .uv }),
        .init("uvx", { .uvx }), .init("pipx", { .pipx }), .init("poetry", { .poetry }),
        .init("virtualenv", { .virtualenv }), .init("pdm", { .pdm }), .init("hatch", { .hatch }),
        .init("flit", { .flit }),
        .init("corepack", { .corepack }), .init("bun", { .bun }), .init("bunx", { .bun }),
        .init("deno", { .deno }), .init("vsce", { .vsce }), .init("ovsx", { .ovsx }),
        .init("gem", { .gem }),
        .init("bundle", { .bundle }),
        .init("bundler", { .bundle }),
        .init("rake", { .rake }),
        .init("nuget", { .nuget }),
        .init("dotnet", { .dotnet }),
        .init("dnx", { .dnx }),
        // </catalog>
    ]

    /// The profile behind an exact argv[0] basename. `pip3.N`, `pip-3.N` and `python3.N` are the only
    /// names with a pattern, because a distribution installs one for each minor version, and virtualenv
    /// (virtualenv/seed/embed/via_app_data/pip_install/base.py) one of each pip's kinds.
    public static func profile(calledAs name: Word) -> ToolProfile? {
        let plain = withoutMinorVersion(name)
        for entry in entries where entry.name == plain { return entry.profile() }
        return nil
    }

    /// `pip3.11`, `pip-3.11` and `python3.11` become `pip3` and `python3`; every other name stays.
    static func withoutMinorVersion(_ name: Word) -> Word {
        for base: Word in ["pip3.", "pip-3.", "python3."] where name.hasPrefix(base) {
            let minor = name.dropFirst(base.count)
            let digits = minor.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            guard digits, !minor.isEmpty, minor.count <= 3 else { continue }
            return base == "python3." ? "python3" : "pip3"
        }
        return name
    }
}
