// The keys of test files, in one table: the reader takes them from here, and the schema for editors and
// the reference are made of it.

import GateCore

/// One key of a test file or of a case.
struct PolicyCaseKey: Sendable {
    /// The key itself, ASCII.
    let name: String
    /// What its value looks like.
    let shape: PolicyCaseShape
    /// Whether an object without it is a mistake.
    let isRequired: Bool
    /// A sentence for the schema.
    let meaning: String

    private init(
        _ name: String, _ shape: PolicyCaseShape, isRequired: Bool = false, _ meaning: String
    ) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.meaning = meaning
    }

    /// The file itself.
    static let document: [PolicyCaseKey] = [
        .init("$schema", .anything, "Names the JSON Schema for editors; not read."),
        .init("version", .version, "The number of the format; 1 where it is left out."),
        .init("policy", .text, "The policy under test, relative to this file."),
        .init("versions", .texts, "Versions of tools; of others all known ones are tried."),
        .init("cases", .cases, isRequired: true, "What is asked, and the expected answers."),
    ]

    /// One entry of `cases`.
    static let entry: [PolicyCaseKey] = [
        .init("name", .text, "What the case is called; the question where it is left out."),
        .init("command", .text, "A shell line; the strictest of its commands counts."),
        .init("path", .text, "A file that is to be read."),
        .init("agent", .text, "The agent's label."),
        .init("task", .text, "The task's label."),
        .init(
            "labels", .word("bound asserted"), "Who gives the labels: the install or the caller."),
        .init("profile", .names, "Profiles in force."),
        .init("cwd", .directory, "The working directory; `/project` where it is left out."),
        .init("home", .directory, "The home directory; `/home/agent` where it is left out."),
        .init("env", .texts, "Variables."),
        .init("files", .files, "Files that are there, by path, with their text."),
        .init("at", .time, "When it is asked; now where it is left out."),
        .init("effect", .word("deny approval allow"), isRequired: true, "What has to come out."),
        .init("rule", .rule, "The rule that has to decide; null where none may."),
    ]
}

/// What a value may look like.
enum PolicyCaseShape: Sendable {
    /// Whatever; it is not read.
    case anything
    /// The number of the format.
    case version
    /// Any text that is not empty.
    case text
    /// One of these words.
    case word(String)
    /// A text or a list of texts.
    case names
    /// An absolute path.
    case directory
    /// Names with a text each that is not empty.
    case texts
    /// Paths with a text each.
    case files
    /// RFC 3339 in UTC: `2026-12-31T00:00:00Z`.
    case time
    /// The id of a rule, or null.
    case rule
    /// A list of cases.
    case cases
}

extension PolicyCases {
    /// The JSON Schema (2020-12) of test files as text, ending with a line feed. What a schema cannot
    /// say (a day that is not in the calendar) only the loader finds.
    public static var schema: String {
        let members: [SchemaMember] =
            [
                ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
                ("title", .text("shimgate policy tests")),
                ("description", .text("Generated from the loader's table; see docs/policy.md.")),
            ] + schemaMembers(of: PolicyCaseKey.document) + [
                (
                    "$defs",
                    .object([
                        (
                            "case",
                            .object(schemaMembers(of: PolicyCaseKey.entry) + questionMembers)
                        )
                    ])
                )
            ]
        return Schema.object(members).text(indented: 0) + "\n"
    }

    private static func schemaMembers(of keys: [PolicyCaseKey]) -> [SchemaMember] {
        let properties: [SchemaMember] = keys.map { key in
            var members: [SchemaMember] = []
            if case .object(let own) = key.shape.schema { members = own }
            return (key.name, .object(members + [("description", .text(key.meaning))]))
        }
        let required = keys.filter(\.isRequired).map { Schema.text($0.name) }
        return [
            ("type", .text("object")), ("properties", .object(properties)),
            ("required", .list(required)), ("additionalProperties", .flag(false)),
        ]
    }

    /// A case asks for a command or a path, and says who gives labels only where there are some.
    private static var questionMembers: [SchemaMember] {
        func having(_ name: String) -> Schema { .object([("required", .list([.text(name)]))]) }
        return [
            ("oneOf", .list([having("command"), having("path")])),
            (
                "dependentSchemas",
                .object([
                    ("labels", .object([("anyOf", .list([having("agent"), having("task")]))]))
                ])
            ),
        ]
    }
}

extension PolicyCaseShape {
    /// What the schema says of a value of this shape.
    fileprivate var schema: Schema {
        switch self {
        case .anything: .object([])
        case .version: .object([("const", .number(1))])
        case .text: .anyText
        case .word(let words): .words(words)
        case .names: .any(.anyText, .list(of: .anyText))
        case .directory: .pattern("^/")
        case .texts: .texts(of: .anyText)
        case .files: .texts(of: .object([("type", .text("string"))]))
        case .time: .time
        case .rule: .any(.pattern(Schema.namePattern), .object([("type", .text("null"))]))
        case .cases:
            .list(of: .object([("$ref", .text("#/$defs/case"))]), least: 1)
        }
    }
}

extension Schema {
    fileprivate static func texts(of value: Schema) -> Schema {
        .object([("type", .text("object")), ("additionalProperties", value)])
    }
}
