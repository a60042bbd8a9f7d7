// Adopting a virtual environment, and giving it back. Each program changes in one step, from the
// original to our line or back, and originals are kept before the first line is written: whoever is
// killed in between leaves an environment that works, and the next run finishes it.
//
// All names are taken from open directories without following links, and only the caller's own
// directories are touched: the agent may have planted anything.

public import GateCore
public import Platform

/// Changes an environment's `bin`.
public struct Adoption: Sendable {
    /// The environment, as the caller named it.
    public let path: String
    /// Which names are tools of ours.
    let isManaged: @Sendable (Word) -> Bool
    let binary: String

    public init(
        _ path: String, in installation: Installation,
        isManaged: @escaping @Sendable (Word) -> Bool
    ) {
        self.init(path, binary: installation.binary, isManaged: isManaged)
    }

    init(_ path: String, binary: String, isManaged: @escaping @Sendable (Word) -> Bool) {
        self.path = path
        self.isManaged = isManaged
        self.binary = binary
    }

    /// One managed program in the environment's `bin`.
    public struct Program: Sendable, Equatable {
        public enum State: String, Sendable {
            /// Goes through this installation.
            case adopted
            /// The tool itself.
            case original
            /// Goes through another installation, or its original is gone.
            case stale
        }

        public let name: Word
        public let state: State
    }

    /// Why nothing was done, or not all of it.
    public enum Failure: Error, Sendable {
        /// No `pyvenv.cfg` that names a home, or no `bin`.
        case notAnEnvironment(String)
        /// It belongs to another user.
        case notOurs(String)
        /// The kernel could not start the binary from a script's first line.
        case unfit(String)
        /// Another process changes it.
        case busy(String)
        case system(SystemError)

        public var message: String {
            switch self {
            case .notAnEnvironment(let path): "\(path) is not a virtual environment"
            case .notOurs(let path): "\(path) belongs to another user"
            case .unfit(let binary):
                "\(binary) holds a space or is too long for a script's first line"
            case .busy(let path): "\(path) is being changed by another process"
            case .system(let error): error.description
            }
        }
    }

    /// Whether the directory is a virtual environment (PEP 405: `pyvenv.cfg` with a `home` key).
    public static func isEnvironment(_ path: String) -> Bool {
        guard FileStatus(path + "/bin")?.isDirectory == true,
            let file = try? WholeFile(path + "/pyvenv.cfg", limit: 1 << 16)
        else { return false }
        for line in file.bytes.split(separator: UInt8(ascii: "\n")) {
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let key = line[..<equals].filter { $0 > 0x20 }
            if key.elementsEqual("home".utf8) { return true }
        }
        return false
    }

    /// The managed programs and what they are; nothing is changed.
    public func programs() throws(Failure) -> [Program] {
        let folders = try folders()
        return programs(in: folders.bin)
    }

    /// Puts our line in the place of every managed program.
    ///
    /// - Returns: the names that changed; none where all was done already.
    public func adopt() throws(Failure) -> [Word] {
        let folders = try folders()
        guard let line = AdoptedProgram.line(binary) else { throw .unfit(binary) }
        do throws(SystemError) {
            try folders.home.makeDirectory(AdoptedProgram.folder)
            let kept = try folders.home.open(name: AdoptedProgram.folder, .directory)
            try lock(kept)
            let programs = programs(in: folders.bin).filter { $0.state != .adopted }
            for program in programs where program.state == .original {
                try keep(program.name.text, folders.bin, kept)
            }
            var changed: [Word] = []
            for program in programs {
                let name = program.name.text
                guard try kept.status(of: name) != nil else { continue }
                try write(line, name, folders.bin)
                changed.append(program.name)
            }
            return changed
        } catch {
            throw failure(error)
        }
    }

    /// Puts every original back.
    ///
    /// - Returns: the names that changed.
    public func release() throws(Failure) -> [Word] {
        let folders = try folders()
        do throws(SystemError) {
            guard try folders.home.status(of: AdoptedProgram.folder) != nil else { return [] }
            let kept = try folders.home.open(name: AdoptedProgram.folder, .directory)
            try lock(kept)
            var changed: [Word] = []
            for program in programs(in: folders.bin) where program.state != .original {
                let name = program.name.text
                guard try kept.status(of: name) != nil else { continue }
                try kept.move(name, to: folders.bin, as: name)
                changed.append(program.name)
            }
            // Originals of programs that were removed or replaced since: nothing leads to them.
            for name in FilePath.names(in: path + "/" + AdoptedProgram.folder) ?? [] {
                try kept.remove(name)
            }
            folders.home.removeDirectory(AdoptedProgram.folder)
            return changed
        } catch {
            throw failure(error)
        }
    }

