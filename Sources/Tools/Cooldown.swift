// A least age for the versions that a tool may choose (`minimumReleaseAge`), by the tool's own
// option, at the releases that have one. It holds wherever versions are chosen; what a lockfile has
// pinned was chosen before.

public import GateCore

/// How a tool is told to leave out what is younger than a date.
public struct Cooldown: Sendable {
    /// Options of the caller that say the same or make exceptions. They are dropped; names as in
    /// `OptionUse.name`, separated by spaces.
    public let replaced: Word
    /// Variables that say the same or make exceptions.
    public let environment: [EnvironmentRule]
    /// The switches for a date in RFC 3339; empty where the line chooses no version, nil where this
    /// release, or this command, cannot be told.
    public let words: @Sendable (Invocation, Word) -> [Word]?

    /// A cooldown by its parts.
    public init(
        replacing replaced: Word, environment: [EnvironmentRule],
        words: @escaping @Sendable (Invocation, Word) -> [Word]?
    ) {
        self.replaced = replaced
        self.environment = environment
        self.words = words
    }

    /// Words without the options that this replaces, and those options. Options stand there as
    /// `--name=value`, the way that profiles compose them; what follows `--` stays.
    func split(_ words: [Word]) -> (kept: [Word], dropped: [Word]) {
        var kept: [Word] = []
        var dropped: [Word] = []
        let end = words.firstIndex(of: "--") ?? words.count
        for (place, word) in words.enumerated() {
            let head = word.split(at: UInt8(ascii: "="))?.head ?? word
            let isOption = place < end && head.hasPrefix("--")
            let name = head.dropFirst(2)
            // What negates a date takes it away.
            let plain = name.hasPrefix("no-") ? name.dropFirst(3) : name
            let isReplaced = isOption && (replaced.lists(name) || replaced.lists(plain))
            if isReplaced { dropped.append(word) } else { kept.append(word) }
        }
        return (kept, dropped)
    }
}

extension ToolProfile {
    /// Adds the cooldown to a plan in the making.
    ///
    /// Where the tool cannot be told, the plan says that what it brings is to be judged by the times
    /// that its registries tell.
    ///
    /// - Returns: the words behind our switches, without the caller's own dates.
    func addCooldown(
        _ date: Word?, of invocation: Invocation, to switches: inout [Word],
        _ rules: inout [EnvironmentRule], _ plan: inout Plan, after words: [Word]
    ) -> [Word] {
        guard let date, invocation.fetchesCode else { return words }
        guard let cooldown, let ours = cooldown.words(invocation, date) else {
            plan.isJudgedByAge = true
            return words
        }
        let (kept, dropped) = cooldown.split(words)
        plan.ignored += dropped.map(\.text)
        rules = cooldown.environment + rules
        switches += ours
        return kept
    }
}
