// The parts of an npm line that follow from its settings: where files go, which programs it starts
// in turn, and the words that say the same to npm with ours between them.

import GateCore

extension NoptUse {
    /// The occurrence as npm would print it.
    var optionUse: OptionUse {
        switch value {
        case .flag(let flag): OptionUse(name: key, isOn: flag)
        case .text(let word): OptionUse(name: key, value: word)
        case .null: OptionUse(name: key, value: "null")
        case .missing: OptionUse(name: key)
        }
    }
}

extension NoptReading {
    /// The roles of the caller's arguments, where npx has moved words.
    func roles(for words: NpmWords, count: Int) -> [Role] {
        if !words.isNpx { return roles }
        var moved: [Role] = Array(repeating: .other("read by npx"), count: count)
        for (place, role) in roles.enumerated().reversed() {
            let origin = words.places[place]
            if origin >= 0 { moved[origin] = role }
        }
        return moved
    }
}

extension Invocation {
    /// Marks the argument that named the command.
    mutating func setCommandRole(_ reading: NoptReading, _ words: NpmWords) {
        guard let place = reading.places.first else { return }
        let origin = words.places[place]
        if origin >= 0, case .positional = roles[origin] { roles[origin] = .command }
    }

    /// Notes what the same line would be under the table before.
    mutating func noteDifference(from older: Invocation) {
        guard
            older.command != command || older.positionals != positionals
                || older.destination != destination || older.nested != nested
        else { return }
        if older.isInert, older.operation == .unknown { return }
        let words = older.command.map(\.text).joined(separator: " ")
        ambiguous.append("releases of this npm disagree: \(words)")
        if older.severity.isGraver(than: severity) { operation = older.severity }
    }

    /// Spellings that deny rules also meet: npx, the words as typed, and `run` for `run-script`.
    mutating func fillOtherSpellings(typed: Word, isNpx: Bool, _ line: Line) {
        let tail = positionals.map(\.text)
        if isNpx { otherSpellings.append((["npx"] + tail).joined(separator: " ")) }
        for spelling: Word in ["run", "run-script"]
        where command.count > 1 && command[1] != spelling {
            let isRun = command[1] == "run" || command[1] == "run-script"
            if isRun {
                otherSpellings.append((["npm", spelling.text] + tail).joined(separator: " "))
            }
        }
    }

    /// Where the line writes: `--prefix`, the global tree, or the project.
    mutating func placeFiles(_ settings: NpmSettings, _ line: Line, _ facts: inout Facts) {
        let prefix = settings.text("prefix")?.text
        let writes = operation == .install || operation == .execute
        let named = options.contains { $0.name == "prefix" } ? prefix : nil
        if let directory = settings.isGlobal ? prefix : named {
            directories = [
                line.cwd.map { PathText.absolute(directory, cwd: $0, home: line.home) } ?? directory
            ]
            if writes {
                destination = PathText.destination(
                    of: directory, holdsPrograms: ["", "/bin", "/node_modules/.bin"], line: line,
                    &facts)
            }
        }
        // `link` writes to the global tree first, and installs there what is missing.
        let isGlobal = settings.isGlobal || command.last == "link"
        if writes, isGlobal, destination != .tools { destination = .outside }
    }

    /// `npm exec`: a shell text, a program of the project, or a package that is fetched and run.
    mutating func readExec(
        _ settings: NpmSettings, _ line: Line, _ version: NpmVersion, _ facts: inout Facts
    ) {
        let named = settings.list("package")
        packages = named.map(npmPackage)
        if let call = settings.text("call") {
            nestShell(call.text, line, settings, &facts)
            return
        }
        guard let program = positionals.first else { return }
        if named.isEmpty {
            packages = [npmPackage(program)]
            if !settings.isGlobal, hasProgram(program, line, &facts) {
                operation = .run
                packages = []
                requiredSwitches = ["--yes=false"]
            }
        }
        let name = npmProgram(program, isPackage: named.isEmpty)
        guard let inner = Catalog.profile(calledAs: name) else { return }
        let next = Line(
            tool: inner.name, calledAs: name, arguments: Array(positionals.dropFirst()),
            environment: settings.exported(onto: line.environment), cwd: line.cwd,
            home: line.home, version: nil, depth: line.depth + 1)
        nested.append(classify(next, facts: &facts))
    }

