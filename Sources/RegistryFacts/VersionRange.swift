// Whether a version could be what a request asks for. Tools differ in their ranges and so do
// versions, so this knows only what shuts a version out for certain: an upper or lower bound, or a
// series that it does not belong to. Everything else may be meant.
//
// Sources: node-semver README "Ranges", PEP 440 "Version specifiers", Gem::Requirement, the Cargo
// book "Specifying Dependencies", NuGet "Version ranges".

internal import GateCore
public import Lockfiles

/// Whether a request may be met by a version; yes where it cannot be told.
///
/// - Parameters:
///   - range: as written; empty where any version will do.
public func mayMeet(_ range: String, _ version: String, in ecosystem: PackageEcosystem) -> Bool {
    let word = Word(range)
    if word.isEmpty || word == "*" || word == "latest" { return true }
    let numbers = VersionNumbers(version)
    let alternatives = ecosystem == .npm ? word.parts(at: "||") : [word.text]
    for alternative in alternatives {
        if mayMeetAll(alternative, numbers, ecosystem) { return true }
    }
    return false
}

/// Whether a request can be met by this one version only, whatever other versions there are.
public func exactVersion(_ range: String, in ecosystem: PackageEcosystem) -> String? {
    var word = Word(range)
    if ecosystem == .nuget, word.hasPrefix("["), word.hasSuffix("]") {
        word = word.dropFirst(1).prefix(word.count - 2)
    }
    let signs = word.text.utf8.prefix { $0 == UInt8(ascii: "=") }.count
    word = word.dropFirst(signs).trimmed
    if ecosystem == .npm, signs == 0, word.first | 0x20 == UInt8(ascii: "v") {
        word = word.dropFirst(1)
    }
    let isPlain = word.text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "+"), UInt8(ascii: "_"), UInt8(ascii: "!"):
            true
        default: false
        }
    }
    guard isPlain, word.first >= 0x30, word.first <= 0x39 else { return nil }
    let dots = word.text.utf8.count { $0 == UInt8(ascii: ".") }
    let hasLetterPart = word.text.utf8.split(separator: UInt8(ascii: ".")).contains {
        $0.elementsEqual("x".utf8) || $0.elementsEqual("X".utf8)
    }
    if hasLetterPart { return nil }
    switch ecosystem {
    case .npm: return dots >= 2 ? word.text : nil
    // A bare `1.2.3` is a caret range to cargo, and not a request to pip.
    case .cargo: return signs == 1 && dots >= 2 ? word.text : nil
    case .pypi: return signs >= 2 ? word.text : nil
    case .gem, .nuget: return word.text
    }
}

private func mayMeetAll(
    _ text: String, _ version: VersionNumbers, _ ecosystem: PackageEcosystem
) -> Bool {
    if ecosystem == .npm, Word(text).parts(at: " - ").count == 2 { return true }
    if ecosystem == .nuget, text.utf8.contains(where: { "[]()".utf8.contains($0) }) { return true }
    for comparator in comparators(in: text) {
        if !comparator.mayMeet(version, ecosystem) { return false }
    }
    return true
}

/// An operator and what follows it.
private struct Comparator {
    let sign: Word
    let operand: Word

    func mayMeet(_ version: VersionNumbers, _ ecosystem: PackageEcosystem) -> Bool {
        let bound = VersionNumbers(operand.text)
        guard !bound.numbers.isEmpty, !version.numbers.isEmpty else { return true }
        // Of equal numbers only the suffixes would tell.
        let order = version.compared(to: bound)
        switch sign {
        case "<": return order < 0 || order == 0 && version.isSuffixed
        case "<=": return order <= 0
        case ">", ">=": return order >= 0
        case "==", "=", "===":
            return bound.isSeries ? version.isIn(bound, bound.numbers.count) : order == 0
        case "^": return order >= 0 && version.isIn(bound, bound.leadingCount)
        case "~":
            let count = bound.numbers.count == 1 ? 1 : 2
            return order >= 0 && version.isIn(bound, count)
        case "~>", "~=":
            let count = max(1, bound.numbers.count - 1)
            if ecosystem == .npm { return order >= 0 && version.isIn(bound, min(2, count)) }
            return order >= 0 && version.isIn(bound, count)
        case "":
            switch ecosystem {
            // The least version.
            case .nuget: return order >= 0
            case .cargo: return order >= 0 && version.isIn(bound, bound.leadingCount)
            case .npm:
                let isWhole = bound.numbers.count >= 3 && !bound.isSeries
                return isWhole ? order == 0 : version.isIn(bound, bound.numbers.count)
            case .gem: return order == 0
            case .pypi: return true
            }
        default: return true
        }
    }
}

