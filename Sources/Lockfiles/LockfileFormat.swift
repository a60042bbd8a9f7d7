// Which lockfiles are read, by file name; one row for each. yarn uses one name for two formats, and
// requirements files have many names, so both are told apart by what is in them or how they end.

internal import GateCore

/// A format of lockfiles.
public enum LockfileFormat: UInt8, Sendable, CaseIterable {
    /// npm's, from npm 5 on: lockfileVersion 1, 2 and 3.
    case npm
    /// yarn 1's.
    case yarnClassic
    /// The one of yarn 2 and later.
    case yarnBerry
    /// pnpm's: lockfileVersion 5, 6 and 9.
    case pnpm
    /// pip's requirements with hashes, as pip-compile and uv write them.
    case requirements
    /// pipenv's.
    case pipfile
    /// poetry's.
    case poetry
    /// uv's.
    case uv
    /// pdm's.
    case pdm
    /// bundler's.
    case bundler
    /// cargo's.
    case cargo
    /// packages.lock.json of NuGet.
    case nuget

    /// The name in output and documentation.
    public var name: String {
        switch self {
        case .npm: "npm"
        case .yarnClassic: "yarn-classic"
        case .yarnBerry: "yarn-berry"
        case .pnpm: "pnpm"
        case .requirements: "requirements"
        case .pipfile: "pipenv"
        case .poetry: "poetry"
        case .uv: "uv"
        case .pdm: "pdm"
        case .bundler: "bundler"
        case .cargo: "cargo"
        case .nuget: "nuget"
        }
    }

    /// Whose packages it pins.
    public var ecosystem: PackageEcosystem {
        switch self {
        case .npm, .yarnClassic, .yarnBerry, .pnpm: .npm
        case .requirements, .pipfile, .poetry, .uv, .pdm: .pypi
        case .bundler: .gem
        case .cargo: .cargo
        case .nuget: .nuget
        }
    }

    /// The tools that read it, as policies name them.
    public var tools: [String] {
        switch self {
        case .npm: ["npm", "npx"]
        case .yarnClassic, .yarnBerry: ["yarn"]
        case .pnpm: ["pnpm", "pnpx"]
        case .requirements: ["pip", "uv"]
        case .pipfile: ["pip", "pipenv"]
        case .poetry: ["poetry"]
        case .uv: ["uv"]
        case .pdm: ["pdm"]
        case .bundler: ["bundle", "gem"]
        case .cargo: ["cargo"]
        case .nuget: ["nuget", "dotnet"]
        }
    }

    /// The public registry: base URLs of its index and of its archives.
    public var publicRegistry: [String] {
        switch self {
        case .npm, .pnpm: ["https://registry.npmjs.org/"]
        // The name that yarn 1 asks; it stands for the same registry.
        case .yarnClassic, .yarnBerry:
            ["https://registry.yarnpkg.com/", "https://registry.npmjs.org/"]
        case .requirements, .pipfile, .poetry, .uv, .pdm:
            ["https://pypi.org/", "https://files.pythonhosted.org/"]
        case .bundler: ["https://rubygems.org/"]
        case .cargo: ["https://github.com/rust-lang/crates.io-index", "https://index.crates.io/"]
        case .nuget: ["https://api.nuget.org/"]
        }
    }

    /// The format of a file; nil where neither name nor content tells.
    ///
    /// - Parameters:
    ///   - path: the file's path; only the last part counts.
    ///   - bytes: its content, which tells yarn's formats apart.
    public init?(path: String, bytes: [UInt8]) {
        let name = lastPiece(of: path)
        switch name {
        case "package-lock.json", "npm-shrinkwrap.json", ".package-lock.json": self = .npm
        case "yarn.lock": self = Self.isBerry(bytes) ? .yarnBerry : .yarnClassic
        case "pnpm-lock.yaml": self = .pnpm
        case "Pipfile.lock": self = .pipfile
        case "poetry.lock": self = .poetry
        case "uv.lock": self = .uv
        case "pdm.lock": self = .pdm
        case "Gemfile.lock", "gems.locked": self = .bundler
        case "Cargo.lock": self = .cargo
        default:
            if name.hasSuffix("packages.lock.json") {
                self = .nuget
            } else if name.hasSuffix(".txt") {
                self = .requirements
            } else {
                return nil
            }
        }
    }

    /// Reads a file.
    ///
    /// - Throws: `LockfileError` at the first character that the format's writer would not write.
    public func read(_ bytes: [UInt8]) throws(LockfileError) -> Lockfile {
        let text = try SourceText(bytes)
        return switch self {
        case .npm: try NpmLockReader.read(text)
        case .yarnClassic: try YarnClassicReader.read(text)
        case .yarnBerry: try YarnBerryReader.read(text)
        case .pnpm: try PnpmLockReader.read(text)
        case .requirements: try RequirementsReader.read(text)
        case .pipfile: try PipfileLockReader.read(text)
        case .poetry: try PoetryLockReader.read(text)
        case .uv: try UvLockReader.read(text)
        case .pdm: try PdmLockReader.read(text)
        case .bundler: try GemfileLockReader.read(text)
        case .cargo: try CargoLockReader.read(text)
        case .nuget: try NuGetLockReader.read(text)
        }
    }

    /// A line that starts `__metadata:`, which only yarn 2 and later write.
    private static func isBerry(_ bytes: [UInt8]) -> Bool {
        for line in bytes.split(separator: 0x0A) where line.starts(with: "__metadata:".utf8) {
            return true
        }
        return false
    }
}
