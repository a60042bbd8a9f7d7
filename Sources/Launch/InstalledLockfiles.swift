// The lockfile of each project as it was when a tool last installed from it in the project, so that the
// next install can say what it brought: STATE/installed/DIGEST-OF-PATH, the file's own bytes. It decides
// nothing; without one everything counts as new.

internal import Audit
internal import Platform

/// Lockfiles that were installed.
public struct InstalledLockfiles: Sendable {
    private let directory: String

    /// Those of a state directory.
    public init(in state: String) { directory = state + "/installed" }

    /// What the lockfile at a path was when it was installed last; nil where it never was.
    public func bytes(of path: String) -> [UInt8]? {
        (try? WholeFile(place(of: path), limit: 256 << 20))?.bytes
    }

    /// Remembers what was installed. Where that fails the next install seems to bring more than it does.
    public func note(_ bytes: [UInt8], of path: String) {
        do throws(SystemError) {
            try makeDirectory(directory)
            try DirectoryEntry.replace(place(of: path), with: bytes, mode: 0o600)
        } catch {
            return
        }
    }

    private func place(of path: String) -> String {
        "\(directory)/\(Digest(of: Array(path.utf8)).hexadecimal)"
    }
}
