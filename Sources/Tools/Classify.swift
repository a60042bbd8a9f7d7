// From a line to an invocation: one reading where the version is known, else all known readings.

public import GateCore

/// Deepest nesting of runners that is followed; deeper lines are ambiguous.
public let deepestNesting = 8

/// What a line means, or the gravest of what it can mean.
///
/// - Parameters:
///   - line: the call. With `version` nil every known version is tried.
///   - facts: known facts; questions that are still open are left in `facts.needed`, and the
///     answer is provisional until there are none.
public func classify(_ line: Line, facts: inout Facts) -> Invocation {
    guard line.depth <= deepestNesting else {
        var deep = Invocation(tool: line.tool, command: [line.tool], operation: .unknown)
        deep.ambiguous = ["runners nested deeper than \(deepestNesting)"]
        return deep
    }
    guard let profile = Catalog.profile(calledAs: line.calledAs) else {
        return Invocation(tool: line.tool, command: [line.tool], operation: .unknown)
    }
    if line.depth == 0 { return classify(line, with: profile, facts: &facts) }
    if let known = facts.meaning(of: line) { return known }
    guard !facts.isCrowded else {
        var crowded = Invocation(tool: line.tool, command: [line.tool], operation: .unknown)
        crowded.ambiguous = ["more than \(Facts.mostNested) lines nested in one"]
        return crowded
    }
    let meaning = classify(line, with: profile, facts: &facts)
    facts.remember(line, meaning)
    return meaning
}

/// As `classify(_:facts:)`, with the profile already found.
public func classify(
    _ line: Line, with profile: ToolProfile, facts: inout Facts
) -> Invocation {
    if line.version != nil {
        var reading = placed(profile.read(line, &facts), profile, line, &facts)
        reading.alike = 0
        return settled(reading, line, facts)
    }
    var readings: [Invocation] = []
    var strangers: [String] = []
    // Versions that are known to read the line as one before them did.
    var known: UInt8 = 0
    for (place, version) in profile.versions.enumerated() {
        if place < 8, known >> UInt8(truncatingIfNeeded: place) & 1 == 1 { continue }
        var versioned = line
        versioned.version = version
        versioned.isVersionAssumed = true
        var reading = profile.read(versioned, &facts)
        let alike = reading.alike & ~known
        known |= alike
        reading.alike = 0
        reading.version = nil
        if reading.isUnknownWord {
            strangers.append(version)
            for other in profile.versions.indices.prefix(8).dropFirst(place + 1)
            where alike >> UInt8(truncatingIfNeeded: other) & 1 == 1 {
                strangers.append(profile.versions[other])
            }
        }
        if !readings.contains(reading) { readings.append(reading) }
    }
    if readings.count == 1 {
        return settled(placed(readings[0], profile, line, &facts), line, facts)
    }
    var worst = gravest(of: readings, tool: line.tool)
    for version in strangers where worst.ambiguous.isEmpty && !worst.isUnknownWord {
        worst.checkWords(for: version, line, profile, &facts)
    }
    return settled(placed(worst, profile, line, &facts), line, facts)
}

/// The invocation with the packages that it chooses, and the destination that its directories make it
/// have: what is installed with
/// `--cwd`, `-C` or `--project` of another directory goes there, and what is installed into a
/// `node_modules` that is a link goes where the link leads.
private func placed(
    _ invocation: Invocation, _ profile: ToolProfile, _ line: Line, _ facts: inout Facts
) -> Invocation {
    var invocation = invocation
    invocation.placeMembers(line, &facts)
    guard invocation.operation == .install || invocation.operation == .execute else {
        return invocation
    }
    invocation.readRegistries(line, &facts)
    for directory in invocation.directories {
        let place = PathText.destination(of: directory, line: line, &facts)
        if place.rawValue > invocation.destination.rawValue { invocation.destination = place }
    }
    if profile.ecosystem == .npm, invocation.operation == .install,
        invocation.destination == .project,
        PathText.leads("node_modules", outside: line, &facts)
    {
        invocation.destination = .outside
    }
    return invocation
}

