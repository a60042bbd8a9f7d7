// The internal verb `shimgate confine OPTIONS -- PROGRAM ARGUMENTS`: what a supervised plan starts
// for a phase that runs strangers' code. It asks no policy and writes no record, because whoever
// starts it has done both, and because all it can do is take rights away.

internal import GateCore
internal import Launch
internal import Platform
internal import Sandbox

/// Runs the command after `--` and ends as it ended.
func runConfined(_ words: [Word]) -> Int32 {
    let confinement: Confinement
    let command: [Word]
    do { (confinement, command) = try Confinement.read(words) } catch {
        return say(.usage("confine: \(error.message)"))
    }
    switch confinement.run(command) {
    case .exit(let code): return code
    case .signal(let number): return ProcessEnd.bySignal(number)
    case .notStarted(let code):
        return say(.toolNotStarted(LaunchFailure(code: code), path: command[0].text))
    case .refused(let reasons): return say(.notConfined(reasons))
    }
}

/// The internal verb `shimgate alone NAME PROGRAM ARGUMENTS`: becomes the program, under this name,
/// without the right to start another process. A supervised tool that builds nothing is started so.
func runAlone(_ words: [Word]) -> Int32 {
    guard words.count >= 2 else { return say(.usage("alone: a name and a program have to follow")) }
    let program = words[1].text
    if let code = stayAlone() {
        return say(.toolNotStarted(LaunchFailure(code: code), path: program))
    }
    let failure = Launcher.become(
        program, words.dropFirst(2).map(\.text), calledAs: words[0].text)
    return say(.toolNotStarted(failure, path: program))
}
