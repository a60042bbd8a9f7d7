// Which machine, boot, process and user namespace this is, for the record.
// Nothing is read before it is asked for, what cannot change while a process lives is read once, and
// what /proc does not tell is nil or unknown, never an error: a record with less in it is better than
// none.

internal import Glibc

/// Facts about the machine, read when asked for.
public enum Host {
    /// The node name of uname(2), UTF-8 repaired.
    public static var name: String {
        var names = utsname()
        // Sound: uname fills the structure; its fields are NUL-terminated within their length.
        guard uname(&names) == 0 else { return "" }
        return withUnsafeBytes(of: &names.nodename) { field in
            String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// The boot's random id (random(4)), or nil where /proc is not mounted.
    public static let boot: String? = {
        guard let text = content("/proc/sys/kernel/random/boot_id", atMost: 64) else { return nil }
        return String(decoding: text.prefix { $0 > 0x20 }, as: UTF8.self)
    }()

    /// How user ids outside relate to the ones we see.
    public enum UserNamespace: Sendable, Equatable {
        /// The ids are the machine's own.
        case initial
        /// They are mapped, so that a file shown as root's may be anybody's.
        case mapped
        /// /proc could not be asked.
        case unknown
    }

    /// The map of this process, which never enters another namespace. The identity over all 32-bit
    /// ids, one line of `0 0 4294967295`, means the initial namespace (user_namespaces(7)).
    public static let userNamespace: UserNamespace = {
        guard let map = content("/proc/self/uid_map", atMost: 128) else { return .unknown }
        var squeezed: [UInt8] = []
        for byte in map {
            if byte > 0x20 {
                squeezed.append(byte)
            } else if let last = squeezed.last, last != 0x20 {
                squeezed.append(0x20)
            }
        }
        return squeezed == Array("0 0 4294967295 ".utf8) ? .initial : .mapped
    }()

    /// Number of this process, as its own pid namespace counts.
    public static var process: Int32 {
        // Sound: takes nothing and cannot fail.
        getpid()
    }

    /// Number of the parent process; 0 where it is outside the pid namespace.
    public static var parentProcess: Int32 {
        // Sound: takes nothing and cannot fail.
        getppid()
    }

    /// The parent of a process, as this pid namespace counts; nil where /proc does not tell.
    public static func parent(of process: Int32) -> Int32? { kin(of: process)?.parent }

    /// The names of the processes above this one, the parent first.
    public static func ancestors(atMost count: Int) -> [String] {
        var names: [String] = []
        var process = parentProcess
        while process > 0, names.count < count, let kin = kin(of: process) {
            names.append(kin.name)
            process = kin.parent
        }
        return names
    }

    /// A process's name and parent by its `PID (NAME) STATE PPID …` (proc(5)); the name can hold
    /// anything but its last parenthesis.
    private static func kin(of process: Int32) -> (name: String, parent: Int32)? {
        guard let text = content("/proc/\(process)/stat", atMost: 512),
            let start = text.firstIndex(of: UInt8(ascii: "(")),
            let end = text.lastIndex(of: UInt8(ascii: ")")), start < end
        else { return nil }
        let fields = text[(end + 1)...].split(separator: 0x20)
        guard fields.count > 1, let parent = Int32(String(decoding: fields[1], as: UTF8.self))
        else { return nil }
        return (String(decoding: text[(start + 1)..<end], as: UTF8.self), parent)
    }

    private static func content(_ path: String, atMost count: Int) -> [UInt8]? {
        guard let file = try? Descriptor.open(path, .reading) else { return nil }
        // One read gives the whole of these files (proc(5)).
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = (try? file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)) ?? 0
        }
    }
}
