// What a wheel's archive says of the programs that it brings, and the unpacking that takes.

import GateCore
import Testing

@testable import Tools

@Suite("Programs of wheels")
struct WheelProgramsTests {
    /// Made by Python's zipfile: sixty entry points and those that count, files for `bin` in three
    /// spellings, and files that are no programs.
    private let wheel = bytes(
        """
        504b0304140000000000000021508316dc8c010000000100000004000000612e707978504b0304140000\
        00080000002150571225c2a8010000910700001e000000612d312e646973742d696e666f2f656e747279\
        5f706f696e74732e7478747d54c96e534110bcfb2bde0f00bd4d2f9172e2807243184e9615398e1522c5\
        0b762211be9e4191c07ea2deb9a67baaabaa7bb1deef4efba7cded697d7c3c3c9f96b3c371ff705c6ddf\
        79536e355c0fdbfdfdcbd3e6fdddd576f5b8fb0b47440a4138552fe0f5255c99a218f6d42083b092b1e1\
        af59bdf13f7835ee4d5605e132731708336750837f5b713683d55a254de15c4c5e12101667334c2ddc83\
        f0dc265111903917d5849feca12db02cd61a25f6d3c20cabc62a792ecbb8793a1e4bb8fc3c49e3dad062\
        dc5a49b5252426947d2e9ce2ce2cb05fde9ca5616ad58388c320e4176e8fa829ab120e834676c3b0e261\
        c4d84ee95912c7cdad476962015bf4246359d87cc212172b29581d26d4b02c7d81041f2d8dbe43b8b891\
        51613f55b98b0e89f7ea565895d0cc89bbd32a1c13af349f885255d309cd341ab1e330649d2fe7a838c5\
        89144b9a5a31e107f524e1f5ec772139f1493361c5b0b79ee289dd17cb8915a93f7f63bfd49999263415\
        facfad9ebfdc7dd81db6d73faf5e67b3c5fef9fbe6b89cbdae8ebbfef2d7db93c5f0e9dbcdedfce3979b\
        cf5fe7c372363c6cb61dfdf186fe06504b0304140000000000000021508316dc8c010000000100000014\
        000000612d312e646174612f736372697074732f70697078504b0304140000000000000021508316dc8c\
        010000000100000023000000612d312e646174612f2e2f736372697074732f2e2e2f736372697074732f\
        7477696e6578504b0304140000000000000021508316dc8c010000000100000014000000612d312e6461\
        74612f646174612f62696e2f757678504b0304140000000000000021508316dc8c010000000100000018\
        000000612d312e646174612f646174612f73686172652f7961726e78504b030414000000000000002150\
        8316dc8c010000000100000017000000612d312e646174612f707572656c69622f62756e646c6578504b\
        01021403140000000000000021508316dc8c010000000100000004000000000000000000000080010000\
        0000612e7079504b0102140314000000080000002150571225c2a8010000910700001e00000000000000\
        00000000800123000000612d312e646973742d696e666f2f656e7472795f706f696e74732e747874504b\
        01021403140000000000000021508316dc8c010000000100000014000000000000000000000080010702\
        0000612d312e646174612f736372697074732f706970504b01021403140000000000000021508316dc8c\
        010000000100000023000000000000000000000080013a020000612d312e646174612f2e2f7363726970\
        74732f2e2e2f736372697074732f7477696e65504b01021403140000000000000021508316dc8c010000\
        000100000014000000000000000000000080017c020000612d312e646174612f646174612f62696e2f75\
        76504b01021403140000000000000021508316dc8c010000000100000018000000000000000000000080\
        01af020000612d312e646174612f646174612f73686172652f7961726e504b0102140314000000000000\
        0021508316dc8c01000000010000001700000000000000000000008001e6020000612d312e646174612f\
        707572656c69622f62756e646c65504b05060000000007000700de0100001c0300000000
        """)

    private func names(_ wheel: [UInt8]) throws(WheelFault) -> [String] {
        try WheelPrograms.names(size: wheel.count) { count, offset in
            offset + count <= wheel.count ? Array(wheel[offset..<offset + count]) : nil
        }
    }

    @Test("Programs are found by entry points and by files, and nothing else is")
    func found() throws {
        let names = try names(wheel)
        #expect(names.count == 65)
        for name in ["npm", "gem", "pip", "twine", "uv"] { #expect(names.contains(name)) }
        #expect(!names.contains("yarn"))
        #expect(!names.contains("bundle"))
    }

    @Test("An archive that is cut, lengthened or changed is refused, or says what it said")
    func damaged() throws {
        #expect(throws: WheelFault.self) { try self.names(self.wheel + [0]) }
        #expect(throws: WheelFault.self) { try self.names([0] + self.wheel) }
        for length in 0..<wheel.count {
            #expect(throws: WheelFault.self) { try self.names(Array(self.wheel[..<length])) }
        }
        // The end of the archive and the directory's own marks.
        for offset in [1, 4, 10, 12, 16, 20] {
            var changed = wheel
            changed[wheel.count - 22 + offset] ^= 1
            #expect(throws: WheelFault.self) { try self.names(changed) }
        }
    }

    @Test("Streams of all three kinds are unpacked")
    func unpacked() {
        #expect(
            Inflate.unpack(bytes("4b4acc034285a4c4bc14280d8400"), size: 21)
                == Array("banana bandana banana".utf8))
        #expect(Inflate.unpack(bytes("010600f9ff73746f726564"), size: 6) == Array("stored".utf8))
        #expect(Inflate.unpack(bytes("4b4acc034285a4c4bc14280d8400"), size: 20) == nil)
        #expect(Inflate.unpack(bytes("4b4acc034285a4c4bc14280d8400"), size: 22) == nil)
        #expect(Inflate.unpack([], size: 0) == nil)
        #expect(Inflate.unpack([7], size: 0) == nil)
    }
}

private func bytes(_ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).map { index in
        UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) ?? 0
    }
}
