// pip's options for releases 22.0 to 26.3, dumped from pip's own parsers and compressed; the format
// is described in OptionTable.swift.
//
// Command letters: `0` options before the command, and i install, l lock, d download, u uninstall,
// f freeze, n inspect, t list, s show, k check, c config, r search, a cache, x index, w wheel,
// h hash, o completion, g debug, p help.

internal import GateCore

/// pip's grammar as data.
enum PipGrammar {
    /// Options of all commands, sorted by name.
    static let options = OptionTable(
        """
        --abi add abis idxg
        --algorithm set algorithm h :choice
        --all on freeze_all f
        --all-releases call release_control ildwtx >26.0
        --bash const shell o
        --break-system-packages on override_externally_managed iu >23.0
        --build-constraint add build_constraints ildw >25.3
        --build-option add build_options w <25.3
        --cache-dir set cache_dir * :path
        --cert set cert * :path
        --check-build-dependencies on check_build_deps ildw >22.1
        --client-cert set client_cert * :path
        --compile on compile i
        --config-settings call config_settings ilw >22.1
        --constraint add constraints ildw
        --debug on debug_mode *
        --default-timeout set timeout * =timeout :float
        --dest set download_dir d
        --destination-dir set download_dir d =dest
        --destination-directory set download_dir d =dest
        --disable-pip-version-check on disable_pip_version_check *
        --dry-run on dry_run i >22.2
        --editable add editables ilw
        --editable on editable t
        --editor set editor c
        --exclude add excludes ft
        --exclude-editable off include_editable t
        --exclude-editable on exclude_editable f
        --exists-action add exists_action * :choice
        --extra-index-url add extra_index_urls ildwtx
        --files on files s
        --find-links add find_links ildwtx
        --fish const shell o
        --force-reinstall on force_reinstall i
        --format set list_format ta :choice
        --global on global_file c
        --global-option add global_options idw <25.3
        --group call dependency_groups ildw >25.1
        --help help help *
        --ignore-installed on ignore_installed i
        --ignore-requires-python on ignore_requires_python ildwx
        --implementation set implementation idxg
        --include-editable on include_editable t
        --index set index r
        --index-url set index_url ildwtx
        --install-option add install_options i <23.1
        --isolated on isolated_mode *
        --json on json x >25.1
        --keyring-provider set keyring_provider * :choice >23.1
        --local on local ftn
        --local-log set log * =log :path
        --log set log * :path
        --log-file set log * =log :path
        --no-binary call format_control ildwx
        --no-binary call format_control t >26.0
        --no-build-isolation off build_isolation ildw
        --no-cache-dir special cache_dir *
        --no-clean on no_clean ildw
        --no-color on no_color *
        --no-compile off compile i
        --no-dependencies on ignore_dependencies ildw =no-deps
        --no-deps on ignore_dependencies ildw
        --no-index on no_index ildwtx
        --no-input on no_input *
        --no-proxy-env on no_proxy_env * >26.2
        --no-python-version-warning on no_python_version_warning *
        --no-require-hashes on no_require_hashes ildw >26.2
        --no-use-pep517 special use_pep517 ildw <25.3
        --no-user off use_user_site i
        --no-verify on no_verify w
        --no-warn-conflicts off warn_about_conflicts i
        --no-warn-script-location off warn_script_location i
        --not-required on not_required t
        --only-binary call format_control ildwx
        --only-binary call format_control t >26.0
        --only-dependencies on only_dependencies ildw =only-deps >26.2
        --only-deps on only_dependencies ildw >26.2
        --only-final call release_control ildwtx >26.0
        --outdated on outdated t
        --output set output_file l :path
        --path add path ftn :path
        --platform add platforms idxg
        --powershell const shell o >22.1
        --pre on pre ildwtx
        --prefer-binary on prefer_binary ildw
        --prefer-binary on prefer_binary tx >26.0
        --prefix set prefix_path i
        --progress-bar set progress_bar ildw :choice
        --proxy set proxy *
        --pypi-url set index_url ildwtx =index-url
        --python set python * >22.3
        --python-version call python_version idxg
        --quiet count quiet *
        --refresh-package call refresh_package ildwtx >26.2
        --report set json_report_file i >22.2
        --require-hashes on require_hashes ildw
        --require-venv on require_venv * =require-virtualenv
        --require-virtualenv on require_venv *
        --requirement add requirements ilduwf
        --requirements-from-script add requirements_from_scripts ildw >26.0
        --resume-retries set resume_retries * :int >25.1
        --retries set retries * :int
        --root set root_path i
        --root-user-action set root_user_action iu :choice >22.1
        --site on site_file c
        --source call src_dir ildw =src :path
        --source-dir call src_dir ildw =src :path
        --source-directory call src_dir ildw =src :path
        --src call src_dir ildw :path
        --target set target_dir i
        --timeout set timeout * :float
        --trusted-host add trusted_hosts *
        --upgrade on upgrade i
        --upgrade-strategy set upgrade_strategy i :choice
        --uploaded-prior-to call uploaded_prior_to ildwtx >26.0
        --uptodate on uptodate t
        --use-deprecated add deprecated_features_enabled * :choice
        --use-feature add features_enabled * :choice
        --use-pep517 on use_pep517 ildw
        --user on use_user_site i
        --user on user ftn
        --user on user_file c
        --verbose count verbose *
        --version on version + <26.3
        --version on version 0
        --wheel-dir set wheel_dir w
        --yes on yes u
        --zsh const shell o
        -C call config_settings ilw =config-settings >23.1
        -I on ignore_installed i =ignore-installed
        -U on upgrade i =upgrade
        -V on version + =version <26.3
        -V on version 0 =version
        -a set algorithm h =algorithm :choice
        -b const shell o =bash
        -c add constraints ildw =constraint
        -d set download_dir d =dest
        -e add editables ilw =editable
        -e on editable t =editable
        -f add find_links ildwtx =find-links
        -f const shell o =fish
        -f on files s =files
        -h help help * =help
        -i set index r =index
        -i set index_url ildwtx =index-url
        -l on local ft =local
        -o on outdated t =outdated
        -o set output_file l =output :path
        -p const shell o =powershell >22.1
        -q count quiet * =quiet
        -r add requirements ilduwf =requirement
        -t set target_dir i =target
        -u on uptodate t =uptodate
        -v count verbose * =verbose
        -w set wheel_dir w =wheel-dir
        -y on yes u =yes
        -z const shell o =zsh
        """)

