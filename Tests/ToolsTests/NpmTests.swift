// npm and npx by name: everyday lines, the rows that every implementation must pass, nesting,
// destinations, package words, and composition.

import GateCore
import Testing

@testable import Tools

@Suite struct NpmTests {
    @Test(
        "examples are what they say, version unknown and no files",
        arguments: ["npm", "npx", "pnpm", "pnpx"])
    func examples(tool: String) throws {
        let profile = try #require(Catalog.profile(calledAs: Word(tool)))
        for example in profile.examples {
            let invocation = read(example.line.text)
            #expect(invocation.severity == example.operation, "\(example.line)")
            #expect(invocation.ambiguous.isEmpty, "\(example.line): \(invocation.ambiguous)")
        }
    }

    @Test(
        "everyday lines are clear with no version and no files",
        arguments: [
            "npm install", "npm i left-pad", "npm install --save-dev jest@29", "npm ci", "npm test",
            "npm t", "npm test -- --watch", "npm run build", "npm run build --stage=dev",
            "npm run-script lint -- --fix", "npm start", "npm view left-pad version",
            "npm ls --depth=0", "npm audit", "npm audit --json", "npm pack", "npm search left-pad",
            "npm init -y", "npm version", "npm --version", "npm -v", "npm help", "npm outdated",
            "npm config get registry", "npm config list", "npm owner ls x", "npm root",
            "npm prefix", "npm install --help", "npm why left-pad", "npm fund", "npm doctor",
            "npm run", "npm cache verify", "npm prune --omit=dev", "npm update", "npm uninstall x",
        ])
    func everydayLines(text: String) {
        let invocation = read(text)
        #expect(invocation.ambiguous.isEmpty)
        #expect(invocation.operation != .unknown)
    }

    @Test(
        "spilled, abbreviated and swallowed words publish",
        arguments: [
            "npm --json=publish", "npm -=publish", "npm --no-color=publish", "npm pu", "npm pub",
            "npm --loglevel silent publ", "npm publish --dry-run --no-dry-run",
            "npm --otp --ignore-scripts publish", "npm --browser -- publish", "npm -dsl publish",
            "npx --foo npm publish", "npx -p npm@10 npm publish", "npm exec -- npm publish",
            "npm x -c 'npm publish'", "npx npm@10 publish", "npx foo@npm:npm publish",
            "npm exec npx -- npm publish", "npx ./node_modules/.bin/npm publish",
            "npx --call 'cd x && npm --json=publish'",
        ])
    func publishes(text: String) {
        #expect(read(text).severity == .publish)
    }

    @Test(
        "words npm does not know are unknown",
        arguments: [
            "npm PUBLISH", "npm publiSh", "npm 'publish '", "npm toString",
        ])
    func unknownWords(text: String) {
        #expect(read(text).operation == .unknown)
    }

    @Test("an option that releases read differently makes the line publish or ambiguous")
    func disagreement() {
        let invocation = read("npm --min-release-age publish install")
        #expect(invocation.severity == .publish)
        #expect(!invocation.ambiguous.isEmpty)
        #expect(!read("npm --min-release-age publish install", version: "11.5.0").ambiguous.isEmpty)
    }

    @Test(
        "scripts stay off whatever the caller wrote",
        arguments: [
            "npm i x --cache --ignore-scripts", "npm i x -no-ignore-s",
            "npm i x --tag=--no-ignore-scripts", "npm i x --ignore-scripts false",
            "npm i x --ignore-scripts=false", "npm i x --NO-ignore-scripts",
            "npm i x --ignore-scripts --json=--no-ignore-scripts", "npm i -- --no-ignore-scripts",
            "npm --no-ignore-scripts i x", "npm i x --ignore-s=false",
        ])
    func scriptsStayOff(text: String) throws {
        for version in ["10.9.0", "11.17.0"] {
            let composed = try recomposed(text, version: version)
            #expect(composed.inForce.contains(Setting("ignore-scripts", .flag(true))))
            #expect(composed.inForce.filter { $0.name == "ignore-scripts" }.count == 1)
        }
    }

