// rake: `rake [options] [VARIABLE=VALUE] [task[arguments]]...`. Everything it runs is the project's
// own code; only the release tasks that `bundler/gem_tasks` defines publish, and they are known by
// name: `release` runs `gem push` and pushes tags.
//
// Options are Ruby's OptionParser (rake `application.rb`, 13.0).

import GateCore

extension ToolProfile {
    static let rake = ToolProfile(
        name: "rake", ecosystem: .rubygems, summary: "rake, Ruby's make", versions: ["13.0"],
        examples: [
            Example("rake", .run), Example("rake test", .run), Example("rake build", .run),
            Example("rake release", .publish), Example("rake release[origin]", .publish),
            Example("rake release:rubygem_push", .publish), Example("rake -T", .query),
            Example("rake -T release", .query), Example("rake --version", .query),
        ],
        read: { line, _ in readRake(line) })
}

private let rakeForms =
    "-A --all|--backtrace =[OUT]|-B --build-all|--comments|-D --describe [PATTERN]|"
    + "-C --directory [DIRECTORY]|-n --dry-run|-e --execute CODE|-p --execute-print CODE|"
    + "-E --execute-continue CODE|-j --jobs [NUMBER]|--job-stats [LEVEL]|-I --libdir LIBDIR|"
    + "-m --multitask|-N --no-search --nosearch|-P --prereqs|-q --quiet|"
    + "-f --rakefile [FILENAME]|-R --rakelibdir --rakelib RAKELIBDIR|-r --require MODULE|--rules|"
    + "-s --silent|--suppress-backtrace PATTERN|-g --system|-G --no-system --nosystem|"
    + "-T --tasks [PATTERN]|-t --trace =[OUT]|-v --verbose|-V --version|-W --where [PATTERN]|"
    + "-X --no-deprecation-warnings|-h -H --help"

private func readRake(_ line: Line) -> Invocation {
    var result = Invocation(
        tool: line.tool, version: line.version, command: ["rake"], operation: .run)
    let parser = OptionParser(rakeForms, takesLoneDash: true)
    let reading = parser.read(
        line.arguments, stopsAtPositional: line.environment["POSIXLY_CORRECT"] != nil)
    result.roles = reading.roles
    result.positionals = reading.positionals
    result.options = reading.uses.map { use in
        let one = parser[use.switchIndex]
        return OptionUse(
            name: one.name, spelling: one.spelling(isOn: use.isOn), value: use.value, isOn: use.isOn
        )
    }
    if let problem = reading.problem {
        result.ambiguous.append("rake rejects the line: \(problem)")
    }
    let directories = result.options.filter { $0.name == "directory" }.compactMap(\.value)
    result.directories = directories.map { PathText.absolute($0, line: line) ?? $0.text }
    let tasks = reading.positionals.filter { $0.isTask }
    let releases = reading.problem == nil ? tasks : line.arguments
    if releases.contains(where: \.releases) { result.operation = .publish }
    // Help and version are printed while options are read; lists load the Rakefile first.
    let isListing = ["tasks", "describe", "where"].contains { result.has($0) }
    let runsCode = result.options.contains { $0.name.hasPrefix("execute") || $0.name == "require" }
    if result.has("help") || result.has("version"), reading.problem == nil, !runsCode {
        result.isInert = true
        result.operation = .query
    } else if isListing, result.operation != .publish, !runsCode {
        result.operation = .query
    }
    return result
}

extension Word {
    /// Whether rake takes the word as a task: not `NAME=VALUE`.
    fileprivate var isTask: Bool {
        guard let (name, _) = split(at: UInt8(ascii: "=")) else { return true }
        return name.contains(UInt8(ascii: "["))
    }

    /// Whether a part of the task's name is a release task's.
    fileprivate var releases: Bool {
        let name = split(at: UInt8(ascii: "["))?.head ?? self
        return name.text.utf8.split(separator: UInt8(ascii: ":")).contains {
            ["release", "rubygem_push"].contains(Word(Substring($0)))
        }
    }
}
