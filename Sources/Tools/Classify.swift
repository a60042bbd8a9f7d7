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
    return classify(line, with: profile, facts: &facts)
}

/// As `classify(_:facts:)`, with the profile already found.
public func classify(
    _ line: Line, with profile: ToolProfile, facts: inout Facts
) -> Invocation {
    if line.version != nil { return profile.read(line, &facts) }
    var readings: [Invocation] = []
    for version in profile.versions {
        var versioned = line
        versioned.version = version
        var reading = profile.read(versioned, &facts)
        reading.version = nil
        if !readings.contains(reading) { readings.append(reading) }
    }
    return gravest(of: readings, tool: line.tool)
}

/// The gravest reading, marked ambiguous where the readings differ in what they would do.
func gravest(of readings: [Invocation], tool: Word) -> Invocation {
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

    fileprivate var summary: String {
        command.map(\.text).joined(separator: " ") + " (\(operation.name))"
    }

    /// Whether two readings differ in nothing that decides: command, nesting, package requests,
    /// destination and the words that would be executed.
    fileprivate func agrees(with other: Invocation) -> Bool {
        command == other.command && operation == other.operation
            && nested.count == other.nested.count
            && zip(nested, other.nested).allSatisfy { $0.agrees(with: $1) }
            && packages == other.packages && destination == other.destination
            && positionals == other.positionals && composition == other.composition
    }
}
