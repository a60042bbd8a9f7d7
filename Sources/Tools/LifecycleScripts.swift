// Scripts of a project itself that its tool runs around an install: which ones, of which folders, and
// in which order. They are the project's own code, so they run as `run`, after everything is in its
// place (docs/installs.md).

public import GateCore

/// The scripts that a line's tool alone would run.
public struct LifecycleScripts: Sendable, Equatable {
    /// Whose scripts.
    public enum Owner: Sendable, Equatable {
        /// The project's.
        case root
        /// Those of the folder in the project in which the line starts.
        case start
        /// Those of its workspaces, and of the folders that it names by path.
        case members
    }

    /// Some scripts of an owner.
    public struct Step: Sendable, Equatable {
        /// Names in the tool's order, separated by spaces.
        public var names: Word
        public var owner: Owner
        /// Whether they only run where the install has changed something.
        public var isForChanges: Bool

        /// A step by its parts.
        public init(_ names: Word, of owner: Owner, isForChanges: Bool = false) {
            self.names = names
            self.owner = owner
            self.isForChanges = isForChanges
        }
    }

    /// In the tool's order.
    public var steps: [Step] = []
    /// Whether the tool's `run NAME` runs `preNAME` and `postNAME` as well.
    public var takesNeighbours: Bool

    /// No scripts.
    public init(takesNeighbours: Bool = true) { self.takesNeighbours = takesNeighbours }

    /// The names that have to be run one by one, so that each script of a step runs once.
    ///
    /// - Parameter has: whether a script of that name is there.
    public func runs(of step: Step, where has: (String) -> Bool) -> [String] {
        let present = step.names.text.utf8.split(separator: UInt8(ascii: " "))
            .map { String(Substring($0)) }.filter(has)
        guard takesNeighbours else { return present }
        return present.filter { name in
            !present.contains {
                Word("pre" + $0) == Word(name) || Word("post" + $0) == Word(name)
            }
        }
    }
}
