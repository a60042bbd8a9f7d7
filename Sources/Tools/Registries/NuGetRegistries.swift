// Sources of NuGet: those that the line names, else `packageSources` of every NuGet.Config from the
// working directory up, then the user's and the machine's; `<clear/>` forgets what files further away
// say. All of them are asked. A project file can name more (`RestoreSources`), which cannot be told.
// Source: Microsoft Learn, "nuget.config reference" and "Common NuGet configurations".

import GateCore

extension RegistryReader {
    /// What nuget and dotnet ask.
    mutating func readNuGet(_ invocation: Invocation, _ facts: inout Facts) {
        asksAll = true
        var isSaid = false
        var named: Word?
        for option in invocation.options {
            let name = option.name.lowercasedASCII
            if name == "source" || name == "s" {
                isSaid = true
                for part in (option.value ?? "").text.utf8.split(separator: 0x3B) {
                    add(Word(String(Substring(part))), at: option.spelling.text, from: .line)
                }
            }
            if name == "add-source" || name == "fallbacksource" {
                add(option.value ?? "", at: option.spelling.text, from: .line)
            }
            if name == "configfile" { named = option.value }
        }
        let inLine = line.arguments.contains { word in
            let lower = word.lowercasedASCII
            return YarnWords.mentions(lower, "restoresources")
                || YarnWords.mentions(lower, "restoreadditionalprojectsources")
        }
        if inLine { add("", at: "a property of the line", from: .line) }
        readProjects(&facts)
        var isCleared = isSaid
        var seen: [(name: Word, isHidden: Bool)] = []
        var isNamed = false
        for (path, origin) in nuGetFiles(named, &facts) {
            guard let text = facts.text(path) else { continue }
            guard let elements = nuGetElements(text) else {
                add("", at: path, from: origin)
                continue
            }
            var hasClear = false
            for element in elements {
                if element.section == "disabledpackagesources", element.name == "add" {
                    seen.append((element.key, true))
                }
                guard element.section == "packagesources" else { continue }
                if element.name == "clear" {
                    hasClear = true
                    isNamed = true
                }
                guard element.name == "add" else { continue }
                isNamed = true
                let isHidden =
                    isCleared || seen.contains { $0.name == element.key }
                add(
                    element.value, at: "\(path): \(element.key)", from: origin,
                    isInForce: !isHidden)
                seen.append((element.key, false))
            }
            if hasClear { isCleared = true }
        }
        if !isSaid, !isNamed {
            add(Word(standard[0]), at: "NuGet's own default", from: .standard)
        }
        nameSources()
    }

    /// `--source NAME` means the source of that name in a file.
    private mutating func nameSources() {
        for index in uses.indices where uses[index].origin == .line {
            let name = uses[index].address.lowercasedASCII
            for use in uses where use.origin != .line {
                let end = Word(use.place).lowercasedASCII
                if end.hasSuffix(Word(": " + name.text)) { uses[index].address = use.address }
            }
        }
        let standard = standard
        for index in uses.indices where uses[index].alsoKnownAs.isEmpty {
            let use = uses[index]
            let isStandard = standard.contains { RegistryBase($0).map { use.isAt($0) } ?? false }
            if isStandard { uses[index].alsoKnownAs = standard }
        }
    }

    /// Project files here that name sources themselves.
    private mutating func readProjects(_ facts: inout Facts) {
        for place in places {
            guard case .names(let names) = facts.ask(.names(place)) else { continue }
            for name in names {
                let lower = Word(name).lowercasedASCII
                let isProject =
                    lower.hasSuffix("proj") || lower.hasSuffix(".props")
                    || lower.hasSuffix(".targets")
                guard isProject, let text = facts.text(YarnWords.file(name, in: place)) else {
                    continue
                }
                let content = Word(text).lowercasedASCII
                if YarnWords.mentions(content, "restoresources")
                    || YarnWords.mentions(content, "restoreadditionalprojectsources")
                {
                    add("", at: YarnWords.file(name, in: place), from: .project)
                }
            }
        }
    }

