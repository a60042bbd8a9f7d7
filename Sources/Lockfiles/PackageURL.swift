// Package URLs: one name for a package at a version across ecosystems, which vulnerability databases
// and bills of materials understand. Rules: github.com/package-url/purl-spec, PURL-SPECIFICATION and
// PURL-TYPES.

internal import GateCore

extension LockedPackage {
    /// `pkg:npm/%40scope/name@1.0.0`; with the source as a qualifier where it is not the registry.
    public var purl: String {
        var text = "pkg:\(ecosystem.name)/"
        let parts = purlName.utf8.split(separator: UInt8(ascii: "/"))
        text += parts.map { percentEncoded(String(Substring($0))) }.joined(separator: "/")
        if !version.isEmpty { text += "@" + percentEncoded(version) }
        switch source {
        case .registry, .workspace, .bundled: break
        case .git: text += qualifier("vcs_url")
        case .url, .path: text += qualifier("download_url")
        }
        if hasPlatform { text += "?platform=" + percentEncoded(variant) }
        return text
    }

    private func qualifier(_ key: String) -> String {
        guard !hasPlatform, let address = resolved ?? registry?.text else { return "" }
        return "?\(key)=" + percentEncoded(address)
    }

    private var hasPlatform: Bool { ecosystem == .gem && !variant.utf8.isEmpty }

    /// PyPI's names are normalised, those of npm are in lower case.
    private var purlName: String {
        switch ecosystem {
        case .pypi: normalisedPythonName(name)
        case .npm: Word(name).lowercasedASCII.text
        case .gem, .cargo, .nuget: name
        }
    }
}

/// A name as PyPI compares it: lower case, runs of `-`, `_` and `.` are one `-` (PEP 503).
public func normalisedPythonName(_ name: String) -> String {
    var bytes: [UInt8] = []
    var isInRun = false
    for byte in name.utf8 {
        let isSeparator =
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        if !isSeparator {
            bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        } else if !isInRun {
            bytes.append(UInt8(ascii: "-"))
        }
        isInRun = isSeparator
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
            bytes.append(byte)
        default:
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
