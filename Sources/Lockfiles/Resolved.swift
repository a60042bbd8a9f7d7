// What a tool says it would install, before it does: pip's installation report and what
// guards/rubygems.rb writes. Both come from the tool itself and end as the same values. What does
// not have the form that the tool gives it is an error; nothing is passed over.
//
// Sources: pip documentation, "Installation Report" (version 1); PEP 610; PEP 503.

public import GateCore
internal import StrictJSON

/// A package that would be installed.
public struct ResolvedPackage: Sendable, Equatable {
    /// Name, version, source, the one file with its digest.
    public var package: LockedPackage
    /// Where the file is fetched from; a `file:` address for what is here already.
    public var address: String
    /// The file's name; empty for a folder.
    public var file: String
    /// The absolute path of a folder or file that the line names.
    public var path: String?
    /// Whether it is installed in place (`-e`).
    public var isEditable = false
    /// Whether that code is a plugin, which runs in every later call of the tool.
    public var isPlugin = false
    /// Where its programs would go; nil where nobody said.
    public var programFolder: String?
    /// The wheel that was built of a source archive, and its SHA-256; nil where nothing was.
    public var built: Built?
    /// Further files of the same version, of which the tool takes one.
    public var others: [ResolvedPackage] = []
    /// When it was published, RFC 3339, as the index says; nil where it does not.
    public var published: String?
    /// Code that runs when it is installed, one clause; nil where there is none or nobody said.
    public var code: String?

    /// A file that was made here.
    public struct Built: Sendable, Equatable {
        /// In the place where files are fetched to.
        public let file: String
        /// 64 hexadecimal digits.
        public let digest: String

        /// A file and its digest.
        public init(file: String, digest: String) {
            self.file = file
            self.digest = digest
        }
    }

    /// The digest by which it is pinned.
    public var digest: Integrity? { package.integrity.first }
}

/// Why a report is not what the tool writes; one clause without a full stop.
public struct ResolvedFault: Error, Sendable, Equatable {
    public let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Reports of all packages that would be installed.
public enum ResolvedReport {
    /// Reads pip's report.
    public static func pip(_ bytes: [UInt8]) throws(ResolvedFault) -> [ResolvedPackage] {
        let report = try document(bytes, by: "pip")
        guard report["version"]?.string.map({ Word($0) == "1" }) == true,
            let items = report["install"]?.array
        else { throw ResolvedFault("pip's report is not of version 1") }
        var packages: [ResolvedPackage] = []
        for item in items { packages.append(try pipPackage(item)) }
        return packages
    }

    /// A JSON document of a tool.
    static func document(_ bytes: [UInt8], by tool: String) throws(ResolvedFault) -> JSON {
        do throws(JSONError) { return try JSON.parse(bytes) } catch {
            throw ResolvedFault("what \(tool) would install cannot be read: \(error.message)")
        }
    }

    private static func pipPackage(_ item: JSON) throws(ResolvedFault) -> ResolvedPackage {
        guard let name = item["metadata"]?["name"]?.string, isName(name),
            let version = item["metadata"]?["version"]?.string, isVersion(version),
            let address = item["download_info"]?["url"]?.string,
            let isDirect = item["is_direct"]?.bool, let isRequested = item["requested"]?.bool
        else { throw ResolvedFault("pip's report names a package without its name and address") }
        let place = Place(line: 1, column: 1)
        var package = LockedPackage(
            .pypi, name: normalisedPythonName(name), version: version,
            source: isDirect ? .url : .registry, at: place)
        package.isDirect = isRequested
        guard let url = LockedURL(withHost(address)) else {
            throw ResolvedFault(
                "\(package.title) comes from an address that clients read differently")
        }
        let isLocal = url.scheme == "file"
        let path = isLocal ? percentDecoded(url.path) : nil
        if isDirect, isLocal { package.source = .path }
        if isDirect, item["download_info"]?["vcs_info"] != nil { package.source = .git }
        var result = ResolvedPackage(package: package, address: address, file: "", path: path)
        if let folder = item["download_info"]?["dir_info"] {
            result.isEditable = folder["editable"]?.bool == true
            return result
        }
        if package.source == .git { return result }
        guard let archive = item["download_info"]?["archive_info"],
            let last = url.path.utf8.split(separator: UInt8(ascii: "/")).last,
            let file = percentDecoded(String(Substring(last))), isPlainFileName(file)
        else { throw ResolvedFault("\(package.title) comes from an address without a file's name") }
        result.file = file
        var digests: [Integrity] = []
        for algorithm in ["sha256", "sha512", "sha384"] {
            guard let value = archive["hashes"]?[algorithm]?.string ?? older(archive, algorithm),
                isDigest(value)
            else { continue }
            digests.append(
                .init(algorithm: algorithm, value: value, encoding: .hexadecimal, at: place))
        }
        result.package.files = [
            .init(location: .init(address, at: place), integrity: digests)
        ]
        return result
    }

