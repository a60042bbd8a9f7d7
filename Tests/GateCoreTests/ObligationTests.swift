// Conditions: what they refuse, and that two of them make the stricter one.

import GateCore
import SeededRandom
import Testing

@Suite struct ObligationTests {
    private func answer(
        _ invocation: Invocation, effect: Effect = .allow, _ change: (inout Rule) -> Void = { _ in }
    ) -> Decision {
        decision(invocation, [layer(.install, [rule("r", effect, command: "*", change: change)])])
    }

    private func install(_ packages: PackageRequest...) -> Invocation {
        npm("install", operation: .install) { $0.packages = packages }
    }

    private func package(
        _ name: Word, _ range: Word = "", _ source: PackageRequest.Source = .registry
    ) -> PackageRequest {
        PackageRequest(
            name: name, range: range, source: source,
            spelling: range.isEmpty ? name : Word("\(name.text)@\(range.text)"))
    }

    @Test("a place that holds tools is never written to, another one outside only where listed")
    func destinations() {
        func line(_ destination: Destination, _ operation: Operation = .install) -> Invocation {
            npm("install", operation: operation) { $0.destination = destination }
        }
        #expect(answer(line(.project)).effect == .allow)
        #expect(answer(line(.environment)).effect == .allow)
        #expect(answer(line(.outside)).effect == .deny)
        #expect(answer(line(.outside), effect: .approval).effect == .deny)
        #expect(answer(line(.outside, .query)).effect == .allow)
        #expect(answer(line(.outside)) { $0.require.destinations = [.outside] }.effect == .allow)
        #expect(answer(line(.project)) { $0.require.destinations = [.outside] }.effect == .deny)
        #expect(answer(line(.outside)) { $0.match.destination = [.outside] }.effect == .allow)
        for operation in [Operation.install, .execute, .configure, .modify, .pack] {
            let all: [Destination] = [.project, .environment, .outside, .tools]
            let refused = answer(line(.tools, operation)) { $0.require.destinations = all }
            #expect(refused.effect == .deny)
            #expect(refused.reason == "it would write to a place that holds shims or real tools")
        }
    }

    @Test(
        "packages come from registries and the workspace unless more is listed",
        arguments: PackageRequest.Source.allCases)
    func sources(source: PackageRequest.Source) {
        let line = install(package("good"), package("x", "", source))
        let isOrdinary: Bool
        switch source {
        case .registry, .workspace, .alias, .requirements: isOrdinary = true
        case .git, .url, .path, .ambiguous: isOrdinary = false
        }
        #expect((answer(line).effect == .allow) == isOrdinary)
        let all = answer(line) { $0.require.sources = PackageSource.allCases }
        #expect((all.effect == .allow) == (source != .ambiguous))
        #expect(answer(line) { $0.require.sources = [] }.effect == .deny)
        let query = npm("view", operation: .query) { $0.packages = line.packages }
        #expect(answer(query).effect == .allow)
    }

