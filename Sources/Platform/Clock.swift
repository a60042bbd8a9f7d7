// Time: the calendar, the time since boot, and a clock that no one can set.
// Records carry the first two, so that a stepped calendar shows; deadlines use the third.
// All readings are nanoseconds.

internal import Glibc

/// Readings of the kernel's clocks.
public enum Clock {
    public typealias Nanoseconds = Int

    /// Nanoseconds since 1970 in UTC; can be stepped by an administrator.
    public static var realtime: Nanoseconds { read(CLOCK_REALTIME) }

    /// Nanoseconds since boot, suspended time included.
    public static var uptime: Nanoseconds { read(CLOCK_BOOTTIME) }

    /// Nanoseconds that only ever grow, for deadlines.
    public static var monotonic: Nanoseconds { read(CLOCK_MONOTONIC) }

    /// Sleeps; a signal may end it early.
    public static func sleep(_ duration: Nanoseconds) {
        var span = timespec(
            tv_sec: duration / 1_000_000_000, tv_nsec: duration % 1_000_000_000)
        // Sound: reads the structure that we pass and keeps no pointer.
        _ = nanosleep(&span, nil)
    }

    private static func read(_ clock: clockid_t) -> Nanoseconds {
        var now = timespec()
        // Sound: fills the structure that we pass; these clocks exist since Linux 2.6.39.
        _ = clock_gettime(clock, &now)
        return now.tv_sec * 1_000_000_000 + now.tv_nsec
    }
}
