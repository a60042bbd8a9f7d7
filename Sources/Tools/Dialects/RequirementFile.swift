// Requirement files as pip reads them: lines joined at a backslash, comments cut off, then either a
// requirement with options behind it, or options alone. What a file asks for counts as if it stood
// on the command line, because pip gives the file's options precedence over the line's.
//
// Only whole option names are read; pip would also take their beginnings (optparse), so anything
// else that starts with a dash is a doubt, which is denied. uv reads the same language with fewer
// options (crates/uv-requirements-txt).
//
// Source: pip/_internal/req/req_file.py (`preprocess`, `break_args_options`, `handle_line`).

internal import GateCore

/// One line of a requirement file.
struct RequirementLine {
    /// What the line says.
    enum Item {
        /// A package, as `pip install` takes it, and whether digests stand behind it.
        case requirement(Word, hasDigest: Bool)
        /// `-e`.
        case editable(Word)
        /// `-r` or `-c`: another file, relative to this one.
        case file(Word)
        /// `-i`, `--extra-index-url`, `-f` and its value: where packages come from beside the line's
        /// own registry, or in its place.
        case registry(option: Word, Word)
        /// Changes what may be built, or how.
        case builds(String)
        /// Anything that cannot be placed.
        case unclear(String)
    }

    /// Line number, from 1; the last one of those that a backslash joins.
    let number: Int
    let item: Item
}

/// Reads the text of a requirement file.
func requirementLines(_ text: String) -> [RequirementLine] {
    var lines: [RequirementLine] = []
    for line in logicalLines(Array(text.utf8)) {
        for item in items(of: line.bytes) {
            lines.append(RequirementLine(number: line.number, item: item))
        }
    }
    return lines
}

/// The lines without comments and blank ones, joined as pip joins them. Python's `splitlines` ends
/// lines at characters that other tools take for text, so those are kept and become doubts.
private func logicalLines(_ bytes: [UInt8]) -> [(number: Int, bytes: [UInt8])] {
    var found: [(number: Int, bytes: [UInt8])] = []
    var joined: [UInt8]?
    var number = 0
    func finish(_ line: [UInt8]) {
        let plain = withoutComment(line)
        if !plain.isEmpty { found.append((number, plain)) }
    }
    for var line in physicalLines(bytes) {
        number += 1
        let isComment = withoutComment(line).count != trimmed(line[...]).count
        if line.last == UInt8(ascii: "\\"), !isComment {
            while line.last == UInt8(ascii: "\\") { line.removeLast() }
            if joined == nil { joined = line } else { joined?.append(contentsOf: line) }
            continue
        }
        // pip puts a space before a comment line, so that it is a comment behind what was joined.
        if isComment { line.insert(0x20, at: 0) }
        if var whole = joined {
            whole.append(contentsOf: line)
            joined = nil
            finish(whole)
        } else {
            finish(line)
        }
    }
    if let joined { finish(joined) }
    return found
}

private func physicalLines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    var index = 0
    while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == 0x0A || byte == 0x0D {
            if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
            lines.append(line)
            line.removeAll(keepingCapacity: true)
        } else {
            line.append(byte)
        }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
}

