// What a line would publish where it does not say so itself: the name in a distribution's file name,
// or in the manifest of the directory that it publishes. It is a note for the record and decides
// nothing, so whatever cannot be read is left out and is never an error.
//
// Sources: package.json(5); pyproject.toml (PEP 621, and poetry's own table); binary distribution
// format (file names of wheels and sdists, PEP 427, PEP 625); cargo manifest; Gem::Specification;
// nuspec reference.

public import GateCore
internal import StrictJSON

/// A package and its version, as far as they are written down.
public struct PublishedName: Sendable, Equatable {
    /// The package's name.
    public let name: String
    /// Its version, where it is a text.
    public let version: String?

    /// A name, or nil for an empty one and for one longer than any registry takes.
    init?(_ name: String?, _ version: String?) {
        guard let name, !name.utf8.isEmpty, name.utf8.count <= 214 else { return nil }
        self.name = name
        self.version = version.flatMap { $0.utf8.isEmpty || $0.utf8.count > 100 ? nil : $0 }
    }
}

/// A file that names what is published from its directory.
public enum PublishingManifest: Sendable, CaseIterable {
    /// In the order in which an ecosystem's are looked at.
    case packageJSON, denoJSON, pyproject, cargo, gemspec, nuspec

    /// The file's name; for gemspec and nuspec, how it ends.
    public var file: Word {
        switch self {
        case .packageJSON: "package.json"
        case .denoJSON: "deno.json"
        case .pyproject: "pyproject.toml"
        case .cargo: "Cargo.toml"
        case .gemspec: ".gemspec"
        case .nuspec: ".nuspec"
        }
    }

    /// Whether the file's name only has to end like `file`.
    public var isNamedFreely: Bool { file.first == UInt8(ascii: ".") }

    /// The manifests that a tool publishes from.
    public static func read(by tool: ToolProfile) -> [PublishingManifest] {
        if tool.name == "deno" { return [.denoJSON, .packageJSON] }
        if tool.name == "maturin" { return [.pyproject, .cargo] }
        switch tool.ecosystem {
        case .npm, .vscode: return [.packageJSON]
        case .pypi: return [.pyproject]
        case .crates: return [.cargo]
        case .rubygems: return [.gemspec]
        case .nuget: return [.nuspec]
        }
    }

    /// What the text of such a file names; nil where it names nothing that can be read.
    public func name(in text: String) -> PublishedName? {
        switch self {
        case .packageJSON, .denoJSON:
            guard let json = try? JSON.parse([UInt8](text.utf8)) else { return nil }
            return PublishedName(json["name"]?.string, json["version"]?.string)
        case .pyproject:
            guard let table = TomlTable(text) else { return nil }
            for path: [Word] in [["project"], ["tool", "poetry"], ["tool", "flit", "metadata"]] {
                let name = table[path + ["name"]]?.string ?? table[path + ["module"]]?.string
                let version = table[path + ["version"]]?.string
                if let found = PublishedName(name?.text, version?.text) { return found }
            }
            return nil
        case .cargo:
            guard let table = TomlTable(text) else { return nil }
            return PublishedName(
                table[["package", "name"]]?.string?.text,
                table[["package", "version"]]?.string?.text)
        case .gemspec:
            return PublishedName(Self.literal("name", in: text), Self.literal("version", in: text))
        case .nuspec:
            return PublishedName(Self.element("id", in: text), Self.element("version", in: text))
        }
    }

    /// `spec.NAME = "text"` of Ruby, where the text is literal: nothing else is evaluated.
    private static func literal(_ attribute: Word, in text: String) -> String? {
        for line in text.utf8.split(separator: 0x0A) {
            let bare = Word(String(Substring(line))).trimmed
            guard bare.first != UInt8(ascii: "#"), let (left, right) = bare.split(at: 0x3D),
                left.trimmed.hasSuffix(Word("." + attribute.text))
            else { continue }
            let value = right.trimmed
            let quote = value.first
            guard quote == 0x22 || quote == 0x27 else { return nil }
            guard let (inside, _) = value.dropFirst(1).split(at: quote) else { return nil }
            let isLiteral = !inside.contains(UInt8(ascii: "#")) && !inside.contains(0x5C)
            return isLiteral ? inside.text : nil
        }
        return nil
    }

    /// The text of the first `<NAME>` that holds nothing but text.
    private static func element(_ name: String, in text: String) -> String? {
        guard let (_, behind) = Word(text).split(at: "<\(name)>") else { return nil }
        guard let (inside, _) = behind.split(at: "</\(name)>") else { return nil }
        // `$id$` stands for what the project file says.
        for sign in "<&$".utf8 where inside.contains(sign) { return nil }
        return inside.trimmed.text
    }
}

/// What a distribution's file name says is in it: wheels, sdists, gems, crates and NuGet packages. Nil
/// for every other file.
public func publishedName(ofFile path: Word) -> PublishedName? {
    let file = path.fileName
    if file.hasSuffix(".whl") {
        let parts = file.text.utf8.split(separator: UInt8(ascii: "-"))
        guard parts.count >= 5 else { return nil }
        return PublishedName(String(Substring(parts[0])), String(Substring(parts[1])))
    }
    for ending: Word in [".tar.gz", ".gem", ".crate"] where file.hasSuffix(ending) {
        return versioned(file.prefix(file.count - ending.count), before: UInt8(ascii: "-"))
    }
    for ending: Word in [".snupkg", ".nupkg"] where file.hasSuffix(ending) {
        return versioned(file.prefix(file.count - ending.count), before: UInt8(ascii: "."))
    }
    return nil
}

/// `NAME-1.2`: the version starts behind the first sign that a digit follows and only version parts.
private func versioned(_ text: Word, before sign: UInt8) -> PublishedName? {
    let bytes = Array(text.text.utf8)
    for place in bytes.indices.dropLast() where bytes[place] == sign {
        guard bytes[place + 1] >= 0x30, bytes[place + 1] <= 0x39 else { continue }
        return PublishedName(text.prefix(place).text, text.dropFirst(place + 1).text)
    }
    return nil
}

extension Word {
    /// The parts before and behind the first place where a text stands; nil where it does not.
    fileprivate func split(at wanted: String) -> (head: Word, tail: Word)? {
        let (bytes, wanted) = (text.utf8.span, wanted.utf8.span)
        guard bytes.count >= wanted.count, !wanted.isEmpty else { return nil }
        for start in 0...(bytes.count - wanted.count) {
            var place = 0
            while place < wanted.count, bytes[start + place] == wanted[place] { place += 1 }
            if place == wanted.count {
                return (prefix(start), dropFirst(start + wanted.count))
            }
        }
        return nil
    }
}
