// gem against the answers of RubyGems' own parser, and the lines that grammars lists for it.

import GateCore
import StrictJSON
import Testing

@testable import Tools

@Suite struct GemVectorTests {
    /// How the members of `opts` are named here, where it is not the option with `_` for `-`.
    private static let optionNames = ["bin_dir": "bindir", "attestations": "attestation"]

    /// Why the settings in force differ from the row's `opts`.
    ///
    /// Shapes differ in four places: RubyGems writes a version as a requirement (`= 1.0`) and then
    /// adds `prerelease: false`; directories are absolute in the oracle's folder; `--local` and
    /// `--remote` are `domain`; lists hold one text.
    private static func optionDisagreement(_ row: VectorRow, _ reading: Invocation) -> String? {
        for member in row.json["opts"]?.object ?? [] {
            let (name, value) = (member.name, member.value)
            if name == "prerelease", row.json["opts"]?["version"] != nil { continue }
            let plain = optionNames[name] ?? name.split(separator: "_").joined(separator: "-")
            let key = name == "domain" ? value.string ?? "" : plain
            let setting = reading.inForce.first { $0.name == Word(key) }?.value
            let agrees: Bool
            switch setting {
            case .some(.flag(let flag)): agrees = name == "domain" || value.bool == flag
            case .some(.text(let text)):
                let single = value.array?.first?.string ?? value.string ?? "?"
                agrees =
                    single == text.text || single == "= " + text.text
                    || (name.hasSuffix("_dir") && single.hasPrefix("/tmp/gemoracle-")
                        && single.hasSuffix(text.text))
            case .some(.list), .some(.null), .none: agrees = false
            }
            if !agrees { return "\(row): \(name) is \(String(describing: setting))" }
        }
        let extra = reading.inForce.filter { setting in
            ["host", "key", "otp", "add", "remove", "user-install"].contains(setting.name)
                && row.json["opts"]?[setting.name.text.replacing("-", with: "_")] == nil
        }
        return extra.isEmpty ? nil : "\(row): \(extra) is not in the row"
    }

    private static func disagreements(_ file: String) throws -> [String] {
        var found: [String] = []
        for row in try VectorRow.read(file) {
            var files: [String: String] = [:]
            if let text = row.configuration("gemrc") { files["/h/.gemrc"] = text }
            let reading = row.reading(files: files)
            if let text = disagreement(row, reading) { found.append(text) }
            guard !row.isNoCommand, !row.isUsageError else { continue }
            // `gem exec` takes its program off the arguments.
            let args = reading.command == ["gem", "exec"] ? reading.rest : reading.positionals
            if let expected = row.args, args.map(\.text) != expected {
                found.append("\(row): positionals are \(args)")
            }
            if let text = optionDisagreement(row, reading) { found.append(text) }
            let isHelp = row.json["help"]?.bool == true
            if isHelp != (reading.isInert && reading.command != ["gem", "help"]) {
                found.append("\(row): inert is \(reading.isInert)")
            }
        }
        return found
    }

    @Test(arguments: ["gem-3.3.15", "gem-4.0.0.dev"])
    func everyRowAgrees(_ file: String) throws {
        let found = try Self.disagreements(file)
        #expect(found.isEmpty, "\(found.count)\n\(found.prefix(20).joined(separator: "\n"))")
    }
}
