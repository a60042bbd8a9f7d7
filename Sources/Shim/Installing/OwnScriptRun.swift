// Running the project's own scripts when an install is done: what npm and yarn would have run within
// the same line. Each is a line of its own, `run NAME`, in the folder of its manifest. The first that
// fails or is refused is the last, because those after it may build on it.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Tools

extension InstallRun {
    /// Runs the project's own scripts.
    ///
    /// - Returns: how the install ends where one of them fails.
    mutating func runOwnScripts(_ signals: borrowing HeldSignals) -> InstallEnd? {
        let own = preparation.ownScripts
        let hasChanged =
            preparation.isFirst || !packages.isEmpty || judgedDigest != preparation.digest
        let members = judgedLockfile ?? preparation.lockfile
        let scripts = own.list.filter { script in
            (hasChanged || !script.isForChanges)
                && own.isMember(script, start: preparation.files.start) { name in
                    members?.packages.contains {
                        $0.source == .workspace && Word($0.name) == Word(name)
                    } ?? false
                }
        }
        for (place, script) in scripts.enumerated() {
            if let number = signals.pendingEnd() { return .signal(number) }
            guard own.isUnchanged(script) else {
                let file = preparation.installer.manifest
                tellLeft(
                    scripts[place...],
                    because: "\(file) has other scripts than when the line was judged")
                return nil
            }
            let root = preparation.files.root
            let directory = script.folder.isEmpty ? root : "\(root)/\(script.folder)"
            let end = following.run(
                ["run", Word(script.name)], in: directory, after: lineRecord, holding: signals)
            switch end {
            case .ended(let supervised):
                outcome.phases.append(
                    .init(
                        Phase.Purpose.script.rawValue, ending: supervised.ending,
                        milliseconds: supervised.milliseconds))
                if !supervised.isSuccess { return .projectScriptFailed(script.title, supervised) }
                if let number = supervised.interruption { return .signal(number) }
            case .refused:
                tellLeft(scripts[place...], because: nil)
                return nil
            case .failed(let code):
                return .projectScriptFailed(
                    script.title, Supervised(ending: .exit(code), milliseconds: 0))
            case .notStarted(let failure, _):
                return .notStarted(failure)
            }
        }
        return nil
    }

    private func tellLeft(_ scripts: ArraySlice<OwnScript>, because reason: String?) {
        guard let first = scripts.first else { return }
        _ = say(
            .projectScriptsLeft(
                scripts.map(\.title), of: "\(tool) run \(first.name)", because: reason))
    }
}
