// The directory of one confined run: home, temporary directory, and the place where the new root is
// put together. It is made before anything starts and removed after everything has ended.

internal import Glibc
internal import Platform

/// Directories of one run, 0700.
struct Scratch {
    let path: String
    var home: String { path + "/home" }
    var temporary: String { path + "/tmp" }
    var root: String { path + "/root" }

    /// Makes them in `parent`.
    init(in parent: String) throws(SystemError) {
        guard let real = FilePath.resolved(parent) else {
            throw SystemError("realpath", errno: errno, path: parent)
        }
        guard let template = strdup((real == "/" ? "" : real) + "/.shimgate-run-XXXXXX") else {
            throw SystemError("strdup", errno: ENOMEM)
        }
        defer { free(template) }
        // Sound: the template is our own copy, which the call fills in.
        guard mkdtemp(template) != nil else {
            throw SystemError("mkdtemp", errno: errno, path: parent)
        }
        path = String(cString: template)
        for directory in [home, temporary, root] where mkdir(directory, 0o700) != 0 {
            throw SystemError("mkdir", errno: errno, path: directory)
        }
    }

    /// Removes them with all that was left in them.
    func remove() {
        Scratch.removeTree(path, in: AT_FDCWD)
    }

    /// Removes a directory by descriptors, so that no link in it leads elsewhere. What cannot be
    /// removed stays: the run is over, and its end is not changed by that.
    private static func removeTree(_ name: String, in parent: Int32) {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var directory = openat(parent, name, flags)
        if directory < 0, errno == EACCES {
            // A directory that shut itself off; it is no link, or O_NOFOLLOW had said so.
            fchmodat(parent, name, 0o700, 0)
            directory = openat(parent, name, flags)
        }
        if directory >= 0 {
            fchmod(directory, 0o700)
            for entry in FilePath.names(in: "/proc/self/fd/\(directory)") ?? [] {
                if unlinkat(directory, entry, 0) != 0 { removeTree(entry, in: directory) }
            }
            close(directory)
        }
        unlinkat(parent, name, AT_REMOVEDIR)
    }
}
