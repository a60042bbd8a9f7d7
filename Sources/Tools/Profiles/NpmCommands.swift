// npm's commands and what they do, as data. One letter each: P publish, U unpublish, M administer,
// A authenticate, C configure, X execute, I install, R run, K pack, O modify, Q query.
// Sources: npm lib/commands/*.js of the versions in NpmTables, npm's command documentation.

import GateCore

/// npm's consequences.
enum NpmCommands {
    /// The operation of each canonical command; those with subcommands are in `subcommands`.
    private static let operations = WordTable(
        """
        publish=P unpublish=U deprecate=M undeprecate=M star=M unstar=M login=A adduser=A logout=A
        install=I ci=I install-test=I install-ci-test=I update=I uninstall=I dedupe=I find-dupes=I
        prune=I rebuild=I link=I birthday=X patch=I build=I unbuild=I exec=X init=O run=R
        run-script=R test=R start=R stop=R restart=R version=R explore=R edit=R pack=K get=Q
        approve-scripts=C deny-scripts=C install-scripts=C set-script=O shrinkwrap=O bin=Q bugs=Q
        completion=Q diff=K docs=Q doctor=Q explain=Q fund=Q help=Q help-search=Q ll=Q ls=Q
        outdated=Q ping=Q prefix=Q query=Q repo=Q root=Q sbom=Q search=Q stars=Q substack=Q view=Q
        visnup=Q whoami=Q xmas=Q
        """)

    /// `COMMAND/WORD=LETTER` or `COMMAND/WORD=LETTER:CANONICAL`. `COMMAND/` is any other word,
    /// `COMMAND/-` no word at all.
    private static let subcommands = WordTable(
        """
        stage/publish=P stage/approve=P stage/reject=M stage/list=Q stage/view=Q stage/download=Q
        stage/=P stage/-=Q trust/github=M trust/gitlab=M trust/circleci=M trust/revoke=M
        trust/list=Q trust/=M trust/-=Q access/list=Q access/ls=Q:list access/get=Q
        access/ls-packages=Q access/ls-collaborators=Q access/set=M access/grant=M
        access/revoke=M access/public=M access/restricted=M access/2fa-required=M
        access/2fa-not-required=M access/edit=M access/=M access/-=Q
        dist-tag/add=M dist-tag/a=M:add dist-tag/set=M:add dist-tag/s=M:add dist-tag/rm=M
        dist-tag/r=M:rm dist-tag/del=M:rm dist-tag/d=M:rm dist-tag/remove=M:rm dist-tag/ls=Q
        dist-tag/l=Q:ls dist-tag/sl=Q:ls dist-tag/list=Q:ls dist-tag/=Q dist-tag/-=Q
        owner/add=M owner/rm=M owner/remove=M:rm owner/ls=Q owner/list=Q:ls owner/=M owner/-=Q
        token/create=A token/revoke=A token/rm=A:revoke token/delete=A:revoke
        token/remove=A:revoke token/list=Q token/ls=Q:list token/=A token/-=Q
        team/create=M team/destroy=M team/add=M team/rm=M team/ls=Q team/=M team/-=Q
        org/set=M org/add=M:set org/rm=M org/ls=Q org/=M org/-=Q
        profile/get=Q profile/=M profile/-=Q hook/ls=Q hook/=M hook/-=Q
        config/set=C config/s=C:set config/delete=C config/del=C:delete config/rm=C:delete
        config/edit=C config/fix=C config/get=Q config/list=Q config/ls=Q:list config/=C config/-=Q
        pkg/get=Q pkg/set=O pkg/delete=O pkg/fix=O pkg/=O pkg/-=Q
        audit/fix=I audit/signatures=Q audit/=Q audit/-=Q
        cache/add=I cache/ls=Q cache/clean=O cache/clear=O:clean cache/rm=O:clean cache/verify=O
        cache/check=O:verify cache/npx=O cache/=O cache/-=Q set/=C set/-=C
        """)

    /// Options that name a program or a module which the tool then starts.
    static let programOptions: [Word] = [
        "browser", "editor", "viewer", "shell", "script-shell", "git", "node-options", "node-gyp",
        "init-module", "init.module",
    ]

    /// Settings that touch no registry, credential, script or program.
    private static let harmlessSettings = WordTable(
        """
        all= audit= audit-level= color= depth= description= diff-unified= engine-strict= fund=
        heading= if-present= include= init-author-email= init-author-name= init-author-url=
        init-license= init-private= init-type= init-version= json= legacy-peer-deps= loglevel=
        logs-max= long= maxsockets= offline= omit= optional= package-lock= parseable=
        prefer-dedupe= prefer-offline= prefer-online= production= progress= save= save-bundle=
        save-dev= save-exact= save-optional= save-peer= save-prefix= save-prod= searchlimit=
        searchstaleness= strict-peer-deps= tag-version-prefix= timing= unicode= update-notifier=
        workspaces-update=
        """)

