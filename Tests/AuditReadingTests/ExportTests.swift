// Every format carries every line as it is. Each export here is turned back into a log by what the
// format itself says about escaping, with readers that know nothing of our code, and that log has to
// be the one that went in, byte for byte, so it gets the same verdict.

import Audit
import AuditReading
import Foundation
import StrictJSON
import Testing

@Suite struct ExportTests {
    static func export(
        _ path: String, _ format: ExportFormat, from: UInt64? = nil, to: UInt64? = nil
    ) throws -> [UInt8] {
        var export = LogExport(format, version: "0.0.0")
        export.from = from
        export.to = to
        var bytes: [UInt8] = []
        try export.run(.files([path])) {
            bytes += $0
            return true
        }
        return bytes
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The log behind an export.
    static func recovered(_ export: [UInt8], _ format: ExportFormat) throws -> [UInt8] {
        if format == .raw { return export }
        var log: [UInt8] = []
        for (original, encoding) in try originals(export, format) {
            let isCoded = encoding.contains("base64")
            log +=
                isCoded
                ? [UInt8](try #require(Data(base64Encoded: original))) : Array(original.utf8)
            if !encoding.contains("open") { log.append(0x0A) }
        }
        return log
    }

    private static func originals(
        _ export: [UInt8], _ format: ExportFormat
    ) throws -> [(String, String)] {
        let text = String(decoding: export, as: UTF8.self)
        switch format {
        case .raw: return []
        case .csv:
            let rows = csv(text)
            let heading = try #require(rows.first)
            let place = try #require(heading.firstIndex(of: "encoding"))
            return rows.dropFirst().map { ($0[$0.count - 1], $0[place]) }
        case .ecs, .ocsf:
            return try text.split(separator: "\n").map { line in
                let json = try JSON.parse(Array(line.utf8))
                return format == .ecs
                    ? (
                        try #require(json["event"]?["original"]?.string),
                        json["labels"]?["encoding"]?.string ?? ""
                    )
                    : (
                        try #require(json["raw_data"]?.string),
                        json["unmapped"]?["encoding"]?.string ?? ""
                    )
            }
        case .cef:
            return try text.split(separator: "\n").map { line in
                let start = try #require(line.range(of: " rawEvent="))
                let encoding = line.firstMatch(of: #/ cs6=(base64 open|base64|open) /#)?.1 ?? ""
                return (unescaped(line[start.upperBound...]), String(encoding))
            }
        }
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    /// A reader of RFC 4180 in which every value is in quotes or empty.
    private static func csv(_ text: String) -> [[String]] {
        var rows: [[String]] = [[""]]
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            let column = rows[rows.count - 1].count - 1
            switch scalar {
            case "\"" where isQuoted && scalars.first == "\"":
                scalars.removeFirst()
                rows[rows.count - 1][column] += "\""
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: rows[rows.count - 1].append("")
            case "\r" where !isQuoted: continue
            case "\n" where !isQuoted: rows.append([""])
            default: rows[rows.count - 1][column].unicodeScalars.append(scalar)
            }
        }
        return rows.dropLast()
    }

    @Test(arguments: ExportFormat.allCases, SampleLog.vectors)
    func `a log comes out of an export byte for byte`(format: ExportFormat, name: String) throws {
        let path = SampleLog.vector(name)
        let log = try ExportTests.recovered(ExportTests.export(path, format), format)
        #expect(log == (try ExportTests.bytes(path)))
    }

    @Test(arguments: ExportFormat.allCases)
    func `the chain of an export verifies, and a changed export does not`(
        format: ExportFormat
    ) throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        for name in ["left-pad", "x\"y", "a=b|c\\d, \u{202E}"] {
            let record = try DecisionRecord(
                action: "shell.exec", tool: "npm", operation: "query", command: "npm view \(name)",
                argv: [.text("npm"), .text(name), .bytes([0xFF])], effect: "deny")
            try sample.log.append(record)
        }
        let copy = "\(sample.folder)/copy"
        var log = try ExportTests.recovered(ExportTests.export(sample.path, format), format)
        try Data(log).write(to: URL(fileURLWithPath: copy))
        #expect(Verifier.verify(copy).summary == "intact, unanchored")
        let place = try #require(String(decoding: log, as: UTF8.self).range(of: "left-pad"))
        let text = String(decoding: log, as: UTF8.self)
        log[text.utf8.distance(from: text.startIndex, to: place.lowerBound)] ^= 1
        try Data(log).write(to: URL(fileURLWithPath: copy))
        #expect(Verifier.verify(copy).exitCode() == 1)
    }

    @Test func `records of every type leave in every format`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        for format in ExportFormat.allCases {
            let log = try ExportTests.recovered(ExportTests.export(sample.path, format), format)
            #expect(log == (try ExportTests.bytes(sample.path)), "\(format)")
        }
    }

    @Test(arguments: ["good.jsonl", "torn_recovered.jsonl", "torn_tail.jsonl", "blank_line.jsonl"])
    func `ranges put together are the whole log`(name: String) throws {
        let path = SampleLog.vector(name)
        for cut: UInt64 in 0...8 {
            let first = try ExportTests.export(path, .raw, to: cut)
            let second = try ExportTests.export(path, .raw, from: cut + 1)
            #expect(first + second == (try ExportTests.bytes(path)), "cut after \(cut)")
        }
        let middle = try ExportTests.export(path, .raw, from: 2, to: 3)
        #expect(middle.split(separator: 0x0A).count >= 2)
    }

    @Test func `a range knows the host that the chain's first record names`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(SampleLog.everything)
        let text = String(
            decoding: try ExportTests.export(sample.path, .ecs, from: 4, to: 4), as: UTF8.self)
        #expect(text.contains(#""host":{"name":"build-1""#))
    }

