// From a decision to a plan: each obligation becomes exact words and variables. What cannot be
// composed is refused here, never forwarded in the hope that the tool reads it our way.

public import GateCore

/// Why an allowed line cannot be forwarded as policy demands.
public struct PlanRefusal: Error, Sendable, Equatable {
    public let reason: String

    /// A refusal with one clause, without a full stop.
    public init(_ reason: String) { self.reason = reason }
}

/// What the plan must see to.
public struct Hardening: Sendable, Equatable {
    /// Third parties' scripts are off while packages are fetched.
    public var suppressesScripts: Bool
    /// Registry credentials are removed from the environment.
    public var stripsCredentials: Bool
    /// The tool's end is recorded.
    public var recordsOutcome: Bool
    /// The directory of the installation's guards, for tools that need one.
    public var guards: String
    /// The latest publish time of what may be installed, RFC 3339; nil where any will do.
    public var publishedBefore: Word?
    /// Packages may come from git repositories.
    public var allowsGit = false
    /// Some registries need not say when.
    public var exemptsRegistries = false
    /// A line that names nothing to change is held to the lockfile that is there.
    public var freezesLockfile = false

    public init(
        suppressesScripts: Bool = true, stripsCredentials: Bool = true,
        recordsOutcome: Bool = false, guards: String = "/usr/share/shimgate/guards"
    ) {
        self.suppressesScripts = suppressesScripts
        self.stripsCredentials = stripsCredentials
        self.recordsOutcome = recordsOutcome
        self.guards = guards
    }
}

extension ToolProfile {
    /// The exact words and variables for an allowed line.
    ///
    /// - Parameters:
    ///   - invocation: what the line means; not ambiguous.
    ///   - line: the line itself, for words that are forwarded untouched.
    ///   - program: absolute, unresolved path of the real tool.
    ///   - hardening: what policy demands.
    ///   - facts: as known at the decision; the composed words are read again with them.
    /// - Throws: `PlanRefusal` where the words cannot be composed with certainty.
    public func plan(
        _ invocation: Invocation, of line: Line, program: String, hardening: Hardening,
        facts: Facts
    ) throws(PlanRefusal) -> Plan {
        var plan = Plan(program: program, arguments: line.arguments)
        plan.ignored = invocation.ignored
        if hardening.recordsOutcome { plan.launch = .supervise }
        for inner in invocation.flattened where !inner.environments.isEmpty {
            plan.launch = .supervise
        }
        var composition = invocation.composition
        let isHardened = hardening.suppressesScripts && invocation.fetchesCode
        var switches = invocation.requiredSwitches
        var rules = hardening.stripsCredentials ? credentialVariables : []
        let runsOwnPrograms = invocation.severity == .run && !invocation.fetchesCode
        if hardening.stripsCredentials, !runsOwnPrograms { rules += codeHostVariables }
        if isHardened {
            rules += pins
            if !hardening.allowsGit { rules += pinsWithoutGit }
            plan.staysAlone = staysAlone(invocation)
            if plan.staysAlone { plan.injected.append("seccomp:no-processes") }
            switch scripts(of: invocation) {
            case .none: break
            case .unenforced: plan.injected.append("scripts:unenforced")
            case .refused(let commands):
                for inner in invocation.flattened where inner.tool == name {
                    guard inner.command.count > 1, commands.contains(inner.command[1]) else {
                        continue
                    }
                    throw PlanRefusal(
                        "\(name) \(inner.command[1]) builds what it fetches, and cannot be told not "
                            + "to run its build scripts")
                }
            case .guarded(let file):
                // ruby splits the variable at white space and knows no quotes.
                let isPlain = hardening.guards.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
                guard isPlain else {
                    throw PlanRefusal("\(hardening.guards) has a space, which RUBYOPT cannot hold")
                }
                rules.insert(
                    .init("RUBYOPT", .set(Word("-r\(hardening.guards)/\(file)"))), at: 0)
            case .guardedPython(let words, let environment):
                let isPlain = !hardening.guards.utf8.contains(UInt8(ascii: ":"))
                guard isPlain else {
                    throw PlanRefusal(
                        "\(hardening.guards) has a colon, which PYTHONPATH cannot hold")
                }
                // A tool that has not loaded the file takes no such option.
                switches += words(invocation) + [ToolProfile.pythonGuard]
                rules =
                    [
                        .init("PYTHONPATH", .set(Word(hardening.guards))),
                        .init("SHIMGATE_BUILDS", .set("own")),
                    ] + environment + rules
            case .switches(let words, let environment):
                switches += words(invocation)
                rules = environment + rules
            }
        }
        if case .words(let before, let after) = composition {
            composition = .words(
                before: before,
                after: addCooldown(
                    hardening.publishedBefore, of: invocation, to: &switches, &rules, &plan,
                    after: after))
        } else if hardening.publishedBefore != nil, invocation.fetchesCode {
            plan.isJudgedByAge = true
        }
        if hardening.freezesLockfile, let freezing = Freezing.of(invocation) {
            switches += try freezing.missingWords(invocation)
            rules = freezing.environment + rules
        }
        plan.injected += switches.map(\.text)
        for inner in invocation.flattened {
            for use in inner.registriesOfProject {
                plan.injected.append(redact("registry:\(use.place)=\(use.address)"))
            }
        }
        plan.apply(rules, to: line.environment)
        switch composition {
        case .verbatim:
            guard switches.isEmpty else {
                throw PlanRefusal("\(name) cannot be given \(switches[0]) on this line")
            }
        case .words(let before, let after):
            plan.arguments = before + switches + after
            let date = hardening.exemptsRegistries ? nil : hardening.publishedBefore
            let circumstances = ResolverCircumstances(
                before: before, switches: switches, publishedBefore: date)
            let resolver = resolver(of: invocation)
            if isHardened, let words = resolver?.words(invocation, circumstances) {
                plan.split(words)
            } else if hardening.publishedBefore != nil,
                let refusal = resolver?.refusal(invocation)
            {
                throw PlanRefusal(refusal)
            }
        }
        if plan.arguments != line.arguments {
            try check(
                plan.arguments, mean: invocation, adding: switches, of: line, facts: facts)
        }
        return plan
    }

