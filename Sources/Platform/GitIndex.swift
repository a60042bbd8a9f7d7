// Which files a git repository tracks, read from its index without starting git: an agent's PATH,
// configuration and hooks have no say in it.
//
// Source: git, Documentation/gitformat-index.txt (versions 2 to 4).

/// The index of the repository around a directory.
public struct GitIndex {
    /// The repository's top directory.
    public let top: String
    private let bytes: [UInt8]

    /// The largest index that is read.
    static let largest = 256 << 20

    /// The index of the nearest repository upward from an absolute path without symbolic links; nil
    /// where there is none that can be read.
    public init?(around directory: String) {
        var place = directory
        while true {
            let entry = (place == "/" ? "" : place) + "/.git"
            if let status = FileStatus(entry) {
                let folder = status.isDirectory ? entry : GitIndex.linked(from: entry, in: place)
                guard let folder,
                    let file = try? WholeFile(folder + "/index", limit: GitIndex.largest)
                else { return nil }
                top = place
                bytes = file.bytes
                return
            }
            if place == "/" { return nil }
            place = FilePath.parent(place)
        }
    }

    /// The repository's own folder where `.git` is a file that names it (worktrees, submodules).
    private static func linked(from file: String, in directory: String) -> String? {
        guard let text = try? WholeFile(file, limit: 4096).bytes, text.starts(with: "gitdir: ".utf8)
        else { return nil }
        var name = text.dropFirst(8)
        while name.last == 0x0A || name.last == 0x0D { name = name.dropLast() }
        guard let path = String(validating: name, as: UTF8.self), !path.isEmpty else { return nil }
        return path.utf8.first == UInt8(ascii: "/") ? path : directory + "/" + path
    }

    /// Whether a path without symbolic links is a tracked file, or a directory that holds one.
    /// Another repository inside of this one is not tracked by it.
    public func tracks(_ path: String) -> Bool {
        let prefix = top == "/" ? "/" : top + "/"
        if path.utf8.elementsEqual(top.utf8) { return entries { _ in true } }
        guard path.utf8.starts(with: prefix.utf8) else { return false }
        let wanted = Array(path.utf8.dropFirst(prefix.utf8.count))
        return entries { name in
            name.starts(with: wanted)
                && (name.count == wanted.count || name[wanted.count] == UInt8(ascii: "/"))
        }
    }

    /// Whether one of the tracked files is such; false for an index that cannot be read to its end.
    private func entries(contain isWanted: (borrowing [UInt8]) -> Bool) -> Bool {
        guard bytes.count > 12, bytes.starts(with: "DIRC".utf8) else { return false }
        let version = number(at: 4)
        guard version >= 2, version <= 4 else { return false }
        var place = 12
        var name: [UInt8] = []
        var isFound = false
        for _ in 0..<number(at: 8) {
            guard place + 62 < bytes.count else { return false }
            let mode = number(at: place + 24)
            let flags = bytes[place + 60]
            var start = place + 62
            // The extended flag of versions 3 and 4.
            if flags & 0x40 != 0 { start += 2 }
            if version == 4 {
                guard let removed = variable(&start), removed <= name.count else { return false }
                name.removeLast(removed)
            } else {
                name.removeAll(keepingCapacity: true)
            }
            guard start < bytes.count, let end = bytes[start...].firstIndex(of: 0) else {
                return false
            }
            name.append(contentsOf: bytes[start..<end])
            // Version 4 has no padding; the others fill up to a multiple of eight.
            place = version == 4 ? end + 1 : place + (end - place + 8) / 8 * 8
            // Files and links; a commit of another repository has mode 0160000.
            let kind = mode >> 12
            if kind == 0o10 || kind == 0o12, isWanted(name) { isFound = true }
        }
        return isFound
    }

    private func number(at place: Int) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The offset encoding of pack files: seven bits a byte, each continuation adds one.
    private func variable(_ place: inout Int) -> Int? {
        guard place < bytes.count else { return nil }
        var value = Int(bytes[place] & 0x7F)
        while bytes[place] & 0x80 != 0 {
            place += 1
            guard place < bytes.count, value < 1 << 24 else { return nil }
            value = (value + 1) << 7 | Int(bytes[place] & 0x7F)
        }
        place += 1
        return value
    }
}