    private func nuGetFiles(
        _ named: Word?, _ facts: inout Facts
    ) -> [(path: String, origin: RegistryUse.Origin)] {
        if let named { return [(PathText.absolute(named, from: line.cwd), .line)] }
        var files: [(path: String, origin: RegistryUse.Origin)] = []
        var seen = WordPlaces()
        for place in places {
            for folder in YarnWords.ancestors(of: place) where seen.add(Word(folder)) == nil {
                for name in ["nuget.config", "NuGet.config", "NuGet.Config"] {
                    files.append((YarnWords.file(name, in: folder), .project))
                }
            }
        }
        if let home = line.home {
            files.append((home + "/.nuget/NuGet/NuGet.Config", .user))
            files.append((home + "/.config/NuGet/NuGet.Config", .user))
        }
        files.append(("/etc/opt/NuGet/Config/NuGet.Config", .machine))
        return files
    }
}

/// An element of a NuGet.Config below the root: `add`, `clear` and their like.
struct NuGetElement {
    /// The element around it, in lower case, and as it is written.
    let section: Word
    let sectionAsWritten: Word
    /// The one around that, in lower case.
    let around: Word
    /// Its own name, in lower case.
    let name: Word
    let key: Word
    let value: Word
}

/// The elements of a NuGet.Config; nil where it is no XML that is read here (no entities of its own,
/// no CDATA).
func nuGetElements(_ text: String) -> [NuGetElement]? {
    var found: [NuGetElement] = []
    var open: [Word] = []
    let bytes = Array(text.utf8)
    var place = 0
    while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
        if bytes[start...].starts(with: "<!--".utf8) {
            var end = start + 4
            while end < bytes.count, !bytes[end...].starts(with: "-->".utf8) { end += 1 }
            guard end < bytes.count else { return nil }
            place = end + 3
            continue
        }
        var end = start + 1
        var quote: UInt8?
        while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
            let byte = bytes[end]
            if quote == byte {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
            end += 1
        }
        guard end < bytes.count else { return nil }
        place = end + 1
        var tag = bytes[(start + 1)..<end]
        if tag.first == UInt8(ascii: "?") { continue }
        if tag.first == UInt8(ascii: "!") { return nil }
        if tag.first == UInt8(ascii: "/") {
            _ = open.popLast()
            continue
        }
        let isEmpty = tag.last == UInt8(ascii: "/")
        if isEmpty { tag.removeLast() }
        guard let attributes = nuGetAttributes(tag) else { return nil }
        found.append(
            NuGetElement(
                section: open.last?.lowercasedASCII ?? "", sectionAsWritten: open.last ?? "",
                around: open.dropLast().last?.lowercasedASCII ?? "",
                name: attributes.name.lowercasedASCII, key: attributes["key"],
                value: attributes["value"]))
        if !isEmpty { open.append(attributes.name) }
    }
    return open.isEmpty ? found : nil
}

private struct NuGetTag {
    let name: Word
    var attributes: [(name: Word, value: Word)] = []

    subscript(_ wanted: Word) -> Word {
        for attribute in attributes where attribute.name == wanted { return attribute.value }
        return ""
    }
}

private func nuGetAttributes(_ tag: ArraySlice<UInt8>) -> NuGetTag? {
    let isBlank: (UInt8) -> Bool = { $0 <= 0x20 }
    let head = tag.prefix { !isBlank($0) }
    var found = NuGetTag(name: Word(String(decoding: head, as: UTF8.self)))
    var rest = tag[head.endIndex...].drop(while: isBlank)
    while !rest.isEmpty {
        guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = Word(String(decoding: rest[..<equals], as: UTF8.self)).trimmed
        let behind = rest[(equals + 1)...].drop(while: isBlank)
        guard let quote = behind.first,
            quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = behind.dropFirst().firstIndex(of: quote)
        else { return nil }
        let value = String(decoding: behind[(behind.startIndex + 1)..<end], as: UTF8.self)
        guard let plain = withoutEntities(value) else { return nil }
        found.attributes.append((name.lowercasedASCII, Word(plain)))
        rest = behind[(end + 1)...].drop(while: isBlank)
    }
    return found
}

/// The five entities of XML resolved; nil where there is another.
private func withoutEntities(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    let known: [(String, UInt8)] = [
        ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&apos;", 0x27),
    ]
    while let byte = rest.first {
        guard byte == UInt8(ascii: "&") else {
            result.append(byte)
            rest = rest.dropFirst()
            continue
        }
        guard let entity = known.first(where: { rest.starts(with: $0.0.utf8) }) else { return nil }
        result.append(entity.1)
        rest = rest.dropFirst(entity.0.utf8.count)
    }
    return String(decoding: result, as: UTF8.self)
}
