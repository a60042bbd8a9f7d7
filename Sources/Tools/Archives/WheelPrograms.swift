// Which programs a wheel puts into an environment, by the archive alone: names of files that go to
// `bin`, and entry points, for which installers write a program each. Names count in every place
// that could mean one, so that none is overlooked.
//
// An archive is read as Python's zipfile reads it, by its directory at the end; one that could be
// read in another way as well (bytes before or behind, a comment, ZIP64) is refused.
//
// Sources: the binary distribution format and entry points specification of packaging.python.org;
// pip/_internal/operations/install/wheel.py; APPNOTE.TXT 6.3.10 §4.3.

internal import GateCore

/// Why a wheel cannot be looked into; one clause without a full stop.
public struct WheelFault: Error, Sendable, Equatable {
    public let reason: String
}

/// Looks into wheels.
public enum WheelPrograms {
    /// The most bytes of a directory, and of a list of entry points.
    private static let (longestDirectory, longestList) = (64 << 20, 1 << 20)

    /// The names of the programs, each once.
    ///
    /// - Parameters:
    ///   - size: of the file in bytes.
    ///   - read: that many bytes from an offset; nil where they cannot be had.
    public static func names(
        size: Int, read: (_ count: Int, _ offset: Int) -> [UInt8]?
    ) throws(WheelFault) -> [String] {
        let directory = try directory(size: size, read: read)
        var names: [String] = []
        func add(_ name: ArraySlice<UInt8>) {
            let text = String(decoding: name, as: UTF8.self)
            if !names.contains(where: { Word($0) == Word(text) }) { names.append(text) }
        }
        var place = 0
        var count = 0
        while place < directory.bytes.count {
            let entry = try ZipEntry(directory.bytes, at: &place)
            count += 1
            if let program = program(in: entry.name) { add(program) }
            guard isEntryPoints(entry.name) else { continue }
            guard entry.size <= longestList, entry.packedSize <= longestList else {
                throw WheelFault(reason: "its list of entry points is too long")
            }
            for name in entryPoints(in: try entry.unpack(before: directory.start, read: read)) {
                add(name[...])
            }
        }
        guard count == directory.count else { throw notAnArchive }
        return names
    }

    /// §4.3.16: the end of the central directory, which has to be the end of the file.
    private static func directory(
        size: Int, read: (Int, Int) -> [UInt8]?
    ) throws(WheelFault) -> (bytes: [UInt8], start: Int, count: Int) {
        guard size >= 22, let end = read(22, size - 22), end.count == 22,
            end.starts(with: [0x50, 0x4B, 5, 6]), number(end, 4, 4) == 0, number(end, 20, 2) == 0
        else { throw notAnArchive }
        let (count, length, start) = (number(end, 10, 2), number(end, 12, 4), number(end, 16, 4))
        guard number(end, 8, 2) == count, start + length + 22 == size, length <= longestDirectory,
            let bytes = read(length, start), bytes.count == length
        else { throw notAnArchive }
        return (bytes, start, count)
    }

    /// The program that a file of the archive becomes; nil for any other file. Where `a.data/KEY/rest`
    /// goes depends on KEY: `scripts` is `bin`, and `data` is the environment itself.
    static func program(in name: [UInt8]) -> ArraySlice<UInt8>? {
        var parts: [ArraySlice<UInt8>] = []
        for part in name.split(whereSeparator: { $0 == 0x2F || $0 == 0x5C }) {
            if part.elementsEqual(".".utf8) { continue }
            if part.elementsEqual("..".utf8) {
                if !parts.isEmpty { parts.removeLast() }
                continue
            }
            parts.append(part)
        }
        guard parts.count > 2, parts[0].suffix(5).elementsEqual(".data".utf8) else { return nil }
        if parts[1].elementsEqual("scripts".utf8) { return parts.last }
        guard parts[1].elementsEqual("data".utf8) else { return nil }
        for folder in parts[2..<(parts.count - 1)] where folder.elementsEqual("bin".utf8) {
            return parts.last
        }
        return nil
    }

    private static func isEntryPoints(_ name: [UInt8]) -> Bool {
        name.suffix(17).elementsEqual("/entry_points.txt".utf8)
            && name.dropLast(17).suffix(10).elementsEqual(".dist-info".utf8)
    }

    /// Names in the sections `console_scripts` and `gui_scripts`.
    static func entryPoints(in text: [UInt8]) -> [[UInt8]] {
        var names: [[UInt8]] = []
        var isWanted = false
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = trimmed(line)
            guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";")
            else { continue }
            if first == UInt8(ascii: "[") {
                let inner = trimmed(line.dropFirst().prefix { $0 != UInt8(ascii: "]") })
                let section = Word(String(decoding: inner, as: UTF8.self)).lowercasedASCII
                isWanted = section == "console_scripts" || section == "gui_scripts"
                continue
            }
            guard isWanted else { continue }
            let key = trimmed(line.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ":") })
            // A name with folders in it ends there, wherever they lead.
            let last = key.split(whereSeparator: { $0 == 0x2F || $0 == 0x5C }).last ?? key
            if !last.isEmpty { names.append(Array(last)) }
        }
        return names
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        return bytes
    }
}

private let notAnArchive = WheelFault(reason: "it is not a plain ZIP archive")

/// A little-endian number; the caller has looked at the length.
private func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
    var number = 0
    for index in (0..<count).reversed() { number = number << 8 | Int(bytes[offset + index]) }
    return number
}

/// §4.3.12: what the central directory says of a file.
private struct ZipEntry {
    let name: [UInt8]
    let flags: Int
    let method: Int
    let packedSize: Int
    let size: Int
    let start: Int

    init(_ bytes: [UInt8], at place: inout Int) throws(WheelFault) {
        guard place + 46 <= bytes.count, bytes[place...].starts(with: [0x50, 0x4B, 1, 2]) else {
            throw notAnArchive
        }
        flags = number(bytes, place + 8, 2)
        method = number(bytes, place + 10, 2)
        packedSize = number(bytes, place + 20, 4)
        size = number(bytes, place + 24, 4)
        start = number(bytes, place + 42, 4)
        let length = number(bytes, place + 28, 2)
        let rest = number(bytes, place + 30, 2) + number(bytes, place + 32, 2)
        guard place + 46 + length + rest <= bytes.count else { throw notAnArchive }
        name = Array(bytes[(place + 46)..<(place + 46 + length)])
        place += 46 + length + rest
    }

    /// §4.3.7: the file's content, behind its local header.
    func unpack(before end: Int, read: (Int, Int) -> [UInt8]?) throws(WheelFault) -> [UInt8] {
        guard flags & 1 == 0, let head = read(30, start), head.count == 30,
            head.starts(with: [0x50, 0x4B, 3, 4])
        else { throw notAnArchive }
        let data = start + 30 + number(head, 26, 2) + number(head, 28, 2)
        guard data + packedSize <= end, let packed = read(packedSize, data),
            packed.count == packedSize
        else { throw notAnArchive }
        if method == 0, packedSize == size { return packed }
        guard method == 8, let unpacked = Inflate.unpack(packed, size: size) else {
            throw WheelFault(reason: "its list of entry points cannot be unpacked")
        }
        return unpacked
    }
}
