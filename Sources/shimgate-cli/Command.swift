// The human verbs. One type per noun; `shimgate` itself runs simulate, explain and classify, which
// are declared here for help and completions only.

import ArgumentParser
import GateCore
import Launch
import Platform
import Shim

@main
struct Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shimgate",
        abstract: "Package-manager shims for AI coding agents.",
        discussion: """
            Put the shim directory first on an agent's PATH. Every npm, pip, cargo ... line is then \
            read as the real tool reads it, judged by a JSON policy, recorded in a hash chain, and \
            only then run or refused.

            See what would happen:   shimgate simulate -- npm publish --access public
            See why:                 shimgate explain -- npm i left-pad
            Read what happened:      shimgate audit tail
            Check the record:        shimgate audit verify
            Check a lockfile:        shimgate lockfile lint package-lock.json
            """,
        version: shimgateVersion,
        subcommands: [
            Simulate.self, Explain.self, Classify.self, PolicyCommand.self, AuditCommand.self,
            LockfileCommand.self, DepsCommand.self, ShimsCommand.self, Completions.self,
        ])
}

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what would be decided, without recording or running anything.",
        discussion: """
            Exit code: 0 allow, 75 approval, 77 deny.

              shimgate simulate -- npm publish --access public
              shimgate simulate --action shell.exec --command 'npm publish --access public'
              shimgate simulate --action file.read --path /home/user/.npmrc
            """)

    @OptionGroup var question: Question

    func run() throws { try becomeShimgate("simulate") }
}

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the parse token by token, every layer's vote, and the exact plan.",
        discussion: "Takes the same options as simulate and ends with the same exit codes.")

    @OptionGroup var question: Question

    func run() throws { try becomeShimgate("explain") }
}

/// What `simulate` and `explain` can be asked.
struct Question: ParsableArguments {
    @Option(help: "shell.exec (the default) or file.read.")
    var action: String?
    @Option(help: "A shell line; every simple command of it is judged, the strictest wins.")
    var command: String?
    @Option(help: "The file to read, with --action file.read.")
    var path: String?
    @Option(help: "Another policy to try instead of the installed one.")
    var policy: String?
    @Option(help: "Add a profile; it can only tighten.")
    var profile: [String] = []
    @Option(help: "Label the caller (asserted, so it satisfies no allow rule).")
    var agent: String?
    @Option(help: "Label the task (asserted, so it satisfies no allow rule).")
    var task: String?
    @Flag(help: "One JSON object.")
    var json = false
    @Argument(parsing: .postTerminator, help: "The line: a program and its arguments.")
    var words: [String] = []
}

struct Classify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Classify JSON lines from standard input, one JSON line out for each.",
        discussion: """
            In:  {"tool":"npm","argv":["pub"],"version":"10.8.2","env":{},"cwd":"/p","home":"/h"}
            Environment, working directory and home are only what the line gives; without "cwd" no \
            file is read; without "version" all known versions are tried.
            """)

    @Flag(help: "Read JSON lines from standard input.")
    var batch = false
    @Flag(help: "Apply the workspace layers of each line's directories too.")
    var workspace = false
    @Option(help: "Another policy to try instead of the installed one.")
    var policy: String?
    @Flag(help: "Add what would be executed, and whether it only prints.")
    var plan = false
    @Option(help: "How many processes share large input; as many as there are cores by default.")
    var jobs: Int?

    func run() throws { try becomeShimgate("classify") }
}

struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a completion script.",
        discussion:
            "For example: shimgate completions bash > ~/.local/share/bash-completion/completions/shimgate"
    )

    enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        let script: String
        switch shell {
        case .bash: script = Command.completionScript(for: .bash)
        case .zsh: script = Command.completionScript(for: .zsh)
        case .fish: script = Command.completionScript(for: .fish)
        }
        StandardStreams.write(script, to: 1)
    }
}

/// Hands a verb back to the binary that implements it; reached when the CLI is started directly.
func becomeShimgate(_ verb: String) throws {
    let installation = try found()
    let binary = installation.libexec + "/../../bin/shimgate"
    let path = FilePath.isExecutable(binary) ? binary : installation.libexec + "/shimgate"
    let arguments = ProcessInput.arguments ?? []
    _ = Launcher.become(path, arguments.map(\.text))
    throw Failure("\(verb): \(path) could not be started", exitCode: 70)
}

/// The installation, or a failure that says what is wrong with it.
func found() throws -> Installation {
    do { return try Installation.find() } catch { throw Failure(error.message, exitCode: 78) }
}

/// A failed verb: said once on stderr, with the exit code of architecture.md's table.
struct Failure: Error, CustomStringConvertible {
    let description: String
    let exitCode: Int32

    init(_ description: String, exitCode: Int32) {
        self.description = description
        self.exitCode = exitCode
    }
}

extension ParsableCommand {
    /// Ends with a failure's own exit code.
    func fail(_ failure: Failure) -> ExitCode {
        StandardStreams.write("shimgate: \(displayed(failure.description))\n", to: 2)
        return ExitCode(failure.exitCode)
    }
}
