// Indexes of Python's tools. pip asks all of its indexes and takes the best version, wherever it comes
// from. uv takes the first index that knows a name, unless it is told otherwise. Poetry and pdm name
// theirs in pyproject.toml.
// Sources: pip/_internal/cli/cmdoptions.py and index/collector.py; uv's reference of settings and
// "Package indexes"; poetry "Repositories"; pdm "Configure the Project".

import GateCore

extension RegistryReader {
    /// What pip asks.
    mutating func readPip(_ invocation: Invocation, _ facts: inout Facts) {
        asksAll = true
        // `-i` in a requirement file takes the place of every other.
        let isReplaced = uses.contains { use in
            ["-i", "--index-url", "--pypi-url"].contains { Word(use.place).hasSuffix($0) }
        }
        let sources = PipSources(line, &facts)
        let section: Word = invocation.command.count > 1 ? invocation.command[1] : "install"
        var hasIndex = false
        var isIndexed = true
        for setting in invocation.inForce {
            if setting.name == "no_index", setting.value == .flag(true) { isIndexed = false }
        }
        for setting in invocation.inForce {
            var keys: [Word] = []
            switch setting.name {
            case "index_url", "index": keys = ["index-url", "pypi-url", "index", "i"]
            case "extra_index_urls": keys = ["extra-index-url"]
            case "find_links": keys = ["find-links", "f"]
            default: continue
            }
            let isIndex = keys[0] != "find-links"
            if keys[0] == "index-url" { hasIndex = true }
            for written in setting.value.words where !written.isEmpty {
                let address = withoutUserinfo(written)
                let place = pipPlace(of: keys, address, invocation, sources, section)
                let isAsked = isIndex ? isIndexed && !(keys[0] == "index-url" && isReplaced) : true
                add(address, at: place.text, from: place.origin, isInForce: isAsked)
            }
        }
        // What the settings would be without the line: a project's index that is the user's as well.
        for (place, key, value, origin) in sources.places(section: section)
        where key == "index-url" || key == "extra-index-url" || key == "find-links" {
            for address in value.pipWords {
                add(address, at: place, from: origin, isInForce: false)
            }
        }
        if !hasIndex, !isReplaced, isIndexed {
            add(Word(standard[0]), at: "pip's own default", from: .standard)
        }
        uses = uses.withoutHiddenTwins
    }

    private func pipPlace(
        of keys: [Word], _ address: Word, _ invocation: Invocation, _ sources: PipSources,
        _ section: Word
    ) -> (text: String, origin: RegistryUse.Origin) {
        for option in invocation.options
        where keys.contains(option.name) && option.value.map(withoutUserinfo) == address {
            return (option.spelling.text, .line)
        }
        for (place, key, value, origin) in sources.places(section: section).reversed()
        where key == keys[0] && value.pipWords.contains(address) {
            return (place, origin)
        }
        return ("pip's \(keys[0])", .environment)
    }

    /// What pipx has pip ask: pip's settings, under the line's own index.
    mutating func readPipx(_ invocation: Invocation, _ facts: inout Facts) {
        asksAll = true
        if invocation.options.contains(where: { $0.name == "pip-args" }) { isComplete = false }
        let sources = PipSources(line, &facts)
        var hasIndex = false
        for option in invocation.options where option.name == "index-url" || option.name == "i" {
            add(option.value ?? "", at: option.spelling.text, from: .line)
            hasIndex = true
        }
        for (place, key, value, origin) in sources.places(section: "install").reversed() {
            guard key == "index-url" || key == "extra-index-url" || key == "find-links" else {
                continue
            }
            let isHidden = key == "index-url" && hasIndex
            if key == "index-url" { hasIndex = true }
            for address in value.pipWords {
                add(address, at: place, from: origin, isInForce: !isHidden)
            }
        }
        if !hasIndex { add(Word(standard[0]), at: "pip's own default", from: .standard) }
    }

