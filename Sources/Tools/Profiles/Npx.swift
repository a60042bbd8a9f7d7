// npx of npm 7 and later: bin/npx-cli.js rewrites its words to `npm exec` and puts `--` before the
// first positional, so nothing after the program's name is an option of npm. npx 6, a package of its
// own, is read the same way and runs what it fetches, too.

import GateCore

extension ToolProfile {
    /// The profile of `npx`.
    public static let npx = ToolProfile(
        name: "npx", ecosystem: .npm, summary: "runs a program of the project or of a package",
        versions: npmVersions, versionSources: npmVersionSources, scripts: npmScripts,
        cooldown: npmCooldown,
        pins: npmPins, secrets: npmSecrets,
        examples: [
            .init("npx cowsay hello", .execute), .init("npx -y create-vite app", .execute),
            .init("npx npm publish", .publish), .init("npx -c 'npm publish'", .publish),
            .init("npx --version", .query), .init("npx --help", .query),
        ],
        read: { line, facts in
            let version = NpmVersion(line.version)
            let words = npxWords(line.arguments, version)
            var invocation = readNpm(words, line, version, &facts)
            if let other = version.predecessor {
                let older = readNpm(npxWords(line.arguments, other), line, other, &facts)
                invocation.noteDifference(from: older)
            }
            return invocation
        })
}

/// Switches that npx itself knows beside npm's booleans.
private let npxSwitches: [Word] = [
    "always-spawn", "ignore-existing", "shell-auto-fallback", "no-install", "quiet", "q",
    "version", "v", "help", "h",
]

/// Options with a value that npx knows; all other options without `=` take the next word, too, unless
/// that begins with a dash.
private let npxOptions: [Word] = [
    "npm", "node-arg", "n", "package", "p", "cache", "userconfig", "call", "c", "shell",
]

/// Options of npx 6 that are cut out, the last three with their value.
private let npxRemoved: [Word] = [
    "always-spawn", "ignore-existing", "shell-auto-fallback", "npm", "node-arg", "n",
]

/// The words of `npm exec` that npx makes of its own.
func npxWords(_ arguments: [Word], _ version: NpmVersion) -> NpmWords {
    let grammar = NoptGrammar(
        options: NpmTables.options, shorthands: NpmTables.shorthands, column: version.column)
    var result = NpmWords([])
    result.isNpx = true
    var words = arguments
    var places = Array(arguments.indices)
    var index = 0
    while index < words.count {
        let word = words[index]
        if word == "--" { break }
        guard word.first == UInt8(ascii: "-") else {
            words.insert("--", at: index)
            places.insert(-1, at: index)
            break
        }
        let bare = Word(String(Substring(word.text.utf8.drop { $0 == UInt8(ascii: "-") })))
        let parts = bare.split(at: UInt8(ascii: "="))
        let key = parts?.head ?? bare
        let value = parts?.tail
        let isRemoved = npxRemoved.contains(key)
        if key == "p" {
            words[index] = value.map { Word("--package=" + $0.text) } ?? "--package"
        } else if key == "shell" {
            words[index] = value.map { Word("--script-shell=" + $0.text) } ?? "--script-shell"
        } else if key == "no-install" {
            words[index] = "--yes=false"
        } else if !isRemoved, let expansion = grammar.shorthands.payload(of: key) {
            let replacement = expansion.commaParts + (value.map { [$0] } ?? [])
            let origin = places[index]
            words.replaceSubrange(index...index, with: replacement)
            places.replaceSubrange(index...index, with: replacement.map { _ in origin })
            continue
        }
        if isRemoved {
            words.remove(at: index)
            places.remove(at: index)
            index -= 1
        }
        let next = index + 1 < words.count ? words[index + 1] : "undefined"
        let isSwitch =
            npxSwitches.contains(key)
            || grammar.option(named: key, &result.columns).map {
                "BNAX".utf8.contains($0.letter)
            } == true
        if value == nil, !isSwitch,
            npxOptions.contains(key) || next.first != UInt8(ascii: "-")
        {
            if isRemoved {
                if index + 1 < words.count {
                    words.remove(at: index + 1)
                    places.remove(at: index + 1)
                }
            } else {
                index += 1
            }
        }
        index += 1
    }
    result.words = ["exec"] + words
    result.places = [-1] + places
    return result
}
