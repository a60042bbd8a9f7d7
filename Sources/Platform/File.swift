// Opening files, and what the kernel says of them.
// State files are never opened through a symbolic link in the last component: they are named by
// us, and a link was planted.

internal import Glibc

extension Descriptor {
    /// How a file is opened. Close-on-exec goes without saying.
    public struct Access: Sendable {
        let flags: Int32
        /// Whether a symbolic link in the last component is followed: never for our own files.
        var isFollowing = false

        /// A directory to open names below.
        public static let directory = Access(flags: O_RDONLY | O_DIRECTORY)
        /// O_NONBLOCK everywhere else, because opening a planted FIFO would wait for the other
        /// end; it has no meaning for regular files.
        public static let reading = Access(flags: O_RDONLY | O_NONBLOCK)
        /// A file that the user has named, who may name it through a link.
        public static let readingAnything = Access(
            flags: O_RDONLY | O_NONBLOCK, isFollowing: true)
        /// Reads anywhere, writes at the end.
        public static let appending = Access(flags: O_RDWR | O_APPEND | O_NONBLOCK)
        /// Reads and writes anywhere.
        public static let updating = Access(flags: O_RDWR | O_NONBLOCK)
        /// The same, and makes the file where it is absent.
        public var creating: Access { Access(flags: flags | O_CREAT) }

        var all: Int32 { flags | (isFollowing ? 0 : O_NOFOLLOW) | O_CLOEXEC | O_NOCTTY }
    }

    /// Opens a path. A new file is for the owner only (0600 less the umask).
    public static func open(_ path: String, _ access: Access) throws(SystemError) -> Descriptor {
        // A path that holds NUL would be cut there.
        if path.utf8.contains(0) { throw SystemError("open", errno: EINVAL, path: path) }
        let flags = access.all
        // Sound: the path is passed as a NUL-terminated string that lives for the call.
        let number = uninterrupted { Glibc.open(path, flags, 0o600) }
        if number < 0 { throw SystemError(last: "open", path: path) }
        return Descriptor(owning: number)
    }

    /// Opens a name in this directory. A new file is for the owner only (0600 less the umask).
    public borrowing func open(
        name: String, _ access: Access
    ) throws(SystemError) -> Descriptor {
        if name.utf8.contains(0) { throw SystemError("openat", errno: EINVAL, path: name) }
        let parent = self.number
        let flags = access.all
        // Sound: as above; the directory's number lives through the borrow.
        let number = uninterrupted { openat(parent, name, flags, 0o600) }
        if number < 0 { throw SystemError(last: "openat", path: name) }
        return Descriptor(owning: number)
    }

    /// What the open file is.
    public borrowing func status() throws(SystemError) -> FileStatus {
        var raw = stat()
        // Sound: fstat fills the structure that we pass and keeps no pointer.
        if fstat(number, &raw) != 0 { throw SystemError(last: "fstat") }
        return FileStatus(raw)
    }

    /// What a name in this directory is now, a link itself included; nil where there is none.
    public borrowing func status(of name: String) throws(SystemError) -> FileStatus? {
        var raw = stat()
        // Sound: as for fstat; the name lives for the call.
        if fstatat(number, name, &raw, AT_SYMLINK_NOFOLLOW) != 0 {
            if errno == ENOENT { return nil }
            throw SystemError(last: "fstatat", path: name)
        }
        return FileStatus(raw)
    }
}

/// Makes a directory for the owner only (0700 less the umask). One that is there already is fine.
public func makeDirectory(_ path: String) throws(SystemError) {
    // Sound: the path is NUL-terminated and lives for the call.
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw SystemError(last: "mkdir", path: path) }
}

/// The user id that files we make belong to.
public var effectiveUser: UInt32 {
    // Sound: takes nothing and cannot fail.
    geteuid()
}

/// Does work as another user, whose files the work then makes. Only root can.
public func actingAs<Value, Failure: Error>(
    _ user: UInt32, _ work: () throws(Failure) -> Value
) throws(Failure) -> Value? {
    let before = geteuid()
    if before == user { return try work() }
    // Sound: takes a number only.
    guard seteuid(user) == 0 else { return nil }
    // Going back cannot fail, because the real user id stays what it was.
    defer { _ = seteuid(before) }
    return try work()
}

/// The user id of a name, or of a number as text.
public func userNumber(_ name: String) -> UInt32? {
    if let number = UInt32(name) { return number }
    // Sound: the entry is the C library's until the next call, and is read at once.
    guard let entry = getpwnam(name) else { return nil }
    return entry.pointee.pw_uid
}
