// `shimgate policy schema`: the JSON Schema of policies, for editors and other validators.

import ArgumentParser
import Platform
import PolicyFile

extension PolicyCommand {
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of policies.",
            discussion: """
                The same as docs/policy.schema.json. An editor that knows the schema completes keys \
                and marks mistakes; a policy may name it in "$schema".
                """)

        func run() { StandardStreams.write(PolicyFile.schema, to: 1) }
    }
}
