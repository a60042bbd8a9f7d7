// The report without a browser: what it says, and that no word of a record becomes markup. The page is
// taken apart by a small scanner that knows tags and quoted attributes and nothing of our code;
// Tests/RealTools/test_reading.py looks at the same page in a real browser.

import Audit
import AuditReading
import Foundation
import Testing

@Suite struct ReportTests {
    static func page(_ sample: SampleLog) throws -> String {
        var page = try ReportPage(
            .files([sample.path]), verification: Verifier.verify(sample.path),
            written: #require(RecordTime("2026-11-22")), version: "0.0.0")
        return String(decoding: page.html(), as: UTF8.self)
    }

    @Test func `markup is ours alone, whatever the words are`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        let page = try ReportTests.page(sample)
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        let known = Set(
            """
            !doctype html head meta title style body h1 h2 p section small br strong ul li b div svg \
            rect line text table thead tr th tbody td code footer
            """.split(separator: " "))
        var count = 0
        for tag in page.matches(of: #/<\/?([^\s\/>]+)((?:"[^"]*"|[^">])*)>/#) {
            count += 1
            #expect(known.contains(Substring(tag.1.lowercased())), "\(tag.0)")
            let attributes = tag.2.replacing(#/"[^"]*"/#, with: "")
            #expect(!attributes.contains(#/\bon\w+|\bstyle\b|\bhref\b|\bsrc\b/#), "\(tag.0)")
        }
        #expect(count > 300)
        #expect(
            page.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F) })
        #expect(!page.contains("\u{202E}"))
    }

    @Test func `the policy admits this style sheet and nothing else`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        let page = try ReportTests.page(sample)
        let sheet = try #require(page.firstMatch(of: #/<style>([^<]*)<\/style>/#)).1
        let hex = Digest(of: Array(sheet.utf8)).hexadecimal
        var digest = Data()
        var digits = hex[...]
        while let byte = UInt8(digits.prefix(2), radix: 16) {
            digest.append(byte)
            digits = digits.dropFirst(2)
        }
        #expect(
            page.contains(
                """
                <meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src \
                'sha256-\(digest.base64EncodedString())'; base-uri 'none'; form-action 'none'">
                """))
        #expect(page.ranges(of: "<style").count == 1)
        #expect(!page.contains("url("))
    }

    @Test func `health comes first, then what happened`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        let page = try ReportTests.page(sample)
        let parts = [
            "Chain health", "intact, unanchored", ">Timeline<", ">Denials<", "deny-npm-publish",
            ">New dependencies<", "pkg:pypi/requests", ">Names that no registry knew<",
            ">Approvals<", "gem push x.gem", "granted, used", ">Overrides without effect<",
            "--index-url", ">Events of the chain<", "chain.reopen", "chain.prune", "1 torn bytes",
        ]
        var rest = page[...]
        for part in parts {
            let place = try #require(rest.range(of: part), "\(part)")
            rest = rest[place.upperBound...]
        }
        #expect(!page.contains("pkg:pypi/gone"))
    }

    @Test func `a broken chain is said before anything else`() throws {
        var page = try ReportPage(
            .files([SampleLog.vector("edit_mid.jsonl")]),
            verification: Verifier.verify(SampleLog.vector("edit_mid.jsonl")),
            written: RecordTime(microseconds: 0), version: "0.0.0")
        let text = String(decoding: page.html(), as: UTF8.self)
        #expect(text.contains("class=\"health bad\""))
        #expect(text.contains("tampered CHAIN line 4"))
    }

    @Test func `an agent that makes up names fills no memory`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(
            (0..<7_000).map { number in
                (
                    "decision", "2026-11-21T08:00:00.000000Z",
                    "\"agent\":{\"name\":\"a\(number)\"},\"command\":\"npm x\(number)\","
                        + "\"effect\":\"deny\",\"rule\":\"r\""
                )
            })
        let page = try ReportTests.page(sample)
        #expect(page.contains("all others"))
        #expect(page.contains("and 6975 more"))
        #expect(page.utf8.count < 60_000)
    }

    @Test func `years and clocks that step back fit the timeline`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        let times = [
            "2024-01-01T00:00:00.000000Z", "2026-11-21T08:00:00.000000Z",
            "2023-01-01T00:00:00.000000Z",
        ]
        try sample.write(times.map { ("decision", $0, "\"effect\":\"allow\",\"command\":\"x\"") })
        let page = try ReportTests.page(sample)
        #expect(page.contains("2 allowed"))
        #expect(page.contains("1 allowed"))
        #expect(page.contains("2024-01-01 00:00 to 2026-11-21 08:00 UTC"))
    }
}
