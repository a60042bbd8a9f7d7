// Which policies are in force: found on the real file system, in the order of their authority.

import Foundation
import GateCore
import Testing

@testable import Launch
@testable import Platform
@testable import Shim

@Suite struct PolicySourceTests {
    private static let empty = "{ \"rules\": [] }"

    /// A prefix, a managed policy and a place to work in, below one folder.
    private struct World {
        let folder: Folder
        var bound: [String] = []

        init(install: String = PolicySourceTests.empty, managed: String? = nil) throws {
            folder = try Folder()
            try folder.write("prefix/etc/shimgate/policy.json", install)
            try folder.write("prefix/bin/shimgate", "")
            if let managed { try folder.write("etc/policy.json", managed) }
        }

        func source(wanted: [String] = [], tried: String? = nil) throws -> PolicySource {
            let binary = folder.path + "/prefix/bin/shimgate"
            var manifest = InstallManifest(state: folder.path + "/state")
            manifest.profiles = bound
            let installation = Installation(
                binary: binary, identity: try #require(FileStatus(binary)),
                policyPath: folder.path + "/prefix/etc/shimgate/policy.json", libexec: "",
                shims: "", guards: "", manifestPath: nil, manifest: manifest)
            var source = PolicySource(installation: installation, wanted: wanted, tried: tried)
            source.managedPath = folder.path + "/etc/policy.json"
            source.managedOwner = getuid()
            return source
        }

        /// `kind path` of each layer, paths relative to the folder.
        func layers(
            in directories: [String] = [], wanted: [String] = []
        ) throws -> [String] {
            let inForce = try source(wanted: wanted).load(
                actingIn: directories.map { folder.path + "/" + $0 })
            return inForce.layers.map { layer in
                let path = layer.name.replacingOccurrences(of: folder.path + "/", with: "")
                return "\(layer.kind.name) \(path)"
            }
        }
    }

    private static func deny(_ id: String) -> String {
        """
        { "rules": [ { "id": "\(id)", "action": "shell.exec", "match": { "command": "*" },
            "effect": "deny" } ] }
        """
    }

    private static func profiles(_ names: String...) -> String {
        let members = names.map { "\"\($0)\": \(deny($0))" }.joined(separator: ", ")
        return "{ \"rules\": [], \"profiles\": { \(members) } }"
    }

