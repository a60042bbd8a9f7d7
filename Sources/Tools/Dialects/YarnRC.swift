// What yarn's configuration files do to a command line: `.yarnrc` of yarn 1 inserts arguments, and
// `yarn-path` there or `yarnPath` in `.yarnrc.yml` starts another program instead of yarn.
//
// Rules: yarnpkg/yarn src/rc.js, src/util/rc.js, src/lockfile/parse.js. Later files win, and a key
// keeps the place of its first file.

import GateCore

/// The configuration files of both yarns, as far as they change a line's meaning.
enum YarnRC {
    /// What the files put in front of the caller's arguments.
    struct Arguments {
        var words: [Word] = []
        /// The `registry` setting.
        var registry: String?
        var problems: [String] = []
    }

    private struct Settings {
        var values: [(key: Word, value: Word)] = []
        var problems: [String] = []

        mutating func set(_ key: Word, _ value: Word) {
            if let place = values.firstIndex(where: { $0.key == key }) {
                values[place].value = value
            } else {
                values.append((key, value))
            }
        }

        func value(_ key: Word) -> Word? { values.first { $0.key == key }?.value }
    }

    /// Arguments that yarn 1 inserts for a command.
    static func arguments(
        for command: Word, _ line: Line, given: [Word], facts: inout Facts
    ) -> Arguments {
        var arguments = Arguments()
        var given = given
        var visited: [Word] = []
        var directory = directoryOption(given) ?? "."
        while true {
            let settings = settings(line, in: directory, given: given, facts: &facts)
            arguments.problems += settings.problems
            arguments.registry = settings.value("registry")?.text
            arguments.words = words(of: settings, for: command)
            guard let next = directoryOption(arguments.words), next != directory else { break }
            if visited.contains(next) || visited.count > 8 {
                arguments.problems.append(".yarnrc files point at each other with --cwd")
                break
            }
            visited.append(directory)
            directory = next
            given = arguments.words
        }
        return arguments
    }

    /// The file that yarn would start instead of itself; empty where it cannot be read. Nil where
    /// there is none or the caller has switched it off.
    static func yarnPath(_ line: Line, facts: inout Facts) -> Word? {
        let off: [Word] = ["", "0", "false"]
        if let ignore = line.environment["YARN_IGNORE_PATH"], !off.contains(ignore) { return nil }
        if let named = line.environment["YARN_YARN_PATH"], !named.isEmpty { return named }
        let settings = settings(line, in: ".", given: line.arguments, facts: &facts)
        let path = settings.value("yarn-path") ?? settings.value("yarnPath")
        return path.flatMap { $0.isEmpty || $0 == "false" ? nil : $0 }
    }

    /// Whether the project has yarn load files of its own, as plugins.
    static func hasPlugins(_ line: Line, facts: inout Facts) -> Bool {
        for entry in line.environment.entries where entry.name.lowercasedASCII == "yarn_plugins" {
            return true
        }
        return settings(line, in: ".", given: line.arguments, facts: &facts).value("plugins") != nil
    }

    /// How yarn 2 and later puts packages into place: `nodeLinker`; `pnp` where nothing says it.
    static func linker(_ line: Line, facts: inout Facts) -> Word {
        for entry in line.environment.entries
        where EnvironmentRule("yarn_node_linker", .unset, isLoose: true).covers(entry.name) {
            return entry.value
        }
        // Nearest first, and the home directory's last (berry Configuration.ts, findRcFiles).
        var folders = line.cwd.map { YarnWords.ancestors(of: $0) } ?? []
        if let home = line.home { folders.append(home) }
        for folder in folders {
            let text = facts.text(YarnWords.file(".yarnrc.yml", in: folder))
            if let linker = text.flatMap({ scalar("nodeLinker", inYAML: $0) }) { return linker }
        }
        return "pnp"
    }

    /// The version in a file name such as `yarn-4.13.0.cjs`.
    static func version(inName path: Word) -> String? {
        let name = path.text.split(separator: "/").last ?? ""
        guard Word(name).hasPrefix("yarn-") else { return nil }
        var text = name.dropFirst(5)
        for suffix: Word in [".cjs", ".js", ".mjs"] where Word(text).hasSuffix(suffix) {
            text = text.dropLast(suffix.count)
        }
        let parts = text.split(separator: ".")
        guard parts.count >= 3, parts.prefix(2).allSatisfy({ Int($0) != nil }) else { return nil }
        return String(text)
    }

    /// The keys and values of a `.yarnrc`; nil where it is malformed.
    static func values(of text: String) -> [(key: Word, value: Word)]? {
        YarnRCReader.values(of: text)
    }

    // MARK: arguments from settings

    /// The word after the first `--cwd`, whatever commander takes it for.
    static func directoryOption(_ words: [Word]) -> Word? {
        for (index, word) in words.enumerated() {
            if word == "--" { return nil }
            if word == "--cwd" { return index + 1 < words.count ? words[index + 1] : nil }
        }
        return nil
    }