/// `re.sub(r"(^|\s+)#.*$", "", line).strip()`
private func withoutComment(_ line: [UInt8]) -> [UInt8] {
    var end = line.count
    for (index, byte) in line.enumerated() where byte == UInt8(ascii: "#") {
        if index == 0 || isBlank(line[index - 1]) {
            end = index
            break
        }
    }
    return trimmed(line[..<end])
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var bytes = bytes
    while let first = bytes.first, isBlank(first) { bytes = bytes.dropFirst() }
    while let last = bytes.last, isBlank(last) { bytes = bytes.dropLast() }
    return Array(bytes)
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

private func items(of line: [UInt8]) -> [RequirementLine.Item] {
    if let doubt = doubt(about: line) { return [.unclear(doubt)] }
    // `break_args_options`: words up to the first that starts with a dash.
    let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
    let start = words.firstIndex { $0.first == UInt8(ascii: "-") } ?? words.endIndex
    let head = trimmed(Array(words[..<start].joined(separator: [0x20]))[...])
    let tail = Array(words[start...].joined(separator: [0x20]))
    // pip splits these as a shell would; nothing that is asked for here needs quotes.
    let needsShell = tail.contains { "'\"\\".utf8.contains($0) }
    if needsShell { return [.unclear("quotes among its options")] }
    let arguments = tail.split(whereSeparator: isBlank).map { Array($0) }
    if !head.isEmpty { return requirement(head, arguments) }
    return options(arguments)
}

/// Why nobody can tell what pip would read.
private func doubt(about line: [UInt8]) -> String? {
    var index = 0
    for byte in line {
        // Characters at which `splitlines` ends a line and others do not: VT, FF, FS to RS; NEL and
        // the two Unicode separators are C2 85, E2 80 A8 and E2 80 A9.
        if byte == 0x0B || byte == 0x0C || (byte >= 0x1C && byte <= 0x1E) || byte == 0 {
            return "a control character"
        }
        if byte == 0xC2, line.dropFirst(index + 1).first == 0x85 { return "a control character" }
        if line[index...].starts(with: [0xE2, 0x80, 0xA8])
            || line[index...].starts(with: [0xE2, 0x80, 0xA9])
        {
            return "a control character"
        }
        // pip puts in the variable's value, which then leaves the machine with the address.
        if byte == UInt8(ascii: "$"), line.dropFirst(index + 1).first == UInt8(ascii: "{") {
            return "a variable"
        }
        index += 1
    }
    return nil
}

/// A requirement and the options that may stand behind one.
private func requirement(_ head: [UInt8], _ arguments: [[UInt8]]) -> [RequirementLine.Item] {
    var found: [RequirementLine.Item] = []
    var hasDigest = false
    var place = 0
    while place < arguments.count {
        let (name, value) = parts(arguments[place])
        place += 1
        if name == "--hash" {
            if value == nil { place += 1 }
            hasDigest = true
            continue
        }
        if changesBuilds(name) {
            found.append(.builds(name.text))
            if value == nil { place += 1 }
            continue
        }
        return [.unclear("the option \(name)")]
    }
    if place > arguments.count { return [.unclear("an option without its value")] }
    return [.requirement(word(head), hasDigest: hasDigest)] + found
}

private func changesBuilds(_ name: Word) -> Bool {
    for known: Word in [
        "--no-binary", "--only-binary", "--config-settings", "--config-setting",
        "--global-option", "--build-option", "--install-option", "-C",
    ] where known == name {
        return true
    }
    return false
}

/// A line of options only. pip acts on the first kind of these that is there: `-e`, `-r`, `-c`, and
/// else on all others; here each of them counts.
private func options(_ arguments: [[UInt8]]) -> [RequirementLine.Item] {
    var found: [RequirementLine.Item] = []
    var place = 0
    while place < arguments.count {
        let (name, attached) = parts(arguments[place])
        place += 1
        if isHarmlessFlag(name), attached == nil { continue }
        var value = attached
        if value == nil {
            guard place < arguments.count else { return [.unclear("the option \(name)")] }
            value = word(arguments[place])
            place += 1
        }
        guard let value else { return [.unclear("the option \(name)")] }
        if name == "-e" || name == "--editable" {
            found.append(.editable(value))
        } else if name == "-r" || name == "--requirement" || name == "-c" || name == "--constraint"
        {
            found.append(.file(value))
        } else if isRegistry(name) {
            found.append(.registry(option: name, value))
        } else if changesBuilds(name) {
            // Wheels only is what we ask for anyway.
            let isStricter = name == "--only-binary" && value == ":all:"
            if !isStricter { found.append(.builds(name.text)) }
        } else {
            return [.unclear("the option \(name)")]
        }
    }
    return found
}

private func isHarmlessFlag(_ name: Word) -> Bool {
    for known: Word in ["--no-index", "--pre", "--prefer-binary", "--require-hashes"]
    where known == name {
        return true
    }
    return false
}

private func isRegistry(_ name: Word) -> Bool {
    for known: Word in [
        "-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links",
    ] where known == name {
        return true
    }
    return false
}

/// Name and attached value: `--name=value`, `-rvalue`.
private func parts(_ argument: [UInt8]) -> (name: Word, value: Word?) {
    if argument.starts(with: [0x2D, 0x2D]) {
        if let equals = argument.firstIndex(of: UInt8(ascii: "=")) {
            return (word(Array(argument[..<equals])), word(Array(argument[(equals + 1)...])))
        }
        return (word(argument), nil)
    }
    if argument.first == 0x2D, argument.count > 2 {
        return (word(Array(argument[..<2])), word(Array(argument[2...])))
    }
    return (word(argument), nil)
}

private func word(_ bytes: [UInt8]) -> Word { Word(String(decoding: bytes, as: UTF8.self)) }
