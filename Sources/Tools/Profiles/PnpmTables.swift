// pnpm's words and options, as data: pnpm 11.22's own command table and option types, asked of its
// sources (pnpm/src/cmd/index.ts, config/reader/src/types.ts). WordTable says how it is searched.
//
// A word's payload is a letter for the set of options it takes, and the canonical command where
// the word is an alias.
// An option's payload is as in NpmTables. `members` has the letters of the sets an option is in, `*`
// for all. In a shorthand `~` stands for `=` and a comma separates words.

/// pnpm's tables.
enum PnpmTables {
    /// Every command and alias.
    static let words = WordTable(
        """
        access=0 add=1 adduser=Mlogin approve-builds=2 audit=3 bin=4 bugs=5 c=<config cache=6
        cat-file=7 cat-index=7 change=8 ci=9 clean=; clean-install=9ci completion=7
        completion-server=7 config=< create=> dedupe=? deploy=@ deprecate=A dislink=9unlink
        dist-tag=A dist-tags=Adist-tag dlx=B docs=5 doctor=C edit=7 env=D exec=E fetch=9
        find=^search find-hash=7 get=< help=F home=5docs i=9install ic=9ci ignored-builds=7 import=7
        info=gview init=G install=9 install-clean=9ci install-test=9 issues=5bugs it=9install-test
        la=Lll lane=H licenses=I link=J list=K ll=L ln=Jlink login=M logout=5 ls=Klist m=7recursive
        multi=7recursive outdated=N owner=A owners=Aowner pack=O pack-app=P patch=Q patch-commit=R
        patch-remove=7 peers=S ping=5 pkg=T prefix=4 profile=7 prune=U publish=V purge=;clean
        rb=Wrebuild rebuild=W recursive=7 remove=X repo=5 restart=Y rm=Xremove root=4 rt=[runtime
        run=Z run-script=Zrun runtime=[ s=^search sbom=] se=^search search=^ self-update=7 set=<
        set-script=_ setup=a show=gview ss=_set-script stage=V star=5 stars=5 store=b team=c token=7
        un=Xremove undeprecate=A uni=Xremove uninstall=Xremove unlink=9 unpublish=d unstar=5
        up=eupdate update=e upgrade=eupdate v=gview version=f view=g whoami=5 why=h with=7 xmas=7
        """)

