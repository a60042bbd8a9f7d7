// yarn lines by name: what they do, what they start, and that the composed words mean the same.

import GateCore
import Testing

@testable import Tools

struct YarnTests {
    private func read(
        _ line: String, version: String? = nil, files: [String: String] = [:],
        environment: [(String, String)] = []
    ) -> Invocation {
        let words = line.split(separator: " ").map { Word($0) }
        let entries = environment.map { Environment.Entry(name: Word($0.0), value: Word($0.1)) }
        return classified(
            Line(
                tool: "yarn", arguments: Array(words.dropFirst()), environment: .init(entries),
                cwd: files.isEmpty ? nil : "/w", home: "/h", version: version), files: files)
    }

    @Test(arguments: ["1.21.1", "3.5.0", "4.13.0"])
    func `composed words are read as the caller's line was`(version: String) throws {
        var disagreements: [String] = []
        for row in try VectorRow.read("yarn-\(version)") {
            let files = row.configuration("yarnrc").map { ["/w/.yarnrc": $0] } ?? [:]
            let first = row.reading(files: files)
            guard !first.isInert, first.ambiguous.isEmpty else { continue }
            guard case .words(let before, let after) = first.composition else {
                disagreements.append("\(row): not composed")
                continue
            }
            let switches = first.severity.suppressesScripts ? scriptWords(first) : []
            let composed = before + switches + after
            let again = classified(
                Line(
                    tool: "yarn", arguments: composed, environment: row.environment, cwd: "/w",
                    home: "/h", version: version), files: files)
            let isSame =
                again.command == first.command && again.operation == first.operation
                && (isRunner(first) || words(again) == words(first))
                && again.packages == first.packages && again.destination == first.destination
                && again.directories == first.directories && again.registry == first.registry
                && settings(again) == settings(first)
                && again.nested.map(\.command) == first.nested.map(\.command)
                && again.nested.map(\.positionals) == first.nested.map(\.positionals)
                && again.nested.map(\.rest) == first.nested.map(\.rest)
                && again.nested.map(settings) == first.nested.map(settings)
            if !isSame { disagreements.append("\(row): composed \(composed): \(again.command)") }
            let inner = isRunner(again) ? again.nested.first ?? again : again
            if first.severity.suppressesScripts, !isSuppressed(inner, version) {
                disagreements.append("\(row): scripts on in \(composed)")
            }
        }
        #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(20))")
    }

    @Test(arguments: ["3.5.0", "4.13.0"])
    func `a value that yarn refuses makes the line inert`(version: String) {
        for line in [
            "yarn add --mode=public x", "yarn remove x --mode null",
            "yarn workspaces foreach -A --jobs error run x", "yarn dedupe --strategy=lowest",
            "yarn workspaces foreach -A -j 0 run x", "yarn npm audit --environment=x",
            "yarn npm audit --severity none",
        ] {
            let found = read(line, version: version)
            #expect(found.isInert && found.operation == .query, "\(line)")
        }
        for line in [
            "yarn add --mode=skip-build x", "yarn workspaces foreach -A --jobs 12 run x",
            "yarn workspaces foreach -A -j unlimited run x", "yarn dedupe --strategy=highest",
        ] {
            #expect(!read(line, version: version).isInert, "\(line)")
        }
    }

    @Test func `yarn 1 finds its settings by a --cwd that is a word of its own`() {
        func words(_ line: String) -> [Word] {
            guard case .words(let before, let after) = read(line, version: "1.21.1").composition
            else { return [] }
            return before + after
        }
        #expect(words("yarn licenses ls --cwd /x") == ["--cwd", "/x", "licenses", "ls"])
        #expect(words("yarn licenses ls --cwd=/x") == ["--cwd=/x", "licenses", "ls"])
        let taken = read("yarn add --registry --cwd /x", version: "1.21.1")
        #expect(!taken.ambiguous.isEmpty, "\(taken.command)")
    }

