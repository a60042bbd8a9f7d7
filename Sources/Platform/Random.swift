// Random bytes of the kernel's generator, for identifiers that nobody can foresee.
// There is no seed and no state of our own, so a forked or restored process repeats nothing.
// The call waits until the generator is ready, which it is soon after boot.

internal import CLinux

/// Bytes from getrandom(2).
public func randomBytes(count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
        // Sound: the kernel fills at most the rest of the array's own memory.
        let step = bytes.withUnsafeMutableBytes { buffer in
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            return uninterrupted { getrandom(rest.baseAddress, rest.count, 0) }
        }
        if step <= 0 { throw SystemError(last: "getrandom") }
        filled += step
    }
    return bytes
}