    /// How this line is told not to run strangers' scripts: an interpreter that is asked for a module
    /// loads what guards that module.
    private func scripts(of invocation: Invocation) -> ScriptSwitch {
        guard name == "python", let module = invocation.nested.first,
            let profile = Catalog.profile(calledAs: module.tool),
            case .guardedPython = profile.scripts
        else { return scripts }
        return profile.scripts
    }

    /// Reads the composed words as the tool will and compares.
    private func check(
        _ words: [Word], mean invocation: Invocation, adding switches: [Word], of line: Line,
        facts: Facts
    ) throws(PlanRefusal) {
        var composed = line
        composed.arguments = words
        composed.calledAs = name
        var facts = facts
        facts.startRound()
        let reading = classify(composed, with: self, facts: &facts)
        guard reading.ambiguous.isEmpty, reading.means(invocation, but: switches) else {
            let meaning = reading.command.map(\.text).joined(separator: " ")
            throw PlanRefusal(
                invocation.version == nil
                    ? "it is not known which \(name) this is, and not every version could be given "
                        + "our switches (\(meaning))"
                    : "\(name) would read the hardened line differently (\(meaning))")
        }
    }
}

extension Invocation {
    /// Whether two readings are of the same command with the same words.
    ///
    /// Words that the tool gives to itself again (`yarn workspace NAME ...`) may also be spelled
    /// differently, for our switches stand among them, but have to be the same line: down to its
    /// options, packages and place.
    fileprivate func means(_ other: Invocation, but switches: [Word]) -> Bool {
        guard command == other.command, operation == other.operation,
            positionals == other.positionals
        else { return false }
        if rest == other.rest { return true }
        guard nested.count == 1, other.nested.count == 1 else { return false }
        let (own, others) = (nested[0], other.nested[0])
        return own.tool == tool && others.tool == tool
            && own.ambiguous.isEmpty && others.ambiguous.isEmpty
            && own.isInert == others.isInert
            && own.packages == others.packages && own.destination == others.destination
            && own.directories == others.directories && own.registry == others.registry
            && own.agrees(with: others, but: switches)
            && own.means(others, but: switches)
    }

    /// Whether the same settings are in force, but for those that our switches make.
    private func agrees(with other: Invocation, but switches: [Word]) -> Bool {
        let names = switches.map { word in
            let head = word.split(at: UInt8(ascii: "="))?.head ?? word
            return head.dropFirst(head.hasPrefix("--") ? 2 : 0)
        }
        let own = inForce.filter { !names.contains($0.name) }
        let others = other.inForce.filter { !names.contains($0.name) }
        return own.count == others.count && own.allSatisfy { others.contains($0) }
    }

    /// Whether strangers' code could be fetched by this line or one nested in it.
    public var fetchesCode: Bool {
        for inner in flattened where inner.operation.suppressesScripts { return true }
        return false
    }
}
