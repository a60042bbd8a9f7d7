// Whether a rule speaks of a question. Rules that allow are read narrowly and rules that tighten
// widely: every package must be one that is allowed and one that is denied is enough; labels that
// the caller asserts satisfy a deny and never an allow (docs/policy.md, meaning).

/// Whether a rule speaks of the action and operation at all. Most rules of a policy do not, and
/// here they are seen without a copy of the rule.
func concerns(_ rules: [Rule], _ index: Int, _ question: Question) -> Bool {
    guard rules[index].action == question.action else { return false }
    if !question.isAboutInvocation { return true }
    return matchesOperation(rules[index].match.operation, rules[index].effect, question)
}

/// Whether the rule, which concerns the question, matches at `now`.
func matches(_ rule: Rule, _ question: Question, now: Int) -> Bool {
    let match = rule.match
    let isAllow = rule.effect == .allow
    switch question.matter {
    case .invocation(let invocation):
        guard matchesText(match.command, question, isAllow) else { return false }
        guard matchesInvocation(match, invocation, question, isAllow) else { return false }
        guard matchesDirectories(match.workspace, question, isAllow) else { return false }
    case .program:
        guard !match.command.isEmpty, match.speaksOfCommandsOnly else { return false }
        guard matchesText(match.command, question, isAllow) else { return false }
    case .file:
        guard matchesText(match.path, question, isAllow) else { return false }
    }
    guard matchesLabel(match.agent, question.subject.agent, isAllow) else { return false }
    guard matchesLabel(match.task, question.subject.task, isAllow) else { return false }
    if let until = rule.until, now >= until { return false }
    return true
}

/// What is not understood passes only by a rule that names `unknown`; a deny rule needs to fit
/// one of the two ways to see it.
private func matchesOperation(
    _ operations: [Operation], _ effect: Effect, _ question: Question
) -> Bool {
    guard let operation = question.operation else { return operations.isEmpty }
    if question.isClear { return operations.isEmpty || operations.contains(operation) }
    if operations.contains(.unknown) { return true }
    guard effect == .deny else { return false }
    return operations.isEmpty || operations.contains(operation)
}

private func matchesText(_ globs: [Glob], _ question: Question, _ isAllow: Bool) -> Bool {
    if globs.isEmpty { return true }
    if globs.anyMatches(question.text) { return true }
    if isAllow { return false }
    for text in question.otherTexts where globs.anyMatches(text) { return true }
    return false
}

private func matchesInvocation(
    _ match: Match, _ invocation: Invocation, _ question: Question, _ isAllow: Bool
) -> Bool {
    if !match.tool.isEmpty, !match.tool.anyMatches([UInt8](invocation.tool.text.utf8)) {
        return false
    }
    if !match.destination.isEmpty, !match.destination.contains(invocation.destination) {
        return false
    }
    if !match.registry.isEmpty {
        guard let registry = invocation.registry else { return false }
        guard match.registry.anyMatches([UInt8](registry.utf8)) else { return false }
    }
    if !match.flag.isEmpty, !matchesFlag(match.flag, invocation, isAllow) { return false }
    if !match.package.isEmpty {
        let fits = fitsAll(question.packages, isAllow) {
            matchesPackage(match.package, $0, isAllow)
        }
        if !fits { return false }
    }
    if !match.source.isEmpty {
        let fits = fitsAll(invocation.packages, isAllow) { package in
            PackageSource(package.source).map { match.source.contains($0) } ?? !isAllow
        }
        if !fits { return false }
    }
    return true
}

/// Whether all packages (to allow) or any one (to tighten) passes the test; a line that names none
/// fits no rule for packages.
private func fitsAll<Package>(
    _ packages: [Package], _ isAllow: Bool, _ test: (Package) -> Bool
) -> Bool {
    if packages.isEmpty { return false }
    for package in packages where test(package) != isAllow { return !isAllow }
    return isAllow
}

/// Options of the caller; to tighten, settings in force from elsewhere count as well.
private func matchesFlag(_ globs: [Glob], _ invocation: Invocation, _ isAllow: Bool) -> Bool {
    for option in invocation.options {
        if globs.anyMatches([UInt8](option.spelling.text.utf8)) { return true }
        if option.isOn, globs.anyMatches([UInt8](option.name.text.utf8)) { return true }
        guard let value = option.value else { continue }
        let whole = "\(option.spelling.text)=\(value.text)"
        if globs.anyMatches([UInt8](whole.utf8)) { return true }
    }
    if isAllow { return false }
    for setting in invocation.inForce {
        if case .flag(false) = setting.value { continue }
        if globs.anyMatches([UInt8](setting.name.text.utf8)) { return true }
        if globs.anyMatches([UInt8]("--\(setting.name.text)".utf8)) { return true }
        guard case .text(let value) = setting.value else { continue }
        let whole = "--\(setting.name.text)=\(value.text)"
        if globs.anyMatches([UInt8](whole.utf8)) { return true }
    }
    return false
}

/// All directories (to allow) or any one (to tighten); unknown ones never allow.
private func matchesDirectories(
    _ globs: [Glob], _ question: Question, _ isAllow: Bool
) -> Bool {
    if globs.isEmpty { return true }
    let directories = question.directories
    if directories.isEmpty { return !isAllow }
    for directory in directories where globs.anyMatches(directory) != isAllow {
        return !isAllow
    }
    return isAllow
}

/// A label from the install or a supervisor must fit; one that is absent or asserted satisfies
/// every rule that tightens, or else an agent would rename itself out of it.
private func matchesLabel(_ globs: [Glob], _ label: Label?, _ isAllow: Bool) -> Bool {
    if globs.isEmpty { return true }
    guard let label, label.source != .asserted else { return !isAllow }
    return globs.anyMatches([UInt8](label.text.utf8))
}

extension Match {
    /// Whether nothing but command, agent and task is asked, so that a program can be meant.
    fileprivate var speaksOfCommandsOnly: Bool {
        tool.isEmpty && operation.isEmpty && package.isEmpty && registry.isEmpty
            && source.isEmpty && destination.isEmpty && flag.isEmpty && workspace.isEmpty
    }
}
