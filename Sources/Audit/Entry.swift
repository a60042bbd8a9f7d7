// One line of the log: a fixed head, the record's own fields, a fixed tail. Because head and tail
// stand at fixed places, anyone can check the chain without reading JSON.
//
//     {"v":1,"seq":7,"type":"decision","time":"2026-02-13T15:40:33.123456Z", ... ,"prev":"…","hash":"…"}
//
// `hash` is SHA-256 over the line's own bytes before `,"hash":`.

internal import GateCore
internal import Platform

/// What a record is about.
enum RecordType: Sendable, CaseIterable {
    case chainOpen
    case decision
    case outcome
    case outcomePackages
    case approvalRequested
    case approvalGranted
    case approvalDenied
    case approvalExpired
    case approvalConsumed
    case policyChanged
    case checkpoint
    case chainSeal
    case chainPrune
    case chainGap
    case chainReopen
    case auditError

    var literal: StaticString {
        switch self {
        case .chainOpen: "chain.open"
        case .decision: "decision"
        case .outcome: "outcome"
        case .outcomePackages: "outcome.packages"
        case .approvalRequested: "approval.requested"
        case .approvalGranted: "approval.granted"
        case .approvalDenied: "approval.denied"
        case .approvalExpired: "approval.expired"
        case .approvalConsumed: "approval.consumed"
        case .policyChanged: "policy.changed"
        case .checkpoint: "checkpoint"
        case .chainSeal: "chain.seal"
        case .chainPrune: "chain.prune"
        case .chainGap: "chain.gap"
        case .chainReopen: "chain.reopen"
        case .auditError: "audit.error"
        }
    }
}

/// A record before it has a place in a chain.
struct Entry {
    let type: RecordType
    /// `,"name":value` as often as needed.
    let fields: [UInt8]
    /// The policy that a decision was made under; another one than before is a record of its own.
    var basis: PolicyBasis?

    /// The longest line without its LF.
    static let longestLine = 7_900
    /// `,"prev":"` 64 `","hash":"` 64 `"}`
    static let tailLength = 149
    /// The longest head: all of it but the type, with the greatest number.
    static let longestHead = 90
    /// What the fields may take.
    static let longestFields = longestLine - tailLength - longestHead
    /// Numbers of records stay exact in a double, which is what many JSON readers keep them in.
    static let greatestNumber: UInt64 = 1 << 53

    /// Appends the line and its LF to `buffer` and says what its hash is.
    func write(
        number: UInt64, time: Clock.Nanoseconds, previous: Digest, to buffer: inout LineText
    ) -> Digest {
        let start = buffer.bytes.count
        buffer.raw("{\"v\":1,\"seq\":")
        buffer.number(number)
        buffer.raw(",\"type\":\"")
        buffer.raw(type.literal)
        buffer.raw("\",\"time\":\"")
        buffer.time(time)
        buffer.raw("\"")
        buffer.bytes.append(contentsOf: fields)
        buffer.raw(",\"prev\":\"")
        previous.appendHexadecimal(to: &buffer.bytes)
        buffer.raw("\"")
        let hash = buffer.bytes.withUnsafeBytes { bytes in
            Hashing.digest(of: UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
        buffer.raw(",\"hash\":\"")
        hash.appendHexadecimal(to: &buffer.bytes)
        buffer.raw("\"}\n")
        return hash
    }
}

extension LineText {
    /// Appends RFC 3339 in UTC with microseconds: `2026-02-13T15:40:33.123456Z`.
    /// A clock that was never set and reads less than 1970 is written as 1970.
    mutating func time(_ reading: Clock.Nanoseconds) {
        let reading = max(0, reading)
        let seconds = reading / 1_000_000_000
        let days = seconds / 86_400
        let second = seconds % 86_400
        let date = CivilDate(ofDay: days)
        padded(date.year, 4)
        raw("-")
        padded(date.month, 2)
        raw("-")
        padded(date.day, 2)
        raw("T")
        padded(second / 3_600, 2)
        raw(":")
        padded(second / 60 % 60, 2)
        raw(":")
        padded(second % 60, 2)
        raw(".")
        padded(reading % 1_000_000_000 / 1_000, 6)
        raw("Z")
    }

    private mutating func padded(_ value: Int, _ width: Int) {
        var unit = 1
        for _ in 1..<width { unit *= 10 }
        while unit > 0 {
            bytes.append(0x30 + UInt8(truncatingIfNeeded: value / unit % 10))
            unit /= 10
        }
    }
}
