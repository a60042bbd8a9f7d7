// Names that are nearly those of popular packages: what a slip of the hand asks for, and what somebody
// registers who waits for it. Likeness proves nothing, so this warns; a rule of the policy may deny.
//
// Measure: optimal string alignment (Damerau 1964: insertion, deletion, substitution, neighbours
// exchanged) of names without case and separators, which registries and people confuse.

internal import GateCore
public import Lockfiles

/// The popular package whose name this one nearly has; nil where it is popular itself, or like none.
public func nearName(_ name: String, in ecosystem: PackageEcosystem) -> String? {
    let names = popularNames(ecosystem)
    let own = registryName(name, in: ecosystem)
    let folded = folded(own.utf8)
    if folded.isEmpty || folded.count > longestName { return nil }
    let allowed = folded.count < 4 ? 0 : folded.count < 10 ? 1 : 2
    var found: (name: String, distance: Int)?
    var place = 0
    for part in names.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
        place += 1
        if part.elementsEqual(own.utf8) { return nil }
        let least = found?.distance ?? allowed + 1
        // Only what is used most is worth an imitation by another letter.
        let limit = min(least - 1, place <= mostImitated ? allowed : 0)
        guard limit >= 0, abs(part.count - own.utf8.count) <= limit + 8 else { continue }
        let other = RegistryFacts.folded(part)
        guard abs(other.count - folded.count) <= limit else { continue }
        let distance = distance(folded, other, limit)
        if distance <= limit { found = (String(Substring(part)), distance) }
    }
    return found?.name
}

private let longestName = 64
private let mostImitated = 1_000

/// Lower case, without separators and the signs of a scope.
private func folded(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "@"),
            UInt8(ascii: "/"):
            continue
        case 0x41...0x5A: result.append(byte | 0x20)
        default: result.append(byte)
        }
    }
    return result
}

/// The distance of two names, or more than `limit` where it is greater.
func distance(_ left: [UInt8], _ right: [UInt8], _ limit: Int) -> Int {
    if abs(left.count - right.count) > limit { return limit + 1 }
    if limit == 0 { return left == right ? 0 : 1 }
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
        var next = [row + 1]
        next.reserveCapacity(right.count + 1)
        var least = row + 1
        for column in 0..<right.count {
            let isSame = left[row] == right[column]
            var cost = min(
                last[column + 1] + 1, next[column] + 1, last[column] + (isSame ? 0 : 1))
            if row > 0, column > 0, left[row] == right[column - 1],
                left[row - 1] == right[column]
            {
                cost = min(cost, before[column - 1] + 1)
            }
            next.append(cost)
            least = min(least, cost)
        }
        if least > limit { return limit + 1 }
        before = last
        last = next
    }
    return last[right.count]
}