    /// The environment and its `bin`.
    private struct Folders: ~Copyable {
        let home: Descriptor
        let bin: Descriptor
    }

    private func folders() throws(Failure) -> Folders {
        guard Adoption.isEnvironment(path) else { throw .notAnEnvironment(path) }
        do throws(SystemError) {
            guard let place = FilePath.resolved(path) else { throw SystemError.absent(path) }
            let home = try Descriptor.open(place, .directory)
            let bin = try home.open(name: "bin", .directory)
            try check(home)
            try check(bin)
            return Folders(home: home, bin: bin)
        } catch {
            throw failure(error)
        }
    }

    private func check(_ folder: borrowing Descriptor) throws(SystemError) {
        guard try folder.status().owner == effectiveUser else { throw SystemError.notOurs }
    }

    private func failure(_ error: SystemError) -> Failure {
        if error.isSame(as: .notOurs) { return .notOurs(path) }
        if error.isSame(as: .busy) { return .busy(path) }
        return .system(error)
    }

    private func lock(_ kept: borrowing Descriptor) throws(SystemError) {
        try check(kept)
        guard try kept.lock(.exclusive, deadline: Clock.monotonic + 10_000_000_000) else {
            throw SystemError.busy
        }
    }

    private func programs(in bin: borrowing Descriptor) -> [Program] {
        let line = AdoptedProgram.line(binary).map { Array($0.utf8) }
        var programs: [Program] = []
        for name in FilePath.names(in: path + "/bin") ?? [] where isManaged(Word(name)) {
            let kept = path + "/" + AdoptedProgram.folder + "/" + name
            var state = Program.State.original
            if let bytes = ownLine(name, bin) {
                state = bytes == line && FileStatus(kept) != nil ? .adopted : .stale
            } else if FileStatus(path + "/bin/" + name)?.isRegular != true {
                // A link that leads nowhere, or a directory: nothing that could run.
                continue
            }
            programs.append(Program(name: Word(name), state: state))
        }
        return programs
    }

    /// The line of ours that stands at this name; nil where something else does.
    private func ownLine(_ name: String, _ folder: borrowing Descriptor) -> [UInt8]? {
        guard let status = try? folder.status(of: name), status.isRegular, status.size < 256,
            let file = try? folder.open(name: name, .reading),
            let bytes = try? file.bytes(count: 256, at: 0), AdoptedProgram.isOurs(bytes)
        else { return nil }
        return bytes
    }

    /// Keeps an original in the folder beside `bin`, under its own name.
    private func keep(
        _ name: String, _ bin: borrowing Descriptor, _ kept: borrowing Descriptor
    ) throws(SystemError) {
        let temporary = ".new-" + name
        try kept.remove(temporary)
        if let target = bin.target(of: name) {
            // Both folders lie side by side, so a relative target stays right; but a bare name that
            // is not kept as well is still in `bin`.
            let isBare = !target.utf8.contains(UInt8(ascii: "/"))
            let isHere = isBare && !isManaged(Word(target))
            try kept.link(temporary, to: isHere ? "../bin/" + target : target)
        } else {
            try bin.duplicate(name, to: kept, as: temporary)
            if ownLine(temporary, kept) != nil {
                // Another process has just adopted it.
                return try kept.remove(temporary)
            }
        }
        try kept.move(temporary, to: kept, as: name)
    }

    private func write(
        _ line: String, _ name: String, _ bin: borrowing Descriptor
    ) throws(SystemError) {
        let temporary = ".shimgate-" + name
        try bin.remove(temporary)
        let file = try bin.create(temporary, mode: 0o755)
        try file.write(Array(line.utf8), at: 0)
        try file.sync()
        try bin.move(temporary, to: bin, as: name)
    }
}

extension SystemError {
    fileprivate func isSame(as other: SystemError) -> Bool {
        errno == other.errno && path == nil && "\(call)".utf8.elementsEqual("\(other.call)".utf8)
    }
}
