// What lint is told: where archives may come from, and which kinds of sources may be there. A host
// alone allows all of it; a base address allows what is below its path, and plain http only where it
// is written so.

public import GateCore

/// What lint takes as given.
public struct LintSettings: Sendable, Equatable {
    /// Where archives and indexes may be.
    public var bases: [RegistryBase]
    /// Kinds of sources that may be there; bundled packages may always.
    public var sources: [LockedSource]
    /// Names that may come from one registry only.
    public var privateRegistries: [PrivateRegistry]

    /// Settings; by default packages of registries and of the project itself.
    public init(
        bases: [RegistryBase], sources: [LockedSource] = [.registry, .workspace],
        privateRegistries: [PrivateRegistry] = []
    ) {
        self.bases = bases
        self.sources = sources
        self.privateRegistries = privateRegistries
    }

    /// What holds for a format where nobody says otherwise: its public registry.
    public init(for format: LockfileFormat) {
        self.init(bases: format.publicRegistry.compactMap { RegistryBase($0) })
    }
}

extension LockedSource {
    /// The kind that policies name so.
    public init(_ source: PackageSource) {
        switch source {
        case .registry: self = .registry
        case .workspace: self = .workspace
        case .git: self = .git
        case .url: self = .url
        case .path: self = .path
        }
    }
}
