// Credentials of yarn 2 and later, in .yarnrc.yml. A variable wins over the files for what stands at
// their top; what stands below a scope or a registry cannot be hidden by one, and the files cannot be
// moved, because yarn looks for them from the working directory up.
// Source: yarn 3 sources/Configuration.ts, plugin-npm sources/npmHttpUtils.ts.

import GateCore

extension CredentialSearch {
    /// Hides from yarn, by its version; both where that is not known.
    mutating func hideFromYarn(_ invocation: Invocation, _ places: [String]) {
        let version = Word(invocation.version ?? "")
        if version.isEmpty || version.hasPrefix("1.") { hideFromYarnClassic(invocation, places) }
        if version.isEmpty || !version.hasPrefix("1.") { hideFromYarnBerry(invocation, places) }
    }

    private mutating func hideFromYarnBerry(_ invocation: Invocation, _ places: [String]) {
        let name = variable("YARN_RC_FILENAME")?.text ?? ".yarnrc.yml"
        var paths = folders(of: places).map { YarnWords.file(name, in: $0) }
        let home = line.home.map { YarnWords.file(name, in: straightened($0)) }
        let projects = paths.filter { Word($0) != home.map { Word($0) } }
        if let home, projects.count == paths.count { paths.append(home) }
        for path in paths {
            guard let text = text(path) else { continue }
            if projects.contains(where: { Word($0) == Word(path) }) { emptyVariables([text]) }
            if invocation.operation == .run { continue }
            hideYarn(text, path)
        }
    }

    private mutating func hideYarn(_ text: String, _ path: String) {
        let names: Word = "npmAuthToken npmAuthIdent"
        // The address of a registry is the key around its settings.
        for (keys, value) in yamlSettings(text) where !value.isEmpty {
            guard let key = keys.last, names.lists(key) else {
                // `{npmAuthToken: x}` and the like stand in one line.
                if YarnWords.mentions(value, "npmAuth") { noteLeft(path, keys.first ?? "") }
                continue
            }
            let shown = Word(keys.map(\.text).joined(separator: "."))
            if keys.count == 1 {
                noteHidden(path, shown)
                // Both are looked at, the token first.
                set("YARN_NPM_AUTH_TOKEN", "")
                set("YARN_NPM_AUTH_IDENT", "")
                continue
            }
            if keys[0] == "npmRegistries", keys.count == 3 {
                let address = keys[1].hasPrefix("//") ? "https:" + keys[1].text : keys[1].text
                if keeps(address) { continue }
            }
            if keys[0] == "npmScopes", keys.count == 3 {
                let server = yamlSettings(text).first {
                    $0.keys == [keys[0], keys[1], "npmRegistryServer"]
                }
                if let server, keeps(server.value.text) { continue }
            }
            // A variable in the place of the token is emptied.
            if value.contains(UInt8(ascii: "$")) { continue }
            noteLeft(path, shown)
        }
    }
}
