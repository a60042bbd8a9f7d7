// `shimgate shims adopt|release`: virtual environments that were made without us, or are to be
// themselves again.

import ArgumentParser
import GateCore
import Launch
import Platform
import StrictJSON
import Tools

extension ShimsCommand {
    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Guard a virtual environment: its pip, python and other tools go through us.",
            discussion: """
                Each managed program in DIR/bin becomes a file of one line that starts shimgate, and \
                its original is kept in DIR/.shimgate-bin. What has been done already is left alone. \
                Environments made through the shims by venv, virtualenv or uv venv are adopted when \
                they are made.

                Exit code 64 where DIR is no virtual environment.
                """)

        @Argument(help: "The environment's directory.")
        var directory: String
        @Flag(help: "One JSON object.")
        var json = false

        func run() throws {
            try change(directory, json: json, done: "adopted") { try $0.adopt() }
        }
    }

    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the original programs of an adopted virtual environment back.")

        @Argument(help: "The environment's directory.")
        var directory: String
        @Flag(help: "One JSON object.")
        var json = false

        func run() throws {
            try change(directory, json: json, done: "released") { try $0.release() }
        }
    }
}

extension ShimsCommand.List {
    /// Shows the managed programs of an environment.
    func showEnvironment(_ directory: String) throws {
        do {
            let programs = try adoption(of: directory).programs()
            for program in programs {
                var line = program.name.text
                if json {
                    var text = JSONText()
                    text.raw("{\"name\":")
                    text.string(line)
                    text.raw(",\"state\":")
                    text.string(program.state.rawValue)
                    text.raw("}")
                    line = text.text
                } else {
                    line += String(repeating: " ", count: max(1, 14 - line.utf8.count))
                    line += program.state.rawValue
                }
                StandardStreams.write(line + "\n", to: 1)
            }
            if programs.contains(where: { $0.state != .adopted }) { throw ExitCode(1) }
        } catch let failure as Adoption.Failure {
            throw fail(failure.asFailure)
        } catch let failure as Failure {
            throw fail(failure)
        }
    }
}

extension ParsableCommand {
    fileprivate func change(
        _ directory: String, json: Bool, done: String, _ step: (Adoption) throws -> [Word]
    ) throws {
        do {
            let adoption = try adoption(of: directory)
            let changed = try step(adoption).map(\.text)
            var text =
                changed.isEmpty ? "nothing to do" : done + " " + changed.joined(separator: " ")
            if json {
                var object = JSONText()
                object.raw("{\"environment\":")
                object.string(directory)
                object.raw(",\"\(done)\":")
                object.strings(changed)
                object.raw("}")
                text = object.text
            }
            StandardStreams.write(text + "\n", to: 1)
        } catch let failure as Adoption.Failure {
            throw fail(failure.asFailure)
        } catch let failure as Failure {
            throw fail(failure)
        }
    }
}

private func adoption(of directory: String) throws -> Adoption {
    Adoption(directory, in: try found()) { Catalog.profile(calledAs: $0) != nil }
}

extension Adoption.Failure {
    fileprivate var asFailure: Failure {
        switch self {
        case .notAnEnvironment, .notOurs: Failure(message, exitCode: 64)
        case .unfit: Failure(message, exitCode: 78)
        case .busy, .system: Failure(message, exitCode: 74)
        }
    }
}
