// The story of a shim, in one function. Read it and you know the product:
//
//   argv -> which tool -> what the line means -> what policy says -> exactly what runs
//        -> a record on disk -> become the real tool, or refuse
//
// Nothing runs before its record is durable: `RecordedPlan` can only be made by the audit target,
// and only it can be launched.

internal import Audit
internal import GateCore
internal import Launch
internal import Platform
internal import Sandbox
internal import Tools

/// Runs as the tool that argv[0] names, or as `shimgate` itself.
///
/// - Returns: the exit code where this process has not become the real tool.
public func runMulticall() -> Int32 {
    guard StandardStreams.occupyClosed() else { return say(.descriptorsUnusable) }
    guard let name = ProcessInput.calledName else { return say(.usage("called without a name")) }
    if name == "shimgate" { return runOwnVerb() }
    guard let profile = Catalog.profile(calledAs: name) else {
        return say(.unknownName(name, known: ["shimgate"] + Catalog.entries.map(\.name)))
    }
    return runShim(name, profile)
}

/// Runs one call of a managed tool.
private func runShim(_ name: Word, _ profile: ToolProfile) -> Int32 {
    let installation: Installation
    do { installation = try Installation.find() } catch {
        return say(.installationUnusable(error.message))
    }
    let caller = Caller()

    // Loops end here, before anything is read or written.
    let words = caller.arguments ?? ProcessInput.repairedArguments
    guard
        let hops = Hops.count(
            caller.environment[Hops.variable]?.text, process: Host.process, tool: name,
            arguments: words)
    else { return say(.loop(name)) }

    let tool: RealTool
    do {
        tool = try RealTool.find(
            name, in: installation, environment: caller.environment, cwd: caller.cwd,
            calledAt: ProcessInput.adoptedPath)
    } catch {
        switch error {
        case .notFound: return say(.toolNotFound(name))
        case .listedGone(let path): return say(.listedToolGone(name, path: path))
        case .originalGone(let path): return say(.originalGone(name, path: path))
        }
    }

    var line = Line(
        tool: profile.name, calledAs: name, arguments: words, environment: caller.environment,
        cwd: caller.cwd, home: caller.environment["HOME"]?.text)
    line.python = tool.python(for: profile)
    line.version = ToolVersion.read(tool.path, from: profile.versionSources)

    let source = FactSource(installation: installation)
    let (reading, facts) = source.read(line, with: profile)
    var invocation = reading

    // An interpreter that runs no managed module is forwarded at once: not a decision.
    if invocation.isUnmanaged {
        var plan = Plan(program: tool.path, arguments: [])
        plan.apply(credentialVariables, to: line.environment)
        let failure = Launcher.passThrough(
            tool.adopted?.program ?? tool.path, as: tool.adopted?.calledAs ?? tool.path,
            removing: plan.removed, adding: plan.replaced, hops: hops)
        return say(.toolNotStarted(failure, path: tool.path))
    }

    let subject: Subject
    let policies: PoliciesInForce
    var verdict: Verdict
    do {
        policies = try PolicySource(installation: installation, wanted: caller.wantedProfiles)
            .load(actingIn: invocation.directoriesActedIn(from: line.cwd))
        subject = caller.subject(in: installation, under: policies)
        policies.noteFacts(
            on: &invocation, of: line, now: caller.now, asking: installation.libexec,
            answering: source.answer)
        verdict = Verdict(
            line: line, profile: profile, invocation: invocation, facts: facts,
            subject: subject, layers: policies.layers, now: caller.now)
    } catch {
        return say(.policyUnusable(error.details))
    }
    if caller.arguments == nil {
        verdict.decision = verdict.decision.refused(because: notUTF8)
        // Of repaired words nobody can tell which one is a secret.
        verdict.decision.command = quoted(invocation.command)
    }

    var plan = verdict.plan(
        program: tool.path, adopted: tool.adopted, guards: installation.guards,
        copiesIn: { SettingsCopies.directory(in: installation.state) }, answering: source.answer)
    let linked = verdict.judgeLinks(&plan) { FileStatus($0)?.links ?? 0 }
    if !linked.isEmpty { _ = say(.credentialFilesLinked(linked)) }
    let log = AuditLog(directory: installation.state, known: installation.chain)
    var preparation: InstallPreparation?
    if plan != nil, invocation.install != nil {
        InstallRun.finishInterrupted(in: installation, log)
        preparation = verdict.prepareInstall(
            plan, marksIn: installation.state, task: subject.task?.text)
        plan = verdict.decision.effect == .allow ? preparation?.plan ?? plan : nil
    }
    var resolver: Resolver?
    if let plan, preparation == nil, !plan.phases.isEmpty {
        InstallRun.finishInterrupted(in: installation, log)
        resolver = profile.resolver(of: invocation)
    }
    var held: HeldInstall?
    if preparation == nil, verdict.heldTo != nil {
        if invocation.install == nil { InstallRun.finishInterrupted(in: installation, log) }
        held = verdict.prepareHeld(marksIn: installation.state, task: subject.task?.text)
        plan?.launch = .supervise
    }
    let missing = verdict.judgeByAge(plan, preparation, libexec: installation.libexec)
    if verdict.decision.effect != .allow { plan = nil }
    // A parent of ours has to start its child, so the child gives that right up itself.
    if let alone = plan, alone.staysAlone, alone.launch == .supervise, preparation == nil {
        plan?.start(
            installation.binary, calledAs: installation.binary,
            with: ["alone", Word(alone.calledAs), Word(alone.program)])
    }
    do {
        let record = try verdict.record(
            of: plan, by: caller, subject: subject, tool: tool, under: policies)
        switch verdict.decision.effect {
        case .allow:
            guard let plan else { return say(.notRecorded("an allowed line without a plan")) }
            let recorded = try log.record(plan, record)
            let near = verdict.nearNames
            if !near.isEmpty { _ = say(.nearNames(near)) }
            verdict.tellRegistries()
            let copies: SettingsCopies?
            do throws(SystemError) {
                copies = try SettingsCopies(recorded.plan, in: installation.state)
            } catch {
                return say(.copiesNotMade(error.path ?? installation.state, reason: error.reason))
            }
            defer { copies?.remove() }
            if let preparation {
                var run = InstallRun(
                    preparation, of: verdict.decision, recorded: recorded.record,
                    installation: installation, log: log, task: subject.task?.text,
                    following: FollowingLine(
                        caller: caller, calledAs: name, installation: installation, log: log,
                        hops: hops))
                return run.run(recorded)
            }
            if let resolver {
                var run = ResolvedRun(
                    verdict, resolver, recorded: recorded.record, tool: tool,
                    installation: installation, log: log, hops: hops)
                return run.run(recorded)
            }
            if plan.launch == .supervise {
                return Supervision(installation: installation, log: log)
                    .run(
                        recorded, making: verdict.invocation.environmentsMade, held: held,
                        hops: hops)
            }
            if recorded.plan.staysAlone, let code = stayAlone() {
                return say(.toolNotStarted(LaunchFailure(code: code), path: tool.path))
            }
            let failure = Launcher.replace(recorded, hops: hops)
            return say(.toolNotStarted(failure, path: tool.path))
        case .approval: return say(.pending(verdict.decision, .init(try log.append(record))))
        case .deny:
            let recorded = try log.append(record)
            if !missing.isEmpty {
                try log.append(PackagesRecord(ref: recorded.id, packages: missing))
            }
            return say(.denied(verdict.decision, .init(recorded)))
        }
    } catch {
        return say(.notRecorded("\(error.path): \(error.description)"))
    }
}

private let notUTF8 = "an argument is not valid UTF-8, so it cannot be judged"
