// npm's commands and what they do, as data. One letter each: P publish, U unpublish, M administer,
// A authenticate, C configure, X execute, I install, R run, K pack, O modify, Q query.
// Sources: npm lib/commands/*.js of the versions in NpmTables, npm's command documentation.

import GateCore

/// npm's consequences.
enum NpmCommands {
    /// The operation of each canonical command; those with subcommands are in `subcommands`.
    static let operations = WordTable(
        """
        adduser=A approve-scripts=C bin=Q birthday=X bugs=Q build=I ci=I completion=Q dedupe=I
        deny-scripts=C deprecate=M diff=K docs=Q doctor=Q edit=R exec=X explain=Q explore=R
        find-dupes=I fund=Q get=Q help=Q help-search=Q init=O install=I install-ci-test=I
        install-scripts=C install-test=I link=I ll=Q login=A logout=A ls=Q outdated=Q pack=K patch=I
        ping=Q prefix=Q prune=I publish=P query=Q rebuild=I repo=Q restart=R root=Q run=R
        run-script=R sbom=Q search=Q set-script=O shrinkwrap=O star=M stars=Q start=R stop=R
        substack=Q test=R unbuild=I undeprecate=M uninstall=I unpublish=U unstar=M update=I
        version=R view=Q visnup=Q whoami=Q xmas=Q
        """)

    /// `COMMAND/WORD=LETTER` or `COMMAND/WORD=LETTER:CANONICAL`. `COMMAND/` is any other word,
    /// `COMMAND/-` no word at all.
    static let subcommands = WordTable(
        """
        access/=M access/-=Q access/2fa-not-required=M access/2fa-required=M access/edit=M
        access/get=Q access/grant=M access/list=Q access/ls=Q:list access/ls-collaborators=Q
        access/ls-packages=Q access/public=M access/restricted=M access/revoke=M access/set=M
        audit/=Q audit/-=Q audit/fix=I audit/signatures=Q cache/=O cache/-=Q cache/add=I
        cache/check=O:verify cache/clean=O cache/clear=O:clean cache/ls=Q cache/npx=O
        cache/rm=O:clean cache/verify=O config/=C config/-=Q config/del=C:delete config/delete=C
        config/edit=C config/fix=C config/get=Q config/list=Q config/ls=Q:list config/rm=C:delete
        config/s=C:set config/set=C dist-tag/=Q dist-tag/-=Q dist-tag/a=M:add dist-tag/add=M
        dist-tag/d=M:rm dist-tag/del=M:rm dist-tag/l=Q:ls dist-tag/list=Q:ls dist-tag/ls=Q
        dist-tag/r=M:rm dist-tag/remove=M:rm dist-tag/rm=M dist-tag/s=M:add dist-tag/set=M:add
        dist-tag/sl=Q:ls hook/=M hook/-=Q hook/ls=Q org/=M org/-=Q org/add=M:set org/ls=Q org/rm=M
        org/set=M owner/=M owner/-=Q owner/add=M owner/list=Q:ls owner/ls=Q owner/remove=M:rm
        owner/rm=M pkg/=O pkg/-=Q pkg/delete=O pkg/fix=O pkg/get=Q pkg/set=O profile/=M profile/-=Q
        profile/get=Q set/=C set/-=C stage/=P stage/-=Q stage/approve=P stage/download=Q
        stage/list=Q stage/publish=P stage/reject=M stage/view=Q team/=M team/-=Q team/add=M
        team/create=M team/destroy=M team/ls=Q team/rm=M token/=A token/-=Q token/create=A
        token/delete=A:revoke token/list=Q token/ls=Q:list token/remove=A:revoke token/revoke=A
        token/rm=A:revoke trust/=M trust/-=Q trust/circleci=M trust/github=M trust/gitlab=M
        trust/list=Q trust/revoke=M
        """)

    /// Options that name a program or a module which the tool then starts.
    static let programOptions: [Word] = [
        "browser", "editor", "viewer", "shell", "script-shell", "git", "node-options", "node-gyp",
        "init-module", "init.module",
    ]

    /// Settings that touch no registry, credential, script or program.
    static let harmlessSettings = WordTable(
        """
        all= audit= audit-level= color= depth= description= diff-unified= engine-strict= fund=
        heading= if-present= include= init-author-email= init-author-name= init-author-url=
        init-license= init-private= init-type= init-version= json= legacy-peer-deps= loglevel=
        logs-max= long= maxsockets= offline= omit= optional= package-lock= parseable= prefer-dedupe=
        prefer-offline= prefer-online= production= progress= save= save-bundle= save-dev=
        save-exact= save-optional= save-peer= save-prefix= save-prod= searchlimit= searchstaleness=
        strict-peer-deps= tag-version-prefix= timing= unicode= update-notifier= workspaces-update=
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
        return canonical(name, NpmTables.words.payloads(of: name), version)
    }

    /// The same where the table has been asked: `payloads` is what it has of `name`.
    static func canonical(
        _ name: Word, _ payloads: [Word], _ version: NpmVersion
    ) -> Word? {
        for payload in payloads {
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
    var hyphenated: Word {
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
