// `shimgate lockfile`: what is wrong with a lockfile, and what changed between two. The checks are
// those that an install makes before it uses one; here they are for CI and for review.

import ArgumentParser
import GateCore
import Lockfiles
import Platform
import StrictJSON

struct LockfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lockfile", abstract: "Check lockfiles, or compare two.",
        discussion: """
            Reads package-lock.json, npm-shrinkwrap.json, yarn.lock (1 and later), pnpm-lock.yaml, \
            requirements.txt, Pipfile.lock, poetry.lock, uv.lock, pdm.lock, Gemfile.lock, Cargo.lock and \
            packages.lock.json.
            """,
        subcommands: [Lint.self, Diff.self])
}

/// How a lockfile is named on the command line and read.
struct LockfileSource {
    let path: String
    let bytes: [UInt8]
    let format: LockfileFormat

    static let largest = 256 << 20

    /// Reads a file; its name says which format it has, unless that was said.
    init(_ path: String, format: LockfileFormat?) throws {
        self.path = path
        do { bytes = try WholeFile(path, limit: LockfileSource.largest).bytes } catch {
            throw Failure("\(path): \(error.reason)", exitCode: 2)
        }
        guard let format = format ?? LockfileFormat(path: path, bytes: bytes) else {
            let names = LockfileFormat.allCases.map(\.name).joined(separator: " ")
            throw Failure(
                "\(path): the name is no lockfile's; say its format with --format (\(names))",
                exitCode: 2)
        }
        self.format = format
    }

    /// What it pins.
    func lockfile() throws -> Lockfile {
        do { return try format.read(bytes) } catch {
            let place = "\(error.place.line):\(error.place.column)"
            throw Failure("\(path):\(place): \(error.message)", exitCode: 2)
        }
    }
}

/// The format of a name in output.
private func format(named name: String) throws -> LockfileFormat {
    guard let format = LockfileFormat.allCases.first(where: { Word($0.name) == Word(name) }) else {
        let names = LockfileFormat.allCases.map(\.name).joined(separator: ", ")
        throw ValidationError("--format takes one of \(names)")
    }
    return format
}

extension LockfileCommand {
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say everything that is wrong with lockfiles, each with line and column.",
            discussion: """
                Archives have to come from an allowed host over https and have a digest of their \
                own, better than SHA-1; an address has to be that of the package it stands for; git, \
                url and path sources have to be allowed.

                Allowed hosts are those of require.registries in the policy's rules for installs, \
                else the tool's public registry; kinds of sources are those of require.sources, else \
                packages of registries and of the project itself. --allow-host and --allow-git add \
                to them.

                  shimgate lockfile lint package-lock.json
                  shimgate lockfile lint --allow-host npm.example.com yarn.lock Gemfile.lock

                Exit code: 0 nothing found, 1 something found, 2 a file that cannot be read, is \
                damaged, or is of no known format. docs/lockfiles.md lists the rules by name.
                """)

        @Argument(help: "Lockfiles, under the names that their tools give them.")
        var files: [String]
        @Option(help: "Allow this host too: npm.example.com, localhost:4873, or a base URL.")
        var allowHost: [String] = []
        @Flag(help: "Allow packages from git repositories; their hosts have to be allowed as well.")
        var allowGit = false
        @Option(
            help: "Take the files for this format, whatever their names.",
            transform: format(named:))
        var format: LockfileFormat?
        @Flag(help: "One JSON object a line: the findings, then a summary of each file.")
        var json = false

        func validate() throws {
            for host in allowHost where RegistryBase(host) == nil {
                throw ValidationError("--allow-host takes a host or a base URL, not \(host)")
            }
        }

        func run() throws {
            let policy: LockfilePolicy
            do { policy = try LockfilePolicy(beside: files) } catch let failure as Failure {
                throw fail(failure)
            }
            var worst: Int32 = 0
            for file in files {
                do {
                    let source = try LockfileSource(file, format: format)
                    var settings = policy.settings(for: source.format)
                    settings.bases += allowHost.compactMap { RegistryBase($0) }
                    if allowGit { settings.sources.append(.git) }
                    let lockfile = try source.lockfile()
                    let findings = lockfile.lint(settings)
                    let report = LintReport(path: file, lockfile: lockfile, findings: findings)
                    StandardStreams.write(json ? report.json : report.text, to: 1)
                    if !findings.isEmpty { worst = max(worst, 1) }
                } catch let failure as Failure {
                    worst = max(worst, fail(failure).rawValue)
                }
            }
            if worst != 0 { throw ExitCode(worst) }
        }
    }

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which packages came, went and changed between two lockfiles.",
            discussion: """
                A version that is not what it was (another digest, address, registry or source, or \
                install scripts that it did not have) comes first: no upgrade does that.

                  git show HEAD:package-lock.json > /tmp/package-lock.json
                  shimgate lockfile diff /tmp/package-lock.json package-lock.json

                Exit code: 0 no difference, 1 differences, 3 differences with such a version among \
                them, 2 a file that cannot be read, is damaged, or is of no known format.
                """)

        @Argument(help: "The lockfile as it was.")
        var old: String
        @Argument(help: "The lockfile as it is.")
        var new: String
        @Option(
            help: "Take the files for this format, whatever their names.",
            transform: format(named:))
        var format: LockfileFormat?
        @Flag(help: "One JSON object a line, for each package that changed.")
        var json = false

        func run() throws {
            do {
                let before = try LockfileSource(old, format: format)
                let after = try LockfileSource(new, format: format)
                guard before.format.ecosystem == after.format.ecosystem else {
                    throw Failure(
                        "\(old) is of \(before.format.name) and \(new) of \(after.format.name)",
                        exitCode: 64)
                }
                let diff = LockfileDiff(from: try before.lockfile(), to: try after.lockfile())
                let report = DiffReport(old: old, new: new, diff: diff)
                StandardStreams.write(json ? report.json : report.text, to: 1)
                if !diff.changes.isEmpty { throw ExitCode(diff.hasReplaced ? 3 : 1) }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }
    }
}
