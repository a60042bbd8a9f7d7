// The commands of yarn 2 and later, as their own command classes declare them: which version has
// which command, how many positionals it takes and which options. Kept apart from the reader
// because it is data only; see `ClipanionProgram.table` for the notation.
//
// Rules: yarnpkg/berry, packages/plugin-*/sources/commands, as bundled in 3.5.0 and 4.13.0 and
// registered with all plugins of the standard bundle.

import GateCore

extension ClipanionProgram {
    /// Every command takes `--cwd`, though 4.x accepts it in front of the line only.
    private static var common: [ClipanionOption] {
        [ClipanionOption(names: ["--cwd"], takesValue: true, acceptsBinding: true)]
    }

    /// yarn 2 and 3.
    static let yarn3 = ClipanionProgram(
        table: """
            create|1*!|-p,--package= -q,--quiet
            dlx|1*!|-p,--package= -q,--quiet
            cache clean,cache clear|0|--mirror --all
            config get|1|--json --no-redacted
            config set|2|--json -H,--home
            config unset|1|-H,--home
            set resolution|2|-s,--save
            set version from sources|0|--path= --repository= --branch= --plugin= --no-minify \
            -f,--force --skip-plugins
            set version|1|--only-if-needed
            workspaces list|0|--since? -R,--recursive --no-private -v,--verbose --json
            --clipanion=definitions|0|
            help,--help,-h|0|
            |1*!|
            -v,--version|0|
            add|0*|--json -E,--exact -T,--tilde -C,--caret -D,--dev -P,--peer -O,--optional \
            --prefer-dev -i,--interactive --cached --mode= --silent
            bin|0?|-v,--verbose --json
            config|0|-v,--verbose --why --json
            dedupe|0*|-s,--strategy= -c,--check --json --mode=
            exec|1*!|
            explain peer-requirements|0?|
            explain|0?|--json
            info|0*|-A,--all -R,--recursive -X,--extra= --cache --dependents --manifest \
            --name-only --virtuals --json
            install,|0|--json --immutable --immutable-cache --check-cache --inline-builds --mode= \
            --cache-folder= --frozen-lockfile --ignore-engines --non-interactive --prefer-offline \
            --production --registry= --silent --network-timeout=
            link|1|-A,--all -p,--private -r,--relative
            unlink|0*|-A,--all
            node|0*!|
            plugin import from sources|1|--path= --repository= --branch= --no-minify -f,--force
            plugin import|1|
            plugin remove|1|
            plugin list|0|--json
            plugin runtime|0|--json
            rebuild|0*|
            remove|0*|-A,--all --mode=
            run|0|
            run|1*!|--inspect? --inspect-brk? -T,--top-level -B,--binaries-only --silent
            up|0*|-i,--interactive -E,--exact -T,--tilde -C,--caret -R,--recursive --mode=
            why|1|-R,--recursive --json --peers
            workspace|2*!|
            init|0|-p,--private -w,--workspace -i,--install? -2 -y,--yes --assume-fresh-project
            npm audit|0|-A,--all -R,--recursive --environment= --json --severity= --exclude= \
            --ignore=
            npm info|0*|-f,--fields= --json
            npm login|0|-s,--scope= --publish
            npm logout|0|-s,--scope= --publish -A,--all
            npm publish|0|--access= --tag= --tolerate-republish --otp=
            npm tag add|2|
            npm tag list|0?|--json
            npm tag remove|2|
            npm whoami|0|-s,--scope= --publish
            pack|0|--install-if-needed -n,--dry-run --json -o,--out= --filename=
            patch-commit|1|-s,--save
            patch|1|--json
            unplug|0*|-A,--all -R,--recursive --json
            workspaces focus|0*|--json --production -A,--all
            workspaces foreach|1*!|-R,--recursive --from= -A,--all -v,--verbose -p,--parallel \
            -i,--interlaced -j,--jobs= -t,--topological --topological-dev --include= --exclude= \
            --no-private --since?
            """, isFourth: false, common: common)

