// Virtual environments whose programs go through us. Adopting one puts a file of one line,
// `#!BINARY adopted`, in the place of each managed program in `bin`, and keeps the original under its
// name in `.shimgate-bin` beside `bin`. It is a file and no link, because python takes the file that its
// executable leads to for the base of further environments (CPython Modules/getpath.py).
//
// The directory belongs to the agent. What it holds names which program runs, as its `bin` did
// before, and nothing more: the line is read and judged like any other, and recorded as not listed.

public import GateCore
internal import Platform

/// A program of an adopted environment.
public struct AdoptedProgram: Sendable, Equatable {
    /// The directory beside `bin` that holds the originals.
    public static let folder = ".shimgate-bin"
    /// What execve gets: the original, or its interpreter where that is one of ours too.
    public let program: String
    /// argv[0], absolute. python finds its environment by it, and what an environment's pip installs
    /// gets it as interpreter.
    public let calledAs: String
    /// Words before the caller's: the original where an interpreter is started.
    public let words: [Word]
    /// The original itself.
    public let original: String

    /// The program behind a path at which an adopted name was called.
    ///
    /// - Parameter cwd: the directory that a relative path counts from.
    /// - Returns: nil where there is no original that can run.
    public init?(calledAt path: String, cwd: String?) {
        guard let full = AdoptedProgram.absolute(path, cwd) else { return nil }
        if let program = AdoptedProgram(at: full) {
            self = program
            return
        }
        // A link that leads into the environment from somewhere else.
        guard let resolved = FilePath.resolved(full), let program = AdoptedProgram(at: resolved)
        else { return nil }
        self = program
    }

    private init?(at path: String) {
        let bin = FilePath.parent(path)
        let home = FilePath.parent(bin)
        let name = FilePath.name(path)
        guard FilePath.name(bin).utf8.elementsEqual("bin".utf8),
            let original = AdoptedProgram.original(of: name, in: home)
        else { return nil }
        self.original = original
        // A script of the environment's own python is started by that one's original: through the
        // interpreter that the script names, the line would be judged a second time.
        guard let start = Interpreter(of: original),
            FilePath.parent(start.path).utf8.elementsEqual(bin.utf8),
            let interpreter = AdoptedProgram.original(of: FilePath.name(start.path), in: home)
        else {
            program = original
            calledAs = path
            words = []
            return
        }
        program = interpreter
        calledAs = start.path
        words = start.words + [Word(original)]
    }

    private static func original(of name: String, in home: String) -> String? {
        let path = (home == "/" ? "" : home) + "/" + folder + "/" + name
        guard let status = FileStatus(path), status.isRegular, FilePath.isExecutable(path),
            !AdoptedProgram.isOurs(path)
        else { return nil }
        return path
    }

    private static func absolute(_ path: String, _ cwd: String?) -> String? {
        if path.utf8.first == UInt8(ascii: "/") { return straightened(path) }
        return cwd.map { straightened($0 + "/" + path) }
    }

    /// Whether this file is one that adopting wrote, by whatever shimgate.
    public static func isOurs(_ path: String) -> Bool {
        guard let status = FileStatus(path), status.isRegular, status.size < longestLine,
            let file = try? WholeFile(path, limit: longestLine)
        else { return false }
        return isOurs(file.bytes)
    }

    /// As `isOurs(_:)`, for a file's bytes.
    static func isOurs(_ bytes: [UInt8]) -> Bool {
        let end = Array("/shimgate adopted\n".utf8)
        return bytes.starts(with: "#!/".utf8) && bytes.suffix(end.count).elementsEqual(end)
            && bytes.firstIndex(of: UInt8(ascii: "\n")) == bytes.count - 1
    }

    /// What adopting writes; nil where the kernel could not read it back.
    static func line(_ binary: String) -> String? {
        let line = "#!\(binary) \(ProcessInput.adoptedWord)\n"
        for byte in binary.utf8 where byte <= 0x20 || byte == 0x7F { return nil }
        return line.utf8.count < longestLine ? line : nil
    }

    /// `BINPRM_BUF_SIZE` of the kernel's include/uapi/linux/binfmts.h.
    private static let longestLine = 256
}

/// What the first lines of a script say of its interpreter.
struct Interpreter {
    let path: String
    var words: [Word] = []

    /// Reads `#!PATH [WORD]`, and `#!/bin/sh` with `'''exec' "PATH" "$0" "$@"` below it, which
    /// installers write where the path is long or holds a space (distlib, `scripts.py`).
    init?(of script: String) {
        guard let descriptor = try? Descriptor.open(script, .readingAnything),
            let bytes = try? descriptor.bytes(count: 1_024, at: 0), bytes.starts(with: "#!".utf8)
        else { return nil }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let parts = lines[0].dropFirst(2).split(
            maxSplits: 1, whereSeparator: { $0 == 0x20 || $0 == 0x09 })
        guard let first = parts.first.flatMap(Interpreter.text) else { return nil }
        let detour = "'''exec' "
        guard first.utf8.elementsEqual("/bin/sh".utf8), lines.count > 1,
            lines[1].starts(with: detour.utf8)
        else {
            path = first
            if parts.count > 1, let word = Interpreter.text(parts[1]) { words = [Word(word)] }
            return
        }
        let quote = UInt8(ascii: "\"")
        let rest = lines[1].dropFirst(detour.utf8.count)
        let isQuoted = rest.first == quote
        let end: UInt8 = isQuoted ? quote : 0x20
        guard let inner = Interpreter.text(rest.dropFirst(isQuoted ? 1 : 0).prefix { $0 != end })
        else { return nil }
        path = inner
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        String(validating: bytes, as: UTF8.self)
    }
}
