// JSON text of an imported policy, laid out as people write policies: one line for a rule where it
// fits, else a line for each key. It remembers which place of the YAML file each place of the text
// came from, so that the loader's findings can be shown where the author wrote them.

internal import GateCore
internal import StrictJSON

/// The text with its sources.
struct ImportedText {
    /// The policy as JSON.
    private(set) var json = ""
    private var line = 1
    private var column = 1
    /// Places of the text, in its order, and where they came from.
    private var sources: [(place: Place, source: Place)] = []
    /// First lines of the rules.
    private var ruleLines: [Int] = []
    private var lastRuleLine = 0

    /// Lays out a document.
    init(_ root: ImportedValue) {
        guard case .object(let members) = root.kind else {
            write(root)
            put("\n")
            return
        }
        note(root.place)
        put("{\n")
        for (index, member) in members.enumerated() {
            put("  ")
            name(member)
            if Word(member.name) == "rules", case .list(let rules) = member.value.kind {
                self.rules(rules, at: member.value.place)
            } else {
                laidOut(member.value, indent: 2)
            }
            put(index + 1 < members.count ? ",\n" : "\n")
        }
        put("}\n")
    }

    /// Where a place of the text came from: that of the last value that starts at or before it.
    func source(of place: Place) -> Place {
        var found = sources.first?.source ?? Place(line: 1, column: 1)
        for entry in sources where isOrdered(entry.place, place) { found = entry.source }
        return found
    }

    /// The index of the rule that a place of the text is in; nil where it is in none.
    func rule(at place: Place) -> Int? {
        guard place.line <= lastRuleLine else { return nil }
        return ruleLines.lastIndex { $0 <= place.line }
    }

    private func isOrdered(_ left: Place, _ right: Place) -> Bool {
        left.line < right.line || left.line == right.line && left.column <= right.column
    }

    private mutating func rules(_ rules: [ImportedValue], at place: Place?) {
        note(place)
        put("[\n")
        for (index, rule) in rules.enumerated() {
            put("    ")
            ruleLines.append(line)
            laidOut(rule, indent: 4)
            lastRuleLine = line
            put(index + 1 < rules.count ? ",\n" : "\n")
        }
        put("  ]")
    }

    /// A value on one line where it fits, else each of its parts on a line of its own.
    private mutating func laidOut(_ value: ImportedValue, indent: Int) {
        var short = ImportedText()
        short.write(value)
        if column + short.json.utf8.count <= ImportedText.width { return write(value) }
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        note(value.place)
        switch value.kind {
        case .text, .bare: write(value)
        case .list(let elements):
            put("[\n")
            for (index, element) in elements.enumerated() {
                put(inner)
                laidOut(element, indent: indent + 2)
                put(index + 1 < elements.count ? ",\n" : "\n")
            }
            put("\(outer)]")
        case .object(let members):
            put("{\n")
            for (index, member) in members.enumerated() {
                put(inner)
                name(member)
                laidOut(member.value, indent: indent + 2)
                put(index + 1 < members.count ? ",\n" : "\n")
            }
            put("\(outer)}")
        }
    }

    private init() {}

    private mutating func write(_ value: ImportedValue) {
        note(value.place)
        switch value.kind {
        case .text(let text): put(quotedJSON(text))
        case .bare(let text): put(text)
        case .list(let elements):
            put("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { put(", ") }
                write(element)
            }
            put("]")
        case .object(let members):
            put(members.isEmpty ? "{" : "{ ")
            for (index, member) in members.enumerated() {
                if index > 0 { put(", ") }
                name(member)
                write(member.value)
            }
            put(members.isEmpty ? "}" : " }")
        }
    }

    private mutating func name(_ member: ImportedValue.Member) {
        note(member.place)
        put(quotedJSON(member.name) + ": ")
    }

    private func quotedJSON(_ text: String) -> String {
        var json = JSONText()
        json.string(text)
        return json.text
    }

    private mutating func note(_ source: Place?) {
        if let source { sources.append((Place(line: line, column: column), source)) }
    }

    /// Appends text that is all ASCII, so that columns are bytes.
    private mutating func put(_ text: String) {
        json += text
        for byte in text.utf8 {
            column += 1
            if byte == 0x0A {
                line += 1
                column = 1
            }
        }
    }

    private static let width = 100
}
