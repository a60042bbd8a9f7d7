// The decision: a pure function of the request, the layers and the time (docs/policy.md).
//
// Each invocation of a line is judged by itself. In a layer the first matching rule decides, then
// the default of the operation, else the layer abstains. Among layers and among invocations the
// strictest wins. What nobody allows is denied, and so is what cannot be understood.

/// Decides.
///
/// - Parameters:
///   - request: what is asked.
///   - layers: the policies in force, in the order managed, install, workspace, profile.
///   - now: seconds since 1970-01-01 UTC, for rules with an end.
/// - Returns: the effect with everything that explains it. The same arguments give the same answer.
public func decide(_ request: Request, layers: [Layer], now: Int) -> Decision {
    switch request {
    case .shell(let invocation, let subject, let cwd):
        return decide(invocation, for: subject, in: cwd, layers: layers, now: now)
    case .program(let words, let subject):
        let question = Question(program: words, subject: subject)
        return judge(question, layers: layers, now: now)
    case .fileRead(let path, let subject):
        let question = Question(path: path, subject: subject)
        return judge(question, layers: layers, now: now)
    }
}

/// Judges a line and everything nested in it; the strictest wins, among equals the gravest
/// operation, among those the outermost.
private func decide(
    _ invocation: Invocation, for subject: Subject, in cwd: String?, layers: [Layer], now: Int
) -> Decision {
    var worst = judge(
        Question(invocation, subject: subject, cwd: cwd), layers: layers, now: now)
    if invocation.nested.isEmpty { return worst }
    var votes = worst.votes
    for inner in invocation.nested {
        let next = decide(inner, for: subject, in: cwd, layers: layers, now: now)
        votes += next.votes
        let isWorse =
            next.effect > worst.effect
            || next.effect == worst.effect && isGraver(next.operation, than: worst.operation)
        let obligations = worst.obligations.merged(with: next.obligations)
        let timeout = shorter(worst.timeout, next.timeout)
        if isWorse { worst = next }
        if worst.effect == .approval { worst.timeout = timeout }
        if worst.effect != .deny { worst.obligations = obligations }
    }
    worst.votes = votes
    return worst
}

/// Asks every layer about one question and takes the strictest answer; the earlier of equals
/// names the rule. Then the conditions of what is allowed are looked at.
private func judge(_ question: Question, layers: [Layer], now: Int) -> Decision {
    var decision = question.undecided
    var obligations: Obligations?
    // What is free where nobody names it needs no layer that can allow.
    var hasGround = question.isFreeByDefault
    // Demands of layers that abstain: they hold for what the others allow.
    var demands: [Obligations] = []
    var isFirst = true
    decision.votes.reserveCapacity(layers.count)
    for layer in layers {
        let answer = ask(layer, question, now: now)
        decision.votes.append(answer.vote)
        guard let effect = answer.vote.effect else {
            if question.isAboutInvocation, let require = layer.policy.require {
                demands.append(layer.asAllowed(require))
            }
            continue
        }
        if layer.kind.canAllow { hasGround = true }
        if effect != .deny {
            let own = layer.asAllowed(answer.obligations)
            obligations = obligations.map { $0.merged(with: own) } ?? own
        }
        if effect == .approval { decision.timeout = shorter(decision.timeout, answer.timeout) }
        guard isFirst || effect > decision.effect else { continue }
        isFirst = false
        decision.effect = effect
        decision.rule = answer.rule?.id
        decision.layer = layer.kind
        decision.origin = answer.vote.place.map { "\(layer.name):\($0.line)" }
        decision.message = answer.rule?.message
        decision.approvers = answer.rule?.approvers ?? []
        decision.reason = answer.reason
    }
    if isFirst || (!hasGround && decision.effect != .deny) {
        return hasGround ? decision : question.denied(decision)
    }
    if decision.effect != .approval {
        decision.approvers = []
        decision.timeout = nil
    }
    if decision.effect == .deny { return decision }
    var merged = obligations ?? Obligations()
    for demand in demands { merged = merged.tightened(by: demand) }
    if let refusal = refusal(of: question, under: merged, now: now) {
        decision.effect = .deny
        decision.reason = refusal
        decision.message = nil
        decision.approvers = []
        decision.timeout = nil
        return decision
    }
    decision.obligations = merged
    return decision
}

/// One layer's vote with what goes with it.
private struct LayerAnswer {
    var vote: Vote
    var rule: Rule?
    var timeout: Int?
    var obligations = Obligations()
    var reason = ""
}

private func ask(_ layer: Layer, _ question: Question, now: Int) -> LayerAnswer {
    let rules = layer.policy.rules
    for index in rules.indices where concerns(rules, index, question) {
        guard matches(rules, index, question, now: now) else { continue }
        let rule = rules[index]
        let vote = Vote(
            layer: layer.kind, name: layer.name, command: question.command, basis: .rule(rule.id),
            effect: rule.effect, place: rule.place)
        return LayerAnswer(
            vote: vote, rule: rule, timeout: rule.timeout,
            obligations: question.isAboutInvocation
                ? rule.obligations(in: layer.policy) : rule.obligationsInForce,
            reason: question.reason(for: rule, of: layer))
    }
    guard let (entry, effect) = question.standard(of: layer.policy) else {
        let vote = Vote(
            layer: layer.kind, name: layer.name, command: question.command, basis: .abstained,
            effect: nil, place: nil)
        return LayerAnswer(vote: vote)
    }
    let vote = Vote(
        layer: layer.kind, name: layer.name, command: question.command, basis: .standard,
        effect: effect, place: entry.place)
    var answer = LayerAnswer(vote: vote, reason: question.reasonForStandard(effect))
    if question.isAboutInvocation, let require = layer.policy.require {
        answer.obligations = require
    }
    return answer
}

extension Layer {
    /// Obligations as far as this layer may speak: only those who can allow keep credentials.
    fileprivate func asAllowed(_ obligations: Obligations) -> Obligations {
        if kind.canAllow || obligations.privateRegistries.isEmpty { return obligations }
        var own = obligations
        for index in own.privateRegistries.indices {
            own.privateRegistries[index].keepsCredentials = false
        }
        return own
    }
}

extension Rule {
    /// The rule's obligations, and for keys that it does not have those of its policy.
    fileprivate func obligations(in policy: Policy) -> Obligations {
        guard let require = policy.require else { return obligationsInForce }
        return obligationsInForce.over(require)
    }

    /// The rule's obligations; sources and destinations that an allow or approval rule matches on
    /// by name count as listed, because the rule speaks of nothing else.
    fileprivate var obligationsInForce: Obligations {
        var obligations = require
        if require.sources == nil, !match.source.isEmpty {
            obligations.sources = match.source.elements
        }
        if require.destinations == nil, !match.destination.isEmpty {
            obligations.destinations = match.destination.elements
        }
        return obligations
    }
}

private func isGraver(_ left: Operation?, than right: Operation?) -> Bool {
    guard let left, let right else { return false }
    return left.isGraver(than: right)
}

private func shorter(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return left ?? right }
    return min(left, right)
}
