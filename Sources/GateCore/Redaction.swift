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
            // A name of a secret can itself stand where a rule sees one.
            if case .next(let distance) = secretName(bytes, rules, commands),
                place + distance < secret.count
            {
                secret[place + distance] = true
            }
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
        texts.append(
            SecretText.redacted(bytes, isProxy: place > 0 && isProxyOption(arguments[place - 1])))
    }
    return hidden(secretsNested(in: invocation), in: texts)
}

/// The words, or ends of words, that `redact(arguments:)` took out whole. Where a tool reads them as
/// something else than a secret (`maturin upload --token SECRET`, which it refuses), they stand in
/// its canonical text too, and are hidden there by these.
public func secretWords(in arguments: [Word], redacted texts: [String]) -> [Word] {
    var secrets: [Word] = []
    let mark = Array("[redacted:arg]".utf8)
    for place in 0..<min(arguments.count, texts.count) {
        let text = Array(texts[place].utf8)
        guard text.count >= mark.count, text.suffix(mark.count).elementsEqual(mark) else {
            continue
        }
        let kept = text.count - mark.count
        let word = Array(arguments[place].text.utf8)
        guard word.count > kept, word.prefix(kept).elementsEqual(text.prefix(kept)) else {
            continue
        }
        secrets.append(Word(String(decoding: word[kept...], as: UTF8.self)))
    }
    return secrets
}

/// The texts without these words, each of which may also be a part of one.
public func redact(_ texts: [String], hiding secrets: [Word]) -> [String] {
    hidden(secrets, in: texts)
}

/// The words that rules of the nested tools call secret: `npx twine upload -p SECRET`.
private func secretsNested(in invocation: Invocation?) -> [Word] {
    guard let invocation, !invocation.nested.isEmpty else { return [] }
    var secrets: [Word] = []
    for inner in invocation.flattened.dropFirst() {
        let clean = redact(inner)
        let words = inner.options.compactMap(\.value) + inner.positionals + inner.rest
        let texts = clean.options.compactMap(\.value) + clean.positionals + clean.rest
        for (word, text) in zip(words, texts) where text == "[redacted:arg]" {
            if !secrets.contains(word) { secrets.append(word) }
        }
    }
    return secrets
}

