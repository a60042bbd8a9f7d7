// What holds for every policy and every request, tried on many random ones.

import GateCore
import SeededRandom
import Testing

@Suite struct DecidePropertyTests {
    @Test("adding a layer that can only tighten never weakens a decision", arguments: 1...40)
    func addingTighteningLayer(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let layers = randomLayers(&random)
            let request = randomRequest(&random)
            let added = randomLayer(Bool.random(using: &random) ? .workspace : .profile, &random)
            let before = decide(request, layers: layers, now: 50)
            let after = decide(request, layers: layers + [added], now: 50)
            // Programs that are not managed are free until somebody names them.
            if case .program = request, before.layer == nil { continue }
            #expect(after.effect >= before.effect)
            if before.effect != .deny, after.effect == before.effect {
                #expect(after.obligations.isAsStrict(as: before.obligations))
            }
        }
    }

    @Test("conditions of a layer that abstains hold for what others allow", arguments: 1...40)
    func abstaining(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var met = 0
        for _ in 0..<200 {
            let layers = randomLayers(&random)
            let request = randomRequest(&random)
            guard case .shell = request else { continue }
            let require = randomConditions(&random)
            let kind = pick(Layer.Kind.allCases, &random)
            let only = Layer(kind: kind, name: "only", policy: Policy(require: require))
            let before = decide(request, layers: layers, now: 50)
            let after = decide(request, layers: layers + [only], now: 50)
            #expect(after.effect >= before.effect)
            guard before.effect != .deny, after.effect == before.effect else { continue }
            met += 1
            #expect(after.obligations.isAsStrict(as: before.obligations))
            #expect(after.obligations.isAsStrict(as: require, only: true))
            #expect(after.rule == before.rule)
        }
        #expect(met > 0)
    }

    @Test("adding a layer above never weakens what the layers below decide", arguments: 1...40)
    func addingLayerAbove(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let request = randomRequest(&random)
            let below = randomLayer(.install, &random)
            let before = decide(request, layers: [below], now: 50)
            guard before.layer != nil else { continue }
            let above = randomLayer(.managed, &random)
            let after = decide(request, layers: [above, below], now: 50)
            #expect(after.effect >= before.effect)
        }
    }

    @Test("a rule after the matching one changes nothing", arguments: 1...40)
    func laterRules(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let request = randomRequest(&random)
            let first = randomLayer(.install, &random)
            let before = decide(request, layers: [first], now: 50)
            guard let name = before.rule, before.votes.count == 1 else { continue }
            var policy = first.policy
            guard let index = policy.rules.firstIndex(where: { $0.id == name }) else {
                Issue.record("no rule \(name)")
                continue
            }
            let place = Int.random(in: (index + 1)...policy.rules.count, using: &random)
            policy.rules.insert(randomRule(99, &random), at: place)
            let changed = Layer(kind: .install, name: first.name, policy: policy)
            #expect(decide(request, layers: [changed], now: 50) == before)
        }
    }

    @Test(
        "the same question has the same answer, and a denial always has a reason", arguments: 1...20
    )
    func pure(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let layers = randomLayers(&random)
            let request = randomRequest(&random)
            let first = decide(request, layers: layers, now: 50)
            #expect(decide(request, layers: layers, now: 50) == first)
            #expect(!first.reason.isEmpty)
            #expect(first.effect == .approval || first.timeout == nil && first.approvers.isEmpty)
        }
    }

    private func randomRequest(_ random: inout SeededGenerator) -> Request {
        let agent = Label(
            pick(["a", "b"], &random), from: pick(Label.Source.allCases, &random))
        let subject = Subject(agent: Bool.random(using: &random) ? agent : nil)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .program(["curl", "x"], subject)
        case 1: return .fileRead(path: pick(["/h/.npmrc", "/h/a", ".npmrc"], &random), subject)
        case _: return .shell(randomInvocation(2, &random), subject, cwd: "/w/a")
        }
    }

    private func randomInvocation(
        _ depth: Int, _ random: inout SeededGenerator
    ) -> Invocation {
        let operation = pick(Operation.allCases, &random)
        var invocation = npm(
            Word(pick(["publish", "install", "run", "view"], &random)), operation: operation)
        if Int.random(in: 0..<8, using: &random) == 0 { invocation.ambiguous = ["why"] }
        if Int.random(in: 0..<8, using: &random) == 0 { invocation.isInert = true }
        invocation.install = InstallShape(isBare: true)
        if Bool.random(using: &random) { invocation.options = [OptionUse(name: "force")] }
        if Bool.random(using: &random) {
            invocation.packages = [
                PackageRequest(
                    name: "p", source: pick(PackageRequest.Source.allCases, &random), spelling: "p")
            ]
        }
        invocation.destination = pick([.project, .outside, .tools], &random)
        if depth > 0, Int.random(in: 0..<3, using: &random) == 0 {
            invocation.nested = [randomInvocation(depth - 1, &random)]
        }
        return invocation
    }

    private func randomLayers(_ random: inout SeededGenerator) -> [Layer] {
        var layers: [Layer] = []
        for kind in Layer.Kind.allCases where Bool.random(using: &random) {
            layers.append(randomLayer(kind, &random))
        }
        return layers
    }

    private func randomLayer(_ kind: Layer.Kind, _ random: inout SeededGenerator) -> Layer {
        var policy = Policy()
        for operation in Operation.allCases where Bool.random(using: &random) {
            policy.defaults.append(.init(.operation(operation), pick(Effect.allCases, &random)))
        }
        if Bool.random(using: &random) {
            policy.defaults.append(.init(.fileRead, pick(Effect.allCases, &random)))
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            policy.require = randomConditions(&random)
        }
        for index in 0..<Int.random(in: 0...4, using: &random) {
            policy.rules.append(randomRule(index, &random))
        }
        return Layer(kind: kind, name: kind.name, policy: policy)
    }

    private func randomConditions(_ random: inout SeededGenerator) -> Obligations {
        var require = Obligations()
        if Bool.random(using: &random) { require.minimumReleaseAge = pick([1, 72, 168], &random) }
        if Bool.random(using: &random) {
            require.cooldownExempt = pick(
                [[], ["https://a/"], ["https://a/", "https://b/"]], &random)
        }
        if Bool.random(using: &random) {
            require.scripts = pick(
                [[], [.init(name: "a")], [.init(name: "a", until: 60)]], &random)
        }
        if Bool.random(using: &random) {
            require.sources = pick([PackageSource.allCases, [.registry]], &random)
        }
        if Bool.random(using: &random) { require.credentials = pick([.keep, .strip], &random) }
        if Int.random(in: 0..<6, using: &random) == 0 { require.pinned = true }
        return require
    }

    private func randomRule(_ index: Int, _ random: inout SeededGenerator) -> Rule {
        var match = Match()
        if Int.random(in: 0..<5, using: &random) == 0 {
            match.path = [Glob(pick(["*", "*/.npmrc"], &random))]
            return Rule(
                id: "r\(index)", action: .fileRead, match: match,
                effect: pick(Effect.allCases, &random))
        }
        if Bool.random(using: &random) {
            match.command = [
                Glob(pick(["*", "npm*", "npm publish*", "curl*", "npm run"], &random))
            ]
        }
        if Bool.random(using: &random) { match.operation = [pick(Operation.allCases, &random)] }
        if Int.random(in: 0..<4, using: &random) == 0 { match.agent = [Glob("a")] }
        if Int.random(in: 0..<4, using: &random) == 0 {
            match.source = [pick(PackageSource.allCases, &random)]
        }
        var rule = Rule(id: "r\(index)", match: match, effect: pick(Effect.allCases, &random))
        if Bool.random(using: &random) { rule.require.sources = PackageSource.allCases }
        if Bool.random(using: &random) { rule.require.destinations = [.project, .outside] }
        if Bool.random(using: &random) { rule.require.credentials = .keep }
        if Bool.random(using: &random) { rule.require.scripts = [.init(name: "a")] }
        if Bool.random(using: &random) { rule.require.minimumReleaseAge = 24 }
        if Int.random(in: 0..<5, using: &random) == 0 { rule.until = 10 }
        return rule
    }

    private func pick<Value>(_ values: [Value], _ random: inout SeededGenerator) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}