    private static func words(of settings: Settings, for command: Word) -> [Word] {
        let table = YarnClassic.table(for: command)
        var general: [Word] = []
        var special: [Word] = []
        for (key, value) in settings.values where key.hasPrefix("--") {
            var target: Word = "*"
            var name = key.dropFirst(2)
            if let (head, tail) = name.split(at: UInt8(ascii: ".")), !head.isEmpty {
                target = head
                name = tail
            }
            guard target == "*" || target == command else { continue }
            let spelled = Word("--" + name.text)
            var words: [Word] = []
            if let option = table.option(for: spelled), option.value == .none {
                if value == "true" { words = [spelled] }
            } else {
                words = [spelled, value]
            }
            if target == "*" { general += words } else { special += words }
        }
        return general + special
    }

    // MARK: files

    private static func settings(
        _ line: Line, in directory: Word, given: [Word], facts: inout Facts
    ) -> Settings {
        var settings = Settings()
        if !given.contains("--no-default-rc"), line.cwd != nil {
            for path in paths(line, from: directory) {
                guard let text = facts.text(path) else { continue }
                read(text, of: path, into: &settings)
            }
        }
        for name in named(in: given) {
            let path = PathText.absolute(name, from: line.cwd)
            guard line.cwd != nil, let text = facts.text(path) else { continue }
            read(text, of: path, into: &settings)
        }
        return settings
    }

    /// Files that the line names and that cannot be read. yarn looks for them in the whole line,
    /// what it passes on included, and fails before anything else where one is missing.
    static func unreadable(_ line: Line, facts: inout Facts) -> [String] {
        for name in named(in: line.arguments) {
            let path = PathText.absolute(name, from: line.cwd)
            if line.cwd == nil || facts.text(path) == nil {
                return ["--use-yarnrc names a file that cannot be read"]
            }
        }
        return []
    }

    private static func named(in words: [Word]) -> [Word] {
        var names: [Word] = []
        for (index, word) in words.enumerated() where word == "--use-yarnrc" {
            guard index + 1 < words.count else { continue }
            let name = words[index + 1]
            if !name.isEmpty, name.first != UInt8(ascii: "-") { names.append(name) }
        }
        return names
    }

    /// Every place that is looked at, weakest first.
    private static func paths(_ line: Line, from directory: Word) -> [String] {
        var paths: [String] = []
        for folder in folders(line, from: directory).reversed() {
            paths.append(YarnWords.file(".yarnrc", in: folder))
            paths.append(YarnWords.file(".yarnrc.yml", in: folder))
        }
        paths += ["/etc/yarn/config", "/etc/yarnrc"]
        if let home = line.home {
            for name in [".config/yarn/config", ".yarn/config", ".yarnrc", ".yarnrc.yml"] {
                paths.append(YarnWords.file(name, in: home))
            }
        }
        if let named = line.environment["YARN_CONFIG"], !named.isEmpty {
            paths.append(PathText.absolute(named, from: line.cwd))
        }
        return paths
    }

    /// The directory and its parents. A relative one ends at the working directory, because yarn
    /// cuts the text it was given.
    private static func folders(_ line: Line, from directory: Word) -> [String] {
        let isRelative = directory.first != UInt8(ascii: "/") && directory != "."
        let start = PathText.absolute(directory, from: line.cwd)
        guard isRelative, let cwd = line.cwd else { return YarnWords.ancestors(of: start) }
        var folders: [String] = []
        var parts = directory.text.split(separator: "/")
        while !parts.isEmpty {
            folders.append(PathText.absolute(Word(parts.joined(separator: "/")), from: cwd))
            parts.removeLast()
        }
        return folders + [cwd]
    }

    private static let pathKeys: [Word] = [
        "yarn-path", "cache-folder", "global-folder", "modules-folder", "cwd",
        "offline-cache-folder",
    ]

    private static func read(_ text: String, of path: String, into settings: inout Settings) {
        let folder = PathText.absolute("..", from: path)
        if Word(path).hasSuffix(".yml") {
            if hasPlugins(inYAML: text) { settings.set("plugins", "yes") }
            guard let value = yarnPath(inYAML: text) else { return }
            settings.set(
                "yarn-path", value.isEmpty ? value : Word(PathText.absolute(value, from: folder)))
            return
        }
        guard let values = YarnRCReader.values(of: text) else {
            if Word(text).contains(UInt8(ascii: "-")) {
                settings.problems.append("a .yarnrc file cannot be read")
            }
            return
        }
        for (key, value) in values {
            let bare = key.text.split(separator: ".").last.map { Word($0) } ?? key
            let name = bare.hasPrefix("--") ? bare.dropFirst(2) : bare
            let isPath = pathKeys.contains(name)
            settings.set(key, isPath ? Word(PathText.absolute(value, from: folder)) : value)
        }
    }