/// The invocation without its words where it is ambiguous, because nothing ambiguous is ever
/// executed; and with the caller's own where nobody knows the command, so that rules, messages and
/// records can name it. A file that we cannot read may hold anything for a tool that can (an `.npmrc`
/// that is not UTF-8).
private func settled(_ invocation: Invocation, _ line: Line, _ facts: Facts) -> Invocation {
    var invocation = invocation
    if line.depth == 0, invocation.operation == .install {
        invocation.isFreezable = Freezing.of(invocation) != nil
    }
    if line.depth == 0, !invocation.isInert, let file = facts.unreadable.first {
        invocation.ambiguous.append("\(file) cannot be read")
    }
    let isStrange = invocation.operation == .unknown && invocation.command.count == 1
    if invocation.ambiguous.isEmpty, !isStrange { return invocation }
    var unclear = invocation
    unclear.composition = .verbatim
    if isStrange {
        unclear.options = []
        unclear.positionals = line.arguments
        unclear.rest = []
    }
    return unclear
}

/// The gravest reading, marked ambiguous where the readings differ in what they would do.
func gravest(of readings: [Invocation], tool: Word) -> Invocation {
    // A version that only prints that it does not know the word does nothing; the others decide.
    let live = readings.filter { !$0.isUnknownWord }
    let readings = live.isEmpty ? readings : live
    guard var worst = readings.first else {
        return Invocation(tool: tool, command: [tool], operation: .unknown)
    }
    for reading in readings.dropFirst() {
        if worst.severity.isGraver(than: reading.severity) { continue }
        // Equally grave: the one that is so itself, and not through what it starts.
        let isGraver =
            reading.severity.isGraver(than: worst.severity)
            || reading.operation.isGraver(than: worst.operation)
        if isGraver { worst = reading }
    }
    for reading in readings where !reading.agrees(with: worst) {
        worst.ambiguous.append(
            "versions disagree: \(reading.summary) or \(worst.summary)")
        break
    }
    return worst
}

extension Invocation {
    /// The gravest operation here or in anything nested.
    public var severity: Operation {
        flattened.dropFirst().reduce(operation) { worst, inner in
            inner.operation.isGraver(than: worst) ? inner.operation : worst
        }
    }

    /// A version that prints that it does not know the word, and does nothing.
    fileprivate var isUnknownWord: Bool { isInert && operation == .unknown }

    /// A version that does nothing with the caller's words must not do something else with ours.
    fileprivate mutating func checkWords(
        for version: String, _ line: Line, _ profile: ToolProfile, _ facts: inout Facts
    ) {
        guard case .words(let before, let after) = composition else { return }
        var composed = line
        composed.arguments = before + after
        composed.version = version
        composed.isVersionAssumed = true
        let again = profile.read(composed, &facts)
        guard !again.isUnknownWord, !again.means(theSameAs: self) else { return }
        ambiguous.append("versions disagree: \(again.summary) or \(summary)")
    }

    fileprivate var summary: String {
        command.map(\.text).joined(separator: " ") + " (\(operation.name))"
    }

    /// Whether two readings differ in nothing that decides: meaning, and the words that would be
    /// executed.
    fileprivate func agrees(with other: Invocation) -> Bool {
        composition == other.composition && means(theSameAs: other)
    }

    /// Whether two readings have the same command, nesting, package requests and destination. The
    /// words of a nested line are not compared: the outer line is what is executed.
    private func means(theSameAs other: Invocation) -> Bool {
        guard command == other.command, operation == other.operation,
            packages == other.packages, destination == other.destination,
            positionals == other.positionals, nested.count == other.nested.count
        else { return false }
        for (own, others) in zip(nested, other.nested) {
            let isEquallyClear = own.ambiguous.isEmpty == others.ambiguous.isEmpty
            guard isEquallyClear, own.means(theSameAs: others) else { return false }
        }
        return true
    }
}
