// yarn. Two programs share the name: 1.x with commander, 2.x and later with clipanion. The version
// decides which grammar holds; where it is unknown both are tried. A project can put a third
// program in between (`yarnPath`), and Corepack a version of the project's choice.
//
// Sources of the rules: the dialect files; scripts: src/config.js (1.x), Configuration.ts and
// `InstallMode` (2+).

import GateCore
import StrictJSON

extension ToolProfile {
    /// yarn, as `yarn` and `yarnpkg`.
    static let yarn = ToolProfile(
        name: "yarn", ecosystem: .npm, summary: "package manager for Node.js, 1.x and 2 to 4",
        versions: ["1.21.1", "1.22.22", "3.5.0", "4.13.0"],
        versionSources: [
            .packageJSON(
                path: "../package.json", names: ["yarn", "yarnpkg", "@yarnpkg/cli-dist"]),
            .packageJSON(path: "package.json", names: ["yarn", "yarnpkg", "@yarnpkg/cli-dist"]),
            // A bundle on its own, as projects carry it in .yarn/releases.
            .text(path: "yarn*.cjs", before: "name:\"@yarnpkg/cli\",version:\"", after: "\""),
            .text(path: "yarn*.js", before: "name:\"@yarnpkg/cli\",version:\"", after: "\""),
            .text(
                path: "yarn*.js",
                before: "\"name\":\"yarn\",\"installationMethod\":\"unknown\",\"version\":\"",
                after: "\""),
            // Corepack's own version, always 0.x: the project names yarn's.
            .packageJSON(path: "../package.json", names: ["corepack"]),
            .packageJSON(path: "../../package.json", names: ["corepack"]),
        ],
        scripts: .switches(words: YarnScripts.words, environment: YarnScripts.environment),
        pins: [
            .init("NODE_OPTIONS", .unset), .init("NODE_PATH", .unset),
            .init("NODE_REPL_EXTERNAL_MODULE", .unset), .init("YARN_CONFIG", .unset, isLoose: true),
        ],
        // Both run the scripts of a package from a repository to pack it, in spite of every switch (1.x:
        // src/fetchers/git-fetcher.js; 2 and later: scriptUtils.prepareExternalProject). git itself
        // then refuses every way to a repository (git(1), GIT_ALLOW_PROTOCOL).
        pinsWithoutGit: [.init("GIT_ALLOW_PROTOCOL", .set("none"))],
        installer: .yarn,
        secrets: [
            .option("otp"), .positional(1, command: "config set"),
        ],
        examples: [
            Example("yarn", .install), Example("yarn install --frozen-lockfile", .install),
            Example("yarn add --dev typescript", .install),
            Example("yarn remove left-pad", .install),
            Example("yarn create vite app", .execute), Example("yarn test --watch", .run),
            Example("yarn run build", .run), Example("yarn build", .run),
            Example("yarn workspace a run build", .run), Example("yarn exec tsc", .run),
            Example("yarn node script.js", .run), Example("yarn pack", .pack),
            Example("yarn init --yes", .modify), Example("yarn cache clean", .modify),
            Example("yarn config set nodeLinker node-modules", .configure),
            Example("yarn config set registry https://r.example/", .configure),
            Example("yarn config get registry", .query), Example("yarn why lodash", .query),
            Example("yarn info lodash", .query), Example("yarn --version", .query),
            Example("yarn help", .query), Example("yarn publish", .publish),
            Example("yarn --foo publish", .publish), Example("yarn npm publish", .publish),
            Example("yarn ./packages/a npm publish", .publish),
            Example("yarn tag add a@1.0.0 next", .administer),
            Example("yarn owner add alice a", .administer),
            Example("yarn team destroy org:team", .administer),
            Example("yarn login", .authenticate), Example("yarn npm login", .authenticate),
            Example("yarn npm logout", .authenticate), Example("yarn dlx cowsay", .execute),
            Example("yarn set version stable", .configure),
        ],
        read: { line, facts in
            YarnVersions.read(line, facts: &facts).running(
                YarnRC.yarnPath(line, facts: &facts) != nil
                    || YarnRC.hasPlugins(line, facts: &facts))
        })
}

extension Invocation {
    /// Files of the project that yarn loads, whatever the command is: what would only read or print
    /// runs them.
    fileprivate func running(_ loadsFiles: Bool) -> Invocation {
        guard loadsFiles, Operation.run.isGraver(than: operation) else { return self }
        var invocation = self
        invocation.operation = .run
        invocation.isInert = false
        return invocation
    }
}

