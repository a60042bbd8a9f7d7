// Waiting for a lock, but not for ever.
// flock(2) has no timeout, and an alarm signal would touch dispositions that the real tool
// inherits, so we ask again after short sleeps.

internal import Glibc

extension Descriptor {
    public enum LockKind: Sendable {
        /// Many may hold it at once; nobody has it exclusively meanwhile.
        case shared
        case exclusive
    }

    /// Locks the open file for this descriptor, against other processes and threads.
    ///
    /// - Parameter deadline: reading of `Clock.monotonic` after which to give up.
    /// - Returns: false where somebody else still holds it at the deadline.
    public borrowing func lock(
        _ kind: LockKind, deadline: Clock.Nanoseconds
    ) throws(SystemError) -> Bool {
        let number = self.number
        let operation = (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB
        // Pauses grow from 20 µs to 1 ms: short enough that 64 writers leave no long idle gaps,
        // long enough that they do not burn the processor that the holder needs. The clock's low
        // bits spread writers that started together.
        var pause: Clock.Nanoseconds = 20_000
        while true {
            // Sound: takes numbers only.
            if uninterrupted({ flock(number, operation) }) == 0 { return true }
            if errno != EWOULDBLOCK { throw SystemError(last: "flock") }
            let now = Clock.monotonic
            if now >= deadline { return false }
            Clock.sleep(min(pause + (now & 0x3FFF), deadline - now))
            pause = min(pause * 2, 1_000_000)
        }
    }

    /// Gives the lock back. Closing does the same.
    public borrowing func unlock() {
        // Sound: takes numbers only; unlocking what is not locked does nothing.
        _ = flock(number, LOCK_UN)
    }
}