    /// Whether `plugins` is mentioned as a key.
    private static func hasPlugins(inYAML text: String) -> Bool {
        for row in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let word = Word(Substring(row))
            if !word.hasPrefix("#"), !word.hasPrefix(" "), YarnWords.mentions(word, "plugins") {
                return true
            }
        }
        return false
    }

    /// The value of a top-level `yarnPath`; empty where it is there in a form not read here.
    private static func yarnPath(inYAML text: String) -> Word? {
        scalar("yarnPath", inYAML: text)
    }

    /// The plain value of a top-level key; empty where it is there in a form not read here.
    private static func scalar(_ key: Word, inYAML text: String) -> Word? {
        var isMentioned = false
        for row in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let word = Word(Substring(row))
            if word.hasPrefix("#") { continue }
            if YarnWords.mentions(word, key) { isMentioned = true }
            guard word.hasPrefix(Word(key.text + ":")) else { continue }
            var value = word.dropFirst(key.count + 1).text.utf8[...]
            while value.first == 0x20 { value.removeFirst() }
            while value.last == 0x20 { value.removeLast() }
            let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
            if let first = value.first, quotes.contains(first), value.last == first {
                value = value.dropFirst().dropLast()
            }
            let isPlain = value.allSatisfy { $0 > 0x20 && $0 != 0x23 && $0 != 0x5C }
            return isPlain ? Word(Substring(value)) : ""
        }
        return isMentioned ? "" : nil
    }
}

/// The syntax of `.yarnrc`, which is that of `yarn.lock`: `key value` or `key: value`, strings in
/// JSON quotes or bare, and indented blocks, which never hold arguments.
private struct YarnRCReader {
    private var bytes: ArraySlice<UInt8>
    private var isAtLineStart = false

    private enum Token: Equatable {
        case newline, indent, colon, comma, end
        case text(Word)
        case scalar(Word)
    }

    /// Top-level keys and values; nil where yarn's own parser would give up.
    static func values(of text: String) -> [(key: Word, value: Word)]? {
        var reader = YarnRCReader(bytes: Array(text.utf8)[...])
        return reader.read()
    }

    private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    private mutating func read() -> [(key: Word, value: Word)]? {
        var values: [(key: Word, value: Word)] = []
        while true {
            guard let token = next() else { return nil }
            switch token {
            case .newline: continue
            case .end: return values
            case .indent:
                // Below a key that opened a block; yarn ends the file at any other place.
                skipLine()
            case .colon, .comma, .scalar: return nil
            case .text(let key):
                var keys = [key]
                guard var following = next() else { return nil }
                while following == .comma {
                    guard case .text(let more)? = next(), let after = next() else { return nil }
                    keys.append(more)
                    following = after
                }
                let hasColon = following == .colon
                if hasColon {
                    guard let value = next() else { return nil }
                    following = value
                }
                switch following {
                case .text(let value), .scalar(let value):
                    for key in keys { values.append((key, value)) }
                case .newline, .end:
                    guard hasColon else { return nil }
                    if following == .end { return values }
                case .indent, .colon, .comma: return nil
                }
            }
        }
    }

    private mutating func skipLine() {
        while let byte = bytes.first, byte != 0x0A, byte != 0x0D { bytes.removeFirst() }
    }

    private mutating func next() -> Token? {
        while let byte = bytes.first {
            let isFirst = isAtLineStart
            isAtLineStart = byte == 0x0A || byte == 0x0D
            switch byte {
            case 0x0A, 0x0D:
                bytes.removeFirst()
                return .newline
            case UInt8(ascii: "#"): skipLine()
            case 0x20:
                while bytes.first == 0x20 { bytes.removeFirst() }
                if isFirst { return .indent }
            case UInt8(ascii: ":"):
                bytes.removeFirst()
                return .colon
            case UInt8(ascii: ","):
                bytes.removeFirst()
                return .comma
            case UInt8(ascii: "\""): return quoted()
            case 0x30...0x39:
                return .scalar(take { $0 >= 0x30 && $0 <= 0x39 })
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"):
                for literal: Word in ["true", "false"]
                where bytes.starts(with: literal.text.utf8) {
                    bytes.removeFirst(literal.count)
                    return .scalar(literal)
                }
                return .text(
                    take { $0 != 0x3A && $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x2C })
            default: return nil
            }
        }
        return .end
    }

    private mutating func take(while isPart: (UInt8) -> Bool) -> Word {
        let part = bytes.prefix(while: isPart)
        bytes.removeFirst(part.count)
        return Word(String(decoding: part, as: UTF8.self))
    }

    private mutating func quoted() -> Token? {
        bytes.removeFirst()
        let part = bytes.prefix { $0 != UInt8(ascii: "\"") }
        bytes.removeFirst(part.count)
        guard bytes.first == UInt8(ascii: "\""), !part.contains(UInt8(ascii: "\\")) else {
            return nil
        }
        bytes.removeFirst()
        return .text(Word(String(decoding: part, as: UTF8.self)))
    }
}