    @Test func `yarn 1 skips its settings for a --no-default-rc that is a word of its own`() {
        let valued = read("yarn --no-default-rc=x add y", version: "1.21.1")
        #expect(!valued.ambiguous.isEmpty, "\(valued.options)")
        #expect(read("yarn --no-default-rc add y", version: "1.21.1").ambiguous.isEmpty)
    }

    @Test func `an option between workspace and its name is ambiguous for yarn 1.21`() {
        let found = read("yarn workspace --link-folder /x a install", version: "1.21.1")
        #expect(!found.ambiguous.isEmpty)
        #expect(
            read("yarn workspace a install --link-folder /x", version: "1.21.1").ambiguous.isEmpty)
        #expect(read("yarn workspace a run build").ambiguous.isEmpty)
    }

    @Test func `two directories for yarn 3 are ambiguous`() {
        let found = read("yarn --cwd=x -- --cwd y build", version: "3.5.0")
        #expect(!found.ambiguous.isEmpty, "\(found.directories)")
        #expect(read("yarn --cwd=x build", version: "3.5.0").ambiguous.isEmpty)
    }

    /// Workspace lines are written down with the inner line composed in its turn.
    private func isRunner(_ invocation: Invocation) -> Bool {
        invocation.command.contains { $0.hasPrefix("workspace") }
    }

    private func words(_ invocation: Invocation) -> [Word] {
        invocation.positionals + invocation.rest
    }

    private func scriptWords(_ invocation: Invocation) -> [Word] {
        guard case .switches(let words, _) = ToolProfile.yarn.scripts else { return [] }
        return words(invocation)
    }

    private func isSuppressed(_ invocation: Invocation, _ version: String) -> Bool {
        let isClassic = version.hasPrefix("1.")
        if isClassic { return invocation.inForce.contains(Setting("ignore-scripts", .flag(true))) }
        let linking = ["install", "add", "up", "remove", "dedupe", "upgrade-interactive"]
        if isRunner(invocation) { return true }
        let command = invocation.command.dropFirst().map(\.text)
        guard command.count == 1, linking.contains(command[0]) else { return true }
        return invocation.inForce.contains { setting in
            setting.value == .text("skip-build") || setting.value == .text("update-lockfile")
        }
    }

    private func settings(_ invocation: Invocation) -> [String] {
        invocation.inForce.filter { !["mode", "ignore-scripts", "cwd"].contains($0.name.text) }
            .map { "\($0.name)=\($0.value)" }.sorted()
    }

    @Test func `every example is classified as stated, version unknown`() {
        for example in ToolProfile.yarn.examples {
            let found = read(example.line.text)
            #expect(found.operation == example.operation, "\(example.line): \(found)")
        }
    }

    @Test(arguments: ["1.21.1", "3.5.0", "4.13.0"])
    func `every argument of every row has one role`(version: String) throws {
        for row in try VectorRow.read("yarn-\(version)") {
            let found = row.reading()
            #expect(found.roles.count == row.argv.count, "\(row): \(found.roles)")
        }
    }

    @Test(arguments: [
        "yarn", "yarn install", "yarn install --frozen-lockfile", "yarn install --immutable",
        "yarn add lodash", "yarn add -D typescript", "yarn add lodash@^4 react", "yarn remove x",
        "yarn test", "yarn test --watch", "yarn build", "yarn run build", "yarn start",
        "yarn lint --fix", "yarn why lodash", "yarn pack", "yarn init -y", "yarn --version",
        "yarn -v", "yarn help", "yarn info lodash", "yarn cache clean", "yarn config get registry",
        "yarn workspace a run build", "yarn workspace a build", "yarn workspace a add x",
        "yarn bin", "yarn node script.js", "yarn run",
    ])
    func `everyday lines are clear, version unknown`(line: String) {
        let found = read(line)
        #expect(found.ambiguous.isEmpty, "\(found)")
        #expect(found.operation != .unknown && !found.operation.isGraver(than: .install))
    }

    @Test(arguments: [
        "yarn outdated", "yarn list", "yarn audit", "yarn licenses list", "yarn upgrade",
        "yarn global list", "yarn versions", "yarn check",
    ])
    func `everyday lines of yarn 1 are clear where it is known`(line: String) {
        let found = read(line, version: "1.22.22")
        #expect(found.ambiguous.isEmpty, "\(found)")
        #expect(!found.operation.isGraver(than: .install))
    }

    @Test(arguments: [
        "yarn npm publish", "yarn workspace a npm publish", "yarn packages/a npm publish",
        "yarn ./a ../b npm publish", "yarn workspaces foreach -A npm publish",
        "yarn --cwd x npm publish", "yarn --cwd=x npm publish", "yarn exec yarn npm publish",
        "yarn --tolerate-republish npm publish", "yarn npm publish --cwd x",
        "yarn run yarn npm publish", "yarn dlx yarn@4 npm publish",
        "yarn workspaces foreach -A exec yarn npm publish", "yarn -- npm publish",
        "yarn workspace a workspace b npm publish", "yarn npm publish --dry-run",
    ])
    func `yarn 4 lines that publish`(line: String) {
        #expect(read(line, version: "4.13.0").severity == .publish)
        #expect(read(line).severity == .publish)
    }

    @Test(arguments: [
        "yarn publish", "yarn --foo publish", "yarn --registry=x publish", "yarn --cwd x publish",
        "yarn workspace a publish", "yarn workspaces run publish", "yarn --otp 1 publish",
        "yarn run yarn publish", "yarn exec yarn publish", "yarn -s publish", "yarn --no-x publish",
    ])
    func `yarn 1 lines that publish`(line: String) {
        #expect(read(line, version: "1.21.1").severity == .publish, "\(read(line))")
        #expect(read(line).severity == .publish)
    }

    @Test(arguments: [
        ("yarn --emoji publish", ["yarn", "install"]), ("yarn -- publish", ["yarn", "install"]),
        ("yarn --production publish", ["yarn", "install"]),
        ("yarn PUBLISH", ["yarn", "run"]), ("yarn npm publish", ["yarn", "run"]),
        ("yarn tag _add a@1 x", ["yarn", "tag", "add"]),
        ("yarn set version stable", ["yarn", "policies", "set-version"]),
        ("yarn policies set_version 4", ["yarn", "policies", "set-version"]),
    ])
    func `yarn 1 finds its command in its own way`(line: String, command: [String]) {
        #expect(read(line, version: "1.22.22").command.map(\.text) == command)
    }

    @Test func `workspaces run starts a script from 1_22 on and a command before`() {
        #expect(read("yarn workspaces run publish", version: "1.21.1").severity == .publish)
        #expect(read("yarn workspaces run publish", version: "1.22.22").severity == .run)
    }

    @Test func `an unknown option before workspaces is ambiguous for 1_21`() {
        let line = "yarn --no-https-proxy workspaces foreach run publish"
        #expect(!read(line, version: "1.21.1").ambiguous.isEmpty)
        #expect(read("yarn -s workspaces run build", version: "1.21.1").ambiguous.isEmpty)
    }

    @Test func `a global install goes outside`() {
        #expect(read("yarn global add x", version: "1.22.22").destination == .outside)
        #expect(read("yarn add x --modules-folder /x", version: "1.22.22").destination == .outside)
        #expect(read("yarn add x", version: "1.22.22").destination == .project)
    }

    @Test(arguments: [
        ("lodash", PackageRequest.Source.registry), ("lodash@^4", .registry),
        ("@a/b@1", .registry), ("user/repo", .git), ("github:u/r", .git), ("a@u/r", .git),
        ("https://h/x.tgz", .url), ("./x", .path), ("x.tgz", .path), ("a@file:../x", .path),
        ("a@npm:b@1", .alias), ("a@workspace:*", .workspace), ("a@exec:./x.js", .ambiguous),
    ])
    func `packages have the source that yarn gives them`(
        word: String, source: PackageRequest.Source
    ) {
        #expect(read("yarn add " + word).packages.map(\.source) == [source])
    }

    @Test func `yarnrc arguments change what the line does`() {
        let files = ["/w/.yarnrc": "--run.cwd \"sub\"\n--add.foo x\n"]
        let found = read("yarn build", version: "1.22.22", files: files)
        #expect(found.directories == ["/w/sub"])
        let global = ["/w/.yarnrc": "--install.modules-folder \"/outside\"\n"]
        #expect(read("yarn", version: "1.22.22", files: global).destination == .outside)
        let broken = ["/w/.yarnrc": "--install.modules-folder {\n"]
        #expect(!read("yarn", version: "1.22.22", files: broken).ambiguous.isEmpty)
    }

    @Test func `a file named by yarnPath is read by its own grammar`() {
        let files = ["/w/.yarnrc.yml": "yarnPath: .yarn/releases/yarn-4.13.0.cjs\n"]
        let found = read("yarn packages/a npm publish", version: "1.22.22", files: files)
        #expect(found.severity == .publish)
        #expect(!found.ambiguous.isEmpty)
        #expect(read("yarn build", version: "1.22.22", files: files).ambiguous.isEmpty)
        #expect(!read("yarn add x", version: "1.22.22", files: files).ambiguous.isEmpty)
        #expect(read("yarn add x", version: "4.10.0", files: files).ambiguous.isEmpty)
        let off = read(
            "yarn add x", version: "1.22.22", files: files,
            environment: [("YARN_IGNORE_PATH", "1")])
        #expect(off.ambiguous.isEmpty)
    }

    @Test func `any file may be behind a yarnPath without a version`() {
        let files = ["/w/.yarnrc": "yarn-path \"./mine.js\"\n"]
        let found = read("yarn npm publish", version: "1.22.22", files: files)
        #expect(found.severity == .publish)
        #expect(!found.ambiguous.isEmpty)
    }

    @Test func `an option that eats a word is seen by yarn 1 only`() {
        let found = read("yarn add --foo lodash")
        #expect(!found.ambiguous.isEmpty)
        #expect(read("yarn add --foo lodash react", version: "1.22.22").packages.count == 1)
    }

    @Test func `our switch comes last where the caller sets a mode`() {
        let found = read("yarn add --mode=skip-build x", version: "4.13.0")
        #expect(found.composition == .words(before: ["add"], after: ["x"]))
        let update = read("yarn install --mode update-lockfile", version: "4.13.0")
        #expect(scriptWords(update).isEmpty)
        #expect(
            update.composition == .words(before: ["install"], after: ["--mode=update-lockfile"]))
    }

    @Test func `switches reach the yarn line inside a workspace`() {
        let found = read("yarn workspace a add -D x", version: "4.13.0")
        #expect(scriptWords(found) == ["--mode=skip-build"])
        #expect(
            found.composition
                == .words(before: ["workspace", "a", "add"], after: ["--dev", "x"]))
        let classic = read("yarn workspace a add -D x", version: "1.22.22")
        #expect(scriptWords(classic) == ["--ignore-scripts"])
        #expect(classic.composition == found.composition)
    }

    @Test func `dashes, empty words and terminators survive composition`() {
        let line = Line(
            tool: "yarn", arguments: ["add", "--", "-x", "", "--ignore-scripts"],
            version: "1.22.22")
        let found = classified(line)
        #expect(
            found.composition
                == .words(before: ["add"], after: ["--", "-x", "", "--ignore-scripts"]))
        let run = classified(
            Line(tool: "yarn", arguments: ["run", "--", "-x", "--into"], version: "1.22.22"))
        #expect(run.composition == .words(before: ["run"], after: ["--", "-x", "--into"]))
    }

    @Test func `a terminator that keeps a word out of the path survives composition`() {
        let found = read("yarn config -- set x", version: "4.13.0")
        #expect(found.command == ["yarn", "config"])
        #expect(found.composition == .words(before: ["config"], after: ["--", "set", "x"]))
    }

    @Test func `a usage error is only believed where the version's table is known`() {
        #expect(read("yarn npm publish --new-flag", version: "4.13.0").isInert)
        let later = read("yarn npm publish --new-flag", version: "4.15.0")
        #expect(!later.isInert)
        #expect(later.operation == .unknown)
    }

    @Test func `a version that is no version is no version`() {
        #expect(read("yarn publish", version: "nightly").severity == .publish)
        #expect(read("yarn npm publish", version: "0.34.6").severity == .publish)
    }

    @Test func `shell text for yarn exec is not guessed at`() {
        let line = Line(
            tool: "yarn", arguments: ["exec", "yarn npm publish; true"], version: "4.13.0")
        #expect(!classified(line).ambiguous.isEmpty)
        let plain = Line(tool: "yarn", arguments: ["exec", "yarn npm publish"], version: "4.13.0")
        #expect(classified(plain).severity == .publish)
    }

    @Test(
        "a workspace's own install is given our switches where its yarn reads them",
        arguments: [
            (
                "1.22.22", "workspace a add x -D",
                "workspace a add --ignore-scripts --dev x"
            ),
            ("1.21.1", "workspace a add x", "workspace a add --ignore-scripts x"),
            ("1.22.22", "workspace a install", "workspace a install --ignore-scripts"),
            ("1.22.22", "workspace a", "workspace a"),
            (
                "1.22.22", "workspace a add --ignore-scripts x --emoji",
                "workspace a add --ignore-scripts --ignore-scripts --emoji=true x"
            ),
            ("3.5.0", "workspace a add x -D", "workspace a add --mode=skip-build --dev x"),
            ("4.13.0", "workspace a install", "workspace a install --mode=skip-build"),
            ("4.13.0", "workspace a ./b", "workspace a ./b install --mode=skip-build"),
            (
                "4.13.0", "workspaces foreach -A add x",
                "workspaces foreach --all add --mode=skip-build x"
            ),
            ("3.5.0", "workspace a run build", "workspace a run build"),
        ])
    func workspaceInstalls(version: String, line: String, expected: String) throws {
        let line = Line(
            tool: "yarn", arguments: line.split(separator: " ").map { Word($0) }, home: "/h",
            version: version)
        let plan = try ToolProfile.yarn.plan(
            classified(line), of: line, program: "/usr/bin/yarn", hardening: Hardening(),
            facts: Facts())
        #expect(plan.arguments.map(\.text).joined(separator: " ") == expected)
    }

    @Test(
        "what each version only looks at or runs is judged in each reading and goes on as it is",
        arguments: [
            "yarn outdated", "yarn list --depth=0", "yarn audit", "yarn npm audit",
            "yarn licenses list", "yarn versions", "yarn check", "yarn workspaces info",
            "yarn workspaces run test", "yarn config", "yarn tag list", "yarn --silent test",
        ])
    func harmlessInEveryVersion(line: String) {
        let found = read(line)
        #expect(found.ambiguous.isEmpty, "\(found)")
        #expect(found.composition == .verbatim)
        for version in ToolProfile.yarn.versions {
            let known = read(line, version: version)
            #expect(known.operation != .unknown, "\(version)")
            #expect(
                found.flattened.contains { $0.command == known.command } || known.isInert,
                "\(version): \(known.command)")
        }
    }

    @Test(
        "versions that differ in more than that are ambiguous still",
        arguments: [
            "yarn upgrade", "yarn import", "yarn link", "yarn dedupe", "yarn policies set-version",
            "yarn workspaces run publish", "yarn set version stable",
        ])
    func moreThanHarmless(line: String) {
        #expect(!read(line).ambiguous.isEmpty)
    }
}
