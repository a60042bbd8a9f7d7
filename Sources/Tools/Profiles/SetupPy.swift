// `python setup.py`: distutils commands may be chained, each with options of its own, and a name
// may be an alias of `setup.cfg`. A word that uploads makes the whole line a publication, wherever
// it stands; everything else runs setup.py, which is the project's code.
//
// Sources: setuptools/_distutils/dist.py (`parse_command_line`), setuptools/dist.py (aliases).

internal import GateCore

/// Reads the words after `setup.py`.
func readSetup(
    _ arguments: [Word], _ after: Int, _ line: Line, _ outer: Invocation, _ facts: inout Facts
) -> Invocation {
    var invocation = outer
    invocation.command = ["python", "setup.py"]
    let aliases = setupAliases(line, &invocation, &facts)
    var words = arguments
    for (name, expansion) in aliases where words.contains(name) {
        words += expansion
    }
    var hasUpload = false
    var hasInstall = false
    var followsOption = false
    for word in words {
        let isOption = word.first == 0x2D
        let isUpload = isOneOf(word, ["upload", "register", "upload_docs"])
        if isUpload || (!isOption && !followsOption && isCommandName(word)) {
            invocation.command.append(word)
        }
        hasUpload = hasUpload || isUpload
        hasInstall = hasInstall || isOneOf(word, ["install", "develop", "easy_install"])
        followsOption = isOption && !word.contains(0x3D)
    }
    for index in after..<Swift.max(after, invocation.roles.count)
    where invocation.command.contains(line.arguments[index]) {
        invocation.roles[index] = .command
    }
    if hasInstall {
        invocation.operation = .install
        let isOutside = arguments.contains { word in
            isOneOf(word, ["--user"]) || word.hasPrefix("--prefix") || word.hasPrefix("--root")
                || word.hasPrefix("--home") || word.hasPrefix("--install-")
        }
        invocation.destination = isOutside ? .outside : .environment
    }
    if hasUpload {
        invocation.operation = .publish
        for verb: Word in ["upload", "register", "upload_docs"]
        where invocation.command.contains(verb) && invocation.command.count > 3 {
            invocation.otherSpellings.append("python setup.py \(verb)")
        }
    }
    return invocation
}

/// `[aliases]` of setup.cfg and of the user's distutils file.
private func setupAliases(
    _ line: Line, _ invocation: inout Invocation, _ facts: inout Facts
) -> [(name: Word, words: [Word])] {
    guard let cwd = line.cwd else { return [] }
    var aliases: [(name: Word, words: [Word])] = []
    var paths = [cwd + "/setup.cfg"]
    if let home = line.home { paths.append(home + "/.pydistutils.cfg") }
    for path in paths {
        guard let text = facts.text(path) else { continue }
        guard let file = ConfigFile(text) else {
            if text.contains("aliases") {
                invocation.ambiguous.append("setup.cfg cannot be read with certainty")
            }
            continue
        }
        for (key, value) in file.items(of: "aliases") {
            guard let words = PythonRunner.plainWords(value) else {
                invocation.ambiguous.append("setup.cfg has an alias with shell syntax")
                continue
            }
            aliases.append((key, words))
        }
    }
    // setuptools takes `[tool.distutils.aliases]` of pyproject.toml as well.
    if let text = facts.text(cwd + "/pyproject.toml"), text.contains("distutils"),
        text.contains("aliases")
    {
        invocation.ambiguous.append("pyproject.toml has setup.py aliases")
    }
    // An alias may name another one.
    for _ in aliases {
        for index in aliases.indices {
            for (name, words) in aliases where aliases[index].words.contains(name) {
                let missing = words.filter { !aliases[index].words.contains($0) }
                aliases[index].words += missing
            }
        }
    }
    return aliases
}

private func isOneOf(_ word: Word, _ words: [Word]) -> Bool {
    for candidate in words where candidate == word { return true }
    return false
}

/// distutils' `^[a-zA-Z]([a-zA-Z0-9_]*)$`.
private func isCommandName(_ word: Word) -> Bool {
    guard let first = word.text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else {
        return false
    }
    return word.text.utf8.allSatisfy { byte in
        (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
            || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
}
