// The last lines of a chain, however many segments they are spread over: right after a rotation the
// file that is written to holds next to nothing.

public import Audit
public import Platform

/// The end of a chain.
public enum LastLines {
    /// Reads what there is to read of the written file, and fills up from the sealed segments.
    ///
    /// - Parameters:
    ///   - tail: opened before the last `count` lines of the written file; it stands after what was
    ///     read when this returns, so that a reader can go on from there.
    ///   - directory: where the sealed segments are; nil for a file that stands alone.
    public static func read(
        _ tail: inout LogTail, count: Int, directory: String?
    ) throws(SystemError) -> [[UInt8]] {
        var lines = try all(&tail)
        guard let directory else { return lines }
        for segment in ChainFiles(directory: directory).segments.reversed() {
            guard segment.sealed != nil, lines.count < count else { continue }
            var sealed = try LogTail(segment.path, last: count - lines.count)
            lines = try all(&sealed) + lines
        }
        return lines
    }

    private static func all(_ tail: inout LogTail) throws(SystemError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while true {
            let more = try tail.next()
            if more.isEmpty { return lines }
            lines += more
        }
    }
}
