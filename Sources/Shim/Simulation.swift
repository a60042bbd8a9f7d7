// `shimgate simulate`: what would be decided about a line, without recording or running it.
// Exit code: 0 allow, 75 approval, 77 deny.

internal import GateCore
internal import Launch
internal import StrictJSON

enum Simulation {
    static func run(_ arguments: [Word]) -> Int32 {
        let options: VerbOptions
        do {
            options = try VerbOptions(arguments, valued: Judge.valued, flags: Judge.flags)
        } catch {
            return say(.usage("simulate: \(error.message)"))
        }
        do {
            let judge = try Judge(options)
            guard let judgements = try judgements(options, by: judge) else {
                return say(
                    .usage(
                        "simulate: name a line after --, or --action shell.exec --command TEXT, "
                            + "or --action file.read --path PATH"))
            }
            guard let strictest = strictest(of: judgements) else { return 70 }
            show(options.has("--json") ? json(strictest) : text(strictest))
            return strictest.decision.effect.exitCode
        } catch let error as PolicyUnusable {
            return say(.policyUnusable(error.details))
        } catch let error as InstallationError {
            return say(.installationUnusable(error.message))
        } catch {
            return say(.usage("simulate: \(error)"))
        }
    }

    /// The judgements that the options ask for; nil where they ask for none or for two things.
    static func judgements(
        _ options: VerbOptions, by judge: Judge
    ) throws(PolicyUnusable) -> [Judgement]? {
        let action = Word(options["--action"] ?? "shell.exec")
        switch (options["--command"], options["--path"], options.words.isEmpty) {
        case (let command?, nil, true) where action == "shell.exec":
            return try judge.judgeShell(command)
        case (nil, let path?, true) where action == "file.read":
            return [try judge.judgeReading(path)]
        case (nil, nil, false) where action == "shell.exec":
            return [try judge.judge(options.words)]
        default: return nil
        }
    }

    /// The first of the strictest judgements.
    static func strictest(of judgements: [Judgement]) -> Judgement? {
        guard var strictest = judgements.first else { return nil }
        for judgement in judgements where judgement.decision.effect > strictest.decision.effect {
            strictest = judgement
        }
        return strictest
    }

    private static func text(_ judgement: Judgement) -> String {
        let decision = judgement.decision
        var text = decision.effect.name
        text += decision.rule.map { ", rule: \($0)" } ?? ", no rule"
        text += "\n  command:   \(displayed(decision.command))\n"
        if let operation = decision.operation { text += "  operation: \(operation.name)\n" }
        text += "  why:       \(displayed(decision.why))\n"
        if let origin = decision.origin { text += "  at:        \(displayed(origin))\n" }
        return text
    }

    private static func json(_ judgement: Judgement) -> String {
        var json = JSONText()
        json.raw("{")
        write(judgement.decision, into: &json)
        json.raw("}\n")
        return json.text
    }

    /// The members that every JSON rendering of a decision has.
    static func write(_ decision: Decision, into json: inout JSONText) {
        json.raw("\"effect\":")
        json.string(decision.effect.name)
        json.member("rule", orNull: decision.rule)
        json.member("layer", orNull: decision.layer?.name)
        json.member("operation", orNull: decision.operation?.name)
        json.member("command", decision.command)
        json.member("message", orNull: decision.message)
        json.member("reason", decision.reason)
        json.member("origin", orNull: decision.origin)
    }
}

extension Effect {
    /// How `simulate` and `explain` end.
    var exitCode: Int32 {
        switch self {
        case .allow: 0
        case .approval: 75
        case .deny: 77
        }
    }
}

extension JSONText {
    /// Appends `,"name":"text"`, or null where there is none.
    mutating func member(_ name: String, orNull text: String?) {
        if let text { return member(name, text) }
        raw(",")
        string(name)
        raw(":null")
    }

    /// Appends `,"name":"text"`.
    mutating func member(_ name: String, _ text: String) {
        raw(",")
        string(name)
        raw(":")
        string(text)
    }
}