    @Test(
        "composed words mean the same",
        arguments: [
            "npm i x --cache --ignore-scripts", "npm test -- --watch", "npm run build --stage=dev",
            "npm install -D x@1 --no-save --tag ''", "npm exec -- cowsay -x --flag",
            "npm i -- -x --y",
            "npx -y cowsay --help", "npx --no-install tsc -p .", "npm view x '' --json",
            "npm --no-script-shell x run a -- --x", "npm --no-script-shell -- run --x",
            "npm i x --color always",
            "npm i x --browser --foo",
            "npm i --depth", "npm run x --no-d --no-no-json=true", "npm dist-tag a x@1 latest",
            "npm pkg get name --json", "npm ls -glp", "npm i x --workspace a -w b",
        ])
    func compositionMeansTheSame(text: String) throws {
        for version in ["10.9.0", "11.17.0"] {
            let first = read(text, version: version)
            let again = try recomposed(text, version: version)
            #expect(again.command == first.command)
            #expect(again.positionals == first.positionals)
            #expect(again.operation == first.operation)
            let mine = first.inForce.filter { $0.name != "ignore-scripts" && $0.name != "yes" }
            let theirs = again.inForce.filter { $0.name != "ignore-scripts" && $0.name != "yes" }
            #expect(mine == theirs)
        }
    }

