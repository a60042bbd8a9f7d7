// The version of an installed tool, read from its own files. Nothing is run to learn it; where no
// file tells, the version is unknown and every known grammar is tried.

public import GateCore
internal import Platform
internal import StrictJSON

/// Reads versions.
public enum ToolVersion {
    /// The version of the tool at `path`, or nil where its files do not tell.
    public static func read(_ path: String, from sources: [VersionSource]) -> String? {
        guard !sources.isEmpty, let resolved = FilePath.resolved(path) else { return nil }
        let folder = FilePath.parent(resolved)
        for source in sources {
            if let version = read(source, folder: folder) { return version }
        }
        return nil
    }

    private static func read(_ source: VersionSource, folder: String) -> String? {
        switch source {
        case .packageJSON(let path, let names):
            guard let file = try? WholeFile(folder + "/" + path, limit: 1 << 20),
                let json = try? JSON.parse(file.bytes), let name = json["name"]?.string,
                names.contains(where: { Word($0) == Word(name) })
            else { return nil }
            return json["version"]?.string.flatMap(plausible)
        case .distInfo(let name):
            for packages in sitePackages(near: folder) {
                for entry in FilePath.names(in: packages) ?? [] {
                    let word = Word(entry)
                    guard word.hasPrefix(Word(name + "-")), word.hasSuffix(".dist-info") else {
                        continue
                    }
                    let version = word.prefix(word.count - 10).dropFirst(name.utf8.count + 1)
                    return plausible(version.text)
                }
            }
            return nil
        case .text(let path, let before, let after):
            for file in expanded(folder + "/" + path) {
                guard let whole = try? WholeFile(file, limit: 1 << 23) else { continue }
                if let version = text(in: whole.bytes, between: before, and: after).flatMap(
                    plausible)
                {
                    return version
                }
            }
            return nil
        }
    }

    /// The text after the first `before` and up to the next `after`, at most 64 bytes of it.
    private static func text(in bytes: [UInt8], between before: String, and after: String)
        -> String?
    {
        guard let start = firstIndex(of: Array(before.utf8), in: bytes[...]) else { return nil }
        let rest = bytes[(start + before.utf8.count)...].prefix(64)
        guard let end = firstIndex(of: Array(after.utf8), in: rest) else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    /// The site-packages of the interpreter whose `bin` this is (site(3py): `lib/pythonX.Y`).
    static func sitePackages(near bin: String) -> [String] {
        let lib = FilePath.parent(bin) + "/lib"
        var found: [String] = []
        for entry in FilePath.names(in: lib) ?? [] where entry.hasPrefix("python3") {
            found.append(lib + "/" + entry + "/site-packages")
            found.append(lib + "/" + entry + "/dist-packages")
        }
        return found
    }

    /// The paths that a pattern names; `*` stands for any characters within one component.
    private static func expanded(_ pattern: String) -> [String] {
        var paths = [""]
        for component in pattern.split(separator: "/") {
            guard component.utf8.contains(UInt8(ascii: "*")) else {
                paths = paths.map { $0 + "/" + component }
                continue
            }
            let glob = Glob(String(component))
            paths = paths.flatMap { base in
                (FilePath.names(in: base) ?? []).filter { glob.matches($0) }.map { base + "/" + $0 }
            }
        }
        return paths
    }

    /// A version of digits, dots and a suffix; anything else is no version.
    private static func plausible(_ text: String) -> String? {
        let bytes = text.utf8
        guard let first = bytes.first, first >= 0x30 && first <= 0x39, bytes.count <= 64 else {
            return nil
        }
        let isPlain = bytes.allSatisfy { byte in
            (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+")
        }
        return isPlain ? text : nil
    }
}
