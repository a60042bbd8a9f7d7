// What `audit list` shows. One log that holds every type of record is asked all questions; what is
// expected is the list of numbers.

import AuditReading
import Foundation
import Testing

@Suite struct FilterTests {
    struct Question: Sendable, CustomStringConvertible {
        let description: String
        let numbers: [Int]
        let filter: RecordFilter

        init(_ description: String, _ numbers: [Int], _ ask: (inout RecordFilter) -> Void) {
            self.description = description
            self.numbers = numbers
            var filter = RecordFilter()
            ask(&filter)
            self.filter = filter
        }
    }

    static let questions: [Question] = [
        .init("nothing asked", Array(1...18)) { _ in },
        .init("denied", [2]) { $0.require("effect", ["deny"]) },
        .init("denied or asked", [2, 6]) { $0.require("effect", ["deny", "approval"]) },
        .init("a pattern", [2, 6]) { $0.require("operation", ["pub*"]) },
        .init("two conditions", [6]) {
            $0.require("operation", ["publish"])
            $0.require("tool", ["gem"])
        },
        .init("nothing meets both", []) {
            $0.require("tool", ["npm"])
            $0.require("effect", ["allow"])
        },
        .init("a value that stands elsewhere", []) { $0.require("tool", ["publish"]) },
        .init("rule", [2]) { $0.require("rule", ["deny-npm-publish"]) },
        .init("agent, hostile", [2]) {
            $0.require("agent", ["<script>alert(1)</script>\"'&\u{202E}\u{1B}[2J\n=1|2\\"])
        },
        .init("task", [2]) { $0.require("task", ["t1"]) },
        .init("type", [4, 14]) { $0.require("type", ["outcome"]) },
        .init("package by name", [3, 5]) { $0.requirePackage(["requests"]) },
        .init("package by URL", [5]) { $0.requirePackage(["pkg:pypi/requests"]) },
        .init("package by pattern", [3, 5]) { $0.requirePackage(["reque*"]) },
        .init("no package", []) { $0.requirePackage(["request"]) },
        .init("not found", [5]) { $0.requireNotFound() },
        .init("since", [17, 18]) {
            $0.require(since: RecordTime("2026-11-21T08:16:00Z"), until: nil)
        },
        .init("until", [1, 2]) {
            $0.require(since: nil, until: RecordTime("2026-11-21T08:02:00Z"))
        },
        .init("a day", Array(1...18)) {
            $0.require(since: RecordTime("2026-11-21"), until: RecordTime("2026-11-22"))
        },
    ]

    @Test(arguments: questions)
    func `a filter takes what was asked for`(question: Question) throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        #expect(try sample.numbers(question.filter) == question.numbers)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T00:00:00.000001Z", 951_782_400_000_001),
        ("2026-02-13T15:40:33.123456Z", 1_770_997_233_123_456),
        ("2100-01-01", 4_102_444_800_000_000), ("2026-02-13t15:40:33.5z", 1_770_997_233_500_000),
    ])
    func `times are read as RFC 3339 in UTC`(text: String, microseconds: Int) throws {
        let time = try #require(RecordTime(text))
        #expect(time.microseconds == microseconds)
        #expect(RecordTime(time.text) == time)
    }

    @Test(arguments: [
        "", "yesterday", "2026-13-01", "2026-02-29", "2026-02-13T25:00:00Z", "2026-02-13T10:00:00",
        "2026-02-13T10:00:00+01:00", "7", "h", "-3d", "2026-02-13T10:00:00.Z",
    ])
    func `what is no time is refused`(text: String) {
        #expect(RecordTime(text, now: RecordTime(microseconds: 0)) == nil)
    }

    @Test(arguments: [
        ("90s", 90), ("30m", 1_800), ("12h", 43_200), ("7d", 604_800), ("2w", 1_209_600),
    ])
    func `an age counts back from now`(text: String, seconds: Int) throws {
        let now = try #require(RecordTime("2026-11-21T08:00:00Z"))
        let then = try #require(RecordTime(text, now: now))
        #expect(now.microseconds - then.microseconds == seconds * 1_000_000)
    }

    @Test(arguments: ["99999999w", "99999999s", "99999999d"])
    func `an age beyond the clock is the clock's beginning`(text: String) throws {
        let now = try #require(RecordTime("1971-01-01"))
        #expect(try #require(RecordTime(text, now: now)).text == "1970-01-01T00:00:00.000000Z")
    }

    @Test func `a record is found by number and by id, with those that belong to it`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        for (name, wanted) in [
            ("3", [3, 4, 5]), ("d2", [3, 4, 5]), ("a1", [6, 7, 10]), ("99", []),
        ] {
            var search = RecordSearch(name)
            try LogLines.read(.files([sample.path])) { line in
                search.take(line)
                return true
            }
            #expect(search.lines.compactMap { LogRecord($0)?.number } == wanted, "\(name)")
        }
    }

    @Test func `a record in full shows every member and no control character`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        var search = RecordSearch("d1")
        try LogLines.read(.files([sample.path])) { line in
            search.take(line)
            return true
        }
        let record = try #require(search.lines.first.flatMap { LogRecord($0) })
        let text = RecordDetail.text(record)
        #expect(text.contains("agent.task") && text.contains("policy.sha256"))
        #expect(text.contains("\\u{202E}\\u{1B}[2J\\u{A}"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || 0x20...0x7E ~= $0.value })
        #expect(text.split(separator: "\n").count == 33)
    }
}
