// `shimgate deps list`: which packages agents added, by task and time, and what the lockfiles say of
// them now. The trail says what came with a staged install; of other tools it has the line, which is
// read again for the packages that it names.

import ArgumentParser
import Audit
import AuditReading
import GateCore
import Launch
import Lockfiles
import Platform
import Shim
import StrictJSON
import Tools

extension DepsCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the packages that agents added, by task, and what is left of them.",
            discussion: """
                Of npm's installs, which packages came, changed or went; those that nobody asked for \
                are counted, and shown with --all. Of other tools, what the line asked for. Beside \
                each stands what the project's lockfile has now.

                  shimgate deps list --task issue-7
                  shimgate deps list --project /srv/app --since 7d --json
                """)

        @Option(help: "The task's label.")
        var task: [String] = []
        @Option(help: "The agent's label.")
        var agent: [String] = []
        @Option(help: "npm, pip, cargo ...")
        var tool: [String] = []
        @Option(help: "Only installs in this directory or below it.")
        var project: String?
        @Option(
            help: "From this moment on: 2026-02-13, 2026-02-13T15:40:33Z, or an age: 30m, 12h, 7d.")
        var since: String?
        @Option(help: "Before this moment; written like --since.")
        var until: String?
        @OptionGroup var log: LogOption
        @Flag(help: "Packages that came along with others, and those that went, too.")
        var all = false
        @Flag(help: "One JSON object a line for each package.")
        var json = false

        func run() throws {
            do {
                var filter = RecordFilter()
                filter.require("task", task)
                filter.require("agent", agent)
                filter.require("tool", tool)
                filter.require(
                    since: try moment("--since", since), until: try moment("--until", until))
                var history = InstallHistory(filter)
                try log.read { line in
                    history.take(line)
                    return true
                }
                var lockfiles = ProjectLockfiles()
                let added = history.installs.filter(isInProject).compactMap {
                    AddedPackages($0, &lockfiles)
                }
                let text = json ? AddedPackages.json(added) : AddedPackages.text(added, all: all)
                StandardStreams.write(text, to: 1)
            } catch let failure as Failure {
                throw fail(failure)
            }
        }

        private func isInProject(_ install: RecordedInstall) -> Bool {
            guard let project else { return true }
            let wanted = Word(FilePath.resolved(project) ?? project)
            guard let cwd = install.decision.text("cwd").map({ Word($0) }) else { return false }
            return cwd == wanted || cwd.hasPrefix(Word(wanted.text + "/")) || wanted == "/"
        }
    }
}

/// One install and its packages.
struct AddedPackages {
    /// A package that came, changed or went, or that was asked for.
    struct Row {
        /// `added`, `changed`, `removed`, `not_found`, or `requested` where only the line is known.
        let status: String
        /// Without a version; for what no registry serves, the caller's word.
        let purl: String
        let version: String?
        let requested: String?
        let present: ProjectLockfiles.Presence
        /// Whether somebody asked for it by name.
        let isAsked: Bool
    }

    let decision: LogRecord
    let rows: [Row]

    /// Nil where the line failed or brought nothing that is known.
    init?(_ install: RecordedInstall, _ lockfiles: inout ProjectLockfiles) {
        decision = install.decision
        let cwd = decision.text("cwd")
        var rows: [Row] = []
        for package in install.packages {
            rows.append(
                Row(
                    status: package.status ?? "added", purl: package.name, version: package.version,
                    requested: package.requested,
                    present: lockfiles.presence(of: package.name, in: cwd),
                    isAsked: package.requested != nil || package.isNotFound))
        }
        if install.packages.isEmpty, !install.isStaged, case .failed = install.result { return nil }
        if install.packages.isEmpty, !install.isStaged {
            for (purl, request) in Self.requests(of: decision) {
                rows.append(
                    Row(
                        status: "requested", purl: purl ?? request.spelling.text, version: nil,
                        requested: request.spelling.text,
                        present: purl.map { lockfiles.presence(of: $0, in: cwd) } ?? .unknown,
                        isAsked: true))
            }
        }
        if rows.isEmpty { return nil }
        self.rows = rows
    }

    /// The packages that the line names, read again without its files.
    private static func requests(
        of decision: LogRecord
    ) -> [(purl: String?, request: PackageRequest)] {
        guard let words = decision.texts("argv"), let name = words.first,
            let profile = Catalog.profile(calledAs: Word(name))
        else { return [] }
        let line = Line(
            tool: profile.name, calledAs: Word(name),
            arguments: words.dropFirst().map { Word($0) })
        var facts = Facts()
        var found: [(purl: String?, request: PackageRequest)] = []
        for inner in classify(line, with: profile, facts: &facts).flattened
        where inner.operation == .install {
            let ecosystem = Catalog.profile(calledAs: inner.tool)?.ecosystem ?? profile.ecosystem
            for request in inner.packages {
                found.append((purl(of: request, ecosystem), request))
            }
        }
        return found
    }

    private static func purl(of request: PackageRequest, _ ecosystem: Ecosystem) -> String? {
        guard request.source == .registry, !request.name.isEmpty else { return nil }
        let family: PackageEcosystem
        switch ecosystem {
        case .npm: family = .npm
        case .pypi: family = .pypi
        case .rubygems: family = .gem
        case .crates: family = .cargo
        case .nuget: family = .nuget
        case .vscode: return nil
        }
        return LockedPackage(
            family, name: request.name.text, version: "", source: .registry,
            at: Place(line: 1, column: 1)
        ).purl
    }
}
