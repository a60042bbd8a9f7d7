// Adopting virtual environments: what stands in `bin` afterwards, what runs, and that what somebody
// planted there leads nowhere.

import Foundation
import GateCore
import Testing

@testable import Launch

private let ourLine = "#!/p/bin/shimgate adopted\n"

/// An environment as venv makes it, with a tool and with a program that is not managed.
private struct Scene {
    let folder: Folder
    var home: String { folder.path + "/v" }
    var adoption: Adoption { adoption(by: "/p/bin/shimgate") }

    init() throws {
        folder = try Folder()
        try folder.write("v/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n")
        try folder.write("real/python3", "\u{7F}ELF", mode: 0o755)
        try folder.write("v/bin/uv", "\u{7F}ELF", mode: 0o755)
        try folder.write("v/bin/pytest", "#!/bin/sh\n", mode: 0o755)
        try folder.write("v/bin/pip", "#!\(home)/bin/python3 -sE\n", mode: 0o755)
        try link("python3", to: folder.path + "/real/python3")
        try link("python", to: "python3")
    }

    func adoption(by binary: String) -> Adoption {
        let names: [Word] = ["pip", "python", "python3", "uv"]
        return Adoption(home, binary: binary) { names.contains($0) }
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: home + "/bin/" + name, withDestinationPath: target)
    }

    func text(_ path: String) -> String? {
        try? String(contentsOfFile: home + "/" + path, encoding: .utf8)
    }
}

@Suite struct AdoptionTests {
    @Test("every managed program becomes our line, and its original is kept")
    func programsBecomeOurLine() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        #expect(try scene.adoption.adopt() == ["pip", "python", "python3", "uv"])
        for name in ["pip", "python", "python3", "uv"] {
            #expect(scene.text("bin/" + name) == ourLine)
            #expect(scene.text(".shimgate-bin/" + name) != nil)
        }
        #expect(scene.text("bin/pytest") == "#!/bin/sh\n")
        #expect(try scene.adoption.adopt() == [], "a second run changes nothing")
        #expect(try scene.adoption.programs().allSatisfy { $0.state == .adopted })
    }

    @Test("what was adopted finds its original, and a script the original of its interpreter")
    func originalsAreFound() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        let bin = scene.home + "/bin"
        let kept = scene.home + "/.shimgate-bin"
        #expect(AdoptedProgram(calledAt: bin + "/python", cwd: nil) == nil)
        _ = try scene.adoption.adopt()
        let python = try #require(AdoptedProgram(calledAt: bin + "/python", cwd: nil))
        #expect(python.program == kept + "/python")
        #expect(python.calledAs == bin + "/python")
        #expect(python.words == [])
        let pip = try #require(AdoptedProgram(calledAt: "bin/pip", cwd: scene.home))
        #expect(pip.program == kept + "/python3")
        #expect(pip.calledAs == bin + "/python3")
        #expect(pip.words == ["-sE", Word(kept + "/pip")])
        #expect(pip.original == kept + "/pip")
        // From elsewhere, by a link of the same name.
        try FileManager.default.createSymbolicLink(
            atPath: scene.folder.path + "/uv", withDestinationPath: bin + "/uv")
        let uv = try #require(AdoptedProgram(calledAt: "./uv", cwd: scene.folder.path))
        #expect(uv.program == kept + "/uv")
    }

    @Test("a script that reaches its interpreter by way of the shell is read as well")
    func longPathsAreRead() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        let text = #"#!/bin/sh\#n'''exec' "\#(scene.home)/bin/python3" "$0" "$@"\#n' '''\#n"#
        try scene.folder.write("v/bin/pip", text, mode: 0o755)
        _ = try scene.adoption.adopt()
        let pip = try #require(AdoptedProgram(calledAt: scene.home + "/bin/pip", cwd: nil))
        #expect(pip.program == scene.home + "/.shimgate-bin/python3")
        #expect(pip.words == [Word(scene.home + "/.shimgate-bin/pip")])
    }

    @Test("releasing gives every program back as it was")
    func releasingGivesBack() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        let before = scene.text("bin/pip")
        _ = try scene.adoption.adopt()
        #expect(try scene.adoption.release() == ["pip", "python", "python3", "uv"])
        #expect(scene.text("bin/pip") == before)
        let target = try FileManager.default.destinationOfSymbolicLink(
            atPath: scene.home + "/bin/python")
        #expect(target == "python3")
        #expect(!FileManager.default.fileExists(atPath: scene.home + "/.shimgate-bin"))
        #expect(try scene.adoption.release() == [])
    }

    @Test("a program that was installed over our line is adopted anew")
    func newProgramsAreAdopted() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        _ = try scene.adoption.adopt()
        try FileManager.default.removeItem(atPath: scene.home + "/bin/pip")
        try scene.folder.write("v/bin/pip", "new", mode: 0o755)
        #expect(try scene.adoption.adopt() == ["pip"])
        #expect(scene.text(".shimgate-bin/pip") == "new")
    }

    @Test("another installation's line is taken over, its original stays")
    func anotherInstallationsLineIsTakenOver() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        let original = scene.text("bin/pip")
        _ = try scene.adoption(by: "/old/bin/shimgate").adopt()
        #expect(try scene.adoption.programs().allSatisfy { $0.state == .stale })
        #expect(try scene.adoption.adopt().count == 4)
        #expect(scene.text("bin/pip") == ourLine)
        #expect(scene.text(".shimgate-bin/pip") == original)
    }

    @Test("a line of ours is never kept as an original")
    func ourLineIsNoOriginal() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        try scene.folder.write("v/bin/pip", "#!/x/shimgate adopted\n", mode: 0o755)
        _ = try scene.adoption.adopt()
        #expect(scene.text(".shimgate-bin/pip") == nil)
        try scene.folder.write("v/.shimgate-bin/pip", "#!/x/shimgate adopted\n", mode: 0o755)
        #expect(AdoptedProgram(calledAt: scene.home + "/bin/pip", cwd: nil) == nil)
    }

    @Test("a planted link in the place of our folder is refused")
    func plantedLinksAreRefused() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        let target = scene.folder.path + "/real"
        try FileManager.default.createSymbolicLink(
            atPath: scene.home + "/.shimgate-bin", withDestinationPath: target)
        #expect(throws: Adoption.Failure.self) { try scene.adoption.adopt() }
        #expect(scene.text("bin/python3") == "\u{7F}ELF")
        let names = try FileManager.default.contentsOfDirectory(atPath: target)
        #expect(names == ["python3"])
    }

    @Test("what is no virtual environment is refused")
    func otherDirectoriesAreRefused() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        for text in ["", "homes = /usr\n", "# home\n"] {
            try scene.folder.write("v/pyvenv.cfg", text)
            #expect(throws: Adoption.Failure.self) { try scene.adoption.adopt() }
            #expect(scene.text("bin/pip") != ourLine)
        }
        #expect(!Adoption.isEnvironment(scene.folder.path))
    }

    @Test("a binary that the kernel could not find from a first line is refused")
    func unfitBinariesAreRefused() throws {
        let scene = try Scene()
        defer { scene.folder.remove() }
        let long = "/" + String(repeating: "x", count: 240) + "/shimgate"
        for binary in ["/a b/shimgate", long] {
            #expect(throws: Adoption.Failure.self) { try scene.adoption(by: binary).adopt() }
            #expect(scene.text("bin/pip") != ourLine)
        }
    }
}
