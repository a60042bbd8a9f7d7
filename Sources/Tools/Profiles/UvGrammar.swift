// uv's commands and options, taken from the help of uv 0.13 and compressed; the formats are
// described in SubcommandLine.swift and OptionTable.swift. The letters only tie the two together.

internal import GateCore

/// uv's grammar as data.
enum UvGrammar {
    /// Commands and what they do.
    static let commands = CommandTable(
        text: """
            A install add
            B query audit
            C query auth dir
            D authenticate auth helper
            E authenticate auth login
            F authenticate auth logout
            G authenticate auth token
            H pack build
            I run build-backend
            J modify cache clean
            K query cache dir
            L modify cache prune
            M query cache size
            N run check
            O install export
            P run format
            Q query generate-shell-completion
            R query help
            S modify init
            T install lock
            U query pip check
            V install pip compile
            W query pip debug
            X query pip freeze
            Y install pip install
            Z query pip list
            a query pip show
            b install pip sync
            c query pip tree
            d modify pip uninstall
            e publish publish
            f query python dir
            g query python find
            h install python install
            i query python list
            j modify python pin
            k modify python uninstall
            l configure python update-shell
            m install python upgrade
            n install remove
            o run run
            p install self update
            q query self version
            r install sync
            s query tool audit
            t query tool dir
            u install tool install
            v query tool list
            w execute tool run
            x modify tool uninstall
            y configure tool update-shell
            z install tool upgrade
            1 install tree
            2 install upgrade
            3 modify venv
            4 modify version
            5 query workspace dir
            6 query workspace list
            7 query workspace metadata
            """)

