// The JSON Schema (2020-12) of policy files, generated from the loader's own table, so that an editor
// completes and checks what the loader reads. What a schema cannot say (an id twice, a role that is
// not named, a day that is not in the calendar) only the loader finds.

internal import GateCore
internal import StrictJSON

extension PolicyFile {
    /// The schema as text: two blanks for each level, ending with a line feed.
    public static var schema: String {
        var members: [SchemaMember] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("shimgate policy")),
            ("description", .text("Generated from the loader's table; see docs/policy.md.")),
        ]
        members += PolicyObject.document.schemaMembers
        let inner = PolicyObject.allCases.filter { $0 != .document }
        members.append(("$defs", .object(inner.map { ($0.schemaName, .object($0.schemaMembers)) })))
        return Schema.object(members).text(indented: 0) + "\n"
    }
}

/// A member of a piece of a schema.
typealias SchemaMember = (name: String, value: Schema)

/// A piece of a schema.
indirect enum Schema {
    /// JSON's own kinds.
    case text(String)
    /// A whole number.
    case number(Int)
    /// `true` or `false`.
    case flag(Bool)
    /// An array.
    case list([Schema])
    /// An object, its members in order.
    case object([SchemaMember])

    /// One alternative of several.
    static func any(_ schemas: Schema...) -> Schema { .object([("anyOf", .list(schemas))]) }

    /// A text that is one of these words.
    static func words(_ words: String) -> Schema {
        .object([("enum", .list(words.split(separator: " ").map { .text(String($0)) }))])
    }

    /// A text that fits a pattern of ECMA-262.
    static func pattern(_ pattern: String) -> Schema {
        .object([("type", .text("string")), ("pattern", .text(pattern))])
    }

    /// A time in UTC.
    static var time: Schema {
        .pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
    }

    /// A text with something in it.
    static var anyText: Schema {
        .object([("type", .text("string")), ("minLength", .number(1))])
    }

    /// A list of such values.
    static func list(of element: Schema, least: Int = 0) -> Schema {
        var members: [SchemaMember] = [("type", .text("array")), ("items", element)]
        if least > 0 { members.append(("minItems", .number(least))) }
        return .object(members)
    }

    /// What is said of an object of the policy.
    static func reference(_ object: PolicyObject) -> Schema {
        .object([("$ref", .text("#/$defs/\(object.schemaName)"))])
    }

    /// An object whose keys are names.
    static func named(_ element: Schema) -> Schema {
        .object([
            ("type", .text("object")), ("propertyNames", .pattern(namePattern)),
            ("additionalProperties", element),
        ])
    }

    /// What names of rules, roles and profiles look like.
    static let namePattern = "^[A-Za-z0-9._-]{1,128}$"

    /// The piece as JSON; lists of words stay on one line.
    func text(indented level: Int) -> String {
        let blanks = String(repeating: "  ", count: level + 1)
        let end = "\n" + String(repeating: "  ", count: level)
        switch self {
        case .text(let text):
            var json = JSONText()
            json.string(text)
            return json.text
        case .number(let number): return String(number)
        case .flag(let flag): return flag ? "true" : "false"
        case .list(let elements):
            let parts = elements.map { $0.text(indented: level + 1) }
            let isShort = !parts.contains { $0.utf8.contains(0x0A) }
            if isShort { return "[" + parts.joined(separator: ", ") + "]" }
            return "[\n" + parts.map { blanks + $0 }.joined(separator: ",\n") + end + "]"
        case .object(let members):
            let parts = members.map { member in
                "\(Schema.text(member.name).text(indented: 0)): "
                    + member.value.text(indented: level + 1)
            }
            let isShort = members.count == 1 && !parts[0].utf8.contains(0x0A)
            if isShort { return "{ " + parts[0] + " }" }
            return "{\n" + parts.map { blanks + $0 }.joined(separator: ",\n") + end + "}"
        }
    }
}

