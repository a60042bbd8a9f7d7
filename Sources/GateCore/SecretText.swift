// Secrets in a text, by their place and by their shape: logins and secret keys in URLs, values of
// secret names in JSON and headers, and tokens that their issuer marks with a prefix. This catches
// what stands where no argument's name tells.

/// What a text says of secrets.
enum SecretText {
    /// A word or text with everything secret in it replaced.
    static func redacted(_ bytes: [UInt8], isProxy: Bool) -> String {
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
    private static func userinfo(_ bytes: [UInt8], at start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: ":"), has("://", in: bytes, at: start) else {
            return nil
        }
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
    private static func namedValue(_ bytes: [UInt8], at place: Int) -> (start: Int, end: Int)? {
        let opening = bytes[place]
        let isQuery =
            opening == UInt8(ascii: "?") || opening == UInt8(ascii: "&")
            || opening == UInt8(ascii: "#")
            || opening == UInt8(ascii: ";")
        // `{` and `,` open a name in an inline table of TOML.
        let opens =
            opening == UInt8(ascii: "\"") || opening == UInt8(ascii: "{")
            || opening == UInt8(ascii: ",") || isBoundary(opening)
        guard isQuery || opens || place == 0 else { return nil }
        let nameStart = isQuery || opens ? place + 1 : 0
        var end = nameStart
        while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
        guard end > nameStart, end < bytes.count else { return nil }
        let name = lowered(bytes[nameStart..<end].drop { $0 == UInt8(ascii: "-") })
        guard isQuery ? isSecretQueryKey(name) : isSecretName(name) else { return nil }
        var start = end
        if !isQuery {
            // `token = "..."`, and `--token ...` in a shell text.
            while start < bytes.count, bytes[start] == 0x20 { start += 1 }
            let isOption = bytes[nameStart] == UInt8(ascii: "-") && start > end
            if start == bytes.count || !isOption && bytes[start] != UInt8(ascii: "=") {
                start = end
            }
        }
        if !isQuery, start > end, bytes[start] != UInt8(ascii: "=") {
            // The value stands here.
        } else if isQuery || bytes[start] == UInt8(ascii: "=") {
            guard bytes[start] == UInt8(ascii: "=") else { return nil }
            start += 1
            if start < bytes.count, bytes[start] == UInt8(ascii: "=") { return nil }
            while !isQuery, start < bytes.count, bytes[start] == 0x20 { start += 1 }
        } else {
            // JSON, YAML and headers: the colon stands after a quote or before a space.
            if start < bytes.count, bytes[start] == UInt8(ascii: "\"") { start += 1 }
            guard start + 1 < bytes.count, bytes[start] == UInt8(ascii: ":"),
                start > end || bytes[start + 1] == 0x20
            else { return nil }
            start += 1
            while start < bytes.count, bytes[start] == 0x20 { start += 1 }
        }
        // TOML and shell quote with either.
        while start < bytes.count, bytes[start] == UInt8(ascii: "\"") || bytes[start] == 0x27 {
            start += 1
        }
        var stop = start
        while stop < bytes.count, !isBoundary(bytes[stop]), bytes[stop] != UInt8(ascii: "&"),
            !isQuery || (bytes[stop] != UInt8(ascii: "#") && bytes[stop] != UInt8(ascii: ";"))
        {
            stop += 1
        }
        return stop > start ? (start, stop) : nil
    }

    /// `Authorization: SCHEME VALUE` and a bare `Bearer VALUE`: the value, to the end of its line.
    private static func authorization(_ bytes: [UInt8], at place: Int) -> (start: Int, end: Int)? {
        let letter = bytes[place] | 0x20
        guard
            letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p")
                || letter == UInt8(ascii: "b"),
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
    private static func token(_ bytes: [UInt8], at start: Int) -> Int? {
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

    private static func isSecretQueryKey(_ name: [UInt8]) -> Bool {
        for part: String in [
            "token", "sig", "secret", "pass", "auth", "key", "credential", "session",
        ] where find(part, in: name) {
            return true
        }
        return false
    }

    /// Whether the byte is an ASCII letter or digit.
    fileprivate static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/")
    }

    /// White space, quotes and brackets, which no URL or value goes beyond.
    private static func isBoundary(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "`")
    }

    /// The bytes with A to Z in lower case.
    static func lowered(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes { result.append(0x41...0x5A ~= byte ? byte | 0x20 : byte) }
        return result
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 { bytes.append(byte) }
    }

    /// Whether the bytes start with `prefix`.
    static func starts(_ bytes: [UInt8], _ prefix: String) -> Bool {
        has(prefix, in: bytes, at: 0)
    }

    /// Whether the bytes start with `prefix`.
    static func starts(_ bytes: [UInt8], _ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

    /// Whether the bytes end with `suffix`.
    static func ends(_ bytes: [UInt8], _ suffix: String) -> Bool {
        has(suffix, in: bytes, at: bytes.count - suffix.utf8.count)
    }

    private static func has(_ text: String, in bytes: [UInt8], at start: Int) -> Bool {
        guard start >= 0, start + text.utf8.count <= bytes.count else { return false }
        var place = start
        for byte in text.utf8 {
            if bytes[place] != byte { return false }
            place += 1
        }
        return true
    }

    /// Whether `part` occurs.
    static func find(_ part: String, in bytes: [UInt8]) -> Bool {
        find(Array(part.utf8), in: bytes, from: 0) != nil
    }

    /// Where `part` occurs first from `start` on.
    static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + part.count <= bytes.count {
            if bytes[place..<place + part.count].elementsEqual(part) { return place }
            place += 1
        }
        return nil
    }

    /// Names that hold a secret wherever they stand: these, or any name that ends with one of them.
    static func isSecretName(_ name: [UInt8]) -> Bool {
        if name == Array("otp".utf8) || starts(name, "_auth") { return true }
        for ending: String in [
            "token", "password", "passwd", "passphrase", "secret", "apikey", "api-key", "api_key",
            ":_auth", "authident", "access-key", "access_key", "private-key", "private_key",
        ] where ends(name, ending) {
            return true
        }
        return false
    }
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
        SecretText.isLetterOrDigit(byte) || others.utf8.contains(byte)
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
