// Problems of files that are not JSON: an importer knows line and column, and shows the author's own
// line in the form of every other message.

public import GateCore

extension PolicyProblem {
    /// A mistake at a place of a file.
    ///
    /// - Parameters:
    ///   - place: line and column; a place outside the file shows no line.
    ///   - bytes: the whole file.
    ///   - message: what is wrong, without a full stop.
    ///   - help: what to do about it.
    public init(at place: Place, in bytes: [UInt8], _ message: String, help: String?) {
        var source = SourceText(bytes)
        self = source.problem(
            at: PolicyProblem.offset(of: place, in: bytes), message, help: help)
    }

    private static func offset(of place: Place, in bytes: [UInt8]) -> Int {
        var line = 1
        var start = 0
        while line < place.line, start < bytes.count {
            if bytes[start] == 0x0A { line += 1 }
            start += 1
        }
        var end = start
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        let before = text.unicodeScalars.prefix(place.column - 1)
        return start + String(String.UnicodeScalarView(before)).utf8.count
    }
}