    @Test("layers are managed, install, workspace, profile, in this order")
    func order() throws {
        let world = try World(
            install: Self.profiles("docs"), managed: Self.profiles("docs", "night"))
        defer { world.folder.remove() }
        try world.folder.write("work/.shimgate/policy.json", Self.empty)
        #expect(
            try world.layers(in: ["work"], wanted: ["docs"]) == [
                "managed etc/policy.json", "install prefix/etc/shimgate/policy.json",
                "workspace work/.shimgate/policy.json",
                "profile etc/policy.json", "profile prefix/etc/shimgate/policy.json",
            ])
        #expect(
            try world.layers() == [
                "managed etc/policy.json", "install prefix/etc/shimgate/policy.json",
            ])
    }

    @Test("a workspace's policy is found from every directory and its parents, once, past .git")
    func everyDirectory() throws {
        let world = try World()
        defer { world.folder.remove() }
        for place in ["repo", "repo/packages/a", "repo/packages/b", "other"] {
            try world.folder.write("\(place)/.shimgate/policy.json", Self.empty)
        }
        try world.folder.write("repo/packages/a/.git/HEAD", "")
        try world.folder.write("repo/packages/a/src/index.js", "")
        func found(_ directories: String...) throws -> [String] {
            try world.layers(in: directories).dropFirst().map {
                $0.replacingOccurrences(of: "workspace ", with: "")
                    .replacingOccurrences(of: "/.shimgate/policy.json", with: "")
            }
        }
        #expect(try found("repo/packages/a/src") == ["repo/packages/a", "repo"])
        #expect(try found("repo") == ["repo"])
        #expect(
            try found("repo/packages/a", "repo/packages/b", "other")
                == ["repo/packages/a", "repo", "repo/packages/b", "other"])
        #expect(try found("repo/packages/a/../b") == ["repo/packages/b", "repo"])
        #expect(try found("repo/packages/new/deep") == ["repo"])
        #expect(try found("nowhere") == [])
    }

    @Test("a link leads into a policy and never out of one")
    func links() throws {
        let world = try World()
        defer { world.folder.remove() }
        try world.folder.write("guarded/.shimgate/policy.json", Self.empty)
        try world.folder.write("guarded/inner/file", "")
        try world.folder.write("free/file", "")
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: world.folder.path + "/free/in",
            withDestinationPath: world.folder.path + "/guarded/inner")
        try manager.createSymbolicLink(
            atPath: world.folder.path + "/guarded/out",
            withDestinationPath: world.folder.path + "/free")
        try manager.createSymbolicLink(
            atPath: world.folder.path + "/free/dangling",
            withDestinationPath: world.folder.path + "/guarded/made-later")
        #expect(try world.layers(in: ["free"]).count == 1)
        for place in ["free/in", "guarded/out", "free/dangling", "free/in/new"] {
            #expect(
                try world.layers(in: [place]).last == "workspace guarded/.shimgate/policy.json",
                "\(place)")
        }
    }

    @Test("a linked .shimgate counts, and one that cannot be read stops everything")
    func unreadableWorkspace() throws {
        let world = try World()
        defer { world.folder.remove() }
        try world.folder.write("elsewhere/policy.json", Self.empty)
        try world.folder.write("place/file", "")
        let link = world.folder.path + "/place/.shimgate"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: world.folder.path + "/elsewhere")
        #expect(try world.layers(in: ["place"]).count == 2)
        for broken in ["{", Self.deny("a b")] {
            try world.folder.write("elsewhere/policy.json", broken)
            #expect(throws: PolicyUnusable.self) { try world.layers(in: ["place"]) }
        }
        try FileManager.default.removeItem(atPath: world.folder.path + "/elsewhere/policy.json")
        try world.folder.write("elsewhere/policy.json/file", "")
        #expect(throws: PolicyUnusable.self) { try world.layers(in: ["place"]) }
        // A link to nothing is somebody's policy that went away.
        try FileManager.default.removeItem(atPath: world.folder.path + "/elsewhere/policy.json")
        try FileManager.default.createSymbolicLink(
            atPath: world.folder.path + "/elsewhere/policy.json", withDestinationPath: "gone")
        #expect(throws: PolicyUnusable.self) { try world.layers(in: ["place"]) }
    }

    @Test("profiles bind by install.json, are added by the caller, and count once")
    func profilesOnce() throws {
        var world = try World(install: Self.profiles("docs", "tests", "night"))
        defer { world.folder.remove() }
        world.bound = ["docs"]
        let inForce = try world.source(wanted: ["tests", "docs"]).load(actingIn: [])
        #expect(inForce.profiles == ["docs", "tests"])
        #expect(inForce.layers.filter { $0.kind == .profile }.count == 2)
        #expect(inForce.layers.flatMap(\.policy.rules).map(\.id) == ["docs", "tests"])
    }

    @Test("managed and install policy bind profiles and labels, the managed one first")
    func bindings() throws {
        let bind = """
            { "bind": { "profiles": ["docs"], "labels": { "agent": "NAME", "task": "t" } },
              "rules": [], "profiles": { "docs": { "rules": [] } } }
            """
        let world = try World(
            install: bind.replacingOccurrences(of: "NAME", with: "from-install"),
            managed: bind.replacingOccurrences(of: "NAME", with: "from-managed")
                .replacingOccurrences(of: ", \"task\": \"t\"", with: ""))
        defer { world.folder.remove() }
        let source = try world.source()
        let inForce = try source.load(actingIn: [])
        #expect(inForce.profiles == ["docs"])
        #expect(inForce.layers.filter { $0.kind == .profile }.count == 2)
        let subject = Caller().subject(in: source.installation, under: inForce)
        #expect(subject.agent == Label("from-managed", from: .install))
        #expect(subject.task == Label("t", from: .install))
        #expect(subject.session == nil)
    }

    @Test("a workspace policy or a profile binds nothing, and one that tries stops everything")
    func bindingsFromBelow() throws {
        let world = try World(install: Self.profiles("docs"))
        defer { world.folder.remove() }
        let bind = "{ \"bind\": { \"labels\": { \"agent\": \"ci\" } }, \"rules\": [] }"
        try world.folder.write("place/.shimgate/policy.json", bind)
        try world.folder.write("prefix/etc/shimgate/profiles/review.json", bind)
        #expect(throws: PolicyUnusable.self) { try world.layers(in: ["place"]) }
        #expect(throws: PolicyUnusable.self) { try world.layers(wanted: ["review"]) }
        #expect(try world.layers(wanted: ["docs"]).count == 2)
    }

    @Test("the effective defaults are the strictest of all layers, each with its place")
    func effective() throws {
        let world = try World(
            install: """
                { "defaults": { "install": "allow",
                    "publish": "approval", "query": "allow" },
                  "rules": [ { "id": "a", "action": "shell.exec", "effect": "allow",
                    "match": { "command": "npm view *" },
                    "require": { "minimumReleaseAge": "7d" } } ] }
                """,
            managed: "{ \"defaults\": { \"query\": \"allow\" }, \"rules\": [] }")
        defer { world.folder.remove() }
        try world.folder.write(
            "place/.shimgate/policy.json",
            "{ \"defaults\": { \"install\": \"deny\", \"run\": \"allow\" }, \"rules\": [] }")
        let inForce = try world.source().load(actingIn: [world.folder.path + "/place"])
        let merged = try EffectivePolicy(inForce, now: 0)
        func standard(_ subject: String) -> String {
            let entry = merged.defaults.first { $0.subject == subject }
            let origin = entry?.origin?.replacingOccurrences(of: world.folder.path + "/", with: "")
            return "\(entry?.effect.name ?? "") \(origin ?? "nobody")"
        }
        #expect(standard("install") == "deny place/.shimgate/policy.json:1")
        #expect(standard("publish") == "approval prefix/etc/shimgate/policy.json:2")
        #expect(standard("query") == "allow etc/policy.json:1")
        #expect(standard("run") == "deny nobody")
        #expect(standard("file.read") == "deny nobody")
        #expect(merged.layers.map(\.rules.count) == [0, 1, 0])
        let values = try #require(merged.layers[1].rules.first).values
        #expect(values.map(\.key) == ["action", "match.command", "require.minimumReleaseAge"])
        #expect(values.last?.value == "\"7d\"")
        #expect(values.last?.origin.hasSuffix("policy.json:5") == true)
    }

    @Test("a profile is also a file beside the policy")
    func profileFile() throws {
        let world = try World()
        defer { world.folder.remove() }
        try world.folder.write("prefix/etc/shimgate/profiles/review.json", Self.deny("r"))
        let inForce = try world.source(wanted: ["review"]).load(actingIn: [])
        #expect(inForce.layers.map(\.kind) == [.install, .profile])
        #expect(inForce.files.count == 2)
        #expect(inForce.digest.count == 64)
        #expect(try world.source().load(actingIn: []).digest != inForce.digest)
    }

    @Test(
        "a profile that is not there, or is a path, makes the policy unusable",
        arguments: ["nosuch", "../policy", "../../etc/shimgate/profiles/review", "", "a b", "."])
    func noProfile(name: String) throws {
        let world = try World()
        defer { world.folder.remove() }
        try world.folder.write("prefix/etc/shimgate/profiles/review.json", Self.empty)
        #expect(throws: PolicyUnusable.self) { try world.layers(wanted: [name]) }
        #expect(try world.layers(wanted: ["review"]).count == 2)
    }

    @Test("managed, install and profile files that others can write are refused")
    func untrusted() throws {
        let world = try World(managed: Self.empty)
        defer { world.folder.remove() }
        try world.folder.write("prefix/etc/shimgate/profiles/review.json", Self.empty)
        #expect(try world.layers(wanted: ["review"]).count == 3)
        for name in [
            "etc/policy.json", "prefix/etc/shimgate/policy.json",
            "prefix/etc/shimgate/profiles/review.json",
        ] {
            try world.folder.setMode(name, 0o666)
            #expect(throws: PolicyUnusable.self, "\(name)") {
                try world.layers(wanted: ["review"])
            }
            try world.folder.setMode(name, 0o644)
        }
        #expect(try world.layers(wanted: ["review"]).count == 3)
    }

    @Test("directories named relatively are taken from the working directory")
    func relative() {
        var inner = Invocation(tool: "cargo", command: ["cargo", "build"], operation: .run)
        inner.directories = ["sub", "/abs"]
        var outer = Invocation(tool: "npx", command: ["npx"], operation: .run)
        outer.nested = [inner]
        #expect(outer.directoriesActedIn(from: "/w") == ["/w", "/w/sub", "/abs"])
        #expect(outer.directoriesActedIn(from: nil) == ["/abs"])
    }
}
