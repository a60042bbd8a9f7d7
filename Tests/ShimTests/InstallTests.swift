// The parts of an install that need no tool: which files decide, what the phases see of an rc file,
// what is judged, and that a stage and its journal leave a project as it was or as it shall be.

import Audit
import Foundation
import GateCore
import Lockfiles
import Platform
import Testing
import Tools

@testable import Launch
@testable import Shim

@Suite struct InstallTests {
    // MARK: which files decide

    private func files(
        _ folder: Folder, from start: String = "", named: String? = nil
    ) throws -> ProjectFiles {
        try ProjectFiles(
            from: folder.path + (start.isEmpty ? "" : "/" + start), named: named, paths: [],
            ignoresWorkspaces: false, manifest: "package.json", tree: "node_modules")
    }

    @Test("workspaces are found by pattern, from the root and from within one of them")
    func workspaces() throws {
        let folder = try Folder()
        defer { folder.remove() }
        try folder.write(
            "package.json",
            #"{"workspaces":["packages/*","deep/**","./one/","{x,y}/z","!packages/not"]}"#)
        for name in ["packages/a", "packages/b", "deep/c/d", "one", "x/z", "other"] {
            try folder.write("\(name)/package.json", #"{"bin":{"a":"./cli.js"}}"#)
        }
        try folder.write("packages/a/cli.js", "#!/usr/bin/env node\n")
        try folder.write("packages/a/node_modules/n/package.json", "{}")
        let found = try files(folder)
        #expect(Set(found.folders) == ["", "packages/a", "packages/b", "deep/c/d", "one", "x/z"])
        #expect(found.programs == ["packages/a/cli.js"])
        let inside = try files(folder, from: "packages/a")
        #expect(inside.root == folder.path)
        #expect(inside.start == "packages/a")
        let outside = try files(folder, from: "other")
        #expect(outside.root == folder.path + "/other")
        let named = try files(folder, named: folder.path + "/packages/a")
        #expect(named.root == folder.path + "/packages/a")
    }

    @Test("folders and archives by path belong to the project, those outside are refused")
    func paths() throws {
        let folder = try Folder()
        defer { folder.remove() }
        try folder.write("p/lib/package.json", #"{"dependencies":{"more":"file:../more"}}"#)
        try folder.write("p/more/package.json", "{}")
        try folder.write("p/a.tgz", "archive")
        try folder.write(
            "p/package.json",
            #"{"dependencies":{"lib":"file:./lib","a":"file:a.tgz","plain":"^1"}}"#)
        let found = try files(folder, from: "p")
        #expect(found.folders == ["", "lib", "more"])
        #expect(found.archives == ["a.tgz"])
        try folder.write("p/package.json", #"{"dependencies":{"lib":"file:../elsewhere"}}"#)
        #expect(throws: StageFailure.self) { try files(folder, from: "p") }
        try folder.write("p/package.json", #"{"workspaces":[".shimgate/stage/*"]}"#)
        #expect(throws: StageFailure.self) { try files(folder, from: "p") }
    }

    @Test("through links a project is its root and all manifests below, whatever a line starts in")
    func linkedProject() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let links = LinkedProject(rootMark: "[workspace", searches: true, leftOut: "target")
        try folder.write("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n")
        try folder.write("a/Cargo.toml", "[dependencies]\nb = { path = \"../b\" }\n")
        try folder.write("b/c/Cargo.toml", "[package]\n")
        for name in ["target/x", "vendor/x", ".hidden"] {
            try folder.write("\(name)/Cargo.toml", "")
        }
        try folder.write("a/src/lib.rs", "")
        let found = try ProjectFiles(
            from: folder.path + "/a/src", manifest: "Cargo.toml", through: links)
        #expect(found.root == folder.path)
        #expect(found.start == "a")
        #expect(found.folders == ["", "a", "b/c"])
        #expect(found.pathOutside == nil)
        try folder.write("b/c/Cargo.toml", "x = { path = '../../../x' }\n")
        #expect(found.pathOutside == "../../../x")
    }

    @Test("what is linked in a stage leads to the project, and copies stay ours")
    func linkedStage() throws {
        let folder = try Folder()
        defer { folder.remove() }
        try folder.write("p/Cargo.toml", "old")
        try folder.write("p/src/lib.rs", "source")
        try folder.write("p/target/x", "built")
        var stage = try InstallStage(in: folder.path + "/p", of: try RecordID())
        try stage.copy("Cargo.toml")
        try stage.linkAll(in: "") { $0 == "target" }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: stage.path).sorted()
                == ["Cargo.toml", "src"])
        try stage.write(Array("new".utf8), to: "Cargo.toml", mode: 0o644)
        #expect(text(folder, "p/Cargo.toml") == "old")
        try stage.write(Array("lock".utf8), to: "Cargo.lock", mode: 0o644)
        try stage.keep(["Cargo.toml", "Cargo.lock"])
        let moves = try stage.moves(trees: [], files: ["Cargo.toml", "Cargo.lock"])
        try stage.perform(moves)
        #expect(text(folder, "p/Cargo.toml") == "new")
        #expect(text(folder, "p/Cargo.lock") == "lock")
        stage.restore(["Cargo.toml", "Cargo.lock"])
        #expect(text(folder, "p/Cargo.toml") == "old")
        #expect(text(folder, "p/Cargo.lock") == nil)
        stage.remove()
    }

    // MARK: settings

    @Test(
        "keys that name programs do not reach the phases, in any spelling",
        arguments: [
            "git=./evil.sh", "  GIT = ./evil.sh", "\"git\"=./evil.sh", "script-shell=/evil",
            "globalconfig=./evil", "git[]=./evil", "node-options=--require ./evil.js",
        ])
    func settings(line: String) {
        let file = "registry=https://r.example/\n\(line)\n//r.example/:_authToken=${TOKEN}\n"
        let cleaned = SettingsFile.cleaned(
            Array(file.utf8), without: ToolProfile.npm.installer?.settingsLeftOut ?? "")
        #expect(
            String(decoding: cleaned, as: UTF8.self)
                == "registry=https://r.example/\n//r.example/:_authToken=${TOKEN}\n")
    }

    @Test("variables that an rc file names are known, but for those that are no secrets")
    func variables() {
        let text = "a=${ONE}/${HOME}\n${TWO}=x ${THREE:-d} ${ONE} ${FOUR?} $FIVE ${"
        let names = variablesNamed(in: Array(text.utf8)).map(\.text)
        #expect(
            names.filter { !$0.contains(":") && !$0.contains("?") } == [
                "ONE", "TWO", "THREE", "FOUR",
            ])
    }

    // MARK: judging

    private func lockfile(_ packages: String) throws -> Lockfile {
        let text = #"{"lockfileVersion":3,"requires":true,"packages":{\#(packages)}}"#
        return try LockfileFormat.npm.read(Array(text.utf8))
    }

    private func entry(
        _ name: String, _ version: String = "1.0.0", host: String = "registry.npmjs.org",
        more: String = "", digest: Character = "A"
    ) -> String {
        let integrity = "sha512-" + String(repeating: digest, count: 86) + "=="
        return #""node_modules/\#(name)":{"version":"\#(version)","resolved":"https://\#(host)/"#
            + #"\#(name)/-/\#(name)-\#(version).tgz","integrity":"\#(integrity)"\#(more)}"#
    }

    private func refusal(
        _ packages: String, registries: [String] = [],
        _ change: (inout Obligations) -> Void = { _ in }
    ) throws -> String? {
        var obligations = Obligations()
        change(&obligations)
        return InstallJudgement(obligations, registries: registries)
            .refusal(of: try lockfile(packages), named: "package-lock.json")
    }

    @Test("a package from another host is refused with its place, from the line's own it is not")
    func hosts() throws {
        #expect(try refusal(entry("a")) == nil)
        let strange = try refusal(entry("a", host: "evil.example"))
        #expect(strange?.hasPrefix("package-lock.json:1:") == true)
        #expect(strange?.contains("host: a@1.0.0: the host is not allowed") == true)
        let own = try refusal(
            entry("a", host: "npm.example"), registries: ["https://npm.example/"])
        #expect(own == nil)
        let listed = try refusal(entry("a"), registries: ["https://npm.example/"]) {
            $0.registries = ["https://npm.example/"]
        }
        #expect(listed?.contains("the host is not allowed") == true)
    }

    @Test("a program that bears a shim's name is refused, one of another name is not")
    func programs() throws {
        #expect(try refusal(entry("a", more: #","bin":{"a":"a.js"}"#)) == nil)
        for bin in [#"{"npm":"a.js"}"#, #"{"a":"a.js","../pip3":"b.js"}"#] {
            let refused = try refusal(entry("a", more: #","bin":\#(bin)"#))
            #expect(refused?.contains("it brings a program named") == true)
        }
    }

    @Test("a denied package is refused wherever it stands in the tree")
    func lists() throws {
        let refused = try refusal(entry("a") + "," + entry("evil")) {
            $0.packagesDenied = [[Glob("evil")]]
        }
        #expect(refused?.contains("evil@1.0.0 is on the policy's list of denied packages") == true)
    }

    @Test("what is installed is compared by version and digest")
    func drift() throws {
        let judged = try lockfile(entry("a") + "," + entry("b"))
        #expect(InstallJudgement.drift(of: try lockfile(entry("a")), from: judged) == nil)
        let version = InstallJudgement.drift(of: try lockfile(entry("a", "1.0.1")), from: judged)
        #expect(version == "a@1.0.1 is installed, and the lockfile does not have it")
        let digest = InstallJudgement.drift(of: try lockfile(entry("a", digest: "B")), from: judged)
        #expect(digest?.hasPrefix("a@1.0.0 is another archive") == true)
    }

    @Test("a tree is what its packages' manifests say, without links and what archives bundle")
    func trees() throws {
        let folder = try Folder()
        defer { folder.remove() }
        func package(_ path: String, _ text: String) throws {
            try folder.write("node_modules/\(path)/package.json", text)
        }
        try package("a", #"{"name":"a","version":"v1.0.0+x","scripts":{"install":"x"}}"#)
        try package("@s/b", #"{"name":"@s/b","version":"2.0.0","bundledDependencies":["c"]}"#)
        try package("@s/b/node_modules/c", #"{"name":"c","version":"9.9.9"}"#)
        try package("d", #"{"name":"other","version":"3.0.0"}"#)
        try package("d/node_modules/e", #"{"name":"e","version":"4.0.0"}"#)
        try folder.write("node_modules/.cache/f/package.json", "{}")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/node_modules/g", withDestinationPath: "../packages/g")
        let tree = InstalledTree("node_modules", in: [""], below: folder.path)
        #expect(
            tree.packages.map(\.package.title) == [
                "@s/b@2.0.0", "a@1.0.0", "other@3.0.0", "e@4.0.0",
            ])
        #expect(tree.packages.map(\.package.hasInstallScripts) == [false, true, false, false])
        let judged = try lockfile(
            entry("a") + "," + entry("other", "3.0.0") + "," + entry("e", "4.0.0"))
        #expect(
            InstallJudgement.drift(of: tree, from: judged)
                == "@s/b@2.0.0 is installed as node_modules/@s/b, and the lockfile does not have it"
        )
    }

    // MARK: stage and journal

    /// A project with a tree, and a stage that has another one and another lockfile.
    private func staged(_ folder: Folder) throws -> (InstallStage, [StagedMove], RecordID) {
        try folder.write("p/package.json", "{}")
        try folder.write("p/package-lock.json", "old")
        try folder.write("p/node_modules/a/index.js", "old")
        let id = try RecordID()
        var stage = try InstallStage(in: folder.path + "/p", of: id)
        try stage.copy("package.json")
        try stage.copy("package-lock.json")
        try stage.write(Array("new".utf8), to: "package-lock.json", mode: 0o644)
        try stage.write(Array("new".utf8), to: "node_modules/b/index.js", mode: 0o644)
        let moves = try stage.moves(
            trees: ["node_modules"], files: ["package-lock.json", "package.json"])
        return (stage, moves, id)
    }

    private func text(_ folder: Folder, _ name: String) -> String? {
        try? String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
    }

    @Test("moving in exchanges the tree, replaces what changed, and leaves nothing behind")
    func movingIn() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let (stage, moves, _) = try staged(folder)
        #expect(moves.map(\.name) == ["node_modules", "package-lock.json"])
        #expect(stage.changedSince() == nil)
        try stage.perform(moves)
        try stage.perform(moves)
        #expect(text(folder, "p/node_modules/b/index.js") == "new")
        #expect(text(folder, "p/node_modules/a/index.js") == nil)
        #expect(text(folder, "p/package-lock.json") == "new")
        stage.remove()
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/p"))
                == ["node_modules", "package.json", "package-lock.json"])
    }

    @Test("a project that changes meanwhile is noticed")
    func changes() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let (stage, _, _) = try staged(folder)
        try folder.write("p/package.json", #"{"name":"other"}"#)
        #expect(stage.changedSince() == "package.json")
    }

    @Test("a manifest or a tree that is a link is refused")
    func links() throws {
        let folder = try Folder()
        defer { folder.remove() }
        try folder.write("p/real.json", "{}")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/p/package.json", withDestinationPath: "real.json")
        var stage = try InstallStage(in: folder.path + "/p", of: try RecordID())
        #expect(throws: StageFailure.self) { try stage.copy("package.json") }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/p/node_modules", withDestinationPath: "/tmp")
        try stage.makeDirectory(named: "node_modules")
        #expect(throws: StageFailure.self) { try stage.moves(trees: ["node_modules"], files: []) }
    }

    @Test("whoever dies before the moves leaves the project as it was, whoever dies in them as new")
    func recovery() throws {
        for done in 0...3 {
            let folder = try Folder()
            defer { folder.remove() }
            let (stage, moves, id) = try staged(folder)
            let state = folder.path + "/state"
            try FileManager.default.createDirectory(
                atPath: state, withIntermediateDirectories: true)
            let environments = [folder.path + "/p/\"v\"", "/nonexistent/env", "relative"]
            var journal = try InstallJournal.begin(
                of: id, project: folder.path + "/p", filling: environments, in: state)
            if done > 0 { try journal.note(moves) }
            try stage.perform(Array(moves.prefix(done - 1 < 0 ? 0 : done - 1)))
            abandon(journal)
            var seen: [InterruptedInstall] = []
            InstallJournal.recover(in: state) {
                seen.append($0)
                return true
            }
            #expect(seen.count == 1)
            #expect(seen.first?.owesOutcome == true)
            #expect(seen.first?.isMovedIn == (done > 0))
            #expect(seen.first?.environments == Array(environments.prefix(2)))
            #expect(text(folder, "p/package-lock.json") == (done > 0 ? "new" : "old"))
            #expect((text(folder, "p/node_modules/b/index.js") == nil) == (done == 0))
            #expect((text(folder, "p/node_modules/a/index.js") == nil) == (done > 0))
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/p/.shimgate"))
            var again = 0
            InstallJournal.recover(in: state) { _ in
                again += 1
                return true
            }
            #expect(again == 0)
        }
    }

    @Test("what somebody has changed since an install was killed is not overwritten")
    func recoveryAfterChanges() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let (_, moves, id) = try staged(folder)
        var journal = try InstallJournal.begin(
            of: id, project: folder.path + "/p", in: folder.path)
        try journal.note(moves)
        abandon(journal)
        try folder.write("p/package-lock.json", "mine")
        InstallJournal.recover(in: folder.path) { _ in true }
        #expect(text(folder, "p/package-lock.json") == "mine")
        #expect(text(folder, "p/node_modules/b/index.js") == "new")
    }

    @Test("a tree that cannot be renamed is replaced child by child, however often somebody dies")
    func childByChild() throws {
        for name in [".shimgate-new", ".shimgate-in"] {
            let folder = try Folder()
            defer { folder.remove() }
            try folder.write("tree/\(name)/b", "new")
            if name == ".shimgate-new" { try folder.write("tree/a", "old") }
            try DirectoryTree.finish(folder.path + "/tree")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path + "/tree") == ["b"])
        }
    }

    /// Closes the journal's file as a death would, without ending the journal.
    private func abandon(_ journal: consuming InstallJournal) {}

    @Test("an install that is at work is left alone")
    func running() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let journal = try InstallJournal.begin(
            of: try RecordID(), project: folder.path, in: folder.path)
        InstallJournal.recover(in: folder.path) { _ in
            Issue.record("it was taken for dead")
            return true
        }
        journal.end()
    }

    @Test("a mark of drift stands until it is taken away, for the project and the task")
    func marks() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let marks = DriftMarks(in: folder.path)
        let subjects = DriftMarks.subjects(project: "/p", task: "fix")
        #expect(marks.first(on: subjects) == nil)
        try marks.add(on: subjects, record: try RecordID(), reason: "a@1 is installed")
        #expect(marks.first(on: ["task fix"])?.reason == "a@1 is installed")
        #expect(marks.first(on: DriftMarks.subjects(project: "/q", task: nil)) == nil)
        for mark in marks.all() { try marks.remove(mark) }
        #expect(marks.first(on: subjects) == nil)
    }
}
