// Which rules are never reached. A rule is covered by an earlier one where each key of the earlier one
// is missing or holds, for every entry of the later one, an entry that covers it. Rules that allow are
// read narrowly and rules that tighten widely (GateCore, EvaluateMatch.swift), so a key that decides
// by who reads it counts only where both are read in the same way.
//
// What is called covered is covered, with one exception: a rule that tightens also meets other orders
// of the words and lines that are not clear, which an allow rule before it does not cover. That it
// says so little is a mistake all the same. What several rules cover together is not found.

import GateCore

/// The rules of a list so far.
struct RuleReach {
    /// Seconds since 1970-01-01 UTC.
    let now: Int
    private var rules: [Rule] = []
    /// Most pairs of patterns that are compared for one pair of rules.
    private static let mostPairs = 100_000

    /// No rules yet.
    init(now: Int) { self.now = now }

    /// Takes a rule in; one that has ended covers nothing.
    mutating func add(_ rule: Rule) {
        if now < rule.until ?? .max { rules.append(rule) }
    }

    /// The first rule that matches all that this one matches.
    func coverer(of rule: Rule) -> Rule? {
        for earlier in rules where RuleReach.covers(earlier, rule) { return earlier }
        return nil
    }

    private static func covers(_ earlier: Rule, _ later: Rule) -> Bool {
        guard earlier.action == later.action else { return false }
        guard earlier.until ?? .max >= later.until ?? .max else { return false }
        guard coversOperations(earlier, later) else { return false }
        let wide = earlier.match
        let narrow = later.match
        guard covers(wide.command, narrow.command), covers(wide.path, narrow.path) else {
            return false
        }
        guard covers(wide.tool, narrow.tool.isEmpty ? tools(of: narrow.command) : narrow.tool)
        else { return false }
        guard covers(wide.destination, narrow.destination) else { return false }
        // No rule allows by a fact.
        if earlier.effect == .allow, !wide.facts.isEmpty { return false }
        guard covers(wide.facts, narrow.facts) else { return false }
        guard covers(wide.registry, narrow.registry) else { return false }
        // An allow rule looks at every package and directory, at the caller's own options and at
        // labels that bind; a rule that tightens looks at any of them.
        if earlier.effect == .allow, later.effect != .allow {
            return wide.package.isEmpty && wide.source.isEmpty && wide.flag.isEmpty
                && wide.workspace.isEmpty && wide.agent.isEmpty && wide.task.isEmpty
        }
        return covers(wide.package, narrow.package) && covers(wide.source, narrow.source)
            && covers(wide.flag, narrow.flag) && covers(wide.workspace, narrow.workspace)
            && covers(wide.agent, narrow.agent) && covers(wide.task, narrow.task)
    }

    /// Lines that are not clear meet deny rules and rules that name `unknown`.
    private static func coversOperations(_ earlier: Rule, _ later: Rule) -> Bool {
        let names = earlier.match.operation
        if names.isEmpty {
            return earlier.effect == .deny || !later.match.operation.contains(.unknown)
        }
        return covers(names, later.match.operation)
    }

    /// The tools that patterns of commands can be about: the first word of each; none where one of
    /// them leaves it open.
    private static func tools(of commands: GlobList) -> GlobList {
        var tools: [Glob] = []
        for command in commands {
            let word = command.pattern.prefix { $0 != 0x20 }
            if word.contains(UInt8(ascii: "*")) || word.contains(UInt8(ascii: "?")) { return [] }
            tools.append(Glob(pattern: word))
        }
        return GlobList(tools)
    }

    private static func covers<Element>(_ wide: CaseSet<Element>, _ narrow: CaseSet<Element>)
        -> Bool
    {
        wide.isEmpty || !narrow.isEmpty && wide.isSuperset(of: narrow)
    }

    private static func covers(_ wide: GlobList, _ narrow: GlobList) -> Bool {
        if wide.isEmpty { return true }
        if narrow.isEmpty || wide.count * narrow.count > mostPairs { return false }
        for pattern in narrow {
            var isCovered = false
            for glob in wide where glob.covers(pattern) {
                isCovered = true
                break
            }
            if !isCovered { return false }
        }
        return true
    }
}

extension Glob {
    /// Whether this pattern covers every text that the other one covers. The other pattern is read as
    /// a text in which `*` is a sign that only our `*` covers; a yes is certain, and a no is certain
    /// but for patterns with `?` beside `*`.
    func covers(_ other: Glob) -> Bool {
        let wide = pattern.span
        let narrow = other.pattern.span
        let star = UInt8(ascii: "*")
        let one = UInt8(ascii: "?")
        var place = 0
        var read = 0
        var lastStar = -1
        var resume = 0
        while read < narrow.count {
            if place < wide.count, wide[place] == star {
                lastStar = place
                resume = read
                place += 1
            } else if place < wide.count, wide[place] == one, narrow[read] != star {
                place += 1
                read += 1
                while read < narrow.count, narrow[read] & 0xC0 == 0x80 { read += 1 }
            } else if place < wide.count, wide[place] == narrow[read], wide[place] != one {
                place += 1
                read += 1
            } else if lastStar >= 0 {
                resume += 1
                read = resume
                place = lastStar + 1
            } else {
                return false
            }
        }
        while place < wide.count, wide[place] == star { place += 1 }
        return place == wide.count
    }
}
