// A choice of records in words, so that one executable can hand it to another: `effect=deny`,
// `package=left-pad`, `not-found`, `since=2026-02-13T15:40:33.000000Z`.

internal import GateCore

/// What was asked for.
public struct RecordQuery: Sendable {
    /// Members by the option's name (`RecordFilter.members`), each with patterns of which any will do.
    public var members: [(name: String, patterns: [String])] = []
    public var packages: [String] = []
    public var wantsNotFound = false
    public var since: RecordTime?
    public var until: RecordTime?

    public init() {}

    /// Reads words; nil where one is none of ours.
    public init?(words: [String]) {
        for word in words {
            guard let (name, value) = Word(word).split(at: UInt8(ascii: "=")) else {
                guard Word(word) == "not-found" else { return nil }
                wantsNotFound = true
                continue
            }
            switch name {
            case "package": packages.append(value.text)
            case "since": since = RecordTime(value.text)
            case "until": until = RecordTime(value.text)
            default:
                guard RecordFilter.members.contains(where: { Word($0.name) == name }) else {
                    return nil
                }
                if let place = members.firstIndex(where: { Word($0.name) == name }) {
                    members[place].patterns.append(value.text)
                } else {
                    members.append((name.text, [value.text]))
                }
            }
        }
    }

    /// The same as words.
    public var words: [String] {
        var words = members.flatMap { member in member.patterns.map { "\(member.name)=\($0)" } }
        words += packages.map { "package=\($0)" }
        if wantsNotFound { words.append("not-found") }
        if let since { words.append("since=\(since.text)") }
        if let until { words.append("until=\(until.text)") }
        return words
    }
}

extension RecordFilter {
    /// The filter that answers a query.
    public init(_ query: RecordQuery) {
        self.init()
        for member in query.members { require(member.name, member.patterns) }
        requirePackage(query.packages)
        if query.wantsNotFound { requireNotFound() }
        require(since: query.since, until: query.until)
    }
}
