// Properties that hold for every name of the catalog on lines that nobody would type: real words
// of the tool in random order, its real options, and byte noise. The seed is fixed, so a failure
// comes back; PROPERTY_LINES raises the number of lines for each name, PROPERTY_SEED changes them.

import Foundation
import GateCore
import SeededRandom
import Testing

@testable import Tools

@Suite struct PropertyTests {
    private static let names = Catalog.entries.map(\.name.text)

    @Test(arguments: names)
    func everyArgumentHasARoleAndNothingTraps(_ name: String) throws {
        try forEachLine(of: name) { name, vocabulary, random in
            let words = vocabulary.line(&random)
            for cwd in [nil, "/w"] {
                let invocation = read(name, words, cwd: cwd)
                #expect(
                    invocation.roles.count == words.count, "\(name) \(words) cwd \(cwd ?? "none")")
            }
        }
    }

    @Test(arguments: names)
    func composedWordsMeanTheSame(_ name: String) throws {
        try forEachLine(of: name) { name, vocabulary, random in
            let words = vocabulary.line(&random)
            let invocation = read(name, words, cwd: nil)
            for problem in recomposed(invocation, calledAs: name) {
                Issue.record("\(name) \(words): \(problem)")
            }
        }
    }

    /// What is read once for several versions (`Invocation.alike`) is read by each here.
    @Test(arguments: names)
    func versionsThatAreSaidToReadAlikeDo(_ name: String) throws {
        try forEachLine(of: name) { name, vocabulary, random in
            let words = vocabulary.line(&random)
            let profile = try #require(Catalog.profile(calledAs: name))
            let readings = profile.versions.map { version in
                var line = Line(
                    tool: profile.name, calledAs: name, arguments: words, version: version)
                line.isVersionAssumed = true
                var facts = Facts()
                return profile.read(line, &facts)
            }
            for (place, reading) in readings.enumerated() {
                for other in readings.indices where reading.alike >> other & 1 == 1 {
                    #expect(
                        bare(readings[other]) == bare(reading),
                        "\(name) \(words) \(profile.versions[place]) \(profile.versions[other])")
                }
            }
        }
    }

    /// A line whose version nobody knows is as grave as the gravest of its readings, or unclear.
    @Test(arguments: names)
    func anUnknownVersionIsNotMilderThanAKnownOne(_ name: String) throws {
        try forEachLine(of: name) { name, vocabulary, random in
            let words = vocabulary.line(&random)
            let profile = try #require(Catalog.profile(calledAs: name))
            let unknown = read(name, words, cwd: nil)
            guard unknown.flattened.allSatisfy({ $0.ambiguous.isEmpty }) else { return }
            for version in profile.versions {
                let known = classified(
                    Line(tool: profile.name, calledAs: name, arguments: words, version: version))
                let isMilder = known.severity.isGraver(than: unknown.severity) && !known.isInert
                #expect(!isMilder, "\(name) \(words) \(version): \(known.severity)")
            }
        }
    }

    private func bare(_ reading: Invocation) -> Invocation {
        var reading = reading
        reading.version = nil
        reading.alike = 0
        return reading
    }

    @Test(arguments: names)
    func bytesThatNobodyChoseAreReadToTheEnd(_ name: String) throws {
        try forEachLine(of: name) { name, _, random in
            let words = randomBytes(&random)
            let invocation = read(name, words, cwd: nil)
            #expect(invocation.roles.count == words.count, "\(name) \(words)")
            for problem in recomposed(invocation, calledAs: name) {
                Issue.record("\(name) \(words): \(problem)")
            }
        }
    }

    /// Up to 64 bytes, cut into words at NUL; what is no UTF-8 is repaired, as nothing else can be
    /// asked about here: the shim refuses such words itself.
    private func randomBytes(_ random: inout SeededGenerator) -> [Word] {
        let count = Int.random(in: 0...64, using: &random)
        let bytes = (0..<count).map { _ in
            // Half of them from those that mean something to parsers.
            Bool.random(using: &random)
                ? UInt8.random(in: 0...255, using: &random)
                : Array("\0\0--=abchinpruvx@:/.,_N".utf8).randomElement(using: &random) ?? 0
        }
        return bytes.split(separator: 0, omittingEmptySubsequences: false)
            .map { Word(String(decoding: $0, as: UTF8.self)) }
    }

    @Test(arguments: names)
    func anOptionMoreIsNeverMilder(_ name: String) throws {
        try forEachLine(of: name) { name, vocabulary, random in
            guard let example = vocabulary.grave.randomElement(using: &random),
                let option = vocabulary.options.randomElement(using: &random)
            else { return }
            let place = Int.random(in: 0...example.count, using: &random)
            let longer = Array(example[..<place]) + [option] + Array(example[place...])
            let first = read(name, example, cwd: nil)
            let second = read(name, longer, cwd: nil)
            guard isMilder(second, than: first) else { return }
            // The option took the next word, so this is another line.
            if place + 1 < second.roles.count, case .valueOf = second.roles[place + 1] { return }
            Issue.record("\(name) \(longer): \(second.severity), was \(first.severity)")
        }
    }

    @Test(arguments: names)
    func aGraveLineIsNeverMadeHarmlessByNoise(_ name: String) throws {
        try forEachLine(of: name) { name, vocabulary, random in
            guard let example = vocabulary.grave.randomElement(using: &random) else { return }
            let longer = example + [vocabulary.noise(&random)]
            let first = read(name, example, cwd: nil)
            let second = read(name, longer, cwd: nil)
            guard isMilder(second, than: first), longer[example.count].first != 0x2D else { return }
            Issue.record("\(name) \(longer): \(second.severity), was \(first.severity)")
        }
    }

    /// Whether a clear line of the same commands, none of which only prints, has become milder.
    private func isMilder(_ second: Invocation, than first: Invocation) -> Bool {
        first.severity.isGraver(than: second.severity)
            && second.flattened.map(\.command) == first.flattened.map(\.command)
            && second.flattened.allSatisfy { $0.ambiguous.isEmpty && !$0.isInert }
    }

    private func read(_ name: Word, _ words: [Word], cwd: String?) -> Invocation {
        let tool = Catalog.profile(calledAs: name)?.name ?? name
        return classified(
            Line(
                tool: tool, calledAs: name, arguments: words, cwd: cwd, home: cwd.map { _ in "/h" })
        )
    }

    private func forEachLine(
        of name: String, _ body: (Word, Vocabulary, inout SeededGenerator) throws -> Void
    ) throws {
        let settings = ProcessInfo.processInfo.environment
        let count = settings["PROPERTY_LINES"].flatMap { Int($0) } ?? 200
        let seed = settings["PROPERTY_SEED"].flatMap { UInt64($0) } ?? 20_261_121
        let place = try #require(Catalog.entries.firstIndex { $0.name == Word(name) })
        let entry = Catalog.entries[place]
        let vocabulary = try Vocabulary(name: entry.name, profile: entry.profile())
        var random = SeededGenerator(seed: seed &+ UInt64(place))
        for _ in 0..<count { try body(entry.name, vocabulary, &random) }
    }
}

