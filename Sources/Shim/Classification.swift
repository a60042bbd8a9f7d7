// `shimgate classify --batch`: JSON lines in, one JSON line out for each, one process. Environment,
// working directory and home are only what the line gives; without `cwd` no file is read.

internal import GateCore
internal import Launch
internal import Platform
internal import StrictJSON
internal import Tools

enum Classification {
    static func run(_ arguments: [Word]) -> Int32 {
        do {
            let options = try VerbOptions(
                arguments, valued: ["--policy"], flags: ["--batch", "--workspace"])
            guard options.has("--batch"), options.words.isEmpty else {
                return say(.usage("classify: give --batch and JSON lines on standard input"))
            }
            let installation = try Installation.find()
            let policies = PolicySource(installation: installation, tried: options["--policy"])
            let batch = Batch(
                installation: installation, policies: policies,
                install: try policies.load(actingIn: []).layers,
                readsWorkspaces: options.has("--workspace"), now: Clock.realtime / 1_000_000_000)
            return batch.run()
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
    let now: Int

    /// Answers every line; a line that is not understood gets an `error` member and the exit code
    /// becomes 64, the others are answered all the same.
    func run() -> Int32 {
        var input = LineReader(descriptor: 0)
        var output = JSONText(capacity: 1 << 17)
        var isClean = true
        while let line = input.next() {
            let mark = output.bytes.count
            do {
                try answer(line, into: &output)
            } catch {
                output.bytes.removeSubrange(mark...)
                output.raw("{\"error\":")
                output.string(error.message)
                output.raw("}")
                isClean = false
            }
            output.raw("\n")
            if output.bytes.count > 1 << 16 {
                guard StandardStreams.write(output.bytes, to: 1) else { return 74 }
                output.bytes.removeAll(keepingCapacity: true)
            }
        }
        guard StandardStreams.write(output.bytes, to: 1) else { return 74 }
        return isClean ? 0 : 64
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
        if line.cwd == nil {
            var facts = Facts()
            invocation = classify(named, with: profile, facts: &facts)
        } else {
            invocation = FactSource(installation: installation).read(named, with: profile).0
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
        output.raw("}")
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
