// A YAML document as the few things that JSON has too, each with its place. Scalars are read by what
// their key needs and not by how YAML 1.1 resolves them: `message: no` is the text "no", and
// `timeout: 010` is an error instead of 8.

internal import GateCore
internal import Yams

/// A value with its place in the YAML file; nil for what was added.
struct ImportedValue {
    /// What it is.
    indirect enum Kind {
        case text(String)
        /// A number, `true`, `false` or `null`, as JSON writes it.
        case bare(String)
        case list([ImportedValue])
        case object([Member])
    }

    /// A name and a value.
    struct Member {
        let name: String
        let place: Place?
        var value: ImportedValue
    }

    var kind: Kind
    let place: Place?

    /// The members, where this is an object.
    var members: [Member] {
        get {
            if case .object(let members) = kind { return members }
            return []
        }
        set { kind = .object(newValue) }
    }

    /// The value of a member.
    subscript(name: String) -> ImportedValue? {
        for member in members where Word(member.name) == Word(name) { return member.value }
        return nil
    }
}

/// A document and what could not be taken from it.
struct YAMLTree {
    private(set) var root: ImportedValue
    private(set) var problems: [YAMLProblem] = []

    /// Keys whose values are not texts.
    private static let flags: [Word] = ["audit", "pinned", "outcome"]
    private static let numbers: [Word] = ["version", "timeout"]

    init(_ text: String) throws(YAMLProblem) {
        root = ImportedValue(kind: .object([]), place: nil)
        do {
            // The basic resolver makes every scalar without a tag a text.
            let parser = try Parser(yaml: text, resolver: .basic)
            // Nodes do not keep their anchors alive; the parser does.
            try withExtendedLifetime(parser) {
                guard let node = try parser.singleRoot() else {
                    throw YAMLProblem(
                        place: .init(line: 1, column: 1), message: "the file is empty",
                        help: "a policy is at least \"rules:\" with a list below it")
                }
                root = value(node, for: "")
            }
        } catch let problem as YAMLProblem {
            throw problem
        } catch let error as YamlError {
            throw YAMLProblem(error)
        } catch {
            throw YAMLProblem(
                place: .init(line: 1, column: 1), message: "not YAML: \(error)", help: nil)
        }
        // A list of rules without a name for it is what some tools write.
        if case .list = root.kind {
            root = ImportedValue(
                kind: .object([.init(name: "rules", place: root.place, value: root)]),
                place: root.place)
        }
    }

    /// Adds effects for what no rule matches, where the document has none.
    ///
    /// - Returns: whether it did.
    mutating func addDefaults(_ defaults: [(name: String, effect: String)]) -> Bool {
        guard case .object(var members) = root.kind, root["defaults"] == nil else { return false }
        let values = defaults.map { name, effect in
            ImportedValue.Member(
                name: name, place: nil, value: .init(kind: .text(effect), place: nil))
        }
        members.insert(
            .init(name: "defaults", place: nil, value: .init(kind: .object(values), place: nil)),
            at: 0)
        if root["version"] == nil {
            members.insert(
                .init(name: "version", place: nil, value: .init(kind: .bare("1"), place: nil)),
                at: 0)
        }
        root.members = members
        return true
    }

    /// Adds conditions behind the defaults.
    mutating func addConditions(_ conditions: [(name: String, text: String)]) {
        let values = conditions.map { name, text in
            ImportedValue.Member(
                name: name, place: nil, value: .init(kind: .text(text), place: nil))
        }
        var members = root.members
        let place = members.firstIndex { Word($0.name) == "defaults" }.map { $0 + 1 } ?? 0
        members.insert(
            .init(name: "require", place: nil, value: .init(kind: .object(values), place: nil)),
            at: place)
        root.members = members
    }

    /// Takes rules out, by their index.
    mutating func removeRules(_ indices: Set<Int>) {
        var members = root.members
        for index in members.indices where Word(members[index].name) == "rules" {
            guard case .list(let rules) = members[index].value.kind else { continue }
            let kept = rules.indices.filter { !indices.contains($0) }.map { rules[$0] }
            members[index].value.kind = .list(kept)
        }
        root.members = members
    }

