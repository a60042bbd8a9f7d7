// The lines of a log, one after another, with where they stand.
// Nothing is believed here: torn tails, strangers' lines and lines of any length come through, byte
// for byte, so that what is exported can be checked elsewhere. Memory is bounded: a line that is
// longer than the largest block comes in several parts, of which only the last one is ended.

internal import Audit
internal import Glibc
public import Platform

/// A line of a log, or a part of an overlong one.
public struct LogLine {
    /// The bytes without their LF; valid only while the line is looked at.
    public let bytes: UnsafeRawBufferPointer
    /// Which of the files it stands in, from 0.
    public let file: Int
    /// Where it starts in that file.
    public let offset: Int
    /// Whether an LF follows: not after a torn tail, nor inside an overlong line.
    public let isEnded: Bool

    /// The bytes as an array that can be kept.
    public var copy: [UInt8] { Array(bytes) }

    /// The hash that a record names as its own; nil where the line has not the form of one.
    public var hash: String? {
        RecordHead(bytes).map { String(decoding: $0.hash, as: UTF8.self) }
    }
}

/// Where a log is.
public enum LogSource: Sendable {
    /// Copies of segments, in order.
    case files([String])
    /// The chain in a directory, all its segments.
    case directory(String)

    /// The source in words, for a message.
    public var name: String {
        switch self {
        case .files(let paths): paths.joined(separator: ", ")
        case .directory(let path): path
        }
    }
}

/// Reads logs.
public enum LogLines {
    static let block = 1 << 20
    static let largestBlock = 16 << 20

    /// Gives the lines to `body` in order, until it says false.
    ///
    /// What is written while this runs is not read: a file's size is taken when it is opened.
    public static func read(
        _ source: LogSource, _ body: (LogLine) -> Bool
    ) throws(SystemError) {
        switch source {
        case .files(let paths):
            for place in paths.indices {
                guard try read(paths[place], number: place, body) else { return }
            }
        case .directory(let directory): try read(directory: directory, body)
        }
    }

    /// A log that is rotated meanwhile gets a number; so the list is read again once its file is
    /// open, and what has been numbered since is read first.
    private static func read(
        directory: String, _ body: (LogLine) -> Bool
    ) throws(SystemError) {
        var count = 0
        var last: UInt64 = 0
        while true {
            let segments = ChainFiles(directory: directory).segments
            if let next = segments.first(where: { ($0.sealed ?? 0) > last }) {
                last = next.sealed ?? last
                guard try read(next.path, number: count, body) else { return }
                count += 1
                continue
            }
            guard let written = segments.last, written.sealed == nil else {
                if count == 0 { throw SystemError("open", errno: ENOENT, path: directory) }
                return
            }
            let file = try opened(written.path)
            let now = ChainFiles(directory: directory).segments
            if now.contains(where: { ($0.sealed ?? 0) > last }) { continue }
            _ = try read(file, number: count, from: 0, to: file.status().size, body)
            return
        }
    }

    /// Reads one file from a place on, which is the start of a line.
    ///
    /// - Returns: false where `body` has seen enough.
    public static func read(
        _ path: String, number: Int = 0, from offset: Int = 0, _ body: (LogLine) -> Bool
    ) throws(SystemError) -> Bool {
        let file = try opened(path)
        return try read(file, number: number, from: offset, to: file.status().size, body)
    }

    private static func opened(_ path: String) throws(SystemError) -> Descriptor {
        let file = try Descriptor.open(path, .readingAnything)
        if try file.status().kind != .regular {
            throw SystemError("open", errno: EINVAL, path: path)
        }
        return file
    }

    /// - Returns: false where `body` has seen enough.
    private static func read(
        _ file: borrowing Descriptor, number: Int, from start: Int, to end: Int,
        _ body: (LogLine) -> Bool
    ) throws(SystemError) -> Bool {
        var capacity = min(block, max(1, end - start))
        var base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
        defer { base.deallocate() }
        var offset = start
        var held = 0
        while offset < end {
            if held == capacity, capacity < largestBlock {
                let larger = UnsafeMutableRawPointer.allocate(
                    byteCount: capacity * 2, alignment: 64)
                // Sound: the larger block has room for what the smaller one holds.
                larger.copyMemory(from: base, byteCount: held)
                base.deallocate()
                base = larger
                capacity *= 2
            } else if held == capacity {
                let part = UnsafeRawBufferPointer(start: base, count: held)
                let line = LogLine(
                    bytes: part, file: number, offset: offset - held, isEnded: false)
                if !body(line) { return false }
                held = 0
            }
            let room = UnsafeMutableRawBufferPointer(
                start: base + held, count: min(capacity - held, end - offset))
            let count = try file.read(into: room, at: offset)
            if count == 0 { break }
            let blockOffset = offset - held
            offset += count
            let filled = held + count
            var lineStart = 0
            // Sound: memchr looks at bytes `from` up to `filled`, which the block holds.
            var from = held
            while let ending = memchr(base + from, 0x0A, filled - from) {
                let lineEnd = UnsafeMutableRawPointer(ending) - base
                let line = LogLine(
                    bytes: UnsafeRawBufferPointer(
                        start: base + lineStart, count: lineEnd - lineStart),
                    file: number, offset: blockOffset + lineStart, isEnded: true)
                if !body(line) { return false }
                lineStart = lineEnd + 1
                from = lineStart
            }
            held = filled - lineStart
            // Sound: memmove allows overlapping ranges; both lie in the block.
            if held > 0, lineStart > 0 { memmove(base, base + lineStart, held) }
        }
        guard held > 0 else { return true }
        let tail = UnsafeRawBufferPointer(start: base, count: held)
        return body(LogLine(bytes: tail, file: number, offset: offset - held, isEnded: false))
    }
}