private func comparators(in text: String) -> [Comparator] {
    var found: [Comparator] = []
    let bytes = Array(text.utf8)
    var place = 0
    func isSign(_ byte: UInt8) -> Bool { "<>=!~^".utf8.contains(byte) }
    func isGap(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x2C }
    while place < bytes.count {
        if isGap(bytes[place]) {
            place += 1
            continue
        }
        let start = place
        while place < bytes.count, isSign(bytes[place]) { place += 1 }
        let sign = Word(String(decoding: bytes[start..<place], as: UTF8.self))
        while place < bytes.count, bytes[place] == 0x20 { place += 1 }
        let begin = place
        while place < bytes.count, !isGap(bytes[place]), !isSign(bytes[place]) { place += 1 }
        let operand = Word(String(decoding: bytes[begin..<place], as: UTF8.self))
        found.append(Comparator(sign: sign, operand: operand))
    }
    return found
}

/// The numbers at the start of a version.
private struct VersionNumbers {
    /// Until the first part that is no number.
    private(set) var numbers: [Int] = []
    /// Whether a wildcard follows the numbers (`1.x`, `1.*`).
    private(set) var isSeries = false
    /// Whether anything else follows them.
    private(set) var isSuffixed = false

    init(_ text: String) {
        var text = Word(text)
        if text.first | 0x20 == UInt8(ascii: "v") { text = text.dropFirst(1) }
        // An epoch of PEP 440 makes all else incomparable.
        if text.contains(UInt8(ascii: "!")) { return }
        for part in text.text.utf8.split(separator: UInt8(ascii: ".")) {
            if part.elementsEqual("x".utf8) || part.elementsEqual("X".utf8)
                || part.elementsEqual("*".utf8)
            {
                isSeries = true
                return
            }
            let digits = part.prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty, let number = Int(String(Substring(digits))) else {
                isSuffixed = true
                return
            }
            numbers.append(number)
            if digits.count < part.count {
                isSuffixed = true
                return
            }
        }
    }

    /// Below 0, 0 or above 0; numbers that are not there count as 0.
    func compared(to other: VersionNumbers) -> Int {
        for index in 0..<max(numbers.count, other.numbers.count) {
            let mine = index < numbers.count ? numbers[index] : 0
            let its = index < other.numbers.count ? other.numbers[index] : 0
            if mine != its { return mine < its ? -1 : 1 }
        }
        return 0
    }

    /// Whether the first numbers are the same.
    func isIn(_ series: VersionNumbers, _ count: Int) -> Bool {
        for index in 0..<min(count, series.numbers.count) {
            let mine = index < numbers.count ? numbers[index] : 0
            if mine != series.numbers[index] { return false }
        }
        return true
    }

    /// How many numbers a caret keeps: up to the first that is not 0.
    var leadingCount: Int {
        for (index, number) in numbers.enumerated() where number != 0 { return index + 1 }
        return numbers.count
    }
}

extension Word {
    /// Without white space around it.
    var trimmed: Word {
        let bytes = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        var end = bytes.endIndex
        while end > bytes.startIndex {
            let before = bytes.index(before: end)
            guard bytes[before] == 0x20 || bytes[before] == 0x09 else { break }
            end = before
        }
        return Word(Substring(bytes[..<end]))
    }

    /// The parts between occurrences of a text.
    func parts(at separator: Word) -> [String] {
        let (bytes, wanted) = (Array(text.utf8), Array(separator.text.utf8))
        var parts: [String] = []
        var start = 0
        var place = 0
        while place + wanted.count <= bytes.count {
            guard bytes[place..<(place + wanted.count)].elementsEqual(wanted) else {
                place += 1
                continue
            }
            parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
            place += wanted.count
            start = place
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }
}
