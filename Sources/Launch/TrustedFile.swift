// Files that decide must not be writable by somebody else: they, and every directory above them,
// belong to root or to the owner of the binary. Group write is refused unless the group is that
// owner's private one (umask 002 on Debian makes such files); root-owned sticky directories such
// as /tmp pass, because nobody can replace another's entry there.

public import Platform

public enum TrustedFile {
    /// Why a file is not taken.
    public struct Failure: Error, Sendable {
        /// The file, or a directory above it.
        public let path: String
        /// What is wrong, without a full stop.
        public let reason: String
        /// A command that mends it.
        public let help: String?

        /// All of it on one line.
        public var message: String {
            "\(path): \(reason)" + (help.map { "; run \($0) on it" } ?? "")
        }
    }

    /// Reads a file that only root or `owner` can have written.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - owner: who may have written it beside root.
    ///   - limit: the largest size, in bytes.
    ///   - neighbour: a file that this function has read a moment ago; the directories above the
    ///     two are looked at once where they are the same.
    public static func read(
        _ path: String, owner: UInt32, limit: Int, beside neighbour: String? = nil
    ) throws(Failure) -> [UInt8] {
        let file: WholeFile
        do { file = try WholeFile(path, limit: limit) } catch {
            throw Failure(path: path, reason: error.reason, help: nil)
        }
        try check(file.status, path, owner: owner)
        // The file's real place is what can be replaced; a link is as good as its directory too.
        guard let resolved = FilePath.resolved(path) else {
            throw Failure(path: path, reason: "vanished while it was read", help: nil)
        }
        if resolved == path, let neighbour, FilePath.parent(neighbour) == FilePath.parent(path) {
            return file.bytes
        }
        try checkDirectories(above: resolved, owner: owner)
        if resolved != path { try checkDirectories(above: path, owner: owner) }
        return file.bytes
    }

    private static func checkDirectories(
        above path: String, owner: UInt32
    ) throws(Failure) {
        var directory = FilePath.parent(path)
        while true {
            guard let status = FileStatus(directory) else {
                throw Failure(path: directory, reason: "cannot be examined", help: nil)
            }
            if !(status.isSticky && status.owner == 0) {
                try check(status, directory, owner: owner)
            }
            if directory == "/" { return }
            directory = FilePath.parent(directory)
        }
    }

    private static func check(
        _ status: FileStatus, _ path: String, owner: UInt32
    ) throws(Failure) {
        guard status.owner == 0 || status.owner == owner else {
            throw Failure(
                path: path, reason: "belongs to uid \(status.owner), not to root or uid \(owner)",
                help: nil)
        }
        try checkMode(status, path)
    }

    /// Whether nobody but the owner can write the file itself.
    public static func checkMode(_ status: FileStatus, _ path: String) throws(Failure) {
        if status.isWritableByOthers {
            throw Failure(path: path, reason: "writable by everybody", help: "chmod o-w")
        }
        if status.isWritableByGroup, !isPrivateGroup(status.group, of: status.owner) {
            throw Failure(
                path: path, reason: "writable by group \(status.group)", help: "chmod g-w")
        }
    }

    /// Whether the group is the primary group of this user and of nobody else, without members
    /// (useradd(8), USERGROUPS_ENAB).
    private static func isPrivateGroup(_ group: UInt32, of user: UInt32) -> Bool {
        guard let passwd = try? WholeFile("/etc/passwd", limit: 1 << 22),
            let groups = try? WholeFile("/etc/group", limit: 1 << 22)
        else { return false }
        var isPrimary = false
        for line in passwd.bytes.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count >= 4, number(fields[3]) == group else { continue }
            guard number(fields[2]) == user else { return false }
            isPrimary = true
        }
        for line in groups.bytes.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count >= 4, number(fields[2]) == group else { continue }
            if !fields[3].isEmpty { return false }
        }
        return isPrimary
    }

    private static func number(_ field: ArraySlice<UInt8>) -> UInt32? {
        UInt32(String(decoding: field, as: UTF8.self))
    }
}
