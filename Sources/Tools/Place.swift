// Where a directory that a line names lies, seen from the working directory: by its text, and by the
// place that symbolic links lead to, for which the edge is asked.

import GateCore

/// Judges directories that options such as `--install-dir` name.
enum Place {
    /// The gravest destination of several directories: one that holds tools, one outside the
    /// working directory, or the project. Nil where no directory is named.
    static func destination(
        of directories: [Word], line: Line, facts: inout Facts
    ) -> Destination? {
        var worst: Destination?
        for directory in directories {
            let path = absolute(directory, line: line)
            var here: Destination =
                path.map { isInside($0, line.cwd) } == true ? .project : .outside
            if here == .project, PathText.leads(directory.text, outside: line, &facts) {
                here = .outside
            }
            if line.cwd != nil, let path, holdsTools(path, facts: &facts) { here = .tools }
            if (worst?.rawValue ?? 0) <= here.rawValue { worst = here }
        }
        return worst
    }

    /// The absolute form, with `.` and `..` resolved lexically and `~` as the home directory. Nil
    /// where it depends on an unknown directory and leaves it.
    static func absolute(_ directory: Word, line: Line) -> String? {
        let base: String
        var rest = directory
        if directory.hasPrefix("/") {
            base = ""
        } else if directory == "~" || directory.hasPrefix("~/") {
            guard let home = line.home else { return nil }
            base = home
            rest = directory.dropFirst(1)
        } else if directory.hasPrefix("~") {
            return nil
        } else {
            base = line.cwd ?? unknownDirectory
        }
        var parts: [Substring.UTF8View] = []
        for part in (base + "/" + rest.text).utf8.split(separator: UInt8(ascii: "/")) {
            let word = Word(Substring(part))
            if word == "." { continue }
            if word == ".." {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return parts.reduce(into: "") { $0 += "/" + String(Substring($1)) }
    }

    /// Stands for the working directory where none is known; no real path equals it.
    private static let unknownDirectory = "/\u{1}"

    private static func isInside(_ path: String, _ cwd: String?) -> Bool {
        let root = Word(cwd ?? unknownDirectory)
        let path = Word(path)
        return path == root || path.hasPrefix(Word(root.text + "/"))
    }

    private static func holdsTools(_ path: String, facts: inout Facts) -> Bool {
        for candidate in [path, path + "/bin"] {
            if case .directory(holdsTools: true) = facts.ask(.entry(candidate)) { return true }
        }
        return false
    }
}
