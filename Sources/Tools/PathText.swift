// Where a path that a line names lies, seen from the working directory: as text, and for where files
// go by the place that symbolic links lead to, for which the edge is asked.

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
        return isInside(path, line) && !leads(path, outside: line, &facts) ? .project : .outside
    }

    /// Whether a path that looks as if it lay in the working directory leaves it by symbolic links.
    /// A tool that frees the path of `..` first and one that leaves this to the kernel arrive at
    /// different places, so both are looked at.
    static func leads(_ path: String, outside line: Line, _ facts: inout Facts) -> Bool {
        guard let cwd = line.cwd, let clean = absolute(Word(path), line: line) else { return false }
        if clean.utf8.elementsEqual(cwd.utf8) { return false }
        var spellings = [clean]
        if path.utf8.first != slash, path.utf8.first != tilde, path.contains("..") {
            spellings.append(cwd + "/" + path)
        }
        guard case .place(let root) = facts.ask(.place(cwd)) else { return false }
        for spelling in spellings {
            guard case .place(let place) = facts.ask(.place(spelling)) else { continue }
            let isUnder = place.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8)
            if !isUnder, !place.utf8.elementsEqual(root.utf8) { return true }
        }
        return false
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
