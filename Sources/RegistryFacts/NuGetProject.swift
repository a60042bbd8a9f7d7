// What a project file of .NET names literally: packages and their versions, other projects, and what
// takes the place of both. NuGet takes the lowest version that fits, so `Version="1.2.3"` is 1.2.3 where
// its feed has it. What depends on a property, a condition or another file's code cannot be told here and
// is a fault with its line, never left out. Element and attribute names are compared without case,
// as MSBuild compares the names of items and their metadata.
//
// Source: learn.microsoft.com, "PackageReference in project files", "Central Package Management",
// "MSBuild project file schema reference", "Reference a project SDK".

public import GateCore

/// Why a project file does not tell what it would bring.
public struct NuGetProjectFault: Error, Equatable {
    /// Line in the file, from 1.
    public let line: Int
    /// One clause.
    public let reason: String
}

/// What a project file names.
public struct NuGetProject: Equatable {
    /// A package.
    public struct Reference: Equatable {
        /// Its name.
        public let name: Word
        /// The version or range as NuGet reads it; nil where another file has to say it.
        public let version: Word?
        /// Where it stands.
        public let line: Int
    }

    /// Packages that the project asks for.
    public var references: [Reference] = []
    /// Versions for packages that other files ask for (`PackageVersion`).
    public var versions: [Reference] = []
    /// Other projects that are restored with it, as written.
    public var projects: [Word] = []
    /// Whether versions hold for packages that nobody asks for by name.
    public var pinsTransitively = false

    /// Reads a project file, or one of Directory.Build.props, Directory.Build.targets and
    /// Directory.Packages.props.
    public init(_ text: String) throws(NuGetProjectFault) {
        var open: [XMLTag] = []
        var reader = XMLTags(text)
        while let tag = try reader.next() {
            if tag.isEnd {
                while let last = open.popLast(), last.name != tag.name {}
                continue
            }
            try add(tag, in: open, text: reader.textAhead)
            if !tag.isEmpty { open.append(tag) }
        }
    }

    /// The projects that a solution lists: `Project("{TYPE}") = "NAME", "PATH", "{ID}"`, or the elements
    /// of a `.slnx`. Folders of a solution are no projects.
    public static func projects(inSolution text: String) throws(NuGetProjectFault) -> [Word] {
        var found: [Word] = []
        if text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
            var reader = XMLTags(text)
            while let tag = try reader.next() {
                guard tag.name == "project", !tag.isEnd, let path = tag["path"] else { continue }
                found.append(path)
            }
            return found
        }
        for row in text.utf8.split(separator: 0x0A) {
            let word = Word(String(Substring(row))).trimmed
            guard word.hasPrefix("Project(") else { continue }
            let parts = word.text.utf8.split(
                separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            guard parts.count > 5 else { continue }
            let path = Word(String(Substring(parts[5])))
            let lower = path.lowercasedASCII
            if lower.hasSuffix("proj") { found.append(path) }
        }
        return found
    }

    private mutating func add(
        _ tag: XMLTag, in open: [XMLTag], text: Word
    ) throws(NuGetProjectFault) {
        func fault(_ reason: String) -> NuGetProjectFault { .init(line: tag.line, reason: reason) }
        switch tag.name {
        case "project":
            for sdk in tag["sdk"]?.parts(at: ";") ?? [] { try add(sdk: Word(sdk).trimmed, tag) }
        case "sdk":
            guard let name = tag["name"] else { throw fault("an SDK without a name") }
            try add(sdk: tag["version"].map { Word("\(name)/\($0)") } ?? name, tag)
        case "import":
            throw fault("it imports another file, which can name packages")
        case "packagereference", "globalpackagereference", "packageversion", "packagedownload":
            if let condition = ([tag] + open).first(where: { $0["condition"] != nil }) {
                throw NuGetProjectFault(
                    line: condition.line, reason: "which packages it names depends on a condition")
            }
            if open.contains(where: { $0.name == "when" || $0.name == "otherwise" }) {
                throw fault("which packages it names depends on a condition")
            }
            if tag["remove"] != nil { return }
            let version = tag["versionoverride"] ?? tag["version"]
            guard let names = tag["include"] ?? tag["update"] else {
                throw fault("a package without a name")
            }
            for name in names.parts(at: ";") {
                let name = Word(name).trimmed
                if name.isEmpty { continue }
                guard name.isLiteralOfMSBuild, version?.isLiteralOfMSBuild ?? true else {
                    throw fault("\(name) or its version is no plain text")
                }
                // An update of what another file names has no version of its own to say.
                if tag["include"] == nil, version == nil { continue }
                let one = Reference(name: name, version: version, line: tag.line)
                if tag.name == "packageversion" {
                    versions.append(one)
                } else {
                    references.append(one)
                }
            }
        case "version", "versionoverride":
            guard let owner = open.last, owner.isOfPackages else { return }
            guard tag["condition"] == nil, text.isLiteralOfMSBuild, !text.isEmpty else {
                throw fault("a version is no plain text")
            }
            let isCentral = owner.name == "packageversion"
            var list = isCentral ? versions : references
            guard let last = list.popLast(), last.line == owner.line else {
                throw fault("a version of several packages")
            }
            list.append(Reference(name: last.name, version: text, line: last.line))
            if isCentral { versions = list } else { references = list }
        case "projectreference":
            guard let names = tag["include"] else { return }
            for name in names.parts(at: ";") where !Word(name).trimmed.isEmpty {
                let path = Word(name).trimmed
                guard path.isLiteralOfMSBuild else { throw fault("\(path) is no plain path") }
                projects.append(path)
            }
        case "centralpackagetransitivepinningenabled": pinsTransitively = true
        case "restoresources", "restoreadditionalprojectsources", "restoreconfigfile":
            throw fault("it names package sources of its own")
        default: return
        }
    }

