// From a line to a decision and a plan, without any effect: the part that the shim, `simulate` and
// `explain` share, so that what is shown is what happens.

internal import GateCore
internal import Tools

/// A line that has been judged.
struct Verdict {
    let line: Line
    let profile: ToolProfile
    let invocation: Invocation
    let facts: Facts
    var decision: Decision
    /// Words of the line that nothing shown or recorded may hold.
    let secrets: [Word]

    /// Judges a line that has been read.
    init(
        line: Line, profile: ToolProfile, invocation: Invocation, facts: Facts, subject: Subject,
        layers: [Layer], now: Int
    ) {
        self.line = line
        self.profile = profile
        self.invocation = invocation
        self.facts = facts
        decision = decide(.shell(invocation, subject, cwd: line.cwd), layers: layers, now: now)
        // Rules meet the line as it is; from here on it is only shown and recorded.
        for inner in invocation.flattened where canonicalText(of: inner) == decision.command {
            decision.command = canonicalText(of: redact(inner, rules: profile.secrets))
            break
        }
        secrets = secretWords(
            in: line.arguments, tool: profile.name, invocation: invocation, rules: profile.secrets)
        if !secrets.isEmpty { decision.command = redact(decision.command, without: secrets) }
        decision.reason = redact(decision.reason, without: secrets)
    }

    /// The exact words and variables of an allowed line; nil for any other. A line that cannot be
    /// composed with certainty becomes denied.
    mutating func plan(program: String) -> Plan? {
        guard decision.effect == .allow else { return nil }
        do {
            return try profile.plan(
                invocation, of: line, program: program,
                hardening: Hardening(decision.obligations), facts: facts)
        } catch {
            decision = decision.refused(because: error.reason)
            return nil
        }
    }
}

extension Invocation {
    /// Every directory the line acts in, the working directory first: where workspace policies are
    /// looked for. Relative ones are taken from there.
    func directoriesActedIn(from cwd: String?) -> [String] {
        var directories: [String] = []
        if let cwd { directories.append(cwd) }
        for inner in flattened {
            for directory in inner.directories {
                let isAbsolute = directory.utf8.first == UInt8(ascii: "/")
                if isAbsolute { directories.append(directory) }
                if !isAbsolute, let cwd { directories.append("\(cwd)/\(directory)") }
            }
        }
        return directories
    }
}
