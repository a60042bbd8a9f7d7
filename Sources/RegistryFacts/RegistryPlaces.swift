// Where packages are looked up: the public index of each ecosystem, and the index that a lockfile's
// package belongs to, as far as the lockfile records it.

internal import GateCore
public import Lockfiles

extension PackageEcosystem {
    /// The public registry's index, as tools know it where nobody says otherwise.
    public var publicIndex: String {
        switch self {
        case .npm: "https://registry.npmjs.org/"
        case .pypi: "https://pypi.org/simple/"
        case .gem: "https://rubygems.org/"
        case .cargo: "https://index.crates.io/"
        case .nuget: "https://api.nuget.org/v3/index.json"
        }
    }

    /// The index at an address that a tool's settings or defaults name: any name of the public registry
    /// stands for its one index (`https://pypi.org/` is where pip's default lies, and no index).
    public func index(at address: String) -> String {
        for format in LockfileFormat.allCases where format.ecosystem == self {
            if format.publicRegistry.contains(where: { isBelow(address, $0) }) {
                return publicIndex
            }
        }
        return address
    }
}

extension LockedPackage {
    /// The index that it is from; nil where the lockfile does not tell.
    public var registryBase: String? {
        switch ecosystem {
        case .npm: return registry?.text ?? npmBase
        case .cargo:
            guard let text = registry?.text else { return nil }
            // cargo's own name for the public registry, by any protocol.
            let isPublic = Word(text).hasSuffix("https://github.com/rust-lang/crates.io-index")
            return isPublic ? PackageEcosystem.cargo.publicIndex : text
        case .pypi, .gem, .nuget: return registry?.text
        }
    }

    /// What stands before `/NAME/-/` in the address of the archive.
    private var npmBase: String? {
        guard let resolved else { return nil }
        let bytes = Array(resolved.utf8)
        let escaped = name.split(separator: "/").joined(separator: "%2f")
        for written in [name, escaped] {
            let wanted = Array("/\(written)/-/".utf8)
            guard bytes.count > wanted.count else { continue }
            for place in 0...(bytes.count - wanted.count)
            where bytes[place] == wanted[0]
                && bytes[place..<(place + wanted.count)].elementsEqual(wanted)
            {
                return String(decoding: bytes[...place], as: UTF8.self)
            }
        }
        return nil
    }
}

/// cargo's address of an index without the word for how it is read.
func withoutProtocol(_ url: String) -> String {
    for prefix: Word in ["sparse+", "registry+"] where Word(url).hasPrefix(prefix) {
        return Word(url).dropFirst(prefix.count).text
    }
    return url
}

/// An address without user and password, which are never sent.
public func withoutUserinfo(_ url: String) -> String {
    let bytes = Array(url.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
        bytes[(colon + 1)...].starts(with: "//".utf8)
    else { return url }
    let start = colon + 3
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
    guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) else { return url }
    return String(decoding: bytes[..<start] + bytes[(at + 1)...], as: UTF8.self)
}

/// Whether an address is at the place of another one, or below it.
public func isBelow(_ url: String, _ base: String) -> Bool {
    guard let address = RegistryAddress(withoutProtocol(url)),
        let wanted = RegistryAddress(withoutProtocol(base)), address.isSamePlace(as: wanted)
    else { return false }
    func segments(_ path: Word) -> [Word] {
        path.text.utf8.split(separator: UInt8(ascii: "/")).map { Word(Substring($0)) }
    }
    let (own, others) = (segments(address.path), segments(wanted.path))
    return !own.contains("..") && own.starts(with: others)
}
