// Changing directories' entries: links and whole files, each change atomic.

internal import CLinux
internal import Glibc

/// Changes to the names in a directory.
public enum DirectoryEntry {
    /// Makes a symbolic link, replacing what bears the name in one step.
    public static func link(_ path: String, to target: String) throws(SystemError) {
        let temporary = path + ".new-\(getpid())"
        unlink(temporary)
        guard symlink(target, temporary) == 0 else {
            throw SystemError("symlink", errno: errno, path: temporary)
        }
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw SystemError("rename", errno: code, path: path)
        }
    }

    /// Removes a name that is not a directory; one that is gone already is fine.
    public static func remove(_ path: String) throws(SystemError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw SystemError("unlink", errno: errno, path: path)
        }
    }

    /// Replaces a file's content in one step, so that a reader sees the old or the new.
    public static func replace(
        _ path: String, with text: String, mode: UInt32
    ) throws(SystemError) {
        try replace(path, with: Array(text.utf8), mode: mode)
    }

    /// The same for bytes.
    public static func replace(
        _ path: String, with bytes: [UInt8], mode: UInt32
    ) throws(SystemError) {
        let temporary = path + ".new-\(getpid())"
        unlink(temporary)
        let descriptor = open(
            temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw SystemError("open", errno: errno, path: temporary) }
        let isWritten =
            fchmod(descriptor, mode) == 0 && StandardStreams.write(bytes, to: descriptor)
            && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let reason = isWritten ? errno : code
            unlink(temporary)
            throw SystemError("write", errno: reason, path: path)
        }
    }
}

/// Changes to whole directories.
public enum DirectoryTree {
    /// Removes what a path names, with all that is in it; one that is gone already is fine. Links
    /// are not followed.
    public static func remove(_ path: String) throws(SystemError) {
        // Sound: the path is NUL-terminated and lives for the call.
        if clinux_remove_tree(path) != 0 { throw SystemError(last: "unlinkat", path: path) }
    }

    /// Puts a directory in the place of another one, or where there is none, in one step where the
    /// file system can: `path` gets what `made` names, and `made` what `path` named. Where it cannot,
    /// the old one is removed first.
    ///
    /// A layer below an overlay does not let its directories be renamed (EXDEV); then what is in
    /// them is replaced, child by child.
    public static func put(_ made: String, at path: String) throws(SystemError) {
        // Sound, all of it: paths are NUL-terminated and live for the calls.
        if clinux_exchange(made, path) == 0 { return }
        let code = errno
        if code == ENOENT, FileStatus(unfollowed: path) == nil {
            if rename(made, path) == 0 { return }
            throw SystemError(last: "rename", path: path)
        }
        guard code == EXDEV || code == EINVAL || code == ENOSYS else {
            throw SystemError("renameat2", errno: code, path: path)
        }
        let aside = made + ".old"
        if rename(path, aside) == 0 {
            if rename(made, path) == 0 { return }
            let reason = errno
            rename(aside, path)
            throw SystemError("rename", errno: reason, path: path)
        }
        guard errno == EXDEV else { throw SystemError(last: "rename", path: path) }
        if rename(made, path + "/" + coming) != 0 {
            throw SystemError(last: "rename", path: path + "/" + coming)
        }
        try finish(path)
    }

    /// The new content of a directory while the old one is removed, and while it is moved up.
    private static let (coming, moving) = (".shimgate-new", ".shimgate-in")

    /// Finishes the replacing of a directory's content where somebody died in it.
    public static func finish(_ path: String) throws(SystemError) {
        if FileStatus(unfollowed: path + "/" + coming) != nil {
            for name in FilePath.names(in: path) ?? []
            where !name.utf8.elementsEqual(coming.utf8) {
                try remove(path + "/" + name)
            }
            if rename(path + "/" + coming, path + "/" + moving) != 0 {
                throw SystemError(last: "rename", path: path)
            }
        }
        let inside = path + "/" + moving
        guard FileStatus(unfollowed: inside) != nil else { return }
        for name in FilePath.names(in: inside) ?? [] {
            if rename(inside + "/" + name, path + "/" + name) != 0 {
                throw SystemError(last: "rename", path: path + "/" + name)
            }
        }
        try remove(inside)
    }

    /// Bytes that a file system has left for us; nil where it does not say.
    public static func freeSpace(_ path: String) -> Int? {
        var found = statvfs()
        // Sound: fills a structure of our own.
        guard statvfs(path, &found) == 0 else { return nil }
        return Int(found.f_bavail) * Int(found.f_frsize)
    }

    /// Gives a file another name, replacing what has it.
    public static func move(_ file: String, to path: String) throws(SystemError) {
        if rename(file, path) != 0 { throw SystemError(last: "rename", path: path) }
    }

    /// Makes a directory, and those above it that are missing (0700 less the umask).
    public static func make(_ path: String) throws(SystemError) {
        if FileStatus(path)?.isDirectory == true { return }
        let parent = FilePath.parent(path)
        if parent != path { try make(parent) }
        try makeDirectory(path)
    }
}

extension Descriptor {
    /// A file without a name, which is gone when it is closed.
    public static func unnamed() throws(SystemError) -> Descriptor {
        // Sound: the name is only shown in /proc.
        let number = clinux_memory_file("shimgate")
        if number < 0 { throw SystemError(last: "memfd_create") }
        return Descriptor(owning: number)
    }

    /// Gives a name in this directory to another name in it, which must be free.
    public borrowing func rename(_ name: String, to target: String) throws(SystemError) {
        let parent = self.number
        // Sound: both names are NUL-terminated and live for the call.
        if uninterrupted({ clinux_rename_new(parent, name, parent, target) }) != 0 {
            throw SystemError(last: "renameat2", path: target)
        }
    }

    /// Moves a name of this directory into another one, where it must be free.
    public borrowing func move(
        _ name: String, into folder: borrowing Descriptor, as target: String
    ) throws(SystemError) {
        let (parent, other) = (self.number, folder.number)
        // Sound: as above.
        if uninterrupted({ clinux_rename_new(parent, name, other, target) }) != 0 {
            throw SystemError(last: "renameat2", path: target)
        }
    }
}