    /// Every option that some command takes.
    static let options = WordTable(
        """
        access=V:n:restricted|public aggregate-output=B all=B allow-build=V:sa allow-same-version=B
        audit-level=V::info|low|moderate|high|critical bail=B bare=B batch=B benchmark=B bump=S
        cache-dir=S changed-files-ignore-pattern=V:sa changeset=B check=B child-concurrency=V:i
        color=B:b:always|auto|never commit-hooks=B compatible=B config=B cpu=V:sa
        dangerously-allow-all-builds=B depth=V:i dev=B dir=S dry-run=B edit-dir=S embed-readme=B
        engine-strict=B entry=S exclude-peers=B fail-if-no-match=B fetch-retries=V:i
        fetch-retry-factor=V:i fetch-retry-maxtimeout=V:i fetch-retry-mintimeout=V:i
        fetch-timeout=V:i filter=V:sa filter-prod=V:sa find-by=V:sa fix=X:sb fix-lockfile=B force=B
        force-legacy-deploy=B format=V::table|list|json frozen-lockfile=B frozen-store=B
        git-checks=B git-tag-version=B global=B global-bin-dir=S global-dir=S global-pnpmfile=S
        help=B hoist=B hoist-pattern=V:a hoisting-limits=V::none|workspaces|dependencies
        https-proxy=V:nu if-present=B ignore=V:sa ignore-existing=B ignore-pnpmfile=B
        ignore-registry-errors=B ignore-scripts=B ignore-unfixable=B ignore-workspace=B
        ignore-workspace-root-check=B include-github-actions=B include-workspace-root=B
        init-package-manager=B init-type=V::commonjs|module interactive=B json=B latest=B libc=V:sa
        link-workspace-packages=B:b:deep location=V::global|project lockfile=B lockfile-dir=S
        lockfile-include-tarball-url=B lockfile-only=B loglevel=V::silent|error|warn|info|debug
        long=B merge-git-branch-lockfiles=B merge-git-branch-lockfiles-branch-pattern=V:a message=S
        modules-dir=S network-concurrency=V:i node-experimental-package-map=B
        node-linker=V::pnp|isolated|hoisted node-package-map-type=V::standard|loose noproxy=S
        npm-path=S offline=B only=V:n:dev|development|prod|production only-projects=B
        optimistic-repeat-install=B optional=B os=V:sa otp=S out=S output-dir=S output-name=S
        pack-destination=S pack-gzip-level=V:i package=V:sa
        package-import-method=V::auto|hardlink|clone|copy parseable=B patches-dir=S pending=B
        pm-on-fail=V::download|error|warn|ignore pnpmfile=S pnpr-server=V:ns
        prefer-frozen-lockfile=B prefer-offline=B prefix=V:p preid=S production=B provenance=B
        proxy=V:nfu public-hoist-pattern=V:a publish-branch=S recursive=B registry=V:nu remote=B
        report-summary=B reporter=S reporter-hide-prefix=B resolution-only=B resume-from=S reverse=B
        runtime=B save=B save-catalog-name=S save-dev=B save-exact=B save-optional=B save-peer=B
        save-prefix=S save-prod=B save-workspace-protocol=B sbom-authors=S sbom-format=S
        sbom-spec-version=S sbom-supplier=S sbom-type=S scope=S
        scripts-prepend-node-path=V:ft:auto|warn-only search-limit=V:i sequential=B
        shamefully-hoist=B shared-workspace-lockfile=B shell-mode=B side-effects-cache=B
        side-effects-cache-readonly=B sign-git-tag=B skip-manifest-obfuscation=B sort=B sort-by=V:?
        split=B store-dir=S stream=B strict-peer-dependencies=B summary=S table=B tag=S
        tag-version-prefix=S target=V:sa test-pattern=V:sa trust-lockfile=B
        trust-policy=V::off|no-downgrade trust-policy-exclude=V:sa trust-policy-ignore-after=V:i
        unsafe-perm=B update-checksums=B use-stderr=B verify-store-integrity=B virtual-store-dir=S
        virtual-store-only=B workspace=B workspace-concurrency=V:i workspace-packages=V:sa
        workspace-root=B yes=B
        """)

