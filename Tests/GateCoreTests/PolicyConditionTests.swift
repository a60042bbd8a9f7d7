// Conditions of a whole policy: they hold for all that it allows, a rule replaces them key by key, and a
// policy that abstains can demand something of what others allow, and give nothing.

import GateCore
import Testing

@Suite struct PolicyConditionTests {
    /// A line whose install is resolved first, so that lists and scripts can be carried out.
    private let line = npm("install", operation: .install) {
        $0.install = InstallShape(isBare: true)
    }

    private func conditions(_ change: (inout Obligations) -> Void) -> Obligations {
        var require = Obligations()
        change(&require)
        return require
    }

    private func layer(
        _ kind: Layer.Kind = .install, _ rules: [Rule] = [], allows: Bool = false,
        _ change: (inout Obligations) -> Void
    ) -> Layer {
        var policy = Policy(require: conditions(change), rules: rules)
        if allows { policy.defaults = [.init(.operation(.install), .allow)] }
        return Layer(kind: kind, name: "\(kind.name).json", policy: policy)
    }

    @Test("they hold for what a default allows and for what a rule allows")
    func both() {
        let byDefault = decision(line, [layer(allows: true) { $0.minimumReleaseAge = 9 }])
        #expect(byDefault.obligations.minimumReleaseAge == 9)
        let ruled = layer(.install, [rule("r", .allow, command: "*")]) { $0.minimumReleaseAge = 9 }
        #expect(decision(line, [ruled]).obligations.minimumReleaseAge == 9)
        let asked = layer(.install, [rule("r", .approval, command: "*")]) { $0.pinned = true }
        #expect(decision(line, [asked]).obligations.pinned)
    }

    @Test("a rule replaces them key by key, and may be milder")
    func replaced() {
        let own = rule("r", .allow, command: "*") {
            $0.require.scripts = [.init(name: "esbuild")]
            $0.require.sources = PackageSource.allCases
        }
        let kept = decision(
            line,
            [
                layer(.install, [own]) {
                    $0.minimumReleaseAge = 9
                    $0.sources = [.registry]
                    $0.packagesDenied = [[Glob("evil")]]
                }
            ]
        ).obligations
        #expect(kept.minimumReleaseAge == 9)
        #expect(kept.scripts?.map(\.name) == ["esbuild"])
        #expect(kept.sources == PackageSource.allCases)
        #expect(kept.packagesDenied == [[Glob("evil")]])
        let young = rule("r", .allow, command: "*") { $0.require.minimumReleaseAge = 0 }
        let milder = decision(line, [layer(.install, [young]) { $0.minimumReleaseAge = 9 }])
        #expect(milder.obligations.minimumReleaseAge == 0)
    }

    @Test("a source that a rule matches on by name counts as its own key")
    func matched() {
        let own = rule("r", .allow, operation: [.install]) { $0.match.source = [.git] }
        let git = npm("install", operation: .install) {
            $0.packages = [PackageRequest(name: "p", source: .git, spelling: "git+https://h/p")]
        }
        let answer = decision(git, [layer(.install, [own]) { $0.sources = [.registry] }])
        #expect(answer.effect == .allow)
    }

    @Test("a layer that abstains demands them of what others allow, and says nothing else")
    func abstaining() {
        let install = layer(.install, allows: true) {
            $0.scripts = [.init(name: "esbuild")]
            $0.minimumReleaseAge = 9
        }
        for kind in Layer.Kind.allCases {
            let only = layer(kind) { $0.minimumReleaseAge = 70 }
            for layers in [[install, only], [only, install]] {
                let answer = decision(line, layers)
                #expect(answer.effect == .allow)
                #expect(answer.layer == .install)
                #expect(answer.obligations.minimumReleaseAge == 70)
                #expect(answer.obligations.scripts?.map(\.name) == ["esbuild"])
            }
        }
    }

