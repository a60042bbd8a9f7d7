// Copies of this process that each answer blocks of bytes, so that pure work uses every core. They
// are processes and not threads, because threads would share the reference counts of every table
// and wait for one another's caches. One that dies takes its answer with it and nothing else.

internal import CLinux
internal import Glibc

/// A block's answer.
public struct Answered: Sendable {
    /// What to pass on.
    public var bytes: [UInt8]
    /// Whether nothing was wrong with the block.
    public var isClean: Bool

    /// An answer.
    public init(bytes: [UInt8], isClean: Bool) {
        self.bytes = bytes
        self.isClean = isClean
    }
}

/// Child processes that take blocks in turn and give their answers in the same order.
public struct Workers: ~Copyable {
    /// The sockets to the workers, one each.
    private var sockets: [Int32] = []
    private var processes: [pid_t] = []
    /// Workers that owe an answer, in the order of their blocks.
    private var owing: [Int] = []
    private var next = 0

    /// The cores that this process may use, at least one.
    public static var cores: Int { max(1, Int(clinux_cores())) }

    /// Starts `count` workers, or fewer where the system has no room.
    ///
    /// - Parameter answer: what a worker does with a block. It must not write anywhere itself.
    public init(count: Int, answer: ([UInt8]) -> Answered) {
        for _ in 0..<count {
            var pair: [Int32] = [-1, -1]
            // Sound: the array has the two places that the call fills.
            guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0, &pair) == 0
            else { return }
            // Sound: there is one thread, so the child is a whole copy of this process.
            let process = clinux_fork()
            if process == 0 {
                // The parent's ends, or no worker would ever see the end of its input.
                for socket in sockets + [pair[0]] { close(socket) }
                Self.work(pair[1], answer)
                // Nothing of the parent's that an exit handler could write a second time.
                clinux_end()
            }
            close(pair[1])
            guard process > 0 else {
                close(pair[0])
                return
            }
            sockets.append(pair[0])
            processes.append(process)
        }
    }

    deinit {
        for socket in sockets { close(socket) }
        for process in processes {
            // Sound: the status is not wanted; the child ends when its socket is closed.
            _ = uninterrupted { waitpid(process, nil, 0) }
        }
    }

    /// Whether there is any worker.
    public var isEmpty: Bool { sockets.isEmpty }

    /// Whether an answer is owed.
    public var areBusy: Bool { !owing.isEmpty }

    /// Whether the next block would go to a worker that owes one already; take its answer first.
    public var areFull: Bool { owing.count == sockets.count }

    /// Gives a block to the next worker; false where that one is gone.
    public mutating func give(_ block: [UInt8]) -> Bool {
        guard Self.send([UInt8](clean: true, count: block.count) + block, to: sockets[next]) else {
            return false
        }
        owing.append(next)
        next = (next + 1) % sockets.count
        return true
    }

    /// The answer to the block that was given first; nil where its worker died.
    public mutating func take() -> Answered? {
        guard let first = owing.first else { return nil }
        owing.removeFirst()
        return Self.receive(from: sockets[first])
    }

    /// Waits until `descriptor` can be read or the answer to the first block is there; true for
    /// the answer.
    public func answersBefore(_ descriptor: Int32) -> Bool {
        guard let first = owing.first else { return false }
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: sockets[first], events: Int16(POLLIN), revents: 0),
        ]
        // Sound: the call gets as many entries as the array has.
        _ = uninterrupted { poll(&waiting, nfds_t(waiting.count), -1) }
        return waiting[1].revents != 0
    }

    private static func work(_ socket: Int32, _ answer: ([UInt8]) -> Answered) {
        while let block = receive(from: socket) {
            let found = answer(block.bytes)
            let header = [UInt8](clean: found.isClean, count: found.bytes.count)
            guard send(header + found.bytes, to: socket) else { return }
        }
    }

    private static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var place = 0
        while place < bytes.count {
            // Sound: the pointer lives for the call and stays within the array.
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[place...])
                return uninterrupted {
                    Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                }
            }
            if count <= 0 { return false }
            place += count
        }
        return true
    }

    private static func receive(from socket: Int32) -> Answered? {
        guard let header = receive(9, from: socket) else { return nil }
        var count = 0
        for byte in header.dropFirst() { count = count << 8 | Int(byte) }
        guard let bytes = receive(count, from: socket) else { return nil }
        return Answered(bytes: bytes, isClean: header[0] == 1)
    }

    private static func receive(_ length: Int, from socket: Int32) -> [UInt8]? {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            while filled < length {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<length])
                // Sound: `rest` lies within what the array has just reserved.
                let step = uninterrupted { recv(socket, rest.baseAddress, rest.count, 0) }
                if step <= 0 {
                    failed = true
                    return
                }
                filled += step
            }
        }
        return failed ? nil : bytes
    }
}

extension [UInt8] {
    /// The header of a message: whether all is well, and the length in eight bytes.
    fileprivate init(clean: Bool, count: Int) {
        self = [clean ? 1 : 0]
        for shift in stride(from: 56, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: count >> shift))
        }
    }
}