/// The texts without these words, which may be part of a shell text.
private func hidden(_ secrets: [Word], in texts: [String]) -> [String] {
    if secrets.isEmpty { return texts }
    return texts.map { text in
        var bytes = Array(text.utf8)
        for secret in secrets where !secret.isEmpty {
            let wanted = Array(secret.text.utf8)
            if bytes == wanted { return "[redacted:arg]" }
            // Shorter ones are part of too many words.
            guard wanted.count >= 6 else { continue }
            while let start = SecretText.find(wanted, in: bytes, from: 0) {
                bytes.replaceSubrange(
                    start..<(start + wanted.count), with: Array("[redacted:arg]".utf8))
                if SecretText.find(wanted, in: Array("[redacted:arg]".utf8), from: 0) != nil {
                    break
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// An invocation whose texts may be recorded, for its canonical text.
///
/// - Parameter hiding: words that are known to be secret, wherever they stand.
public func redact(
    _ invocation: Invocation, rules: [SecretRule] = [], hiding: [Word] = []
) -> Invocation {
    let rules = rules + SecretRule.defaults(for: invocation.tool)
    var result = invocation
    for place in 0..<result.options.count {
        guard let value = result.options[place].value else { continue }
        let name = Array(result.options[place].name.text.utf8)
        let spelling = Array(result.options[place].spelling.text.utf8)
        let isSecret =
            isSecretOption(spelling, rules, invocation.command)
            || isSecretOption(name, rules, invocation.command)
        let text = SecretText.redacted(
            Array(value.text.utf8),
            isProxy: isProxyOption(Word("-" + String(decoding: name, as: UTF8.self))))
        result.options[place].value = Word(isSecret ? "[redacted:arg]" : text)
        result.options[place].spelling = Word(redact(result.options[place].spelling.text))
    }
    // Readers that keep short options with their value as one word: `-pSECRET`.
    for place in 0..<result.options.count where result.options[place].value == nil {
        let word = Array(result.options[place].spelling.text.utf8)
        guard case .attached(let start) = secretName(word, rules, invocation.command) else {
            continue
        }
        let option = String(decoding: word[..<start], as: UTF8.self)
        result.options[place].spelling = Word(option + "[redacted:arg]")
    }
    result.positionals = redact(
        arguments: invocation.command.dropFirst() + invocation.positionals,
        tool: invocation.tool, rules: rules
    ).dropFirst(max(0, invocation.command.count - 1)).map { Word($0) }
    // A positional may stand behind `--`: `cargo login -- TOKEN`.
    let lead = invocation.command.dropFirst() + invocation.positionals
    result.rest = redact(
        arguments: lead + invocation.rest, tool: invocation.tool, rules: rules
    ).dropFirst(lead.count).map { Word($0) }
    for place in 0..<result.inForce.count {
        let name = Array(result.inForce[place].name.text.utf8)
        let isSecret =
            isSecretOption(name, rules, invocation.command) || isSecretSetting(name[...])
        if isSecret { result.inForce[place].value = .text("[redacted:arg]") }
        if case .text(let value) = result.inForce[place].value {
            result.inForce[place].value = .text(Word(redact(value.text)))
        }
    }
    for place in 0..<result.packages.count {
        let package = result.packages[place]
        result.packages[place].name = Word(redact(package.name.text))
        result.packages[place].range = Word(redact(package.range.text))
        result.packages[place].spelling = Word(redact(package.spelling.text))
    }
    result.registry = result.registry.map { redact($0) }
    result.ambiguous = result.ambiguous.map { redact($0) }
    result.directories = result.directories.map { redact($0) }
    let secrets = secretsNested(in: invocation) + hiding
    if !secrets.isEmpty { result.hide(secrets) }
    result.nested = invocation.nested.map { redact($0, hiding: hiding) }
    result.roles = []
    return result
}

extension Invocation {
    /// Takes these words out of everything that is shown.
    fileprivate mutating func hide(_ secrets: [Word]) {
        func clean(_ word: Word) -> Word { Word(hidden(secrets, in: [word.text])[0]) }
        positionals = positionals.map(clean)
        rest = rest.map(clean)
        for place in 0..<options.count {
            options[place].value = options[place].value.map(clean)
            options[place].spelling = clean(options[place].spelling)
        }
        for place in 0..<packages.count {
            packages[place].name = clean(packages[place].name)
            packages[place].range = clean(packages[place].range)
            packages[place].spelling = clean(packages[place].spelling)
        }
        for place in 0..<inForce.count {
            guard case .text(let value) = inForce[place].value else { continue }
            inForce[place].value = .text(clean(value))
        }
        ambiguous = hidden(secrets, in: ambiguous)
        otherSpellings = hidden(secrets, in: otherSpellings)
        directories = hidden(secrets, in: directories)
    }
}

/// A text, for example a message of a tool, without logins in URLs, secret query keys, values of
/// secret names and tokens of a known shape.
public func redact(_ text: String) -> String {
    SecretText.redacted(Array(text.utf8), isProxy: false)
}

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
            for place in 0..<arguments.count {
                switch invocation.roles[place] {
                case .positional, .passedOn: break
                // What a tool leaves unread is shown all the same; before the command it is a
                // toolchain or a directive.
                case .other:
                    let isBefore = !invocation.roles[..<place].contains(.command)
                    if isBefore || arguments[place].first == UInt8(ascii: "-") { continue }
                case .command, .option, .valueOf, .terminator: continue
                }
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
    return SecretText.find(Array("://".utf8), in: Array(word.text.utf8), from: 0) != nil
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
    // NuGet's other sign for an option; a path has more than one.
    if first == UInt8(ascii: "/"), word.lastIndex(of: first) == 0,
        SecretText.isSecretName(SecretText.lowered(word[1...]))
    {
        return .next(1)
    }
    let name = SecretText.lowered(word[...])
    if SecretText.starts(name, "http-basic.") { return .next(2) }
    return isSecretSetting(word[...]) || SecretText.starts(name, "pypi-token.") ? .next(1) : .none
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
        if option.count > 2,
            SecretText.lowered(Array(option.text.utf8)[...]) == SecretText.lowered(word[...])
        {
            return true
        }
    }
    let name = SecretText.lowered(word.drop { $0 == UInt8(ascii: "-") })
    if SecretText.isSecretName(name) { return true }
    // Most parsers take an unambiguous beginning of a long option.
    guard word.count > 2, word[0] == UInt8(ascii: "-"), word[1] == UInt8(ascii: "-") else {
        return false
    }
    return (name.count >= 2 && SecretText.starts(Array("otp".utf8), name))
        || (name.count >= 3
            && (SecretText.starts(Array("password".utf8), name)
                || SecretText.starts(Array("token".utf8), name)))
        || (name.count >= 4 && SecretText.starts(Array("api-key".utf8), name))
}

private func applies(_ limited: [Word], _ commands: [Word]) -> Bool {
    if limited.isEmpty { return true }
    for command in limited where commands.contains(command) { return true }
    return false
}

/// A setting's name as a bare word (`npm config set NAME VALUE`). Plain words such as `token` are
/// package names, so only names that are settings of a known tool count.
private func isSecretSetting(_ word: ArraySlice<UInt8>) -> Bool {
    let name = SecretText.lowered(word)
    for ending: String in [
        "_authtoken", ":_auth", "_password", "npmauthtoken", "npmauthident", "_secret", "_token",
        "_key",
    ] where SecretText.ends(name, ending) {
        return true
    }
    if name == Array("_auth".utf8) { return true }
    // `registry.token`, `registries.NAME.token`, `http-basic` and the like: a dotted path.
    return name.contains(UInt8(ascii: ".")) && SecretText.ends(name, "token")
}

private func isProxyOption(_ word: Word) -> Bool {
    word.first == UInt8(ascii: "-")
        && SecretText.ends(SecretText.lowered(Array(word.text.utf8)[...]), "proxy")
}
