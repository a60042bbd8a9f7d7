// The edge that answers the core's questions about the file system. Reading only: no question ever
// starts a program or creates a file.

internal import GateCore
internal import Launch
internal import Platform
internal import Tools

/// Answers facts from the real file system.
struct FactSource {
    let installation: Installation

    /// Rounds after which a line that still asks is not understood; each round follows one more
    /// file that names another.
    static let mostRounds = 32

    /// Classifies a line, fetching facts until none is needed.
    ///
    /// - Returns: the reading and the facts it rests on. A line that never stops asking is marked
    ///   ambiguous.
    func read(_ line: Line, with profile: ToolProfile) -> (Invocation, Facts) {
        FactSource.read(line, with: profile, answering: answer)
    }

    /// The same with answers from anywhere.
    static func read(
        _ line: Line, with profile: ToolProfile, answering answer: (Fact) -> Answer
    ) -> (Invocation, Facts) {
        var facts = Facts()
        for _ in 0..<FactSource.mostRounds {
            facts.startRound()
            var invocation = classify(line, with: profile, facts: &facts)
            let needed = facts.needed
            if needed.isEmpty {
                invocation.noteNearNames()
                return (invocation, facts)
            }
            for fact in needed { facts.learn(fact, answer(fact)) }
        }
        facts.startRound()
        var invocation = classify(line, with: profile, facts: &facts)
        invocation.ambiguous.append("its configuration files lead from one to the next without end")
        return (invocation, facts)
    }

    /// The answer to one question.
    func answer(_ fact: Fact) -> Answer {
        switch fact {
        case .text(let path): text(path)
        case .entry(let path): entry(path)
        case .names(let path): FilePath.names(in: path).map { .names($0) } ?? .absent
        case .folders(let path):
            FilePath.names(in: path, isFolderWanted: true).map { .names($0) } ?? .absent
        case .place(let path): .place(FilePath.place(of: path))
        case .tracked(let path, let directory): tracked(path, directory)
        }
    }

    private func tracked(_ path: String, _ directory: String) -> Answer {
        guard let index = GitIndex(around: FilePath.place(of: directory)) else { return .absent }
        return index.tracks(FilePath.place(of: path)) ? .tracked : .absent
    }

    private func text(_ path: String) -> Answer {
        do {
            let file = try WholeFile(path, limit: 1 << 20)
            guard let text = String(validating: file.bytes, as: UTF8.self) else {
                return .unreadable
            }
            return .text(text)
        } catch {
            return error == .absent ? .absent : .unreadable
        }
    }

    private func entry(_ path: String) -> Answer {
        guard let status = FileStatus(path) else { return .absent }
        if status.isDirectory { return .directory(holdsTools: holdsTools(path)) }
        return .file(isExecutable: status.isRegular && FilePath.isExecutable(path))
    }

    /// Whether something installed into this directory could stand in for a shim or a real tool:
    /// it or its `bin` holds one of our shims or a tool of the table.
    private func holdsTools(_ path: String) -> Bool {
        guard let resolved = FilePath.resolved(path) else { return false }
        let places = [resolved, (resolved == "/" ? "" : resolved) + "/bin"]
        for place in places {
            for tool in installation.manifest.tools {
                if FilePath.parent(tool.path) == place { return true }
                if FilePath.resolved(FilePath.parent(tool.path)) == place { return true }
            }
            for entry in Catalog.entries {
                guard let status = FileStatus(place + "/" + entry.name.text) else { continue }
                if status.isSameFile(as: installation.identity) { return true }
            }
        }
        return false
    }
}
