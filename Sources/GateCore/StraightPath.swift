// Paths as text, for rules that name paths and for directories that options name. Links are not
// followed here: the edge asks with resolved paths where that matters.

/// The path with `.` and empty parts left out and `..` taken back, as text (POSIX.1-2017, 4.13, but
/// for links, which are not followed). Bytes are compared, so a slash with a combining mark behind
/// it still separates. A relative path stays relative; `.` where nothing is left of one.
public func straightened(_ path: String) -> String {
    let slash = UInt8(ascii: "/")
    let dot = UInt8(ascii: ".")
    let bytes = [UInt8](path.utf8)
    let isAbsolute = bytes.first == slash
    var result: [UInt8] = []
    /// Where the parts of the result start that `..` can take back.
    var starts: [Int] = []
    var place = 0
    while place < bytes.count {
        let start = place
        while place < bytes.count, bytes[place] != slash { place += 1 }
        let part = bytes[start..<place]
        place += 1
        if part.isEmpty || part.count == 1 && part.first == dot { continue }
        let isUp = part.count == 2 && part.first == dot && part.last == dot
        if isUp, let last = starts.popLast() {
            result.removeSubrange(last...)
            continue
        }
        if isUp, isAbsolute { continue }
        if !isUp { starts.append(result.count) }
        if isAbsolute || !result.isEmpty { result.append(slash) }
        result.append(contentsOf: part)
    }
    if result.isEmpty { return isAbsolute ? "/" : "." }
    return String(decoding: result, as: UTF8.self)
}
