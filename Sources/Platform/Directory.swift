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

extension Descriptor {
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
