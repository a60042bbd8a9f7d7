// `shimgate explain`: the parse token by token, every layer's vote, and the exact plan. The same
// functions as the shim's; only the ending differs.

internal import GateCore
internal import Launch
internal import StrictJSON
internal import Tools

enum Explanation {
    static func run(_ arguments: [Word]) -> Int32 {
        do {
            let options = try VerbOptions(arguments, valued: Judge.valued, flags: Judge.flags)
            let judge = try Judge(options)
            guard let judgements = try Simulation.judgements(options, by: judge),
                let strictest = Simulation.strictest(of: judgements)
            else {
                return say(.usage("explain: name a line after --, or --command TEXT"))
            }
            let explained = try judgements.map { judgement in
                (judgement, try judgement.obligationOrigins(now: judge.surroundings.now))
            }
            if options.has("--json") {
                show(json(explained))
            } else {
                show(explained.map(text).joined(separator: "\n"))
            }
            return strictest.decision.effect.exitCode
        } catch let error as VerbOptions.Misuse {
            return say(.usage("explain: \(error.message)"))
        } catch let error as PolicyUnusable {
            return say(.policyUnusable(error.details))
        } catch let error as InstallationError {
            return say(.installationUnusable(error.message))
        } catch {
            return say(.usage("explain: \(error)"))
        }
    }

    private static func text(
        _ judgement: Judgement, _ obligations: [ObligationOrigin]
    ) -> String {
        var text = ""
        if let verdict = judgement.verdict {
            text +=
                "tool      \(verdict.profile.name) \(verdict.line.version ?? "(version unknown)")\n"
            text += parse(verdict)
        }
        text += "command   \(displayed(judgement.decision.command))\n"
        text += votes(judgement)
        text += "decision  \(judgement.decision.effect.name)"
        text += judgement.decision.rule.map { ", rule: \($0)" } ?? ", no rule"
        text += "\n"
        text += "why       \(displayed(judgement.decision.why))\n"
        text += self.text(obligations)
        if let plan = judgement.plan { text += self.text(plan, judgement.verdict) }
        return text
    }

    /// Each argument and what it turned out to be.
    private static func parse(_ verdict: Verdict) -> String {
        var text = "tokens\n"
        let roles = verdict.invocation.roles
        for (index, argument) in verdict.arguments.enumerated() {
            let role = index < roles.count ? roles[index].text : "not read"
            text += "  \(padded(displayed(quoted(Word(argument))), to: 24)) \(role)\n"
        }
        if verdict.arguments.isEmpty { text += "  (no arguments)\n" }
        text += meaning(verdict.redacted, indented: "")
        return text
    }

    private static func meaning(_ invocation: Invocation, indented indent: String) -> String {
        let words = invocation.command.map(\.text).joined(separator: " ")
        var text = "\(indent)means     \(displayed(words)): \(invocation.operation.name)\n"
        for package in invocation.packages {
            text += "\(indent)package   \(displayed(package.spelling.text)) (\(package.source))\n"
        }
        for member in invocation.members.prefix(8) {
            text += "\(indent)may act in \(displayed(member))\n"
        }
        if invocation.members.count > 8 {
            text += "\(indent)may act in \(invocation.members.count - 8) more packages\n"
        }
        if invocation.destination != .project {
            text += "\(indent)into      \(invocation.destination.name)\n"
        }
        for reason in invocation.ambiguous {
            text += "\(indent)ambiguous \(displayed(reason))\n"
        }
        for inner in invocation.nested {
            let heading = inner.isOtherReading ? "is to another version" : "runs"
            text += "\(indent)\(heading)\n" + meaning(inner, indented: indent + "  ")
        }
        return text
    }

    private static func votes(_ judgement: Judgement) -> String {
        let decision = judgement.decision
        var text = decision.votes.isEmpty ? "" : "votes\n"
        for vote in decision.votes {
            let effect = padded(vote.effect?.name ?? "abstains", to: 9)
            text += "  \(padded(vote.layer.name, to: 10)) \(effect) \(displayed(vote.ground))\n"
        }
        return text
    }

    /// What holds, and below it who says so.
    private static func text(_ obligations: [ObligationOrigin]) -> String {
        var text = obligations.isEmpty ? "" : "requires\n"
        for row in obligations {
            text += "  \(padded(row.key, to: 17)) \(displayed(row.value))\n"
            for source in row.sources {
                let value = source.value.utf8.count > 60 ? "[...]" : source.value
                let ground = source.rule.map { "rule \($0)" } ?? "for all that is allowed"
                text += "    \(displayed(value))  \(ground) (\(displayed(source.place)))\n"
            }
        }
        return text
    }

