// Rules that are never reached: what is called covered has to be covered, for every text and request.

import SeededRandom
import Testing

@testable import GateCore
@testable import PolicyFile

@Suite struct PolicyReachTests {
    @Test("a pattern covers another where it covers all of its texts")
    func patterns() {
        let rows: [(wide: String, narrow: String, isCovered: Bool)] = [
            ("*", "", true), ("*", "*", true), ("a*", "ab*", true), ("ab*", "a*", false),
            ("npm *", "npm publish*", true), ("npm publish*", "npm *", false),
            ("?", "a", true), ("?", "é", true), ("?", "?", true), ("?", "*", false),
            ("a", "?", false), ("*a*", "*ba", true), ("*a", "*a*", false), ("a?c", "abc", true),
            ("*?", "*", false), ("", "", true), ("", "a", false), ("a", "", false),
            ("*/.npmrc", "/home/*/.npmrc", true), ("*/.*rc", "*/.npmrc", true),
        ]
        for row in rows {
            #expect(
                Glob(row.wide).covers(Glob(row.narrow)) == row.isCovered,
                "\(row.wide) over \(row.narrow)")
        }
    }

    @Test("a covered pattern never matches what the wider one does not", arguments: 1...8)
    func patternsAtRandom(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var covered = 0
        func text(_ letters: String, _ most: Int) -> String {
            String(
                (0..<Int.random(in: 0...most, using: &random)).compactMap { _ in
                    letters.randomElement(using: &random)
                })
        }
        for _ in 0..<4000 {
            let wide = Glob(text("ab**?é", 5))
            let narrow = Glob(text("abbb*?é", 5))
            guard wide.covers(narrow) else { continue }
            covered += 1
            for _ in 0..<20 {
                let sample = text("abé", 6)
                #expect(!narrow.matches(sample) || wide.matches(sample))
            }
        }
        #expect(covered > 50)
    }

    @Test("what a covered rule matches, the earlier one matches", arguments: 1...8)
    func rulesAtRandom(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var covered = 0
        for _ in 0..<4000 {
            let earlier = rule("a", &random)
            let later = rule("b", &random)
            var reach = RuleReach(now: 0)
            reach.add(earlier)
            guard reach.coverer(of: later) != nil else { continue }
            covered += 1
            for _ in 0..<12 {
                var invocation = invocation(&random)
                // A rule that tightens also meets other orders of the words; see PolicyReach.swift.
                if earlier.effect == .allow { invocation.options = [] }
                let question = Question(
                    invocation, subject: subject(&random), cwd: "/w/a")
                if matches([later], 0, question, now: 0) {
                    #expect(
                        matches([earlier], 0, question, now: 0), "\(earlier) \(later) \(question)")
                }
            }
        }
        #expect(covered > 50)
    }

    private func rule(_ id: String, _ random: inout SeededGenerator) -> Rule {
        var match = Match()
        func some<Element>(_ elements: [Element]) -> [Element] {
            guard Int.random(in: 0..<3, using: &random) == 0 else { return [] }
            return Array(
                elements.shuffled(using: &random).prefix(.random(in: 1...2, using: &random)))
        }
        match.command = GlobList(
            some(["npm *", "npm install*", "npm install a", "*"].map { Glob($0) }))
        match.tool = GlobList(some([Glob("npm"), Glob("*m")]))
        match.operation = CaseSet(some([.install, .publish]))
        match.package = GlobList(some([Glob("a"), Glob("*")]))
        match.source = CaseSet(some([.registry, .git]))
        match.flag = GlobList(some([Glob("--save"), Glob("--*")]))
        match.agent = GlobList(some([Glob("x"), Glob("*")]))
        match.workspace = GlobList(some([Glob("/w/*"), Glob("/*")]))
        match.destination = CaseSet(some([.project, .outside]))
        match.facts = CaseSet(some([.nearName, .newDependency]))
        let effect = Effect.allCases.randomElement(using: &random) ?? .deny
        let until = [nil, 5].randomElement(using: &random) ?? nil
        return Rule(id: id, match: match, effect: effect, until: until)
    }

    private func invocation(_ random: inout SeededGenerator) -> Invocation {
        let operation: GateCore.Operation = Bool.random(using: &random) ? .install : .publish
        var invocation = Invocation(
            tool: "npm", command: ["npm", Word(operation.name)], operation: operation)
        for name: Word in ["a", "b"] where Bool.random(using: &random) {
            let source: PackageRequest.Source = Bool.random(using: &random) ? .registry : .git
            invocation.packages.append(
                PackageRequest(name: name, source: source, spelling: name))
            invocation.positionals.append(name)
        }
        if Bool.random(using: &random) {
            invocation.options = [OptionUse(name: "save", value: nil)]
        }
        if Bool.random(using: &random) { invocation.destination = .outside }
        if Bool.random(using: &random) { invocation.packageFacts = [.nearName] }
        if Bool.random(using: &random) { invocation.directories = ["/elsewhere"] }
        return invocation
    }

    private func subject(_ random: inout SeededGenerator) -> Subject {
        let labels: [Label?] = [
            nil, Label("x", from: .install), Label("y", from: .install),
            Label("x", from: .asserted),
        ]
        return Subject(agent: labels.randomElement(using: &random) ?? nil)
    }
}
