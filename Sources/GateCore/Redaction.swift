// Taking secrets out of what is recorded or shown. By the argument's name first, because a name
// tells for certain; then logins and secret keys in URLs; then the known shapes of tokens, which
// catch what stands where nobody expects it. A secret becomes `[redacted:CLASS]`, never a hash: a
// short secret can be found from its hash.
//
// Where a line can be read in two ways, both readings are redacted. A word too many is a nuisance,
// a token in a log is a leak.

/// The arguments of a tool as they may be recorded: one text for each.
///
/// - Parameters:
///   - arguments: argv without argv[0].
///   - tool: the tool profile's name; selects the built-in rules.
///   - invocation: the line's meaning, where it is known; its roles say which word is a value.
///   - rules: the tool profile's own rules.
public func redact(
    arguments: [Word], tool: Word, invocation: Invocation? = nil, rules: [SecretRule] = []
) -> [String] {
    let rules = rules + SecretRule.defaults(for: tool)
    let commands = commandWords(arguments, invocation)
    var secret = [Bool](repeating: false, count: arguments.count)
    markPositionals(arguments, invocation, rules, commands, &secret)

    var texts: [String] = []
    texts.reserveCapacity(arguments.count)
    for place in 0..<arguments.count {
        let bytes = Array(arguments[place].text.utf8)
        if secret[place] {
            texts.append("[redacted:arg]")
            continue
        }
        switch secretName(bytes, rules, commands) {
        case .attached(let start):
            texts.append(String(decoding: bytes[..<start], as: UTF8.self) + "[redacted:arg]")
            continue
        case .next(let distance):
            let target = place + distance
            if target < secret.count { secret[target] = true }
        case .none: break
        }
        if let invocation, invocation.roles.count == arguments.count,
            case .valueOf(let option) = invocation.roles[place],
            isSecretOption(Array(option.text.utf8), rules, commands)
        {
            texts.append("[redacted:arg]")
            continue
        }
        texts.append(redacted(bytes, isProxy: place > 0 && isProxyOption(arguments[place - 1])))
    }
    return texts
}

/// An invocation whose texts may be recorded, for its canonical text.
public func redact(_ invocation: Invocation, rules: [SecretRule] = []) -> Invocation {
    let rules = rules + SecretRule.defaults(for: invocation.tool)
    var result = invocation
    for place in 0..<result.options.count {
        guard let value = result.options[place].value else { continue }
        let name = Array(result.options[place].name.text.utf8)
        let spelling = Array(result.options[place].spelling.text.utf8)
        let isSecret =
            isSecretOption(spelling, rules, invocation.command)
            || isSecretOption(name, rules, invocation.command)
        result.options[place].value = Word(isSecret ? "[redacted:arg]" : redact(value.text))
        result.options[place].spelling = Word(redact(result.options[place].spelling.text))
    }
    result.positionals = redact(
        arguments: invocation.command.dropFirst() + invocation.positionals,
        tool: invocation.tool, rules: rules
    ).dropFirst(max(0, invocation.command.count - 1)).map { Word($0) }
    result.rest = redact(arguments: invocation.rest, tool: invocation.tool, rules: rules)
        .map { Word($0) }
    result.nested = invocation.nested.map { redact($0) }
    result.roles = []
    return result
}

/// A text, for example a message of a tool, without logins in URLs, secret query keys, values of
/// secret names and tokens of a known shape.
public func redact(_ text: String) -> String {
    redacted(Array(text.utf8), isProxy: false)
}

// MARK: By name

/// Whether a word names a secret, and where that is.
private enum NamedSecret {
    case none
    /// In the same word, from this byte on.
    case attached(Int)
    /// So many words further on.
    case next(Int)
}

/// The words that rules with a command look at: the canonical ones where the meaning is known, else
/// every word, because a rule too many is the safe side.
private func commandWords(_ arguments: [Word], _ invocation: Invocation?) -> [Word] {
    if let invocation, invocation.ambiguous.isEmpty, invocation.operation != .unknown {
        return invocation.command
    }
    return arguments.map(\.lowercasedASCII)
}