/// Words to build lines from: those of the profile's examples and of its vectors.
private struct Vocabulary {
    private(set) var words: [Word] = []
    private(set) var options: [Word] = []
    /// Arguments of examples that publish, take back, administer or authenticate.
    private(set) var grave: [[Word]] = []

    init(name: Word, profile: ToolProfile) throws {
        var all: [Word] = []
        for example in profile.examples {
            let line = example.words
            all += line.dropFirst()
            let isGrave = example.operation.isGraver(than: .configure)
            if isGrave, line.first == name { grave.append(Array(line.dropFirst())) }
        }
        for file in try Self.vectorFiles() where Word(file).hasPrefix(Word(name.text + "-")) {
            for row in try VectorRow.read(file) { all += row.argv.map { Word($0) } }
        }
        var seen = Set<Word>()
        words = all.filter { seen.insert($0).inserted }
        // `--` is none: it makes positionals of the options behind it.
        options = words.filter { $0.first == UInt8(ascii: "-") && $0.count > 1 && $0 != "--" }
        options += ["--bogus", "--bogus=x", "-zq"]
    }

    private static func vectorFiles(filePath: String = #filePath) throws -> [String] {
        let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
            .appendingPathComponent("Vectors/argv")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }
    }

    /// A line of up to seven words.
    func line(_ random: inout SeededGenerator) -> [Word] {
        (0..<Int.random(in: 0...7, using: &random)).map { _ in
            switch Int.random(in: 0..<10, using: &random) {
            case 0: noise(&random)
            case 1: Word("--")
            case 2...4: options.randomElement(using: &random) ?? "-x"
            default: words.randomElement(using: &random) ?? "x"
            }
        }
    }

    /// A word that no parser expects.
    func noise(_ random: inout SeededGenerator) -> Word {
        let pieces = [
            "", "-", "--", "---", "=", "--=", "-=", "@", "+", "\u{212A}", "e\u{301}", "\u{0}", "\n",
            "[", "]", "%", "\\", "'", "\"", "$", "..", "/", "🦀", "\u{FFFD}", "é", " ", "true",
        ]
        let length = Int.random(in: 0...4, using: &random)
        var text = ""
        for _ in 0..<length {
            text += pieces.randomElement(using: &random) ?? ""
            if Bool.random(using: &random) {
                text.append(Character(Unicode.Scalar(UInt8.random(in: 1...255, using: &random))))
            }
        }
        return Word(text)
    }
}
