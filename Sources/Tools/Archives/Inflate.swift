// DEFLATE (RFC 1951), for the one small file of a wheel that says which programs it brings. Slow and
// strict: a stream that is cut short, has more than one way to be read, or unpacks to another size
// than its archive says, is no stream.

/// Unpacks DEFLATE streams.
enum Inflate {
    /// The unpacked bytes; nil where the stream is not whole or not of this size.
    static func unpack(_ bytes: [UInt8], size: Int) -> [UInt8]? {
        var stream = InflateStream(bytes: bytes, size: size)
        var isLast = false
        while !isLast {
            guard let last = stream.bits(1), let kind = stream.bits(2) else { return nil }
            isLast = last == 1
            let isWhole =
                switch kind {
                case 0: stream.copyStored()
                case 1: stream.copyCoded(lengths: fixedLengths, distances: fixedDistances)
                case 2: stream.copyOwnCoded()
                default: false
                }
            guard isWhole else { return nil }
        }
        return stream.output.count == size ? stream.output : nil
    }

    private static let fixedLengths = HuffmanCode(
        Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
            + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8))
    private static let fixedDistances = HuffmanCode(Array(repeating: 5, count: 30))
}

/// A canonical Huffman code: how many words there are of each length, and their symbols in order.
private struct HuffmanCode: Sendable {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []
    /// Whether no word stands for two symbols.
    var isSound = true

    init(_ lengths: [Int]) {
        for length in lengths { counts[length] += 1 }
        counts[0] = 0
        var left = 1
        for length in 1..<16 {
            left = left * 2 - counts[length]
            if left < 0 { isSound = false }
        }
        for length in 1..<16 where counts[length] > 0 {
            for (symbol, its) in lengths.enumerated() where its == length {
                symbols.append(symbol)
            }
        }
    }
}

/// A stream that is being read.
private struct InflateStream {
    let bytes: [UInt8]
    let size: Int
    var place = 0
    var held = 0
    var heldCount = 0
    var output: [UInt8] = []

    init(bytes: [UInt8], size: Int) {
        self.bytes = bytes
        self.size = size
        output.reserveCapacity(size)
    }

    /// The next bits, the first of them lowest.
    mutating func bits(_ count: Int) -> Int? {
        while heldCount < count {
            guard place < bytes.count else { return nil }
            held |= Int(bytes[place]) << heldCount
            place += 1
            heldCount += 8
        }
        defer {
            held >>= count
            heldCount -= count
        }
        return held & ((1 << count) - 1)
    }

    /// The next symbol of a code.
    private mutating func symbol(of code: HuffmanCode) -> Int? {
        var word = 0
        var first = 0
        var index = 0
        for length in 1..<16 {
            guard let bit = bits(1) else { return nil }
            word |= bit
            let count = code.counts[length]
            if word - count < first {
                let found = index + word - first
                return found < code.symbols.count ? code.symbols[found] : nil
            }
            index += count
            first = (first + count) << 1
            word <<= 1
        }
        return nil
    }

    /// §3.2.4
    mutating func copyStored() -> Bool {
        held = 0
        heldCount = 0
        guard place + 4 <= bytes.count else { return false }
        let length = Int(bytes[place]) | Int(bytes[place + 1]) << 8
        let check = Int(bytes[place + 2]) | Int(bytes[place + 3]) << 8
        place += 4
        guard length ^ check == 0xFFFF, place + length <= bytes.count,
            output.count + length <= size
        else { return false }
        output += bytes[place..<place + length]
        place += length
        return true
    }

    /// §3.2.7
    mutating func copyOwnCoded() -> Bool {
        guard let literals = bits(5), let distances = bits(5), let codes = bits(4),
            literals + 257 <= 286, distances + 1 <= 30
        else { return false }
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var codeLengths = [Int](repeating: 0, count: 19)
        for index in 0..<codes + 4 {
            guard let length = bits(3) else { return false }
            codeLengths[order[index]] = length
        }
        let code = HuffmanCode(codeLengths)
        guard code.isSound else { return false }
        let wanted = literals + 257 + distances + 1
        var lengths: [Int] = []
        while lengths.count < wanted {
            guard let symbol = symbol(of: code) else { return false }
            if symbol < 16 {
                lengths.append(symbol)
                continue
            }
            var repeated = 0
            var extra: (bits: Int, least: Int) = (2, 3)
            if symbol == 16 {
                guard let last = lengths.last else { return false }
                repeated = last
            } else {
                extra = symbol == 17 ? (3, 3) : (7, 11)
            }
            guard let more = bits(extra.bits), lengths.count + extra.least + more <= wanted else {
                return false
            }
            lengths += Array(repeating: repeated, count: extra.least + more)
        }
        let first = HuffmanCode(Array(lengths[..<(literals + 257)]))
        let second = HuffmanCode(Array(lengths[(literals + 257)...]))
        guard first.isSound, second.isSound else { return false }
        return copyCoded(lengths: first, distances: second)
    }

    /// §3.2.5
    mutating func copyCoded(lengths: HuffmanCode, distances: HuffmanCode) -> Bool {
        while true {
            guard let symbol = symbol(of: lengths) else { return false }
            if symbol == 256 { return true }
            if symbol < 256 {
                guard output.count < size else { return false }
                output.append(UInt8(symbol))
                continue
            }
            guard let length = length(symbol - 257), let code = self.symbol(of: distances),
                let distance = distance(code), distance <= output.count,
                output.count + length <= size
            else { return false }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func length(_ code: Int) -> Int? {
        if code < 8 { return code + 3 }
        if code == 28 { return 258 }
        guard code < 28 else { return nil }
        let extra = code / 4 - 1
        return bits(extra).map { ((4 + code % 4) << extra) + 3 + $0 }
    }

    private mutating func distance(_ code: Int) -> Int? {
        if code < 4 { return code + 1 }
        guard code < 30 else { return nil }
        let extra = code / 2 - 1
        return bits(extra).map { ((2 + code % 2) << extra) + 1 + $0 }
    }
}
