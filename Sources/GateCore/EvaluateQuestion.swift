// One question to a layer: a single invocation, program or file in the forms that rules meet.
// Texts become bytes once here, because every rule of every layer looks at them.

/// What the rules of a layer are compared with.
struct Question {
    /// What is asked about.
    enum Matter {
        /// A line of a managed tool.
        case invocation(Invocation)
        /// A program that is not managed.
        case program
        /// A file to be read.
        case file
    }

    /// What is asked about.
    let matter: Matter
    /// On whose behalf.
    let subject: Subject
    /// What it does; `query` for a line that only prints, nil for programs and files.
    let operation: Operation?
    /// Why it cannot be placed; empty where it can.
    let unclear: String
    /// Whether it can be placed.
    var isClear: Bool { unclear.utf8.isEmpty }
    /// Canonical text of the line, the program, or the path.
    let command: String
    /// The canonical text as UTF-8.
    let text: [UInt8]
    /// Texts that deny and approval rules meet as well.
    let otherTexts: [[UInt8]]
    /// The tool's name as UTF-8; empty where it is no line of a managed tool.
    let tool: [UInt8]
    /// The packages of the line, in their order.
    let packages: [PackageTexts]
    /// Working directory of the line; nil where it is not known.
    let cwd: String?

    /// A managed tool's line, without what is nested in it.
    init(_ invocation: Invocation, subject: Subject, cwd: String?) {
        matter = .invocation(invocation)
        self.subject = subject
        // A word that nobody knows is denied although the tool would only print that it does not
        // know it: which words a tool knows changes with its version and its plugins.
        let isHarmless = invocation.isInert && invocation.operation != .unknown
        operation = isHarmless ? .query : invocation.operation
        if let first = invocation.ambiguous.first {
            unclear = first
        } else {
            unclear = operation == .unknown ? "nobody knows what it does" : ""
        }
        let texts = canonicalTexts(of: invocation)
        command = texts.text
        text = [UInt8](command.utf8)
        var others: [[UInt8]] = []
        for spelling in texts.others { others.append([UInt8](spelling.utf8)) }
        otherTexts = others
        tool = [UInt8](invocation.tool.text.utf8)
        packages = invocation.packages.map { PackageTexts($0) }
        self.cwd = cwd
    }

    /// A program that is not managed.
    init(program words: [Word], subject: Subject) {
        matter = .program
        self.subject = subject
        operation = nil
        unclear = ""
        command = quoted(words)
        text = [UInt8](command.utf8)
        otherTexts = []
        tool = []
        packages = []
        cwd = nil
    }

    /// A file to be read.
    init(path: String, subject: Subject) {
        matter = .file
        self.subject = subject
        operation = nil
        unclear = ""
        command = straightened(path)
        text = [UInt8](command.utf8)
        // A relative path meets `*/.npmrc` too, and the path as given is what a rule may name.
        otherTexts = [[UInt8](("./" + command).utf8), [UInt8](path.utf8)]
        tool = []
        packages = []
        cwd = nil
    }

    /// The invocation, where it is one.
    var invocation: Invocation? {
        if case .invocation(let invocation) = matter { return invocation }
        return nil
    }

    /// Directories the line acts in, `.` and `..` resolved as text; empty where unknown. Few rules
    /// ask for them, so they are made only then.
    var directories: [[UInt8]] {
        guard let cwd, let invocation else { return [] }
        var places = [[UInt8](straightened(cwd).utf8)]
        for directory in invocation.directories + invocation.members {
            places.append([UInt8](straightened(directory).utf8))
        }
        return places
    }

    /// Whether it is a line of a managed tool.
    var isAboutInvocation: Bool {
        switch matter {
        case .invocation: true
        case .program, .file: false
        }
    }

    /// The action whose rules are asked.
    var action: Action {
        switch matter {
        case .invocation, .program: .shellExec
        case .file: .fileRead
        }
    }

    /// Whether nobody has to allow it.
    var isFreeByDefault: Bool {
        switch matter {
        case .program: true
        case .invocation, .file: false
        }
    }

    /// The answer before any layer has spoken.
    var undecided: Decision {
        Decision(
            effect: isFreeByDefault ? .allow : .deny, rule: nil, layer: nil, origin: nil,
            message: nil,
            reason: isFreeByDefault ? "no rule names this program, and it is not managed" : "",
            command: command, operation: operation, obligations: .init(), timeout: nil,
            approvers: [], votes: [])
    }

    /// The answer where no layer that can allow has spoken.
    func denied(_ decision: Decision) -> Decision {
        var result = undecided
        result.effect = .deny
        result.votes = decision.votes
        result.reason = "no policy that can allow it says anything of \(subjectOfStandard)"
        return result
    }

    /// The default of a policy for this, nil where it abstains.
    func standard(of policy: Policy) -> (PolicyDefault, Effect)? {
        guard let operation else {
            if case .file = matter { return policy.standardForFiles.map { ($0, $0.effect) } }
            return nil
        }
        let own = policy.standard(for: operation)
        if unclear.isEmpty { return own.map { ($0, $0.effect) } }
        // Only a rule can let pass what is not understood. A default can ask for approval of an
        // unknown command, and never of one that has two meanings.
        if let own, own.effect == .deny { return (own, .deny) }
        guard let entry = policy.standard(for: .unknown) ?? own else { return nil }
        let isApproval = operation == .unknown && entry.effect == .approval && isUnambiguous
        return (entry, isApproval ? .approval : .deny)
    }

    /// One sentence for a rule.
    func reason(for rule: Rule, of layer: Layer) -> String {
        let isAboutUnclear = !unclear.isEmpty && rule.match.operation.contains(.unknown)
        if isAboutUnclear { return "the line is not clear: \(unclear)" }
        return "rule \(rule.id) of \(layer.name) matches"
    }

    /// One sentence for a default.
    func reasonForStandard(_ effect: Effect) -> String {
        if !unclear.isEmpty { return "the line is not clear: \(unclear)" }
        return "no rule matches, and the default for \(subjectOfStandard) is \(effect.name)"
    }

    private var isUnambiguous: Bool { invocation?.ambiguous.isEmpty ?? true }

    private var subjectOfStandard: String { operation?.name ?? action.name }
}
