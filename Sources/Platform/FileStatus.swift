// stat and its relatives: what a path names, who owns it, whether it is us.

internal import Glibc

/// What stat(2) says of a file, as far as it decides anything.
public struct FileStatus: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case regular, directory, link, other
    }

    public let kind: Kind
    public let device: UInt64
    public let inode: UInt64
    public let links: UInt64
    /// User id of the owner.
    public let owner: UInt32
    /// Group id.
    public let group: UInt32
    /// Permission bits, 0o7777.
    public let mode: UInt32
    /// Bytes.
    public let size: Int

    init(_ raw: stat) {
        switch raw.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        links = UInt64(raw.st_nlink)
        owner = raw.st_uid
        group = raw.st_gid
        mode = raw.st_mode & 0o7777
        size = Int(raw.st_size)
    }

    /// The status of what the path names, symbolic links followed; nil where there is nothing.
    public init?(_ path: String) {
        var raw = stat()
        guard stat(path, &raw) == 0 else { return nil }
        self.init(raw)
    }

    /// The status of the path itself, a symbolic link not followed.
    public init?(unfollowed path: String) {
        var raw = stat()
        guard lstat(path, &raw) == 0 else { return nil }
        self.init(raw)
    }

    /// The status of an open file.
    public init?(descriptor: Int32) {
        var raw = stat()
        guard fstat(descriptor, &raw) == 0 else { return nil }
        self.init(raw)
    }

    public var isRegular: Bool { kind == .regular }
    public var isDirectory: Bool { kind == .directory }
    /// Whether anybody may write it.
    public var isWritableByOthers: Bool { mode & S_IWOTH != 0 }
    /// Whether its group may write it.
    public var isWritableByGroup: Bool { mode & S_IWGRP != 0 }
    public var isSticky: Bool { mode & UInt32(S_ISVTX) != 0 }

    /// Whether both are the same file, whatever its names.
    public func isSameFile(as other: FileStatus) -> Bool {
        inode == other.inode && device == other.device
    }
}

/// Questions about paths.
public enum FilePath {
    /// The path that a symbolic link holds, or nil where it is none.
    public static func linkTarget(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX) + 1) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let length = readlink(path, start, buffer.count - 1)
            guard length > 0 else { return nil }
            start[length] = 0
            return String(cString: start)
        }
    }

    /// The path with every symbolic link, `.` and `..` resolved; nil where a part is missing.
    public static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Where an absolute path really lies: symbolic links followed in the part that exists, links to
    /// nothing as well, because a tool that writes there makes their target; the rest appended.
    public static func place(of path: String) -> String {
        var existing = path
        var rest: [String] = []
        var links = 0
        while true {
            if let resolved = resolved(existing) {
                var place = resolved
                for part in rest.reversed() where !part.isEmpty && part != "." {
                    place = part == ".." ? parent(place) : (place == "/" ? "" : place) + "/" + part
                }
                return place
            }
            if links < 40, let target = linkTarget(existing) {
                links += 1
                existing =
                    target.utf8.first == UInt8(ascii: "/")
                    ? target : parent(existing) + "/" + target
                continue
            }
            if existing == "/" || existing == "." { return path }
            rest.append(name(existing))
            existing = parent(existing)
        }
    }

    /// Whether the caller may execute it.
    public static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

    /// The directory part: everything before the last slash, `/` for a file in the root.
    public static func parent(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }

    /// The last component.
    public static func name(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// The names in a directory without `.` and `..`, in byte order; nil where it cannot be read.
    ///
    /// - Parameter isFolderWanted: whether only directories and links to directories are.
    public static func names(in path: String, isFolderWanted: Bool = false) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // d_name is NUL-terminated within the record that readdir owns until the next call.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                String(cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
            }
            if name == "." || name == ".." { continue }
            if isFolderWanted, entry.pointee.d_type != UInt8(DT_DIR) {
                // Most are told apart without asking for each; links and odd file systems are asked.
                if entry.pointee.d_type == UInt8(DT_REG) { continue }
                guard FileStatus("\(path)/\(name)")?.isDirectory == true else { continue }
            }
            names.append(name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
