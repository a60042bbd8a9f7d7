// Logs for tests: real ones that the writer made, in a directory of their own, and the attacked ones
// of Tests/AuditTests/Vectors/chain. Records of types that no code writes yet are chained by hand.

import Audit
import AuditReading
import Foundation
import Testing

/// A directory with a log that a test removes at its end.
struct SampleLog {
    let folder: String
    var path: String { "\(folder)/\(AuditLog.logName)" }

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/reading-test-XXXXXX\0").utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    var log: AuditLog { AuditLog(directory: folder, durability: .kernel) }

    /// Writes a chain of records with these members, each given as JSON without braces.
    func write(_ records: [(type: String, time: String, members: String)]) throws {
        var previous = String(repeating: "0", count: 64)
        var text = ""
        for (place, record) in records.enumerated() {
            let body =
                "{\"v\":1,\"seq\":\(place + 1),\"type\":\"\(record.type)\",\"time\":\"\(record.time)\""
                + (record.members.isEmpty ? "" : ",\(record.members)") + ",\"prev\":\"\(previous)\""
            previous = Digest(of: Array(body.utf8)).hexadecimal
            text += "\(body),\"hash\":\"\(previous)\"}\n"
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// The `seq` of each record that a filter takes.
    func numbers(_ filter: RecordFilter) throws -> [Int] {
        var numbers: [Int] = []
        try LogLines.read(.files([path])) { line in
            if let record = filter.record(in: line.bytes) { numbers.append(record.number) }
            return true
        }
        return numbers
    }

    /// One of the attacked logs.
    static func vector(_ name: String, filePath: String = #filePath) -> String {
        URL(fileURLWithPath: filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("AuditTests/Vectors/chain/\(name)").path
    }

    /// All of them.
    static let vectors: [String] = {
        let folder = URL(fileURLWithPath: vector("good.jsonl")).deletingLastPathComponent().path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.sorted()
    }()

    /// Records of every type and with hostile words, as members; times go up by a minute.
    static let everything: [(type: String, time: String, members: String)] = {
        let hostile = #"<script>alert(1)</script>\"'&\u202e\u001b[2J\n=1|2\\"#
        let decision = #""user":{"uid":1000,"name":"me"},"proc":{"pid":42,"ppid":41}"#
        let agent = #""agent":{"src":"asserted","name":"HOSTILE","session":"s","task":"t1"}"#
            .replacing("HOSTILE", with: hostile)
        let records: [(type: String, members: String)] = [
            (
                "chain.open",
                #""chain":"0123456789abcdef0123456789abcdef","segment":1,"host":{"name":"build-1"}"#
            ),
            (
                "decision",
                #""id":"d1",\#(decision),\#(agent),"action":"shell.exec","tool":"npm","#
                    + #""real":"/usr/bin/npm","listed":true,"operation":"publish","#
                    + #""command":"npm publish \#(hostile)","argv":["npm","publish",{"b64":"/w=="}],"#
                    + #""argc":3,"cwd":"/p","effect":"deny","rule":"deny-npm-publish","layer":"install","#
                    + #""reason":"r","message":"m","policy":{"sha256":"00","version":"1"}"#
            ),
            (
                "decision",
                #""id":"d2",\#(decision),"tool":"pip","operation":"install","command":"pip install requests","#
                    + #""argv":["pip","install","requests[socks]>=2"],"argc":3,"effect":"allow","#
                    + #""launch":"supervise","injected":["PIP_ONLY_BINARY"],"stripped":["TOKEN"],"#
                    + #""ignored":["--index-url \#(hostile)"]"#
            ),
            ("outcome", #""ref":"d2","exit":0,"dur_ms":1500"#),
            (
                "outcome.packages",
                #""ref":"d2","part":1,"parts":1,"packages":["#
                    + #"{"purl":"pkg:pypi/requests@2.32.0","requested":"requests>=2","resolved":"2.32.0","#
                    + #""registry":"https://pypi.org","status":"added"},"#
                    + #"{"purl":"pkg:pypi/gone@1","status":"removed"},"#
                    + #"{"purl":"pkg:pypi/\#(hostile)","status":"not_found"}]"#
            ),
            (
                "approval.requested",
                #""id":"a1",\#(decision),"tool":"gem","operation":"publish","command":"gem push x.gem","#
                    + #""argv":["gem","push","x.gem"],"effect":"approval","rule":"ask","#
                    + #""approval":{"request":"q1"}"#
            ),
            ("approval.granted", #""ref":"a1","approval":{"request":"q1","by":"\#(hostile)"}"#),
            ("approval.denied", #""ref":"a9","approval":{"request":"q9","by":"me"}"#),
            ("approval.expired", #""ref":"a8","approval":{"request":"q8"}"#),
            ("approval.consumed", #""ref":"a1","approval":{"request":"q1"}"#),
            ("policy.changed", #""policy":{"sha256":"11"}"#),
            ("checkpoint", #""size":11"#),
            (
                "chain.gap",
                #""torn":{"bytes":1,"sha256":"aa"}"#
            ),
            ("outcome", #""ref":"d9","signal":9,"dur_ms":1"#),
            ("audit.error", #""reason":"\#(hostile)""#),
            ("chain.prune", #""reason":"old""#),
            ("chain.reopen", #""reason":"disk lost""#),
            ("chain.seal", ""),
        ]
        return records.enumerated().map { place, record in
            let minute = place < 10 ? "0\(place)" : "\(place)"
            return (record.type, "2026-11-21T08:\(minute):00.000000Z", record.members)
        }
    }()
}
