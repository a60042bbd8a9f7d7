// Short ways to write requests and policies in tests.

import GateCore

/// An invocation of `npm` with these command words.
func npm(
    _ words: Word..., operation: Operation, change: (inout Invocation) -> Void = { _ in }
) -> Invocation {
    var invocation = Invocation(tool: "npm", command: ["npm"] + words, operation: operation)
    change(&invocation)
    return invocation
}

/// A rule on command texts.
func rule(
    _ id: String, _ effect: Effect, command: String? = nil, operation: [Operation] = [],
    change: (inout Rule) -> Void = { _ in }
) -> Rule {
    var match = Match()
    if let command { match.command = [Glob(command)] }
    match.operation = CaseSet(operation)
    var rule = Rule(id: id, match: match, effect: effect)
    change(&rule)
    return rule
}

/// A layer with these rules and defaults.
func layer(
    _ kind: Layer.Kind = .install, _ rules: [Rule] = [], defaults: [Operation: Effect] = [:],
    files: Effect? = nil
) -> Layer {
    var policy = Policy(rules: rules)
    for operation in Operation.allCases {
        guard let effect = defaults[operation] else { continue }
        policy.defaults.append(.init(.operation(operation), effect))
    }
    if let files { policy.defaults.append(.init(.fileRead, files)) }
    return Layer(kind: kind, name: "\(kind.name).json", policy: policy)
}

/// The decision on a line for nobody in particular.
func decision(
    _ invocation: Invocation, _ layers: [Layer], subject: Subject = .init(), cwd: String? = "/w",
    now: Int = 0
) -> Decision {
    decide(.shell(invocation, subject, cwd: cwd), layers: layers, now: now)
}
