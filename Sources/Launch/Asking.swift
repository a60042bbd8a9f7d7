// Asking another executable of this installation, which only reads and tells. It is started with an
// environment of its own, because the caller's could make it load code, trust another authority or
// send credentials: what it gets are the names of proxies.

internal import GateCore
internal import Glibc
internal import Platform

/// What an executable of ours answered.
public enum Asked: Sendable {
    /// It ended well and wrote this.
    case answered([UInt8])
    /// It is not there.
    case missing
    /// It ended otherwise: with this exit code, or -1.
    case failed(Int32)
}

extension Launcher {
    /// The caller's variables that an executable of ours gets.
    private static let passedOn: Word =
        "https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY"

    /// Starts an executable of this installation with a file of questions as its standard input and
    /// waits for its end. What it says on stderr is not shown; its exit code tells.
    ///
    /// - Parameters:
    ///   - words: its arguments.
    ///   - limit: bytes of its answer that are read.
    public static func ask(
        _ program: String, _ words: [String], about questions: [UInt8], limit: Int
    ) -> Asked {
        guard FilePath.isExecutable(program) else { return .missing }
        do throws(SystemError) {
            let input = try Descriptor.unnamed()
            let output = try Descriptor.unnamed()
            try input.write(questions, at: 0)
            let status = wait(for: start(program, words, input.number, output.number))
            guard status == 0 else { return .failed(status & 0x7F == 0 ? status >> 8 & 0xFF : -1) }
            let answer = try output.bytes(count: limit, at: 0)
            return answer.count < limit ? .answered(answer) : .failed(-1)
        } catch {
            return .failed(-1)
        }
    }

    /// - Returns: the child's number; below 1 where it was not started.
    private static func start(
        _ program: String, _ words: [String], _ input: Int32, _ output: Int32
    ) -> pid_t {
        var arguments: [UnsafeMutablePointer<CChar>?] = []
        for word in [program] + words { arguments.append(strdup(word)) }
        arguments.append(nil)
        var environment: [UnsafeMutablePointer<CChar>?] = []
        for entry in ProcessInput.environment.entries where passedOn.lists(entry.name) {
            environment.append(strdup(entry.name.text + "=" + entry.value.text))
        }
        environment.append(nil)
        var attributes = posix_spawnattr_t()
        var actions = posix_spawn_file_actions_t()
        var mask = sigset_t()
        var child: pid_t = 0
        // Sound: attributes, actions and the set are initialised before use; both lists are
        // NULL-terminated and live for the call, which copies them.
        sigemptyset(&mask)
        posix_spawnattr_init(&attributes)
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let code = posix_spawn(&child, program, &actions, &attributes, arguments, environment)
        posix_spawnattr_destroy(&attributes)
        posix_spawn_file_actions_destroy(&actions)
        for word in arguments + environment { free(word) }
        return code == 0 ? child : 0
    }

    /// - Returns: the wait status; that of exit code 127 where there is no child to wait for.
    private static func wait(for child: pid_t) -> Int32 {
        guard child > 0 else { return 0x7F00 }
        // Where a caller ignores it the kernel would reap our child before we ask.
        let before = signal(SIGCHLD, SIG_DFL)
        defer { signal(SIGCHLD, before) }
        while true {
            var status: Int32 = 0
            // Sound: fills an integer of our own.
            let ended = waitpid(child, &status, 0)
            if ended == child { return status }
            if ended < 0, errno != EINTR { return 0x7F00 }
        }
    }
}
