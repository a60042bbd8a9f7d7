// Lines of a stream, many at a time: what one read gives, up to its last LF. So memory does not
// grow with the stream, and a caller that waits for an answer to its one line gets it.

internal import Glibc

/// Reads blocks of LF-separated lines from a descriptor.
public struct LineBlocks {
    private let descriptor: Int32
    /// The beginning of a line whose end has not come yet.
    private var rest: [UInt8] = []
    private var isAtEnd = false

    /// The most bytes of one read.
    private static let size = 1 << 18

    /// Reads from an open descriptor, which stays the caller's.
    public init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next lines, LFs included; a last line without one counts. nil at the end, and where
    /// reading fails.
    public mutating func next() -> [UInt8]? {
        while !isAtEnd {
            var block = rest
            let start = block.count
            rest = []
            block.append(contentsOf: read())
            if block.count == start {
                isAtEnd = true
                return block.isEmpty ? nil : block
            }
            // A long line comes in pieces; only the new one is searched.
            guard let end = block[start...].lastIndex(of: UInt8(ascii: "\n")) else {
                rest = block
                continue
            }
            rest = Array(block[(end + 1)...])
            block.removeSubrange((end + 1)...)
            return block
        }
        return nil
    }

    private func read() -> [UInt8] {
        let descriptor = descriptor
        return [UInt8](unsafeUninitializedCapacity: Self.size) { bytes, count in
            // Sound: the kernel writes at most as many bytes as the array has reserved.
            count = max(0, uninterrupted { Glibc.read(descriptor, bytes.baseAddress, Self.size) })
        }
    }
}