    /// Which commands take an option.
    static let members = WordTable(
        """
        access=V aggregate-output=* all=2F allow-build=1>B allow-same-version=f audit-level=3
        bail=EZ bare=G batch=V benchmark=C bump=8 cache-dir=139?@Xe changed-files-ignore-pattern=*
        changeset=e check=? child-concurrency=19?@ color=* commit-hooks=f compatible=IN config=1
        cpu=19?@B dangerously-allow-all-builds=139?@e depth=3KLNeh dev=39?@IKLNU]eh dir=*
        dry-run=9@OVf edit-dir=Q embed-readme=V engine-strict=139?@e entry=P exclude-peers=KL]h
        fail-if-no-match=* fetch-retries=139?@e fetch-retry-factor=139?@e
        fetch-retry-maxtimeout=139?@e fetch-retry-mintimeout=139?@e fetch-timeout=139?@e filter=*
        filter-prod=* find-by=KLh fix=3 fix-lockfile=9@ force=139@VXabde force-legacy-deploy=@
        format=N frozen-lockfile=9@ frozen-store=9?@ git-checks=Vf git-tag-version=f
        global=12349<?@DIJKLNX[]eh global-bin-dir=1 global-dir=139?@IJKLNX]eh
        global-pnpmfile=139?@Xe hoist=19?@ hoist-pattern=19?@ hoisting-limits=19?@
        https-proxy=139?@e if-present=YZ ignore=3 ignore-existing=Q ignore-pnpmfile=139?@e
        ignore-registry-errors=3 ignore-scripts=139?@UVe ignore-unfixable=3 ignore-workspace=*
        ignore-workspace-root-check=1 include-github-actions=Ne include-workspace-root=*
        init-package-manager=G init-type=G interactive=3e json=03<CIKLOSTV^cfgh latest=e libc=19?@B
        link-workspace-packages=19?@ location=< lockfile=139;?@Xe lockfile-dir=139?@Xe
        lockfile-include-tarball-url=3e lockfile-only=139?@KLSX]e loglevel=* long=IKNh
        merge-git-branch-lockfiles=9?@ merge-git-branch-lockfiles-branch-pattern=9?@ message=f
        modules-dir=19?@ network-concurrency=139?@e node-experimental-package-map=139?@EXe
        node-linker=19?@X node-package-map-type=139?@EXe noproxy=139?@e npm-path=13VWe
        offline=139?@Ce only=139?@JKLeh only-projects=KL optimistic-repeat-install=9?@
        optional=139?@IKLNU]eh os=19?@B otp=0AVcd out=O] output-dir=P output-name=P
        pack-destination=O pack-gzip-level=O package=B package-import-method=139?@JXe parseable=*
        patches-dir=R pending=W pm-on-fail=* pnpmfile=139?@Xe pnpr-server=9?@
        prefer-frozen-lockfile=9?@ prefer-offline=139?@e prefix=* preid=f production=139?@IJKLNU]eh
        provenance=V proxy=139?@e public-hoist-pattern=19?@ publish-branch=V
        recursive=1389@EHIKLNOSTVWXZ]efh registry=013569?@AJMV^bcdeg remote=D report-summary=EVZ
        reporter=* reporter-hide-prefix=EZ resolution-only=9@ resume-from=EZ reverse=EZ runtime=9?@
        save=139@e save-catalog-name=1 save-dev=1JX[ save-exact=13Je save-optional=1JX save-peer=1
        save-prefix=13Je save-prod=1X[ save-workspace-protocol=139?@e sbom-authors=] sbom-format=]
        sbom-spec-version=] sbom-supplier=] sbom-type=] scope=M scripts-prepend-node-path=39?@WZe
        search-limit=^ sequential=Z shamefully-hoist=139?@e shared-workspace-lockfile=139?@Xe
        shell-mode=BE side-effects-cache=139?@e side-effects-cache-readonly=139?@e sign-git-tag=f
        skip-manifest-obfuscation=OV sort=EZ sort-by=N split=] store-dir=1369?@WX]be stream=*
        strict-peer-dependencies=19?@X summary=8 table=I tag=V tag-version-prefix=f target=P
        test-pattern=* trust-lockfile=19?@J trust-policy=19?@ trust-policy-exclude=19?@
        trust-policy-ignore-after=19?@ unsafe-perm=139?@EJVWZe update-checksums=9@ use-stderr=*
        verify-store-integrity=19?@ virtual-store-dir=19?@X virtual-store-only=9?@ workspace=13e
        workspace-concurrency=EOZ workspace-packages=* workspace-root=* yes=*
        """)

    /// Short names for all commands.
    static let shorthands = WordTable(
        """
        ?=--help C=--dir D=--save-dev E=--save-exact F=--filter H=--help L=--latest
        O=--save-optional P=--save-prod S=--save d=--loglevel~info dd=--loglevel~verbose
        ddd=--loglevel~silly development=--dev f=--force g=--global h=--help i=--interactive
        l=--long local=--no-global p=--parseable porcelain=--parseable prod=--production
        q=--loglevel~warn quiet=--loglevel~warn r=--recursive s=--reporter~silent
        silent=--reporter~silent usage=--help v=--version verbose=--loglevel~verbose
        w=--workspace-root y=--yes
        """)

    /// Short names of one command.
    static let commandShorthands = WordTable(
        """
        add/d=--save-dev add/e=--save-exact add/o=--save-optional add/p=--save-prod
        add/save-catalog=--save-catalog-name~default audit/D=--dev audit/P=--production ci/D=--dev
        ci/P=--production clean/l=--lockfile deploy/D=--dev deploy/P=--production
        deploy/legacy=--config.force-legacy-deploy~true dlx/c=--shell-mode exec/c=--shell-mode
        exec/parallel=--workspace-concurrency~Infinity,--no-sort,--stream,--recursive fetch/D=--dev
        fetch/P=--production help/a=--all install/D=--dev install/P=--production licenses/D=--dev
        licenses/P=--production list/D=--dev list/P=--production outdated/D=--dev
        outdated/P=--production outdated/json=--format~json outdated/no-table=--format~list
        outdated/table=--format~table pack-app/o=--output-dir pack-app/t=--target patch/d=--edit-dir
        run/parallel=--workspace-concurrency~Infinity,--no-sort,--stream,--recursive
        run/s=--sequential,--workspace-concurrency~1 run/sequential=--workspace-concurrency~1
        sbom/D=--dev sbom/P=--production update/D=--dev update/P=--production why/D=--dev
        why/P=--production
        """)
}