    /// SDKs that no release of dotnet brings along are packages, too.
    private mutating func add(sdk: Word, _ tag: XMLTag) throws(NuGetProjectFault) {
        if let parts = sdk.split(at: UInt8(ascii: "/")) {
            guard parts.head.isLiteralOfMSBuild, parts.tail.isLiteralOfMSBuild else {
                throw NuGetProjectFault(line: tag.line, reason: "the SDK \(sdk) is no plain text")
            }
            references.append(Reference(name: parts.head, version: parts.tail, line: tag.line))
        } else if sdk != "Microsoft.NET.Sdk", !sdk.hasPrefix("Microsoft.NET.Sdk."), !sdk.isEmpty {
            throw NuGetProjectFault(
                line: tag.line, reason: "the version of the SDK \(sdk) stands elsewhere")
        }
    }
}

extension Word {
    /// Whether MSBuild puts nothing in its place: no property, item, metadata or wildcard, no entity and
    /// no escape.
    fileprivate var isLiteralOfMSBuild: Bool {
        !text.utf8.contains { byte in
            byte == UInt8(ascii: "$") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "%")
                || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "?") || byte < 0x20
        } && !hasWildcardName
    }

    /// `*` is a part of floating versions (`1.*`), and in a name a pattern of files.
    private var hasWildcardName: Bool {
        contains(UInt8(ascii: "*")) && !(first >= 0x30 && first <= 0x39)
    }
}

/// A start or end of an element.
private struct XMLTag {
    /// In lower case.
    var name: Word = ""
    var line = 1
    var isEnd = false
    /// Whether nothing is inside.
    var isEmpty = false
    var attributes: [(name: Word, value: Word)] = []

    var isOfPackages: Bool {
        name == "packagereference" || name == "packageversion" || name == "globalpackagereference"
            || name == "packagedownload"
    }

    subscript(wanted: Word) -> Word? {
        for attribute in attributes where attribute.name == wanted { return attribute.value }
        return nil
    }
}

/// The tags of a document, one after the other. Comments are left out; a DTD and CDATA are faults.
private struct XMLTags {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The text between the last tag and the next, without white space around it.
    var textAhead: Word {
        let rest = bytes[place...].prefix { $0 != UInt8(ascii: "<") }
        return Word(String(decoding: rest, as: UTF8.self)).trimmed
    }

    mutating func next() throws(NuGetProjectFault) -> XMLTag? {
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else {
                step()
                continue
            }
            if skips("<!--", until: "-->") || skips("<?", until: "?>") { continue }
            if bytes[place...].starts(with: "<!".utf8) {
                throw NuGetProjectFault(line: line, reason: "it has a part that is not read here")
            }
            return try tag()
        }
        return nil
    }

    private mutating func step() {
        if bytes[place] == 0x0A { line += 1 }
        place += 1
    }

    private mutating func skips(_ start: String, until end: String) -> Bool {
        guard bytes[place...].starts(with: start.utf8) else { return false }
        for _ in start.utf8 { step() }
        while place < bytes.count, !bytes[place...].starts(with: end.utf8) { step() }
        for _ in end.utf8 where place < bytes.count { step() }
        return true
    }

    private mutating func tag() throws(NuGetProjectFault) -> XMLTag {
        var tag = XMLTag()
        tag.line = line
        step()
        if place < bytes.count, bytes[place] == UInt8(ascii: "/") {
            tag.isEnd = true
            step()
        }
        tag.name = word().lowercasedASCII
        while true {
            skipSpaces()
            guard place < bytes.count else { throw broken }
            if bytes[place] == UInt8(ascii: ">") {
                step()
                return tag
            }
            if bytes[place] == UInt8(ascii: "/") {
                tag.isEmpty = true
                step()
                continue
            }
            let name = word().lowercasedASCII
            skipSpaces()
            guard !name.isEmpty, place < bytes.count, bytes[place] == UInt8(ascii: "=") else {
                throw broken
            }
            step()
            skipSpaces()
            guard place < bytes.count, bytes[place] == 0x22 || bytes[place] == 0x27 else {
                throw broken
            }
            let quote = bytes[place]
            step()
            let start = place
            while place < bytes.count, bytes[place] != quote { step() }
            guard place < bytes.count else { throw broken }
            let value = Word(String(decoding: bytes[start..<place], as: UTF8.self)).trimmed
            step()
            tag.attributes.append((name, value))
        }
    }

    private var broken: NuGetProjectFault {
        .init(line: line, reason: "it is not well-formed")
    }

    private mutating func word() -> Word {
        let start = place
        while place < bytes.count, bytes[place] > 0x20, !"<>/='\"".utf8.contains(bytes[place]) {
            step()
        }
        return Word(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    private mutating func skipSpaces() {
        while place < bytes.count, bytes[place] <= 0x20 { step() }
    }
}
