// requirements.txt with hashes, as pip-compile, `uv pip compile` and `poetry export` write it, and as
// pip reads it: lines joined by a backslash, comments behind white space, options of the whole file
// and of one requirement.
//
// Source: pip src/pip/_internal/req/req_file.py (26.x), PyPA "Requirements File Format".

internal import GateCore

/// Reads requirements files.
struct RequirementsReader {
    private let text: SourceText
    private var lockfile = Lockfile(format: .requirements)
    private var index: LockedText?

    /// Reads a file.
    static func read(_ text: SourceText) throws(LockfileError) -> Lockfile {
        var reader = RequirementsReader(text: text)
        for words in reader.statements() { try reader.read(words) }
        if let index = reader.index {
            for place in reader.lockfile.packages.indices
            where reader.lockfile.packages[place].source == .registry {
                reader.lockfile.packages[place].registry = index
            }
        }
        return reader.lockfile
    }

    private init(text: SourceText) { self.text = text }

    /// The words of each statement: lines that end in a backslash go on in the next.
    private func statements() -> [[LockedText]] {
        var statements: [[LockedText]] = []
        var words: [LockedText] = []
        for line in text.lines {
            var end = line.upperBound
            let goesOn = end > line.lowerBound && text.bytes[end - 1] == UInt8(ascii: "\\")
            if goesOn { end -= 1 }
            var start = line.lowerBound
            while start < end {
                if isSpace(text.bytes[start]) {
                    start += 1
                    continue
                }
                if text.bytes[start] == UInt8(ascii: "#") { break }
                var last = start
                while last < end, !isSpace(text.bytes[last]) { last += 1 }
                words.append(LockedText(text.text(start..<last), at: text.place(start)))
                start = last
            }
            if !goesOn {
                if !words.isEmpty { statements.append(words) }
                words = []
            }
        }
        if !words.isEmpty { statements.append(words) }
        return statements
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private mutating func read(_ words: [LockedText]) throws(LockfileError) {
        guard let first = words.first else { return }
        if Word(first.text).hasPrefix("-") { return try readOption(words) }
        var place = 0
        var digests: [Integrity] = []
        var specification: [LockedText] = []
        var isMarker = false
        while place < words.count {
            let word = Word(words[place].text)
            if word.hasPrefix("--hash") {
                guard let value = value(of: &place, in: words, option: "--hash") else {
                    throw LockfileError("--hash without a digest", at: words[place].place)
                }
                digests.append(pythonDigest(value))
                continue
            }
            if word.hasPrefix("--") {
                lockfile.remarks.append(
                    Finding(
                        .unknownKey, at: words[place].place, package: first.text,
                        "\(word) is an option that shimgate does not know here"))
            } else if !isMarker {
                // Behind a semicolon stands when it is wanted, which decides nothing here.
                if let parts = word.split(at: UInt8(ascii: ";")), LockedURL(word.text) == nil {
                    isMarker = true
                    if !parts.head.isEmpty {
                        specification.append(LockedText(parts.head.text, at: words[place].place))
                    }
                } else {
                    specification.append(words[place])
                }
            }
            place += 1
        }
        try add(specification, digests)
    }

    /// The value of `--name=value` or `--name value`; moves behind it.
    private func value(
        of place: inout Int, in words: [LockedText], option: Word
    ) -> LockedText? {
        let word = Word(words[place].text)
        if word == option {
            guard place + 1 < words.count else { return nil }
            place += 2
            return words[place - 1]
        }
        guard word.hasPrefix(Word("\(option)=")) else { return nil }
        let here = words[place].place
        let shift = option.count + 1
        place += 1
        return LockedText(
            word.dropFirst(shift).text, at: Place(line: here.line, column: here.column + shift))
    }

    private mutating func add(
        _ specification: [LockedText], _ digests: [Integrity]
    ) throws(LockfileError) {
        guard let first = specification.first else { return }
        let joined = specification.map(\.text).joined()
        let bytes = Array(joined.utf8)
        var end = 0
        while end < bytes.count, isNamePart(bytes[end]) { end += 1 }
        let name = LockedText(String(decoding: bytes[..<end], as: UTF8.self), at: first.place)
        var rest = end
        if rest < bytes.count, bytes[rest] == UInt8(ascii: "[") {
            guard let close = bytes[rest...].firstIndex(of: UInt8(ascii: "]")) else {
                throw LockfileError("extras without an end", at: first.place)
            }
            rest = close + 1
        }
        let tail = Word(String(decoding: bytes[rest...], as: UTF8.self))
        if LockedURL(joined) != nil || tail.hasPrefix("/") || tail.hasPrefix(":") || end == 0 {
            addPlace(joined, name: joined, at: first.place, digests)
            return
        }
        try checkPythonName(name)
        if tail.hasPrefix("@") {
            let address = tail.dropFirst(1).text
            addPlace(address, name: name.text, at: first.place, digests)
            return
        }
        let isExact =
            tail.hasPrefix("==") && !tail.contains(UInt8(ascii: ",")) && !tail.contains(0x2A)
        let isVerbatim = tail.hasPrefix("===")
        var package = LockedPackage(
            .pypi, name: name.text,
            version: isExact ? tail.dropFirst(isVerbatim ? 3 : 2).text : "", source: .registry,
            at: first.place)
        if !isExact || package.version.isEmpty {
            lockfile.remarks.append(
                Finding(
                    .notPinned, at: first.place, package: name.text, "it has no exact version"))
        }
        if !digests.isEmpty { package.files = [LockedFile(location: nil, integrity: digests)] }
        lockfile.packages.append(package)
    }

    /// A requirement that is an address or a path.
    private mutating func addPlace(
        _ address: String, name: String, at place: Place, _ digests: [Integrity]
    ) {
        let url = LockedURL(address)
        let isGit = url.map { $0.scheme.hasPrefix("git+") || $0.scheme == "git" } ?? false
        let isFile = url == nil || url?.scheme == "file"
        var package = LockedPackage(
            .pypi, name: name, version: "", source: isGit ? .git : isFile ? .path : .url, at: place)
        var integrity = digests
        if let fragment = url?.fragment {
            for part in fragment.utf8.split(separator: UInt8(ascii: "&")) {
                guard let pair = Word(Substring(part)).split(at: UInt8(ascii: "=")),
                    ["sha256", "sha384", "sha512", "sha1", "md5"].contains(where: {
                        Word($0) == pair.head
                    })
                else { continue }
                integrity.append(
                    Integrity(
                        algorithm: pair.head.text, value: pair.tail.text, encoding: .hexadecimal,
                        at: place))
            }
        }
        if isGit {
            let revision = url?.path.utf8.split(separator: UInt8(ascii: "@")).dropFirst().last
            if !isCommit(revision.map { String(Substring($0)) }) {
                lockfile.remarks.append(
                    Finding(
                        .notPinned, at: place, package: name,
                        "the repository is given without a full commit id"))
            }
        }
        package.files = [LockedFile(location: LockedText(address, at: place), integrity: integrity)]
        lockfile.packages.append(package)
    }

    private func isNamePart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }

