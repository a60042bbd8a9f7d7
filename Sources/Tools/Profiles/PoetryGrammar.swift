// poetry's commands and options, taken from the help of poetry 2.5 and compressed; the formats are
// described in SubcommandLine.swift and OptionTable.swift. The letters only tie the two together.

internal import GateCore

/// poetry's grammar as data.
enum PoetryGrammar {
    /// Commands and what they do.
    static let commands = CommandTable(
        text: """
            A query about
            B install add
            C pack build
            D modify cache clear
            E query cache list
            F query check
            G configure config
            H query debug info
            I install debug resolve
            J query debug tags
            K query env activate
            L query env info
            M query env list
            N modify env remove
            O modify env use
            P query help
            Q modify init
            R install install
            S query list
            T install lock
            U modify new
            V publish publish
            W install python install
            X query python list
            Y modify python remove
            Z install remove
            a run run
            b query search
            c install self add
            d install self install
            e install self lock
            f install self remove
            g query self show
            h query self show plugins
            i install self sync
            j install self update
            k run shell
            l query show
            m configure source add
            n configure source remove
            o query source show
            p install sync
            q install update
            r modify version
            """)

    /// Options of all commands, sorted by name.
    static let options = OptionTable(
        """
        --addons on - g
        --all on - DNXl
        --all-extras on - Rp
        --all-groups on - Rp
        --allow-prereleases on - Bc
        --ansi on - *
        --author set - QU
        --build on - V
        --cert set - V
        --clean on - CW
        --client-cert set - V
        --compile on - Rp
        --config-settings set - C
        --dependency set - QU
        --description set - QU
        --dev on - BZ
        --dev-dependency set - QU
        --directory set - *
        --dist-dir set - V
        --dry-run on - BRVZcdfijpqr
        --editable on - Bc
        --executable on - L
        --extras set - BIRcp
        --flat on - U
        --format set - Cgl
        --free-threaded on - WXY
        --full-path on - M
        --group set - BZ
        --help help - *
        --implementation set - WXY
        --install on - I
        --interactive on - U
        --latest on - gl
        --license set - QU
        --list on - G
        --local on - G
        --local-version set - C
        --lock on - BFZq
        --managed on - X
        --markers set - B
        --migrate on - G
        --name set - QU
        --next-phase on - r
        --no-ansi on - *
        --no-cache on - *
        --no-directory on - Rp
        --no-interaction on - *
        --no-plugins on - *
        --no-root on - Rp
        --no-truncate on - l
        --only set - Rlpq
        --only-root on - Rp
        --optional set - B
        --outdated on - gl
        --output set - C
        --password set - V
        --path on - L
        --platform set - B
        --preview on - j
        --priority set - m
        --project set - *
        --python set - BIQU
        --quiet on - *
        --readme set - U
        --regenerate on - Te
        --reinstall on - W
        --repository set - V
        --shimgate-guard on - *
        --short on - r
        --skip-existing on - V
        --source set - Bc
        --src on - U
        --strict on - F
        --sync on - Rdq
        --top-level on - l
        --tree on - Igl
        --unset on - G
        --username set - V
        --verbose on - *
        --version on - *
        --why on - l
        --with set - Rlpq
        --without set - Rlpq
        -C set - * =directory
        -D on - BZ =dev
        -E set - BIRcp =extras
        -G set - BZ =group
        -P set - * =project
        -T on - l =top-level
        -V on - * =version
        -a on - Xl =all
        -c on - W =clean
        -c set - C =config-settings
        -e on - Bc =editable
        -e on - L =executable
        -f set - Cgl =format
        -h help - * =help
        -i on - U =interactive
        -i set - WXY =implementation
        -l on - gl =latest
        -l set - C =local-version
        -l set - QU =license
        -m on - X =managed
        -n on - * =no-interaction
        -o on - gl =outdated
        -o set - C =output
        -p on - L =path
        -p set - V =password
        -p set - m =priority
        -q on - * =quiet
        -r on - W =reinstall
        -r set - V =repository
        -s on - r =short
        -t on - WXY =free-threaded
        -t on - gl =tree
        -u set - V =username
        -v on - *
        """)
}