    /// yarn 4.
    static let yarn4 = ClipanionProgram(
        table: """
            cache clean,cache clear|0|--mirror --all
            config get|1|--why --json --no-redacted
            config set|2|--json -H,--home
            config unset|1|-H,--home
            set resolution|2|
            set version from sources|0|--path= --repository= --branch= --plugin= -n,--dry-run \
            --no-minify -f,--force --skip-plugins
            set version|1|--yarn-path --only-if-needed
            workspaces list|0|--since? -R,--recursive --no-private -v,--verbose --json
            --clipanion=definitions|0|
            help,--help,-h|0|
            |1*!|
            -v,--version|0|
            add|0*|--json -F,--fixed -E,--exact -T,--tilde -C,--caret -D,--dev -P,--peer \
            -O,--optional --prefer-dev -i,--interactive --cached --mode= --silent
            bin|0?|-v,--verbose --json
            config|0*|--no-defaults --json -v,--verbose --why
            dedupe|0*|-s,--strategy= -c,--check --json --mode=
            exec|1*!|
            explain peer-requirements|0?|
            explain|0?|--json
            info|0*|-A,--all -R,--recursive -X,--extra= --cache --dependents --manifest \
            --name-only --virtuals --json
            install,|0|--json --immutable --immutable-cache --refresh-lockfile --check-cache \
            --check-resolutions --inline-builds --mode= --cache-folder= --frozen-lockfile \
            --ignore-engines --non-interactive --prefer-offline --production --registry= --silent \
            --network-timeout=
            link|0*|-A,--all -p,--private -r,--relative
            unlink|0*|-A,--all
            node|0*!|
            plugin check|0|--json
            plugin import from sources|1|--path= --repository= --branch= --no-minify -f,--force
            plugin import|1|--checksum
            plugin remove|1|
            plugin list|0|--json
            plugin runtime|0|--json
            rebuild|0*|
            remove|0*|-A,--all --mode=
            run|0|--json
            run|1*!|--inspect? --inspect-brk? -T,--top-level -B,--binaries-only --require= \
            --silent
            up|0*|-i,--interactive -F,--fixed -E,--exact -T,--tilde -C,--caret -R,--recursive \
            --mode=
            why|1|-R,--recursive --json --peers
            workspace|2*!|
            constraints query|1|--json
            constraints source|0|-v,--verbose
            constraints|0|--fix --json
            create|1*!|-p,--package= -q,--quiet
            dlx|1*!|-p,--package= -q,--quiet
            init|0|-p,--private -w,--workspace -i,--install? -n,--name= -2 -y,--yes
            init|1*!|-p,--private -w,--workspace -i,--install? -n,--name= -2 -y,--yes
            search|0|
            upgrade-interactive|0|--mode=
            npm audit|0|-A,--all -R,--recursive --environment= --json --no-deprecations \
            --severity= --exclude= --ignore=
            npm info|0*|-f,--fields= --json
            npm login|0|-s,--scope= --publish --always-auth --web-login
            npm logout|0|-s,--scope= --publish -A,--all
            npm publish|0|--access= --tag= --tolerate-republish --otp= --provenance -n,--dry-run \
            --json
            npm tag add|2|
            npm tag list|0?|--json
            npm tag remove|2|
            npm whoami|0|-s,--scope= --publish
            pack|0|--install-if-needed -n,--dry-run --json -o,--out= --filename=
            patch-commit|1|-s,--save
            patch|1|-u,--update --json
            unplug|0*|-A,--all -R,--recursive --json
            stage|0|-c,--commit -r,--reset -n,--dry-run -u,--update
            version apply|0|--all --dry-run --prerelease? --exact -R,--recursive --json
            version check|0|-i,--interactive
            version|1|-d,--deferred -i,--immediate
            workspaces focus|0*|--json --production -A,--all
            workspaces foreach|1*!|--from= -A,--all -R,--recursive -W,--worktree -v,--verbose \
            -p,--parallel -i,--interlaced -j,--jobs= -t,--topological --topological-dev --include= \
            --exclude= --no-private --since? -n,--dry-run
            """, isFourth: true, common: common)
}