    /// A line of options.
    private mutating func readOption(_ words: [LockedText]) throws(LockfileError) {
        let place = words[0].place
        let (option, attached) = optionAndValue(Word(words[0].text))
        let value = attached.map { LockedText($0, at: place) } ?? words.dropFirst().first
        switch option {
        case "-i", "--index-url", "--pypi-url":
            guard let value else { throw LockfileError("\(option) without a value", at: place) }
            index = value
        case "--extra-index-url":
            guard let value else { throw LockfileError("\(option) without a value", at: place) }
            lockfile.otherRegistries.append(value)
        case "-f", "--find-links":
            guard let value else { throw LockfileError("\(option) without a value", at: place) }
            if LockedURL(value.text) != nil {
                lockfile.otherRegistries.append(value)
            } else {
                addPlace(value.text, name: value.text, at: value.place, [])
            }
        case "-r", "--requirement", "-c", "--constraint":
            let name = value?.text ?? ""
            lockfile.remarks.append(
                Finding(.includedFile, at: place, package: "", "it includes \(name)"))
        case "-e", "--editable":
            guard let value else { throw LockfileError("\(option) without a value", at: place) }
            addPlace(value.text, name: value.text, at: value.place, [])
        case "--trusted-host":
            let host = value?.text ?? ""
            lockfile.remarks.append(
                Finding(
                    .scheme, at: place, package: "", "the certificate of \(host) is not checked"))
        case "--require-hashes", "--only-binary", "--no-binary", "--prefer-binary", "--pre",
            "--no-index":
            return
        default:
            lockfile.remarks.append(
                Finding(
                    .unknownKey, at: place, package: "",
                    "\(option) is an option that shimgate does not know here"))
        }
    }

    private func optionAndValue(_ word: Word) -> (Word, String?) {
        if word.hasPrefix("--") {
            guard let parts = word.split(at: UInt8(ascii: "=")) else { return (word, nil) }
            return (parts.head, parts.tail.text)
        }
        guard word.count > 2 else { return (word, nil) }
        return (word.prefix(2), word.dropFirst(2).text)
    }
}