/// Which grammar reads a line.
private enum YarnVersions {
    static func read(_ line: Line, facts: inout Facts) -> Invocation {
        var line = line
        let path = YarnRC.yarnPath(line, facts: &facts)
        // Every reading needs the same files, so there is no use in one before they are here.
        guard facts.needed.isEmpty else {
            return Invocation(tool: line.tool, command: [line.tool], operation: .unknown)
        }
        var readings: [Invocation] = []
        if !isYarn(line.version) {
            readings = choices(projectVersion(line, facts: &facts)).map {
                line.version = $0
                return plain(line, facts: &facts)
            }
        } else {
            readings = [plain(line, facts: &facts)]
        }
        guard let path else {
            return readings.count == 1 ? readings[0] : merged(readings, line)
        }
        // The project's file runs instead, but not while we set YARN_IGNORE_PATH.
        let isClassic = readings.contains { isOne($0.version) }
        for version in choices(YarnRC.version(inName: path)) {
            line.version = version
            let other = plain(line, facts: &facts)
            if isOne(version) != isClassic, other.severity.suppressesScripts {
                readings.append(other)
                var result = merged(readings, line)
                result.ambiguous.append("yarnPath names another yarn than the one installed")
                return result
            }
            readings.append(other)
        }
        return merged(readings, line)
    }

    private static func plain(_ line: Line, facts: inout Facts) -> Invocation {
        isOne(line.version)
            ? YarnClassic.read(line, facts: &facts) : YarnBerry.read(line, facts: &facts)
    }

    private static func merged(_ readings: [Invocation], _ line: Line) -> Invocation {
        let version = readings.first?.version
        var distinct: [Invocation] = []
        for reading in readings {
            var reading = reading
            reading.version = nil
            reading.alike = 0
            reading.install = nil
            if !distinct.contains(reading) { distinct.append(reading) }
        }
        var result = gravest(of: distinct, tool: line.tool)
        result.alike = 0
        result.version = readings.allSatisfy { isOne($0.version) == isOne(version) } ? version : nil
        let shape = readings.first?.install
        let isShared = result.version != nil && readings.allSatisfy { $0.install == shape }
        result.install = isShared ? shape : nil
        return result
    }

    private static func choices(_ version: String?) -> [String] {
        version.map { [$0] } ?? ToolProfile.yarn.versions
    }

    private static func isOne(_ version: String?) -> Bool { Word(version ?? "").hasPrefix("1.") }

    /// Whether this can be yarn's own version; Corepack's begins with 0.
    private static func isYarn(_ version: String?) -> Bool {
        let first = version?.utf8.first ?? 0
        return first >= 0x31 && first <= 0x39
    }

    /// The version in the nearest package.json that has a `packageManager`; nil where none names
    /// yarn, because Corepack then takes its own last known version.
    private static func projectVersion(_ line: Line, facts: inout Facts) -> String? {
        guard let cwd = line.cwd else { return nil }
        for folder in YarnWords.ancestors(of: cwd) {
            guard let text = facts.text(YarnWords.file("package.json", in: folder)) else {
                continue
            }
            guard let json = try? JSON.parse([UInt8](text.utf8)) else { return nil }
            guard let manager = json["packageManager"]?.string else { continue }
            let (name, range) = Word(manager).split(at: UInt8(ascii: "@")) ?? ("", "")
            guard name == "yarn", let first = range.text.utf8.first, first >= 0x31, first <= 0x39
            else { return nil }
            return (range.split(at: UInt8(ascii: "+"))?.head ?? range).text
        }
        return nil
    }
}

/// How the two yarns are told to run no stranger's scripts.
enum YarnScripts {
    /// yarn 1 takes `--ignore-scripts` anywhere and nothing undoes it; no variable does the same
    /// that yarn 2 would not reject. yarn 2 takes `--mode=skip-build` on the commands that link.
    /// For an unknown version yarn 1's word is given: yarn 2 then refuses the line, which is safe.
    @Sendable static func words(_ invocation: Invocation) -> [Word] {
        let inner = innermost(invocation)
        guard let version = invocation.version, !Word(version).hasPrefix("1.") else {
            return ["--ignore-scripts"]
        }
        let linking: [Word] = ["install", "add", "up", "remove", "dedupe", "upgrade-interactive"]
        guard let command = inner.command.dropFirst().first, linking.contains(command),
            inner.command.count == 2, !Word(version).hasPrefix("2."),
            !Word(version).hasPrefix("3.0.")
        else { return [] }
        for case .words(_, let after) in [inner.composition]
        where after.contains("--mode=update-lockfile") {
            return []
        }
        return ["--mode=skip-build"]
    }

    /// The yarn line that `workspace` or `workspaces` starts.
    private static func innermost(_ invocation: Invocation) -> Invocation {
        guard invocation.command.dropFirst().first?.hasPrefix("workspace") ?? false,
            let inner = invocation.nested.first
        else { return invocation }
        return innermost(inner)
    }

    /// yarn 2 reads `YARN_*` in any case and with any separator, and the last one wins.
    static let environment: [EnvironmentRule] = [
        .init("npm_config_ignore_scripts", .set("true"), isLoose: true),
        .init("yarn_*enable*scripts", .unset, isLoose: true),
        .init("YARN_ENABLE_SCRIPTS", .set("false"), isLoose: true),
        .init("yarn_*ignore*path", .unset, isLoose: true),
        .init("YARN_IGNORE_PATH", .set("1"), isLoose: true),
        .init("yarn_*yarn*path", .unset, isLoose: true),
        .init("yarn_*plugins", .unset, isLoose: true),
        .init("yarn_*rc*filename", .unset, isLoose: true),
    ]
}
