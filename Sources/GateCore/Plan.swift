// The plan: exactly what will run. A value, made by pure code from a decision, so that `explain`
// prints what the shim executes and nothing is composed on the way to execve.

/// What runs, down to the last word, and what was done to make it so.
public struct Plan: Sendable, Equatable {
    /// Whether a parent of ours stays.
    public enum Launch: String, Sendable {
        /// execve; nothing of ours stays.
        case replace
        /// A parent stays, for an outcome record or several phases.
        case supervise
    }

    /// Absolute path of what execve gets: the real tool, symbolic links unresolved, because rustup,
    /// pyenv and virtual environments act on that name.
    public var program: String
    /// argv[0]: the same path. A program of an adopted environment gets the path at which it was
    /// called, by which python finds its environment.
    public var calledAs: String
    /// argv without argv[0].
    public var arguments: [Word]
    /// Variables the tool does not get, by exact name.
    public var removed: [Word]
    /// Variables the tool gets with this value instead of the caller's.
    public var replaced: [Environment.Entry]
    public var launch: Launch
    /// Whether the tool is refused every further process: it fetches and unpacks, and builds nothing.
    public var staysAlone = false
    /// Whether the age of what it brings is to be looked up at the registries, because the tool has no
    /// option that keeps versions out which are too young.
    public var isJudgedByAge = false
    /// Words and variables that we added.
    public var injected: [String]
    /// Names of variables that were removed or emptied; never values.
    public var stripped: [String]
    /// Overrides of the caller that were ignored.
    public var ignored: [String]
    /// Files that the tool reads in the place of its own, and the private directory that they are
    /// written to before it starts.
    public var copies: [SettingsCopy] = []
    public var copiesDirectory = ""
    /// Files in which credentials were found, absolute.
    public var credentialFiles: [String] = []
    /// What runs instead of `arguments` where the work is split up, in this order.
    public var phases: [Phase] = []

    public init(program: String, arguments: [Word], launch: Launch = .replace) {
        self.program = program
        calledAs = program
        self.arguments = arguments
        self.launch = launch
        removed = []
        replaced = []
        injected = []
        stripped = []
        ignored = []
    }
}

/// A settings file as a tool may see it.
public struct SettingsCopy: Sendable, Equatable {
    /// Its place below the plan's directory of copies.
    public var name: String
    /// What it holds.
    public var text: String

    /// A file by its parts.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// One program of a plan whose work is split up.
public struct Phase: Sendable, Equatable {
    /// What a phase is for, as records name it.
    public enum Purpose: String, Sendable {
        /// Finds out what would be installed, and installs nothing.
        case resolve
        /// Finds out which files those are, and installs nothing.
        case pin
        /// Fetches what was judged into a private place.
        case fetch
        /// Takes away what the line takes away.
        case remove
        /// Installs what was judged.
        case install
        /// Installs the project's own folders.
        case own
        /// Asks a registry about a version that was refused.
        case ask
        /// Runs the install scripts of packages that policy lists, each package confined by itself.
        case build
        /// Runs a script of the project itself that the tool runs around an install.
        case script
        /// Runs the project's own tests afterwards.
        case test
    }

    /// Where a phase works.
    public enum Place: Sendable, Equatable {
        /// In the private copy.
        case stage
        /// In the project itself.
        case project
    }

    /// What it is for.
    public var purpose: Purpose
    /// What execve gets.
    public var program: String
    /// argv[0].
    public var calledAs: String
    /// argv without argv[0].
    public var arguments: [Word]
    /// Where it works.
    public var place: Place

    /// A phase; its environment is the plan's.
    public init(
        _ purpose: Purpose, program: String, calledAs: String, arguments: [Word], in place: Place
    ) {
        self.purpose = purpose
        self.program = program
        self.calledAs = calledAs
        self.arguments = arguments
        self.place = place
    }
}

extension Plan {
    /// Starts another file in the tool's place: the tool's interpreter, or its original behind a
    /// program of an adopted environment.
    public mutating func start(_ file: String, calledAs name: String, with words: [Word]) {
        program = file
        calledAs = name
        arguments = words + arguments
        for index in phases.indices {
            phases[index].program = file
            phases[index].calledAs = name
            phases[index].arguments = words + phases[index].arguments
        }
    }

    /// Applies rules to the caller's environment; earlier rules win over later ones.
    public mutating func apply(_ rules: [EnvironmentRule], to environment: Environment) {
        // Every variable meets every rule, so most are told apart by their first two letters.
        var initials: [UInt8] = []
        initials.reserveCapacity(rules.count)
        for index in rules.indices { initials.append(Plan.initials(of: rules[index].pattern)) }
        for entry in environment.entries {
            let initial = Plan.initials(of: entry.name)
            for index in rules.indices {
                guard initials[index] == initial || initials[index] == Plan.anyInitials else {
                    continue
                }
                guard rules[index].covers(entry.name), !isDecided(entry.name) else { continue }
                apply(rules[index].action, to: entry)
                break
            }
        }
        for index in rules.indices {
            guard case .set(let value) = rules[index].action else { continue }
            let rule = rules[index]
            guard !rule.isPattern else { continue }
            guard !replaced.contains(where: { $0.name == rule.pattern }) else { continue }
            replaced.append(.init(name: rule.pattern, value: value))
            injected.append("\(rule.pattern)=\(value)")
        }
    }

