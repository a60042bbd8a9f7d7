// The namespaces back end: a root directory made of copies of the granted mounts and nothing else.
// Everything is done by the one process that will be PID 1 inside, with capabilities that hold in its
// own user namespace only; it gives them up before anything else starts.

internal import CSandbox
internal import GateCore
internal import Glibc
internal import Platform

/// A step that the kernel refused.
struct FailedStep: Error {
    /// What was tried.
    let step: String
    let errno: Int32

    init(_ step: String) {
        self.step = step
        errno = Glibc.errno
    }

    init(_ step: String, errno: Int32) {
        self.step = step
        self.errno = errno
    }
}

/// Throws where a step of `CSandbox` did not do its work.
func step(_ name: String, _ result: Int32) throws(FailedStep) {
    if result < 0 { throw FailedStep(name) }
}

/// Confines this process, which `csandbox_fork_apart` has just made.
func confineByNamespaces(
    _ places: ResolvedPlaces, scratch: Scratch, uid: uid_t, gid: gid_t, cwd: String
) throws(FailedStep) {
    try step("mapping of ids", csandbox_keep_ids(uid, gid))
    try step("end with parent", csandbox_end_with_parent())
    try step("private mounts", csandbox_make_private())
    try NamespaceTree(root: scratch.root).build(places, scratch)
    try step("loopback", csandbox_start_loopback())
    try step("new root", csandbox_enter(scratch.root))
    if chdir(cwd) != 0 { throw FailedStep("working directory \(cwd)") }
    try step("end of capabilities", csandbox_drop_privileges())
    try step("hidden memory", csandbox_hide_memory())
    try step("system-call filter", csandbox_filter(CSANDBOX_SOCKETS_APART))
}

/// A root directory in the making.
private struct NamespaceTree {
    /// Where it is while it is made.
    let root: String

    private enum Content {
        case place(writable: Bool)
        case from(String)
        case nothing(isDirectory: Bool)
    }

    func build(_ places: ResolvedPlaces, _ scratch: Scratch) throws(FailedStep) {
        try step("root directory", csandbox_mount_empty(root, "8m"))
        var mounts: [(path: String, content: Content)] = []
        for place in places.granted {
            mounts.append((place.path, .place(writable: place.access == .write)))
        }
        mounts.append((scratch.home, .place(writable: true)))
        mounts.append((scratch.temporary, .place(writable: true)))
        mounts.append(("/tmp", .from(scratch.temporary)))
        mounts.append(("/var/tmp", .from(scratch.temporary)))
        for path in places.hidden {
            guard places.granted.contains(where: { isBelow(path, orIs: $0.path) }),
                let status = FileStatus(path)
            else { continue }
            mounts.append((path, .nothing(isDirectory: status.isDirectory)))
        }
        // Parents before what lies in them. What is hidden is covered after it was shown; what is
        // granted below something hidden has the longer path and comes later still.
        mounts.sort { left, right in
            if sameBytes(left.path, right.path) {
                if case .nothing = left.content { return false }
                return true
            }
            return left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
        }
        try makeFile(root + "/.empty")
        var empty: [String] = []
        for mount in mounts {
            let target = root + mount.path
            switch mount.content {
            case .place(let writable):
                try bind(mount.path, target, writable: writable)
            case .from(let source):
                try bind(source, target, writable: true)
            case .nothing(isDirectory: true):
                try step("cover of \(mount.path)", csandbox_mount_empty(target, "1m"))
                empty.append(target)
            case .nothing(isDirectory: false):
                try bind(root + "/.empty", target, writable: false)
            }
        }
        for link in places.links { makeLink(link.path, link.target) }
        try makeDevices()
        try mountProc()
        for target in empty { try step("read-only cover", csandbox_make_readonly(target)) }
        try step("read-only root", csandbox_make_readonly(root))
    }

    private func bind(
        _ source: String, _ target: String, writable: Bool, device: Bool = false
    ) throws(FailedStep) {
        if FileStatus(unfollowed: target) == nil {
            if FileStatus(source)?.isDirectory ?? false {
                try makeDirectory(target)
            } else {
                try makeDirectory(FilePath.parent(target))
                try makeFile(target)
            }
        }
        try step("mount of \(source)", csandbox_bind(source, target, writable, device))
    }

    private func makeDevices() throws(FailedStep) {
        for path in SystemPlaces.devices {
            try bind(path, root + path, writable: true, device: true)
        }
        makeLink("/dev/fd", "/proc/self/fd")
        makeLink("/dev/stdin", "/proc/self/fd/0")
        makeLink("/dev/stdout", "/proc/self/fd/1")
        makeLink("/dev/stderr", "/proc/self/fd/2")
        try makeDirectory(root + "/dev/shm")
        try step("shared memory", csandbox_mount_empty(root + "/dev/shm", "256m"))
    }

    private func mountProc() throws(FailedStep) {
        try makeDirectory(root + "/proc")
        if csandbox_mount_proc(root + "/proc") == 0 { return }
        // In a container that covers parts of /proc no whole one can be mounted. Its own is shown
        // then: other processes' names can be read, and nothing that needs the right to trace them.
        try step("mount of /proc", csandbox_bind("/proc", root + "/proc", false, false))
    }

    private func makeDirectory(_ path: String) throws(FailedStep) {
        if FileStatus(unfollowed: path) != nil { return }
        try makeDirectory(FilePath.parent(path))
        if mkdir(path, 0o755) != 0 { throw FailedStep("directory \(path)") }
    }

    private func makeFile(_ path: String) throws(FailedStep) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o444)
        if file < 0 { throw FailedStep("file \(path)") }
        close(file)
    }

    /// A link that cannot be made leaves one of a place's names without effect, no more.
    private func makeLink(_ path: String, _ target: String) {
        if FileStatus(unfollowed: root + path) != nil { return }
        guard (try? makeDirectory(FilePath.parent(root + path))) != nil else { return }
        symlink(target, root + path)
    }
}
