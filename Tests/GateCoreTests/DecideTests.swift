// What decide() answers, by example.

import GateCore
import Testing

@Suite struct DecideTests {
    private let allowing = Dictionary(
        uniqueKeysWithValues: Operation.allCases.map { ($0, $0 == .unknown ? .deny : Effect.allow) }
    )

    @Test("the first matching rule decides and is named with its line")
    func firstMatch() {
        let first = rule("first", .deny, command: "npm publish*") {
            $0.place = Place(line: 14, column: 5)
            $0.message = "no"
        }
        let second = rule("second", .allow, command: "npm*")
        let denied = decision(
            npm("publish", operation: .publish), [layer(.install, [first, second])])
        #expect(denied.effect == .deny)
        #expect(denied.rule == "first")
        #expect(denied.layer == .install)
        #expect(denied.origin == "install.json:14")
        #expect(denied.message == "no")
        #expect(denied.command == "npm publish")
        #expect(denied.operation == .publish)
        let turned = decision(
            npm("publish", operation: .publish), [layer(.install, [second, first])])
        #expect(turned.effect == .allow)
        #expect(turned.rule == "second")
    }

    @Test("without a rule the default of the operation decides, without a default nobody allows")
    func defaults() {
        let view = npm("view", operation: .query)
        let allowed = decision(view, [layer(defaults: [.query: .allow])])
        #expect(allowed.effect == .allow)
        #expect(allowed.rule == nil)
        #expect(allowed.reason == "no rule matches, and the default for query is allow")
        let silent = decision(view, [layer(defaults: [.install: .allow])])
        #expect(silent.effect == .deny)
        #expect(silent.layer == nil)
        #expect(silent.votes.map(\.basis) == [.abstained])
        #expect(decision(view, []).effect == .deny)
    }

    @Test(
        "among layers the strictest wins and the earlier of equals is named",
        arguments: [
            (Effect.allow, Effect.allow, Effect.allow, "managed"),
            (.allow, .approval, .approval, "install"),
            (.approval, .allow, .approval, "managed"),
            (.allow, .deny, .deny, "install"), (.deny, .allow, .deny, "managed"),
            (.approval, .deny, .deny, "install"), (.deny, .deny, .deny, "managed"),
        ])
    func layers(managed: Effect, install: Effect, expected: Effect, name: String) {
        let answer = decision(
            npm("install", operation: .install),
            [
                layer(.managed, [rule("managed", managed, command: "npm*")]),
                layer(.install, [rule("install", install, command: "npm*")]),
            ])
        #expect(answer.effect == expected)
        #expect(answer.rule == name)
        #expect(answer.votes.map(\.effect) == [managed, install])
    }

    @Test("a workspace or a profile cannot allow what nobody above it allows")
    func onlyTightening() {
        let install = npm("install", operation: .install)
        for kind in [Layer.Kind.workspace, .profile] {
            for effect in [Effect.allow, .approval] {
                let own = layer(kind, [rule("own", effect, command: "*")])
                #expect(decision(install, [own]).effect == .deny)
                #expect(decision(install, [layer(), own]).effect == .deny)
            }
            let denying = layer(kind, [rule("own", .deny, command: "*")])
            let answer = decision(install, [layer(defaults: allowing), denying])
            #expect(answer.effect == .deny)
            #expect(answer.rule == "own")
        }
    }

    @Test("nested lines are judged each by itself and the gravest of the strictest is named")
    func nested() {
        let rules = [
            rule("publish", .deny, command: "npm publish*"),
            rule("execute", .deny, operation: [.execute]),
        ]
        let line = npm("exec", operation: .execute) {
            $0.nested = [npm("publish", operation: .publish)]
        }
        let answer = decision(line, [layer(.install, rules)])
        #expect(answer.rule == "publish")
        #expect(answer.operation == .publish)
        #expect(answer.votes.map(\.command) == ["npm exec", "npm publish"])
        let harmless = npm("exec", operation: .run) {
            $0.nested = [
                npm("view", operation: .query) { $0.nested = [npm("publish", operation: .publish)] }
            ]
        }
        #expect(decision(harmless, [layer(.install, rules, defaults: allowing)]).rule == "publish")
    }