    /// A `file:` address with the host that it leaves out (RFC 8089).
    static func withHost(_ address: String) -> String {
        let word = Word(address)
        return word.hasPrefix("file:///") ? "file://localhost" + word.dropFirst(7).text : address
    }

    /// `"hash": "sha256=…"`, as pip 22 has it.
    private static func older(_ archive: JSON, _ algorithm: String) -> String? {
        guard let text = archive["hash"]?.string,
            let parts = Word(text).split(at: UInt8(ascii: "=")), parts.head == Word(algorithm)
        else { return nil }
        return parts.tail.text
    }

    // MARK: gem

    /// Reads what guards/rubygems.rb writes: an object a line.
    public static func gem(_ bytes: [UInt8]) throws(ResolvedFault) -> [ResolvedPackage] {
        var packages: [ResolvedPackage] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let item = try document(Array(line), by: "gem")
            guard let name = item["name"]?.string, isName(name),
                let version = item["version"]?.string, isVersion(version),
                let platform = item["platform"]?.string, isName(platform),
                let isRequested = item["requested"]?.bool,
                let file = item["file"]?.string, isPlainFileName(file),
                let digest = item["sha256"]?.string, isDigest(digest),
                let executables = item["executables"]?.array
            else { throw ResolvedFault("gem names a package without its version and file") }
            let place = Place(line: 1, column: 1)
            var package = LockedPackage(
                .gem, name: name, version: version, source: .registry, at: place)
            package.isDirect = isRequested
            if Word(platform) != "ruby" { package.variant = platform }
            let address = item["source"]?.string ?? ""
            if !address.isEmpty {
                package.registry = .init(address, at: place)
            } else {
                package.source = .path
            }
            package.files = [
                .init(
                    location: nil,
                    integrity: [
                        .init(
                            algorithm: "sha256", value: digest, encoding: .hexadecimal, at: place)
                    ])
            ]
            package.programs = executables.compactMap { $0.string }
            guard package.programs.count == executables.count else {
                throw ResolvedFault("\(package.title) names a program that is no text")
            }
            var result = ResolvedPackage(package: package, address: address, file: file, path: nil)
            result.code = item["code"]?.string
            result.isPlugin = item["kind"]?.string.map { Word($0) == "plugin" } ?? false
            result.programFolder = item["bindir"]?.string
            packages.append(result)
        }
        return packages
    }

    // MARK: words

    /// Whether it is a name of a package.
    static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, isAlphanumeric(first), bytes.count <= 256 else {
            return false
        }
        return bytes.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    /// Whether it is a version.
    static func isVersion(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, isAlphanumeric(first), bytes.count <= 256 else {
            return false
        }
        return bytes.allSatisfy { isAlphanumeric($0) || "-_.!+".utf8.contains($0) }
    }

    /// Whether it is a hexadecimal digest of 256 bits or more.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count >= 64
            && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 }
    }

    /// A name of a file that stands for itself on a line of a requirement file, too.
    static func isPlainFileName(_ text: String) -> Bool {
        guard text.utf8.first != UInt8(ascii: "."), !text.utf8.isEmpty, text.utf8.count <= 255
        else {
            return false
        }
        return text.utf8.allSatisfy { isAlphanumeric($0) || "-_.!+~%@=,()".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}

extension ResolvedPackage {
    /// Whether the file is a wheel of this very package.
    public var isOwnWheel: Bool { isOwnWheel(file) }

    /// Whether a file of this name is a wheel of this very package.
    public func isOwnWheel(_ file: String) -> Bool {
        guard Word(file).hasSuffix(".whl"),
            let head = Word(file).split(at: UInt8(ascii: "-"))?.head
        else { return false }
        return Word(normalisedPythonName(head.text)) == Word(package.name)
    }

    /// Whether the file is at one of these registries. Those of PyPI lie on a host of their own
    /// (warehouse.pypa.io, "Index API").
    public func isAt(_ bases: [RegistryBase]) -> Bool {
        guard let url = LockedURL(address) else { return false }
        for base in bases {
            if base.holds(url, wholePath: false) { return true }
            let isPyPI = Word(base.text) == "pypi.org"
            if isPyPI, url.host == "files.pythonhosted.org", url.port == nil { return true }
        }
        return false
    }

    /// Whether the address can stand in a requirement file without being read as anything else.
    public var isPlainAddress: Bool {
        for byte in address.utf8 {
            let isPlain =
                byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
                || "-._~:/?@!&()*+,=%".utf8.contains(byte)
            if !isPlain { return false }
        }
        return Word(address).hasPrefix("https://") || Word(address).hasPrefix("http://")
            || Word(address).hasPrefix("file:///")
    }
}
