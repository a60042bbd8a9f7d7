// `shimgate policy import`: YAML in, strict JSON out on standard output, everything that needs a
// person's eye on standard error.

import ArgumentParser
import Platform
import PolicyFile
import PolicyImport

extension PolicyCommand {
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Convert a policy from YAML to JSON.",
            discussion: """
                Prints the policy; where the file has no defaults, those of the shipped policy are \
                added. What cannot be expressed is an error with its place, and then nothing is \
                printed, unless --partial leaves such rules out and says so.

                  shimgate policy import policy.yaml > policy.json

                Exit code: 0 converted, 78 not.
                """)

        @Argument(help: "The YAML file.", completion: .file(extensions: ["yaml", "yml"]))
        var file: String
        @Flag(help: "Leave out rules that cannot be expressed.")
        var partial = false

        func run() throws {
            let bytes: [UInt8]
            do { bytes = try WholeFile(file, limit: PolicyFile.largest).bytes } catch {
                throw fail(Failure("\(file): \(error.reason)", exitCode: 78))
            }
            let imported = ImportedPolicy(yaml: bytes, path: file, isPartial: partial)
            let errors = PolicyErrors(path: file, problems: imported.problems)
            if !imported.problems.isEmpty { StandardStreams.write(errors.text, to: 2) }
            for note in imported.notes {
                StandardStreams.write("shimgate: policy import: \(note)\n", to: 2)
            }
            guard let json = imported.json else { throw ExitCode(78) }
            StandardStreams.write(json, to: 1)
        }
    }
}
