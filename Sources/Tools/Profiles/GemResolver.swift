// gem's installs in phases: guards/rubygems.rb lets RubyGems resolve and fetch, into a private place,
// and says what it fetched; then `install --local --ignore-dependencies` takes exactly these files.
//
// Source: rubygems lib/rubygems/commands/{install,update}_command.rb of 3.3 and 4.0.

import GateCore

extension Resolver {
    /// `gem install` and `gem update`.
    static let gem = Resolver(report: .gem, words: gemResolvedWords)
}

/// Options that say what to choose and where from.
private let gemChoices: Word = """
    version prerelease source remote both local bulk-threshold clear-sources development \
    development-all conservative minimal-deps platform without explain suggestions http-proxy \
    update-sources ignore-dependencies file lock system
    """

extension Invocation {
    /// Whether the guard can resolve this line first.
    var gemResolvesFirst: Bool {
        guard command == ["gem", "install"] || command == ["gem", "update"], ambiguous.isEmpty,
            !isInert
        else { return false }
        for option: Word in ["explain", "file", "system"]
        where options.contains(where: { $0.name == option }) {
            return false
        }
        for package in packages {
            switch package.source {
            case .registry, .path, .url: break
            case .workspace, .git, .alias, .requirements, .ambiguous: return false
            }
        }
        return true
    }
}

@Sendable private func gemResolvedWords(
    _ invocation: Invocation, _ circumstances: ResolverCircumstances
) -> ResolvedWords? {
    guard invocation.resolvesFirst, case .words(_, let after) = invocation.composition else {
        return nil
    }
    var placing: [Word] = []
    for use in invocation.options where !gemChoices.lists(use.name) {
        guard let value = use.value else {
            placing.append(use.spelling)
            continue
        }
        if use.spelling.hasPrefix("--") {
            placing.append(Word("\(use.spelling)=\(value)"))
        } else {
            placing += [use.spelling, value]
        }
    }
    var result = ResolvedWords(
        resolve: circumstances.before + circumstances.switches + after)
    result.install =
        Array(circumstances.before.dropLast()) + ["install", Resolver.exchange]
        + circumstances.switches + ["--local", "--ignore-dependencies"] + placing
    return result
}