    /// What uv asks, the first first: the line, the environment, the project's file, the user's, the
    /// machine's.
    mutating func readUv(_ invocation: Invocation, _ facts: inout Facts) {
        let files = uses
        uses = []
        let options = invocation.options
        func values(_ names: [Word]) -> [(Word, Word)] {
            options.filter { names.contains($0.name) }.map { ($0.spelling, $0.value ?? "") }
        }
        let strategy =
            values(["index-strategy"]).last?.1 ?? variable("UV_INDEX_STRATEGY") ?? "first-index"
        asksAll = strategy != "first-index"
        for (name, value) in values(["index"]) {
            add(uvAddress(value), at: name.text, from: .line)
        }
        addVariables(["UV_INDEX", "UV_EXTRA_INDEX_URL"])
        for (name, value) in values(["extra-index-url", "find-links"]) {
            add(value, at: name.text, from: .line)
        }
        addVariables(["UV_FIND_LINKS"])
        for use in files { add(use.address, at: use.place, from: use.origin) }
        var hasDefault = false
        for (name, value) in values(["default-index", "index-url"]) {
            add(value, at: name.text, from: .line)
            hasDefault = true
        }
        if !hasDefault { hasDefault = addVariables(["UV_DEFAULT_INDEX", "UV_INDEX_URL"]) }
        let isConfigured = !options.contains { $0.name == "no-config" }
        if isConfigured, variable("UV_NO_CONFIG") == nil {
            for (path, origin) in uvFiles(options, &facts) {
                guard let text = facts.text(path) else { continue }
                readUvFile(text, path, origin, &hasDefault)
            }
        }
        let isOff = options.contains { $0.name == "no-index" }
        if isOff {
            for index in uses.indices where uses[index].origin != .line {
                uses[index].isInForce = false
            }
        } else if !hasDefault {
            add(Word(standard[0]), at: "uv's own default", from: .standard)
        }
    }