/// Marks positionals that a rule names. Without roles, a word after an option may be its value or a
/// positional, so a word is marked where either reading puts it at the rule's place.
private func markPositionals(
    _ arguments: [Word], _ invocation: Invocation?, _ rules: [SecretRule], _ commands: [Word],
    _ secret: inout [Bool]
) {
    for rule in rules {
        guard case .positional(let wanted, let command) = rule else { continue }
        if let invocation, invocation.roles.count == arguments.count {
            guard invocation.command.contains(command) else { continue }
            var count = 0
            for place in 0..<arguments.count where invocation.roles[place] == .positional {
                if count == wanted, !isAddress(arguments[place]) { secret[place] = true }
                count += 1
            }
            continue
        }
        guard let start = arguments.firstIndex(where: { $0.lowercasedASCII == command }) else {
            continue
        }
        var least = 0
        var most = 0
        for place in (start + 1)..<max(start + 1, arguments.count) {
            let word = arguments[place]
            if word.first == UInt8(ascii: "-") { continue }
            if least <= wanted, wanted <= most, !isAddress(word) { secret[place] = true }
            let mayBeValue = arguments[place - 1].first == UInt8(ascii: "-")
            most += 1
            if !mayBeValue { least += 1 }
        }
    }
}

/// Whether a word is a URL or a package file, which is no key.
private func isAddress(_ word: Word) -> Bool {
    let lowered = word.lowercasedASCII
    if lowered.hasSuffix(".nupkg") || lowered.hasSuffix(".snupkg") { return true }
    return find(Array("://".utf8), in: Array(word.text.utf8), from: 0) != nil
}

/// Reads one word: `--NAME=VALUE`, `--NAME` before a value, `NAME=VALUE`, or a setting's name before
/// its value.
private func secretName(
    _ word: [UInt8], _ rules: [SecretRule], _ commands: [Word]
) -> NamedSecret {
    guard let first = word.first else { return .none }
    let isOption = first == UInt8(ascii: "-")
    if let equals = word.firstIndex(of: UInt8(ascii: "=")) {
        // `name==1.0` is a pinned package, not a value.
        let isPin = equals + 1 < word.count && word[equals + 1] == UInt8(ascii: "=")
        if !(isPin && !isOption), equals + 1 < word.count,
            isSecretOption(Array(word[..<equals]), rules, commands)
                || (!isOption && isSecretSetting(word[..<equals]))
        {
            return .attached(equals + 1)
        }
    }
    if isOption {
        if let colon = attachedByColon(word, rules, commands) { return .attached(colon) }
        if isSecretOption(word, rules, commands) { return .next(1) }
        return inCluster(word, rules, commands)
    }
    let name = lowered(word[...])
    if starts(name, "http-basic.") { return .next(2) }
    return isSecretSetting(word[...]) || starts(name, "pypi-token.") ? .next(1) : .none
}

/// `-k:VALUE`, as System.CommandLine reads it.
private func attachedByColon(
    _ word: [UInt8], _ rules: [SecretRule], _ commands: [Word]
) -> Int? {
    guard let colon = word.firstIndex(of: UInt8(ascii: ":")), colon + 1 < word.count,
        word[colon + 1] != UInt8(ascii: "_"), isSecretOption(Array(word[..<colon]), rules, commands)
    else { return nil }
    return colon + 1
}

/// `-pVALUE` and `-vp VALUE`, where a rule names `-p`.
private func inCluster(
    _ word: [UInt8], _ rules: [SecretRule], _ commands: [Word]
) -> NamedSecret {
    guard word.count > 2, word[1] != UInt8(ascii: "-") else { return .none }
    for rule in rules {
        guard case .option(let option, let limited) = rule, option.count == 2,
            applies(limited, commands), let letter = option.text.utf8.last,
            let place = word[1...].firstIndex(of: letter)
        else { continue }
        return place + 1 == word.count ? .next(1) : .attached(place + 1)
    }
    return .none
}

