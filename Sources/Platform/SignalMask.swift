// Holding signals back while something must not be torn.
// A fatal signal ends a write(2) between two pages, so an append blocks all that can be blocked
// and lets them in afterwards.

internal import Glibc

/// Holds every signal back until `restore`.
public struct SignalHold: ~Copyable {
    private var before = sigset_t()

    /// Blocks all signals of this thread.
    public init() {
        var everything = sigset_t()
        // Sound: these fill and read sets that we own, and keep no pointer.
        sigfillset(&everything)
        pthread_sigmask(SIG_SETMASK, &everything, &before)
    }

    /// Restores the mask that was in force.
    ///
    /// A SIGXFSZ or SIGPIPE that a write raised meanwhile is taken from the queue first: the failed
    /// write has been reported by its errno, and the signal would kill us where we mean to end with
    /// an exit code.
    public consuming func restore() {
        var mask = before
        // Sound: as above.
        var pending = sigset_t()
        sigpending(&pending)
        for number in [SIGXFSZ, SIGPIPE]
        where sigismember(&pending, number) == 1 && sigismember(&mask, number) == 0 {
            discardPending(number)
        }
        pthread_sigmask(SIG_SETMASK, &mask, nil)
    }
}

private func discardPending(_ number: Int32) {
    // Sound: a set on our own stack; a zero timeout returns at once.
    var only = sigset_t()
    sigemptyset(&only)
    sigaddset(&only, number)
    var atOnce = timespec(tv_sec: 0, tv_nsec: 0)
    _ = sigtimedwait(&only, nil, &atOnce)
}
