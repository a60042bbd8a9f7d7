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

/// Whether the rule, which concerns the question, matches at `now`. Its keys are read where they
/// stand: a policy can have thousands of rules, and a copy of one costs more than looking at it.
func matches(_ rules: [Rule], _ index: Int, _ question: Question, now: Int) -> Bool {
    let isAllow = rules[index].effect == .allow
    switch question.matter {
    case .invocation(let invocation):
        guard matchesKinds(rules, index, invocation) else { return false }
    case .program:
        guard rules[index].match.speaksOfCommandsOnly else { return false }
    case .file: break
    }
    for condition in rules[index].match.conditions
    where !matches(condition.key, condition.globs, question, isAllow) {
        return false
    }
    if let until = rules[index].until, now >= until { return false }
    return true
}

/// Whether one key with patterns is met.
private func matches(
    _ key: Match.Key, _ globs: GlobList, _ question: Question, _ isAllow: Bool
) -> Bool {
    switch key {
    case .command, .path: matchesText(globs, question, isAllow)
    case .tool: globs.anyMatches(question.tool)
    case .package:
        fitsAll(question.packages, isAllow) { matchesPackage(globs, $0, isAllow) }
    case .registry: matchesRegistry(globs, question)
    case .flag: matchesFlag(globs, question, isAllow)
    case .agent: matchesLabel(globs, question.subject.agent, isAllow)
    case .task: matchesLabel(globs, question.subject.task, isAllow)
    case .workspace: matchesDirectories(globs, question, isAllow)
    }
}

/// What is not understood passes only by a rule that names `unknown`; a deny rule needs to fit
/// one of the two ways to see it.
private func matchesOperation(
    _ operations: CaseSet<Operation>, _ effect: Effect, _ question: Question
) -> Bool {
    guard let operation = question.operation else { return operations.isEmpty }
    if question.isClear { return operations.isEmpty || operations.contains(operation) }
    if operations.contains(.unknown) { return true }
    guard effect == .deny else { return false }
    return operations.isEmpty || operations.contains(operation)
}

private func matchesText(_ globs: GlobList, _ question: Question, _ isAllow: Bool) -> Bool {
    if globs.isEmpty { return true }
    if globs.anyMatches(question.text) { return true }
    if isAllow { return false }
    for text in question.otherTexts where globs.anyMatches(text) { return true }
    return false
}

/// Destination and sources, which are kinds and no texts.
private func matchesKinds(_ rules: [Rule], _ index: Int, _ invocation: Invocation) -> Bool {
    let destinations = rules[index].match.destination
    if !destinations.isEmpty, !destinations.contains(invocation.destination) { return false }
    let isAllow = rules[index].effect == .allow
    let facts = rules[index].match.facts
    if !facts.isEmpty {
        // A fact is a reason for doubt, so no rule allows by it.
        guard !isAllow, !facts.isDisjoint(with: invocation.packageFacts) else { return false }
    }
    let sources = rules[index].match.source
    if sources.isEmpty { return true }
    return fitsAll(invocation.packages, isAllow) { package in
        PackageSource(package.source).map { sources.contains($0) } ?? !isAllow
    }
}

private func matchesRegistry(_ globs: GlobList, _ question: Question) -> Bool {
    guard case .invocation(let invocation) = question.matter else { return false }
    guard let registry = invocation.registry else { return false }
    return globs.anyMatches([UInt8](registry.utf8))
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
private func matchesFlag(_ globs: GlobList, _ question: Question, _ isAllow: Bool) -> Bool {
    guard case .invocation(let invocation) = question.matter else { return false }
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
    _ globs: GlobList, _ question: Question, _ isAllow: Bool
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
private func matchesLabel(_ globs: GlobList, _ label: Label?, _ isAllow: Bool) -> Bool {
    if globs.isEmpty { return true }
    guard let label, label.source != .asserted else { return !isAllow }
    return globs.anyMatches([UInt8](label.text.utf8))
}

extension Match {
    /// Whether a command and nothing but command, agent and task is asked, so that a program can be
    /// meant.
    fileprivate var speaksOfCommandsOnly: Bool {
        var hasCommand = false
        for condition in conditions {
            switch condition.key {
            case .command: hasCommand = true
            case .agent, .task: break
            case .tool, .package, .registry, .flag, .path, .workspace: return false
            }
        }
        return hasCommand && operation.isEmpty && source.isEmpty && destination.isEmpty
            && facts.isEmpty
    }
}
