// NuGet's packages.config: `<package id="X" version="1.2.3" />`, one element for each package. Only what
// that form says is taken; anything else in its place, and the file says nothing.
// Source: learn.microsoft.com, "packages.config reference".

public import GateCore

/// The packages of a packages.config with their versions; nil where it has another form.
public func nugetPackagesConfig(_ text: String) -> [(name: Word, range: Word)]? {
    guard !text.utf8.contains(UInt8(ascii: "&")), !Word(text).text.contains("<!") else {
        return nil
    }
    var found: [(name: Word, range: Word)] = []
    for part in text.utf8.split(separator: UInt8(ascii: "<")).dropFirst() {
        let tag = part.prefix { $0 != UInt8(ascii: ">") }
        guard tag.starts(with: "package".utf8), !tag.starts(with: "packages".utf8) else {
            continue
        }
        guard let name = attribute("id", in: tag), let version = attribute("version", in: tag)
        else { return nil }
        found.append((name, version))
    }
    return found
}

/// The value of ` NAME="VALUE"` in a tag.
private func attribute(_ name: String, in tag: Substring.UTF8View.SubSequence) -> Word? {
    let bytes = Array(tag)
    let wanted = Array(" \(name)=".utf8)
    guard bytes.count > wanted.count else { return nil }
    for place in 0..<(bytes.count - wanted.count) {
        let isSpace = bytes[place] <= 0x20
        guard isSpace, bytes[(place + 1)..<(place + wanted.count)] == wanted[1...] else { continue }
        let quote = bytes[place + wanted.count]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let rest = bytes[(place + wanted.count + 1)...]
        guard let end = rest.firstIndex(of: quote), end > rest.startIndex else { return nil }
        return Word(String(decoding: rest[..<end], as: UTF8.self))
    }
    return nil
}
