// pipx's commands and options, taken from the help of pipx 1.18 and compressed; the formats are
// described in SubcommandLine.swift and OptionTable.swift. The letters only tie the two together.

internal import GateCore

/// pipx's grammar as data.
enum PipxGrammar {
    /// Commands and what they do.
    static let commands = CommandTable(
        text: """
            A query cache dir
            B modify cache purge
            C query completions
            D configure ensurepath
            E query environment
            F run exec
            G configure expose
            H query health
            I install inject
            J install install
            K install install-all
            L query interpreter list
            M modify interpreter prune
            N install interpreter upgrade
            O query list
            P query manifest lock
            Q install manifest sync
            R modify pin
            S install reinstall
            T install reinstall-all
            U install repair
            V install reset
            W execute run
            X run runpip
            Y configure unexpose
            Z modify uninject
            a modify uninstall
            b modify uninstall-all
            c modify unpin
            d install upgrade
            e install upgrade-all
            f install upgrade-shared
            """)

    /// Options of all commands, sorted by name.
    static let options = OptionTable(
        """
        --all-shells on - D
        --app set - J
        --backend set - IJKQSTUWde
        --cooldown set - IJKWde
        --dry-run on - DV
        --editable on - IJKWde
        --fetch-missing-python on - JKSTUWd
        --fetch-python set - JKSTUWd
        --force on - DIJKde
        --global on - ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef
        --help help - *
        --include-apps on - I
        --include-deps on - IJ
        --include-injected on - Ode
        --include-resources-from set - IJ
        --index-url set - IJKWde
        --injected-only on - R
        --install on - d
        --json on - O
        --leave-deps on - Z
        --lock set - J
        --no-cache on - W
        --no-path-check on - W
        --outdated on - O
        --output set - ABGHIJLMNOPQRSTUVYZabcdef
        --path on - W
        --pinned on - O
        --pip-args set - IJKWdef
        --preinstall set - J
        --prepend on - D
        --prune on - Q
        --pypackages on - W
        --python set - JKSTUWd
        --python-args set - W
        --quiet on - ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef
        --refresh on - W
        --short on - O
        --skip set - RTe
        --skip-maintenance on - ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef
        --spec set - W
        --suffix set - J
        --system-site-packages on - IJKWde
        --upgrade on - J
        --upgrade-strategy set - J
        --value set - E
        --verbose on - ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef
        --version on - 0
        --with set - W
        --with-suffix on - I
        --yes on - V
        -U on - J =upgrade
        -V set - E =value
        -e on - IJKWde =editable
        -f on - DIJKde =force
        -h help - * =help
        -i set - IJKWde =index-url
        -q on - ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef =quiet
        -r on - I
        -v on - ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef =verbose
        -y on - V =yes
        """)
}
