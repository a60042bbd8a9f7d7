// Python's configparser in its raw form, as pip, distutils and twine use it: `[section]`, then
// `key = value` or `key: value`, values go on in indented lines, `#` and `;` start comment lines.
// Source: CPython Lib/configparser.py, `RawConfigParser._read`.
//
// A text that configparser would refuse, or that it would read in a way not modelled here, is nil.

internal import GateCore

/// A parsed file.
struct ConfigFile {
    /// One section and its items in the file's order; keys are in lower case.
    struct Section {
        let name: Word
        var items: [(key: Word, value: Word)] = []
    }

    var sections: [Section] = []

    /// Reads a whole text; nil where it is malformed, has `[DEFAULT]`, or repeats itself.
    init?(_ text: String) {
        var hasValue = false
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let bytes = Self.trimmed(Array(line))
            guard let first = bytes.first else { continue }
            if first == 0x23 || first == 0x3B { continue }
            let isIndented = line.first == 0x20 || line.first == 0x09
            if isIndented, hasValue, let section = sections.indices.last,
                let item = sections[section].items.indices.last
            {
                let more = String(decoding: bytes, as: UTF8.self)
                let value = sections[section].items[item].value.text
                sections[section].items[item].value = Word(value + "\n" + more)
                continue
            }
            hasValue = false
            if first == 0x5B {
                guard let end = bytes.lastIndex(of: 0x5D), end > 1 else { return nil }
                let name = Word(String(decoding: bytes[1..<end], as: UTF8.self))
                guard name != "DEFAULT", !sections.contains(where: { $0.name == name }) else {
                    return nil
                }
                sections.append(Section(name: name))
                continue
            }
            guard let last = sections.indices.last,
                let cut = bytes.firstIndex(where: { $0 == 0x3D || $0 == 0x3A })
            else { return nil }
            let key = Word(
                String(decoding: Self.trimmed(Array(bytes[..<cut])), as: UTF8.self)
            ).lowercasedASCII
            guard !key.isEmpty, !sections[last].items.contains(where: { $0.key == key }) else {
                return nil
            }
            let value = Self.trimmed(Array(bytes[(cut + 1)...]))
            sections[last].items.append((key, Word(String(decoding: value, as: UTF8.self))))
            hasValue = true
        }
    }

    /// The items of a section, or none.
    func items(of name: Word) -> [(key: Word, value: Word)] {
        for section in sections where section.name == name { return section.items }
        return []
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var slice = bytes[...]
        while let first = slice.first, isSpace(first) { slice = slice.dropFirst() }
        while let last = slice.last, isSpace(last) { slice = slice.dropLast() }
        return Array(slice)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
    }
}
