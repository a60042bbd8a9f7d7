// Whether what a policy allows can be had under its conditions. A condition that this build cannot
// honour is a denial that says so, never a silent pass; `honouredToday` is the one place that
// says which they are.

/// Why an allowed line is refused all the same, nil where it is not.
func refusal(of question: Question, under obligations: Obligations, now: Int) -> String? {
    guard let invocation = question.invocation, let operation = question.operation else {
        return nil
    }
    if let refusal = refusedDestination(invocation, operation, obligations) { return refusal }
    if fetches(operation) {
        if let refusal = refusedSource(invocation, obligations) { return refusal }
        if let refusal = refusedPackage(question, invocation, obligations) { return refusal }
        if let refusal = refusedRegistry(invocation, obligations) { return refusal }
    }
    if let shape = invocation.install, obligations.lockfile == .frozen, !shape.isBare {
        return "the policy freezes the lockfile, and this line would change it"
    }
    for row in honouredToday where row.isAsked(obligations, now) && row.operations(operation) {
        if row.isHonoured(invocation) { continue }
        return "the policy requires \(row.name), which this version cannot enforce"
    }
    return nil
}

/// An obligation and whether it can be honoured.
private struct ObligationRow: Sendable {
    /// The key of `require`, with the value where only some are meant.
    let name: String
    let isHonoured: @Sendable (Invocation) -> Bool
    /// What it applies to.
    let operations: @Sendable (Operation) -> Bool
    /// Whether a policy asks for it.
    let isAsked: @Sendable (Obligations, Int) -> Bool
}

/// Every obligation that something other than this file has to carry out, but `minimumReleaseAge`:
/// whether a tool can keep that depends on its release, which the plan knows (`Cooldown`).
private let honouredToday: [ObligationRow] = [
    .init(
        name: "scripts.allow",
        isHonoured: { hasTree($0) || $0.resolvesFirst || $0.leavesUnbuilt },
        operations: fetches,
        isAsked: { !$0.scriptsAllowed(at: $1).isEmpty }),
    .init(
        name: "lockfile", isHonoured: isStaged, operations: fetches,
        isAsked: { required, _ in required.lockfile == .review }),
    .init(
        name: "lockfile", isHonoured: { isStaged($0) || $0.isFreezable }, operations: fetches,
        isAsked: { required, _ in required.lockfile == .frozen }),
    .init(
        name: "provenance", isHonoured: never, operations: fetches,
        isAsked: { required, _ in (required.provenance ?? .off) != .off }),
    .init(
        name: "credentials", isHonoured: always, operations: everything,
        isAsked: { required, _ in required.credentials != nil }),
    .init(
        name: "justification", isHonoured: never, operations: everything,
        isAsked: { required, _ in !required.justification.isEmpty }),
    .init(
        // Of an install nothing of strangers runs but the scripts that policy lists.
        name: "sandbox", isHonoured: { hasTree($0) || $0.resolvesFirst || $0.leavesUnbuilt },
        operations: everything,
        isAsked: { required, _ in required.sandbox == .require }),
    .init(
        name: "outcome", isHonoured: always, operations: everything,
        isAsked: { required, _ in required.outcome }),
]

@Sendable private func always(_ invocation: Invocation) -> Bool { true }

@Sendable private func never(_ invocation: Invocation) -> Bool { false }

/// Whether what the line installs is judged package by package before it is moved in.
@Sendable private func isStaged(_ invocation: Invocation) -> Bool { invocation.install != nil }

/// Whether the tree is made by us, so that scripts can run in it confined.
@Sendable private func hasTree(_ invocation: Invocation) -> Bool {
    invocation.install?.installsInPlace == false
}

@Sendable private func everything(_ operation: Operation) -> Bool { true }

/// Whether strangers' packages come with the operation.
@Sendable private func fetches(_ operation: Operation) -> Bool {
    switch operation {
    case .install, .execute, .unknown: true
    case .publish, .unpublish, .administer, .authenticate, .configure, .run, .pack, .modify,
        .query:
        false
    }
}

