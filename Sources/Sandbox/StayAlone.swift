// A tool that only fetches and unpacks needs no other program, and one that builds does: where the
// kernel refuses every new process, nothing that came with a package can be started by the tool,
// whatever its settings, its metadata or a requirement file say.

internal import CSandbox
internal import Glibc

/// Refuses this process, and what it becomes, every new process from here on.
///
/// - Returns: an errno value where the kernel does not do that, else nil. After a failure nothing may
///   be started.
public func stayAlone() -> Int32? { csandbox_stay_alone() == 0 ? nil : errno }