extension PolicyObject {
    /// The name below `$defs`.
    fileprivate var schemaName: String {
        switch self {
        case .document: "policy"
        case .defaults: "defaults"
        case .rule: "rule"
        case .match: "match"
        case .approver: "approver"
        case .require: "require"
        case .scripts: "scripts"
        case .scriptGrant: "scriptGrant"
        case .registry: "registry"
        case .packages: "packages"
        case .profile: "profile"
        case .bind: "bind"
        case .labels: "labels"
        }
    }

    /// What the schema says of an object with these keys.
    fileprivate var schemaMembers: [SchemaMember] {
        var members: [SchemaMember] = [("type", .text("object"))]
        members.append(
            (
                "properties",
                .object(
                    keys.map { key in
                        var parts = key.shape.schemaMembers
                        parts.append(("description", .text(key.meaning)))
                        return (key.name, .object(parts))
                    })
            ))
        let required = keys.filter(\.isRequired)
        if !required.isEmpty {
            members.append(("required", .list(required.map { .text($0.name) })))
        }
        members.append(("additionalProperties", .flag(false)))
        if self == .match { members.append(("minProperties", .number(1))) }
        if self == .rule { members.append(("allOf", .list(Action.allCases.map(exclusion)))) }
        return members
    }

    /// The keys of `match` that rules of an action cannot have.
    private func exclusion(for action: Action) -> Schema {
        let others = PolicyKey.match.filter { $0.action != nil && $0.action != action }
        let refused: Schema = .object([
            ("properties", .object(others.map { ($0.name, .flag(false)) }))
        ])
        let isAction: Schema = .object([("const", .text(action.name))])
        return .object([
            ("if", .object([("properties", .object([("action", isAction)]))])),
            ("then", .object([("properties", .object([("match", refused)]))])),
        ])
    }
}

extension PolicyShape {
    /// What the schema says of a value of this shape.
    fileprivate var schemaMembers: [SchemaMember] {
        guard case .object(let members) = schema else { return [] }
        return members
    }

    private var schema: Schema {
        // A pattern without control characters, which could match nothing.
        let glob = Schema.pattern("^[^\\u0000-\\u001F\\u007F]+$")
        let text = Schema.anyText
        switch self {
        case .version:
            return .object([
                ("type", .text("integer")), ("minimum", .number(1)),
                ("maximum", .number(PolicyFile.version)),
            ])
        case .text: return text
        case .identifier: return .pattern(Schema.namePattern)
        case .identifiers: return .list(of: .pattern(Schema.namePattern), least: 1)
        case .globs: return .any(glob, .list(of: glob, least: 1))
        case .globList: return .list(of: glob)
        case .word(let words): return .words(words)
        case .words(let words): return .any(.words(words), .list(of: .words(words), least: 1))
        case .wordList(let words): return .list(of: .words(words))
        case .boolean: return .object([("type", .text("boolean"))])
        case .onlyTrue: return .object([("const", .flag(true))])
        case .seconds:
            return .object([("type", .text("integer")), ("minimum", .number(1))])
        case .duration: return .pattern("^[0-9]{1,5}[hd]$")
        case .time:
            return .time
        case .address: return .pattern("^https?://[^@ ]*$")
        case .addresses: return .list(of: .pattern("^https?://[^@ ]*$"))
        case .registries:
            return .list(of: .any(.pattern("^https?://[^@ ]*$"), .reference(.registry)))
        case .roles:
            let member = "^(user:[A-Za-z0-9._-]{1,128}|uid:[0-9]+|key:ed25519:.{43}=)$"
            return .named(.list(of: .pattern(member)))
        case .scripts:
            return .any(.object([("const", .text("deny"))]), .reference(.scripts))
        case .scriptGrants:
            return .list(of: .any(.pattern("^[^*?]+$"), .reference(.scriptGrant)))
        case .object(let object): return .reference(object)
        case .objects(let object): return .list(of: .reference(object))
        case .named(let object): return .named(.reference(object))
        }
    }
}
