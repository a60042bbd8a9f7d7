// An open file: reading, writing and syncing by its number.
// It closes when it goes out of scope, so that no path through the program leaks one into the
// real tool.

internal import Glibc

/// An open file that this value alone closes.
public struct Descriptor: ~Copyable {
    /// The number, for calls that this type does not wrap. It is valid while the value lives.
    public let number: Int32

    /// Takes over an open number.
    public init(owning number: Int32) { self.number = number }

    deinit {
        // Sound: the number is ours alone. EINTR is not retried, because Linux has closed the
        // number even then (close(2)).
        _ = close(number)
    }

    /// Gives the number away; nobody closes it here any more.
    public consuming func release() -> Int32 {
        let number = self.number
        discard self
        return number
    }

    /// Reads up to `buffer.count` bytes at `offset`; 0 at the end of the file.
    public borrowing func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(SystemError) -> Int {
        let number = self.number
        // Sound: the kernel writes at most `buffer.count` bytes into memory that the caller holds.
        let count = uninterrupted { pread(number, buffer.baseAddress, buffer.count, offset) }
        if count < 0 { throw SystemError(last: "pread") }
        return count
    }

    /// Reads up to `count` bytes at `offset`; fewer only where the file ends.
    public borrowing func bytes(count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        let number = self.number
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let memory = UnsafeMutableRawBufferPointer(buffer)
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
                // Sound: `rest` lies within the buffer that the array has just reserved.
                let step = uninterrupted {
                    pread(number, rest.baseAddress, rest.count, offset + filled)
                }
                failed = step < 0
                if step <= 0 { return }
                filled += step
            }
        }
        if failed { throw SystemError(last: "pread") }
        return bytes
    }

    /// Writes with a single call and says how many bytes it took. Not completed here: a short
    /// write is the caller's to judge, because on an append-only log the rest may not follow.
    public borrowing func write(_ bytes: [UInt8]) throws(SystemError) -> Int {
        let number = self.number
        // Sound: the pointer lives for the call and the length is the array's own.
        let count = bytes.withUnsafeBytes { buffer in
            uninterrupted { Glibc.write(number, buffer.baseAddress, buffer.count) }
        }
        if count < 0 { throw SystemError(last: "write") }
        return count
    }

    /// Writes all bytes at `offset`.
    public borrowing func write(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
        let number = self.number
        var place = 0
        while place < bytes.count {
            // Sound: the slice lies within the array, whose memory lives for the call.
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[place...])
                return uninterrupted {
                    pwrite(number, rest.baseAddress, rest.count, offset + place)
                }
            }
            if count < 0 { throw SystemError(last: "pwrite") }
            if count == 0 { throw SystemError("pwrite", errno: EIO) }
            place += count
        }
    }

    /// Waits until what was written is on the disk; file times may lag (fdatasync(2)).
    public borrowing func syncData() throws(SystemError) {
        let number = self.number
        // Sound: takes a number only.
        if uninterrupted({ fdatasync(number) }) != 0 { throw SystemError(last: "fdatasync") }
    }

    /// Waits until a directory's entries, or a file with its times, are on the disk (fsync(2)).
    public borrowing func sync() throws(SystemError) {
        let number = self.number
        // Sound: takes a number only.
        if uninterrupted({ fsync(number) }) != 0 { throw SystemError(last: "fsync") }
    }
}
