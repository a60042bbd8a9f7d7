// Whether a person is asking. Verbs that give something up (starting a new chain, removing records)
// are for people: they want a terminal, and a caller that no shim stands above. A shim leaves
// `SHIMGATE_HOPS` in the environment of what it starts, and an agent that clears its own environment
// still has parents that were started with it. A process of the same user can get round this (it can
// also write the files itself); what it cannot do is come here by accident or by asking nicely.

internal import GateCore
internal import Platform

public enum Ancestry {
    /// Why the caller is not taken for a person; nil where it is.
    public static var whyNoPerson: String? {
        if !StandardStreams.isTerminal(0) || (try? Descriptor.open("/dev/tty", .updating)) == nil {
            return "this is for a person at a terminal"
        }
        if let process = shimAbove { return "process \(process) was started by a shim" }
        return nil
    }

    /// The nearest process, this one included, that a shim has started.
    private static var shimAbove: Int32? {
        var process = Host.process
        for _ in 0..<64 where process > 0 {
            if isBelowShim(process) { return process }
            guard let parent = Host.parent(of: process), parent != process else { return nil }
            process = parent
        }
        return nil
    }

    private static func isBelowShim(_ process: Int32) -> Bool {
        guard let file = try? WholeFile("/proc/\(process)/environ", limit: 1 << 21) else {
            return false
        }
        let name = Array("\(Hops.variable.text)=".utf8)
        for entry in file.bytes.split(separator: 0) where entry.starts(with: name) { return true }
        return false
    }
}
