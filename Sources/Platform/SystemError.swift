// A system call that failed: which, why, and on what.
// It is the only error that these files throw, so that callers decide by number and never by
// text. A call that a signal interrupted is repeated here and nowhere else.

internal import Glibc

/// A failed system call.
public struct SystemError: Error, Sendable {
    /// The call's name in the manual, for example `openat`.
    public let call: StaticString
    /// The value of errno.
    public let errno: Int32
    /// The file concerned, where there is one.
    public let path: String?

    public init(_ call: StaticString, errno: Int32, path: String? = nil) {
        self.call = call
        self.errno = errno
        self.path = path
    }

    /// The failure that the C library has just reported in its errno.
    init(last call: StaticString, path: String? = nil) {
        self.init(call, errno: Glibc.errno, path: path)
    }

    /// A write that took less than it was given; on a disk that means that the disk is full.
    public static let shortWrite = SystemError("write", errno: ENOSPC)

    /// A file that is not what it has to be: planted, shared or somebody else's.
    public static let notOurs = SystemError("fstat", errno: EPERM)

    /// A lock that another process kept for too long.
    public static let busy = SystemError("flock", errno: EWOULDBLOCK)

    /// A directory, pipe or device where a file has to be.
    public static func notPlain(_ path: String) -> SystemError {
        SystemError("open", errno: EINVAL, path: path)
    }

    /// A file that has to be there.
    public static func absent(_ path: String) -> SystemError {
        SystemError("fstatat", errno: ENOENT, path: path)
    }

    /// Whether the file or directory does not exist.
    public var isAbsence: Bool { errno == ENOENT }

    /// The system's own words for the number.
    public var reason: String { systemMessage(errno) }
}

extension SystemError: CustomStringConvertible {
    public var description: String {
        guard let path else { return "\(call): \(reason)" }
        return "\(call) \(path): \(reason)"
    }
}

/// The system's own words for an errno value.
public func systemMessage(_ code: Int32) -> String {
    // Sound: strerror returns a NUL-terminated string, which is copied before any other call.
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
}

/// Repeats a call that a signal interrupted. Here and nowhere else.
func uninterrupted<Count: SignedInteger>(_ call: () -> Count) -> Count {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
