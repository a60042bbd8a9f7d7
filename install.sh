#!/usr/bin/env bash
# Installs shimgate: builds it, puts binary, shims, policy and audit directory under one prefix,
# checks its own work, and ends by showing a denied publish and its verified record.
#
# Rules: running it twice changes nothing the second time; a policy that was edited is never
# overwritten; every file appears whole (written beside its place, then renamed); modes are set, not
# inherited from the umask; nothing outside the prefix is touched, except for --system, which also
# writes one file in /etc/profile.d and the state directories in /var/lib/shimgate.
set -euo pipefail
umask 022
export LC_ALL=C

usage() {
    cat <<'END'
usage: ./install.sh [options]

  --prefix DIR   where to install (default: ~/.local/share/shimgate; with --system /opt/shimgate)
  --system       owned by root, for every user of this machine; one audit chain for each user
  --users A,B    with --system: make the audit directories of these users (root's is always made)
  --built DIR    take the executables from DIR instead of building them
  --uninstall    remove what was installed; the audit files stay
  --help         this text

Exit codes: 0 installed and verified, 1 something failed, 64 usage, 69 a package or tool is missing.
END
}

# Distinct from every path of ours, so that a later line can tell "not said" from "empty".
prefix='' users='' built='' verification_key='' is_system=no action=install
source_directory=$(cd "$(dirname "$0")" && pwd -P)

main() {
    read_options "$@"
    # Without it every check below would fail for a reason that is not its own.
    [ -w /dev/null ] || fail "/dev/null cannot be written; its mode should be 0666"
    choose_places
    if [ "$action" = uninstall ]; then
        uninstall
        return
    fi
    if [ -z "$built" ]; then
        need_packages
        build
    fi
    check_built
    install_files
    install_policy
    install_examples
    install_state
    make_shims
    begin_chains
    verify_install
    show_path_line
    show_what_shells_find
    show_main_job
}

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$1" >&2; exit "${2:-1}"; }

read_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix) prefix=$(value_of "$@") || exit $?; shift 2 ;;
        --prefix=*) prefix=${1#*=}; shift ;;
        --users) users=$(value_of "$@") || exit $?; shift 2 ;;
        --users=*) users=${1#*=}; shift ;;
        --built) built=$(value_of "$@") || exit $?; shift 2 ;;
        --built=*) built=${1#*=}; shift ;;
        --system) is_system=yes; shift ;;
        --uninstall) action=uninstall; shift ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; fail "unknown option: $1" 64 ;;
        esac
    done
    if [ -n "$users" ] && [ "$is_system" = no ]; then fail '--users needs --system' 64; fi
    if [ "$is_system" = yes ] && [ "$(id -u)" != 0 ]; then
        fail '--system installs root-owned files: run it as root' 64
    fi
}

