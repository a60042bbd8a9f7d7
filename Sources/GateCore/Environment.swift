// The caller's environment as a value: ordered, duplicates kept, because npm lets the last of
// several spellings win and the order is what decides.

/// An ordered list of environment variables.
public struct Environment: Sendable, Equatable {
    /// One variable.
    public struct Entry: Sendable, Equatable {
        public var name: Word
        public var value: Word

        public init(name: Word, value: Word) {
            self.name = name
            self.value = value
        }
    }

    public var entries: [Entry]

    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// The value that `getenv` would give: the first entry of that name.
    public subscript(name: Word) -> Word? {
        for entry in entries where entry.name == name { return entry.value }
        return nil
    }
}
