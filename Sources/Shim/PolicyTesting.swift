// `shimgate policy test`: cases are judged by the functions of the shim in surroundings that they
// imagine, and held against what they expect. Which rules no case met is part of the answer: a rule
// that nothing tests can be broken without anybody seeing it.

public import GateCore
internal import Platform
public import PolicyFile

/// What became of the cases of one file.
public struct PolicyTestRun: Sendable {
    /// One for each case, in the order of the file.
    public let results: [PolicyTestResult]
    /// Rules that no case met, as `id` or `profile NAME: id`.
    public let unmetRules: [String]

    /// How many cases failed.
    public var failures: Int { results.count { !$0.isPassed } }

    /// Judges all cases.
    public init(_ cases: PolicyCases, under policy: TestedPolicy) {
        let now = Clock.realtime / 1_000_000_000
        var met: [RuleName] = []
        var results: [PolicyTestResult] = []
        for one in cases.cases {
            let surroundings = ImaginedSurroundings(one, of: cases, under: policy, now: now)
            do {
                let judgements = try Judge(in: surroundings, for: one.subject(under: policy))
                    .judgements(of: one)
                for vote in judgements.flatMap(\.decision.votes) {
                    guard case .rule(let id) = vote.basis else { continue }
                    met.append(RuleName(vote.layer, vote.name, id))
                }
                if let strictest = Simulation.strictest(of: judgements) {
                    results.append(PolicyTestResult(one, strictest.decision))
                }
            } catch {
                results.append(PolicyTestResult(one, unusable: error.details))
            }
        }
        self.results = results
        unmetRules = PolicyTestRun.unmet(met, policy)
    }

    private static func unmet(_ met: [RuleName], _ tested: TestedPolicy) -> [String] {
        var unmet: [String] = []
        for rule in tested.layer.policy.rules
        where !met.contains(RuleName(.install, tested.layer.name, rule.id)) {
            unmet.append(rule.id)
        }
        for (name, layer) in tested.profiles {
            for rule in layer.policy.rules
            where !met.contains(RuleName(.profile, layer.name, rule.id)) {
                unmet.append("profile \(name): \(rule.id)")
            }
        }
        return unmet
    }
}

/// A rule of a layer.
private struct RuleName: Equatable {
    let kind: Layer.Kind
    let layer: Word
    let id: Word

    init(_ kind: Layer.Kind, _ layer: String, _ id: String) {
        self.kind = kind
        self.layer = Word(layer)
        self.id = Word(id)
    }
}

/// A policy under test, with the profiles that it has and those in files beside it.
public struct TestedPolicy: Sendable {
    let layer: Layer
    let profiles: [(name: String, layer: Layer)]

    /// A policy that stands in the place of the install's; files of profiles are read where the
    /// cases name them.
    ///
    /// - Throws: `PolicyUnusable` where such a file is no policy.
    public init(
        _ policy: Policy, named path: String, for cases: PolicyCases
    ) throws(PolicyUnusable) {
        layer = Layer(kind: .install, name: path, policy: policy)
        var profiles: [(name: String, layer: Layer)] = []
        for profile in policy.profiles {
            let layer = Layer(
                kind: .profile, name: path, profile: profile.name, policy: profile.policy)
            profiles.append((profile.name, layer))
        }
        var seen: [Word] = []
        let named = (policy.bound?.profiles ?? []) + cases.cases.flatMap(\.profiles)
        for name in named where !seen.contains(Word(name)) {
            seen.append(Word(name))
            guard let file = PolicySource.profile(name, beside: path) else { continue }
            do {
                let bytes = try WholeFile(file, limit: PolicyFile.largest).bytes
                let policy = try PolicyFile.load(bytes: bytes, path: file)
                if let bound = policy.bound { try PolicySource.mayBind(.profile, file, bound) }
                profiles.append(
                    (name, Layer(kind: .profile, name: file, profile: name, policy: policy)))
            } catch let error as PolicyErrors {
                throw PolicyUnusable(details: error.text)
            } catch let error as PolicyUnusable {
                throw error
            } catch {
                throw PolicyUnusable(details: "\(file): cannot be read")
            }
        }
        self.profiles = profiles
    }

    /// The layers of a profile.
    func profile(named name: String) throws(PolicyUnusable) -> [Layer] {
        var layers: [Layer] = []
        for profile in profiles where Word(profile.name) == Word(name) {
            layers.append(profile.layer)
        }
        if layers.isEmpty {
            throw PolicyUnusable(details: "no policy has a profile named \(displayed(name))")
        }
        return layers
    }
}

/// What became of one case.
public struct PolicyTestResult: Sendable {
    /// The case.
    public let policyCase: PolicyCase
    /// The answer; nil where a policy that the case imagines cannot be used.
    public let decision: Decision?
    /// Why there is no answer.
    public let failure: String?

    init(_ policyCase: PolicyCase, _ decision: Decision) {
        self.policyCase = policyCase
        self.decision = decision
        failure = nil
    }

    init(_ policyCase: PolicyCase, unusable details: String) {
        self.policyCase = policyCase
        decision = nil
        failure = details
    }

    /// Whether the answer is the expected one.
    public var isPassed: Bool {
        guard let decision, decision.effect == policyCase.effect else { return false }
        switch policyCase.rule {
        case .any: return true
        case .none: return decision.rule == nil
        case .named(let id): return decision.rule.map { Word($0) == Word(id) } ?? false
        }
    }
}

extension PolicyCase {
    /// On whose behalf the case asks. Labels that the policy binds hold where the case has none, and
    /// against those that the caller only says; those of `install.json` win over them.
    fileprivate func subject(under tested: TestedPolicy) -> Subject {
        let bound = tested.layer.policy.bound
        return Subject(
            agent: label(agent, bound?.agent), task: label(task, bound?.task),
            session: label(nil, bound?.session))
    }

    private func label(_ own: String?, _ bound: String?) -> Label? {
        if let own, !isAsserted || bound == nil {
            return Label(own, from: isAsserted ? .asserted : .install)
        }
        return bound.map { Label($0, from: .install) }
    }
}

extension Judge {
    /// The judgements that a case asks for.
    fileprivate func judgements(of one: PolicyCase) throws(PolicyUnusable) -> [Judgement] {
        switch one.question {
        case .command(let text): try judgeShell(text)
        case .path(let path): [try judgeReading(path)]
        }
    }
}
