// Where a path that a line names lies, seen from the working directory. Lexical only: links and
// mounts are the edge's business, which answers the questions that are asked of it here.

internal import GateCore

/// Paths as text.
enum PathText {
    /// The absolute, straightened form of a path. `~` is the home directory where one is given.
    static func absolute(_ path: String, cwd: String, home: String?) -> String {
        if path.utf8.first == slash { return straightened(path) }
        if let home, path == "~" || path.utf8.starts(with: "~/".utf8) {
            return absolute(home + String(path.dropFirst(1)), cwd: cwd, home: nil)
        }
        return straightened("/" + cwd + "/" + path)
    }

    /// The same from the line's own directories. Nil where the home directory of `~` is not known;
    /// without a working directory the result lies below a directory that cannot be.
    static func absolute(_ path: Word, line: Line) -> String? {
        guard path.first == tilde else {
            return absolute(path.text, cwd: line.cwd ?? unknownDirectory, home: nil)
        }
        guard path == "~" || path.hasPrefix("~/"), let home = line.home else { return nil }
        return absolute(home + path.dropFirst(1).text, cwd: "/", home: nil)
    }

    /// The absolute form; the caller's text where it depends on an unknown working directory.
    static func absolute(_ path: Word, from cwd: String?) -> String {
        guard path.first == slash || cwd != nil else { return path.text }
        return absolute(path.text, cwd: cwd ?? "/", home: nil)
    }

    /// Where files go that are written to this directory: the workspace's own tree, a place that
    /// holds tools (in one of these folders of it), or anything else.
    static func destination(
        of path: String, holdsPrograms folders: [String] = [""], line: Line, _ facts: inout Facts
    ) -> Destination {
        guard let full = absolute(Word(path), line: line) else { return .outside }
        if line.cwd != nil {
            for folder in folders {
                if case .directory(holdsTools: true) = facts.ask(.entry(full + folder)) {
                    return .tools
                }
            }
        }
        return isInside(path, line) ? .project : .outside
    }

    /// The gravest destination of several directories that hold programs themselves or in `bin`. Nil
    /// where none is named.
    static func destination(
        of directories: [Word], line: Line, facts: inout Facts
    ) -> Destination? {
        var worst: Destination?
        for directory in directories {
            let here = destination(
                of: directory.text, holdsPrograms: ["", "/bin"], line: line, &facts)
            if (worst?.rawValue ?? 0) <= here.rawValue { worst = here }
        }
        return worst
    }

    /// Whether a path lies in the working directory. Nothing but `/` itself lies in `/`: who works
    /// there has the whole machine for a project.
    static func isInside(_ path: String, _ line: Line) -> Bool {
        guard let full = absolute(Word(path), line: line) else { return false }
        let root = straightened(line.cwd ?? unknownDirectory)
        return full.utf8.elementsEqual(root.utf8) || full.utf8.starts(with: (root + "/").utf8)
    }

    /// Stands for the working directory where none is known; no real path equals it.
    private static let unknownDirectory = "/\u{1}"
    private static let slash = UInt8(ascii: "/")
    private static let tilde = UInt8(ascii: "~")
}
