// Rows of Vectors/argv: what a tool's own parser said of a line. See Vectors/README.md.

import Foundation
import GateCore
import StrictJSON
import Testing

@testable import Tools

/// One answer of a real parser.
struct VectorRow: CustomStringConvertible, Sendable {
    let tool: String
    let version: String
    let argv: [String]
    /// The command in the tool's own spelling, or a bracketed outcome such as `(unknown)`.
    var canonical: String
    let json: JSON

    var description: String { "\(tool) \(version) \(argv) -> \(canonical)" }

    /// Variables the row sets.
    var environment: Environment {
        Environment(
            (json["env"]?.object ?? []).map {
                .init(name: Word($0.name), value: Word($0.value.string ?? ""))
            })
    }

    /// The text of the configuration file under this member (`npmrc`, `conf`, `gemrc`, `yarnrc`).
    func configuration(_ member: String) -> String? { json[member]?.string }

    /// Whether the tool ran no command: usage, version, or an error of any kind.
    var isNoCommand: Bool { canonical.hasPrefix("(") }

    /// Whether the command was chosen and its own option parsing then failed.
    var isUsageError: Bool { json["usage_error"] != nil }

    var args: [String]? { json["args"]?.array?.compactMap(\.string) }

    /// All rows of a file below Vectors/argv.
    static func read(_ name: String, filePath: String = #filePath) throws -> [VectorRow] {
        let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
        let file = folder.appendingPathComponent("Vectors/argv/\(name).jsonl")
        let lines = try Data(contentsOf: file).split(separator: 0x0A)
        return try lines.map { line in
            let json = try JSON.parse([UInt8](line))
            return VectorRow(
                tool: try #require(json["tool"]?.string),
                version: try #require(json["version"]?.string),
                argv: try #require(json["argv"]?.array).compactMap(\.string),
                canonical: try #require(json["canonical"]?.string), json: json)
        }
    }

    /// Our reading of the row, with the given files and no others.
    func reading(files: [String: String] = [:]) -> Invocation {
        let line = Line(
            tool: Word(tool), arguments: argv.map { Word($0) }, environment: environment,
            cwd: "/w", home: "/h", version: version)
        return classified(line, files: files)
    }
}

/// Classifies a line in a world that holds exactly these files.
func classified(_ line: Line, files: [String: String] = [:]) -> Invocation {
    var facts = Facts()
    while true {
        let invocation = classify(line, facts: &facts)
        if facts.needed.isEmpty { return invocation }
        let needed = facts.needed
        facts.startRound()
        for fact in needed {
            switch fact {
            case .text(let path): facts.learn(fact, files[path].map { .text($0) } ?? .absent)
            case .entry(let path):
                let isFolder = files.keys.contains { $0.hasPrefix(path + "/") }
                facts.learn(
                    fact,
                    files[path] != nil
                        ? .file(isExecutable: true)
                        : isFolder ? .directory(holdsTools: false) : .absent)
            case .names(let path):
                let names = files.keys.filter { $0.hasPrefix(path + "/") }
                    .map { String($0.dropFirst(path.count + 1).prefix { $0 != "/" }) }
                facts.learn(fact, names.isEmpty ? .absent : .names(Array(Set(names)).sorted()))
            case .place(let path): facts.learn(fact, .place(path))
            case .folders, .tracked: facts.learn(fact, .absent)
            }
        }
    }
}

/// Why our reading disagrees with a row, or nil where it agrees: the same canonical command (a
/// longer one that starts with it agrees), or, where the tool runs no command, a line that is
/// unknown, ambiguous or inert.
func disagreement(_ row: VectorRow, _ invocation: Invocation) -> String? {
    if row.isNoCommand {
        let isHarmless =
            invocation.isInert || invocation.operation == .unknown
            || !invocation.ambiguous.isEmpty
        return isHarmless ? nil : "\(row): we say \(invocation.command) \(invocation.operation)"
    }
    if row.isUsageError, invocation.operation == .unknown || !invocation.ambiguous.isEmpty {
        return nil
    }
    let words = invocation.command.dropFirst().map(\.text)
    let expected = row.canonical.split(separator: " ").map(String.init)
    return Array(words.prefix(expected.count)) == expected
        ? nil : "\(row): we say \(invocation.command) \(invocation.operation)"
}

extension Setting.Value {
    /// As the text that `JSON.text` gives for the same value.
    var text: String {
        switch self {
        case .flag(let flag): "\(flag)"
        case .text(let word): word.text
        case .list(let words): "[" + words.map(\.text).joined(separator: ",") + "]"
        case .null: "null"
        }
    }
}

extension JSON {
    /// The value of an option in the rows, without quotes.
    var text: String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let text), .string(let text): text
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object: "{}"
        }
    }
}
