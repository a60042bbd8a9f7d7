// No secret survives into a record in any of the forms in which it could be read back. Each vector's
// secrets are replaced by random ones of the same look, percent-encoded where a URL would be, given in
// words that are no UTF-8, and looked for in the finished line: plain, percent-encoded, in base64.

import Foundation
import GateCore
import Testing

@testable import Audit

@Suite struct RedactionFuzzTests {
    /// A generator of our own, so that a failure can be played again.
    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33 | state << 31
        }
    }

    /// Another secret of the same look; what names its kind (`npm_`, `pypi-`) stays, and so does a
    /// checksum's place, since only the look counts.
    static func another(_ secret: String, _ dice: inout Dice) -> String {
        let kind = secret.lastIndex { $0 == "_" || $0 == "-" }.map { secret.index(after: $0) }
        let start = kind.flatMap { secret.distance(from: $0, to: secret.endIndex) > 8 ? $0 : nil }
        var text = String(secret[..<(start ?? secret.startIndex)])
        for character in secret[(start ?? secret.startIndex)...] {
            switch character {
            case "a"..."z":
                text.append("abcdefghijkmnpqrstuvwxyz".randomElement(using: &dice) ?? "q")
            case "A"..."Z":
                text.append("ABCDEFGHJKLMNPQRSTUVWXYZ".randomElement(using: &dice) ?? "Q")
            case "0"..."9": text.append("123456789".randomElement(using: &dice) ?? "7")
            default: text.append(character)
            }
        }
        return text
    }

    /// The forms in which a secret could be read back.
    static func forms(_ secret: String) -> [String] {
        let bytes = Array(secret.utf8)
        let all = bytes.map { String(format: "%%%02X", $0) }.joined()
        var forms = [
            secret, all, all.lowercased(),
            secret.addingPercentEncoding(withAllowedCharacters: .urlHostAllowed) ?? secret,
            secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
        ]
        // In base64 a text looks one of three ways inside, by where it starts.
        for shift in 0..<3 {
            let text = Data(Array(repeating: 0x41, count: shift) + bytes).base64EncodedString()
            let inside = text.dropFirst(shift == 0 ? 0 : shift + 1).dropLast(4)
            if inside.count >= 6 { forms.append(String(inside)) }
        }
        return forms
    }

    /// The line that a record of this command line becomes.
    private func line(_ argv: [[UInt8]]) throws -> String {
        let texts = argv.dropFirst().map { String(decoding: $0, as: UTF8.self) }
        let words = texts.map { Word($0.replacingOccurrences(of: "\u{FFFD}", with: "")) }
        let tool = Word(String(decoding: argv[0], as: UTF8.self))
        var record = try DecisionRecord(
            action: "shell.exec", tool: tool.text, operation: "publish",
            command: redact(arguments: words, tool: tool).joined(separator: " "),
            argv: DecisionRecord.Argument.recorded(argv, tool: tool), effect: "deny")
        record.message = redact(words.map(\.text).joined(separator: " "))
        var text = LineText(capacity: 0)
        _ = record.entry().write(number: 1, time: 0, previous: .zero, to: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test(arguments: RedactionTests.rows)
    func `no form of a secret is in the record`(row: RedactionTests.Row) throws {
        var dice = Dice(state: UInt64(row.name.utf8.count) &* 0x9E37_79B9)
        for round in 0..<40 {
            var argv = row.argv
            var secrets: [String] = []
            for secret in row.secrets {
                let other = round == 0 ? secret : RedactionFuzzTests.another(secret, &dice)
                secrets.append(other)
                argv = argv.map { $0.replacingOccurrences(of: secret, with: other) }
            }
            var words = argv.map { Array($0.utf8) }
            if round % 4 == 3, let place = words.indices.dropFirst().randomElement(using: &dice) {
                words[place].append(0xFF)
            }
            // The message is free text, where a bare word says nothing of what it is.
            let text = try line(words)
            let fields = text.replacingOccurrences(
                of: #""message":"([^"\\]|\\.)*","#, with: "", options: .regularExpression)
            for secret in secrets where secret.utf8.count >= 6 {
                for form in RedactionFuzzTests.forms(secret) {
                    #expect(!fields.contains(form), "round \(round), \(form): \(fields)")
                }
            }
        }
    }

    @Test(arguments: [
        "https://user:SECRET@host/simple", "https://SECRET@github.com/a/b.git",
        "https://host/x?access_token=SECRET&y=1", "https://host/x?sig=SECRET",
    ])
    func `a secret that is percent-encoded in an address is gone too`(shape: String) throws {
        var dice = Dice(state: 7)
        for _ in 0..<50 {
            let secret = RedactionFuzzTests.another("aB3$dE6!gH9kL2mN5", &dice)
            for form in RedactionFuzzTests.forms(secret).dropFirst().prefix(4) {
                let address = shape.replacingOccurrences(of: "SECRET", with: form)
                for argv in [["pip", "install", "-i", address], ["npm", "install", address]] {
                    let text = try line(argv.map { Array($0.utf8) })
                    #expect(!text.contains(form), "\(text)")
                    #expect(!text.contains(secret), "\(text)")
                }
            }
        }
    }
}