    @Test func `a stranger's line cannot hide the records after it`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(Array(SampleLog.everything.prefix(6)))
        var lines = try ExportTests.bytes(sample.path).split(
            separator: 0x0A, omittingEmptySubsequences: false)
        let forged =
            String(decoding: lines[2], as: UTF8.self).replacing("\"seq\":3", with: "\"seq\":900")
        lines.insert(Array(forged.utf8)[...], at: 3)
        try Data(lines.joined(separator: [0x0A])).write(to: URL(fileURLWithPath: sample.path))
        let range = try ExportTests.export(sample.path, .raw, from: 4, to: 5)
        let found = String(decoding: range, as: UTF8.self)
        #expect(found.contains("\"seq\":900"))
        #expect(found.contains("\"seq\":4,"))
        #expect(found.contains("\"seq\":5,"))
        #expect(!found.contains("\"seq\":6,"))
    }

    @Test func `a line longer than any block goes through in parts`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write(Array(SampleLog.everything.prefix(2)))
        let long = [UInt8](repeating: 0x78, count: (16 << 20) + 70_000)
        var bytes = try ExportTests.bytes(sample.path)
        bytes += long + [0x0A] + Array("tail".utf8)
        try Data(bytes).write(to: URL(fileURLWithPath: sample.path))
        #expect(try ExportTests.export(sample.path, .raw) == bytes)
        var parts: [Int] = []
        try LogLines.read(.files([sample.path])) { line in
            parts.append(line.bytes.count)
            return true
        }
        #expect(parts.suffix(3) == [16 << 20, 70_000, 4])
    }

    @Test func `all segments of a chain are read, in order`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        for name in ["one", "two", "three"] {
            try sample.log.append(
                DecisionRecord(
                    action: "shell.exec", tool: "npm", operation: "query",
                    command: "npm view \(name)", argv: [.text(name)], effect: "allow"))
            _ = try sample.log.rotate()
        }
        var export: [UInt8] = []
        try LogExport(.raw, version: "0").run(.directory(sample.folder)) {
            export += $0
            return true
        }
        let copy = "\(sample.folder)/copy"
        try Data(export).write(to: URL(fileURLWithPath: copy))
        let found = Verifier.verify(copy)
        #expect(found.summary == "intact, unanchored")
        #expect(found.lastNumber == Verifier.verify(directory: sample.folder).lastNumber)
        #expect(found.records > 9)
    }

    @Test func `numbers and times that nobody has stop no reader`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        let great = Int.max
        let members =
            #""id":"x","ref":"x","exit":\#(great),"signal":\#(great),"dur_ms":\#(great),"#
            + #""user":{"uid":-\#(great)},"proc":{"pid":\#(great),"ppid":0},"argc":\#(great),"#
            + #""segment":\#(great),"torn":{"bytes":\#(great)},"effect":"allow","command":"c""#
        let signal = #""signal":\#(great),"dur_ms":-\#(great),"effect":"deny""#
        let times = ["0000-01-01T00:00:00Z", "9999-12-31T23:59:60.999999999Z", "soon", ""]
        let types = ["decision", "outcome", "chain.open", "chain.gap", "approval.granted", ""]
        var records: [(type: String, time: String, members: String)] = []
        for time in times {
            for type in types { records += [(type, time, members), (type, time, signal)] }
        }
        try sample.write(records)
        for format in ExportFormat.allCases {
            let log = try ExportTests.recovered(ExportTests.export(sample.path, format), format)
            #expect(log == (try ExportTests.bytes(sample.path)), "\(format)")
        }
        #expect(try ReportTests.page(sample).contains("Chain health"))
        #expect(try sample.numbers(RecordFilter()).count == 48)
    }

    @Test func `the last lines reach back over segments`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        for name in ["one", "two", "three"] {
            try sample.log.append(
                DecisionRecord(
                    action: "shell.exec", tool: "npm", operation: "query",
                    command: "npm view \(name)", argv: [.text(name)], effect: "allow"))
            _ = try sample.log.rotate()
        }
        var whole: [[UInt8]] = []
        try LogLines.read(.directory(sample.folder)) {
            whole.append($0.copy)
            return true
        }
        for count in [0, 1, 2, 5, whole.count, 100] {
            var tail = try LogTail(sample.path, last: count)
            let lines = try LastLines.read(&tail, count: count, directory: sample.folder)
            #expect(lines == Array(whole.suffix(count)), "\(count)")
            #expect(try tail.next() == [])
        }
    }

    @Test func `a spreadsheet takes no value for a formula`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write([
            (
                "decision", "2026-11-21T08:00:00.000000Z",
                #""agent":{"name":"=cmd()","task":"@SUM(1)"},"command":"-1+1","tool":"\ttab""#
            )
        ])
        let text = String(decoding: try ExportTests.export(sample.path, .csv), as: UTF8.self)
        for value in ["\"'=cmd()\"", "\"'@SUM(1)\"", "\"'-1+1\"", "\"'\\u{9}tab\""] {
            #expect(text.contains(value), "\(value)")
        }
    }

    @Test func `a heading's parts and values cannot be forged in CEF`() throws {
        let sample = try SampleLog()
        defer { sample.remove() }
        try sample.write([
            (
                "decision", "2026-11-21T08:00:00.000000Z",
                #""command":"npm x|9|\nact=allow\\","effect":"deny""#
            )
        ])
        let text = String(decoding: try ExportTests.export(sample.path, .cef), as: UTF8.self)
        #expect(text.split(separator: "\n").count == 1)
        #expect(text.contains(#"|decision.deny|deny: npm x\|9\|\\u{A}act=allow\\|7|"#))
        #expect(text.contains(#" cs5=npm x|9|\\u{A}act\=allow\\ rawEvent="#))
    }
}
