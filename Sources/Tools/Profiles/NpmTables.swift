// npm's words and options by version, as data. Each entry is `name=payload`; WordTable says how it
// is searched. Source: npm's own lib/utils/cmd-list.js and @npmcli/config definitions of 6.14.18,
// 7.24.2, 8.19.4, 9.9.3, 10.9.0 and 11.17.0, asked word by word; npm 12 from its documentation.
//
// A word's payload is the canonical command where it differs from the word, then the versions:
// nothing for all, `-` for 6 to 11, else `/` and one letter each (6 7 8 9 a=10 b=11 c=12).
// npm 12 has exact names and aliases only, because a newer version may give a prefix a new meaning.
//
// An option's payload is its arity class, one letter for all versions or one for each of 6 to 11
// (`.` unknown there): B boolean, S string, V any value, X boolean or string, N boolean or null,
// A boolean or always. Then its types (b boolean, n null, s string, a array, p path, u URL,
// i number, d date, m umask, v version, f false, ? anything) and its literal values
// (`+` since npm 11).

/// npm's tables.
enum NpmTables {
    /// Every accepted command word.
    static let words = WordTable(
        """
        ac=access- acc=access- acce=access- acces=access- access= add=install add-=adduser-
        add-u=adduser- add-us=adduser- add-use=adduser- add-user=adduser- addu=adduser-
        addus=adduser- adduse=adduser- adduser=- ap=approve-scripts/b ap=help/6 api=help/6
        apih=help/6 apihe=help/6 apihel=help/6 apihelp=help/6 app=approve-scripts/b
        appr=approve-scripts/b appro=approve-scripts/b approv=approve-scripts/b
        approve=approve-scripts/b approve-=approve-scripts/b approve-s=approve-scripts/b
        approve-sc=approve-scripts/b approve-scr=approve-scripts/b approve-scri=approve-scripts/b
        approve-scrip=approve-scripts/b approve-script=approve-scripts/b approve-scripts=/bc
        aud=audit- audi=audit- audit= aut=owner- auth=owner- autho=owner- author=owner b=bugs/9ab
        bi=bin/6 bin=/678 birthday=/78 bu=bugs/789ab bug=bugs- bugs= build=/6 c=config ca=cache-
        cac=cache- cach=cache- cache= ci= cit=install-ci-test clean-install=ci
        clean-install-=install-ci-test- clean-install-t=install-ci-test-
        clean-install-te=install-ci-test- clean-install-tes=install-ci-test-
        clean-install-test=install-ci-test com=completion- comp=completion- compl=completion-
        comple=completion- complet=completion- completi=completion- completio=completion-
        completion= con=config- conf=config- confi=config- config= cr=init- cre=init- crea=init-
        creat=init- create=init dd=dedupe- ddp=dedupe ded=dedupe- dedu=dedupe- dedup=dedupe- dedupe=
        den=deny-scripts/b deny=deny-scripts/b deny-=deny-scripts/b deny-s=deny-scripts/b
        deny-sc=deny-scripts/b deny-scr=deny-scripts/b deny-scri=deny-scripts/b
        deny-scrip=deny-scripts/b deny-script=deny-scripts/b deny-scripts=/bc dep=deprecate-
        depr=deprecate- depre=deprecate- deprec=deprecate- depreca=deprecate- deprecat=deprecate-
        deprecate= dif=diff/789ab diff=/789abc dist-tag= dist-tags=dist-tag docs= doct=doctor-
        docto=doctor- doctor= ed=edit- edi=edit- edit= ex=explore/6 exe=exec/789ab exec=/789abc
        exp=explore/6 expl=explore/6 expla=explain/789ab explai=explain/789ab explain=/789abc
        explo=explore- explor=explore- explore= find=search find-=dedupe/6 find-=find-dupes/789ab
        find-d=dedupe/6 find-d=find-dupes/789ab find-du=dedupe/6 find-du=find-dupes/789ab
        find-dup=dedupe/6 find-dup=find-dupes/789ab find-dupe=dedupe/6 find-dupe=find-dupes/789ab
        find-dupes=dedupe/6 find-dupes=/789abc fu=fund- fun=fund- fund= g=get- ge=get- get= help=
        help-=help-search/69ab help-s=help-search/69ab help-se=help-search/69ab
        help-sea=help-search/69ab help-sear=help-search/69ab help-searc=help-search/69ab
        help-search= hl=help/789ab hle=help/789ab hlep=help/789abc ho=docs/b hom=docs- home=docs
        hoo=hook/6789a hook=/6789a i=install ic=ci in=install/789abc inf=view- info=view ini=init-
        init= inn=init- inni=init- innit=init ins=install/789abc inst=install/789abc
        insta=install/789abc instal=install/789abc install= install-ci=install-ci-test-
        install-ci-=install-ci-test- install-ci-t=install-ci-test- install-ci-te=install-ci-test-
        install-ci-tes=install-ci-test- install-ci-test= install-cl=ci- install-cle=ci-
        install-clea=ci- install-clean=ci install-scripts=/c install-t=install-test-
        install-te=install-test- install-tes=install-test- install-test= isnt=install/789abc
        isnta=install/789abc isntal=install/789abc isntall=ci/7 isntall=install/689abc isntall-=ci-
        isntall-c=ci- isntall-cl=ci- isntall-cle=ci- isntall-clea=ci- isntall-clean=ci iss=bugs-
        issu=bugs- issue=bugs- issues=bugs it=install-test la=ll/789abc la=ls/6 lin=link- link=
        lis=ls- list=ls ll=/789abc ll=ls/6 ln=link logi=adduser/678 logi=login/9ab login=adduser/678
        login=/9abc logo=logout- logou=logout- logout= ls= og=org- ogr=org or=org- org= ou=outdated-
        out=outdated- outd=outdated- outda=outdated- outdat=outdated- outdate=outdated- outdated=
        ow=owner- own=owner- owne=owner- owner= pa=pack- pac=pack- pack= patch=/c pi=ping- pin=ping-
        ping= pk=pkg/789ab pkg=/789abc pre=prefix- pref=prefix- prefi=prefix- prefix= pro=profile-
        prof=profile- profi=profile- profil=profile- profile= pru=prune- prun=prune- prune=
        pu=publish- pub=publish- publ=publish- publi=publish- publis=publish- publish= q=query/89ab
        qu=query/89ab que=query/89ab quer=query/89ab query=/89abc r=uninstall rb=rebuild
        reb=rebuild- rebu=rebuild- rebui=rebuild- rebuil=rebuild- rebuild= rem=uninstall-
        remo=uninstall- remov=uninstall- remove=uninstall rep=repo- repo= res=restart- rest=restart-
        resta=restart- restar=restart- restart= rm=uninstall ro=root- roo=root- root= rum=run run=
        run-=run- run-s=run- run-sc=run- run-scr=run- run-scri=run- run-scrip=run- run-script=run
        s=search sb=sbom/9ab sbo=sbom/9ab sbom=/9abc se=search sea=search- sear=search-
        searc=search- search= set= set-=set-script/78 set-s=set-script/78 set-sc=set-script/78
        set-scr=set-script/78 set-scri=set-script/78 set-scrip=set-script/78 set-script=/78
        sho=view- show=view shr=shrinkwrap- shri=shrinkwrap- shrin=shrinkwrap- shrink=shrinkwrap-
        shrinkw=shrinkwrap- shrinkwr=shrinkwrap- shrinkwra=shrinkwrap- shrinkwrap=-
        si=install-ci-test- sit=install-ci-test stag=stage/b stage=/bc star=- stars=- start=
        sto=stop- stop= substack=/6 t=test tea=team- team= tes=test- test= to=token- tok=token-
        toke=token- token= tr=trust/b tru=trust/b trus=trust/b trust=/bc ts=test- tst=test
        u=update/bc ud=update- udp=update- udpa=update- udpat=update- udpate=update un=uninstall
        unbuild=/6 und=undeprecate/b unde=undeprecate/b undep=undeprecate/b undepr=undeprecate/b
        undepre=undeprecate/b undeprec=undeprecate/b undepreca=undeprecate/b
        undeprecat=undeprecate/b undeprecate=/bc uni=uninstall- unin=uninstall- unins=uninstall-
        uninst=uninstall- uninsta=uninstall- uninstal=uninstall- uninstall= unl=uninstall-
        unli=uninstall- unlin=uninstall- unlink=uninstall unp=unpublish- unpu=unpublish-
        unpub=unpublish- unpubl=unpublish- unpubli=unpublish- unpublis=unpublish- unpublish=
        uns=star/6 uns=unstar/789ab unst=star/6 unst=unstar/789ab unsta=star/6 unsta=unstar/789ab
        unstar=star/6 unstar=/789ab up=update upd=update- upda=update- updat=update- update=
        upg=update- upgr=update- upgra=update- upgrad=update- upgrade=update ur=run- urn=run v=view
        veri=version- veris=version- veriso=version- verison=version vers=version- versi=version-
        versio=version- version= vi=view/789ab vie=view- view= visnup=/6 w=whoami/6 wh=whoami/6
        who=whoami- whoa=whoami- whoam=whoami- whoami= why=explain/789abc x=exec/789abc xmas=/6
        """)