    /// Commands with their letter and the first release that has them. Names are exact: pip has no
    /// aliases, abbreviations, plugins or external commands.
    static let commands: [(name: Word, letter: UInt8, since: Int)] = [
        ("install", 0x69, 0), ("lock", 0x6C, 2501), ("download", 0x64, 0),
        ("uninstall", 0x75, 0), ("freeze", 0x66, 0), ("inspect", 0x6E, 2202), ("list", 0x74, 0),
        ("show", 0x73, 0), ("check", 0x6B, 0), ("config", 0x63, 0), ("search", 0x72, 0),
        ("cache", 0x61, 0), ("index", 0x78, 0), ("wheel", 0x77, 0), ("hash", 0x68, 0),
        ("completion", 0x6F, 0), ("debug", 0x67, 0), ("help", 0x70, 0),
    ]

    /// The parser that reads the words before the command.
    static let mainLetter: UInt8 = 0x30

    /// Values that an option with `:choice` accepts.
    static func choices(of option: Word, command: UInt8, release: MinorRelease) -> [Word] {
        if option == "exists-action" { return ["s", "i", "w", "b", "a"] }
        if option == "keyring-provider" { return ["auto", "disabled", "import", "subprocess"] }
        if option == "upgrade-strategy" { return ["only-if-needed", "eager"] }
        if option == "root-user-action" { return ["warn", "ignore"] }
        if option == "algorithm" { return ["sha256", "sha384", "sha512"] }
        if option == "format" {
            return command == 0x61 ? ["human", "abspath"] : ["columns", "freeze", "json"]
        }
        let number = release.number
        if option == "progress-bar" {
            if number < 2201 { return ["off", "on", "ascii", "pretty", "emoji"] }
            if number < 2401 { return ["on", "off"] }
            return number < 2502 ? ["on", "off", "raw"] : ["auto", "on", "off", "raw"]
        }
        if option == "use-deprecated" {
            if number < 2201 {
                return [
                    "legacy-resolver", "out-of-tree-build", "backtrack-on-build-failures",
                    "html5lib",
                ]
            }
            if number < 2202 {
                return ["legacy-resolver", "backtrack-on-build-failures", "html5lib"]
            }
            return number < 2402 ? ["legacy-resolver"] : ["legacy-resolver", "legacy-certs"]
        }
        if number < 2203 {
            return number < 2201
                ? ["2020-resolver", "fast-deps", "in-tree-build"]
                : number < 2202
                    ? ["2020-resolver", "fast-deps"] : ["2020-resolver", "fast-deps", "truststore"]
        }
        var features: [Word] = ["fast-deps", "truststore", "no-binary-enable-wheel-cache"]
        if number >= 2503 { features.append("build-constraint") }
        if number >= 2600 { features.append("inprocess-build-deps") }
        if number >= 2602 { features.append("venv-isolation") }
        return features
    }

    /// Flags whose default is true, so that `false` is what differs.
    static func isOnByDefault(_ destination: Word, release: MinorRelease) -> Bool {
        let names: [Word] = [
            "build_isolation", "compile", "warn_script_location", "warn_about_conflicts",
            "include_editable",
        ]
        for name in names where name == destination { return true }
        return destination == "use_pep517" && release.number >= 2503
    }

    /// Flags whose default is neither true nor false.
    static func isUnsetByDefault(_ destination: Word, release: MinorRelease) -> Bool {
        destination == "use_user_site" || destination == "cache_dir"
            || (destination == "use_pep517" && release.number < 2503)
    }

    /// Default of an option that takes a text; nil where it is unset or depends on the machine.
    static func defaultText(_ destination: Word, command: UInt8, release: MinorRelease) -> Word? {
        if destination == "list_format" { return command == 0x61 ? "human" : "columns" }
        if destination == "progress_bar" { return release.number < 2502 ? "on" : "auto" }
        if destination == "resume_retries" { return release.number < 2502 ? "0" : "5" }
        if destination == "proxy" { return release.number < 2602 ? "" : nil }
        let texts: [(Word, Word)] = [
            ("index_url", "https://pypi.org/simple"), ("keyring_provider", "auto"),
            ("retries", "5"), ("timeout", "15"),
            ("upgrade_strategy", "only-if-needed"), ("root_user_action", "warn"),
            ("download_dir", "."), ("wheel_dir", "."), ("index", "https://pypi.org/pypi"),
            ("algorithm", "sha256"), ("output_file", "pylock.toml"),
        ]
        for (name, text) in texts where name == destination { return text }
        return nil
    }
}
