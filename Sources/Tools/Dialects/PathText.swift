// Paths of option values: made absolute and freed of `.` and `..` as text; where files go is also
// asked of the disk, because a symbolic link in the project can lead out of it.

internal import GateCore

/// Paths as text.
enum PathText {
    /// The absolute, normalised form of a path. `~` is the home directory where one is given.
    static func absolute(_ path: String, cwd: String, home: String?) -> String {
        var full = path
        if let home, path == "~" || path.utf8.starts(with: "~/".utf8) {
            full = home + String(path.dropFirst(1))
        }
        if full.utf8.first != 0x2F { full = cwd + "/" + full }
        var parts: [Substring.UTF8View] = []
        for part in full.utf8.split(separator: 0x2F) {
            if part.elementsEqual(".".utf8) { continue }
            if part.elementsEqual("..".utf8) {
                if !parts.isEmpty { parts.removeLast() }
                continue
            }
            parts.append(part)
        }
        var result = ""
        for part in parts { result += "/" + String(Substring(part)) }
        return result.isEmpty ? "/" : result
    }

    /// Where files go that are written to this directory: the workspace's own tree, a place that holds
    /// tools, or anything else. Without a working directory only a plain relative path is the project.
    static func destination(
        of path: String, holdsPrograms folders: [String] = [""], line: Line, _ facts: inout Facts
    ) -> Destination {
        let isInside = isInside(path, line)
        if let cwd = line.cwd {
            let full = absolute(path, cwd: cwd, home: line.home)
            for folder in folders {
                if case .directory(holdsTools: true) = facts.ask(.entry(full + folder)) {
                    return .tools
                }
            }
        }
        return isInside && !leads(path, outside: line, &facts) ? .project : .outside
    }

    /// Whether a path that looks as if it lay in the working directory leaves it by symbolic links.
    /// A tool that frees the path of `..` first and one that leaves this to the kernel arrive at
    /// different places, so both are looked at.
    static func leads(_ path: String, outside line: Line, _ facts: inout Facts) -> Bool {
        guard let cwd = line.cwd else { return false }
        let clean = absolute(path, cwd: cwd, home: line.home)
        if clean.utf8.elementsEqual(cwd.utf8) { return false }
        var spellings = [clean]
        if path.utf8.first != 0x2F, path.utf8.first != 0x7E, path.contains("..") {
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

    /// Whether a path lies in the working directory.
    static func isInside(_ path: String, _ line: Line) -> Bool {
        guard let cwd = line.cwd else {
            let first = path.utf8.first
            return first != 0x2F && first != 0x7E && !path.contains("..")
        }
        let full = absolute(path, cwd: cwd, home: line.home)
        let base = absolute(cwd, cwd: "/", home: nil)
        return full.utf8.elementsEqual(base.utf8) || full.utf8.starts(with: (base + "/").utf8)
    }
}
