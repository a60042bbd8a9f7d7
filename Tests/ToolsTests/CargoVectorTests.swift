// cargo against the answers of cargo 1.95.0 (Vectors/argv/cargo-1.95.0.jsonl), and by name the
// lines that a first-word reading gets wrong.

import GateCore
import Testing

@testable import Tools

@Suite struct CargoVectorTests {
    @Test func everyAnswerOfCargoIsOurs() throws {
        var disagreements: [String] = []
        let rows = try VectorRow.read("cargo-1.95.0")
        for row in rows {
            var row = row
            // A row with an alias names a built-in alias by its short form.
            let full = [
                "b": "build", "c": "check", "d": "doc", "r": "run", "t": "test", "rm": "remove",
            ]
            if let name = full[row.canonical] { row.canonical = name }
            var files: [String: String] = [:]
            if let text = row.configuration("conf") { files["/h/.cargo/config.toml"] = text }
            let invocation = row.reading(files: files)
            if let found = disagreement(row, invocation) {
                disagreements.append("\(found) \(invocation.ambiguous)")
            }
            #expect(invocation.roles.count == row.argv.count, "\(row)")
        }
        #expect(rows.count == 434)
        #expect(disagreements.isEmpty, "\(disagreements.prefix(20).joined(separator: "\n"))")
    }
}
