// The words of `shimgate confine`: what is written is read back, and nothing else is understood.

import GateCore
import Sandbox
import Testing

@Suite struct ConfinementTests {
    @Test func `what is written as words is read back`() throws {
        var confinement = Confinement()
        confinement.readable = ["/opt/node", "/srv/a b"]
        confinement.writable = ["/srv/project/node_modules/x"]
        confinement.hidden = ["/opt/node/etc"]
        confinement.keptVariables = ["npm_config_offline"]
        confinement.scratchParent = "/srv/scratch"
        confinement.enforcements = [.landlock]
        confinement.report = 7
        let words = confinement.words(before: ["npm", "--", "rebuild"])
        #expect(words.first == "confine")
        let read = try Confinement.read(Array(words.dropFirst()))
        #expect(read.confinement == confinement)
        #expect(read.command == ["npm", "--", "rebuild"])
    }

    @Test func `both enforcements are tried where none is named, and never none`() throws {
        let read = try Confinement.read(["--", "true"])
        #expect(read.confinement.enforcements == [.namespaces, .landlock])
        #expect(read.confinement == Confinement())
    }

    @Test(
        arguments: [
            [], ["true"], ["--"], ["--read"], ["--read", "relative", "--", "true"],
            ["--write", "/a/../b", "--", "true"], ["--by", "trust", "--", "true"],
            ["--report", "2", "--", "true"], ["--report", "x", "--", "true"],
            ["--network", "on", "--", "true"], ["--read=/a", "--", "true"],
        ] as [[Word]])
    func `words that are not understood are an error`(words: [Word]) {
        #expect(throws: Confinement.Misuse.self) { try Confinement.read(words) }
    }

    @Test func `a place is written in one spelling`() throws {
        let read = try Confinement.read(["--read", "//opt/./node/", "--", "true"])
        #expect(read.confinement.readable == ["/opt/node"])
    }
}