    /// Options of all commands, sorted by name.
    static let options = OptionTable(
        """
        --active on - 47Anor
        --all on - ksxz
        --all-arches on - i
        --all-extras on - NOVYbor
        --all-groups on - 1NOor
        --all-packages on - HINOor
        --all-platforms on - i
        --all-versions on - i
        --allow-empty-requirements on - b
        --allow-existing on - 3
        --allow-insecure-host set - *
        --annotation-style set - V
        --app on - S
        --author-from set - S
        --bare on - S
        --bin on - ft
        --bounds set - A
        --branch set - A
        --break-system-packages on - Ybd
        --build-backend set - S
        --build-constraints set - HIVYbuw
        --bump set - 4
        --cache-dir set - *
        --cert set - UVWXYZabcd
        --check on - 2PTYbr
        --check-exists on - 2T
        --check-url set - e
        --ci on - L
        --clear on - 3HI
        --color set - *
        --compile-bytecode on - 4ANYbhmnoruwz
        --config-file set - *
        --config-setting set - 1247ABHINOTVYbnoruwz
        --config-setting-package set - z
        --config-settings-package set - 1247ABHINOTVYbnoruw
        --constraints set - AVYbuw
        --custom-compile-command set - V
        --default on - h
        --default-index set - 12347ABHINOTVYZbcnoruwz
        --depth set - 1c
        --description set - S
        --dev on - An
        --diff on - P
        --directory set - *
        --dry-run on - 24TYbdepr
        --editable on - AZu
        --editable set - Y
        --emit-build-options on - V
        --emit-find-links on - OV
        --emit-index-annotation on - V
        --emit-index-url on - OV
        --env-file set - ow
        --exact on - 7Yo
        --exclude set - XZ
        --exclude-editable on - XZ
        --exclude-newer set - 12347ABHINOPTVYZbcnoruvwz
        --exclude-newer-package set - 12347ABHINOTVYZbcnoruvwz
        --excludes set - VYu
        --extra set - ANOVYbor
        --extra-index-url set - 12347ABHINOTVYZbcnoruwz
        --files on - a
        --find-links set - 12347ABHINOTVYZbcnoruwz
        --fix on - N
        --force on - 3JLhu
        --force-pep517 on - HI
        --fork-strategy set - 1247ABHINOTVYnoruwz
        --format set - 1OVZ
        --from set - w
        --frozen on - 147ABNOnor
        --generate-hashes on - V
        --global on - j
        --graalpy-mirror set - hm
        --group set - 1ANOVYbnor
        --gui-script on - o
        --help help - *
        --human on - M
        --ignore set - Bs
        --ignore-until-fixed set - Bs
        --index set - 12347ABHINOTVYZbcenoruwz
        --index-strategy set - 12347ABHINOTVYZbcnoruwz
        --index-url set - 12347ABHINOTVYZbcnoruwz
        --inexact on - r
        --install-dir set - hkm
        --invert on - 1c
        --isolated on - Now
        --keyring-provider set - 12347ABHINOTVYZbcdenoruwz
        --lfs on - Auw
        --lib on - S
        --link-mode set - 12347ABHINOTVYbnoruwz
        --locked on - 147ABNOnor
        --managed-python on - *
        --marker set - A
        --mirror set - hm
        --module on - o
        --name set - S
        --no-allow-empty-requirements on - b
        --no-annotate on - OV
        --no-attestations on - e
        --no-bin on - h
        --no-binary on - 1247ABHINOTnoruwz
        --no-binary set - VYb
        --no-binary-package set - 1247ABHINOTnoruwz
        --no-break-system-packages on - Ybd
        --no-build on - 1247ABHINOTVYbnoruwz
        --no-build-isolation on - 1247ABHINOTVYbnoruwz
        --no-build-isolation-package set - 1247ABHINOTVYnoruwz
        --no-build-logs on - HI
        --no-build-package set - 1247ABHINOTnoruwz
        --no-cache on - *
        --no-config on - *
        --no-create-gitignore on - HI
        --no-dedupe on - 1c
        --no-default-groups on - 1BNOor
        --no-deps on - VY
        --no-description on - S
        --no-dev on - 1BNOor
        --no-editable on - OYor
        --no-editable-package set - OYor
        --no-emit-local on - O
        --no-emit-package set - OV
        --no-emit-project on - O
        --no-emit-workspace on - O
        --no-env-file on - ow
        --no-extra set - BNOor
        --no-group set - 1BNOor
        --no-hashes on - O
        --no-header on - OV
        --no-index on - 12347ABHINOTVYZbcnoruwz
        --no-install-local on - Ar
        --no-install-package set - Ar
        --no-install-project on - ANr
        --no-install-workspace on - Ar
        --no-managed-python on - *
        --no-package on - S
        --no-pin-python on - S
        --no-progress on - *
        --no-project on - 3NPgjo
        --no-python-downloads on - *
        --no-readme on - S
        --no-registry on - h
        --no-require-build-hashes on - 1247ABHINOTnoruwz
        --no-sources on - 1247ABHINOTVYbnoruwz
        --no-sources-package set - 1247ABHINOTVYbnoruwz
        --no-strip-extras on - V
        --no-strip-markers on - V
        --no-sync on - 4ANno
        --no-verify-hashes on - HIYb
        --no-workspace on - AS
        --offline on - *
        --only-binary set - VYb
        --only-dev on - 1BNOor
        --only-downloads on - i
        --only-group set - 1BNOor
        --only-installed on - i
        --optional set - An
        --out-dir set - HI
        --outdated on - 1Zcv
        --output-file set - OV
        --output-format set - 4BMRYbiqrs
        --output-version set - 7
        --overrides set - VYuw
        --package on - S
        --package set - 145AHINOcnor
        --password set - DEe
        --path set - X
        --paths on - 6
        --prefix set - XYZabd
        --prerelease set - 1247ABHINOTVYnoruwz
        --prerelease-package set - 1247ABHINOTVYnoruwz
        --project set - *
        --prompt set - 3
        --prune set - 1Oc
        --publish-url set - e
        --pyodide-mirror set - hm
        --pypy-mirror set - hm
        --python set - 12347AHINOSTUVWXYZabcdnoruwz
        --python-downloads-json-url set - ghijm
        --python-platform set - 1BUVWYboruwz
        --python-version set - 1BUVWYb
        --quiet on - *
        --raw on - A
        --refresh on - 2347AHINOTVYbnoruw
        --refresh-package set - 2347AHINOTVYbnoruw
        --reinstall on - 4ANYbhmnoruwz
        --reinstall-package set - 4ANYbnoruwz
        --relocatable on - 3
        --require-build-hashes on - 1247ABHINOTVYbnoruwz
        --require-hashes on - HIYb
        --requirements set - AYd
        --resolution set - 1247ABHINOTVYnoruwz
        --resolve-links on - g
        --resolved on - j
        --rev set - A
        --rm on - j
        --script on - So
        --script set - 127ABNOTgnr
        --scripts on - 6
        --sdist on - HI
        --seed on - 3
        --service-format set - Bs
        --service-url set - Bs
        --short on - 4Rq
        --show-extras on - v
        --show-paths on - v
        --show-python on - v
        --show-sizes on - 1c
        --show-urls on - i
        --show-version on - g
        --show-version-specifiers on - cv
        --show-with on - v
        --strict on - XYZabc
        --sync on - 7
        --system on - UVWXYZabcdg
        --system-certs on - *
        --system-site-packages on - 3
        --tag set - A
        --target set - XYZabd
        --token set - DEep
        --torch-backend set - VYbuw
        --trusted-publishing set - e
        --ty-version set - N
        --universal on - 1V
        --upgrade on - 1247ABHINOTVYhnoruw
        --upgrade-group set - 1247ABHINOTVYnoruw
        --upgrade-package set - 1247ABHINOTVYnoruw
        --user on - Y
        --username set - DEFGe
        --vcs set - S
        --verbose on - *
        --version on - 0w
        --version set - P
        --wheel on - HI
        --with set - ouw
        --with-editable set - ouw
        --with-executables-from set - u
        --with-requirements set - ouw
        --workspace on - A
        -C set - 1247ABHINOTVYbnoruwz =config-setting
        -H on - M =human
        -P set - 1247ABHINOTVYnoruw =upgrade-package
        -U on - 1247ABHINOTVYhnoruw =upgrade
        -V on - 0w =version
        -b set - HIVYbuw =build-constraints
        -c on - 3 =clear
        -c set - AVYbuw =constraints
        -d set - 1c =depth
        -e on - Zu =editable
        -e set - Y =editable
        -f on - a =files
        -f on - h =force
        -f set - 12347ABHINOTVYZbcnoruwz =find-links
        -h help - * =help
        -i set - 12347ABHINOTVYZbcnoruwz =index-url
        -i set - hkm =install-dir
        -m on - o =module
        -m set - A =marker
        -n on - * =no-cache
        -o set - HI =out-dir
        -o set - OV =output-file
        -p set - 12347AHINOSTUVWXYZabcdnoruwz =python
        -p set - e =password
        -q on - * =quiet
        -r on - hm =reinstall
        -r set - AYd =requirements
        -s on - o =script
        -t set - DEe =token
        -t set - XYZabd =target
        -u set - DEFGe =username
        -v on - * =verbose
        -w set - ouw =with
        """)
}