private func refusedDestination(
    _ invocation: Invocation, _ operation: Operation, _ obligations: Obligations
) -> String? {
    switch operation {
    case .query, .run: return nil
    case .publish, .unpublish, .administer, .authenticate, .configure, .execute, .install, .pack,
        .modify, .unknown:
        break
    }
    switch invocation.destination {
    case .tools: return "it would write to a place that holds shims or real tools"
    case .project, .environment, .outside: break
    }
    if obligations.destinationsInForce.contains(invocation.destination) { return nil }
    return "the destination \(invocation.destination.name) is not among those the policy lists"
}

private func refusedSource(_ invocation: Invocation, _ obligations: Obligations) -> String? {
    let sources = obligations.sourcesInForce
    for package in invocation.packages {
        guard let source = PackageSource(package.source) else {
            return "where \(quoted(package.spelling)) would come from cannot be told"
        }
        if sources.contains(source) { continue }
        return "\(quoted(package.spelling)) comes from the source \(source.name), "
            + "which is not among those the policy lists"
    }
    return nil
}

/// The named packages against the vetted lists and `pinned`. What a line does not name cannot be
/// held against a list, so it is refused where there is one.
private func refusedPackage(
    _ question: Question, _ invocation: Invocation, _ obligations: Obligations
) -> String? {
    let hasList = !obligations.packagesAllowed.isEmpty || !obligations.packagesDenied.isEmpty
    // What a staged or resolved install or a lockfile brings is held against the lists when it is known.
    let isJudgedLater =
        invocation.install != nil || invocation.isFreezable || invocation.resolvesFirst
    if hasList, invocation.packages.isEmpty, !isJudgedLater {
        return "the policy lists packages, and this line does not name what it installs"
    }
    for (index, package) in invocation.packages.enumerated() {
        // The project's own code is on no list; what it needs is.
        if package.source == .workspace, isJudgedLater { continue }
        let name = quoted(package.spelling)
        let texts = question.packages[index]
        if hasList, package.name.isEmpty {
            return "the policy lists packages, and \(name) does not name what it installs"
        }
        for list in obligations.packagesDenied where matchesPackage(list, texts, false) {
            return "\(name) is on the policy's list of denied packages"
        }
        for list in obligations.packagesAllowed where !matchesPackage(list, texts, true) {
            return "\(name) is not on the policy's list of packages"
        }
        if obligations.pinned, !isExact(package.range, tool: invocation.tool) {
            return "the policy requires an exact version of \(name)"
        }
    }
    return nil
}

/// Whether a range can mean one version only, in the reading of every known tool: `==1.4` (PEP
/// 440), `=1.2.3` (cargo takes a bare `1.2.3` for a caret range), `1.2.3` (semver and the others).
func isExact(_ range: Word, tool: Word) -> Bool {
    var bytes = [UInt8](range.text.utf8)[...]
    var signs = 0
    while bytes.first == UInt8(ascii: "=") {
        bytes = bytes.dropFirst()
        signs += 1
    }
    if tool == "cargo", signs == 0 { return false }
    var numbers = 0
    var isInNumber = false
    var isInSuffix = false
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if !isInSuffix, !isInNumber { numbers += 1 }
            isInNumber = true
        case UInt8(ascii: "."):
            if !isInNumber, !isInSuffix { return false }
            isInNumber = false
        case UInt8(ascii: "-"), UInt8(ascii: "+"):
            if numbers == 0 { return false }
            isInSuffix = true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            // `1.x` is a range; `1.2.3rc1` and `1.2.3-beta` are versions.
            if numbers == 0 || !isInNumber && !isInSuffix { return false }
            isInSuffix = true
        default: return false
        }
    }
    if numbers == 0 || !isInNumber && !isInSuffix { return false }
    return numbers >= 3 || signs >= 2
}
