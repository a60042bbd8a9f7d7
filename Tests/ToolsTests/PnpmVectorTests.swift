// pnpm's own parser against ours: every row of Vectors/argv/pnpm-11.22.0.jsonl.
//
// Mapping: `args` are our positionals; `opts` are `inForce` for the names the rows report. `$CWD` is
// what pnpm makes of `--workspace-root`, which needs the file system, so `dir` is not compared there.

import GateCore
import StrictJSON
import Testing

@testable import Tools

@Suite struct PnpmVectorTests {
    @Test("every pnpm row agrees")
    func everyRowAgrees() throws {
        var complaints: [String] = []
        for row in try VectorRow.read("pnpm-11.22.0") {
            let invocation = row.reading()
            if let complaint = disagreement(row, invocation) {
                complaints.append(complaint)
                continue
            }
            if row.isNoCommand { continue }
            let ours = invocation.positionals.map(\.text)
            if let args = row.args, ours != args {
                complaints.append("\(row): args \(ours) not \(args)")
            }
            if row.canonical == "help" { continue }
            for member in row.json["opts"]?.object ?? [] {
                let found = invocation.inForce.first { $0.name.text == member.name }
                if member.name == "dir", row.json["opts"]?["workspace-root"] != nil { continue }
                let expected = member.value.text.replacing("<cwd>", with: "/w")
                    .replacing("$CWD", with: "/w")
                if found?.value.text != expected {
                    complaints.append("\(row): \(member.name) is \(String(describing: found))")
                }
            }
        }
        #expect(complaints.prefix(20).isEmpty, "\(complaints.count) of them")
    }
}