value_of() {
    if [ $# -lt 2 ] || [ -z "$2" ]; then fail "$1 needs a value" 64; fi
    printf '%s\n' "$2"
}

choose_places() {
    if [ -z "$prefix" ]; then
        if [ "$is_system" = yes ]; then
            prefix=/opt/shimgate
        else
            [ -n "${HOME:-}" ] || fail 'HOME is not set: name a place with --prefix DIR' 64
            prefix=$HOME/.local/share/shimgate
        fi
    fi
    # The prefix stands in PATH lines and in install.json, so it holds none of their special
    # characters.
    case $prefix in
    *[[:cntrl:]:\"\'\`\\\$]*) fail "the prefix holds a character that PATH or JSON cannot: $prefix" 64 ;;
    esac
    case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
    esac
    while [ "$prefix" != / ] && [ "${prefix%/}" != "$prefix" ]; do prefix=${prefix%/}; done
    [ "$prefix" != / ] || fail 'the prefix cannot be /' 64
    program=$prefix/bin/shimgate
    shims=$prefix/share/shimgate/shims
    settings=$prefix/etc/shimgate
    shipped_policy=$prefix/share/shimgate/policy.default.json
    shipped_profiles=$prefix/share/shimgate/profiles.default
    if [ "$is_system" = yes ]; then
        state=/var/lib/shimgate/%u
    else
        state=$prefix/var/shimgate
    fi
    profile_file=/etc/profile.d/zz-shimgate.sh
}

# --- packages and build ---------------------------------------------------------------------

need_packages() {
    if command -v dpkg-query >/dev/null; then
        local missing=() package
        for package in git libssl-dev libc6-dev; do
            has_package "$package" || missing+=("$package")
        done
        has_package 'libstdc++-*-dev' || missing+=(g++)
        if [ ${#missing[@]} -gt 0 ]; then
            if [ "$(id -u)" != 0 ]; then
                say 'Packages are missing. As root:' >&2
                say "    apt-get install --no-install-recommends ${missing[*]}" >&2
                exit 69
            fi
            say "Installing ${missing[*]}"
            apt-get update -qq || say 'apt-get update failed; trying with the lists at hand' >&2
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
                "${missing[@]}" >/dev/null || fail "apt-get could not install: ${missing[*]}" 69
        fi
    else
        say 'This is no Debian or Ubuntu: git, libcrypto (static and headers) and a C library are' \
            'taken for granted.'
    fi
    command -v swift >/dev/null ||
        fail 'no swift on PATH: Swift 6.2 or newer is needed (https://www.swift.org/install/linux/)' 69
}

has_package() {
    dpkg-query -W -f '${Status}\n' "$1" 2>/dev/null | grep -q 'ok installed'
}

build() {
    say 'Building (a first build takes a few minutes)'
    local product
    for product in shimgate shimgate-cli shimgate-index shimgate-registry; do
        (cd "$source_directory" &&
            swift build -c release --static-swift-stdlib --product "$product") >&2 ||
            fail "swift build of $product failed"
    done
    built=$source_directory/.build/release
}

check_built() {
    local name
    for name in shimgate shimgate-cli; do
        [ -x "$built/$name" ] || fail "not built: $built/$name"
    done
}

# --- files ----------------------------------------------------------------------------------

install_files() {
    make_directory "$prefix"
    local directory
    for directory in bin libexec libexec/shimgate share share/shimgate share/shimgate/shims \
        share/shimgate/guards etc etc/shimgate; do
        make_directory "$prefix/$directory"
    done
    put_file "$built/shimgate" "$program" 755
    put_file "$built/shimgate-cli" "$prefix/libexec/shimgate/shimgate-cli" 755
    # Only `audit list --indexed` needs it.
    if [ -x "$built/shimgate-index" ]; then
        put_file "$built/shimgate-index" "$prefix/libexec/shimgate/shimgate-index" 755
    fi
    # Needed where a policy asks for the age of packages; without it such lines are denied.
    if [ -x "$built/shimgate-registry" ]; then
        put_file "$built/shimgate-registry" "$prefix/libexec/shimgate/shimgate-registry" 755
        has_libcurl || say 'libcurl is not here (Debian: libcurl4): where a policy has minimumReleaseAge,' \
            'installs by tools without an option for it will be denied.'
    fi
    local file
    for file in "$source_directory"/guards/*; do
        put_file "$file" "$prefix/share/shimgate/guards/${file##*/}" 644
    done
    local page=$source_directory/docs/man/shimgate.1
    if [ -f "$page" ]; then
        make_directory "$prefix/share/man"
        make_directory "$prefix/share/man/man1"
        put_file "$page" "$prefix/share/man/man1/shimgate.1" 644
    fi
}

has_libcurl() {
    PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep -qE 'libcurl(-gnutls)?\.so\.4'
}

# Parents that were there keep their modes; ours are 0755 whatever the umask was.
make_directory() {
    if [ -d "$1" ]; then
        case $1 in "$prefix" | "$prefix"/*) chmod go-w "$1" ;; esac
        return 0
    fi
    mkdir -p "$1" || fail "cannot make $1"
    chmod 755 "$1"
}

put_file() {
    local from=$1 to=$2 mode=$3 beside
    if cmp -s "$from" "$to" && [ "$(stat -c %a "$to")" = "$mode" ]; then return 0; fi
    beside=$(mktemp "$to.XXXXXX") || fail "cannot write in $(dirname "$to")"
    if ! { cat "$from" >"$beside" && chmod "$mode" "$beside" && mv -f "$beside" "$to"; }; then
        rm -f "$beside"
        fail "cannot write $to"
    fi
}

# An unedited policy follows the shipped one; an edited one stays, with the new one beside it. So do
# the profiles in the folder beside it.
install_policy() {
    [ -f "$source_directory/policy.json" ] || fail "no policy.json in $source_directory"
    follow_shipped "$source_directory/policy.json" "$settings/policy.json" "$shipped_policy"
    # The policy names its schema by this path, for editors.
    make_directory "$settings/docs"
    put_file "$source_directory/docs/policy.schema.json" "$settings/docs/policy.schema.json" 644
    make_directory "$settings/profiles"
    make_directory "$shipped_profiles"
    local profile name
    for profile in "$source_directory"/profiles/*.json; do
        name=${profile##*/}
        follow_shipped "$profile" "$settings/profiles/$name" "$shipped_profiles/$name"
    done
}

# Example policies to copy from; nothing reads them. One copy of the folder: it has many files.
install_examples() {
    local examples=$prefix/share/shimgate/examples beside
    if diff -rq "$source_directory/Examples" "$examples" >/dev/null 2>&1; then return 0; fi
    beside=$(mktemp -d "$examples.XXXXXX") || fail "cannot write in $prefix/share/shimgate"
    cp "$source_directory"/Examples/* "$beside/" || fail "cannot write $beside"
    chmod 644 "$beside"/*
    chmod 755 "$beside"
    rm -rf "$examples"
    mv "$beside" "$examples"
}

# follow_shipped SHIPPED INSTALLED COPY: the copy tells an edited file from an unedited one.
follow_shipped() {
    if [ ! -e "$2" ]; then
        put_file "$1" "$2" 644
    elif cmp -s "$1" "$2"; then
        :
    elif [ -f "$3" ] && cmp -s "$3" "$2"; then
        put_file "$1" "$2" 644
        say "Policy brought up to date: $2"
    else
        put_file "$1" "$2.new" 644
        say "Your policy was edited and stays as it is: $2"
        say "The shipped one lies beside it: $2.new"
    fi
    put_file "$1" "$3" 644
}

# install.json holds what a run must know and no variable may say. `shims sync` fills in the tools.
install_state() {
    local file=$settings/install.json fresh
    if [ ! -e "$file" ]; then
        fresh=$(mktemp "$settings/install.json.XXXXXX") || fail "cannot write in $settings"
        printf '{\n  "version": 1,\n  "state": "%s",\n  "tools": {}\n}\n' "$state" >"$fresh"
        chmod 644 "$fresh"
        mv -f "$fresh" "$file"
    fi
    if [ "$is_system" = no ]; then
        make_directory "$prefix/var"
        make_private "$state" "$(id -u)" "$(id -g)"
        return
    fi
    [ -d /var/lib/shimgate ] || mkdir -p /var/lib/shimgate
    chmod 755 /var/lib/shimgate
    make_private /var/lib/shimgate/0 0 0
    local name
    for name in ${users//,/ }; do
        id -u "$name" >/dev/null 2>&1 || fail "no such user: $name"
        make_private "/var/lib/shimgate/$(id -u "$name")" "$(id -u "$name")" "$(id -g "$name")"
    done
}

make_private() {
    [ ! -L "$1" ] || fail "$1 is a symbolic link"
    [ -d "$1" ] || mkdir -p "$1" || fail "cannot make $1"
    chown "$2:$3" "$1"
    chmod 700 "$1"
}

make_shims() {
    "$program" shims sync --path "$PATH" || fail 'shimgate shims sync failed'
    if [ "$is_system" = yes ]; then
        local beside
        beside=$(mktemp "$profile_file.XXXXXX") || fail "cannot write in $(dirname "$profile_file")"
        cat >"$beside" <<END
# shimgate: its shims come first on PATH of every login shell.
case "\$PATH" in
"$shims":*) ;;
*) PATH="$shims:$prefix/bin:\$PATH" ;;
esac
export PATH
END
        chmod 644 "$beside"
        mv -f "$beside" "$profile_file"
    fi
}

# Each chain begins here, with a signing key of its own, and install.json learns its name.
begin_chains() {
    if [ "$is_system" = no ]; then
        verification_key=$("$program" audit begin) || fail 'the audit chain could not begin'
        return
    fi
    local name
    verification_key=$("$program" audit begin) || fail 'the audit chain of root could not begin'
    for name in ${users//,/ }; do
        "$program" audit begin --user "$name" >/dev/null ||
            fail "the audit chain of $name could not begin"
    done
}

# --- its own check, and what it shows ---------------------------------------------------------

verify_install() {
    local version
    version=$("$program" --version) || fail "$program does not run"
    # 1 is a policy with warnings, which were just printed; it can be used.
    "$program" policy check "$settings/policy.json" >/dev/null || [ $? = 1 ] ||
        fail "the policy does not load: $settings/policy.json"
    if [ -e "$(state_of_caller)/audit.jsonl" ]; then
        "$program" audit verify --accept unanchored >/dev/null ||
            fail "the audit chain there does not verify: $(state_of_caller)/audit.jsonl"
    fi
    say "shimgate $version is installed in $prefix"
    say "Its checkpoints verify with this key: $verification_key"
}

state_of_caller() {
    if [ "$is_system" = yes ]; then say "/var/lib/shimgate/$(id -u)"; else say "$state"; fi
}

show_path_line() {
    say
    say 'Put this line at the end of the file your shells and your agent start from:'
    say
    say "    export PATH=\"$shims:$prefix/bin:\$PATH\""
    say
}

# A shell may set PATH anew (Debian's /etc/profile does), so ask the shells themselves.
show_what_shells_find() {
    local tool=npm found
    command -v npm >/dev/null || tool=$(shimmed_tool) || return 0
    say "With that line in your environment, $tool is:"
    found=$(PATH="$shims:$PATH" sh -c "command -v $tool" 2>/dev/null) || found=nothing
    tell_found "sh -c" "$found"
    if ! command -v bash >/dev/null; then return 0; fi
    found=$(PATH="$shims:$PATH" bash -lc "command -v $tool" 2>/dev/null </dev/null) || found=nothing
    tell_found "bash -lc" "$found"
    found=$(env -i HOME="${HOME:-/}" bash -lc "command -v $tool" 2>/dev/null </dev/null) ||
        found=nothing
    tell_found "env -i bash -lc" "$found"
}

tell_found() {
    case $2 in
    "$shims"/*) printf '    %-16s %s\n' "$1" 'the shim' ;;
    *)
        printf '    %-16s %s  <- NOT the shim\n' "$1" "$2"
        printf '    %-16s %s\n' '' 'put the line into ~/.bash_profile or ~/.profile, or use --system'
        ;;
    esac
}

shimmed_tool() {
    local name
    for name in npm pnpm yarn twine gem cargo nuget dotnet python3; do
        if [ -L "$shims/$name" ]; then say "$name"; return 0; fi
    done
    return 1
}

# The main job: a publish is refused, and the refusal is on record.
show_main_job() {
    local tool scratch code=0
    if ! tool=$(shimmed_tool); then
        say
        say 'No package manager is on PATH yet; run "shimgate shims sync" when one is.'
        return 0
    fi
    local line=()
    case $tool in
    npm | pnpm | yarn | cargo) line=(publish) ;;
    twine) line=(upload dist/sample.whl) ;;
    gem) line=(push sample.gem) ;;
    nuget) line=(push sample.nupkg) ;;
    dotnet) line=(nuget push sample.nupkg) ;;
    python3) line=(-m twine upload dist/sample.whl) ;;
    esac
    scratch=$(mktemp -d)
    printf '{"name":"sample","version":"1.0.0"}\n' >"$scratch/package.json"
    say
    say "\$ $tool ${line[*]}"
    (cd "$scratch" && PATH="$shims:$PATH" exec "$tool" "${line[@]}" </dev/null) || code=$?
    rm -rf "$scratch"
    [ "$code" = 77 ] || fail "expected a refusal (exit 77) and got exit $code"
    say
    say '$ shimgate audit tail -n 1'
    "$program" audit tail -n 1 || fail 'the record cannot be read'
    say '$ shimgate audit verify --accept unanchored'
    "$program" audit verify --accept unanchored || fail 'the audit chain does not verify'
}

# --- removal ----------------------------------------------------------------------------------

uninstall() {
    [ -e "$program" ] || [ -d "$shims" ] || fail "nothing is installed in $prefix"
    if [ "$is_system" = yes ]; then rm -f "$profile_file"; fi
    local profile name
    remove_unedited "$settings/policy.json" "$shipped_policy"
    for profile in "$shipped_profiles"/*.json; do
        if [ -e "$profile" ]; then remove_unedited "$settings/profiles/${profile##*/}" "$profile"; fi
    done
    rm -f "$settings/install.json" "$settings/docs/policy.schema.json"
    rm -rf "$shims" "$shipped_profiles" "$prefix/share/shimgate/examples" \
        "$prefix/share/shimgate/guards"
    rm -f "$shipped_policy" "$program" "$prefix/libexec/shimgate/shimgate-cli" \
        "$prefix/libexec/shimgate/shimgate-index" \
        "$prefix/share/man/man1/shimgate.1"
    for name in share/man/man1 share/man share/shimgate share libexec/shimgate libexec bin \
        etc/shimgate/docs etc/shimgate/profiles etc/shimgate etc var/shimgate var .; do
        rmdir "$prefix/$name" 2>/dev/null || true
    done
    rmdir "$prefix" 2>/dev/null || true
    say "shimgate is removed from $prefix"
    say 'Adopted virtual environments start it: move what is in their .shimgate-bin back to bin.'
    if [ "$is_system" = yes ]; then
        say 'The audit files stay: /var/lib/shimgate'
    elif [ -d "$state" ]; then
        say "The audit file stays: $state/audit.jsonl"
    fi
}

# remove_unedited INSTALLED COPY
remove_unedited() {
    rm -f "$1.new"
    if [ ! -e "$1" ]; then return 0; fi
    if [ -f "$2" ] && cmp -s "$2" "$1"; then rm -f "$1"; else say "Your edited policy stays: $1"; fi
}

main "$@"
