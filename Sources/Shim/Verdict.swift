// From a line to a decision and a plan, without any effect: the part that the shim, `simulate` and
// `explain` share, so that what is shown is what happens.

internal import GateCore
internal import Launch
internal import Tools

/// A line that has been judged.
struct Verdict {
    let line: Line
    let profile: ToolProfile
    let invocation: Invocation
    let facts: Facts
    /// Seconds since 1970-01-01 UTC.
    let now: Int
    var decision: Decision
    /// The arguments as they may be recorded and shown, one text for each.
    let arguments: [String]
    /// What was taken out of them.
    let secrets: [Word]
    /// The lockfile that an install in place is held to, once it is planned.
    var heldTo: HeldLockfile?
    /// Where the tool looks for the line's lockfile, once that is known.
    var lockfileDirectory: String?

    /// Judges a line that has been read.
    init(
        line: Line, profile: ToolProfile, invocation: Invocation, facts: Facts, subject: Subject,
        layers: [Layer], now: Int
    ) {
        self.line = line
        self.profile = profile
        self.invocation = invocation
        self.facts = facts
        self.now = now
        decision = decide(.shell(invocation, subject, cwd: line.cwd), layers: layers, now: now)
        if line.cwd == nil, decision.effect != .deny {
            decision = decision.refused(because: nowhere)
        }
        arguments = redact(
            arguments: line.arguments, tool: profile.name, invocation: invocation,
            rules: profile.secrets)
        secrets = secretWords(in: line.arguments, redacted: arguments)
        // Rules meet the line as it is; from here on it is only shown and recorded.
        decision.command = shown(decision.command)
        decision.reason = redact([redact(decision.reason)], hiding: secrets)[0]
    }

    /// The canonical text of this line, or of one nested in it, without secrets.
    func shown(_ command: String) -> String {
        for inner in invocation.flattened where canonicalText(of: inner) == command {
            return canonicalText(of: redact(inner, rules: profile.secrets, hiding: secrets))
        }
        return command
    }

    /// The meaning, without secrets.
    var redacted: Invocation {
        redact(invocation, rules: profile.secrets, hiding: secrets)
    }

    /// Words of a plan, without secrets.
    func shown(_ words: [Word]) -> [String] {
        redact(
            redact(arguments: words, tool: profile.name, rules: profile.secrets), hiding: secrets)
    }

    /// The exact words and variables of an allowed line; nil for any other. A line that cannot be
    /// composed with certainty becomes denied.
    ///
    /// - Parameters:
    ///   - guards: the directory of the installation's guards.
    ///   - copies: where copies of settings files would lie.
    ///   - answer: says whether there is a lockfile.
    mutating func plan(
        program: String, adopted: AdoptedProgram? = nil, guards: String? = nil,
        copiesIn copies: () -> String = { "/run/shimgate" },
        answering answer: (Fact) -> Answer
    ) -> Plan? {
        guard decision.effect == .allow else { return nil }
        do {
            var hardening = Hardening(decision.obligations, guards: guards, now: now)
            hardening.publishedBefore = publishedBefore
            heldTo = try heldLockfile(answer)
            let isPinned = try isPinnedByDigests()
            hardening.freezesLockfile = heldTo != nil || isPinned
            var plan = try profile.plan(
                invocation, of: line, program: program, hardening: hardening, facts: facts)
            if let resolver = profile.resolver(of: invocation), resolver.concerns(invocation),
                plan.phases.isEmpty, invocation.operation == .install
            {
                try refuseUnresolved()
            }
            try hideCredentials(in: &plan, copiesIn: copies, answering: answer)
            if let adopted {
                plan.start(adopted.program, calledAs: adopted.calledAs, with: adopted.words)
            }
            return plan
        } catch {
            decision = decision.refused(because: error.reason)
            return nil
        }
    }
}

/// A lockfile that a line is held to by its tool's own switch.
struct HeldLockfile {
    /// Absolute.
    let directory: String
    let name: String
    let freezing: Freezing

    /// Absolute.
    var path: String { directory == "/" ? "/" + name : "\(directory)/\(name)" }
}

extension Verdict {
    /// Where the policy has a list of packages, a line is refused that cannot say first what it
    /// would install. One that installs nothing is not.
    private func refuseUnresolved() throws(PlanRefusal) {
        let obligations = decision.obligations
        guard !obligations.packagesAllowed.isEmpty || !obligations.packagesDenied.isEmpty else {
            return
        }
        for inner in invocation.flattened {
            let isTrial = inner.inForce.contains {
                ($0.name == "dry_run" || $0.name == "explain") && $0.value == .flag(true)
            }
            let isTrialOfUv = inner.tool == "uv" && (inner.has("dry-run") || inner.has("check"))
            if isTrial || isTrialOfUv { return }
        }
        throw PlanRefusal(
            "the policy lists packages, and this line cannot say first what it would install")
    }

