// `shimgate classify --batch`: JSON lines in, one JSON line out for each, in the same order.
// Environment, working directory and home are only what the line gives; without `cwd` no file is
// read. Large input is answered by as many processes as there are cores; a line that comes alone is
// answered at once.

internal import GateCore
internal import Launch
internal import Platform
internal import StrictJSON
internal import Tools

enum Classification {
    static func run(_ arguments: [Word]) -> Int32 {
        do {
            let options = try VerbOptions(
                arguments, valued: ["--policy", "--jobs"],
                flags: ["--batch", "--workspace", "--plan"])
            guard options.has("--batch"), options.words.isEmpty else {
                return say(.usage("classify: give --batch and JSON lines on standard input"))
            }
            guard let jobs = Int(options["--jobs"] ?? "0"), jobs >= 0, jobs <= 64 else {
                return say(.usage("classify: --jobs is a number up to 64"))
            }
            let installation = try Installation.find()
            let policies = PolicySource(installation: installation, tried: options["--policy"])
            let batch = Batch(
                installation: installation, policies: policies,
                install: try policies.load(actingIn: []).layers,
                readsWorkspaces: options.has("--workspace"), showsPlans: options.has("--plan"),
                now: Clock.realtime / 1_000_000_000)
            return batch.run(jobs: jobs == 0 ? Workers.cores : jobs)
        } catch let error as VerbOptions.Misuse {
            return say(.usage("classify: \(error.message)"))
        } catch let error as PolicyUnusable {
            return say(.policyUnusable(error.details))
        } catch let error as InstallationError {
            return say(.installationUnusable(error.message))
        } catch {
            return say(.usage("classify: \(error)"))
        }
    }
}

/// One run over standard input.
private struct Batch {
    let installation: Installation
    let policies: PolicySource
    /// The layers that judge a line without `--workspace`.
    let install: [Layer]
    let readsWorkspaces: Bool
    /// Whether to add what would be executed where policy allows the line.
    let showsPlans: Bool
    let now: Int

    /// Smaller blocks are not worth the way to a worker and back.
    private static let large = 1 << 15

    /// Answers every line; a line that is not understood gets an `error` member and the exit code
    /// becomes 64, the others are answered all the same.
    func run(jobs: Int) -> Int32 {
        var input = LineBlocks(descriptor: 0)
        var output = Output()
        guard let first = input.next() else { return 0 }
        if jobs == 1 || first.count < Self.large {
            output.write(answer(first))
            while output.isOpen, let block = input.next() {
                if jobs > 1, block.count >= Self.large {
                    return run(jobs: jobs, from: block, &input, &output)
                }
                output.write(answer(block))
            }
            return output.exitCode
        }
        return run(jobs: jobs, from: first, &input, &output)
    }

    /// With workers, from a large block on.
    private func run(
        jobs: Int, from first: [UInt8], _ input: inout LineBlocks, _ output: inout Output
    ) -> Int32 {
        var workers = Workers(count: jobs, answer: answer)
        var block: [UInt8]? = first
        while output.isOpen, let lines = block {
            if workers.isEmpty {
                output.write(answer(lines))
            } else {
                if workers.areFull { output.write(workers.take()) }
                if !workers.give(lines) { output.write(nil) }
            }
            // Nobody who waits for an answer is kept waiting for more input.
            while output.isOpen, workers.answersBefore(0) { output.write(workers.take()) }
            block = input.next()
        }
        while output.isOpen, workers.areBusy { output.write(workers.take()) }
        return output.exitCode
    }

    /// Standard output, and what to say at the end.
    private struct Output {
        private(set) var exitCode: Int32 = 0
        var isOpen: Bool { exitCode == 0 || exitCode == 64 }

        /// Writes an answer; nil where a worker died with it.
        mutating func write(_ answer: Answered?) {
            guard let answer else {
                exitCode = 70
                return
            }
            if !answer.isClean { exitCode = 64 }
            if !StandardStreams.write(answer.bytes, to: 1) { exitCode = 74 }
        }
    }

