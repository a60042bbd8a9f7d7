// Staying the parent of a real tool, where something has to follow it. The tool keeps our process
// group, terminal, descriptors and signal mask. Signals that somebody sends to us are passed on; what
// a terminal sends has reached the tool already, since it goes to the whole group.
//
// Signals stay blocked until this process ends, so that nothing between the tool's end and its
// outcome record is cut short.

public import Audit
internal import GateCore
internal import Glibc
internal import Platform

/// How a supervised tool ended.
public struct Supervised: Sendable {
    public let ending: OutcomeRecord.Ending
    public let milliseconds: Int

    /// Whether it ended by itself and well.
    public var isSuccess: Bool {
        if case .exit(0) = ending { return true }
        return false
    }

    /// Ends this process as the tool ended: with its exit code for the caller to return, or of the
    /// same signal.
    public func endAlike() -> Int32 {
        switch ending {
        case .exit(let code): return code
        case .signal(let number): return ProcessEnd.bySignal(number)
        }
    }
}

extension Launcher {
    /// Runs what the recorded plan says as a child and waits for its end.
    public static func supervise(
        _ recorded: consuming RecordedPlan, hops: Hops
    ) throws(LaunchFailure) -> Supervised {
        let plan = recorded.plan
        var added = plan.replaced
        added.append(.init(name: Hops.variable, value: hops.value))
        let variables = environment(removing: plan.removed, adding: added)
        let words = [plan.calledAs] + plan.arguments.map { $0.text }

        var before = sigset_t()
        var waited = sigset_t()
        // Sound: these fill and read sets on our own stack.
        sigemptyset(&waited)
        for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD] {
            sigaddset(&waited, number)
        }
        pthread_sigmask(SIG_BLOCK, &waited, &before)
        // Where a caller ignores it the kernel would reap our child before we ask.
        signal(SIGCHLD, SIG_DFL)

        let began = Clock.monotonic
        var child = try spawn(plan.program, words, variables, mask: before)
        if child == 0 {
            // A script without "#!" is run by the shell, as execvp(3) does.
            let shell = ["/bin/sh", plan.program] + words.dropFirst()
            child = try spawn("/bin/sh", shell, variables, mask: before)
        }
        guard child > 0 else { throw LaunchFailure(code: ENOEXEC) }
        let status = wait(for: child, passingOn: &waited)
        let milliseconds = (Clock.monotonic - began) / 1_000_000
        // wait(2): the low seven bits are the signal, the next byte the exit code.
        let number = status & 0x7F
        return Supervised(
            ending: number == 0 ? .exit((status >> 8) & 0xFF) : .signal(number),
            milliseconds: milliseconds)
    }

    /// - Returns: the child's number; 0 where the file is no program.
    private static func spawn(
        _ program: String, _ arguments: [String],
        _ environment: [UnsafeMutablePointer<CChar>?], mask: sigset_t
    ) throws(LaunchFailure) -> pid_t {
        var words: [UnsafeMutablePointer<CChar>?] = []
        for argument in arguments { words.append(strdup(argument)) }
        if words.contains(where: { $0 == nil }) { throw LaunchFailure(code: ENOMEM) }
        words.append(nil)
        var attributes = posix_spawnattr_t()
        var mask = mask
        var child: pid_t = 0
        // Sound: the attributes are initialised before use and destroyed after it; both lists are
        // NULL-terminated and live for the call, which copies them.
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let code = posix_spawn(&child, program, nil, &attributes, words, environment)
        for word in words { free(word) }
        if code == ENOEXEC { return 0 }
        if code != 0 { throw LaunchFailure(code: code) }
        return child
    }

    /// The child's wait status; every signal sent to us meanwhile is sent to it.
    private static func wait(for child: pid_t, passingOn waited: inout sigset_t) -> Int32 {
        while true {
            var status: Int32 = 0
            // Sound: these fill an integer and a structure of our own.
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status }
            if ended < 0, errno != EINTR { return 0x7F00 }
            var information = siginfo_t()
            let number = sigwaitinfo(&waited, &information)
            guard number > 0, number != SIGCHLD else { continue }
            // A positive code comes from the kernel, for the terminal: the child has it too.
            if information.si_code <= 0 { kill(child, number) }
        }
    }
}
