// What a rule is compared with. A policy can have thousands of rules, of which each has two or three of
// the keys, so a match holds the keys that are there and nothing for the others.

/// The keys of a rule's `match`. An empty list is a key that the rule does not have; all present keys
/// must match, and a list means any of its entries.
public struct Match: Sendable {
    /// Keys whose entries are patterns.
    public enum Key: UInt8, Sendable, CaseIterable {
        /// As in the policy file.
        case command, tool, package, registry, flag, path, agent, task, workspace
    }

    /// A key with its patterns.
    struct Condition: Sendable {
        /// Which key.
        let key: Key
        /// At least one.
        var globs: GlobList
    }

    /// The keys that have patterns.
    private(set) var conditions: [Condition] = []
    /// What the line does.
    public var operation: CaseSet<Operation> = []
    /// Where the packages come from.
    public var source: CaseSet<PackageSource> = []
    /// Where installed files go.
    public var destination: CaseSet<Destination> = []
    /// What has to be true of a package that the line names; such a rule only tightens.
    public var facts: CaseSet<PackageFact> = []

    /// A match without keys, which fits every question of its action.
    public init() {}

    /// The patterns of a key; none where the rule does not have it.
    public subscript(key: Key) -> GlobList {
        get {
            for condition in conditions where condition.key == key { return condition.globs }
            return []
        }
        set {
            conditions.removeAll { $0.key == key }
            if !newValue.isEmpty { conditions.append(Condition(key: key, globs: newValue)) }
        }
    }

    /// Adds a key that is not there yet.
    public mutating func add(_ key: Key, _ globs: GlobList) {
        if !globs.isEmpty { conditions.append(Condition(key: key, globs: globs)) }
    }
}

extension Match: Equatable {
    public static func == (left: Match, right: Match) -> Bool {
        for key in Key.allCases where left[key] != right[key] { return false }
        return left.operation == right.operation && left.source == right.source
            && left.destination == right.destination && left.facts == right.facts
    }
}

extension Match {
    /// The canonical text of an invocation.
    public var command: GlobList {
        get { self[.command] }
        set { self[.command] = newValue }
    }

    /// The tool profile's name.
    public var tool: GlobList {
        get { self[.tool] }
        set { self[.tool] = newValue }
    }

    /// `name` or `name@range` of the packages a line names.
    public var package: GlobList {
        get { self[.package] }
        set { self[.package] = newValue }
    }

    /// The registry that the line names.
    public var registry: GlobList {
        get { self[.registry] }
        set { self[.registry] = newValue }
    }

    /// `name`, `--name` or `--name=value` of an option.
    public var flag: GlobList {
        get { self[.flag] }
        set { self[.flag] = newValue }
    }

    /// The path of `file.read`.
    public var path: GlobList {
        get { self[.path] }
        set { self[.path] = newValue }
    }

    /// The agent's label.
    public var agent: GlobList {
        get { self[.agent] }
        set { self[.agent] = newValue }
    }

    /// The task's label.
    public var task: GlobList {
        get { self[.task] }
        set { self[.task] = newValue }
    }

    /// The directories a line acts in.
    public var workspace: GlobList {
        get { self[.workspace] }
        set { self[.workspace] = newValue }
    }
}

/// Some of the cases of a small enumeration, in no order.
public struct CaseSet<Element: RawRepresentable & CaseIterable & Sendable>: Sendable, Equatable
where Element.RawValue == UInt8 {
    private var bits: UInt16

    /// These cases; their numbers are below 16.
    public init(_ elements: [Element]) {
        bits = 0
        for element in elements { insert(element) }
    }

    /// Whether there is none.
    public var isEmpty: Bool { bits == 0 }

    /// Whether the case is one of them.
    public func contains(_ element: Element) -> Bool { bits & 1 << UInt16(element.rawValue) != 0 }

    /// Whether all of the other ones are among these.
    public func isSuperset(of other: CaseSet) -> Bool { other.bits & ~bits == 0 }

    /// Whether none of the other ones is among these.
    public func isDisjoint(with other: CaseSet) -> Bool { bits & other.bits == 0 }

    /// Adds a case.
    public mutating func insert(_ element: Element) { bits |= 1 << UInt16(element.rawValue) }

    /// The cases in the order of the enumeration.
    public var elements: [Element] { Element.allCases.filter { contains($0) } }
}

extension CaseSet: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Element...) { self.init(elements) }
}