    private static func text(_ plan: Plan, _ verdict: Verdict?) -> String {
        let words = verdict?.shown(plan.arguments) ?? plan.arguments.map(\.text)
        var text = "plan      \(plan.launch.rawValue)\n"
        if plan.phases.isEmpty {
            text += "  exec    \(displayed(quoted(([plan.program] + words).map { Word($0) })))\n"
        }
        for phase in plan.phases {
            let words = verdict?.shown(phase.arguments) ?? phase.arguments.map(\.text)
            let place = phase.place == .stage ? "in a private copy" : "in the project"
            text += "  \(padded(phase.purpose.rawValue, to: 7)) "
            text += displayed(quoted(([phase.program] + words).map { Word($0) }))
            text += " (\(place))\n"
        }
        if plan.calledAs != plan.program {
            text += "  as      \(displayed(quoted([Word(plan.calledAs)])))\n"
        }
        for entry in plan.replaced {
            text += "  set     \(displayed(redact("\(entry.name)=\(entry.value)")))\n"
        }
        for name in plan.removed { text += "  unset   \(displayed(name.text))\n" }
        for ignored in plan.ignored { text += "  ignored \(displayed(redact(ignored)))\n" }
        return text
    }

    private static func json(_ explained: [(Judgement, [ObligationOrigin])]) -> String {
        var json = JSONText()
        for (judgement, obligations) in explained {
            json.raw("{")
            Simulation.write(judgement.decision, into: &json)
            if let verdict = judgement.verdict {
                json.raw(",\"invocation\":{")
                json.invocation(verdict.redacted)
                json.raw("},\"tokens\":[")
                for (index, argument) in verdict.arguments.enumerated() {
                    if index > 0 { json.raw(",") }
                    let roles = verdict.invocation.roles
                    json.strings([argument, index < roles.count ? roles[index].text : ""])
                }
                json.raw("]")
            }
            json.raw(",\"votes\":[")
            for (index, vote) in judgement.decision.votes.enumerated() {
                json.raw(index > 0 ? ",{\"layer\":" : "{\"layer\":")
                json.string(vote.layer.name)
                json.member("effect", vote.effect?.name ?? "abstain")
                json.member("command", judgement.verdict?.shown(vote.command) ?? vote.command)
                json.member("ground", vote.ground)
                json.raw("}")
            }
            json.raw("],\"requires\":[")
            for (index, row) in obligations.enumerated() {
                json.raw(index > 0 ? ",{\"key\":" : "{\"key\":")
                json.string(row.key)
                json.member("value", row.value)
                json.raw(",\"from\":[")
                for (index, source) in row.sources.enumerated() {
                    json.raw(index > 0 ? ",{\"value\":" : "{\"value\":")
                    json.raw(source.value)
                    if let rule = source.rule { json.member("rule", rule) }
                    json.member("at", source.place)
                    json.raw("}")
                }
                json.raw("]}")
            }
            json.raw("]")
            if let plan = judgement.plan {
                json.raw(",\"plan\":{\"launch\":")
                json.string(plan.launch.rawValue)
                json.raw(",\"argv\":")
                let words = judgement.verdict?.shown(plan.arguments)
                json.strings([plan.program] + (words ?? plan.arguments.map(\.text)))
                if !plan.phases.isEmpty { json.raw(",\"phases\":[") }
                for (index, phase) in plan.phases.enumerated() {
                    json.raw(index > 0 ? ",{\"name\":" : "{\"name\":")
                    json.string(phase.purpose.rawValue)
                    json.raw(",\"argv\":")
                    let words = judgement.verdict?.shown(phase.arguments)
                    json.strings([phase.program] + (words ?? phase.arguments.map(\.text)))
                    json.raw("}")
                }
                if !plan.phases.isEmpty { json.raw("]") }
                json.raw(",\"injected\":")
                json.strings(plan.injected)
                json.raw(",\"stripped\":")
                json.strings(plan.stripped)
                json.raw(",\"ignored\":")
                json.strings(plan.ignored.map { redact($0) })
                json.raw("}")
            }
            json.raw("}\n")
        }
        return json.text
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension Vote {
    /// What the vote rests on, and where that is written.
    var ground: String {
        let at = place.map { " (\(name):\($0.line))" } ?? " (\(name))"
        switch basis {
        case .rule(let id): return "rule " + id + at
        case .standard: return "default" + at
        case .abstained: return "says nothing of it" + at
        }
    }
}

extension Role {
    /// A few words for `explain`.
    var text: String {
        switch self {
        case .command: "command"
        case .option(let name): "option \(name)"
        case .valueOf(let name): "value of \(name)"
        case .positional: "positional"
        case .terminator: "end of options"
        case .passedOn: "passed on"
        case .other(let what): what
        }
    }
}
