// pdm's commands and options, taken from the help of pdm 2.29 and compressed; the formats are
// described in SubcommandLine.swift and OptionTable.swift. The letters only tie the two together.

internal import GateCore

/// pdm's grammar as data.
enum PdmGrammar {
    /// Commands and what they do.
    static let commands = CommandTable(
        text: """
            A install add
            B pack build
            C modify cache clear
            D query cache info
            E query cache list
            F modify cache remove
            G query completion
            H configure config
            I query export
            J modify fix
            K modify import
            L query info
            M install init
            N install install
            O query list
            P install lock
            Q install new
            R query outdated
            S publish publish
            T query python find
            U install python install
            V modify python link
            W query python list
            X modify python remove
            Y install remove
            Z run run
            a query search
            b install self add
            c query self list
            d install self remove
            e install self update
            f query show
            g install sync
            h install update
            i modify use
            j query venv activate
            k modify venv create
            l query venv list
            m modify venv purge
            n modify venv remove
            """)

    /// Options of all commands, sorted by name.
    static let options = OptionTable(
        """
        --append on - P
        --auto-install-max on - i
        --auto-install-min on - i
        --backend set - MQ
        --ca-certs set - S
        --check on - NP
        --clean on - g
        --clean-unselected on - g =only-keep
        --comment set - S
        --config set - 0
        --config-setting set - ABNPYgh
        --cookiecutter on - M
        --copier on - M
        --csv on - O
        --delete on - H
        --dest set - BS
        --dev on - AIKNPYgh
        --dist on - MQ
        --dry-run on - AJNYgh
        --edit on - H
        --editable set - A
        --editable-self on - I
        --env on - L
        --env set - Z
        --env-file set - Z
        --exclude set - O
        --exclude-newer set - P
        --exclude-newer-override set - P
        --expandvars on - I
        --fail-fast on - ANYgh
        --fields set - O
        --first on - i
        --force on - km
        --format set - IK
        --freeze on - O
        --frozen-lockfile on - ANYh
        --global on - AHIJKLMNOPRYZfghi
        --graph on - O =tree
        --group set - AIKNPYgh
        --head on - e
        --help help - *
        --identity set - S
        --ignore-python on - 0
        --ignore-remembered on - i
        --implementation set - P
        --include set - O
        --include-sub on - R
        --interactive on - m
        --json on - LORZ
        --keywords on - f
        --lib on - MQ =dist
        --license on - f
        --license set - MQ
        --list on - UZ
        --local on - H
        --lockfile set - AINPYgh
        --managed on - T
        --markdown on - O
        --min on - U
        --name on - f
        --name set - MQVk
        --no-build on - S
        --no-cache on - 0
        --no-clean on - B
        --no-cross-platform on - P
        --no-default on - INPgh
        --no-editable on - ANYgh
        --no-extras on - I
        --no-frozen-deps on - e
        --no-git on - MQ
        --no-hashes on - I
        --no-isolation on - ABNPYgh
        --no-lock on - ANYh =frozen-lockfile
        --no-markers on - I
        --no-sdist on - B
        --no-self on - ANYgh
        --no-static-urls on - P
        --no-sync on - AYh
        --no-verify-ssl on - S
        --no-version-file on - i
        --no-very-ssl on - S =no-verify-ssl
        --no-wheel on - B
        --non-interactive on - 0MQ
        --only-keep on - g
        --outdated on - h =dry-run
        --output set - I
        --override set - ANPYh
        --overwrite on - MQ
        --packages on - L
        --password set - S
        --pep582 set - 0
        --pip-args set - bde
        --platform on - f
        --platform set - P
        --plugins on - Nc
        --pre on - Aeh
        --prerelease on - Ah =pre
        --prod on - INPgh
        --production on - INPgh =prod
        --project set - ABHIJKLMNOPRSYZfghi
        --project-version set - MQ
        --pyproject on - I
        --python on - L
        --python set - MPQ
        --quiet on - *
        --recreate on - Z
        --refresh on - P
        --reinstall on - g
        --repository set - S
        --resolve on - O
        --reverse on - O
        --save-compatible on - Ah
        --save-exact on - Ah
        --save-minimum on - Ah
        --save-safe-compatible on - Ah
        --save-wildcard on - Ah
        --self on - I
        --shimgate-guard on - *
        --sign on - S
        --site-packages on - Z
        --skip set - ABMNPQSYZghi
        --skip-existing on - S
        --sort set - O
        --stable on - Ah
        --static-urls on - P
        --strategy set - P
        --summary on - f
        --top on - h
        --tree on - O
        --unconstrained on - Ah
        --update-all on - Ah
        --update-eager on - Ah
        --update-reuse on - APh
        --update-reuse-installed on - APh
        --username set - S
        --venv set - ALNORYZfghi
        --verbose on - *
        --version on - 0f
        --where on - L
        --with set - INPgh =group
        --with set - k
        --with-pip on - k
        --without on - INPgh
        --without-hashes on - I =no-hashes
        --working-dir set - Z
        --yes on - dn
        -C set - ABNPYgh =config-setting
        -G set - AIKNPYgh =group
        -I on - 0 =ignore-python
        -L set - AINPYgh =lockfile
        -P set - S =password
        -S on - S =sign
        -S set - P =strategy
        -V on - 0 =version
        -c set - 0 =config
        -c set - S =comment
        -d on - AIKNPYgh =dev
        -d on - H =delete
        -d set - BS =dest
        -e on - H =edit
        -e set - A =editable
        -f on - i =first
        -f on - km =force
        -f set - IK =format
        -g on - AHIJKLMNOPRYZfghi =global
        -h help - * =help
        -i on - i =ignore-remembered
        -i on - m =interactive
        -i set - S =identity
        -j on - Z =json
        -k set - ABMNPQSYZghi =skip
        -l on - H =local
        -l on - UZ =list
        -n on - 0MQ =non-interactive
        -n set - k =name
        -o set - I =output
        -p set - ABHIJKLMNOPRSYZfghi =project
        -q on - * =quiet
        -r on - MQ =overwrite
        -r on - O =reverse
        -r on - g =reinstall
        -r set - S =repository
        -s on - Z =site-packages
        -t on - h =top
        -u on - Ah =unconstrained
        -u set - S =username
        -v on - * =verbose
        -w set - k =with
        -x on - ANYgh =fail-fast
        -y on - dn =yes
        """)
}
