// Reading the end of the log, and what comes after it.
// Lines are handed out whole and unchecked: this is for reading along, `verify` is for believing.
// A log that is rotated meanwhile is read to its end before the new one.

public import Platform

/// A place in the log from which new lines are read.
public struct LogTail: ~Copyable {
    private let path: String
    private var file: Descriptor
    private var status: FileStatus
    private var offset: Int
    private var unfinished: [UInt8] = []

    /// Opens the log at `path` before its last `count` lines.
    public init(_ path: String, last count: Int) throws(SystemError) {
        self.path = path
        let file = try Descriptor.open(path, .reading)
        let status = try file.status()
        if status.kind != .regular { throw SystemError("open", errno: 22, path: path) }
        offset = try LogTail.start(of: count, in: file, size: status.size)
        self.file = file
        self.status = status
    }

    /// The complete lines since the last call, without their LF, at most about 4 MiB of them;
    /// empty where there is none yet.
    ///
    /// Where the path has become another file, the old one is read to its end first, so that a
    /// rotation loses no line.
    public mutating func next() throws(SystemError) -> [[UInt8]] {
        var lines = try newLines()
        guard lines.isEmpty, let now = LogTail.status(at: path), !now.isSameFile(as: status) else {
            return lines
        }
        file = try Descriptor.open(following ?? path, .reading)
        status = try file.status()
        offset = 0
        unfinished = []
        lines = try newLines()
        return lines
    }

    /// The segment after the one that was read, where it has been sealed meanwhile too.
    private var following: String? {
        let segments = ChainFiles(directory: FilePath.parent(path)).segments
        let place = segments.firstIndex { FileStatus($0.path)?.isSameFile(as: status) ?? false }
        guard let place, place + 1 < segments.count else { return nil }
        return segments[place + 1].path
    }

    private mutating func newLines() throws(SystemError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for _ in 0..<16 {
            let block = try file.bytes(count: 256 * 1_024, at: offset)
            if block.isEmpty { break }
            offset += block.count
            var start = 0
            for place in 0..<block.count where block[place] == 0x0A {
                lines.append(unfinished + block[start..<place])
                unfinished = []
                start = place + 1
            }
            unfinished.append(contentsOf: block[start...])
            if !lines.isEmpty { break }
        }
        return lines
    }

    /// Where the last `count` complete lines start.
    private static func start(
        of count: Int, in file: borrowing Descriptor, size: Int
    ) throws(SystemError) -> Int {
        // The LF that ends the last wanted line's predecessor is one more than there are lines.
        var wanted = max(0, count) + 1
        var end = size
        while end > 0 {
            let start = max(0, end - 64 * 1_024)
            let block = try file.bytes(count: end - start, at: start)
            var place = block.count - 1
            while place >= 0 {
                if block[place] == 0x0A {
                    wanted -= 1
                    if wanted == 0 { return start + place + 1 }
                }
                place -= 1
            }
            end = start
        }
        return 0
    }

    private static func status(at path: String) -> FileStatus? {
        guard let file = try? Descriptor.open(path, .reading) else { return nil }
        return try? file.status()
    }
}
