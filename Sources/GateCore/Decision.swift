// The answer of the policy, with everything that messages, the record and `explain` need, so that
// none of them has to decide again.

/// What is to become of a request, and why.
public struct Decision: Sendable, Equatable {
    /// What is to become of it.
    public var effect: Effect
    /// The rule that decided; nil where a default, an obligation or nobody did.
    public var rule: String?
    /// The layer that decided; nil where nobody did.
    public var layer: Layer.Kind?
    /// Where the deciding rule or default is written, for example `policy.json:14`.
    public var origin: String?
    /// The rule's own words to the caller.
    public var message: String?
    /// One sentence without a full stop; holds words of the caller, so escape it when shown.
    public var reason: String
    /// Canonical text of the invocation, program or path that decided.
    public var command: String
    /// What the deciding invocation does; nil for files and programs that are not managed.
    public var operation: Operation?
    /// The strictest of everything that was allowed; the defaults where the effect is deny.
    public var obligations: Obligations
    /// Seconds that a request for approval stays open, the shortest of those that ask for one.
    public var timeout: Int?
    /// Roles of which one person has to approve.
    public var approvers: [String]
    /// What each layer said of each invocation, outermost first, for `explain`.
    public var votes: [Vote]
}

extension Decision {
    /// A decision that no policy was asked for.
    public init(effect: Effect, command: String, operation: Operation?, reason: String) {
        self.init(
            effect: effect, rule: nil, layer: nil, origin: nil, message: nil, reason: reason,
            command: command, operation: operation, obligations: Obligations(), timeout: nil,
            approvers: [], votes: [])
    }
}

/// What one layer said of one invocation.
public struct Vote: Sendable, Equatable {
    /// What the vote rests on.
    public enum Basis: Sendable, Equatable {
        /// The rule of this id.
        case rule(String)
        /// The default of the operation.
        case standard
        /// Nothing in the layer speaks of the request.
        case abstained
    }

    /// Who wrote the layer.
    public let layer: Layer.Kind
    /// The layer's name as messages show it.
    public let name: String
    /// Canonical text of what was judged.
    public let command: String
    /// What it rests on.
    public let basis: Basis
    /// Nil where the layer abstained.
    public let effect: Effect?
    /// Nil where the layer abstained.
    public let place: Place?
}

/// The canonical text of an invocation, as rules meet it and records hold it: canonical words, the
/// caller's options as `--name value` in typed order, positionals, `--` and the rest, quoted for a
/// POSIX shell where needed. Nested lines have a text of their own.
public func canonicalText(of invocation: Invocation) -> String {
    var text = ""
    append(invocation.command, to: &text)
    appendOptions(of: invocation, to: &text)
    appendOperands(of: invocation, to: &text)
    return text
}

/// The canonical text, and further orders of the same words, which deny and approval rules meet as
/// well: options before a positional must not take `npm run --silent deploy` out of a rule for
/// `npm run deploy*`. Each part is quoted once.
public func canonicalTexts(of invocation: Invocation) -> (text: String, others: [String]) {
    var plain = ""
    append(invocation.command, to: &plain)
    if invocation.options.isEmpty {
        appendOperands(of: invocation, to: &plain)
        return (plain, invocation.otherSpellings)
    }
    var options = ""
    appendOptions(of: invocation, to: &options)
    var operands = ""
    appendOperands(of: invocation, to: &operands)
    let space = operands.utf8.isEmpty ? "" : " "
    let text = plain + " " + options + space + operands
    plain += space + operands
    return (text, [plain, plain + " " + options] + invocation.otherSpellings)
}

private func appendOptions(of invocation: Invocation, to text: inout String) {
    for option in invocation.options {
        append(option.spelling, to: &text)
        if let value = option.value { append(value, to: &text) }
    }
}

private func appendOperands(of invocation: Invocation, to text: inout String) {
    // A positional that looks like an option is one only behind `--`; without it two different
    // lines would have the same text, and a rule for the one would meet the other.
    // Of a command that nobody knows, the positionals are the caller's words as they were typed.
    var isBehindTerminator = invocation.operation == .unknown && invocation.command.count == 1
    for word in invocation.positionals.dropFirst(invocation.positionalsInCommand) {
        if !isBehindTerminator, word.first == UInt8(ascii: "-"), word.count > 1 {
            append("--", to: &text)
            isBehindTerminator = true
        }
        append(word, to: &text)
    }
    if invocation.rest.isEmpty { return }
    append("--", to: &text)
    append(invocation.rest, to: &text)
}

private func append(_ words: [Word], to text: inout String) {
    for word in words { append(word, to: &text) }
}

private func append(_ word: Word, to text: inout String) {
    if !text.utf8.isEmpty { text += " " }
    text += quoted(word)
}
