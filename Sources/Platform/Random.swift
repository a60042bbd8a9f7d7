// Random bytes of the kernel's generator, for identifiers that nobody can foresee.

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
