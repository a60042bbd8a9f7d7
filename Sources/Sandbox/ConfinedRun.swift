// The life of one confined run:
//
//   places resolved -> scratch directory -> a child confines itself and becomes the program
//        -> signals are passed on -> its end -> what it left running is killed -> scratch removed
//
// We stay outside as the parent. A child that the kernel refuses a step tells which and ends before
// anything has run, and the next enforcement is tried in a new child; so nothing needs to be known
// about the machine beforehand.

internal import CLinux
internal import CSandbox
public import GateCore
internal import Glibc
internal import Platform

/// How a confined run ended.
public enum ConfinedEnd: Sendable {
    /// The program's exit code.
    case exit(Int32)
    /// The signal that ended it.
    case signal(Int32)
    /// The program could not be started; an errno value.
    case notStarted(Int32)
    /// It cannot be confined as wanted; one reason for each enforcement that was tried.
    case refused([String])
}

extension Confinement {
    /// Runs a command under this confinement and waits for its end.
    ///
    /// - Parameter command: at least one word; a program without a slash is looked for on PATH.
    public func run(_ command: [Word]) -> ConfinedEnd {
        let places: ResolvedPlaces
        do { places = try resolved(home: ProcessInput.variable("HOME")) } catch {
            return .refused([error.message])
        }
        guard let cwd = ProcessInput.workingDirectory else {
            return .refused(["the working directory is gone"])
        }
        var before = sigset_t()
        var waited = sigset_t()
        // Sound: these fill and read sets on our own stack.
        sigemptyset(&waited)
        for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD] {
            sigaddset(&waited, number)
        }
        pthread_sigmask(SIG_BLOCK, &waited, &before)
        // Where a caller ignores it the kernel would reap our child before we ask.
        signal(SIGCHLD, SIG_DFL)

        let scratch: Scratch
        do { scratch = try Scratch(in: scratchParent) } catch {
            return .refused(["no scratch directory: \(error)"])
        }
        defer { scratch.remove() }
        let start = ConfinedStart(
            command: command, places: places, scratch: scratch, cwd: cwd, mask: before,
            environment: ConfinedEnvironment.compose(
                keeping: keptVariables, scratch: scratch, hidden: places.hidden))
        var reasons: [String] = []
        for enforcement in enforcements {
            switch start.begin(by: enforcement) {
            case .failed(let reason): reasons.append("\(enforcement.name): \(reason)")
            case .notStarted(let code): return .notStarted(code)
            case .running(let child, let ends):
                if let report {
                    StandardStreams.write(enforcement.name + "\n", to: report)
                    close(report)
                }
                let status = wait(for: child, passingOn: &waited)
                killDescendants()
                return ConfinedEnd(status: ends?.status ?? status)
            }
        }
        return .refused(reasons)
    }

    /// The child's wait status; every signal sent to us meanwhile is sent to it.
    private func wait(for child: pid_t, passingOn waited: inout sigset_t) -> Int32 {
        while true {
            var status: Int32 = 0
            // Sound: these fill an integer and a structure of our own.
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status }
            if ended < 0, errno != EINTR { return 0x7F00 }
            var information = siginfo_t()
            let number = sigwaitinfo(&waited, &information)
            guard number > 0, number != SIGCHLD else { continue }
            // A positive code comes from the kernel, for the terminal: the child has it too.
            if information.si_code <= 0 { kill(child, number) }
        }
    }

    /// Ends what the program left behind. In a PID namespace the kernel has done it already; elsewhere
    /// descendants without a parent have become our children (prctl(2), PR_SET_CHILD_SUBREAPER).
    private func killDescendants() {
        let list = "/proc/self/task/\(getpid())/children"
        for _ in 0..<10_000 {
            guard let text = contents(list), !text.isEmpty else { return }
            for part in text.split(separator: UInt8(ascii: " ")) {
                guard let child = pid_t(String(decoding: part, as: UTF8.self)) else { continue }
                kill(child, SIGKILL)
                waitpid(child, nil, 0)
            }
        }
    }

    private func contents(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        let descriptor = Descriptor(owning: file)
        return try? descriptor.bytes(count: 4096, at: 0)
    }
}

extension ConfinedEnd {
    /// wait(2): the low seven bits are the signal, the next byte the exit code.
    fileprivate init(status: Int32) {
        let number = status & 0x7F
        self = number == 0 ? .exit((status >> 8) & 0xFF) : .signal(number)
    }
}

/// Everything that a child needs to confine itself and become the program.
private struct ConfinedStart {
    let command: [Word]
    let places: ResolvedPlaces
    let scratch: Scratch
    let cwd: String
    let mask: sigset_t
    let environment: [UnsafeMutablePointer<CChar>?]

    enum Beginning {
        /// A step was refused; nothing ran.
        case failed(String)
        /// The program could not be executed.
        case notStarted(Int32)
        /// It runs; the pipe, where there is one, tells its wait status once it has ended.
        case running(pid_t, ends: EndPipe?)
    }

