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

    private static func texts(of words: [Word]) -> Texts? {
        guard let name = words.first, let profile = Catalog.profile(calledAs: name) else {
            return nil
        }
        var line = Line(
            tool: profile.name, calledAs: name, arguments: Array(words.dropFirst()))
        var facts = Facts()
        let invocation = classify(line, with: profile, facts: &facts)
        // Where versions differ, nobody can say what the words are to the one that runs.
        let isDoubtful = invocation.nested.contains { $0.isOtherReading }
        if invocation.isUnmanaged || isDoubtful { return nil }
        var canonical: [String] = []
        var others: [String] = []
        for inner in invocation.flattened {
            guard inner.ambiguous.isEmpty, inner.operation != .unknown else { return nil }
            let texts = canonicalTexts(of: inner)
            canonical.append(texts.text)
            others += texts.others
        }
        // Versions spell differently: `npm run` is `npm run-script` to npm 10.
        for version in profile.versions {
            line.version = version
            let reading = classify(line, with: profile, facts: &facts)
            for inner in reading.flattened where inner.ambiguous.isEmpty {
                canonical.append(canonicalTexts(of: inner).text)
            }
        }
        return Texts(canonical: canonical, others: others)
    }
}
