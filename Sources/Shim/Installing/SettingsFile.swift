// A project's rc file as the phases of an install see it: without the keys that name programs, code
// or other settings files, and with nothing of the environment to put into an address. Reading is
// coarser than the tool's, in the direction that leaves more out.
//
// Sources: npm's ini lib/ini.js, @npmcli/config lib/env-replace.js.

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

    /// Names in `${NAME}`, but for those that are no secrets.
    static func variables(in bytes: [UInt8]) -> [Word] {
        let harmless: Word = "HOME PATH PWD USER LOGNAME TMPDIR"
        var names: [Word] = []
        var place = 0
        while place + 1 < bytes.count {
            defer { place += 1 }
            guard bytes[place] == UInt8(ascii: "$"), bytes[place + 1] == UInt8(ascii: "{"),
                let end = bytes[place...].firstIndex(of: UInt8(ascii: "}"))
            else { continue }
            let inner = bytes[(place + 2)..<end]
            // `${NAME?}` and `${NAME:-default}` name the same variable.
            let bare = inner.prefix { byte in
                byte == UInt8(ascii: "_") || byte >= 0x30 && byte <= 0x39
                    || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
            }
            for part in [inner, bare] {
                let name = Word(String(decoding: part, as: UTF8.self))
                let isKnown = names.contains(name) || harmless.lists(name) || name.isEmpty
                if !isKnown { names.append(name) }
            }
        }
        return names
    }
}
