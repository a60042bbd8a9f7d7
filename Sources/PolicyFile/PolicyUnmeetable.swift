// Rules that nothing can meet: a tool that nobody knows, a command in a spelling that canonical texts
// never have, a path or workspace that no absolute path can be.

import GateCore
import StrictJSON

extension PolicyExaminer {
    /// Warns of conditions that can never hold.
    mutating func lookForUnmeetable(_ rule: Rule, _ element: JSON) {
        guard let match = element["match"] else { return }
        for value in patterns(match["tool"]) { lookForUnknownTool(value) }
        for value in patterns(match["command"]) {
            lookForStrangeSigns(value)
            lookForOtherSpelling(value, rule)
            lookForOtherTool(value, rule)
        }
        for value in patterns(match["path"]) {
            lookForStrangeSigns(value)
            guard Word(value.string ?? "").hasPrefix("~") else { continue }
            warn(
                value.offset, "paths are absolute, and \"~\" stands for nothing but itself",
                help: "write \"*\(displayed((value.string ?? "").drop { $0 != "/" }.description))\""
            )
        }
        for value in patterns(match["workspace"]) {
            let first = value.string?.utf8.first
            if first == UInt8(ascii: "/") || first == UInt8(ascii: "*") { continue }
            if first == UInt8(ascii: "?") { continue }
            warn(
                value.offset, "directories are absolute, and this pattern covers none",
                help: "write \"*/\(displayed(value.string ?? ""))\" or the whole path")
        }
    }

    /// The patterns of a value, one or a list.
    private func patterns(_ value: JSON?) -> [JSON] {
        guard let value else { return [] }
        return value.array ?? [value]
    }

    private mutating func lookForUnknownTool(_ value: JSON) {
        guard let text = value.string else { return }
        let glob = Glob(text)
        for tool in tools.tools where glob.matches(tool) { return }
        for (name, tool) in tools.names where sameBytes(name, text) {
            warn(
                value.offset, "\"\(name)\" is a name of the tool \(tool), and tools are meant here",
                help: "write \"\(tool)\"")
            return
        }
        warn(
            value.offset, "no tool is called \"\(displayed(text))\"",
            help: suggestion(for: text, among: tools.tools)
                ?? "known tools: \(tools.tools.joined(separator: ", "))")
    }

    /// A command pattern and a list of tools that exclude each other.
    private mutating func lookForOtherTool(_ value: JSON, _ rule: Rule) {
        guard !rule.match.tool.isEmpty, let word = wholeWords(value.string ?? "").first else {
            return
        }
        guard tools.tools.contains(where: { Word($0) == word }) else { return }
        var isKnown = false
        for glob in rule.match.tool {
            if glob.matches(word.text) { return }
            for tool in tools.tools where glob.matches(tool) { isKnown = true }
        }
        // Tools that nobody knows are told already.
        guard isKnown else { return }
        warn(
            value.offset, "this is a line of \(word.text), and \"tool\" names another",
            help: "remove \"tool\", or write the command of that tool")
    }

    /// `npm i *`: the tool's own spelling is `npm install`, and rules meet no other.
    private mutating func lookForOtherSpelling(_ value: JSON, _ rule: Rule) {
        let words = wholeWords(value.string ?? "")
        guard words.count > 1, let texts = tools.texts(words), let own = texts.canonical.first
        else {
            return
        }
        let written = words.map(\.text).joined(separator: " ")
        var met = texts.canonical
        if rule.effect != .allow { met += texts.others }
        // The last word can be an option that takes the next one.
        if let longer = tools.texts(words + ["x"]) { met += longer.canonical }
        for text in met {
            if sameBytes(text, written) || Word(text).hasPrefix(Word(written + " ")) { return }
        }
        // Words that follow can still make it what was written (`python setup.py sdist upload`).
        let glob = Glob(value.string ?? "")
        for text in met where glob.matches(text) { return }
        warn(
            value.offset,
            "no line is \"\(displayed(written))\": rules meet the tool's own spelling",
            help: "write \"\(displayed(own))\"")
    }

    /// The words of a pattern before the first that holds a wildcard, quotes or the like.
    private func wholeWords(_ text: String) -> [Word] {
        var words: [Word] = []
        for part in text.utf8.split(separator: 0x20, omittingEmptySubsequences: false) {
            let isPlain = part.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "\""),
                    UInt8(ascii: "\\"):
                    false
                default: byte > 0x20 && byte < 0x7F
                }
            }
            guard isPlain, !part.isEmpty, let word = String(part) else { return words }
            words.append(Word(word))
        }
        return words
    }

    /// Signs of other pattern languages, which stand for themselves here.
    private mutating func lookForStrangeSigns(_ value: JSON) {
        let bytes = Array((value.string ?? "").utf8)
        guard let open = bytes.firstIndex(of: UInt8(ascii: "{")) else { return }
        let inside = bytes[open...].prefix { $0 != UInt8(ascii: "}") }
        guard inside.contains(UInt8(ascii: ",")), inside.endIndex < bytes.count else { return }
        warn(
            value.offset, "braces stand for themselves in a pattern",
            help: "write a list: [\"...\", \"...\"]")
    }
}
