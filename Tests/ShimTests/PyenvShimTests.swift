// Which program a shim of pyenv stands for, by the files and variables that pyenv asks.

import GateCore
import Testing

@testable import Launch

@Suite final class PyenvShimTests {
    private let folder: Folder
    private let root: String

    init() throws {
        folder = try Folder()
        root = folder.path + "/.pyenv"
        try folder.write(
            ".pyenv/shims/pip",
            "#!/usr/bin/env bash\nset -e\nexec \"\(root)/libexec/pyenv\" exec \"$program\" \"$@\"\n"
        )
        for version in ["3.11.7", "3.12.1"] {
            try folder.write(".pyenv/versions/\(version)/bin/pip", "#!/bin/sh\n", mode: 0o755)
        }
        try folder.write(".pyenv/versions/3.9.0/bin/python", "#!/bin/sh\n", mode: 0o755)
        try folder.write(".pyenv/version", "3.11.7\n")
        try folder.write("p/deep/x", "")
    }

    deinit { folder.remove() }

    private func program(_ variables: [Environment.Entry] = [], in cwd: String = "p/deep")
        -> String?
    {
        PyenvShim.program(
            at: root + "/shims/pip", in: Environment(variables), cwd: "\(folder.path)/\(cwd)")
    }

    private func place(_ version: String) -> String { "\(root)/versions/\(version)/bin/pip" }

    @Test("the version is that of the variable, of the nearest file, or the general one")
    func choices() throws {
        #expect(program() == place("3.11.7"))
        try folder.write("p/.python-version", "# ours\n\n 3.12.1 and more\r\n")
        #expect(program() == place("3.12.1"))
        #expect(program(in: "p") == place("3.12.1"))
        #expect(program([.init(name: "PYENV_VERSION", value: "3.11.7")]) == place("3.11.7"))
        let elsewhere = Environment.Entry(name: "PYENV_DIR", value: Word(root))
        #expect(program([elsewhere]) == place("3.12.1"))
    }

    @Test("of several versions the first counts that has the program")
    func several() {
        #expect(
            program([.init(name: "PYENV_VERSION", value: "3.9.0:3.12.1")]) == place("3.12.1"))
    }

    @Test(
        "what is not plain is left to the shim",
        arguments: ["system", "3.11", "3.9.0", "../../elsewhere", ".", "/", "3.11.7/../3.12.1"])
    func notPlain(_ version: Word) {
        #expect(program([.init(name: "PYENV_VERSION", value: version)]) == nil)
    }

    @Test("another script in a directory of that name is no shim of pyenv")
    func otherScripts() throws {
        try folder.write(".pyenv/shims/pip", "#!/bin/sh\nexec pip\n")
        #expect(program() == nil)
    }
}
