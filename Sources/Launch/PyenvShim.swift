// pyenv's shims: bash scripts that start the program of the version that was chosen for a directory.
// What they would start is found here by their rules, so that no bash runs, the version is known, and
// pip, which may start no other program while it installs, is started itself. A choice that is
// not plain (`system`, a part of a version, a path) is left to the shim, and hooks do not run.
//
// Source: pyenv 2.6, libexec/pyenv-version-file, pyenv-version-file-read, pyenv-version-name and
// pyenv-which.

internal import GateCore
internal import Platform

/// What a shim of pyenv stands for.
enum PyenvShim {
    /// The program that is started; nil where the path is no such shim or its choice is not plain.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - environment: the caller's; `PYENV_VERSION` and `PYENV_DIR` choose.
    static func program(at path: String, in environment: Environment, cwd: String?) -> String? {
        let shims = FilePath.parent(path)
        guard FilePath.name(shims).utf8.elementsEqual("shims".utf8) else { return nil }
        let root = FilePath.parent(shims)
        let start = Array("exec \"\(root)/libexec/pyenv\" exec ".utf8)
        let lines = text(at: path)?.utf8.split(separator: UInt8(ascii: "\n")) ?? []
        guard lines.contains(where: { $0.starts(with: start) }) else { return nil }
        for version in versions(under: root, in: environment, cwd: cwd) {
            let isName = !version.contains(UInt8(ascii: "/")) && version.first != UInt8(ascii: ".")
            let folder = "\(root)/versions/\(version)"
            guard isName, FileStatus(folder)?.isDirectory == true else { return nil }
            let program = "\(folder)/bin/\(FilePath.name(path))"
            if FileStatus(program)?.isRegular == true, FilePath.isExecutable(program) {
                return program
            }
        }
        return nil
    }

    private static func versions(
        under root: String, in environment: Environment, cwd: String?
    ) -> [Word] {
        if let named = environment["PYENV_VERSION"], !named.isEmpty {
            return named.text.utf8.split(separator: UInt8(ascii: ":")).map { Word(Substring($0)) }
        }
        for start in [environment["PYENV_DIR"]?.text, cwd] {
            guard var folder = start, folder.utf8.first == UInt8(ascii: "/") else { continue }
            while true {
                let file = folder == "/" ? "/.python-version" : "\(folder)/.python-version"
                if FileStatus(file)?.isRegular == true { return listed(in: file) }
                if folder == "/" { break }
                folder = FilePath.parent(folder)
            }
        }
        return listed(in: "\(root)/version")
    }

    /// The first word of each line but comments.
    private static func listed(in file: String) -> [Word] {
        var found: [Word] = []
        for line in (text(at: file) ?? "").utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split { $0 <= 0x20 }
            guard let first = words.first, first.first != UInt8(ascii: "#") else { continue }
            found.append(Word(Substring(first)))
        }
        return found
    }

    private static func text(at path: String) -> String? {
        guard let file = try? WholeFile(path, limit: 4096) else { return nil }
        return String(validating: file.bytes, as: UTF8.self)
    }
}
