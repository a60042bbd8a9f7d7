// Changes to the entries of a directory that somebody else may write to as well: everything goes by
// the directory's own descriptor and a plain name, so that no planted link leads a change elsewhere.

internal import Glibc

extension Descriptor {
    /// Makes a directory of this name (0755 less the umask). One that is there already is fine.
    public borrowing func makeDirectory(_ name: String) throws(SystemError) {
        // Sound, here and below: numbers of open directories and NUL-terminated names that live for
        // the call.
        if mkdirat(number, name, 0o755) != 0, errno != EEXIST {
            throw SystemError(last: "mkdirat", path: name)
        }
    }

    /// Gives the file of this name another one in another directory, replacing what has it.
    public borrowing func move(
        _ name: String, to other: borrowing Descriptor, as newName: String
    ) throws(SystemError) {
        if renameat(number, name, other.number, newName) != 0 {
            throw SystemError(last: "renameat", path: name)
        }
    }

    /// Gives the regular file of this name a second one in another directory, or copies it where
    /// the file system or the kernel (fs.protected_hardlinks) does not allow that.
    public borrowing func duplicate(
        _ name: String, to other: borrowing Descriptor, as newName: String
    ) throws(SystemError) {
        if linkat(number, name, other.number, newName, 0) == 0 { return }
        let source = try open(name: name, .reading)
        let status = try source.status()
        guard status.isRegular else { throw SystemError.notOurs }
        let copy = try other.create(newName, mode: status.mode & 0o777)
        var place = 0
        while true {
            let bytes = try source.bytes(count: 1 << 20, at: place)
            if bytes.isEmpty { break }
            try copy.write(bytes, at: place)
            place += bytes.count
        }
        try copy.sync()
    }

    /// Makes a symbolic link.
    public borrowing func link(_ name: String, to target: String) throws(SystemError) {
        if symlinkat(target, number, name) != 0 {
            throw SystemError(last: "symlinkat", path: name)
        }
    }

    /// What the symbolic link of this name says; nil where it is none.
    public borrowing func target(of name: String) -> String? {
        let number = self.number
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let length = readlinkat(number, name, start, buffer.count - 1)
            guard length > 0 else { return nil }
            // The kernel wrote `length` bytes and no NUL.
            let bytes = buffer[..<length].map { UInt8(bitPattern: $0) }
            return String(validating: bytes, as: UTF8.self)
        }
    }

    /// Makes a new file of exactly this mode, open for writing.
    public borrowing func create(
        _ name: String, mode: UInt32
    ) throws(SystemError) -> Descriptor {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let made = openat(number, name, flags, mode)
        if made < 0 { throw SystemError(last: "openat", path: name) }
        if fchmod(made, mode) != 0 {
            let code = errno
            _ = close(made)
            throw SystemError("fchmod", errno: code, path: name)
        }
        return Descriptor(owning: made)
    }

    /// Removes a name that is not a directory; one that is gone already is fine.
    public borrowing func remove(_ name: String) throws(SystemError) {
        if unlinkat(number, name, 0) != 0, errno != ENOENT {
            throw SystemError(last: "unlinkat", path: name)
        }
    }

    /// Removes a directory of this name where it is empty.
    public borrowing func removeDirectory(_ name: String) {
        _ = unlinkat(number, name, AT_REMOVEDIR)
    }
}
