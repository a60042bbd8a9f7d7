// Runners of Python tools (`uv run`, `uvx`, `pipx run`, `poetry run`, `hatch run`, `pdm run`,
// `python -m`): the words they start, read as a line of the tool they name.

internal import GateCore

/// Words that a runner starts.
enum PythonRunner {
    /// The nested line's meaning, or nil where the program is not one of the catalog.
    ///
    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - line: the runner's own line.
    ///   - version: of the program, where it is known.
    static func target(
        _ words: [Word], in line: Line, version: String? = nil, _ facts: inout Facts
    ) -> Invocation? {
        guard let program = words.first else { return nil }
        let name = programName(program)
        if name.hasSuffix(".py") { return target(["python"] + words, in: line, &facts) }
        guard let profile = Catalog.profile(calledAs: name) else { return nil }
        var nested = Line(
            tool: profile.name, calledAs: name, arguments: Array(words.dropFirst()),
            environment: line.environment, cwd: line.cwd, home: line.home,
            version: version, depth: line.depth + 1)
        // Other runners start what their own environments have.
        if line.tool == "python" { nested.python = line.python }
        return classify(nested, facts: &facts)
    }

    /// The last path component, without a version after `@` and without requirement syntax.
    static func programName(_ program: Word) -> Word {
        var bytes = Array(program.text.utf8)
        if let slash = bytes.lastIndex(of: 0x2F) { bytes.removeFirst(slash + 1) }
        let cuts: [UInt8] = [0x40, 0x3D, 0x3C, 0x3E, 0x7E, 0x21, 0x5B, 0x3B, 0x20]
        if let cut = bytes.firstIndex(where: { cuts.contains($0) }), cut > 0 {
            bytes.removeSubrange(cut...)
        }
        return Word(String(decoding: bytes, as: UTF8.self))
    }

    /// The words of a shell-like string that has no shell syntax; nil where it has.
    static func plainWords(_ text: Word) -> [Word]? {
        let syntax: [UInt8] = [
            0x22, 0x27, 0x5C, 0x24, 0x60, 0x3B, 0x26, 0x7C, 0x3C, 0x3E, 0x28, 0x29, 0x0A, 0x2A,
            0x3F, 0x7B, 0x7D, 0x23, 0x7E,
        ]
        for byte in text.text.utf8 where syntax.contains(byte) { return nil }
        return text.text.utf8.split(separator: 0x20).map { Word(String(Substring($0))) }
    }
}

extension Invocation {
    /// The same, with the caller's own words where the line is in doubt: nothing ambiguous is ever
    /// composed anew.
    var settled: Invocation {
        guard !ambiguous.isEmpty else { return self }
        var invocation = self
        invocation.composition = .verbatim
        return invocation
    }
}
