// twine's own parsers against ours: every row of Vectors/argv/twine-7.0.0.jsonl.
//
// Mapping: `args` are the positionals of `upload` and `check`; `register` reports its one positional
// as the option `package`; `opts` are `inForce` and, for `check`, its options, under twine's names.

import GateCore
import StrictJSON
import Testing

@testable import Tools

@Suite struct TwineVectorTests {
    @Test("every twine row agrees") func everyRowAgrees() throws { try check("twine-7.0.0") }

    /// Compares every row of a file.
    func check(_ file: String) throws {
        var complaints: [String] = []
        for row in try VectorRow.read(file) {
            let invocation = row.reading()
            if let complaint = disagreement(row, invocation) {
                complaints.append(complaint)
                continue
            }
            guard !row.isNoCommand, !row.isUsageError, row.json["help"] == nil else { continue }
            var theirs = row.json["opts"]?.object ?? []
            var args = row.args ?? []
            if let package = theirs.firstIndex(where: { $0.name == "package" }) {
                args = [theirs.remove(at: package).value.string ?? ""]
            }
            if invocation.positionals.map(\.text) != args {
                complaints.append("\(row): args \(invocation.positionals) not \(args)")
            }
            var ours = invocation.inForce
            if row.canonical == "check" {
                for use in invocation.options where use.name != "no-color" {
                    ours.append(.init(use.name, .flag(true)))
                }
            }
            if ours.count != theirs.count || !theirs.allSatisfy({ agrees($0, ours) }) {
                complaints.append("\(row): opts \(ours) not \(theirs)")
            }
        }
        #expect(complaints.prefix(20).isEmpty, "\(complaints.count) of them")
    }

    private func agrees(_ member: JSON.Member, _ settings: [Setting]) -> Bool {
        guard let setting = settings.first(where: { $0.name.text == member.name }) else {
            return false
        }
        switch (setting.value, member.value.value) {
        case (.flag(let ours), .bool(let theirs)): return ours == theirs
        case (.text(let ours), .string(let theirs)): return ours.text == theirs
        case (.list(let ours), .array(let theirs)): return ours.count == theirs.count
        case _: return false
        }
    }
}
