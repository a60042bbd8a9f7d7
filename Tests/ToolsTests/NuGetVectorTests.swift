// nuget against the answers of NuGet 2.8.7's own parser.

import GateCore
import StrictJSON
import Testing

@testable import Tools

@Suite struct NuGetVectorTests {
    /// Options that the oracle reports.
    private static let watched: [Word] = [
        "Source", "ApiKey", "Help", "NonInteractive", "ConfigFile", "Timeout", "SymbolSource",
        "DisableBuffering", "NoCache", "OutputDirectory", "Verbosity",
    ]

    /// Why the settings in force differ from the row's `opts`, which hold every value as text
    /// (`True`, lists joined by commas) and leave out `False`, `0`, `Normal` and empty ones.
    private static func optionDisagreement(_ row: VectorRow, _ reading: Invocation) -> String? {
        var ours: [String: String] = [:]
        for setting in reading.inForce where watched.contains(setting.name) {
            switch setting.value {
            case .flag(let flag): ours[setting.name.text] = flag ? "True" : ""
            case .text(let text): ours[setting.name.text] = text == "Normal" ? "" : text.text
            case .list(let words):
                ours[setting.name.text] = words.map(\.text).joined(separator: ",")
            case .null: break
            }
        }
        var theirs: [String: String] = [:]
        for member in row.json["opts"]?.object ?? [] { theirs[member.name] = member.value.string }
        ours = ours.filter { !$0.value.isEmpty }
        return ours == theirs ? nil : "\(row): options are \(ours)"
    }

    @Test func everyRowAgrees() throws {
        var found: [String] = []
        for row in try VectorRow.read("nuget-2.8.7.0") {
            let reading = row.reading()
            if let text = disagreement(row, reading) { found.append(text) }
            guard !row.isNoCommand else { continue }
            if let expected = row.args, reading.positionals.map(\.text) != expected {
                found.append("\(row): positionals are \(reading.positionals)")
            }
            if let text = Self.optionDisagreement(row, reading) { found.append(text) }
        }
        #expect(found.isEmpty, "\(found.count)\n\(found.prefix(20).joined(separator: "\n"))")
    }
}
