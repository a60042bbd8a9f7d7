// `shimgate deps`: what installs brought (DepsList.swift), and what they have left for a person to
// decide. Installs that brought something else than their lockfile said stand in the way of further
// ones until somebody has looked.

import ArgumentParser
import Audit
import GateCore
import Launch
import Platform

struct DepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deps",
        abstract: "See what installs brought, and to what they should not have.",
        subcommands: [List.self, Clear.self])
}

extension DepsCommand {
    struct Clear: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let installs go on after one that was not what its lockfile said.",
            discussion: """
                For a person at a terminal. Shows the projects and tasks that are stopped, and what \
                was different; with --all, or the project or task, lets them install again. That goes \
                on record.

                  shimgate deps clear
                  shimgate deps clear --project /srv/app
                """)

        @Option(help: "The project's directory.")
        var project: String?
        @Option(help: "The task's label.")
        var task: String?
        @Flag(help: "Everything that is stopped.")
        var all = false

        func run() throws {
            do {
                if let why = Ancestry.whyNoPerson {
                    throw Failure("deps clear: \(why)", exitCode: 77)
                }
                let installation = try found()
                try clear(DriftMarks(in: installation.state), installation.log(of: effectiveUser))
            } catch let failure as Failure {
                throw fail(failure)
            }
        }

        private func clear(_ marks: DriftMarks, _ log: AuditLog) throws {
            var wanted: [Word] = []
            if let project {
                wanted.append(Word("project \(FilePath.resolved(project) ?? project)"))
            }
            if let task { wanted.append(Word("task \(task)")) }
            let stopped = marks.all()
            for mark in stopped {
                let isMeant = all || wanted.contains(Word(mark.subject))
                let line = "\(displayed(mark.subject)): \(displayed(mark.reason))"
                guard isMeant else {
                    StandardStreams.write("stopped  \(line)\n", to: 1)
                    continue
                }
                do {
                    if let id = RecordID(mark.record) {
                        var record = ApprovalRecord(
                            .granted, ref: id, request: redact("install: \(mark.subject)"))
                        record.by = "uid:\(effectiveUser)"
                        record.method = "tty"
                        record.reason = redact(mark.reason)
                        try log.append(record)
                    }
                    try marks.remove(mark)
                } catch let error as AuditError {
                    throw Failure("\(error.path): \(error)", exitCode: 74)
                } catch let error as StageFailure {
                    throw Failure(error.reason, exitCode: 74)
                }
                StandardStreams.write("cleared  \(line)\n", to: 1)
            }
            if stopped.isEmpty { StandardStreams.write("nothing is stopped\n", to: 1) }
        }
    }
}
