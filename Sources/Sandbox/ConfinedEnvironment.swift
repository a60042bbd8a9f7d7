// The variables of a confined program: a list of what is kept, because nobody can list the names of
// all secrets. Home and temporary directory are the scratch ones.

internal import GateCore
internal import Glibc
internal import Platform

/// Composes the environment.
enum ConfinedEnvironment {
    /// Kept where they are set; `LC_*` as well.
    private static let kept: Word = """
        LANG LANGUAGE TERM COLORTERM NO_COLOR FORCE_COLOR CLICOLOR COLUMNS LINES TZ USER \
        LOGNAME SHELL CI CC CXX AR LD NM RANLIB CFLAGS CXXFLAGS CPPFLAGS LDFLAGS PKG_CONFIG_PATH \
        SOURCE_DATE_EPOCH JOBS INIT_CWD
        """

    /// The caller's variables that are kept, byte for byte, then ours. NULL-terminated.
    ///
    /// - Parameter hidden: directories that PATH leaves out.
    static func compose(
        keeping more: [Word], scratch: Scratch, hidden: [String]
    ) -> [UnsafeMutablePointer<CChar>?] {
        var variables: [UnsafeMutablePointer<CChar>?] = []
        let ours: [(name: Word, value: String)] = [
            ("HOME", scratch.home), ("TMPDIR", scratch.temporary), ("TMP", scratch.temporary),
            ("TEMP", scratch.temporary),
            ("PATH", path(ProcessInput.variable("PATH") ?? "/usr/bin:/bin", without: hidden)),
        ]
        if let raw = ProcessInput.rawEnvironment {
            var index = 0
            while let entry = raw[index] {
                index += 1
                guard let equals = strchr(entry, Int32(UInt8(ascii: "="))) else { continue }
                // The bytes between the two pointers belong to one NUL-terminated string.
                let name = Word(
                    String(
                        decoding: UnsafeRawBufferPointer(
                            start: entry, count: entry.distance(to: equals)), as: UTF8.self))
                if ours.contains(where: { $0.name == name }) { continue }
                guard kept.lists(name) || name.hasPrefix("LC_") || more.contains(name) else {
                    continue
                }
                variables.append(entry)
            }
        }
        for variable in ours { variables.append(strdup(variable.name.text + "=" + variable.value)) }
        variables.append(nil)
        return variables
    }

    /// The directories of a PATH that are not hidden. Shells take the first file that is there and
    /// do not go on where it cannot be executed.
    private static func path(_ path: String, without hidden: [String]) -> String {
        var kept: [String] = []
        for part in path.utf8.split(separator: UInt8(ascii: ":")) {
            let directory = String(Substring(part))
            let real = FilePath.resolved(directory) ?? directory
            if hidden.contains(where: { isBelow(real, orIs: $0) }) { continue }
            kept.append(directory)
        }
        return kept.joined(separator: ":")
    }

    /// The value of PATH in a composed environment.
    static func path(in variables: [UnsafeMutablePointer<CChar>?]) -> String {
        for case let variable? in variables where strncmp(variable, "PATH=", 5) == 0 {
            return String(cString: variable + 5)
        }
        return "/usr/bin:/bin"
    }
}
