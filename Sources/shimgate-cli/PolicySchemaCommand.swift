// `shimgate policy schema`: the JSON Schema of policies, for editors and other validators.

import ArgumentParser
import Platform
import PolicyFile

extension PolicyCommand {
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of policies, or of their tests.",
            discussion: """
                The same as docs/policy.schema.json and docs/policy-tests.schema.json. An editor that knows the schema completes keys \
                and marks mistakes; a policy may name it in "$schema".
                """)

        @Flag(help: "The schema of test files, which `policy test` reads.")
        var tests = false

        func run() {
            StandardStreams.write(tests ? PolicyCases.schema : PolicyFile.schema, to: 1)
        }
    }
}