    @Test("a layer that abstains gives nothing: no age, no source, no script, no exemption")
    func giving() {
        let install = layer(.install, allows: true) {
            $0.minimumReleaseAge = 9
            $0.cooldownExempt = ["https://a/", "https://b/"]
        }
        let only = layer(.workspace) {
            $0.minimumReleaseAge = 1
            $0.cooldownExempt = ["https://b/", "https://c/"]
            $0.scripts = [.init(name: "esbuild")]
            $0.sources = PackageSource.allCases
            $0.destinations = [.project, .outside]
            $0.credentials = .keep
            $0.lockfile = .any
        }
        let answer = decision(line, [install, only]).obligations
        #expect(answer.minimumReleaseAge == 9)
        #expect(answer.cooldownExempt == ["https://b/"])
        #expect(answer.scripts == nil)
        #expect(answer.sourcesInForce == [.registry, .workspace])
        #expect(answer.destinationsInForce == [.project])
        #expect(answer.stripsCredentials)
        #expect(answer.lockfile == nil)
        #expect(decision(line, [only]).effect == .deny)
    }

    @Test("exemptions of a policy without an age exempt from nobody else's")
    func exemptions() {
        let install = layer(.install, allows: true) { $0.cooldownExempt = ["https://a/"] }
        let only = layer(.workspace) { $0.minimumReleaseAge = 70 }
        let answer = decision(line, [install, only]).obligations
        #expect(answer.minimumReleaseAge == 70)
        #expect(answer.cooldownExempt == nil)
    }

    @Test("the order of layers that abstain means nothing, and a condition can refuse the line")
    func order() {
        let install = layer(.install, allows: true) { _ in }
        let first = layer(.workspace) {
            $0.minimumReleaseAge = 70
            $0.sources = [.registry]
        }
        let second = layer(.profile) {
            $0.minimumReleaseAge = 9
            $0.sources = [.registry, .workspace]
            $0.outcome = true
        }
        let answers = [[install, first, second], [second, first, install]].map {
            decision(line, $0).obligations
        }
        #expect(answers[0] == answers[1])
        #expect(answers[0].sources == [.registry])
        let named = npm("install", operation: .install) {
            $0.packages = [PackageRequest(name: "p", source: .registry, spelling: "p")]
        }
        let strict = layer(.workspace) { $0.pinned = true }
        #expect(decision(named, [install]).effect == .allow)
        #expect(decision(named, [install, strict]).effect == .deny)
    }

    @Test("they say nothing of a deny, of files and of programs that are not managed")
    func elsewhere() {
        let denying = layer(.install, [rule("r", .deny, command: "*")]) { $0.pinned = true }
        #expect(decision(line, [denying]).obligations == Obligations())
        var reading = layer(.install) { $0.pinned = true }
        var policy = reading.policy
        policy.defaults = [.init(.fileRead, .allow)]
        reading = Layer(kind: .install, name: "p", policy: policy)
        let file = decide(.fileRead(path: "/a", Subject()), layers: [reading], now: 0)
        #expect(file.effect == .allow)
        #expect(file.obligations == Obligations())
        let program = decide(.program(["ls"], Subject()), layers: [reading], now: 0)
        #expect(program.effect == .allow)
        #expect(program.obligations == Obligations())
    }

    @Test("every key is taken over where the rule has none")
    func everyKey() {
        let full = conditions {
            $0.scripts = [.init(name: "a")]
            $0.lockfile = .frozen
            $0.minimumReleaseAge = 1
            $0.cooldownExempt = ["https://a/"]
            $0.registries = ["https://a/"]
            $0.privateRegistries = [PrivateRegistry(url: "https://a/", packages: [Glob("@a/*")])]
            $0.sources = [.git]
            $0.destinations = [.outside]
            $0.packagesAllowed = [[Glob("a")]]
            $0.packagesDenied = [[Glob("b")]]
            $0.pinned = true
            $0.provenance = .warn
            $0.credentials = .keep
            $0.justification = [.risk]
            $0.sandbox = .auto
            $0.outcome = true
        }
        #expect(Mirror(reflecting: full).children.count == 16)
        #expect(Obligations().over(full) == full)
        #expect(full.over(Obligations()) == full)
        #expect(full.over(full) == full)
    }
}
