// hatch's commands and options, taken from the help of hatch 1.18 and compressed; the formats are
// described in SubcommandLine.swift and OptionTable.swift. The letters only tie the two together.

internal import GateCore

/// hatch's grammar as data.
enum HatchGrammar {
    /// Commands and what they do.
    static let commands = CommandTable(
        text: """
            A pack build
            B run check
            C run check code
            D run check fmt
            E run check types
            F modify clean
            G query config explore
            H query config find
            I configure config restore
            J configure config set
            K query config show
            L configure config update
            M query dep hash
            N install dep lock
            O query dep show
            P query dep show requirements
            Q query dep show sources
            R query dep show table
            S install dep sync
            T install env create
            U query env find
            V install env lock
            W modify env prune
            X modify env remove
            Y run env run
            Z query env show
            a run fmt
            b install lock
            c modify new
            d query project metadata
            e publish publish
            f query python find
            g install python install
            h modify python remove
            i query python show
            j install python update
            k run run
            l query self report
            m modify self restore
            n install self update
            o run shell
            p query status
            q run test
            r modify version
            """)

    /// Options of all commands, sorted by name.
    static let options = OptionTable(
        """
        --all on - AKPq
        --ascii on - QRZi
        --auth set - e
        --ca-cert set - e
        --cache-dir set - 0
        --check on - NVab
        --clean on - A
        --clean-hooks-after on - A
        --cli on - c
        --client-cert set - e
        --client-key set - e
        --color on - 0
        --config set - 0
        --cover on - Eq
        --cover-quiet on - q
        --cover-xml on - q
        --cover-xml-output set - q
        --data-dir set - 0
        --dir set - fghij
        --env set - 0Y
        --env-only on - MPR
        --exclude set - Yq
        --export set - NVb
        --export-all set - NVb
        --ext on - AF
        --feature set - P
        --filter set - Y
        --fix on - BCD
        --force on - r
        --force-continue on - Y
        --formatter on - a
        --help help - *
        --hooks-only on - AF
        --ignore-compat on - Y
        --include set - Yq
        --init on - c
        --initialize-auth on - e
        --interactive on - 0c
        --internal on - Z
        --json on - Z
        --lines on - QR
        --linter on - a
        --name set - o
        --no-color on - 0 =color
        --no-hooks on - AF
        --no-interactive on - 0 =interactive
        --no-open on - l
        --no-prompt on - e
        --option set - e
        --parallel on - q
        --parent on - f
        --path set - o
        --private on - g
        --project set - 0
        --project-only on - MPR
        --publisher set - e
        --quiet on - 0
        --randomize on - q
        --repo set - e
        --retries set - q
        --retry-delay set - q
        --show on - q
        --summarize on - E
        --sync on - CDa
        --target set - AF
        --update on - g
        --upgrade on - NVb
        --upgrade-package set - NVb
        --user set - e
        --verbose on - 0
        --version on - 0
        --yes on - e
        -P set - NVb =upgrade-package
        -U on - NVb =upgrade
        -a on - AKq =all
        -a set - e =auth
        -c on - A =clean
        -c on - q =cover
        -d set - fghij =dir
        -e on - MPR =env-only
        -e set - 0Y =env
        -f on - a =formatter
        -f on - r =force
        -f set - P =feature
        -f set - Y =filter
        -h help - * =help
        -i on - Z =internal
        -i on - c =interactive
        -i set - Yq =include
        -l on - QR =lines
        -l on - a =linter
        -n on - e =no-prompt
        -n on - l =no-open
        -o on - e
        -o set - e =option
        -p on - MPR =project-only
        -p on - f =parent
        -p on - q
        -p on - q =parallel
        -p set - 0 =project
        -p set - e =publisher
        -q on - 0 =quiet
        -r on - q =randomize
        -r set - e =repo
        -s on - E =summarize
        -s on - q =show
        -t set - AF =target
        -u on - g =update
        -u set - e =user
        -v on - 0 =verbose
        -x set - Yq =exclude
        -y on - e =yes
        """)
}