    private mutating func value(_ node: Node, for key: Word) -> ImportedValue {
        let place = Place(node.mark)
        if node.anchor != nil {
            problems.append(
                .init(
                    place: place, message: "anchors and aliases are not imported",
                    help: "write the value out in each place"))
            return ImportedValue(kind: .bare("null"), place: place)
        }
        switch node {
        case .scalar(let scalar):
            check(node, is: .str, place)
            return self.scalar(scalar, for: key, place)
        case .sequence(let sequence):
            check(node, is: .seq, place)
            return ImportedValue(
                kind: .list(sequence.map { value($0, for: key) }), place: place)
        case .mapping(let mapping):
            check(node, is: .map, place)
            var members: [ImportedValue.Member] = []
            for (name, inner) in mapping {
                guard let text = name.scalar?.string, name.anchor == nil, Word(text) != "<<" else {
                    problems.append(
                        .init(
                            place: Place(name.mark), message: "a key that is not a plain text",
                            help: "write the keys out; merges are not imported"))
                    continue
                }
                members.append(
                    .init(
                        name: text, place: Place(name.mark), value: value(inner, for: Word(text))))
            }
            return ImportedValue(kind: .object(members), place: place)
        case .alias:
            problems.append(
                .init(place: place, message: "aliases are not imported", help: nil))
            return ImportedValue(kind: .bare("null"), place: place)
        }
    }

    private func scalar(
        _ scalar: Node.Scalar, for key: Word, _ place: Place
    ) -> ImportedValue {
        let word = Word(scalar.string)
        if scalar.style == .plain {
            if ["", "~", "null", "Null", "NULL"].contains(word) {
                return ImportedValue(kind: .bare("null"), place: place)
            }
            if YAMLTree.flags.contains(key), let flag = YAMLTree.flag(word) {
                return ImportedValue(kind: .bare(flag), place: place)
            }
            if YAMLTree.numbers.contains(key), YAMLTree.isNumber(word) {
                return ImportedValue(kind: .bare(word.text), place: place)
            }
        }
        return ImportedValue(kind: .text(scalar.string), place: place)
    }

    private mutating func check(_ node: Node, is tag: Tag.Name, _ place: Place) {
        let name = node.tag.rawValue
        if Word(name) == Word(tag.rawValue) { return }
        problems.append(
            .init(
                place: place, message: "the tag \(displayed(name)) is not imported",
                help: "write the value without a tag"))
    }

    /// The Booleans of YAML 1.2 and the words that YAML 1.1 had for them.
    private static func flag(_ word: Word) -> String? {
        switch word.lowercasedASCII {
        case "true", "yes", "on": "true"
        case "false", "no", "off": "false"
        default: nil
        }
    }

    /// Whether JSON writes the same number the same way.
    private static func isNumber(_ word: Word) -> Bool {
        guard let first = word.text.utf8.first, first >= 0x31, first <= 0x39 else { return false }
        return word.count <= 18 && word.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}

extension Place {
    /// A place of the YAML parser, which counts from 1 as we do.
    fileprivate init(_ mark: Mark?) {
        self.init(line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
    }
}

extension YAMLProblem {
    /// What the parser says.
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let about = context.map { "\($0.text), " } ?? ""
            self.init(
                place: Place(mark), message: displayed("not YAML: \(about)\(problem)"), help: nil)
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(
                place: Place(context.mark),
                message: "duplicate key \"\(displayed(duplicates.first ?? ""))\"",
                help: "an object holds each key once; remove one of the two")
        case .reader(let problem, _, _, _):
            self.init(
                place: .init(line: 1, column: 1), message: displayed("not YAML: \(problem)"),
                help: nil)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            self.init(
                place: .init(line: 1, column: 1), message: "the YAML parser failed", help: nil)
        }
    }
}
