// Registries against policy: each one that a line's settings put in force has to be listed, and a
// package that policy names as private may be asked of its own registry only. Most tools that know
// several registries ask all of them for every name, so there one stranger is one too many.

/// Why an allowed line may not use the registries that its settings name; nil where it may.
func refusedRegistry(_ invocation: Invocation, _ obligations: Obligations) -> String? {
    guard obligations.registries != nil || !obligations.privateRegistries.isEmpty else {
        return nil
    }
    if invocation.isInert { return nil }
    if !invocation.areRegistriesKnown {
        // The packages of a staged install are judged when they are known.
        return invocation.install != nil
            ? nil
            : "the policy requires registries, which this version cannot enforce"
    }
    let inForce = invocation.registries.filter(\.isInForce)
    if let listed = obligations.registries {
        let bases = listed.compactMap { RegistryBase($0) }
        for use in inForce where !bases.contains(where: { use.isAt($0) }) {
            return "\(use.shown), which is not among the registries that the policy lists"
        }
    }
    for own in obligations.privateRegistries {
        if let refusal = confusion(of: own, invocation, inForce) { return refusal }
    }
    return nil
}

/// Why a private package could come from another registry than its own; nil where none that the line
/// names could.
private func confusion(
    of own: PrivateRegistry, _ invocation: Invocation, _ inForce: [RegistryUse]
) -> String? {
    guard let base = own.base else { return nil }
    for use in inForce {
        guard let scope = use.scope, own.ownsScope(scope), !use.isAt(base) else { continue }
        return "\(use.shown), and the policy says that its packages come from \(own.url) only"
    }
    let general = inForce.filter { $0.scope == nil }
    let strangers = general.filter { !$0.isAt(base) }
    for package in invocation.packages {
        guard let name = package.registryName, own.owns(name) else { continue }
        // A tool that takes the first registry that knows a name finds a private one there.
        let isFound = !invocation.asksAllRegistries && general.first?.isAt(base) == true
        var asked = isFound ? [] : strangers
        if let scope = name.scope {
            // The registry of a scope is asked for it, and no other.
            let scoped = inForce.filter { $0.scope == scope }
            if !scoped.isEmpty { asked = scoped.filter { !$0.isAt(base) } }
        }
        guard let stranger = asked.first else { continue }
        return "\(quoted(name)) may come from \(own.url) only, and \(stranger.shown)"
    }
    guard invocation.asksAllRegistries, strangers.count < general.count,
        let stranger = strangers.first
    else { return nil }
    return
        "\(invocation.tool) asks all of its indexes for every package, so one of \(own.url) could "
        + "come from another: \(stranger.shown)"
}

extension PackageRequest {
    /// The name that a registry is asked for; nil where none is.
    fileprivate var registryName: Word? {
        switch source {
        case .registry: return name.isEmpty ? nil : name
        case .alias:
            let target = range.hasPrefix("npm:") ? range.dropFirst(4) : range
            let bytes = Array(target.text.utf8)
            let end = bytes.indices.dropFirst().first { bytes[$0] == UInt8(ascii: "@") }
            return end.map { target.prefix($0) } ?? target
        case .workspace, .git, .url, .path, .requirements, .ambiguous: return nil
        }
    }
}

extension Word {
    /// `@corp` of `@corp/name`.
    fileprivate var scope: Word? {
        guard first == UInt8(ascii: "@") else { return nil }
        return split(at: UInt8(ascii: "/"))?.head
    }
}

extension Invocation {
    /// Registries in force that only a file of the project names, and that are neither the tool's own
    /// nor named by the line, its environment, the user or the machine as well.
    public var registriesOfProject: [RegistryUse] {
        registries.filter { use in
            // What has other names is the tool's own.
            guard use.isInForce, use.origin == .project, use.alsoKnownAs.isEmpty else {
                return false
            }
            return !registries.contains { $0.origin != .project && $0.isSame(as: use) }
        }
    }
}
