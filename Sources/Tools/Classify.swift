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
    classify(line, with: profile, isComposed: false, facts: &facts)
}

/// - Parameter isComposed: whether the words are ours already.
private func classify(
    _ line: Line, with profile: ToolProfile, isComposed: Bool, facts: inout Facts
) -> Invocation {
    if line.version != nil {
        var reading = placed(profile.read(line, &facts), profile, line, &facts)
        reading.alike = 0
        return settled(reading, line, facts)
    }
    var readings: [Invocation] = []
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
        if !readings.contains(reading) { readings.append(reading) }
    }
    if readings.count == 1 {
        return settled(placed(readings[0], profile, line, &facts), line, facts)
    }
    var worst = placed(gravest(of: readings, tool: line.tool), profile, line, &facts)
    if !isComposed { worst.checkWords(line, profile, &facts) }
    return settled(worst, line, facts)
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
    for place in invocation.nested.indices where invocation.nested[place].isOtherReading {
        invocation.nested[place].placeMembers(line, &facts)
        invocation.ambiguous += invocation.nested[place].ambiguous
    }
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

/// The gravest reading, marked ambiguous where the readings differ in what they would do. Where all
/// of them only look, or run what the project has, nothing has to be added to the line: the caller's
/// own words go on, and policy judges every reading.
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
    let others = readings.filter { !$0.agrees(with: worst) }
    guard let other = others.first else { return worst }
    guard readings.allSatisfy({ $0.needsNothing && $0.directories == worst.directories }) else {
        worst.ambiguous.append("versions disagree: \(other.summary) or \(worst.summary)")
        return worst
    }
    worst.composition = .verbatim
    worst.isInert = readings.allSatisfy(\.isInert)
    for var other in others {
        other.isOtherReading = true
        worst.nested.append(other)
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

    /// Whether the caller's words can go on as they are: no stranger's code comes in, nothing is
    /// published or set, and nothing in the line is unclear.
    fileprivate var needsNothing: Bool {
        for inner in flattened {
            let isMild = !inner.operation.isGraver(than: .run) && inner.ambiguous.isEmpty
            guard isMild, inner.requiredSwitches.isEmpty, inner.environments.isEmpty,
                inner.ignored.isEmpty, !inner.isUnmanaged
            else { return false }
        }
        return true
    }

    /// A version that prints that it does not know the word, and does nothing.
    fileprivate var isUnknownWord: Bool { isInert && operation == .unknown }

    /// Where versions differ in a thing that does not decide, or one does nothing with the caller's
    /// words, the words that would be executed must still mean this to every one of them.
    fileprivate mutating func checkWords(
        _ line: Line, _ profile: ToolProfile, _ facts: inout Facts
    ) {
        guard case .words(let before, let after) = composition, ambiguous.isEmpty else { return }
        var composed = line
        composed.arguments = before + after
        composed.calledAs = profile.name
        let again = classify(composed, with: profile, isComposed: true, facts: &facts)
        guard !again.means(theSameAs: self) || !again.ambiguous.isEmpty else { return }
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