    @Test("stage and trust keep their subcommand first, because they read the raw words again")
    func subcommandFirst() throws {
        let invocation = read("npm stage approve --otp 1 x", version: "11.17.0")
        #expect(invocation.operation == .publish)
        #expect(
            invocation.composition
                == .words(before: ["stage", "approve"], after: ["--otp=1", "x"]))
        let again = try recomposed("npm stage approve --otp 1 x", version: "11.17.0")
        #expect(again.positionals == invocation.positionals)
    }

    @Test("a program of the project runs, and cannot be fetched instead")
    func projectProgram() {
        let files = [
            "/w/p/package.json": "{}", "/w/node_modules/.bin/tsc": "", "/w/package.json": "{}",
        ]
        let invocation = read("npx tsc --noEmit", cwd: "/w/p", files: files)
        #expect(invocation.operation == .run)
        #expect(invocation.requiredSwitches == ["--yes=false"])
        #expect(invocation.command == ["npm", "exec"])
        #expect(read("npx cowsay", cwd: "/w/p", files: files).operation == .execute)
        #expect(read("npx -p typescript tsc", cwd: "/w/p", files: files).operation == .execute)
        let yes = read("npx -y tsc", cwd: "/w/p", files: files)
        #expect(yes.ignored == ["--yes"])
    }

    @Test("installed files go to the project, outside, or where tools are")
    func destinations() {
        #expect(read("npm i x", cwd: "/w").destination == .project)
        #expect(read("npm i -g x", cwd: "/w").destination == .outside)
        #expect(read("npm i --location=global x", cwd: "/w").destination == .outside)
        #expect(read("npm i --prefix /opt x", cwd: "/w").destination == .outside)
        #expect(read("npm i --prefix sub x", cwd: "/w").destination == .project)
        #expect(read("npm i -g --prefix sub x", cwd: "/w").destination == .outside)
        let inFile = read("npm i x", cwd: "/w", files: ["/h/.npmrc": "global=true\n"])
        #expect(inFile.destination == .outside)
        var facts = Facts()
        facts.learn(.entry("/t/bin"), .directory(holdsTools: true))
        let line = Line(
            tool: "npm", arguments: ["i", "-g", "--prefix", "/t", "x"], cwd: "/w",
            version: "11.17.0")
        #expect(classify(line, facts: &facts).destination == .tools)
    }

    @Test("the last spelling in the environment wins, the command line over it")
    func environment() {
        let variables = [
            Environment.Entry(name: "npm_config_ignore_scripts", value: "true"),
            Environment.Entry(name: "NPM_CONFIG_Ignore-Scripts", value: "false"),
        ]
        let line = Line(
            tool: "npm", arguments: ["i", "x"], environment: Environment(variables),
            version: "11.17.0")
        let invocation = classified(line)
        #expect(invocation.inForce == [Setting("ignore-scripts", .flag(false))])
    }

    @Test("package words are told apart")
    func packages() {
        let kinds: [(Word, Word, PackageRequest.Source)] = [
            ("left-pad", "left-pad", .registry), ("left-pad@1.3.0", "left-pad", .registry),
            ("@s/x@^2", "@s/x", .registry), ("a@npm:b@1", "a", .alias), ("u/r", "", .git),
            ("github:u/r#v1", "", .git), ("git+https://h/x.git", "", .git),
            ("git@github.com:u/r.git", "", .git), ("https://github.com/u/r", "", .git),
            ("https://h/x.tgz", "", .url), ("./x", "", .path), ("../x.tgz", "", .path),
            ("file:../x", "", .path), ("x.tgz", "", .path), ("a@file:b", "a", .path),
            ("a@workspace:*", "a", .workspace), ("a b", "", .ambiguous), (".", "", .path),
            ("x@u/r", "x", .git),
        ]
        for (word, name, source) in kinds {
            let request = npmPackage(word)
            #expect(request.name == name, "\(word)")
            #expect(request.source == source, "\(word)")
        }
        #expect(read("npm init @s/x@2").packages.map(\.name) == ["@s/create-x"])
        #expect(read("npm create vite@5").packages.map(\.name) == ["create-vite"])
    }

    @Test("plain queries ask for no file")
    func queriesAskNothing() {
        for text in [
            "npm view x", "npm ls", "npm run build", "npm test", "npm config get registry",
        ] {
            var facts = Facts()
            _ = classify(line(text, version: "11.17.0", cwd: "/w"), facts: &facts)
            #expect(facts.needed.isEmpty, "\(text)")
        }
    }

    @Test("an option that npx would take for its own is not composed")
    func npxOptionsOfNpm() {
        // npm reads `--she` as `--shell`; npx makes `--shell` into `--script-shell`.
        for version in ["10.8.2", "11.17.0"] {
            #expect(!read("npx --she=auto install", version: version).ambiguous.isEmpty)
            #expect(!read("npx --no-no-install x", version: version).ambiguous.isEmpty)
            #expect(read("npx --shell=auto install", version: version).ambiguous.isEmpty)
            #expect(read("npx --no-install x", version: version).ambiguous.isEmpty)
        }
    }

    @Test("an option without its value takes earlier ones of its name along")
    func missingValue() throws {
        let again = try recomposed("npm install x --prefix /tmp/y --prefix", version: "11.17.0")
        #expect(again.positionals == ["x"])
        #expect(!again.options.contains { $0.name == "prefix" })
        let list = try recomposed("npm install x --omit dev --omit", version: "11.17.0")
        #expect(list.inForce.contains(Setting("omit", .list(["dev"]))))
    }

    private func line(_ text: String, version: String?, cwd: String? = nil) -> Line {
        let words = shellCommands(in: text).first?.words ?? []
        let arguments = words.isEmpty ? [] : Array(words.dropFirst())
        return Line(
            tool: words.first ?? "", arguments: arguments, cwd: cwd, home: "/h", version: version)
    }

    private func read(
        _ text: String, version: String? = nil, cwd: String? = nil, files: [String: String] = [:]
    ) -> Invocation {
        classified(line(text, version: version, cwd: cwd), files: files)
    }

    /// The line read again from the words that would be executed.
    private func recomposed(_ text: String, version: String) throws -> Invocation {
        var line = line(text, version: version)
        let profile = try #require(Catalog.profile(calledAs: line.calledAs))
        let first = classified(line)
        guard case .words(let before, let after) = first.composition else {
            Issue.record("\(text) is not composed")
            return first
        }
        var switches = first.requiredSwitches
        if case .switches(let words, _) = profile.scripts, first.fetchesCode {
            switches += words(first)
        }
        line.arguments = before + switches + after
        return classified(line)
    }

    @Test("npx --versions prints versions and goes on as it is")
    func npxVersions() throws {
        let line = Line(tool: "npx", arguments: ["--versions", "x"], version: "10.8.2")
        let invocation = classified(line)
        #expect(invocation.command == ["npm", "version"])
        let plan = try ToolProfile.npx.plan(
            invocation, of: line, program: "/usr/bin/npx", hardening: .init(), facts: .init())
        #expect(plan.arguments == line.arguments)
    }

    @Test("words that one version would read differently once composed are ambiguous at once")
    func unknownVersion() {
        let line = Line(tool: "npm", arguments: ["--lo", "-1", "--omi", "add", "lodash"])
        #expect(!classified(line).ambiguous.isEmpty)
    }
}
