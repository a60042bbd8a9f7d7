// The environment that a Python project manager makes for the project it works in: `.venv` beside the
// nearest pyproject.toml, or the one of the workspace around it. All that can be meant are named; what
// is no environment afterwards is not adopted.
//
// Sources: uv, crates/uv-workspace (the workspace's root holds `.venv`, UV_PROJECT_ENVIRONMENT renames
// it); poetry, `virtualenvs.in-project` (without it the environment lies in poetry's cache, where it is
// not looked for); pdm, `venv.in_project`, which is on unless somebody turned it off.

import GateCore

extension Invocation {
    /// Notes the environments that may be made for the project of a directory.
    ///
    /// - Parameters:
    ///   - start: the directory that the tool works in; nil where none is known.
    ///   - name: where the environment lies, seen from the project.
    mutating func makesProjectEnvironment(
        for start: String?, name: Word = ".venv", _ facts: inout Facts
    ) {
        guard let start, start.utf8.first == UInt8(ascii: "/") else {
            return note(PathText.absolute(name, from: start))
        }
        for folder in YarnWords.ancestors(of: straightened(start)) {
            // The nearest one counts even without a manifest, which a tool may still write.
            let isStart = folder.utf8.elementsEqual(straightened(start).utf8)
            guard isStart || facts.hasFile(YarnWords.file("pyproject.toml", in: folder)) else {
                continue
            }
            note(PathText.absolute(name, from: folder))
        }
    }

    private mutating func note(_ path: String) {
        if !environments.contains(where: { $0.utf8.elementsEqual(path.utf8) }) {
            environments.append(path)
        }
    }
}
