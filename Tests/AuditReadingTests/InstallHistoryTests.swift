// The installs of a log with what came of each, for `deps list`.

import AuditReading
import Foundation
import Testing

@Suite struct InstallHistoryTests {
    @Test func `an install has the packages and the end that later records give it`() throws {
        let history = try history(of: SampleLog.everything)
        #expect(history.installs.map(\.decision.number) == [3])
        let install = try #require(history.installs.first)
        #expect(install.packages.map(\.name).prefix(2) == ["pkg:pypi/requests", "pkg:pypi/gone"])
        #expect(install.packages.prefix(2).map(\.version) == ["2.32.0", "1"])
        #expect(install.packages[2].isNotFound)
        #expect(!install.isStaged)
        guard case .done = install.result else {
            Issue.record("\(install.result)")
            return
        }
    }

    @Test func `denied lines and other operations are no installs, and failures are known`() throws
    {
        func decision(_ id: String, _ operation: String, _ effect: String) -> String {
            #""id":"\#(id)","tool":"npm","operation":"\#(operation)","effect":"\#(effect)""#
        }
        let time = "2026-11-21T08:00:00.000000Z"
        let history = try history(of: [
            ("decision", time, decision("a", "install", "deny")),
            ("decision", time, decision("b", "query", "allow")),
            ("decision", time, decision("c", "install", "allow")),
            ("decision", time, decision("d", "install", "allow")),
            ("decision", time, decision("e", "install", "allow")),
            ("outcome", time, #""ref":"c","exit":1,"dur_ms":1,"phases":[]"#),
            ("outcome", time, #""ref":"d","exit":77,"refused":"it is denied""#),
            ("outcome", time, #""ref":"a","exit":0"#),
        ])
        #expect(history.installs.map(\.decision.number) == [3, 4, 5])
        #expect(history.installs.map(\.isStaged) == [true, false, false])
        let ends = history.installs.map { "\($0.result)" }
        #expect(ends == ["failed", "failed", "unknown"])
    }

    private func history(
        of records: [(type: String, time: String, members: String)]
    ) throws -> InstallHistory {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(records)
        var history = InstallHistory(RecordFilter())
        try LogLines.read(.files([sample.path])) { line in
            history.take(line)
            return true
        }
        return history
    }
}