/// Whether this option, with or without its dashes, holds a secret.
private func isSecretOption(
    _ word: [UInt8], _ rules: [SecretRule], _ commands: [Word]
) -> Bool {
    for rule in rules {
        guard case .option(let option, let limited) = rule, applies(limited, commands) else {
            continue
        }
        if option.text.utf8.elementsEqual(word) { return true }
        if option.count > 2, lowered(Array(option.text.utf8)[...]) == lowered(word[...]) {
            return true
        }
    }
    let name = lowered(word.drop { $0 == UInt8(ascii: "-") })
    if isSecretName(name) { return true }
    // Most parsers take an unambiguous beginning of a long option.
    guard word.count > 2, word[0] == UInt8(ascii: "-"), word[1] == UInt8(ascii: "-") else {
        return false
    }
    return (name.count >= 2 && starts(Array("otp".utf8), name))
        || (name.count >= 4
            && (starts(Array("password".utf8), name) || starts(Array("token".utf8), name)
                || starts(Array("api-key".utf8), name)))
}

private func applies(_ limited: [Word], _ commands: [Word]) -> Bool {
    if limited.isEmpty { return true }
    for command in limited where commands.contains(command) { return true }
    return false
}

/// Names that hold a secret wherever they stand: these, or any name that ends with one of them.
private func isSecretName(_ name: [UInt8]) -> Bool {
    if name == Array("otp".utf8) || name == Array("_auth".utf8) { return true }
    for ending: String in [
        "token", "password", "passwd", "passphrase", "secret", "apikey", "api-key", "api_key",
        ":_auth", "authident", "access-key", "access_key", "private-key", "private_key",
    ] where ends(name, ending) {
        return true
    }
    return false
}

/// A setting's name as a bare word (`npm config set NAME VALUE`). Plain words such as `token` are
/// package names, so only names that are settings of a known tool count.
private func isSecretSetting(_ word: ArraySlice<UInt8>) -> Bool {
    let name = lowered(word)
    for ending: String in [
        "_authtoken", ":_auth", "_password", "npmauthtoken", "npmauthident", "_secret", "_token",
        "_key",
    ] where ends(name, ending) {
        return true
    }
    if name == Array("_auth".utf8) { return true }
    // `registry.token`, `registries.NAME.token`, `http-basic` and the like: a dotted path.
    return name.contains(UInt8(ascii: ".")) && ends(name, "token")
}

private func isProxyOption(_ word: Word) -> Bool {
    word.first == UInt8(ascii: "-") && ends(lowered(Array(word.text.utf8)[...]), "proxy")
}

// MARK: By place in a URL, and by shape

/// A word or text with everything secret in it replaced.
private func redacted(_ bytes: [UInt8], isProxy: Bool) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    if isProxy, find(Array("://".utf8), in: bytes, from: 0) == nil,
        let at = bytes.lastIndex(of: UInt8(ascii: "@"))
    {
        append("[redacted:userinfo]", to: &result)
        place = at
    }
    while place < bytes.count {
        if let end = userinfo(bytes, at: place) {
            append("://[redacted:userinfo]", to: &result)
            place = end
        } else if let (start, end) = namedValue(bytes, at: place) {
            result.append(contentsOf: bytes[place..<start])
            append("[redacted:value]", to: &result)
            place = end
        } else if let (start, end) = authorization(bytes, at: place) {
            result.append(contentsOf: bytes[place..<start])
            append("[redacted:header]", to: &result)
            place = end
        } else if let end = token(bytes, at: place) {
            append("[redacted:token]", to: &result)
            place = end
        } else {
            result.append(bytes[place])
            place += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}

/// The end of `://user:password`, its `@` not included, where that starts here. `git@` of an ssh
/// URL is a name and no secret.
private func userinfo(_ bytes: [UInt8], at start: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: ":"), has("://", in: bytes, at: start) else { return nil }
    var place = start + 3
    var end = bytes.count
    var at: Int?
    var colon: Int?
    while place < bytes.count {
        let byte = bytes[place]
        if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
            || isBoundary(byte)
        {
            end = place
            break
        }
        if byte == UInt8(ascii: "@") { at = place }
        if byte == UInt8(ascii: ":"), colon == nil { colon = place }
        place += 1
    }
    if let at {
        let isLogin = colon.map { $0 < at } ?? false
        let isSecureShell = start >= 3 && has("ssh", in: bytes, at: start - 3)
        return isLogin || !isSecureShell ? at : nil
    }
    // A password with an unescaped slash ends the authority for some parsers and not for others.
    guard let colon, end < bytes.count, !isBoundary(bytes[end]) else { return nil }
    for digit in bytes[(colon + 1)..<end] where !(0x30...0x39 ~= digit) {
        var last: Int?
        for next in end..<bytes.count {
            if isBoundary(bytes[next]) { break }
            if bytes[next] == UInt8(ascii: "@") { last = next }
        }
        return last
    }
    return nil
}

