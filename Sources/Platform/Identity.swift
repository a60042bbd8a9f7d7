// Who this process is, as the kernel says.

internal import Glibc

/// The effective user id: whose files this process writes.
public func currentUser() -> UInt32 { geteuid() }

/// The process id.
public func currentProcess() -> Int32 { getpid() }

/// The text of an errno value.
public func systemMessage(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
}
