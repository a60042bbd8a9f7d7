// Reading a small file whole: never blocks on a FIFO, never follows the file as it grows, and says
// why it could not.

internal import Glibc

/// A regular file read in one go.
public struct WholeFile: Sendable {
    public let bytes: [UInt8]
    /// Status of the very file that was read, not of whatever the path names later.
    public let status: FileStatus

    /// Why a file was not read.
    public enum Failure: Error, Sendable, Equatable {
        /// Nothing is there.
        case absent
        /// Not a regular file.
        case irregular
        /// Larger than the limit, in bytes.
        case tooLarge(Int)
        /// A system call failed with this errno.
        case unreadable(Int32)

        /// A few words for a message.
        public var reason: String {
            switch self {
            case .absent: "no such file"
            case .irregular: "not a regular file"
            case .tooLarge(let limit): "over \(limit) bytes"
            case .unreadable(let code): "cannot be read (\(systemMessage(code)))"
            }
        }
    }

    /// Reads the regular file at `path`, at most `limit` bytes.
    public init(_ path: String, limit: Int) throws(Failure) {
        // O_NONBLOCK: opening a FIFO must not wait for a writer. O_NOCTTY: nor take a terminal.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .absent : .unreadable(errno)
        }
        defer { close(descriptor) }
        guard let status = FileStatus(descriptor: descriptor) else { throw .unreadable(errno) }
        guard status.isRegular else { throw .irregular }
        guard status.size <= limit else { throw .tooLarge(limit) }
        // One byte more than the size tells whether it grew; /proc files say size 0.
        let capacity = status.size == 0 ? limit + 1 : status.size + 1
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            while count < buffer.count {
                let start = buffer.baseAddress.map { UnsafeMutableRawPointer($0 + count) }
                let length = read(descriptor, start, buffer.count - count)
                if length > 0 { count += length } else if length == 0 { return }
                if length < 0, errno != EINTR {
                    failure = errno
                    return
                }
            }
        }
        guard failure == 0 else { throw .unreadable(failure) }
        guard bytes.count <= limit else { throw .tooLarge(limit) }
        self.bytes = bytes
        self.status = status
    }
}
