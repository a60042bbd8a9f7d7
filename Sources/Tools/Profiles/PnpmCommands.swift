// pnpm's commands and what they do. Letters as in NpmCommands. Sources: pnpm 11's command modules
// and documentation; words that pnpm does not know are scripts of the project or programs.

import GateCore

/// pnpm's consequences.
enum PnpmCommands {
    static let operations = WordTable(
        """
        add=I approve-builds=C bin=Q bugs=Q cat-file=Q cat-index=Q change=M ci=I clean=R
        completion=Q completion-server=Q create=X dedupe=I deploy=I deprecate=M dlx=X docs=Q
        doctor=Q edit=R env=I exec=R fetch=I find-hash=Q get=Q help=Q ignored-builds=Q import=I
        install=I install-test=I lane=M licenses=Q link=I list=Q ll=Q login=A logout=A outdated=Q
        pack=K pack-app=K patch=I patch-commit=I patch-remove=I peers=Q ping=Q prefix=Q profile=M
        prune=I publish=P rebuild=I recursive=R remove=I repo=Q restart=R root=Q run=R runtime=I
        sbom=Q search=Q self-update=X set-script=O setup=C star=M stars=Q start=R stop=R test=R
        token=A undeprecate=M unlink=I unpublish=U unstar=M update=I view=Q whoami=Q why=Q with=X
        xmas=Q
        """)

    static let subcommands = WordTable(
        """
        cache/=O cache/-=Q cache/delete=O cache/list=Q cache/list-registries=Q cache/view=Q store/=O
        store/-=Q store/add=I store/path=Q store/prune=O store/status=Q
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
