// Finding the real tool: install.json's table first, then PATH, skipping ourselves by device and
// inode, because a shim directory can be reached by many names.

public import GateCore
internal import Platform

/// The program a shim stands in front of.
public struct RealTool: Sendable {
    /// Absolute, symbolic links unresolved: rustup and pyenv act on the name, and python finds its
    /// virtual environment by it.
    public let path: String
    /// Whether `install.json` names it; others are recorded `unlisted` and never get credentials.
    public let isListed: Bool
    /// How it is started where it belongs to an adopted environment.
    public let adopted: AdoptedProgram?

    /// The python that runs it, by its script's first line; nil where that names no python.
    public var interpretingPython: String? {
        guard let interpreter = Interpreter(of: path)?.path else { return nil }
        let name = FilePath.name(interpreter)
        let isPython = name.utf8.starts(with: "python".utf8) || name.utf8.starts(with: "pypy".utf8)
        return isPython ? interpreter : nil
    }

    /// Why there is no real tool.
    public enum Missing: Error, Sendable {
        /// Nothing of that name but shims of ours.
        case notFound
        /// `install.json` names a path that is gone or not executable.
        case listedGone(String)
        /// The original of a program in an adopted environment is gone.
        case originalGone(String)
    }

    /// Finds the real tool behind a called name.
    ///
    /// A program of an adopted environment has its own original. So has one of the environment that
    /// the caller has activated, if that is adopted and on PATH behind the shims. A shim of pyenv
    /// stands for the program that it would start.
    ///
    /// - Parameters:
    ///   - environment: the caller's; `PATH`, `VIRTUAL_ENV` and pyenv's variables count.
    ///   - adoptedPath: where a program of an adopted environment was called.
    public static func find(
        _ name: Word, in installation: Installation, environment: Environment, cwd: String?,
        calledAt adoptedPath: String? = nil
    ) throws(Missing) -> RealTool {
        let path = environment["PATH"]?.text
        func tool(at path: String, isListed: Bool) -> RealTool {
            let behind = PyenvShim.program(at: path, in: environment, cwd: cwd)
            if let behind, AdoptedProgram.isOurs(behind) {
                if let program = AdoptedProgram(calledAt: behind, cwd: cwd) {
                    return RealTool(program)
                }
                return RealTool(path: path, isListed: isListed)
            }
            return RealTool(path: behind ?? path, isListed: isListed)
        }
        if let adoptedPath {
            guard let program = AdoptedProgram(calledAt: adoptedPath, cwd: cwd) else {
                throw .originalGone(adoptedPath)
            }
            return RealTool(program)
        }
        if let active = environment["VIRTUAL_ENV"]?.text,
            let program = activeProgram(name, active, on: path)
        {
            return RealTool(program)
        }
        if let listed = installation.manifest.path(of: name) {
            guard isProgram(listed, but: installation.identity) else { throw .listedGone(listed) }
            return tool(at: listed, isListed: true)
        }
        for candidate in candidates(name, path ?? defaultPath, cwd: cwd)
        where isProgram(candidate, but: installation.identity) {
            guard AdoptedProgram.isOurs(candidate) else {
                return tool(at: candidate, isListed: false)
            }
            if let program = AdoptedProgram(calledAt: candidate, cwd: cwd) {
                return RealTool(program)
            }
        }
        throw .notFound
    }

    private init(path: String, isListed: Bool) {
        self.path = path
        self.isListed = isListed
        adopted = nil
    }

    private init(_ program: AdoptedProgram) {
        path = program.original
        isListed = false
        adopted = program
    }

    private static func activeProgram(
        _ name: Word, _ active: String, on path: String?
    ) -> AdoptedProgram? {
        guard let path, active.utf8.first == UInt8(ascii: "/") else { return nil }
        let bin = active + "/bin"
        for entry in path.utf8.split(separator: UInt8(ascii: ":"))
        where entry.elementsEqual(bin.utf8) {
            let program = bin + "/" + name.text
            guard AdoptedProgram.isOurs(program) else { return nil }
            return AdoptedProgram(calledAt: program, cwd: nil)
        }
        return nil
    }

    /// The places a name is looked for, in order (POSIX.1-2017, 8.3 PATH: an empty or relative
    /// prefix is taken from the working directory).
    public static func candidates(_ name: Word, _ path: String, cwd: String?) -> [String] {
        var found: [String] = []
        for prefix in path.utf8.split(
            separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        {
            let directory = String(Substring(prefix))
            if directory.utf8.first == UInt8(ascii: "/") {
                found.append(directory + "/" + name.text)
            } else if let cwd {
                found.append(
                    cwd + "/" + (directory.isEmpty ? name.text : directory + "/" + name.text))
            }
        }
        return found
    }

    private static func isProgram(_ path: String, but ourselves: FileStatus) -> Bool {
        guard let status = FileStatus(path), status.isRegular else { return false }
        return !status.isSameFile(as: ourselves) && FilePath.isExecutable(path)
    }

    /// What execvp(3) searches where PATH is not set.
    private static let defaultPath = "/bin:/usr/bin"
}