    @discardableResult
    private mutating func addVariables(_ names: [Word]) -> Bool {
        var isNamed = false
        for name in names {
            guard let value = variable(name) else { continue }
            isNamed = true
            for part in value.text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x2C }) {
                add(uvAddress(Word(String(Substring(part)))), at: name.text, from: .environment)
            }
        }
        return isNamed
    }

    /// `NAME=ADDRESS` is an index with a name.
    private func uvAddress(_ value: Word) -> Word {
        guard let (name, address) = value.split(at: UInt8(ascii: "=")),
            !name.contains(UInt8(ascii: ":")), !name.contains(UInt8(ascii: "/"))
        else { return value }
        return address
    }

    private func uvFiles(
        _ options: [OptionUse], _ facts: inout Facts
    ) -> [(path: String, origin: RegistryUse.Origin)] {
        let named = options.last { $0.name == "config-file" }?.value ?? variable("UV_CONFIG_FILE")
        if let named {
            return [(PathText.absolute(named, from: line.cwd), .environment)]
        }
        var files: [(path: String, origin: RegistryUse.Origin)] = []
        var seen = WordPlaces()
        for place in places {
            for folder in YarnWords.ancestors(of: place) where seen.add(Word(folder)) == nil {
                files.append((YarnWords.file("uv.toml", in: folder), .project))
                files.append((YarnWords.file("pyproject.toml", in: folder), .project))
            }
        }
        if let folder = configuration { files.append(("\(folder)/uv/uv.toml", .user)) }
        return files + [("/etc/uv/uv.toml", .machine), ("/etc/xdg/uv/uv.toml", .machine)]
    }

    private mutating func readUvFile(
        _ text: String, _ path: String, _ origin: RegistryUse.Origin, _ hasDefault: inout Bool
    ) {
        let isProject = Word(path).hasSuffix("/pyproject.toml")
        guard let table = TomlTable(text) else {
            if YarnWords.mentions(Word(text), "index") { add("", at: path, from: origin) }
            return
        }
        let root: [Word] = isProject ? ["tool", "uv"] : []
        if let strategy = table[root + ["index-strategy"]]?.string, strategy != "first-index" {
            asksAll = true
        }
        for base in [root, root + ["pip"]] {
            for key: Word in ["extra-index-url", "find-links"] {
                for address in table[base + [key]]?.strings ?? [] {
                    add(address, at: "\(path): \(key)", from: origin)
                }
            }
        }
        if case .list(let rows)? = table[root + ["index"]] {
            for case .table(let row) in rows {
                let isDefault = row.value(of: "default") == .scalar("true")
                let address = row.value(of: "url")?.string ?? ""
                add(
                    address, at: "\(path): index", from: origin,
                    isInForce: !(isDefault && hasDefault))
                if isDefault { hasDefault = true }
            }
        }
        for base in [root, root + ["pip"]] {
            guard let address = table[base + ["index-url"]]?.string else { continue }
            add(address, at: "\(path): index-url", from: origin, isInForce: !hasDefault)
            hasDefault = true
        }
    }

    /// What poetry asks: PyPI unless the project names a source that takes its place.
    mutating func readPoetry(_ invocation: Invocation, _ facts: inout Facts) {
        asksAll = true
        var hasPrimary = false
        var path: String?
        for place in places {
            for folder in YarnWords.ancestors(of: place) where path == nil {
                let file = YarnWords.file("pyproject.toml", in: folder)
                guard let text = facts.text(file) else { continue }
                path = file
                guard let table = TomlTable(text) else {
                    add("", at: file, from: .project)
                    continue
                }
                guard case .list(let rows)? = table[["tool", "poetry", "source"]] else { continue }
                for case .table(let row) in rows {
                    let name = row.value(of: "name")?.string ?? ""
                    let priority = row.value(of: "priority")?.string ?? "primary"
                    if priority == "primary" || priority == "default" { hasPrimary = true }
                    let isOwn = name.lowercasedASCII == "pypi" && row.value(of: "url") == nil
                    add(
                        isOwn ? Word(standard[0]) : row.value(of: "url")?.string ?? "",
                        at: "\(file): source \(name)", from: .project)
                }
            }
        }
        if !hasPrimary { add(Word(standard[0]), at: "poetry's own default", from: .standard) }
    }

    /// What pdm asks: PyPI unless a setting or a source of the project takes its place.
    mutating func readPdm(_ invocation: Invocation, _ facts: inout Facts) {
        asksAll = true
        if let address = variable("PDM_PYPI_URL") {
            addFirst(address, at: "PDM_PYPI_URL", from: .environment)
        }
        var files: [(path: String, origin: RegistryUse.Origin)] = []
        for place in places {
            for folder in YarnWords.ancestors(of: place) {
                files.append((YarnWords.file("pyproject.toml", in: folder), .project))
                files.append((YarnWords.file("pdm.toml", in: folder), .project))
            }
        }
        if let folder = configuration { files.append(("\(folder)/pdm/config.toml", .user)) }
        files.append(("/etc/xdg/pdm/config.toml", .machine))
        for (path, origin) in files {
            guard let text = facts.text(path) else { continue }
            guard let table = TomlTable(text) else {
                add("", at: path, from: origin)
                continue
            }
            if let address = table[["pypi", "url"]]?.string {
                add(address, at: "\(path): pypi.url", from: origin)
            }
            if case .list(let rows)? = table[["tool", "pdm", "source"]] {
                for case .table(let row) in rows {
                    let address = row.value(of: "url")?.string ?? ""
                    add(address, at: "\(path): source", from: origin)
                }
            }
        }
        addStandard()
    }
}

extension Word {
    /// Words between white space, as pip's files have several in one value.
    fileprivate var pipWords: [Word] {
        text.utf8.split(whereSeparator: { $0 == 0x20 || ($0 >= 9 && $0 <= 13) })
            .map { withoutUserinfo(Word(String(Substring($0)))) }
    }
}

extension [RegistryUse] {
    /// Without those that are hidden and say nothing more than one in force at the same place.
    fileprivate var withoutHiddenTwins: [RegistryUse] {
        filter { use in
            use.isInForce
                || !contains {
                    $0.isInForce && Word($0.place) == Word(use.place) && $0.address == use.address
                }
        }
    }
}