    @Test("lists of packages hold for every named package, and refuse lines that name none")
    func packages() {
        let change: (inout Rule) -> Void = {
            $0.require.packagesAllowed = [[Glob("left-*"), Glob("@scope/*")]]
            $0.require.packagesDenied = [[Glob("left-handed")]]
        }
        #expect(answer(install(package("left-pad")), change).effect == .allow)
        #expect(answer(install(package("left-pad"), package("@scope/a")), change).effect == .allow)
        #expect(answer(install(package("left-pad"), package("evil")), change).effect == .deny)
        #expect(answer(install(package("left-handed")), change).effect == .deny)
        #expect(answer(install(), change).effect == .deny)
        #expect(answer(install(package("", "", .requirements)), change).effect == .deny)
        let alias = PackageRequest(
            name: "left-pad", range: "", source: .alias, spelling: "left-pad@npm:evil")
        #expect(
            answer(install(alias)) { $0.require.packagesAllowed = [[Glob("left-pad")]] }.effect
                == .deny)
    }

    @Test("a rule that allows a package allows no line that names another")
    func packageMatch() {
        let allow = rule("a", .allow) { $0.match.package = [Glob("good")] }
        let deny = rule("d", .deny) { $0.match.package = [Glob("evil")] }
        let both = install(package("good"), package("evil"))
        #expect(decision(both, [layer(.install, [allow])]).effect == .deny)
        #expect(decision(install(package("good")), [layer(.install, [allow])]).effect == .allow)
        #expect(decision(install(), [layer(.install, [allow])]).effect == .deny)
        let denied = decision(both, [layer(.install, [deny], defaults: [.install: .allow])])
        #expect(denied.rule == "d")
    }

    @Test(
        "no other spelling of a package escapes a rule that denies it, and none is allowed for it")
    func packageSpellings() {
        func alias(_ name: Word, _ range: Word) -> PackageRequest {
            PackageRequest(
                name: name, range: range, source: .alias,
                spelling: Word("\(name.text)@\(range.text)"))
        }
        let requests = [
            package("Evil_Pkg"), package("evil.pkg", "==1"), package("EVIL--PKG"),
            alias("good", "npm:evil-pkg"), alias("good", "npm:evil-pkg@^1.0.0"),
        ]
        let deny = rule("d", .deny) { $0.match.package = [Glob("evil-pkg")] }
        let allow = rule("a", .allow) { $0.match.package = [Glob("evil-pkg"), Glob("good")] }
        for request in requests {
            let line = install(request)
            let denied = decision(line, [layer(.install, [deny], defaults: [.install: .allow])])
            #expect(denied.rule == "d", "\(request.spelling)")
            let listed = answer(line) { $0.require.packagesDenied = [[Glob("Evil.Pkg")]] }
            #expect(listed.effect == .deny, "\(request.spelling)")
            #expect(decision(line, [layer(.install, [allow])]).effect == .deny)
        }
        let scoped = install(alias("x", "npm:@evil/a@1"))
        let scope = rule("d", .deny) { $0.match.package = [Glob("@evil/*")] }
        #expect(decision(scoped, [layer(.install, [scope])]).rule == "d")
        let other = install(package("evil-pkg-2"))
        #expect(
            decision(other, [layer(.install, [deny], defaults: [.install: .allow])]).rule == nil)
    }

    @Test(
        "a pinned package has one version",
        arguments: [
            ("1.2.3", true), ("1.2.3-beta.1", true), ("1.2.3+build", true), ("==1.4", true),
            ("==1.4.0rc1", true), ("=1.2.3", true), ("===1.0.0", true), ("", false), ("1", false),
            ("1.2", false), ("=1.2", false), ("^1.2.3", false), ("~1.2.3", false), ("1.x", false),
            ("1.2.x", false), ("1.2.*", false), ("==1.*", false), (">=1.2.3", false),
            ("latest", false), ("1.2.3 || 2.0.0", false), ("1.2.3 - 2.0.0", false), ("*", false),
            ("1..3", false), ("1.2.", false), ("v1.2.3", false),
        ])
    func pinned(range: String, isExact: Bool) {
        let line = install(package("a", Word(range)))
        #expect((answer(line) { $0.require.pinned = true }.effect == .allow) == isExact)
    }

    @Test("cargo takes a bare version for a range")
    func pinnedCargo() {
        var line = Invocation(tool: "cargo", command: ["cargo", "add"], operation: .install)
        line.packages = [package("serde", "1.2.3")]
        #expect(answer(line) { $0.require.pinned = true }.effect == .deny)
        line.packages = [package("serde", "=1.2.3")]
        #expect(answer(line) { $0.require.pinned = true }.effect == .allow)
    }

    struct Demand: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let set: @Sendable (inout Obligations) -> Void

        init(_ name: String, _ set: @escaping @Sendable (inout Obligations) -> Void) {
            testDescription = name
            self.set = set
        }
    }

    @Test(
        "a condition that cannot be enforced yet is a denial that names it",
        arguments: [
            Demand("scripts.allow") { $0.scripts = [.init(name: "esbuild")] },
            Demand("lockfile") { $0.lockfile = .frozen },
            Demand("lockfile") { $0.lockfile = .review },
            Demand("registries") { $0.registries = [] },
            Demand("provenance") { $0.provenance = .warn },
            Demand("provenance") { $0.provenance = .require },
            Demand("justification") { $0.justification = [.purpose] },
            Demand("sandbox") { $0.sandbox = .require },
        ])
    func unenforced(demand: Demand) {
        for effect in [Effect.allow, .approval] {
            let refused = answer(install(package("a")), effect: effect) {
                demand.set(&$0.require)
                $0.message = "Ask first."
            }
            #expect(refused.effect == .deny)
            #expect(refused.message == nil)
            #expect(refused.rule == "r")
            #expect(
                refused.reason
                    == "the policy requires \(demand.testDescription), "
                    + "which this version cannot enforce")
        }
    }

    @Test("installs in a stage meet what is judged there, and no change passes a frozen lockfile")
    func staged() {
        func line(isBare: Bool) -> Invocation {
            npm("install", operation: .install) {
                $0.install = InstallShape(isBare: isBare)
                if !isBare { $0.packages = [package("a")] }
            }
        }
        for isBare in [true, false] {
            let answer = answer(line(isBare: isBare)) {
                $0.require.lockfile = .review
                $0.require.registries = []
                $0.require.scripts = [.init(name: "esbuild")]
                $0.require.sandbox = .require
            }
            #expect(answer.effect == .allow)
        }
        #expect(answer(line(isBare: true)) { $0.require.lockfile = .frozen }.effect == .allow)
        let change = answer(line(isBare: false)) { $0.require.lockfile = .frozen }
        #expect(change.effect == .deny)
        #expect(change.reason == "the policy freezes the lockfile, and this line would change it")
        // What is not known yet is held against the lists later.
        #expect(
            answer(line(isBare: true)) { $0.require.packagesDenied = [[Glob("b")]] }.effect
                == .allow)
    }

    @Test("an outcome is recorded of every tool that is asked for one")
    func outcome() {
        #expect(answer(install(package("a"))) { $0.require.outcome = true }.effect == .allow)
    }

    @Test("every package is held against the denied ones, those asked for against the allowed ones")
    func packagesOfInstalls() {
        var lists = Obligations()
        lists.packagesAllowed = [[Glob("left-*")]]
        lists.packagesDenied = [[Glob("left-handed")], [Glob("evil")]]
        let (left, evil, other) = (package("left-pad", "1.0.0"), package("evil"), package("other"))
        #expect(lists.refusal(of: left, isAskedFor: true) == nil)
        #expect(lists.refusal(of: other, isAskedFor: false) == nil)
        #expect(
            lists.refusal(of: other, isAskedFor: true)
                == "other is not on the policy's list of packages")
        #expect(
            lists.refusal(of: evil, isAskedFor: false)
                == "evil is on the policy's list of denied packages")
    }

    @Test("a lockfile may be anything only where everybody says so")
    func lockfileMerge() {
        func lockfile(_ rule: Obligations.LockfileRule?) -> Obligations {
            var result = Obligations()
            result.lockfile = rule
            return result
        }
        #expect(lockfile(.any).merged(with: lockfile(.any)).lockfile == .any)
        #expect(lockfile(.any).merged(with: lockfile(nil)).lockfile == nil)
        #expect(lockfile(nil).merged(with: lockfile(.review)).lockfile == .review)
        #expect(lockfile(.review).merged(with: lockfile(.frozen)).lockfile == .frozen)
    }

    @Test("conditions that ask for nothing refuse nothing")
    func moot() {
        let answer = answer(install(package("a"))) {
            $0.require.scripts = [.init(name: "esbuild", until: 0)]
            $0.require.lockfile = .any
            $0.require.provenance = .off
            $0.require.sandbox = .auto
            $0.require.credentials = .keep
        }
        #expect(answer.effect == .allow)
        #expect(!answer.obligations.stripsCredentials)
    }

    @Test("conditions for installs do not touch what installs nothing")
    func otherOperations() {
        let line = npm("view", operation: .query)
        #expect(answer(line) { $0.require.lockfile = .frozen }.effect == .allow)
    }

    @Test("a layer cannot take a condition of another one away")
    func layersMerge() {
        let line = npm("install", operation: .install) {
            $0.packages = [PackageRequest(name: "a", source: .git, spelling: "git+ssh://a")]
        }
        let open = rule("open", .allow, command: "*") { $0.require.sources = [.git] }
        let plain = layer(.install, defaults: [.install: .allow])
        #expect(decision(line, [layer(.managed, [open])]).effect == .allow)
        #expect(decision(line, [layer(.managed, [open]), plain]).effect == .deny)
        #expect(decision(line, [plain, layer(.workspace, [open])]).effect == .deny)
    }

    @Test("the merge of two is at least as strict as either", arguments: 1...200)
    func mergeIsStrict(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let left = arbitrary(&random)
        let right = arbitrary(&random)
        let merged = left.merged(with: right)
        let turned = right.merged(with: left)
        for one in [left, right] {
            #expect(merged.sourcesInForce.allSatisfy { one.sourcesInForce.contains($0) })
            #expect(merged.destinationsInForce.allSatisfy { one.destinationsInForce.contains($0) })
            let allowed = one.scriptsAllowed(at: 50)
            #expect(merged.scriptsAllowed(at: 50).allSatisfy { allowed.contains($0) })
            #expect(merged.stripsCredentials || !one.stripsCredentials)
            #expect((merged.lockfile?.rawValue ?? 0) >= (one.lockfile?.rawValue ?? 0))
            #expect((merged.provenance?.rawValue ?? 0) >= (one.provenance?.rawValue ?? 0))
            #expect((merged.sandbox?.rawValue ?? 0) >= (one.sandbox?.rawValue ?? 0))
            #expect((merged.minimumReleaseAge ?? 0) >= (one.minimumReleaseAge ?? 0))
            if one.minimumReleaseAge != nil {
                let exempt = merged.cooldownExempt ?? []
                #expect(exempt.allSatisfy { one.cooldownExempt?.contains($0) == true })
            }
            if let registries = one.registries {
                #expect(merged.registries?.allSatisfy { registries.contains($0) } == true)
            }
            #expect(one.packagesAllowed.allSatisfy { merged.packagesAllowed.contains($0) })
            #expect(one.packagesDenied.allSatisfy { merged.packagesDenied.contains($0) })
            #expect(one.justification.allSatisfy { merged.justification.contains($0) })
            #expect(merged.pinned || !one.pinned)
            #expect(merged.outcome || !one.outcome)
        }
        #expect(Set(merged.sourcesInForce) == Set(turned.sourcesInForce))
        #expect(merged.lockfile == turned.lockfile)
        #expect(Set(merged.cooldownExempt ?? []) == Set(turned.cooldownExempt ?? []))
        #expect(left.merged(with: left).sourcesInForce == left.sourcesInForce)
    }

    private func arbitrary(_ random: inout SeededGenerator) -> Obligations {
        func maybe<Value>(_ value: Value) -> Value? {
            Bool.random(using: &random) ? value : nil
        }
        var result = Obligations()
        result.sources = maybe(PackageSource.allCases.filter { _ in Bool.random(using: &random) })
        result.destinations = maybe(
            [Destination.project, .outside].filter { _ in Bool.random(using: &random) })
        result.scripts = maybe(
            ["a", "b", "c"].filter { _ in Bool.random(using: &random) }
                .map { .init(name: $0, until: maybe(Int.random(in: 0...100, using: &random))) })
        result.credentials = maybe(.keep)
        result.lockfile = Obligations.LockfileRule.allCases.randomElement(using: &random)
        result.provenance = maybe(.warn)
        result.sandbox = Obligations.SandboxRule.allCases.randomElement(using: &random)
        result.minimumReleaseAge = maybe(Int.random(in: 0...9, using: &random))
        result.cooldownExempt = maybe(["x", "y"].filter { _ in Bool.random(using: &random) })
        result.registries = maybe(["x", "y"].filter { _ in Bool.random(using: &random) })
        result.packagesAllowed = maybe([[Glob("a*")]]) ?? []
        result.packagesDenied = maybe([[Glob("b")]]) ?? []
        result.justification = maybe([.purpose]) ?? []
        result.pinned = Bool.random(using: &random)
        result.outcome = Bool.random(using: &random)
        return result
    }
}