    /// Whether the line is held to the digests in requirement files, which policy has to demand.
    private func isPinnedByDigests() throws(PlanRefusal) -> Bool {
        guard decision.obligations.lockfile == .frozen, invocation.isFreezable,
            let freezing = Freezing.of(invocation), freezing.isByDigests
        else { return false }
        guard let place = invocation.lineWithoutDigest else { return true }
        throw PlanRefusal("the policy installs what a digest pins only, and \(place) has none")
    }

    /// The lockfile that the line is held to; nil where it is held to none.
    private mutating func heldLockfile(
        _ answer: (Fact) -> Answer
    ) throws(PlanRefusal) -> HeldLockfile? {
        guard invocation.isFreezable, let freezing = Freezing.of(invocation),
            !freezing.isByDigests
        else { return nil }
        let obligations = decision.obligations
        // What is reviewed is resolved in a stage, where no switch may be in the way.
        let isResolved = obligations.lockfile == .review && invocation.install != nil
        if obligations.lockfile != .any, !isResolved {
            let place = try LockfilePlace(of: invocation, line, freezing, answering: answer)
            lockfileDirectory = place.directory
            let folder = place.directory == "/" ? "" : place.directory
            for name in place.names {
                if case .file = answer(.entry("\(folder)/\(name)")) {
                    return HeldLockfile(
                        directory: place.directory, name: name, freezing: freezing)
                }
            }
            if obligations.lockfile == .frozen {
                throw PlanRefusal(
                    "the policy installs from a lockfile only, and \(place.directory) has no "
                        + (place.names.first ?? "lockfile"))
            }
        }
        // A staged install is judged when it has been resolved; nothing else would be.
        if invocation.install != nil { return nil }
        let hasList = !obligations.packagesAllowed.isEmpty || !obligations.packagesDenied.isEmpty
        // Registries are judged by what the settings in force name, where these are known.
        if hasList || obligations.registries != nil && !invocation.areRegistriesKnown {
            throw PlanRefusal(
                "the policy lists \(hasList ? "packages" : "registries"), and without a lockfile that "
                    + "it is held to nobody can tell what this line installs")
        }
        return nil
    }
}

extension Verdict {
    /// Keeps the credentials of settings files from the tool, where policy does not let it have them.
    private func hideCredentials(
        in plan: inout Plan, copiesIn directory: () -> String,
        answering answer: (Fact) -> Answer
    ) throws(PlanRefusal) {
        let obligations = decision.obligations
        guard obligations.stripsCredentials else { return }
        let credentials = hiddenCredentials(
            from: invocation, of: line, keeping: obligations.privateRegistries,
            copiesIn: directory, answering: answer)
        // Where nobody asked for it, what cannot be hidden is recorded.
        if obligations.credentials == .strip, let left = credentials.left.first {
            throw PlanRefusal(
                "the policy strips credentials, and \(profile.name) cannot be kept from \(left)")
        }
        plan.hide(credentials)
    }

    /// Credential files with several names: what is hidden under one can be read under another.
    ///
    /// One that lies in the workspace makes the line denied.
    ///
    /// - Returns: the files to tell of.
    mutating func judgeLinks(_ plan: inout Plan?, linksOf count: (String) -> UInt64) -> [String] {
        guard let files = plan?.credentialFiles else { return [] }
        let linked = files.filter { count($0) > 1 }
        for path in linked { plan?.injected.append("credentials:linked:\(path)") }
        guard let cwd = line.cwd else { return linked }
        let inside = Word(cwd == "/" ? "/" : straightened(cwd) + "/")
        if let file = linked.first(where: { Word($0).hasPrefix(inside) }) {
            decision = decision.refused(
                because:
                    "\(file) holds credentials and has several names (hard links), so it can be "
                    + "read under another one")
            plan = nil
        }
        return linked
    }

    /// Tells of registries that only files of the project name, where policy lists none.
    func tellRegistries() {
        guard decision.obligations.registries == nil, !invocation.registries.isEmpty else { return }
        let uses = invocation.flattened.flatMap(\.registriesOfProject)
        if !uses.isEmpty { _ = say(.registriesOfProject(uses.map { redact($0.shown) })) }
    }
}

/// A workspace may have a policy that denies it, and nobody can tell which workspace this is.
private let nowhere = "the working directory was deleted or cannot be named"

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
            directories += inner.members
        }
        return directories
    }
}