/// `?KEY=VALUE`, `&KEY=VALUE` and `"KEY":"VALUE"` with a secret key: where the value starts and ends.
private func namedValue(_ bytes: [UInt8], at place: Int) -> (start: Int, end: Int)? {
    let opening = bytes[place]
    let isQuery =
        opening == UInt8(ascii: "?") || opening == UInt8(ascii: "&") || opening == UInt8(ascii: "#")
        || opening == UInt8(ascii: ";")
    guard isQuery || opening == UInt8(ascii: "\"") || place == 0 || isBoundary(opening) else {
        return nil
    }
    let nameStart = place == 0 && !isQuery && !isBoundary(opening) ? 0 : place + 1
    var end = nameStart
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    guard end > nameStart, end < bytes.count else { return nil }
    // A value follows "=", ":" or a closing quote; most words end otherwise and need no look-up.
    let after = bytes[end]
    guard after == UInt8(ascii: "=") || after == UInt8(ascii: ":") || after == UInt8(ascii: "\"")
    else { return nil }
    let name = lowered(bytes[nameStart..<end])
    guard isQuery ? isSecretQueryKey(name) : isSecretName(name) else { return nil }
    var start = end
    if isQuery || bytes[end] == UInt8(ascii: "=") {
        guard bytes[end] == UInt8(ascii: "=") else { return nil }
        start += 1
        if start < bytes.count, bytes[start] == UInt8(ascii: "=") { return nil }
    } else {
        // JSON, YAML and headers: the colon stands after a quote or before a space.
        if start < bytes.count, bytes[start] == UInt8(ascii: "\"") { start += 1 }
        guard start + 1 < bytes.count, bytes[start] == UInt8(ascii: ":"),
            start > end || bytes[start + 1] == 0x20
        else { return nil }
        start += 1
        while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    }
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") { start += 1 }
    var stop = start
    while stop < bytes.count, !isBoundary(bytes[stop]), bytes[stop] != UInt8(ascii: "&"),
        !isQuery || (bytes[stop] != UInt8(ascii: "#") && bytes[stop] != UInt8(ascii: ";"))
    {
        stop += 1
    }
    return stop > start ? (start, stop) : nil
}

/// `Authorization: SCHEME VALUE` and a bare `Bearer VALUE`: the value, to the end of its line.
private func authorization(_ bytes: [UInt8], at place: Int) -> (start: Int, end: Int)? {
    let letter = bytes[place] | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") || letter == UInt8(ascii: "b"),
        place == 0 || !isNameByte(bytes[place - 1])
    else { return nil }
    let head = lowered(bytes[place..<min(bytes.count, place + 20)])
    var start = place
    if starts(head, "authorization:") {
        start += 14
    } else if starts(head, "proxy-authorization:") {
        start += 20
    } else if starts(head, "bearer ") {
        start += 7
    } else {
        return nil
    }
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != UInt8(ascii: "\"") { end += 1 }
    return end > start ? (start, end) : nil
}

