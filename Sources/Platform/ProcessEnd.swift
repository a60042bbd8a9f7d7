// Ending as a child ended, so that whoever waits for us sees what the child's parent would see.

internal import Glibc

/// Ends of this process.
public enum ProcessEnd {
    /// Ends this process by a signal that has ended a child.
    ///
    /// - Returns: the exit code that a shell would show, where the signal does not end us.
    public static func bySignal(_ number: Int32) -> Int32 {
        // One core file is enough, and it is the child's.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // Sound: default action, own process, sets on our own stack.
        signal(number, SIG_DFL)
        var only = sigset_t()
        sigemptyset(&only)
        sigaddset(&only, number)
        kill(getpid(), number)
        pthread_sigmask(SIG_UNBLOCK, &only, nil)
        return 128 + number
    }
}
