// What `policy check` and `policy test` ask of the tools: their names, and what a policy's patterns
// would meet of a line. The lines are read without environment, directory and files.

internal import GateCore
public import PolicyFile
internal import Tools

extension ToolKnowledge {
    /// The tools of the catalog.
    public static var catalog: ToolKnowledge {
        var tools: [String] = []
        var names: [(name: String, tool: String)] = []
        for entry in Catalog.entries {
            let tool = entry.profile().name
            names.append((entry.name.text, tool.text))
            if !tools.contains(where: { Word($0) == tool }) { tools.append(tool.text) }
        }
        return ToolKnowledge(tools: tools, names: names, texts: texts)
    }

    /// The texts of the line and of what each version makes of it: npm 10 spells `run-script` what npm
    /// 11 calls `run`.
    private static func texts(of words: [Word]) -> Texts? {
        guard let name = words.first, let profile = Catalog.profile(calledAs: name) else {
            return nil
        }
        var canonical: [String] = []
        var others: [String] = []
        let versions: [String?] = [nil] + profile.versions.reversed()
        for version in versions {
            let line = Line(
                tool: profile.name, calledAs: name, arguments: Array(words.dropFirst()),
                version: version)
            var facts = Facts()
            let invocation = classify(line, with: profile, facts: &facts)
            let parts = invocation.flattened
            let isClear = parts.allSatisfy { $0.ambiguous.isEmpty && $0.operation != .unknown }
            if isClear, !invocation.isUnmanaged {
                for part in parts {
                    let texts = canonicalTexts(of: part)
                    canonical.append(texts.text)
                    others += texts.others
                }
            } else if version == nil {
                // Versions disagree, so these words can be the start of anything.
                return nil
            }
        }
        return Texts(canonical: canonical, others: others)
    }
}
