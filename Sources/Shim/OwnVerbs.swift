// `shimgate` called by its own name. Verbs that need only the shim's own code run here; all others
// are executables of their own beside us, as git does it, so that start-up of the shim stays free
// of argument parsers and text formatting.

internal import GateCore
internal import Launch
internal import Platform

/// Runs the verb in argv[1].
func runOwnVerb() -> Int32 {
    guard let words = ProcessInput.arguments else {
        return say(.usage("an argument is not valid UTF-8"))
    }
    let options = words.dropFirst().prefix { $0 != "--" }
    let asksForHelp = options.contains { $0 == "--help" || $0 == "-h" }
    if let verb = words.first, !asksForHelp {
        switch verb {
        case "simulate": return Simulation.run(Array(words.dropFirst()))
        case "explain": return Explanation.run(Array(words.dropFirst()))
        case "classify": return Classification.run(Array(words.dropFirst()))
        case "confine": return runConfined(Array(words.dropFirst()))
        case "alone": return runAlone(Array(words.dropFirst()))
        default: break
        }
    }
    return runHumanVerb(words)
}

/// Becomes `shimgate-cli` with the same arguments.
private func runHumanVerb(_ words: [Word]) -> Int32 {
    let installation: Installation
    do { installation = try Installation.find() } catch {
        return say(.installationUnusable(error.message))
    }
    let path = installation.libexec + "/shimgate-cli"
    _ = Launcher.become(path, words.map(\.text))
    return say(.verbUnavailable(words.first?.text ?? "help", path: path))
}

/// Says a message on stderr and gives its exit code. A full file or a closed pipe costs the message and
/// not the exit code, which a signal would replace.
func say(_ message: Message) -> Int32 {
    let isJSON = ProcessInput.variable("SHIMGATE_OUTPUT").map { Word($0) == "json" } ?? false
    let text = isJSON ? message.json : message.text
    let hold = SignalHold()
    StandardStreams.write(text, to: 2)
    hold.restore()
    return message.exitCode
}

/// Writes to stdout; a closed pipe ends the program's interest, not the program's exit code.
func show(_ text: String) { StandardStreams.write(text, to: 1) }