    /// Every option of npm 6 to 11.
    static let options = WordTable(
        """
        _auth=.VVVVV:ns _exit=B.....:b access=V:n:restricted|public|+private all=.BBBBB:b
        allow-directory=.....V::all|none|root allow-file=.....V::all|none|root
        allow-git=.....V::all|none|root allow-remote=.....V::all|none|root allow-same-version=B
        allow-scripts=.....V:sa allow-scripts-pending=.....B:b allow-scripts-pin=.....B:b
        also=V:n:dev|development always-auth=B.....:b audit=B
        audit-level=V:n:info|low|moderate|high|critical|none auth-type=V::legacy|web before=V:nd
        bin-links=B browser=VXXXXX:nbs bypass-2fa=.....B:b ca=V:nsa cache=V:p
        cache-lock-retries=V.....:? cache-lock-stale=V.....:? cache-lock-wait=V.....:? cache-max=V:i
        cache-min=V:i cafile=V:p call=.SSSSS:s cert=V:ns ci-name=.VVV..:? cidr=V:nsa
        color=A:b:always commit-hooks=B cpu=...VVV:ns dangerously-allow-all-scripts=.....B:b
        depth=V:ni description=B dev=B diff=.VVVVV:sa diff-dst-prefix=.SSSSS:s
        diff-ignore-all-space=.BBBBB:b diff-name-only=.BBBBB:b diff-no-prefix=.BBBBB:b
        diff-src-prefix=.SSSSS:s diff-text=.BBBBB:b diff-unified=.VVVVV:i dry-run=B editor=S
        engine-strict=B expect-result-count=....VV:ni expect-results=....NN:nb expires=.....V:ni
        fetch-retries=V:i fetch-retry-factor=V:i fetch-retry-maxtimeout=V:i
        fetch-retry-mintimeout=V:i fetch-timeout=.VVVVV:i force=B foreground-scripts=.BBBBB:b
        format-package-lock=B fund=B git=S git-tag-version=B global=B global-style=B
        globalconfig=V:p group=V.....:? ham-it-up=B.....:b heading=S https-proxy=V:nu if-present=B
        ignore-prepublish=B.....:b ignore-scripts=B include=.VVVVV:a:prod|dev|optional|peer
        include-attestations=.....B:b include-staged=.BBBBB:b include-workspace-root=..BBBB:b
        init-author-email=S init-author-name=S init-author-url=V:u init-license=S init-module=V:p
        init-private=.....B:b init-type=.....S:s init-version=V:v init.author.email=.SSSSS:s
        init.author.name=.SSSSS:s init.author.url=.VVVVV:u init.license=.SSSSS:s
        init.module=.VVVVV:p init.version=.VVVVV:v install-links=..BBBB:b
        install-strategy=...VVV::hoisted|nested|shallow|linked json=B key=V:ns legacy-bundling=B
        legacy-peer-deps=.BBBBB:b libc=....VV:ns link=B local-address=V:n:127.0.0.1|::1
        location=.VVVVV::global|user|project lockfile-version=..VVVV:n:1|2|3
        loglevel=V::silent|error|warn|notice|http|info|verbose|silly logs-dir=..VVVV:np logs-max=V:i
        logstream=V.....:? long=B maxsockets=V:i message=S metrics-registry=V.....:?
        min-release-age=.....V:ni min-release-age-exclude=.....V:as name=.....V:ns node-gyp=.....V:p
        node-options=V:ns node-version=VVV...:? noproxy=V:sa npm-version=.VV...:? offline=B
        omit=.VVVVV:a:dev|optional|peer omit-lockfile-registry-resolved=..BBBB:b
        onload-script=V.....:? only=V:n:prod|production optional=BNNNNN:nb orgs=.....V:nsa
        orgs-permission=.....V:n:read-only|read-write|no-access os=...VVV:ns otp=V:ns
        pack-destination=.SSSSS:s package=.VVVVV:sa package-lock=B package-lock-only=B
        packages=.....V:nsa packages-all=.....B:b
        packages-and-scopes-permission=.....V:n:read-only|read-write|no-access parseable=B
        password=.....V:ns prefer-dedupe=...BBB:b prefer-offline=B prefer-online=B prefix=V:p
        preid=S production=BNNNNN:nb progress=B provenance=...BBB:b provenance-file=...VVV:p
        proxy=V:nfu read-only=B rebuild-bundle=B registry=V:u
        replace-registry-host=..VVVV:s:npmjs|never|always rollback=B.....:b save=B save-bundle=B
        save-dev=B save-exact=B save-optional=B save-peer=.BBBBB:b save-prefix=S save-prod=B
        sbom-format=...VVV::cyclonedx|spdx sbom-type=...VVV::library|application|framework scope=S
        scopes=.....V:nsa script-shell=V:ns scripts-prepend-node-path=V.....:?
        searchexclude=VSSSSS:s searchlimit=V:i searchopts=S searchstaleness=V:i
        send-metrics=B.....:b shell=S shrinkwrap=B sign-git-commit=B sign-git-tag=B
        sso-poll-frequency=VVV...:? sso-type=VVV...:? strict-allow-scripts=.....B:b
        strict-peer-deps=.BBBBB:b strict-ssl=B tag=S tag-version-prefix=S timing=B tmp=VVVV..:?
        token-description=.....V:ns umask=V:m unicode=B unsafe-perm=B.....:b update-notifier=B
        usage=B user=V.....:? user-agent=S userconfig=V:p version=B versions=B viewer=S
        which=.VVVVV:ni workspace=.VVVVV:sa workspaces=.BNNNN:nb workspaces-update=..BBBB:b
        yes=.NNNNN:nb
        """)

    /// What a short name expands to, words separated by commas.
    static let shorthands = WordTable(
        """
        ?=--usage B=--save-bundle C=--prefix D=--save-dev E=--save-exact H=--usage L=--location
        O=--save-optional P=--save-prod S=--save a=--all c=--call d=--loglevel,info
        dd=--loglevel,verbose ddd=--loglevel,silly desc=--description enjoy-by=--before f=--force
        g=--global h=--usage help=--usage iwr=--include-workspace-root l=--long local=--no-global
        m=--message n=--no-yes no=--no-yes p=--parseable porcelain=--parseable q=--loglevel,warn
        quiet=--loglevel,warn readonly=--read-only reg=--registry s=--loglevel,silent
        silent=--loglevel,silent v=--version verbose=--loglevel,verbose w=--workspace
        ws=--workspaces y=--yes
        """)
}
