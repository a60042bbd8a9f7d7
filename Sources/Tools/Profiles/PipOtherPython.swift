// `pip --python ENVIRONMENT`: pip starts itself again with the python of another virtual environment,
// which needs no pip of its own. Build frontends fill environments in this way that they make for one
// build.
//
// Source: pip/_internal/cli/main_parser.py (`identify_python_interpreter`, `parse_command`) of 22.3 to
// 26.3.

import GateCore

/// The python of another virtual environment.
struct OtherPython {
    /// Absolute; links unresolved, because python finds its environment by that path.
    let path: String
    /// The environment.
    let home: String
    /// Where packages go that are installed into it.
    let destination: Destination

    /// Nil where no virtual environment is at that place, or pip would not look there.
    init?(_ named: Word, _ line: Line, _ facts: inout Facts) {
        guard let cwd = line.cwd, line.environment["_PIP_RUNNING_IN_SUBPROCESS"] == nil else {
            return nil
        }
        let place = PathText.absolute(named.text, cwd: cwd, home: nil)
        path = facts.hasDirectory(place) ? place + "/bin/python" : place
        guard let home = path.parentFolder?.parentFolder, facts.hasFile(home + "/pyvenv.cfg"),
            facts.hasFile(path)
        else { return nil }
        self.home = home
        let isOwn = PathText.isInside(home, line) && !PathText.leads(home, outside: line, &facts)
        // Where build frontends make environments for one build. TMPDIR is the caller's to choose.
        let isPassing = home.parentFolder.map { Word($0) == "/tmp" } ?? false
        // Links in it would lead what is installed elsewhere.
        var isWhole = false
        if case .place(let real) = facts.ask(.place(home)) {
            isWhole = ["/bin", "/lib"].allSatisfy {
                facts.ask(.place(home + $0)) == .place(real + $0)
            }
        }
        destination = isWhole && (isOwn || isPassing) ? .environment : .outside
    }
}

extension Invocation {
    /// The same line, run with the python of another environment; it has to be resolved first where it
    /// installs, because only the phases are held to what we hand to them.
    mutating func runs(in other: OtherPython) {
        options.removeAll { $0.name == "python" }
        guard case .words(let before, _) = composition else { return }
        composition = .words(
            before: [Word("--python=\(other.path)")] + before, after: optparseWords(self))
        guard operation == .install else { return }
        if !resolvesFirst { ambiguous.append("--python installs what cannot be resolved first") }
        if destination.rawValue < other.destination.rawValue { destination = other.destination }
        if command == ["pip", "install"] { environments.append(other.home) }
    }
}
