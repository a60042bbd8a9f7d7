// Finding the real tool, its version and the files that decide, on the real file system.

import Foundation
import GateCore
import Testing

@testable import Launch

@Suite struct LaunchTests {
    @Test("the same process with the same line is a loop after four times")
    func repeats() {
        var value: String?
        for _ in 0..<4 {
            let hops = Hops.count(value, process: 7, tool: "npm", arguments: ["i", "x"])
            #expect(hops != nil)
            value = hops?.value.text
        }
        #expect(Hops.count(value, process: 7, tool: "npm", arguments: ["i", "x"]) == nil)
        #expect(Hops.count(value, process: 8, tool: "npm", arguments: ["i", "x"]) != nil)
        #expect(Hops.count(value, process: 7, tool: "npm", arguments: ["i", "y"]) != nil)
    }

    @Test("nesting ends at sixty-four, whatever runs")
    func depth() {
        var value: String?
        for level in 0..<64 {
            let hops = Hops.count(
                value, process: Int32(level), tool: level % 2 == 0 ? "npm" : "yarn", arguments: [])
            #expect(hops != nil)
            value = hops?.value.text
        }
        #expect(Hops.count(value, process: 99, tool: "npm", arguments: []) == nil)
    }

    @Test(
        "a counter that is not ours never lowers the count below one",
        arguments: [
            "", "x", "1:2", "-5:1:1:1", "9223372036854775807:1:1:1", "1:1:9223372036854775807:1",
        ])
    func strange(_ value: String) {
        if let hops = Hops.count(value, process: 1, tool: "npm", arguments: []) {
            #expect(hops.depth >= 1 && hops.repeats >= 1)
        }
    }

    @Test("PATH is searched as POSIX says, empty and relative prefixes included")
    func candidates() {
        let found = RealTool.candidates("npm", "/a:rel::/b", cwd: "/w")
        #expect(found == ["/a/npm", "/w/rel/npm", "/w/npm", "/b/npm"])
        #expect(RealTool.candidates("npm", "rel:/b", cwd: nil) == ["/b/npm"])
    }

    @Test("versions are read from package.json, dist-info and text")
    func versions() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let npm = try folder.write("lib/npm/bin/npm-cli.js", "", mode: 0o755)
        try folder.write("lib/npm/package.json", #"{"name":"npm","version":"10.8.2"}"#)
        let sources: [VersionSource] = [.packageJSON(path: "../package.json", names: ["npm"])]
        #expect(ToolVersion.read(npm, from: sources) == "10.8.2")
        try folder.write("lib/npm/package.json", #"{"name":"other","version":"10.8.2"}"#)
        #expect(ToolVersion.read(npm, from: sources) == nil)
        try folder.write("lib/npm/package.json", #"{"name":"npm","version":"10 && x"}"#)
        #expect(ToolVersion.read(npm, from: sources) == nil)

        let pip = try folder.write("bin/pip", "", mode: 0o755)
        try folder.write("lib/python3.11/site-packages/pip-26.3.dist-info/METADATA", "")
        #expect(ToolVersion.read(pip, from: [.distInfo(name: "pip")]) == "26.3")

        let yarn = try folder.write("y/yarn", "", mode: 0o755)
        let padding = String(repeating: " ", count: 200_000)
        try folder.write("y/yarn-1.js", padding + #""version":"1.22.19""#)
        #expect(
            ToolVersion.read(
                yarn, from: [.text(path: "yarn*.js", before: #""version":""#, after: "\"")])
                == "1.22.19")
    }

    @Test("a file that decides is refused where somebody else could have written it")
    func trust() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let owner = UInt32(getuid())
        let file = try folder.write("etc/policy.json", "{}")
        #expect(try TrustedFile.read(file, owner: owner, limit: 10) == Array("{}".utf8))
        try folder.setMode("etc/policy.json", 0o646)
        #expect(throws: TrustedFile.Failure.self) {
            try TrustedFile.read(file, owner: owner, limit: 10)
        }
        try folder.setMode("etc/policy.json", 0o644)
        try folder.setMode("etc", 0o757)
        #expect(throws: TrustedFile.Failure.self) {
            try TrustedFile.read(file, owner: owner, limit: 10)
        }
        try folder.setMode("etc", 0o755)
        #expect(throws: TrustedFile.Failure.self) {
            try TrustedFile.read(file, owner: owner, limit: 1)
        }
        #expect(throws: TrustedFile.Failure.self) {
            try TrustedFile.read(folder.path + "/etc", owner: owner, limit: 10)
        }
        // A link is as good as the directory that holds it and the file that it names.
        let open = try Folder()
        defer { open.remove() }
        try open.write("policy.json", "{}")
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: open.path)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/etc/link.json", withDestinationPath: open.path + "/policy.json")
        #expect(throws: TrustedFile.Failure.self) {
            try TrustedFile.read(folder.path + "/etc/link.json", owner: owner, limit: 10)
        }
    }
}