    /// The operation of a letter.
    static func operation(_ letter: UInt8) -> Operation {
        switch letter {
        case UInt8(ascii: "P"): .publish
        case UInt8(ascii: "U"): .unpublish
        case UInt8(ascii: "M"): .administer
        case UInt8(ascii: "A"): .authenticate
        case UInt8(ascii: "C"): .configure
        case UInt8(ascii: "X"): .execute
        case UInt8(ascii: "I"): .install
        case UInt8(ascii: "R"): .run
        case UInt8(ascii: "K"): .pack
        case UInt8(ascii: "O"): .modify
        case UInt8(ascii: "Q"): .query
        default: .unknown
        }
    }

    /// What a command does, and the subcommand's canonical word where the first positional is one.
    static func consequence(
        of command: Word, _ positionals: [Word]
    ) -> (operation: Operation, subcommand: Word?) {
        if let letter = operations.payload(of: command) {
            return (plain(command, operation(letter.first), positionals), nil)
        }
        guard let word = positionals.first else {
            let letter = subcommands.payload(of: Word(command.text + "/-"))
            return (letter.map { operation($0.first) } ?? .unknown, nil)
        }
        if !word.isEmpty,
            let payload = subcommands.payload(of: Word(command.text + "/" + word.text))
        {
            let canonical = payload.count > 2 ? payload.dropFirst(2) : word
            let found = operation(payload.first)
            return (refined(command, canonical, found, positionals), canonical)
        }
        let letter = subcommands.payload(of: Word(command.text + "/"))
        let found = letter.map { operation($0.first) } ?? .unknown
        return (refined(command, "", found, positionals), nil)
    }

    /// Commands whose words decide without being subcommands.
    private static func plain(
        _ command: Word, _ operation: Operation, _ positionals: [Word]
    ) -> Operation {
        if command == "init" { return positionals.isEmpty ? .modify : .execute }
        if positionals.isEmpty {
            for lister: Word in ["version", "run", "run-script"] where command == lister {
                return .query
            }
        }
        if command == "get" { return readsSecrets(positionals[...]) ? .authenticate : .query }
        return operation
    }

    private static func refined(
        _ command: Word, _ subcommand: Word, _ operation: Operation, _ positionals: [Word]
    ) -> Operation {
        if command == "config", subcommand == "get" {
            return readsSecrets(positionals.dropFirst()) ? .authenticate : .query
        }
        if command == "config", subcommand == "set" {
            return isHarmless(positionals.dropFirst()) ? .modify : .configure
        }
        if command == "config", subcommand == "delete" {
            let isPlain = positionals.dropFirst().allSatisfy {
                harmlessSettings.payload(of: $0) != nil
            }
            return isPlain ? .modify : .configure
        }
        if command == "set" { return isHarmless(positionals[...]) ? .modify : .configure }
        return operation
    }

    /// Whether `set` is given harmless settings only: `KEY VALUE`, or any number of `KEY=VALUE`.
    private static func isHarmless(_ words: ArraySlice<Word>) -> Bool {
        guard let first = words.first else { return false }
        if !first.contains(UInt8(ascii: "=")) {
            return words.count <= 2 && harmlessSettings.payload(of: first) != nil
        }
        return words.allSatisfy { word in
            guard let (key, _) = word.split(at: UInt8(ascii: "=")) else { return false }
            return harmlessSettings.payload(of: key) != nil
        }
    }

    /// Whether a key that holds a credential is read.
    private static func readsSecrets(_ keys: ArraySlice<Word>) -> Bool {
        keys.contains { $0.hasPrefix("//") || $0.hasPrefix("_") || $0 == "otp" || $0 == "key" }
    }

    /// Words of the canonical command for `words`, aliases and abbreviations resolved; nil for a
    /// word this version does not know.
    static func canonical(_ word: Word, _ version: NpmVersion) -> Word? {
        let name = word.hyphenated
        for payload in NpmTables.words.payloads(of: name) {
            let isOld = payload.hasSuffix("-") && version.letter != UInt8(ascii: "c")
            guard let (head, mask) = payload.split(at: UInt8(ascii: "/")) else {
                if payload.hasSuffix("-"), !isOld { continue }
                let target = payload.hasSuffix("-") ? payload.prefix(payload.count - 1) : payload
                return target.isEmpty ? name : target
            }
            if mask.contains(version.letter) { return head.isEmpty ? name : head }
        }
        return nil
    }
}

extension Word {
    /// Capital letters as `-` and the small letter, npm's reading of camel case.
    fileprivate var hyphenated: Word {
        guard text.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return self }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte >= 0x41, byte <= 0x5A {
                bytes += [UInt8(ascii: "-"), byte | 0x20]
            } else {
                bytes.append(byte)
            }
        }
        return Word(String(decoding: bytes, as: UTF8.self))
    }
}
