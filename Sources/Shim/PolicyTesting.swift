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
    ///
    /// - Parameters:
    ///   - cases: what is asked and expected.
    ///   - policy: the policy under test, as the install's layer.
    ///   - path: how messages name the policy.
    public init(_ cases: PolicyCases, under policy: Policy, named path: String) {
        let now = Clock.realtime / 1_000_000_000
        var met: [RuleName] = []
        var results: [PolicyTestResult] = []
        for one in cases.cases {
            let surroundings = ImaginedSurroundings(
                one, of: cases, under: policy, named: path, now: now)
            do {
                let judgements = try Judge(in: surroundings, for: one.subject).judgements(of: one)
                for vote in judgements.flatMap(\.decision.votes) {
                    guard case .rule(let id) = vote.basis else { continue }
                    met.append(RuleName(layer: vote.name, id: id))
                }
                if let strictest = Simulation.strictest(of: judgements) {
                    results.append(PolicyTestResult(one, strictest.decision))
                }
            } catch {
                results.append(PolicyTestResult(one, unusable: error.details))
            }
        }
        self.results = results
        unmetRules = PolicyTestRun.unmet(met, policy, path)
    }

    private static func unmet(_ met: [RuleName], _ policy: Policy, _ path: String) -> [String] {
        var unmet: [String] = []
        for rule in policy.rules where !met.contains(RuleName(layer: path, id: rule.id)) {
            unmet.append(rule.id)
        }
        for profile in policy.profiles {
            let layer = PolicySource.name(ofProfile: profile.name, of: path)
            for rule in profile.policy.rules
            where !met.contains(RuleName(layer: layer, id: rule.id)) {
                unmet.append("profile \(profile.name): \(rule.id)")
            }
        }
        return unmet
    }
}

/// A rule of a layer.
private struct RuleName: Equatable {
    let layer: Word
    let id: Word

    init(layer: String, id: String) {
        self.layer = Word(layer)
        self.id = Word(id)
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
    /// On whose behalf the case asks.
    fileprivate var subject: Subject {
        let source: Label.Source = isAsserted ? .asserted : .install
        return Subject(
            agent: agent.map { Label($0, from: source) }, task: task.map { Label($0, from: source) }
        )
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