extension Obligations {
    /// Whether whatever meets these meets the others too.
    ///
    /// - Parameter only: whether a key that the others do not have says nothing, as in the conditions of
    ///   a layer that abstains; else it stands for its default.
    fileprivate func isAsStrict(as other: Obligations, only: Bool = false) -> Bool {
        let names = scriptsAllowed(at: 0)
        let grants = other.scripts != nil || !only
        let hasFewerScripts = names.allSatisfy { other.scriptsAllowed(at: 0).contains($0) }
        let kinds = other.sources != nil || !only
        let hasFewerSources = sourcesInForce.allSatisfy { other.sourcesInForce.contains($0) }
        let isOlder = (minimumReleaseAge ?? 0) >= (other.minimumReleaseAge ?? 0)
        let exempts = other.minimumReleaseAge != nil && (other.cooldownExempt != nil || !only)
        let hasFewerExempt = (cooldownExempt ?? []).allSatisfy {
            other.cooldownExempt?.contains($0) ?? false
        }
        let keeps = other.credentials != nil || !only
        return (hasFewerScripts || !grants) && (hasFewerSources || !kinds) && isOlder
            && (hasFewerExempt || !exempts)
            && (stripsCredentials || !other.stripsCredentials || !keeps)
            && (pinned || !other.pinned)
    }
}
