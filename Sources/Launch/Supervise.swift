// Staying the parent of a real tool, where something has to follow it. The tool keeps our process
// group, terminal, descriptors and signal mask. Signals that somebody sends to us are passed on; what
// a terminal sends has reached the tool already, since it goes to the whole group.
// A plan with several phases runs them one after the other in the same way.

public import Audit
internal import CLinux
public import GateCore
internal import Glibc
internal import Platform

/// How a supervised tool ended.
public struct Supervised: Sendable {
    public let ending: OutcomeRecord.Ending
    public let milliseconds: Int

    /// A signal to end that came while it ran. A tool that had ended by then does not know of it.
    public let interruption: Int32?

    /// An end and how long it took.
    public init(
        ending: OutcomeRecord.Ending, milliseconds: Int, interruption: Int32? = nil
    ) {
        self.ending = ending
        self.milliseconds = milliseconds
        self.interruption = interruption
    }

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

/// Signals that are held back while tools run as our children, to be passed on to them. They stay
/// held back until this process ends, so that nothing between a tool's end and its outcome record is
/// cut short.
public struct HeldSignals: ~Copyable {
    private var before = sigset_t()
    private var waited = sigset_t()

    /// Holds back the signals that somebody could send to us.
    public init() {
        // Sound: these fill and read sets of our own.
        sigemptyset(&waited)
        for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD] {
            sigaddset(&waited, number)
        }
        pthread_sigmask(SIG_BLOCK, &waited, &before)
        // Where a caller ignores it the kernel would reap our child before we ask.
        signal(SIGCHLD, SIG_DFL)
    }

    /// The mask that children get: the caller's.
    fileprivate var mask: sigset_t { before }

    /// What to wait for.
    fileprivate var set: sigset_t { waited }

    /// A signal to end by that came while no child ran; nil where none did.
    public func pendingEnd() -> Int32? {
        var pending = sigset_t()
        // Sound: fills a set of our own.
        sigpending(&pending)
        for number in HeldSignals.ending where sigismember(&pending, number) == 1 {
            if HeldSignals.ends(number) { return number }
        }
        return nil
    }

    private static let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]

    /// Whether a signal is one to end by, and the caller has not had it ignored.
    fileprivate static func ends(_ number: Int32) -> Bool {
        var action = sigaction()
        // Sound: asks for the disposition and changes nothing.
        guard ending.contains(number), sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
    }
}

/// Where a child works and writes, if not where we do.
public struct PhaseSurroundings: ~Copyable {
    /// Its working directory; nil for ours.
    public var directory: String?
    /// Takes what it writes to standard output and error; nil for ours.
    public var output: Int32?
    public var errors: Int32?
    /// What it finds open as `reportNumber`.
    public var report: Int32?
    /// Variables that it gets besides those of the plan.
    public var variables: [Environment.Entry] = []

    /// The descriptor by which a child tells us something.
    public static let reportNumber: Int32 = 3

    /// Ours.
    public init() {}
}

extension Launcher {
    /// Runs one phase of a recorded plan as a child and waits for its end.
    ///
    /// - Parameters:
    ///   - removing: variables that it does not get, besides those of the plan.
    ///   - surroundings: where it works and writes.
    public static func run(
        _ phase: Phase, of recorded: borrowing RecordedPlan, removing: [Word] = [], hops: Hops,
        holding signals: borrowing HeldSignals, in surroundings: consuming PhaseSurroundings
    ) throws(LaunchFailure) -> Supervised {
        var added = recorded.plan.replaced + surroundings.variables
        if let directory = surroundings.directory {
            added.append(.init(name: "PWD", value: Word(directory)))
        }
        return try run(
            phase.program, [phase.calledAs] + phase.arguments.map { $0.text },
            removing: recorded.plan.removed + removing, adding: added, hops, signals,
            surroundings)
    }

    private static func run(
        _ program: String, _ words: [String], removing: [Word],
        adding: [Environment.Entry], _ hops: Hops, _ signals: borrowing HeldSignals,
        _ surroundings: consuming PhaseSurroundings
    ) throws(LaunchFailure) -> Supervised {
        var added = adding
        added.append(.init(name: Hops.variable, value: hops.value))
        let variables = environment(removing: removing, adding: added)
        let began = Clock.monotonic
        var child = try spawn(program, words, variables, mask: signals.mask, surroundings)
        if child == 0 {
            // A script without "#!" is run by the shell, as execvp(3) does.
            let shell = ["/bin/sh", program] + words.dropFirst()
            child = try spawn("/bin/sh", shell, variables, mask: signals.mask, surroundings)
        }
        guard child > 0 else { throw LaunchFailure(code: ENOEXEC) }
        var waited = signals.set
        var interruption: Int32?
        let status = wait(for: child, passingOn: &waited, &interruption)
        let milliseconds = (Clock.monotonic - began) / 1_000_000
        // wait(2): the low seven bits are the signal, the next byte the exit code.
        let number = status & 0x7F
        return Supervised(
            ending: number == 0 ? .exit((status >> 8) & 0xFF) : .signal(number),
            milliseconds: milliseconds, interruption: interruption)
    }

    /// - Returns: the child's number; 0 where the file is no program.
    private static func spawn(
        _ program: String, _ arguments: [String],
        _ environment: [UnsafeMutablePointer<CChar>?], mask: sigset_t,
        _ surroundings: borrowing PhaseSurroundings
    ) throws(LaunchFailure) -> pid_t {
        var words: [UnsafeMutablePointer<CChar>?] = []
        for argument in arguments { words.append(strdup(argument)) }
        if words.contains(where: { $0 == nil }) { throw LaunchFailure(code: ENOMEM) }
        words.append(nil)
        var attributes = posix_spawnattr_t()
        var actions = posix_spawn_file_actions_t()
        var mask = mask
        var child: pid_t = 0
        // Sound: attributes and actions are initialised before use and destroyed after it; both
        // lists are NULL-terminated and live for the call, which copies them.
        posix_spawnattr_init(&attributes)
        posix_spawn_file_actions_init(&actions)
        defer {
            posix_spawnattr_destroy(&attributes)
            posix_spawn_file_actions_destroy(&actions)
        }
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        if let directory = surroundings.directory {
            clinux_spawn_in(&actions, directory)
        }
        if let output = surroundings.output {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        }
        if let errors = surroundings.errors {
            posix_spawn_file_actions_adddup2(&actions, errors, 2)
        }
        if let report = surroundings.report {
            posix_spawn_file_actions_adddup2(&actions, report, PhaseSurroundings.reportNumber)
        }
        let code = posix_spawn(&child, program, &actions, &attributes, words, environment)
        for word in words { free(word) }
        if code == ENOEXEC { return 0 }
        if code != 0 { throw LaunchFailure(code: code) }
        return child
    }

    /// The child's wait status; every signal sent to us meanwhile is sent to it.
    private static func wait(
        for child: pid_t, passingOn waited: inout sigset_t, _ interruption: inout Int32?
    ) -> Int32 {
        while true {
            var status: Int32 = 0
            // Sound: these fill an integer and a structure of our own.
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status }
            if ended < 0, errno != EINTR { return 0x7F00 }
            var information = siginfo_t()
            let number = sigwaitinfo(&waited, &information)
            guard number > 0, number != SIGCHLD else { continue }
            if HeldSignals.ends(number) { interruption = number }
            // A positive code comes from the kernel, for the terminal: the child has it too.
            if information.si_code <= 0 { kill(child, number) }
        }
    }
}