    /// Starts the program under one enforcement.
    func begin(by enforcement: Confinement.Enforcement) -> Beginning {
        var started: [Int32] = [-1, -1]
        var ended: [Int32] = [-1, -1]
        // Sound: each call fills two integers.
        guard csandbox_pipe(&started) == 0, csandbox_pipe(&ended) == 0 else {
            return .failed(systemMessage(errno))
        }
        let (uid, gid, parent) = (geteuid(), getegid(), getpid())
        if enforcement != .namespaces, csandbox_adopt_descendants() != 0 {
            return .failed(systemMessage(errno))
        }
        let child = enforcement == .namespaces ? csandbox_fork_apart() : clinux_fork()
        if child == 0 {
            close(started[0])
            close(ended[0])
            let words = ChildWords(pipe: started[1])
            do throws(FailedStep) {
                try guardStandardStreams()
                switch enforcement {
                case .namespaces:
                    try confineByNamespaces(
                        places, scratch: scratch, uid: uid, gid: gid, cwd: cwd)
                    becomeInit(words, ended: ended[1])
                case .landlock: try confineByLandlock(places, scratch: scratch, cwd: cwd)
                case .none: try step("end with parent", csandbox_end_with_parent())
                }
                // The parent may have ended before we asked to end with it. PID 1 has none to see,
                // and ends when the pipe breaks.
                if enforcement != .namespaces, getppid() != parent { csandbox_end(70) }
            } catch {
                words.say("S\(error.errno) \(error.step)")
                csandbox_end(70)
            }
            become(words)
        }
        let failure = errno
        close(started[1])
        close(ended[1])
        let ends = EndPipe(reading: ended[0])
        guard child > 0 else {
            close(started[0])
            return .failed("new process: \(systemMessage(failure))")
        }
        let said = ChildWords.read(started[0])
        if said.isEmpty { return .running(child, ends: enforcement == .namespaces ? ends : nil) }
        waitpid(child, nil, 0)
        let parts = said.dropFirst().split(separator: UInt8(ascii: " "), maxSplits: 1)
        let code = parts.first.flatMap { Int32(String(decoding: $0, as: UTF8.self)) } ?? EIO
        if said.first == UInt8(ascii: "X") { return .notStarted(code) }
        let step = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
        return .failed("\(step): \(systemMessage(code))")
    }

    /// Stays as PID 1 with the program as a child, and tells its wait status by the pipe: PID 1 itself
    /// cannot end of a signal that it sends to itself.
    private func becomeInit(_ words: ChildWords, ended: Int32) {
        let child = clinux_fork()
        if child == 0 { return }
        if child < 0 {
            words.say("S\(errno) new process")
            csandbox_end(70)
        }
        words.close()
        var status = csandbox_wait_as_init(child)
        // Sound: four bytes of our own; the reader is the same program.
        _ = write(ended, &status, 4)
        csandbox_end(0)
    }

    /// Becomes the program. Does not return.
    private func become(_ words: ChildWords) -> Never {
        var mask = mask
        var arguments: [UnsafeMutablePointer<CChar>?] = []
        for word in command { arguments.append(strdup(word.text)) }
        arguments.append(nil)
        csandbox_no_core()
        if csandbox_close_on_exec() != 0 {
            words.say("S\(errno) closing of descriptors")
            csandbox_end(70)
        }
        // Sound: a set of our own; both lists are NULL-terminated and live until execve copies them.
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        let name = command.first?.text ?? ""
        var code = ENOENT
        for path in programs(named: name) {
            execve(path, arguments, environment)
            if errno != ENOENT, errno != ENOTDIR { code = errno }
        }
        words.say("X\(code)")
        csandbox_end(127)
    }

    /// Where a program may be, in the order of PATH.
    private func programs(named name: String) -> [String] {
        if name.utf8.contains(UInt8(ascii: "/")) { return [name] }
        return ConfinedEnvironment.path(in: environment).utf8
            .split(separator: UInt8(ascii: ":")).map { String(Substring($0)) + "/" + name }
    }

    /// stdin is empty. A terminal can be written and not read, or the program could listen to what
    /// is typed; a directory would be a way past the new root.
    private func guardStandardStreams() throws(FailedStep) {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        try step("/dev/null", nothing)
        try step("empty standard input", dup2(nothing, 0))
        for number: Int32 in 1...2 {
            var replacement = nothing
            if isatty(number) == 1 {
                replacement = open("/proc/self/fd/\(number)", O_WRONLY | O_NOCTTY | O_CLOEXEC)
                // A terminal of somebody else's cannot be opened anew.
                if replacement < 0 { replacement = nothing }
            } else if FileStatus(descriptor: number)?.isDirectory == false {
                continue
            }
            try step("standard stream \(number)", dup2(replacement, number))
        }
    }
}

/// What a child says before it becomes the program; the pipe closes by itself when it does.
private struct ChildWords {
    let pipe: Int32

    func say(_ text: String) { StandardStreams.write(text, to: pipe) }

    func close() { _ = Glibc.close(pipe) }

    static func read(_ pipe: Int32) -> [UInt8] {
        var said: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            // Sound: at most as many bytes as the buffer has.
            let count = Glibc.read(pipe, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            said += buffer[..<count]
        }
        _ = Glibc.close(pipe)
        return said
    }
}

/// Where PID 1 of the namespace writes how the program ended.
private struct EndPipe {
    let reading: Int32

    /// The wait status, nil where PID 1 was killed before it could write one.
    var status: Int32? {
        var status: Int32 = 0
        // Sound: four bytes of our own.
        let count = read(reading, &status, 4)
        close(reading)
        return count == 4 ? status : nil
    }
}
