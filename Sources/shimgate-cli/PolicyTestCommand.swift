// `shimgate policy test`: a policy held against the answers that its authors expect, with the output
// of a test runner. Nothing of the machine is looked at but the files that are named.

import ArgumentParser
import GateCore
import Launch
import Platform
import PolicyFile
import Shim
import StrictJSON

extension PolicyCommand {
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold a policy against test cases.",
            discussion: """
                A test file names a policy and cases: a command or a path, who asks and where, and \
                the expected effect and rule. The policy is the one that --policy names, else the \
                one that the file names, else the installed one.

                  { "version": 1, "policy": "policy.json", "cases": [
                    { "command": "npm publish", "effect": "deny", "rule": "deny-npm-publish" },
                    { "path": "/home/me/.npmrc", "effect": "deny" } ] }

                Exit code: 0 all passed, 1 some failed, 78 a file cannot be used.
                """)

        @Argument(help: "Files of test cases.", completion: .file(extensions: ["json"]))
        var files: [String]
        @Option(
            help: "The policy to test, whatever the files name.",
            completion: .file(extensions: ["json"]))
        var policy: String?
        @Flag(help: "One JSON object for each file, one on a line.")
        var json = false
        @Flag(help: "Print failed cases and the sum only.")
        var quiet = false

        func run() throws {
            var passed = 0
            var failed = 0
            for file in files {
                let run = try test(file)
                passed += run.results.count - run.failures
                failed += run.failures
            }
            if !json {
                StandardStreams.write("policy tests: \(passed) passed, \(failed) failed\n", to: 1)
            }
            if failed > 0 { throw ExitCode(1) }
        }

        private func test(_ file: String) throws -> PolicyTestRun {
            do {
                let cases = try PolicyCases.load(bytes: try bytes(of: file), path: file)
                let path = try policy ?? cases.policy.map { beside(file, $0) } ?? found().policyPath
                let tested = try PolicyFile.load(bytes: try bytes(of: path), path: path)
                let run = PolicyTestRun(
                    cases, under: try TestedPolicy(tested, named: path, for: cases))
                StandardStreams.write(
                    json ? jsonText(run, of: file, under: path) : text(run, of: file, under: path),
                    to: 1)
                return run
            } catch let failure as Failure {
                throw fail(failure)
            } catch let unusable as PolicyUnusable {
                StandardStreams.write(unusable.details + "\n", to: 2)
                throw ExitCode(78)
            } catch let errors as PolicyErrors {
                StandardStreams.write(errors.text, to: 2)
                throw ExitCode(78)
            }
        }

        private func bytes(of path: String) throws -> [UInt8] {
            do { return try WholeFile(path, limit: PolicyFile.largest).bytes } catch {
                throw Failure("\(path): \(error.reason)", exitCode: 78)
            }
        }

        /// A path that a test file names: relative to the file, not to whoever runs it.
        private func beside(_ file: String, _ path: String) -> String {
            if path.utf8.first == UInt8(ascii: "/") { return path }
            return straightened("\(FilePath.parent(file))/\(path)")
        }

        private func text(_ run: PolicyTestRun, of file: String, under path: String) -> String {
            var text = "\(displayed(file)), policy \(displayed(path))\n"
            for result in run.results {
                if result.isPassed {
                    if !quiet { text += "  passed  \(displayed(result.policyCase.name))\n" }
                    continue
                }
                text += "  FAILED  \(displayed(result.policyCase.name))\n"
                text += "    expected: \(result.policyCase.expectation)\n"
                if let decision = result.decision {
                    text += "    was:      \(decision.answer)\n"
                    text += "    command:  \(displayed(decision.command))\n"
                    text += "    why:      \(displayed(decision.message ?? decision.reason))\n"
                    if let origin = decision.origin {
                        text += "    rule at:  \(displayed(origin))\n"
                    }
                }
                if let failure = result.failure { text += "    was:      \(displayed(failure))\n" }
                text += "    case at:  \(displayed(file)):\(result.policyCase.place.line)\n"
            }
            if !quiet, !run.unmetRules.isEmpty {
                text += "  rules that no case meets: \(run.unmetRules.joined(separator: ", "))\n"
            }
            return text
        }

        private func jsonText(_ run: PolicyTestRun, of file: String, under path: String) -> String {
            var json = JSONText()
            json.raw("{\"file\":")
            json.string(file)
            json.raw(",\"policy\":")
            json.string(path)
            json.raw(",\"passed\":\(run.results.count - run.failures),\"failed\":\(run.failures)")
            json.raw(",\"cases\":[")
            for (index, result) in run.results.enumerated() {
                if index > 0 { json.raw(",") }
                write(result, into: &json)
            }
            json.raw("],\"unmetRules\":")
            json.strings(run.unmetRules)
            json.raw("}\n")
            return json.text
        }

        private func write(_ result: PolicyTestResult, into json: inout JSONText) {
            let one = result.policyCase
            json.raw("{\"name\":")
            json.string(one.name)
            json.raw(",\"line\":\(one.place.line),\"passed\":\(result.isPassed)")
            json.raw(",\"expected\":{\"effect\":")
            json.string(one.effect.name)
            switch one.rule {
            case .any: break
            case .none: json.raw(",\"rule\":null")
            case .named(let id):
                json.raw(",\"rule\":")
                json.string(id)
            }
            json.raw("},\"actual\":")
            guard let decision = result.decision else {
                json.raw("null,\"failure\":")
                json.string(result.failure ?? "")
                return json.raw("}")
            }
            json.raw("{\"effect\":")
            json.string(decision.effect.name)
            for (name, text) in [
                ("rule", decision.rule), ("layer", decision.layer?.name),
                ("operation", decision.operation?.name), ("command", decision.command),
                ("reason", decision.reason), ("origin", decision.origin),
            ] {
                json.raw(",\"\(name)\":")
                if let text { json.string(text) } else { json.raw("null") }
            }
            json.raw("}}")
        }
    }
}

extension PolicyCase {
    /// What is expected, as it is printed.
    fileprivate var expectation: String {
        switch rule {
        case .any: effect.name
        case .none: "\(effect.name), no rule"
        case .named(let id): "\(effect.name), rule: \(displayed(id))"
        }
    }
}

extension Decision {
    /// What was decided, as it is printed.
    fileprivate var answer: String {
        "\(effect.name), \(rule.map { "rule: \($0)" } ?? "no rule")"
    }
}
