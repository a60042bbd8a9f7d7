// Registries against policy: the list, and packages that belong to one of them.

import GateCore
import Testing

@Suite struct RegistryPolicyTests {
    private let own = PrivateRegistry(
        url: "https://npm.corp.example/", packages: [Glob("@corp/*"), Glob("corp-*")])

    private func refusal(
        _ uses: [RegistryUse], _ packages: [String] = [], asksAll: Bool = false,
        listed: [String]? = nil
    ) -> String? {
        let line = npm("install", operation: .install) {
            $0.registries = uses
            $0.areRegistriesKnown = true
            $0.asksAllRegistries = asksAll
            $0.packages = packages.map {
                PackageRequest(name: Word($0), source: .registry, spelling: Word($0))
            }
        }
        let answer = decision(
            line,
            [
                layer(
                    .install,
                    [
                        rule("r", .allow, command: "*") {
                            $0.require.registries = listed
                            if listed == nil { $0.require.privateRegistries = [own] }
                        }
                    ])
            ])
        return answer.effect == .deny ? answer.reason : nil
    }

    private func use(
        _ address: Word, _ scope: Word? = nil, isInForce: Bool = true
    ) -> RegistryUse {
        RegistryUse(
            address, for: scope, at: ".npmrc: registry", from: .project, isInForce: isInForce)
    }

    @Test("what is in force is held against the list, by host, path and scheme")
    func list() {
        let listed = ["https://a.example/npm/", "http://127.0.0.1:4873/"]
        func answer(_ address: Word) -> String? { refusal([use(address)], listed: listed) }
        #expect(answer("https://a.example/npm/") == nil)
        #expect(answer("https://A.example/npm/sub") == nil)
        #expect(answer("http://127.0.0.1:4873") == nil)
        for address: Word in [
            "https://a.example/", "http://a.example/npm/", "https://a.example.evil/npm/",
            "https://a.example/npm/../x", "https://a.example\\@evil/npm/", "//a.example/npm/", "",
            "${REGISTRY}", "wheels",
        ] {
            let reason = answer(address) ?? ""
            #expect(reason.hasPrefix(".npmrc: registry names "), "\(address) \(reason)")
            #expect(reason.hasSuffix("which is not among the registries that the policy lists"))
        }
        #expect(refusal([use("https://b.example/", isInForce: false)], listed: listed) == nil)
        var alias = use("https://registry.yarnpkg.com/")
        alias.alsoKnownAs = ["https://registry.npmjs.org/"]
        #expect(refusal([alias], listed: ["https://registry.npmjs.org/"]) == nil)
    }

    @Test("a private name is asked of its own registry only")
    func confusion() throws {
        let (public_, corp) = (use("https://registry.npmjs.org/"), use("https://npm.corp.example/"))
        let scoped = use("https://npm.corp.example/", "@corp")
        #expect(refusal([public_], ["left-pad"]) == nil)
        #expect(refusal([corp], ["corp-x", "@corp/y"]) == nil)
        #expect(refusal([public_, scoped], ["@corp/y"]) == nil)
        for (uses, name) in [
            ([public_], "@corp/y"), ([public_], "corp-x"), ([public_, scoped], "corp-x"),
            ([public_], "Corp_X"),
        ] {
            let reason = try #require(refusal(uses, [name]))
            #expect(reason.contains("may come from https://npm.corp.example/ only"), "\(reason)")
        }
        let stolen = use("https://evil.example/", "@corp")
        #expect(refusal([corp, stolen]) != nil)
    }

    @Test("a tool that asks all of its indexes may not ask another beside a private one")
    func indexes() {
        let uses = [use("https://npm.corp.example/"), use("https://pypi.org/")]
        #expect(refusal(uses, ["left-pad"], asksAll: true) != nil)
        #expect(refusal(uses, ["left-pad"], asksAll: false) == nil)
        #expect(refusal([uses[1]], ["left-pad"], asksAll: true) == nil)
    }

    @Test("a package taken under another name is judged by its own")
    func alias() {
        let line = npm("install", operation: .install) {
            $0.registries = [use("https://registry.npmjs.org/")]
            $0.areRegistriesKnown = true
            $0.packages = [
                PackageRequest(
                    name: "x", range: "npm:@corp/y@1", source: .alias, spelling: "x@npm:@corp/y@1")
            ]
        }
        let answer = decision(
            line,
            [
                layer(
                    .install,
                    [rule("r", .allow, command: "*") { $0.require.privateRegistries = [own] }])
            ])
        #expect(answer.effect == .deny)
    }

    @Test("credentials are kept where nobody who lists registries leaves them out")
    func credentials() {
        func obligations(_ urls: [String]?, _ own: [PrivateRegistry]) -> Obligations {
            var obligations = Obligations()
            obligations.registries = urls
            obligations.privateRegistries = own
            return obligations
        }
        let mine = obligations([own.url], [own])
        #expect(mine.merged(with: Obligations()).privateRegistries == [own])
        #expect(mine.merged(with: mine).privateRegistries == [own])
        let stricter = mine.merged(with: obligations([own.url], []))
        #expect(stricter.privateRegistries.map(\.keepsCredentials) == [false])
        // A policy that can only tighten gives no credentials away.
        let answer = decision(
            npm("install", operation: .install) { $0.areRegistriesKnown = true },
            [
                layer(.install, [rule("r", .allow, command: "*")]),
                layer(
                    .workspace,
                    [rule("w", .allow, command: "*") { $0.require.privateRegistries = [own] }]),
            ])
        #expect(answer.obligations.privateRegistries.map(\.keepsCredentials) == [false])
    }
}
