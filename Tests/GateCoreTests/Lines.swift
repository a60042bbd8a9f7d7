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
    match.operation = operation
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

/// A generator whose sequence is known (SplitMix64), so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
