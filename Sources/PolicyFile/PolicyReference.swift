// The reference half of docs/policy.md, generated from the loader's own table: one section for each
// object, one row for each key.

import GateCore

extension PolicyFile {
    /// The reference as Markdown, ending with a line feed.
    public static var reference: String {
        PolicyObject.allCases.map(\.reference).joined(separator: "\n")
    }
}

extension PolicyObject {
    fileprivate var reference: String {
        var text = "### \(title)\n\n| key | value | meaning |\n| --- | --- | --- |\n"
        for key in keys {
            var meaning = key.meaning
            if let action = key.action { meaning += " Only for `\(action.name)`." }
            if key.isRequired { meaning += " Required." }
            text += "| `\(key.name)` | \(key.shape.reference) | \(meaning) |\n"
        }
        return text
    }

    private var title: String {
        switch self {
        case .document: "The file"
        case .defaults: "`defaults`"
        case .rule: "A rule of `rules`"
        case .match: "`match`"
        case .approver: "An entry of `approvers`"
        case .require: "`require`"
        case .scripts: "`scripts`, as an object"
        case .scriptGrant: "An entry of `allow` in `scripts`, as an object"
        case .registry: "An entry of `registries`, as an object"
        case .packages: "`packages`"
        case .profile: "A profile of `profiles`"
        case .bind: "`bind`"
        case .labels: "`labels`"
        }
    }
}

extension PolicyShape {
    /// What a value looks like, in a cell of a table.
    fileprivate var reference: String {
        switch self {
        case .version: "`1`"
        case .text: "text"
        case .identifier: "letters, digits, `-`, `.`, `_`"
        case .identifiers: "list of names"
        case .globs: "pattern or list of patterns"
        case .globList: "list of patterns"
        case .word(let words): listed(words)
        case .words(let words): listed(words) + ", or a list of them"
        case .wordList(let words): "list of " + listed(words)
        case .boolean: "`true` or `false`"
        case .onlyTrue: "`true`"
        case .seconds: "seconds, at least 1"
        case .duration: "hours or days: `72h`, `14d`"
        case .time: "`2026-12-31T00:00:00Z`"
        case .address: "`https://HOST/PATH/`"
        case .addresses: "list of `https://HOST/PATH/`"
        case .registries: "list of `https://HOST/PATH/` or objects"
        case .roles: "names, each with a list of `user:NAME`, `uid:N`, `key:ed25519:BASE64`"
        case .scripts: "`\"deny\"` or an object"
        case .scriptGrants: "list of package names or objects"
        case .object: "object, see below"
        case .objects: "list of objects, see below"
        case .named: "names, each with an object, see below"
        }
    }

    private func listed(_ words: String) -> String {
        words.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
    }
}