    /// Adds every managed tool that a shell text starts.
    mutating func nestShell(
        _ text: String, _ line: Line, _ settings: NpmSettings, _ facts: inout Facts
    ) {
        for command in shellCommands(in: text) {
            if let reason = command.unclear {
                ambiguous.append("shell text: \(reason)")
                continue
            }
            guard let word = command.words.first,
                let inner = Catalog.profile(calledAs: word.fileName)
            else { continue }
            var environment = settings.exported(onto: line.environment)
            environment.entries += command.assignments
            let next = Line(
                tool: inner.name, calledAs: word.fileName,
                arguments: Array(command.words.dropFirst()), environment: environment,
                cwd: line.cwd, home: line.home, version: nil, depth: line.depth + 1)
            nested.append(classify(next, facts: &facts))
        }
    }

    /// Whether `node_modules/.bin` here or above holds the program.
    private func hasProgram(_ program: Word, _ line: Line, _ facts: inout Facts) -> Bool {
        guard let cwd = line.cwd, !program.isEmpty, program != ".", program != "..",
            !program.contains(UInt8(ascii: "/"))
        else { return false }
        var folder: String? = npmProject(from: cwd, &facts)
        while let current = folder {
            let base = current == "/" ? "" : current
            let path = base + "/node_modules/.bin/" + program.text
            if facts.hasFile(path) { return true }
            if facts.ask(.entry(path)) == nil { return false }
            folder = current.parentFolder
        }
        return false
    }

    /// Packing or comparing what git holds clones it, installs its dependencies and runs its
    /// `prepare` script (pacote lib/git.js, `prepareDir`).
    mutating func raiseForGit(_ command: Word) {
        guard command == "pack" || command == "diff" else { return }
        for package in packages {
            let source = package.target.source
            if source == .git || source == .ambiguous { operation = .install }
        }
    }

    /// Options that name programs make any line at least `run`, and a git program `execute`.
    mutating func raiseForPrograms(_ settings: NpmSettings) {
        for name in NpmCommands.programOptions where options.contains(where: { $0.name == name }) {
            guard let program = settings.text(name) else { continue }
            if name == "git", operation == .install {
                ambiguous.append("--git names the program \(program) that would fetch")
            }
            if Operation.run.isGraver(than: operation) { operation = .run }
        }
    }

    /// The words that mean the same to npm.
    mutating func compose(
        _ reading: NoptReading, _ words: NpmWords, subcommand: Word?, _ version: NpmVersion
    ) {
        // `npx --versions x` is `npm version`, which npx itself has no word for.
        if words.isNpx, command[1] != "exec" { return }
        var before = words.isNpx ? [] : [command[1]]
        var tail = positionals[...]
        if let subcommand, command[1] == "stage" || command[1] == "trust" {
            // These two read the raw words again, so the subcommand comes first.
            before.append(subcommand)
            tail = tail.dropFirst()
        }
        var options: [(key: Word, word: Word)] = []
        for use in reading.uses {
            let isOurs =
                (use.key == "ignore-scripts" && operation.suppressesScripts)
                || (use.key == "yes" && !requiredSwitches.isEmpty)
            if isOurs {
                if use.value != .flag(use.key == "ignore-scripts") {
                    ignored.append(use.optionUse.spelling.text)
                }
                continue
            }
            if use.key == "versions" { continue }
            options.add(use, use.canonicalWord(version))
        }
        var after = options.map(\.word)
        let needsTerminator =
            words.isNpx || tail.contains { $0.first == UInt8(ascii: "-") && $0.count > 1 }
        if needsTerminator, !tail.isEmpty || words.isNpx { after.append("--") }
        after += tail
        composition = .words(before: before, after: after)
        // npx rewrites what it knows by name: an abbreviated `--she=x` is npm's `--shell`, and
        // `--shell=x` would become `--script-shell`.
        if words.isNpx, npxWords(after, version).words.dropFirst() != after[...] {
            ambiguous.append("npx takes an option of this line for one of its own")
        }
    }
}

