// Lists of patterns. A policy can have fifty thousand of them and every run loads it, so a list keeps
// the text that all its patterns stand in (the policy file) and for each pattern only two numbers:
// none of them is copied, allocated or counted on its own.

/// Patterns in the order of the file.
public struct GlobList: Sendable {
    /// Where a pattern stands in the text of its list.
    public struct Part: Sendable {
        fileprivate let start: UInt32
        fileprivate let end: UInt32

        /// The bytes from `start` up to and without `end`; texts are smaller than 4 GiB.
        public init(from start: Int, to end: Int) {
            self.start = UInt32(truncatingIfNeeded: start)
            self.end = UInt32(truncatingIfNeeded: end)
        }
    }

    private let text: [UInt8]
    private let parts: [Part]

    /// Patterns that stand in a text.
    public init(_ parts: [Part], of text: [UInt8]) {
        self.parts = parts
        self.text = parts.isEmpty ? [] : text
    }

    /// Patterns one by one.
    public init(_ globs: [Glob]) {
        var text: [UInt8] = []
        var parts: [Part] = []
        for glob in globs {
            let start = text.count
            text += glob.pattern
            parts.append(Part(from: start, to: text.count))
        }
        self.init(parts, of: text)
    }

    /// Whether any of the patterns covers the text.
    func anyMatches(_ wanted: [UInt8]) -> Bool {
        let text = text.span
        let wanted = wanted.span
        for part in parts where Glob.covers(text, Int(part.start), Int(part.end), wanted) {
            return true
        }
        return false
    }

    /// Calls `isMeant` with the first byte of each pattern (nil for an empty one), and `body` with the
    /// pattern where it says so, until `body` says yes.
    func contains(
        startingWith isMeant: (UInt8?) -> Bool, where body: (Glob) -> Bool
    ) -> Bool {
        let text = text.span
        for index in parts.indices {
            let start = Int(parts[index].start)
            let first = start < Int(parts[index].end) ? text[start] : nil
            if isMeant(first), body(self[index]) { return true }
        }
        return false
    }
}

extension GlobList: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { parts.count }

    public subscript(position: Int) -> Glob {
        let part = parts[position]
        return Glob(pattern: text[Int(part.start)..<Int(part.end)])
    }
}

extension GlobList: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Glob...) { self.init(elements) }
}

extension GlobList: Equatable {
    public static func == (left: GlobList, right: GlobList) -> Bool { left.elementsEqual(right) }
}
