// The worked example of CONTRIBUTING.md is compiled, does what it says, and is the one that is shown.

import Foundation
import GateCore
import Testing

@testable import Tools

@Suite struct WorkedExampleTests {
    @Test func contributingShowsTheExampleThatIsCompiled() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let source = try String(
            contentsOf: folder.appendingPathComponent("WorkedExample.swift"), encoding: .utf8)
        let start = try #require(source.range(of: "extension ToolProfile {")?.lowerBound)
        let example = source[start...]
        let text = try String(
            contentsOf: folder.appendingPathComponent("../../CONTRIBUTING.md"), encoding: .utf8)
        #expect(text.contains("```swift\n" + example + "```\n"))
    }

    @Test func itsExamplesDoWhatTheySay() {
        for example in ToolProfile.shelf.examples {
            let found = read(example.words)
            #expect(found.operation == example.operation, "\(example.line)")
            #expect(found.ambiguous.isEmpty, "\(example.line): \(found.ambiguous)")
            #expect(found.roles.count == example.words.count - 1, "\(example.line)")
        }
    }

    @Test(arguments: ["shelf pu box", "shelf PUT box", "shelf --key add put"])
    func unknownWordsAreUnknown(_ line: String) {
        #expect(read(Example(Word(line), .unknown).words).operation == .unknown)
    }

    @Test func theCallersSwitchIsLeftOut() {
        let found = read(["shelf", "add", "--hooks=true", "--key", "k", "box", "--", "--odd"])
        let expected = Composition.words(
            before: ["add"], after: ["--key=k", "--", "box", "--odd"])
        #expect(found.composition == expected)
        #expect(found.packages.map(\.name) == ["box", "--odd"])
    }

    private func read(_ words: [Word]) -> Invocation {
        var facts = Facts()
        return classify(
            Line(tool: "shelf", arguments: Array(words.dropFirst())), with: .shelf, facts: &facts)
    }
}
