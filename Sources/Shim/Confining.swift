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