    /// The answers to a block of lines.
    private func answer(_ block: [UInt8]) -> Answered {
        var output = JSONText(capacity: block.count * 4)
        var isClean = true
        var start = 0
        while start < block.count {
            let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) ?? block.count
            let mark = output.bytes.count
            do {
                try answer(Array(block[start..<end]), into: &output)
            } catch {
                output.bytes.removeSubrange(mark...)
                output.raw("{\"error\":")
                output.string(error.message)
                output.raw("}")
                isClean = false
            }
            output.raw("\n")
            start = end + 1
        }
        return Answered(bytes: output.bytes, isClean: isClean)
    }

    private struct BadLine: Error {
        let message: String
    }

    private func answer(_ bytes: [UInt8], into output: inout JSONText) throws(BadLine) {
        let line = try parse(bytes)
        guard let profile = Catalog.profile(calledAs: line.calledAs) else {
            throw BadLine(message: "unknown tool \(line.calledAs)")
        }
        var named = line
        named.tool = profile.name
        let invocation: Invocation
        var facts = Facts()
        if line.cwd == nil {
            invocation = classify(named, with: profile, facts: &facts)
        } else {
            (invocation, facts) = FactSource(installation: installation).read(
                named, with: profile)
        }
        var layers = install
        if readsWorkspaces {
            do {
                layers = try policies.load(
                    actingIn: invocation.directoriesActedIn(from: line.cwd)
                ).layers
            } catch {
                throw BadLine(message: error.details)
            }
        }
        let decision = decide(
            .shell(invocation, Subject(), cwd: line.cwd), layers: layers, now: now)
        output.raw("{")
        output.invocation(invocation)
        output.member("effect", decision.effect.name)
        output.member("rule", orNull: decision.rule)
        if showsPlans { show(planOf: invocation, named, profile, decision, facts, in: &output) }
        output.raw("}")
    }

    /// `forward`: the words that the real tool would be given, whatever policy says; or `refused`.
    private func show(
        planOf invocation: Invocation, _ line: Line, _ profile: ToolProfile, _ decision: Decision,
        _ facts: Facts, in output: inout JSONText
    ) {
        if invocation.isInert { output.raw(",\"inert\":true") }
        guard invocation.ambiguous.isEmpty else { return }
        do {
            let plan = try profile.plan(
                invocation, of: line, program: profile.name.text,
                hardening: Hardening(decision.obligations), facts: facts)
            output.raw(",\"forward\":")
            output.words(plan.arguments)
        } catch {
            output.member("refused", error.reason)
        }
    }

    private func parse(_ bytes: [UInt8]) throws(BadLine) -> Line {
        let json: JSON
        do { json = try JSON.parse(bytes) } catch {
            throw BadLine(message: "\(error.message) at byte \(error.offset)")
        }
        guard let members = json.object else { throw BadLine(message: "not an object") }
        guard let tool = json["tool"]?.string, let argv = json["argv"]?.array else {
            throw BadLine(message: "needs \"tool\" and \"argv\"")
        }
        var line = Line(tool: Word(tool), arguments: [])
        for argument in argv {
            guard let text = argument.string else {
                throw BadLine(message: "\"argv\" must hold strings")
            }
            line.arguments.append(Word(text))
        }
        for member in members {
            switch Word(member.name) {
            case "tool", "argv": break
            case "version": line.version = member.value.string
            case "cwd": line.cwd = member.value.string
            case "home": line.home = member.value.string
            case "env":
                for variable in member.value.object ?? [] {
                    line.environment.entries.append(
                        .init(
                            name: Word(variable.name), value: Word(variable.value.string ?? "")))
                }
            default: throw BadLine(message: "unknown member \"\(member.name)\"")
            }
        }
        return line
    }
}
