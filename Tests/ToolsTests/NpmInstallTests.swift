// npm's installs: which lines are installs of the project, and the words of their phases.

import GateCore
import Testing

@testable import Tools

@Suite struct NpmInstallTests {
    private func invocation(_ text: String) -> Invocation {
        var words = text.split(separator: " ").map { Word($0) }
        words.removeFirst()
        let line = Line(tool: "npm", arguments: words, version: "10.9.0")
        var facts = Facts()
        return classify(line, facts: &facts)
    }

    @Test(
        "an install of the project is bare, or changes what it names",
        arguments: [
            ("npm install", true), ("npm ci", true), ("npm install --omit=dev", true),
            ("npm install left-pad", false), ("npm i -D typescript", false), ("npm up", false),
            ("npm rm left-pad", false), ("npm dedupe", false), ("npm audit fix", false),
            ("npm it", true), ("npm cit", true),
        ])
    func shapes(text: String, isBare: Bool) {
        #expect(invocation(text).install?.isBare == isBare)
    }

    @Test(
        "what installs elsewhere, installs nothing or is no install is started as it is",
        arguments: [
            "npm install -g left-pad", "npm install --location=global x", "npm link",
            "npm install --dry-run", "npm ls", "npm prune", "npm rebuild", "npm test",
            "npm find-dupes",
        ])
    func others(text: String) {
        #expect(invocation(text).install == nil)
    }

    @Test("an install that another program starts has no stage")
    func nested() throws {
        let outer = invocation("npm exec -c npm\\ install")
        for inner in outer.flattened.dropFirst() { #expect(inner.install == nil) }
    }

    @Test("what is written back follows the options")
    func saving() throws {
        let unsaved = try #require(invocation("npm install --no-save x").install)
        #expect(!unsaved.savesManifest && !unsaved.savesLockfile)
        let unlocked = try #require(invocation("npm install --no-package-lock x").install)
        #expect(unlocked.savesManifest && !unlocked.savesLockfile)
        let lockOnly = try #require(invocation("npm install --package-lock-only").install)
        #expect(!lockOnly.installsTree)
        #expect(invocation("npm cit").install?.testsAfterwards == true)
    }

    private func words(_ text: String, git: String? = nil, version: String = "10.9.0")
        -> InstallWords
    {
        Installer.npm.words(invocation(text), .init(version: version, git: git))
    }

    @Test("resolving installs nothing, starts nothing, and keeps what the caller asked for")
    func resolving() {
        let words = words("npm install -D --save-exact --ignore-scripts=false left-pad@1 -w a")
        #expect(
            words.resolve.map(\.text).joined(separator: " ") == """
                install --ignore-scripts=true --git=/bin/false --script-shell=/bin/true \
                --json=true --fund=false --progress=false --audit=false --package-lock-only=true \
                --package-lock=true --save-dev=true --save-exact=true --workspace=a -- left-pad@1
                """)
        #expect(
            words.install.map(\.text).joined(separator: " ") == """
                ci --ignore-scripts=true --git=/bin/false --script-shell=/bin/true --dry-run=false
                """)
    }

    @Test("no option of the caller leads a phase out of the stage or to another program")
    func dropped() {
        let words = words(
            "npm install --prefix=/elsewhere --git=/evil --script-shell=/evil --dry-run=false "
                + "--package-lock-only=false --no-package-lock --node-options=--require=/evil x")
        for phase in [words.resolve, words.install, words.test] {
            let text = phase.map(\.text).joined(separator: " ")
            #expect(!text.contains("evil"))
            #expect(!text.contains("elsewhere"))
            #expect(!text.contains("--package-lock-only=false"))
            #expect(!text.contains("--package-lock=false"))
        }
    }

    @Test("git is switched off but where the policy lets it in")
    func git() {
        let newer = words("npm install x", version: "11.17.0").install
        #expect(newer.contains("--allow-git=none"))
        let listed = words("npm install x", git: "/usr/bin/git", version: "11.17.0").install
        #expect(listed.contains("--git=/usr/bin/git"))
        #expect(!listed.contains("--allow-git=none"))
        #expect(!words("npm install x").install.contains("--allow-git=none"))
    }

    @Test("npm ci keeps its workspace, and a bare install brings everybody's")
    func workspaces() {
        #expect(words("npm ci -w a").install.contains("--workspace=a"))
        #expect(!words("npm install -w a").install.contains("--workspace=a"))
    }

    @Test("the phases follow from the shape")
    func phases() throws {
        func purposes(
            _ text: String, isFrozen: Bool, builds: Bool = false
        ) throws -> [String] {
            let invocation = invocation(text)
            var plan = Plan(program: "/usr/bin/npm", arguments: [])
            plan.split(
                words(text), try #require(invocation.install), isFrozen: isFrozen,
                builds: builds)
            #expect(plan.launch == .supervise)
            return plan.phases.map(\.purpose.rawValue)
        }
        #expect(try purposes("npm ci", isFrozen: true) == ["install"])
        #expect(try purposes("npm install x", isFrozen: false) == ["resolve", "install"])
        #expect(
            try purposes("npm install --package-lock-only x", isFrozen: false) == ["resolve"])
        #expect(try purposes("npm cit", isFrozen: true) == ["install", "test"])
        #expect(
            try purposes("npm cit", isFrozen: true, builds: true) == ["install", "build", "test"])
        #expect(
            try purposes("npm install --package-lock-only x", isFrozen: false, builds: true)
                == ["resolve"])
        // Whatever the caller says of scripts, the packages that policy lists are built alike.
        #expect(
            words("npm ci --ignore-scripts --foreground-scripts").build == words("npm ci").build)
        #expect(words("npm ci").build?.last == "--")
    }
}
