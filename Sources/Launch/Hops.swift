// Loops end in an error, never in pass-through. `SHIMGATE_HOPS` travels through the environment
// and counts two things: how often one process met the same tool with the same arguments (a
// wrapper that execs the shim again keeps its pid), and how deep the nesting is (a wrapper that
// starts the shim as a child gets a new one). Removing the variable only makes the loop longer.

public import GateCore

/// The count of shims on the way here.
public struct Hops: Sendable, Equatable {
    var depth: Int
    var process: Int32
    var repeats: Int
    var fingerprint: UInt64

    /// The variable's name.
    public static let variable: Word = "SHIMGATE_HOPS"
    static let mostRepeats = 4
    static let mostDepth = 64

    /// Counts this call on top of what the variable says.
    ///
    /// - Returns: nil where the call is a loop.
    public static func count(
        _ value: String?, process: Int32, tool: Word, arguments: [Word]
    ) -> Hops? {
        let fingerprint = hash(tool, arguments)
        var hops = Hops(depth: 1, process: process, repeats: 1, fingerprint: fingerprint)
        guard let value else { return hops }
        let fields = value.utf8.split(separator: UInt8(ascii: ":"))
        // What is not ours is no reason to start counting anew at a lower number than one.
        guard fields.count == 4, let depth = number(fields[0]), let before = number(fields[1]),
            let repeats = number(fields[2]),
            let earlier = UInt64(String(Substring(fields[3])))
        else { return hops }
        guard (0..<mostDepth).contains(depth), repeats >= 0 else { return nil }
        hops.depth = depth + 1
        if before == Int(process), earlier == fingerprint {
            guard repeats < mostRepeats else { return nil }
            hops.repeats = repeats + 1
        }
        return hops
    }

    /// The variable's value for the next shim.
    public var value: Word { Word("\(depth):\(process):\(repeats):\(fingerprint)") }

    private static func number(_ field: Substring.UTF8View) -> Int? {
        Int(String(Substring(field)))
    }

    /// FNV-1a, 64 bit: no secret depends on it, it only tells lines apart.
    private static func hash(_ tool: Word, _ arguments: [Word]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ word: Word) {
            for byte in word.text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01b3
        }
        add(tool)
        for argument in arguments { add(argument) }
        return hash
    }
}
