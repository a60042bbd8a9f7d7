// Names in the order they came, each once. A command line has a handful, and then looking through
// them is fastest; one of thousands must not take the square of that.

/// Distinct names and where each stands among them.
public struct WordPlaces: Sendable {
    /// The names in the order they came.
    public private(set) var names: [Word] = []
    /// Filled once there are many.
    private var index: [Word: Int] = [:]

    /// Names up to which looking through them is faster than hashing them.
    private static let few = 16

    /// No names.
    public init() {}

    /// These names, each once.
    public init(_ names: [Word]) {
        for name in names { add(name) }
    }

    /// The place of the name, counted from 0; nil where it has not come yet.
    public subscript(_ name: Word) -> Int? {
        if names.count > Self.few { return index[name] }
        for place in names.indices where names[place] == name { return place }
        return nil
    }

    /// Adds a name; nil where it is new, else the place it has already.
    @discardableResult
    public mutating func add(_ name: Word) -> Int? {
        if let place = self[name] { return place }
        if names.count == Self.few {
            for (place, name) in names.enumerated() { index[name] = place }
        }
        if names.count >= Self.few { index[name] = names.count }
        names.append(name)
        return nil
    }
}
