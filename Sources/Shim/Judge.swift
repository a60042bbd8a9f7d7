// Judging lines that nobody runs: what `simulate` and `explain` share. The same functions as the
// shim's, without its last two steps.

internal import GateCore
internal import Launch
internal import Platform
internal import Tools

/// Judges lines as the shim would in these surroundings.
struct Judge {
    let surroundings: any Surroundings
    /// On whose behalf, given the policies in force, which can bind labels.
    private let subject: (PoliciesInForce) -> Subject

    /// Options that `simulate` and `explain` share.
    static let valued: [Word] = [
        "--action", "--command", "--path", "--policy", "--profile", "--agent", "--task",
    ]
    static let flags: [Word] = ["--json"]

    init(_ options: VerbOptions) throws(InstallationError) {
        let caller = Caller()
        let installation = try Installation.find()
        let policies = PolicySource(
            installation: installation, wanted: caller.wantedProfiles + options.all("--profile"),
            tried: options["--policy"])
        let agent = options["--agent"].map { Label($0, from: .asserted) }
        let task = options["--task"].map { Label($0, from: .asserted) }
        surroundings = RealSurroundings(
            caller: caller, installation: installation, policies: policies)
        subject = { inForce in
            var subject = caller.subject(in: installation, under: inForce)
            if let agent { subject.agent = agent }
            if let task { subject.task = task }
            return subject
        }
    }

    init(in surroundings: any Surroundings, for subject: Subject) {
        self.surroundings = surroundings
        self.subject = { _ in subject }
    }

    /// Judges for a caller whose labels the policies in force may bind.
    init(
        in surroundings: any Surroundings, for caller: Caller, of installation: Installation
    ) {
        self.surroundings = surroundings
        subject = { caller.subject(in: installation, under: $0) }
    }

    /// Judges a line of words; the first is the program.
    func judge(
        _ words: [Word], environment: Environment? = nil
    ) throws(PolicyUnusable) -> Judgement {
        guard let program = words.first else { return try unclear("", "nothing to run") }
        let name = Word(FilePath.name(program.text))
        guard let profile = Catalog.profile(calledAs: name) else {
            let inForce = try policiesHere()
            let decision = decide(
                .program(words, subject(inForce)), layers: inForce.layers, now: surroundings.now)
            return Judgement(decision: decision, verdict: nil, plan: nil, inForce: inForce)
        }
        let environment = environment ?? surroundings.environment
        let tool = surroundings.tool(called: name, at: program.text, profile, in: environment)
        var line = Line(
            tool: profile.name, calledAs: name, arguments: Array(words.dropFirst()),
            environment: environment, cwd: surroundings.cwd, home: environment["HOME"]?.text)
        line.python = tool?.python
        line.version = tool?.version
        let (reading, facts) = FactSource.read(
            line, with: profile, answering: surroundings.answer)
        var invocation = reading
        let inForce = try surroundings.policies(
            actingIn: invocation.directoriesActedIn(from: line.cwd))
        inForce.noteFacts(
            on: &invocation, of: line, now: surroundings.now, asking: surroundings.libexec,
            answering: surroundings.answer)
        var verdict = Verdict(
            line: line, profile: profile, invocation: invocation, facts: facts,
            subject: subject(inForce), layers: inForce.layers, now: surroundings.now)
        if invocation.isUnmanaged { verdict.decision = .unmanaged(invocation) }
        var plan = verdict.plan(
            program: tool?.path ?? "/(not found)/\(name)", adopted: tool?.adopted,
            guards: surroundings.guards,
            copiesIn: { SettingsCopies.directory(in: surroundings.state ?? "/run/shimgate") },
            answering: surroundings.answer)
        _ = verdict.judgeLinks(&plan) { surroundings.links(of: $0) }
        var preparation: InstallPreparation?
        if let state = surroundings.state {
            let task = subject(inForce).task?.text
            preparation = verdict.prepareInstall(plan, marksIn: state, task: task)
            if let preparation {
                plan = preparation.plan
            } else if verdict.prepareHeld(marksIn: state, task: task) != nil {
                plan?.launch = .supervise
            }
            if verdict.decision.effect != .allow { plan = nil }
        }
        if let libexec = surroundings.libexec {
            _ = verdict.judgeByAge(plan, preparation, libexec: libexec)
            if verdict.decision.effect != .allow { plan = nil }
        }
        return Judgement(
            decision: verdict.decision, verdict: verdict, plan: plan, inForce: inForce)
    }

    /// A command that cannot be read with certainty.
    func unclear(_ text: String, _ reason: String) throws(PolicyUnusable) -> Judgement {
        var invocation = Invocation(tool: "sh", command: [Word(text)], operation: .unknown)
        invocation.ambiguous = [reason]
        let inForce = try policiesHere()
        let decision = decide(
            .shell(invocation, subject(inForce), cwd: surroundings.cwd), layers: inForce.layers,
            now: surroundings.now)
        return Judgement(decision: decision, verdict: nil, plan: nil, inForce: inForce)
    }

    /// Whether a file may be read.
    func judgeReading(_ path: String) throws(PolicyUnusable) -> Judgement {
        let inForce = try policiesHere()
        let decision = decide(
            .fileRead(path: path, subject(inForce)), layers: inForce.layers, now: surroundings.now)
        return Judgement(decision: decision, verdict: nil, plan: nil, inForce: inForce)
    }

    private func policiesHere() throws(PolicyUnusable) -> PoliciesInForce {
        try surroundings.policies(actingIn: [surroundings.cwd].compactMap { $0 })
    }

    /// Each simple command of a shell line, in order.
    func judgeShell(_ text: String) throws(PolicyUnusable) -> [Judgement] {
        var judgements: [Judgement] = []
        for command in shellCommands(in: text) {
            if let reason = command.unclear {
                judgements.append(try unclear(quoted(command.words), reason))
                continue
            }
            var environment = surroundings.environment
            environment.entries.removeAll { entry in
                command.assignments.contains { $0.name == entry.name }
            }
            environment.entries += command.assignments
            judgements.append(try judge(command.words, environment: environment))
        }
        return judgements.isEmpty ? [try unclear(text, "nothing to run")] : judgements
    }
}

/// A line judged, with everything that led there.
struct Judgement {
    let decision: Decision
    let verdict: Verdict?
    let plan: Plan?
    let inForce: PoliciesInForce
}