extension [(key: Word, word: Word)] {
    /// Adds what says the same as an occurrence of an option. One whose value is missing says
    /// nothing, and where one value is kept it takes those before it along.
    mutating func add(_ use: NoptUse, _ word: Word?) {
        if let word {
            append((use.key, word))
        } else if use.option?.types.has("a") != true {
            removeAll { $0.key == use.key }
        }
    }
}

extension NoptUse {
    /// The option as one word that npm reads back to the same value; nil where npm drops it.
    fileprivate func canonicalWord(_ version: NpmVersion) -> Word? {
        // Another version's option is no option here, and still has its types.
        let types =
            option?.types
            ?? NpmTables.options.payload(of: key).map {
                NoptTypes($0, isSinceEleven: version.column >= 5)
            }
        let arity = types?.oldestClass ?? 0
        let isPlainBoolean = isKnown && (arity == UInt8(ascii: "B") || arity == UInt8(ascii: "N"))
        return word(isPlainBoolean: isPlainBoolean, types)
    }

    /// The option as one word that nopt reads back to the same value; nil where it is dropped.
    ///
    /// - Parameters:
    ///   - isPlainBoolean: whether `--no-` takes no value.
    ///   - types: what the option's value may be; nil for an option that no table knows.
    func word(isPlainBoolean: Bool, _ types: NoptTypes?) -> Word? {
        switch value {
        case .flag(let flag):
            if isNegated, !isPlainBoolean {
                return Word("--no-\(key.text)=\(flag ? "false" : "true")")
            }
            return Word("--\(key.text)=\(flag ? "true" : "false")")
        case .text(let word):
            // Kept negated: only then is a value of dashes a value and no end of options.
            return Word("--\(isNegated ? "no-" : "")\(key.text)=\(word.text)")
        case .null: return Word("--\(key.text)=null")
        case .missing:
            guard let stored = types?.validated(.flag(true)) else { return nil }
            return Word("--\(key.text)=\(stored.word.text)")
        }
    }
}

extension NpmSettings {
    /// The environment of what npm starts: it exports every setting of the command line.
    func exported(onto environment: Environment) -> Environment {
        var environment = environment
        for setting in all where setting.name.first != UInt8(ascii: "/") {
            guard setting.name != "package", setting.name != "call" else { continue }
            environment.entries.append(
                .init(name: Word("npm_config_" + setting.name.text), value: setting.value.word))
        }
        return environment
    }
}

/// The program behind the first word of `npm exec`: a package's name without version or alias, or a
/// path's last part.
func npmProgram(_ word: Word, isPackage: Bool) -> Word {
    guard isPackage else { return word.fileName }
    let request = npmPackage(word).target
    for (package, program) in npmPrograms where request.name == package { return program }
    return request.name.isEmpty ? word.fileName : request.name
}

/// Packages whose program is a managed tool under another name.
private let npmPrograms: [(Word, Word)] = [
    ("@yarnpkg/cli", "yarn"), ("@yarnpkg/cli-dist", "yarn"), ("@pnpm/exe", "pnpm"),
    ("@vscode/vsce", "vsce"),
]

extension Word {
    /// The part after the last slash.
    var fileName: Word {
        guard let slash = text.utf8.lastIndex(of: 0x2F) else { return self }
        return Word(String(Substring(text.utf8[text.utf8.index(after: slash)...])))
    }
}
