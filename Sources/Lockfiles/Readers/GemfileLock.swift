// Gemfile.lock of bundler: sections with a title at the margin, indented by two for each level.
// Digests stand in a section of their own, CHECKSUMS, which bundler has from 2.6 on and writes where
// it is there already or `lockfile_checksums` is set.
//
// Source: bundler lib/bundler/lockfile_parser.rb and lockfile_generator.rb, 2.3 and 4.0.

internal import GateCore

/// Reads bundler's lockfile.
struct GemfileLockReader {
    private static let sources: [Word] = ["GEM", "GIT", "PATH", "PLUGIN SOURCE"]
    private static let others: [Word] = [
        "PLATFORMS", "DEPENDENCIES", "RUBY VERSION", "BUNDLED WITH", "CHECKSUMS",
    ]

    private let text: SourceText
    private var lockfile = Lockfile(format: .bundler)
    private var section: Word = ""
    private var options: [(key: Word, value: LockedText)] = []
    private var direct: Set<Word> = []
    private var checksums: [Word: (digests: [Integrity], place: Place)] = [:]

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var reader = GemfileLockReader(text: text)
        for line in text.lines where !line.isEmpty { try reader.read(line) }
        return reader.finished()
    }

    private init(text: SourceText) { self.text = text }

    private mutating func read(_ line: Range<Int>) throws(LockfileError) {
        var start = line.lowerBound
        while start < line.upperBound, text.bytes[start] == 0x20 { start += 1 }
        let indent = start - line.lowerBound
        let content = LockedText(text.text(start..<line.upperBound), at: text.place(start))
        let word = Word(content.text)
        if word.isEmpty { return }
        if indent == 0 {
            guard Self.sources.contains(word) || Self.others.contains(word) else {
                throw LockfileError("a section that bundler does not write", at: content.place)
            }
            section = word
            options = []
            lockfile.recordsIntegrity = lockfile.recordsIntegrity || word == "CHECKSUMS"
            return
        }
        switch section {
        case "": throw LockfileError("indented without a section", at: content.place)
        case "DEPENDENCIES":
            guard indent == 2 else { throw LockfileError("indented otherwise", at: content.place) }
            let name = word.split(at: 0x20)?.head ?? word
            direct.insert(name.hasSuffix("!") ? name.prefix(name.count - 1) : name)
        case "CHECKSUMS": try readChecksum(content, indent)
        case "PLATFORMS", "RUBY VERSION", "BUNDLED WITH": return
        default: try readSource(content, indent)
        }
    }

    private mutating func readSource(_ content: LockedText, _ indent: Int) throws(LockfileError) {
        let word = Word(content.text)
        switch indent {
        case 2:
            if word == "specs:" { return }
            guard let parts = word.split(at: UInt8(ascii: ":")), parts.tail.first == 0x20 else {
                throw LockfileError("expected \"key: value\"", at: content.place)
            }
            let shift = parts.head.count + 2
            let place = Place(line: content.place.line, column: content.place.column + shift)
            options.append((parts.head, LockedText(parts.tail.dropFirst(1).text, at: place)))
        case 4: try readGem(content)
        case 6: return
        default: throw LockfileError("indented otherwise", at: content.place)
        }
    }

    private mutating func readGem(_ content: LockedText) throws(LockfileError) {
        let gem = try gem(content)
        var package = LockedPackage(
            .gem, name: gem.name.text, version: gem.version.text, source: .registry,
            at: content.place)
        package.variant = gem.platform.text
        let remotes = options.filter { $0.key == "remote" }.map(\.value)
        guard let remote = remotes.first else {
            throw LockfileError("a section without a remote", at: content.place)
        }
        switch section {
        case "GEM":
            package.registry = remote
            // Several remotes in one section: any of them may answer.
            for other in remotes.dropFirst()
            where !lockfile.otherRegistries.contains(where: { $0 == other }) {
                lockfile.otherRegistries.append(other)
            }
        case "GIT":
            package.source = .git
            package.files = [LockedFile(location: remote)]
            let revision = options.first { $0.key == "revision" }?.value
            if !isCommit(revision?.text) {
                lockfile.remarks.append(
                    Finding(
                        .notPinned, at: remote.place, package: package.title,
                        "the repository is given without a full commit id"))
            }
        case "PATH":
            package.source = leadsOutside(remote.text) ? .path : .workspace
            package.files = [LockedFile(location: remote)]
        default:
            package.source = .url
            package.files = [LockedFile(location: remote)]
        }
        lockfile.packages.append(package)
    }

    /// `name (version-platform)`, with what stands behind it.
    private func gem(
        _ content: LockedText
    ) throws(LockfileError) -> (name: Word, version: Word, platform: Word, rest: Word) {
        let word = Word(content.text)
        guard let parts = word.split(at: 0x20), parts.tail.hasPrefix("("),
            let inner = parts.tail.dropFirst(1).split(at: UInt8(ascii: ")")),
            isPlain(parts.head), isPlain(inner.head)
        else { throw LockfileError("expected \"name (version)\"", at: content.place) }
        let dash = inner.head.split(at: UInt8(ascii: "-"))
        return (parts.head, dash?.head ?? inner.head, dash?.tail ?? "", inner.tail)
    }

    private func isPlain(_ word: Word) -> Bool {
        !word.isEmpty && word.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }
    }

    /// `  name (version-platform) sha256=HEX,sha512=HEX`
    private mutating func readChecksum(
        _ content: LockedText, _ indent: Int
    ) throws(LockfileError) {
        guard indent == 2 else { throw LockfileError("indented otherwise", at: content.place) }
        let gem = try gem(content)
        var digests: [Integrity] = []
        for part in gem.rest.text.utf8.split(separator: UInt8(ascii: ",")) {
            let word = Word(Substring(part.drop(while: { $0 == 0x20 })))
            guard let pair = word.split(at: UInt8(ascii: "=")) else {
                throw LockfileError("expected \"algorithm=digest\"", at: content.place)
            }
            digests.append(
                Integrity(
                    algorithm: pair.head.text, value: pair.tail.text, encoding: .hexadecimal,
                    at: content.place))
        }
        let key = Word("\(gem.name) \(gem.version) \(gem.platform)")
        if let old = checksums.updateValue((digests, content.place), forKey: key) {
            throw LockfileError(
                "this gem is there twice, first in line \(old.place.line)", at: content.place)
        }
    }

    private func finished() -> Lockfile {
        var lockfile = lockfile
        var used: Set<Word> = []
        for index in lockfile.packages.indices {
            let package = lockfile.packages[index]
            lockfile.packages[index].isDirect = direct.contains(Word(package.name))
            let key = Word("\(package.name) \(package.version) \(package.variant)")
            used.insert(key)
            guard let listed = checksums[key], !listed.digests.isEmpty else { continue }
            lockfile.packages[index].files.append(
                LockedFile(location: nil, integrity: listed.digests))
        }
        // Bundler lists itself although it is no gem of the bundle.
        for (key, listed) in checksums where !used.contains(key) && !key.hasPrefix("bundler ") {
            lockfile.remarks.append(
                Finding(
                    .conflict, at: listed.place, package: key.text,
                    "CHECKSUMS has it and no section lists it"))
        }
        return lockfile
    }
}
