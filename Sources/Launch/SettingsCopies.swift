// Copies of settings files without their credentials, for one run: a directory of mode 0700 in the state
// directory, named after the process that becomes or starts the tool. It is removed when the tool has
// ended, where a parent of ours stays, else by the next run that needs copies.
//
// Numbers of processes mean something in their pid namespace only, so that stands in the name too, and
// nobody removes what another namespace has made.

public import GateCore
public import Platform

/// The copies of one run.
public struct SettingsCopies {
    /// The directory.
    private let path: String

    /// Where this process puts copies.
    public static func directory(in state: String) -> String {
        "\(state)/\(folder)/\(Host.process).\(namespace)"
    }

    private static let folder = "copies"

    /// The number of this process's pid namespace; `0` where /proc does not tell.
    private static var namespace: String {
        let link = FilePath.linkTarget("/proc/self/ns/pid") ?? ""
        let digits = link.utf8.filter { $0 >= 0x30 && $0 <= 0x39 }
        return digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
    }

    /// Writes the copies of a plan; does nothing where it has none.
    public init?(_ plan: Plan, in state: String) throws(SystemError) {
        guard !plan.copies.isEmpty else { return nil }
        path = plan.copiesDirectory
        let all = "\(state)/\(SettingsCopies.folder)"
        if FileStatus(unfollowed: all) == nil { try makeDirectory(all) }
        SettingsCopies.removeLeftOvers(in: all)
        // One of a process with the same number that has ended.
        try DirectoryTree.remove(path)
        try makeDirectory(path)
        for copy in plan.copies {
            let parent = FilePath.parent("\(path)/\(copy.name)")
            if Word(parent) != Word(path) { try makeDirectory(parent) }
            try DirectoryEntry.replace(
                "\(path)/\(copy.name)", with: Array(copy.text.utf8), mode: 0o600)
        }
    }

    /// Removes them.
    public func remove() { try? DirectoryTree.remove(path) }

    /// Removes the copies of processes that have ended.
    private static func removeLeftOvers(in folder: String) {
        let own = Word("." + namespace)
        for name in FilePath.names(in: folder) ?? [] where Word(name).hasSuffix(own) {
            let process = Word(name).prefix(Word(name).count - own.count)
            if process.isEmpty || FileStatus("/proc/\(process)") != nil { continue }
            try? DirectoryTree.remove("\(folder)/\(name)")
        }
    }
}
