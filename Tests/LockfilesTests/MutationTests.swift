// Random damage: a reader never traps, and what it takes for sound is either the same packages or
// shows in the diff. Seeds are fixed, so a failure can be had again.

import Foundation
import GateCore
import Testing

@testable import Lockfiles

@Suite struct MutationTests {
    /// Few on every run; `MUTATIONS=20000 swift test --filter MutationTests` for a long one.
    private static let rounds =
        ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 80

    @Test("damage anywhere is refused, found, or seen in the diff", arguments: Fixture.all)
    func anywhere(fixture: Fixture) throws {
        var random = SeededBytes(seed: 7)
        let text = Array(try fixture.text.utf8)
        let sound = try fixture.lockfile()
        let usual = sound.findings(allowing: [.git])
        let signs = Array("\"'{}[],:=#@/\\-+ \n\t0aZ&*?~%\u{0}".utf8)
        var refused = 0
        for _ in 0..<Self.rounds {
            var bytes = text
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = signs.randomElement(using: &random) ?? 0
                case 2: bytes.insert(signs.randomElement(using: &random) ?? 0, at: place)
                default: bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
            }
            guard let format = LockfileFormat(path: fixture.file, bytes: bytes),
                let read = try? format.read(bytes)
            else {
                refused += 1
                continue
            }
            guard read.findings(allowing: [.git]).map(\.rule) == usual.map(\.rule) else { continue }
            let isSame = checked(read) == checked(sound)
            #expect(isSame || !LockfileDiff(from: sound, to: read).changes.isEmpty)
        }
        #expect(refused > 0)
    }

    /// The checked parts of a file, as a set: names, versions, sources, addresses, digests.
    private func checked(_ lockfile: Lockfile) -> Set<String> {
        Set(
            lockfile.packages.map { package in
                var parts = [package.purl, package.source.name, package.registry?.text ?? "-"]
                for file in package.files {
                    parts.append(file.location?.text ?? "-")
                    parts += file.integrity.map(\.text).sorted()
                }
                return parts.joined(separator: " ")
            })
    }

    @Test("text of no format at all never traps", arguments: LockfileFormat.allCases)
    func noise(format: LockfileFormat) {
        var random = SeededBytes(seed: 11)
        let pieces = [
            "{", "}", "[[package]]\n", "name = \"a\"\n", "version", "\n", "  ", ": ", "- ", "? ",
            "\"",
            "'", "lockfileVersion: '9.0'\n", "packages:\n", "  a@1.0.0:\n", "__metadata:\n",
            "GEM\n", "  remote: x\n", "    a (1)\n", "--hash=", "==", "@", "\\\n", "#",
            "{a: b, c: [",
            "|-\n", "https://", "\u{301}", "é", "\r\n", "node_modules/", "[", "]",
        ]
        var read = 0
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<24, using: &random) {
                text += pieces.randomElement(using: &random) ?? ""
            }
            if let lockfile = try? format.read(Array(text.utf8)) {
                _ = lockfile.findings()
                read += 1
            }
        }
        #expect(read < 200)
    }
}
