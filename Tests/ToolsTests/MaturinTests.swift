// maturin by name: what publishes, what a value swallows, and what is refused.

import GateCore
import Testing

@testable import Tools

@Suite struct MaturinTests {
    @Test(arguments: [
        ("publish", "maturin publish", Operation.publish),
        ("-vv upload dist/a.whl", "maturin upload", .publish),
        ("b -r", "maturin build", .run),
        ("build -i publish", "maturin build", .run),
        ("build --compatibility linux publish", "maturin build", .run),
        ("dev -E test --uv", "maturin develop", .run),
        ("sdist -o publish", "maturin sdist", .pack),
        ("--version publish", "maturin", .query),
        ("help publish", "maturin help", .query),
        ("publish --help", "maturin publish", .query),
        ("pep517 build-wheel -i python3", "maturin pep517 build-wheel", .run),
    ])
    func readsAsMaturinDoes(_ line: String, _ command: String, _ operation: Operation) {
        let invocation = reading(line)
        #expect(invocation.command.map(\.text).joined(separator: " ") == command)
        #expect(invocation.operation == operation)
        #expect(invocation.ambiguous.isEmpty)
    }

    @Test(arguments: ["publ", "-v", "--bogus publish", "publish --bogus", "new", "-r publish"])
    func saysWhatItCannotPlace(_ line: String) {
        let invocation = reading(line)
        #expect(!invocation.ambiguous.isEmpty)
        #expect(!invocation.isInert)
    }

    @Test func manyValuesAreComposedOneByOne() {
        let invocation = reading("b -i python3.12 python3.13 -r -- --cfg x")
        #expect(
            invocation.composition
                == .words(
                    before: ["build"],
                    after: [
                        "--interpreter=python3.12", "--interpreter=python3.13", "--release", "--",
                        "--cfg", "x",
                    ]))
    }

    private func reading(_ text: String) -> Invocation {
        classified(
            Line(
                tool: "maturin",
                arguments: text.split(separator: " ").map { Word($0) }))
    }
}
