// What can be known of the packages that a line names beyond what the line says. Rules that tighten can
// ask for it; the edge finds it out, and for some of it registries are asked, only where a rule does.

/// Something that is true of a package that a line names.
public enum PackageFact: UInt8, Sendable, CaseIterable {
    /// Its name is nearly that of a popular package, and it is none itself.
    case nearName
    /// The project does not ask for it yet, or what the project asks for cannot be told.
    case newDependency
    /// Its first version was published less than 30 days ago, or nobody says when.
    case newPackage
    /// It was fetched less than 1,000 times, where the registry tells.
    case unpopular
    /// The version that would be chosen was taken back, or its author warns of it.
    case deprecated

    /// The word used in policies.
    public var name: String {
        switch self {
        case .nearName: "near-name"
        case .newDependency: "new-dependency"
        case .newPackage: "new-package"
        case .unpopular: "unpopular"
        case .deprecated: "deprecated"
        }
    }

    /// Whether its registry has to be asked.
    public var isAtRegistry: Bool {
        switch self {
        case .nearName, .newDependency: false
        case .newPackage, .unpopular, .deprecated: true
        }
    }
}

extension Policy {
    /// The facts that its rules ask for.
    public var factsAsked: [PackageFact] {
        var asked: [PackageFact] = []
        for index in rules.indices where !rules[index].match.facts.isEmpty {
            for fact in rules[index].match.facts.elements where !asked.contains(fact) {
                asked.append(fact)
            }
        }
        return asked
    }
}
