// What the syntaxes of lockfiles have in common: texts, lists and maps, each with its place. A
// reader asks for what it needs in the shape that the writer gives it, and any other shape is an
// error at that place.

internal import GateCore
internal import StrictJSON

/// A value of a document.
struct Tree: Sendable, Equatable {
    /// What a value can be.
    indirect enum Value: Sendable, Equatable {
        /// A string in quotes, or a plain one of YAML.
        case text(String, isQuoted: Bool)
        /// Elements in order.
        case list([Tree])
        /// Entries in order, no two of one key.
        case map([Entry])
        /// Nothing, as JSON's `null` or a YAML key without a value.
        case null
    }

    /// A key and its value.
    struct Entry: Sendable, Equatable {
        /// The key, escapes resolved.
        var key: LockedText
        /// What it stands for.
        var value: Tree
    }

    /// What it is.
    var value: Value
    /// Where it starts.
    var place: Place

    /// A value at a place.
    init(_ value: Value, at place: Place) {
        self.value = value
        self.place = place
    }
}

extension Tree {
    /// The value of a key, where this is a map that has it.
    subscript(key: Word) -> Tree? {
        guard case .map(let entries) = value else { return nil }
        for entry in entries where Word(entry.key.text) == key { return entry.value }
        return nil
    }

    /// Whether nothing stands here.
    var isNull: Bool { value == .null }

    /// Whether this is a map.
    var isMap: Bool {
        if case .map = value { return true }
        return false
    }

    /// The entries of a map; `what` names it in the error for anything else.
    func entries(_ what: String) throws(LockfileError) -> [Entry] {
        guard case .map(let entries) = value else {
            throw LockfileError("\(what) should be a table of names and values", at: place)
        }
        return entries
    }

    /// The elements of a list.
    func elements(_ what: String) throws(LockfileError) -> [Tree] {
        guard case .list(let elements) = value else {
            throw LockfileError("\(what) should be a list", at: place)
        }
        return elements
    }

    /// A text, in quotes or plain.
    func text(_ what: String) throws(LockfileError) -> LockedText {
        guard case .text(let text, _) = value else {
            throw LockfileError("\(what) should be a text", at: place)
        }
        return LockedText(text, at: place)
    }

    /// `true` or `false`.
    func truth(_ what: String) throws(LockfileError) -> Bool {
        if case .text(let text, isQuoted: false) = value {
            if Word(text) == "true" { return true }
            if Word(text) == "false" { return false }
        }
        throw LockfileError("\(what) should be true or false", at: place)
    }

    /// The text of a key; nil where it is missing.
    func text(of key: Word) throws(LockfileError) -> LockedText? {
        guard let value = self[key] else { return nil }
        return try value.text(key.text)
    }

    /// The text of a key that has to be there.
    func needed(_ key: Word, of what: String) throws(LockfileError) -> LockedText {
        guard let text = try text(of: key), !text.text.isEmpty else {
            throw LockfileError("\(what) has no \(key)", at: place)
        }
        return text
    }

    /// The truth of a key; nil where it is missing.
    func truth(of key: Word) throws(LockfileError) -> Bool? {
        guard let value = self[key] else { return nil }
        return try value.truth(key.text)
    }
}

extension Tree {
    /// Reads strict JSON. npm nests `dependencies` as deep as packages are nested.
    static func json(_ text: SourceText) throws(LockfileError) -> Tree {
        do { return Tree(try JSON.parse(text.bytes, deepest: 256), text) } catch {
            throw LockfileError(error.message, at: text.place(error.offset))
        }
    }

    private init(_ json: JSON, _ text: SourceText) {
        place = text.place(json.offset)
        switch json.value {
        case .null: value = .null
        case .bool(let truth): value = .text(truth ? "true" : "false", isQuoted: false)
        case .number(let digits): value = .text(digits, isQuoted: false)
        case .string(let string): value = .text(string, isQuoted: true)
        case .array(let elements): value = .list(elements.map { Tree($0, text) })
        case .object(let members):
            value = .map(
                members.map {
                    Entry(
                        key: LockedText($0.name, at: text.place($0.offset)),
                        value: Tree($0.value, text))
                })
        }
    }
}

/// Notes every key that the writer is not known to write: it may mean something to a newer tool.
func remarks(
    on entries: [Tree.Entry], besides known: Word, of what: String
) -> [Finding] {
    var remarks: [Finding] = []
    for entry in entries where !known.lists(Word(entry.key.text)) {
        remarks.append(
            Finding(
                .unknownKey, at: entry.key.place, package: what,
                "\(entry.key.text) is a key that shimgate does not know here"))
    }
    return remarks
}
