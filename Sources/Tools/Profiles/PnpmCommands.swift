// pnpm's commands and what they do. Letters as in NpmCommands. Sources: pnpm 11's command modules
// and documentation; words that pnpm does not know are scripts of the project or programs.

import GateCore

/// pnpm's consequences.
enum PnpmCommands {
    private static let operations = WordTable(
        """
        publish=P unpublish=U deprecate=M undeprecate=M star=M unstar=M profile=M token=A change=M
        lane=M login=A logout=A install=I add=I update=I ci=I install-test=I remove=I dedupe=I
        import=I link=I unlink=I prune=I rebuild=I deploy=I fetch=I patch-commit=I patch-remove=I
        patch=I approve-builds=C env=I runtime=I self-update=X setup=C dlx=X create=X with=X exec=R
        run=R test=R start=R stop=R restart=R recursive=R edit=R clean=R pack=K pack-app=K
        set-script=O list=Q ll=Q why=Q outdated=Q licenses=Q view=Q search=Q root=Q bin=Q prefix=Q
        get=Q sbom=Q peers=Q ping=Q whoami=Q docs=Q bugs=Q repo=Q doctor=Q cat-file=Q cat-index=Q
        find-hash=Q ignored-builds=Q completion=Q completion-server=Q help=Q xmas=Q stars=Q
        """)

    private static let subcommands = WordTable(
        """
        store/add=I store/prune=O store/path=Q store/status=Q store/=O store/-=Q cache/delete=O
        cache/list=Q cache/list-registries=Q cache/view=Q cache/=O cache/-=Q
        """)

    /// Words that pnpm 10 and older hand to npm with the whole line, where they are the first.
    static let npmWords: [Word] = [
        "access", "adduser", "bugs", "deprecate", "dist-tag", "docs", "edit", "find", "home",
        "info", "issues", "login", "logout", "owner", "ping", "prefix", "profile", "pkg", "repo",
        "s", "se", "search", "set-script", "show", "star", "stars", "team", "token", "unpublish",
        "unstar", "v", "version", "view", "whoami", "xmas",
    ]

    /// What a command does, and its subcommand's canonical word.
    static func consequence(
        of command: Word, _ words: [Word]
    ) -> (operation: Operation, subcommand: Word?) {
        if command == "init" { return (words.isEmpty ? .modify : .execute, nil) }
        if command == "version" { return (words.isEmpty ? .query : .run, nil) }
        if command == "run", words.isEmpty { return (.query, nil) }
        if command == "get" { return NpmCommands.consequence(of: command, words) }
        if let letter = operations.payload(of: command) {
            return (NpmCommands.operation(letter.first), nil)
        }
        if command == "store" || command == "cache" {
            let word = words.first
            let key = Word(command.text + "/" + (word?.text ?? "-"))
            if let letter = subcommands.payload(of: key) {
                return (NpmCommands.operation(letter.first), word)
            }
            return (.modify, nil)
        }
        return NpmCommands.consequence(of: command, words)
    }
}