    @Test("approval among nested lines keeps the shortest time and all conditions")
    func nestedApproval() {
        let rules = [
            rule("inner", .approval, command: "npm publish*") { $0.timeout = 60 },
            rule("outer", .approval, command: "npm exec*") {
                $0.timeout = 30
                $0.require.credentials = .keep
            },
        ]
        let line = npm("exec", operation: .execute) {
            $0.nested = [npm("publish", operation: .publish)]
        }
        let answer = decision(line, [layer(.install, rules)])
        #expect(answer.effect == .approval)
        #expect(answer.rule == "inner")
        #expect(answer.timeout == 30)
        #expect(answer.obligations.stripsCredentials)
    }

    @Test("what has two meanings is denied by any rule that fits and allowed by none but its own")
    func ambiguous() {
        let line = npm("install", operation: .install) {
            $0.ambiguous = ["--x takes a word or not"]
        }
        let all = rule("all", .allow, command: "*")
        #expect(decision(line, [layer(.install, [all], defaults: allowing)]).effect == .deny)
        let ask = rule("ask", .approval, command: "*")
        #expect(decision(line, [layer(.install, [ask], defaults: allowing)]).effect == .deny)
        let lenient = layer(.install, [], defaults: [.unknown: .approval, .install: .allow])
        #expect(decision(line, [lenient]).effect == .deny)
        #expect(
            decision(line, [lenient]).reason == "the line is not clear: --x takes a word or not")
        let named = rule("named", .allow, operation: [.unknown])
        #expect(decision(line, [layer(.install, [named])]).effect == .allow)
        let denied = rule("installs", .deny, operation: [.install])
        #expect(decision(line, [layer(.install, [denied, named])]).rule == "installs")
        let outer = npm("run", operation: .run) { $0.nested = [line] }
        #expect(decision(outer, [layer(.install, [all], defaults: allowing)]).effect == .deny)
        let unsaid = decision(line, [layer(.install, [], defaults: [.install: .allow])])
        #expect(unsaid.effect == .deny)
    }

    @Test("an unknown command passes only by a rule that names unknown")
    func unknown() {
        let line = npm("frobnicate", operation: .unknown)
        let byText = rule("text", .allow, command: "npm frobnicate*")
        #expect(decision(line, [layer(.install, [byText], defaults: allowing)]).effect == .deny)
        let asks = layer(.install, [byText], defaults: [.unknown: .approval])
        #expect(decision(line, [asks]).effect == .approval)
        let byName = rule("name", .allow, command: "npm frob*", operation: [.unknown])
        #expect(decision(line, [layer(.install, [byName])]).effect == .allow)
        // The loader refuses such a default; the core does not rely on it.
        let careless = layer(.install, [], defaults: [.unknown: .allow])
        #expect(decision(line, [careless]).effect == .deny)
    }

    @Test("a line that only prints is a query")
    func inert() {
        let policy = layer(defaults: [.query: .allow, .unknown: .deny])
        let help = npm("exec", operation: .execute) { $0.isInert = true }
        #expect(decision(help, [policy]).effect == .allow)
        // Which words a tool knows changes with its version, so an unknown one stays unknown.
        let misspelt = npm("PUBLISH", operation: .unknown) { $0.isInert = true }
        #expect(decision(misspelt, [policy]).effect == .deny)
    }

    @Test("options in another place or another spelling do not escape a deny rule")
    func spellings() {
        let deny = layer(
            .install, [rule("deny", .deny, command: "npm run deploy")], defaults: allowing)
        let allow = layer(.install, [rule("allow", .allow, command: "npm run deploy")])
        let line = npm("run", operation: .run) {
            $0.positionals = ["deploy"]
            $0.options = [OptionUse(name: "silent")]
        }
        #expect(decision(line, [deny]).effect == .deny)
        #expect(decision(line, [allow]).effect == .deny)
        #expect(decision(line, [allow]).rule == nil)
        let short = npm("stage", operation: .run) { $0.otherSpellings = ["npm run deploy"] }
        #expect(decision(short, [deny]).rule == "deny")
        #expect(decision(short, [allow]).rule == nil)
    }

    @Test(
        "labels that are asserted or absent satisfy what tightens and never what allows",
        arguments: [
            (Label?.none, false, true), (Label("ci", from: .asserted), false, true),
            (Label("other", from: .asserted), false, true),
            (Label("ci", from: .install), true, true),
            (Label("ci", from: .supervisor), true, true),
            (Label("x", from: .install), false, false),
        ])
    func labels(label: Label?, allows: Bool, denies: Bool) {
        let line = npm("install", operation: .install)
        for key in [\Match.agent, \Match.task] {
            let subject = Subject(
                agent: key == \Match.agent ? label : nil, task: key == \Match.task ? label : nil)
            let allow = rule("allow", .allow) { $0.match[keyPath: key] = [Glob("ci")] }
            let allowed = decision(line, [layer(.install, [allow])], subject: subject)
            #expect((allowed.effect == .allow) == allows)
            for effect in [Effect.deny, .approval] {
                let tight = rule("tight", effect) { $0.match[keyPath: key] = [Glob("ci")] }
                let answer = decision(
                    line, [layer(.install, [tight], defaults: allowing)], subject: subject)
                #expect((answer.rule == "tight") == denies)
            }
        }
    }

    @Test("a rule past its end no longer matches")
    func until() {
        let deny = layer(
            .install, [rule("d", .deny, command: "*") { $0.until = 100 }], defaults: allowing)
        let line = npm("view", operation: .query)
        #expect(decision(line, [deny], now: 99).effect == .deny)
        #expect(decision(line, [deny], now: 100).effect == .allow)
    }

    @Test("directories of a line are compared without their dots, all of them to allow")
    func workspaces() {
        let allow = layer(
            .install, [rule("in", .allow) { $0.match.workspace = [Glob("/srv/*")] }])
        let deny = layer(
            .install, [rule("in", .deny) { $0.match.workspace = [Glob("/srv/*")] }],
            defaults: allowing)
        let line = npm("install", operation: .install)
        let away = npm("install", operation: .install) { $0.directories = ["/etc"] }
        #expect(decision(line, [allow], cwd: "/srv/a").effect == .allow)
        #expect(decision(away, [allow], cwd: "/srv/a").effect == .deny)
        #expect(decision(line, [allow], cwd: "/srv/../etc").effect == .deny)
        #expect(decision(line, [allow], cwd: nil).effect == .deny)
        #expect(decision(line, [deny], cwd: nil).effect == .deny)
        #expect(decision(away, [deny], cwd: "/srv/a").effect == .deny)
        #expect(decision(line, [deny], cwd: "/etc").effect == .allow)
    }

    @Test("flags are those of the caller, and to tighten those in force as well")
    func flags() {
        let line = npm("install", operation: .install) {
            $0.options = [OptionUse(name: "registry", value: "https://x/")]
            $0.inForce = [Setting("global", .flag(true)), Setting("force", .flag(false))]
        }
        for pattern in ["registry", "--registry", "--registry=https://x/", "--reg*"] {
            let allow = rule("a", .allow) { $0.match.flag = [Glob(pattern)] }
            #expect(decision(line, [layer(.install, [allow])]).effect == .allow, "\(pattern)")
        }
        for (pattern, isMet) in [("global", true), ("--global", true), ("force", false)] {
            let allow = rule("a", .allow) { $0.match.flag = [Glob(pattern)] }
            #expect(decision(line, [layer(.install, [allow])]).effect == .deny, "\(pattern)")
            let deny = rule("d", .deny) { $0.match.flag = [Glob(pattern)] }
            let answer = decision(line, [layer(.install, [deny], defaults: allowing)])
            #expect((answer.effect == .deny) == isMet, "\(pattern)")
        }
    }

    @Test("a fact about a package tightens and never allows")
    func facts() {
        let rules = [
            rule("near", .deny, operation: [.install]) {
                $0.match.facts = [.nearName, .deprecated]
            }
        ]
        let layers = [layer(.install, rules, defaults: [.install: .allow])]
        let plain = npm("install", operation: .install)
        let near = npm("install", operation: .install) { $0.packageFacts = [.nearName] }
        let new = npm("install", operation: .install) { $0.packageFacts = [.newDependency] }
        #expect(decision(plain, layers).effect == .allow)
        #expect(decision(near, layers).rule == "near")
        #expect(decision(new, layers).effect == .allow)
        let allowing = [
            layer(
                .install,
                [rule("near", .allow, operation: [.install]) { $0.match.facts = [.nearName] }])
        ]
        #expect(decision(near, allowing).effect == .deny)
    }

    @Test("programs that are not managed meet rules for commands only")
    func programs() {
        let rules = [
            rule("operation", .deny, operation: [.run]),
            rule("both", .deny, command: "*", operation: [.run]),
            rule("curl", .deny, command: "curl *"),
        ]
        let layers = [layer(.install, rules, defaults: [.unknown: .deny])]
        let curl = decide(.program(["curl", "x y"], Subject()), layers: layers, now: 0)
        #expect(curl.effect == .deny)
        #expect(curl.rule == "curl")
        #expect(curl.command == "curl 'x y'")
        let ls = decide(.program(["ls"], Subject()), layers: layers, now: 0)
        #expect(ls.effect == .allow)
        #expect(ls.operation == nil)
        for effect in Effect.allCases {
            let own = layer(.workspace, [rule("own", effect, command: "ls*")])
            let answer = decide(.program(["ls"], Subject()), layers: [own], now: 0)
            #expect(answer.effect == effect)
        }
    }

    @Test("files meet rules for files only")
    func files() {
        let command = rule("command", .deny, command: "*")
        var path = Match()
        path.path = [Glob("*/.npmrc")]
        let file = Rule(id: "file", action: .fileRead, match: path, effect: .deny)
        let layers = [layer(.install, [command, file], files: .allow)]
        for name in ["/h/.npmrc", ".npmrc", "a/../.npmrc", "/h/x/../.npmrc", "/h/.npmrc/."] {
            let answer = decide(.fileRead(path: name, Subject()), layers: layers, now: 0)
            #expect(answer.rule == "file", "\(name)")
        }
        let other = decide(.fileRead(path: "/h/x", Subject()), layers: layers, now: 0)
        #expect(other.effect == .allow)
        let silent = decide(.fileRead(path: "/h/x", Subject()), layers: [layer()], now: 0)
        #expect(silent.effect == .deny)
        path.path = [Glob("/w/*")]
        let allow = Rule(id: "w", action: .fileRead, match: path, effect: .allow)
        let escaping = decide(
            .fileRead(path: "/w/../etc/passwd", Subject()), layers: [layer(.install, [allow])],
            now: 0)
        #expect(escaping.effect == .deny)
        #expect(escaping.command == "/etc/passwd")
    }

    @Test(
        "canonical text has words, options, positionals and the rest in this order, quoted",
        arguments: [
            (npm("publish", operation: .publish), "npm publish"),
            (
                npm("publish", operation: .publish) {
                    $0.options = [
                        OptionUse(name: "access", value: "public"),
                        OptionUse(name: "save", isOn: false),
                        OptionUse(name: "Source", spelling: "-Source", value: "a b"),
                    ]
                    $0.positionals = ["it's", ""]
                    $0.rest = ["--x", "$HOME"]
                },
                "npm publish --access public --no-save -Source 'a b' 'it'\\''s' '' -- --x '$HOME'"
            ),
            (
                npm("test", operation: .run) { $0.positionals = ["-", "--watch", "x"] },
                "npm test - -- --watch x"
            ),
        ])
    func canonical(invocation: Invocation, text: String) {
        #expect(canonicalText(of: invocation) == text)
    }
}
