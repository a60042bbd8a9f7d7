// Lines of a stream, read in large pieces.

internal import Glibc

/// Reads LF-separated lines from a descriptor.
public struct LineReader {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var place = 0
    private var isAtEnd = false

    public init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its LF; a last line without one counts. nil at the end, and where
    /// reading fails.
    public mutating func next() -> [UInt8]? {
        var searched = place
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { place = end + 1 }
                return Array(buffer[place..<end])
            }
            searched = buffer.count
            if isAtEnd {
                guard place < buffer.count else { return nil }
                defer { place = buffer.count }
                return Array(buffer[place...])
            }
            if place > 0 {
                buffer.removeSubrange(..<place)
                searched -= place
                place = 0
            }
            fill()
        }
    }

    private mutating func fill() {
        let size = 1 << 16
        let piece = [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
            var length = read(descriptor, bytes.baseAddress, size)
            while length < 0, errno == EINTR { length = read(descriptor, bytes.baseAddress, size) }
            count = max(0, length)
        }
        if piece.isEmpty { isAtEnd = true }
        buffer.append(contentsOf: piece)
    }
}
