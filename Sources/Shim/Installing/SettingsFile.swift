// A project's rc file as the phases of an install see it: without the keys that name programs, code
// or other settings files. Reading is coarser than the tool's, in the direction that leaves more out.
//
// Source: npm's ini lib/ini.js.

internal import GateCore

/// Edits of an rc file.
enum SettingsFile {
    /// The lines but for those whose key is listed.
    static func cleaned(_ bytes: [UInt8], without keys: Word) -> [UInt8] {
        var kept: [UInt8] = []
        for line in bytes.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A || $0 == 0x0D })
        {
            let head = line.prefix { $0 != UInt8(ascii: "=") }
            var key: [UInt8] = []
            for byte in head where byte > 0x20 && !"\"'\\[]".utf8.contains(byte) {
                key.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            }
            if keys.lists(Word(String(decoding: key, as: UTF8.self))) { continue }
            kept += line
            kept.append(0x0A)
        }
        // What follows the last line feed is no line.
        if !kept.isEmpty { kept.removeLast() }
        return kept
    }
}