    private static let anyInitials: UInt8 = 0xFF

    /// A code of the first two letters, the same for all spellings that a loose rule takes for one.
    private static func initials(of name: Word) -> UInt8 {
        var code: UInt8 = 0
        var count = 0
        for byte in name.text.utf8 {
            if byte == UInt8(ascii: "*") { return anyInitials }
            code = code &* 11 &+ (byte == UInt8(ascii: "-") ? 0x1F : byte & 0x1F)
            count += 1
            if count == 2 { break }
        }
        return code & 0x7F
    }

    private func isDecided(_ name: Word) -> Bool {
        for known in removed where known == name { return true }
        for known in replaced where known.name == name { return true }
        return false
    }

    private mutating func apply(_ action: EnvironmentRule.Action, to entry: Environment.Entry) {
        switch action {
        case .unset:
            removed.append(entry.name)
            stripped.append(entry.name.text)
        case .empty:
            replaced.append(.init(name: entry.name, value: ""))
            stripped.append(entry.name.text)
        case .dropUserinfo:
            let cleaned = withoutUserinfo(entry.value)
            guard cleaned != entry.value else { return }
            replaced.append(.init(name: entry.name, value: cleaned))
            stripped.append(entry.name.text)
        case .set(let value):
            // Every spelling goes; the rule's own is set once for all of them.
            removed.append(entry.name)
            if entry.value != value { ignored.append(entry.name.text) }
        }
    }
}

extension EnvironmentRule {
    /// Whether the pattern has a `*`.
    public var isPattern: Bool { pattern.contains(UInt8(ascii: "*")) }

    /// Whether a variable of this name falls under the rule.
    ///
    /// Loose names are compared as npm does it: any case, `-` and `_` alike
    /// (`workspaces/config/lib/index.js`, `loadEnv`).
    public func covers(_ name: Word) -> Bool {
        var left = name.text.utf8.makeIterator()
        var right = pattern.text.utf8.makeIterator()
        while let wanted = right.next() {
            if wanted == UInt8(ascii: "*") { return coversRest(of: name) }
            guard let found = left.next(), folded(found) == folded(wanted) else { return false }
        }
        return left.next() == nil
    }

    /// The slow path of a pattern with a star: everything before the first star has matched.
    private func coversRest(of name: Word) -> Bool {
        let parts = pattern.text.utf8.split(
            separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        let bytes = name.text.utf8.map(folded)
        var place = parts.first?.count ?? 0
        for (index, part) in parts.enumerated().dropFirst() {
            let wanted = part.map(folded)
            if index == parts.count - 1 {
                return bytes.count - place >= wanted.count
                    && bytes[(bytes.count - wanted.count)...].elementsEqual(wanted)
            }
            while place + wanted.count <= bytes.count,
                !bytes[place..<place + wanted.count].elementsEqual(wanted)
            {
                place += 1
            }
            place += wanted.count
            if place > bytes.count { return false }
        }
        return true
    }

    private func folded(_ byte: UInt8) -> UInt8 {
        guard isLoose else { return byte }
        if byte == UInt8(ascii: "-") { return UInt8(ascii: "_") }
        return byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
}

/// The value with `user:password@` removed from each URL in it; index variables may hold several,
/// separated by spaces or commas.
public func withoutUserinfo(_ value: Word) -> Word {
    let bytes = Array(value.text.utf8)
    var kept: [UInt8] = []
    var place = 0
    while place < bytes.count {
        let isScheme =
            bytes[place] == UInt8(ascii: ":") && place + 2 < bytes.count
            && bytes[place + 1] == UInt8(ascii: "/") && bytes[place + 2] == UInt8(ascii: "/")
        kept.append(bytes[place])
        place += 1
        guard isScheme else { continue }
        kept.append(contentsOf: [UInt8(ascii: "/"), UInt8(ascii: "/")])
        place += 2
        // The authority ends at a slash, query, fragment, space or comma; the last "@" in it ends
        // the userinfo (RFC 3986 §3.2).
        var end = place
        while end < bytes.count, !" /?#,\t\n\\".utf8.contains(bytes[end]) { end += 1 }
        if let at = bytes[place..<end].lastIndex(of: UInt8(ascii: "@")) { place = at + 1 }
    }
    return Word(String(decoding: kept, as: UTF8.self))
}