/// A token of a known shape that starts here: its end.
private func token(_ bytes: [UInt8], at start: Int) -> Int? {
    if start > 0, isLetterOrDigit(bytes[start - 1]) { return nil }
    for shape in TokenShape.all
    where shape.first == bytes[start] && has(shape.prefix, in: bytes, at: start) {
        let bodyStart = start + shape.prefix.utf8.count
        var end = bodyStart
        while end < bytes.count, shape.holds(bytes[end]) { end += 1 }
        if end - bodyStart >= shape.least, end - bodyStart <= shape.most { return end }
    }
    return nil
}

/// What a kind of token looks like.
private struct TokenShape {
    let prefix: String
    let first: UInt8
    /// Bytes that may follow beside letters and digits.
    let others: String
    /// How many follow.
    let least: Int
    let most: Int

    init(_ prefix: String, _ others: String, _ least: Int, _ most: Int = .max) {
        self.prefix = prefix
        first = prefix.utf8.first ?? 0
        self.others = others
        self.least = least
        self.most = most
    }

    func holds(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || others.utf8.contains(byte)
    }

    /// Prefixes are the issuers' own. `pypi-Ag` is how every macaroon of PyPI starts; a package
    /// may be called `pypi-something`. crates.io and NuGet give no separator, so length counts.
    static let all: [TokenShape] = [
        TokenShape("npm_", "", 20),
        TokenShape("pypi-Ag", "_-", 16),
        TokenShape("cio", "", 32, 32),
        TokenShape("oy2", "", 43, 43),
        TokenShape("rubygems_", "", 32),
        TokenShape("ghp_", "", 20), TokenShape("gho_", "", 20), TokenShape("ghu_", "", 20),
        TokenShape("ghs_", "", 20), TokenShape("ghr_", "", 20),
        TokenShape("github_pat_", "_", 20),
        TokenShape("glpat-", "_-", 16),
        TokenShape("dckr_pat_", "_-", 16),
        TokenShape("AKIA", "", 16, 16), TokenShape("ASIA", "", 16, 16),
        TokenShape("xoxb-", "-", 16), TokenShape("xoxp-", "-", 16),
        TokenShape("sk-", "_-", 20),
        TokenShape("AIza", "_-", 35, 35),
        // A JSON web token: `{"` in base64url, and the parts after it.
        TokenShape("eyJ", "_-.", 20),
    ]
}

private func isSecretQueryKey(_ name: [UInt8]) -> Bool {
    for part: String in [
        "token", "sig", "secret", "pass", "auth", "key", "credential", "session",
    ] where find(part, in: name) {
        return true
    }
    return false
}

// MARK: Bytes

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
}

private func isNameByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/")
}

/// White space, quotes and brackets, which no URL or value goes beyond.
private func isBoundary(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "`")
}

private func lowered(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes { result.append(0x41...0x5A ~= byte ? byte | 0x20 : byte) }
    return result
}

private func append(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 { bytes.append(byte) }
}

private func starts(_ bytes: [UInt8], _ prefix: String) -> Bool {
    has(prefix, in: bytes, at: 0)
}

private func starts(_ bytes: [UInt8], _ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

private func ends(_ bytes: [UInt8], _ suffix: String) -> Bool {
    has(suffix, in: bytes, at: bytes.count - suffix.utf8.count)
}

private func has(_ text: String, in bytes: [UInt8], at start: Int) -> Bool {
    guard start >= 0, start + text.utf8.count <= bytes.count else { return false }
    var place = start
    for byte in text.utf8 {
        if bytes[place] != byte { return false }
        place += 1
    }
    return true
}

private func find(_ part: String, in bytes: [UInt8]) -> Bool {
    find(Array(part.utf8), in: bytes, from: 0) != nil
}

private func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while place + part.count <= bytes.count {
        if bytes[place..<place + part.count].elementsEqual(part) { return place }
        place += 1
    }
    return nil
}
