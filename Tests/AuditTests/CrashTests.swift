// Every place where a crash can leave an append, played through: the log cut at each length with
// the head page as it was before. The next append has to understand all of them, lose no whole
// record and accuse nobody.

import Foundation
import Testing

@testable import Audit

@Suite struct CrashTests {
    /// Log and head page at one moment.
    struct Moment {
        var log: [UInt8]
        var page: [UInt8]

        init(_ folder: Scratch) throws {
            log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.logFile)))
            page = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.lockFile)))
        }

        func restore(_ folder: Scratch) throws {
            try Data(log).write(to: URL(fileURLWithPath: folder.logFile))
            try Data(page).write(to: URL(fileURLWithPath: folder.lockFile))
        }

        /// As it is when a writer has told that it closes the torn tail.
        func tellingOfTear() throws -> Moment {
            guard case .head(var head) = Head.read(page) else { return self }
            head.tornEnd = log.count + 1
            let slot = head.next()
            var moment = self
            moment.page.replaceSubrange(
                slot.offset..<slot.offset + slot.bytes.count, with: slot.bytes)
            return moment
        }
    }

    @Test func `an append that ends at any byte is recovered`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let before = try Moment(folder)
        try folder.log.append(sample("npm view second"))
        let after = try Moment(folder)
        for length in before.log.count...after.log.count {
            var crashed = before
            crashed.log = Array(after.log[..<length])
            try crashed.restore(folder)
            try folder.log.append(sample("npm view third"))
            let found = folder.verify()
            let isWhole = length >= after.log.count - 1 || length == before.log.count
            #expect(
                found.summary == "intact, unanchored\(isWhole ? "" : "; recovered gap")",
                "cut at \(length)")
            let seconds = try folder.lines().filter {
                $0.contains("npm view second\"") && $0.hasSuffix("\"}")
            }
            #expect(seconds.count == (length >= after.log.count - 1 ? 1 : 0), "cut at \(length)")
        }
    }

    @Test func `a recovery that ends at any byte is recovered`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        try folder.smuggle("{\"v\":1,\"seq\":3,\"ty")
        let torn = try Moment(folder)
        try folder.log.append(sample())
        let recovered = try Moment(folder)
        let told = try torn.tellingOfTear()
        for length in torn.log.count...recovered.log.count {
            var crashed = told
            crashed.log = Array(recovered.log[..<length])
            try crashed.restore(folder)
            try folder.log.append(sample())
            #expect(
                folder.verify().summary == "intact, unanchored; recovered gap", "cut at \(length)")
        }
    }

    @Test func `an opening that ends at any byte is recovered`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        var before = try Moment(folder)
        let whole = before.log
        // Only the page's first slot, which was written before the log.
        for place in 0..<2_048 { before.page[place] = 0 }
        for length in 0...whole.count {
            before.log = Array(whole[..<length])
            try before.restore(folder)
            try folder.log.append(sample())
            let found = folder.verify()
            // A first line that is cut short leaves its fragment before the chain's opening.
            #expect(found.exitCode() == 3, "cut at \(length): \(found.summary)")
        }
    }

    @Test func `two writers on one record are a fork`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let first = try folder.log.append(sample("npm view one"))
        var line = LineText(capacity: 0)
        let fields = try sample("npm view two").entry()
        let open = try #require(try folder.lines().first)
        let parent = try #require(
            Array(open.utf8.suffix(66).prefix(64)).withUnsafeBytes { Digest(hexadecimal: $0) })
        _ = fields.write(number: first.number, time: 0, previous: parent, to: &line)
        try folder.smuggle(String(decoding: line.bytes, as: UTF8.self))
        #expect(folder.verify().summary == "tampered FORK line 3")
    }

    @Test func `a later segment verifies on the condition of those before`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        var line = LineText(capacity: 0)
        let opening = Entry(type: .chainOpen, fields: Array(",\"segment\":2".utf8))
        let before = Array("x".utf8).withUnsafeBytes { Hashing.digest(of: $0) }
        _ = opening.write(number: 40, time: 0, previous: before, to: &line)
        try Data(line.bytes).write(to: URL(fileURLWithPath: folder.logFile))
        let found = Verifier.verify(folder.logFile)
        #expect(found.summary == "intact, unanchored")
        #expect(found.records == 1)
        #expect(
            found.claims.contains {
                $0.standing == .conditional && $0.statement.contains("segments")
            })
    }

    @Test func `claims say what is proved and what cannot be`() throws {
        let good = Verifier.verify(
            Vectors.path("good.jsonl"), checkpoint: try Vectors.checkpoint("checkpoint.5.note"))
        #expect(good.claims.filter { $0.standing == .proved }.count == 3)
        #expect(good.claims.contains { $0.standing == .unprovable })
        #expect(good.json.contains("\"exit\":0"))
        let bad = Verifier.verify(Vectors.path("edit_mid.jsonl"))
        #expect(bad.claims.contains { $0.standing == .refuted })
        #expect(bad.json.contains("\"kind\":\"CHAIN\",\"line\":4"))
    }
}
