// What the policies in force say of the places that packages may come from, as lint needs it. The
// managed and the install policy set it, else the public registry stands; a workspace's policy and
// profiles only take away, because whoever can edit a lockfile can edit a file beside it.
//
// Rules are taken whatever agent or task they name: lint knows neither.

import GateCore
import Launch
import Lockfiles
import Platform
import Shim

/// The layers that hold for some files.
struct LockfilePolicy {
    private let layers: [Layer]

    /// Loads the policies in force for the directories of files.
    init(beside files: [String]) throws {
        let cwd = ProcessInput.workingDirectory ?? "/"
        var directories: [String] = []
        for file in files {
            let path = Word(file).hasPrefix("/") ? file : "\(cwd)/\(file)"
            let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
            directories.append(slash == path.startIndex ? "/" : String(path[..<slash]))
        }
        do {
            layers = try PolicySource(installation: try found()).load(actingIn: directories).layers
        } catch let error as PolicyUnusable {
            throw Failure(error.details, exitCode: 78)
        }
    }

    /// What lint holds a format's files against.
    func settings(for format: LockfileFormat) -> LintSettings {
        var registries: [String]?
        var sources: [LockedSource]?
        for layer in layers where layer.kind.canAllow {
            let said = saying(layer, format)
            registries = common(registries, said.registries) { Word($0) == Word($1) }
            sources = common(sources, said.sources) { $0 == $1 }
        }
        var settings = LintSettings(for: format)
        if let registries { settings.bases = bases(registries, for: format) }
        if let sources { settings.sources = sources }
        for layer in layers {
            for own in privateRegistries(layer, format)
            where !settings.privateRegistries.contains(own) {
                settings.privateRegistries.append(own)
            }
        }
        for layer in layers where !layer.kind.canAllow {
            let said = saying(layer, format)
            if let list = said.registries {
                let kept = bases(list, for: format)
                settings.bases = settings.bases.filter { base in
                    kept.contains { Word($0.text) == Word(base.text) }
                }
            }
            if let list = said.sources {
                settings.sources = settings.sources.filter { list.contains($0) }
            }
        }
        return settings
    }

    /// Base addresses; a public registry that is named brings its other hosts along, where its
    /// archives are.
    private func bases(_ registries: [String], for format: LockfileFormat) -> [RegistryBase] {
        let named = registries.compactMap { RegistryBase($0) }
        let own = LintSettings(for: format).bases
        let isPublic = named.contains { base in
            own.contains { Word($0.text) == Word(base.text) }
        }
        return isPublic ? named + own : named
    }

    /// All that the rules of a layer for this format's installs list; nil where none lists any.
    private func saying(
        _ layer: Layer, _ format: LockfileFormat
    ) -> (registries: [String]?, sources: [LockedSource]?) {
        var registries: [String]?
        var sources: [LockedSource]?
        for require in conditions(of: layer, for: format) {
            if let list = require.registries { registries = (registries ?? []) + list }
            if let list = require.sources {
                sources = (sources ?? []) + list.map { LockedSource($0) }
            }
        }
        return (registries, sources)
    }

    /// Names that belong to one registry, whichever layer says so.
    private func privateRegistries(_ layer: Layer, _ format: LockfileFormat) -> [PrivateRegistry] {
        conditions(of: layer, for: format).flatMap(\.privateRegistries)
    }

    /// What the policy and its rules demand of an install by the format's tools.
    private func conditions(of layer: Layer, for format: LockfileFormat) -> [Obligations] {
        let rules = rules(of: layer, for: format)
        guard let all = layer.policy.require else { return rules.map(\.require) }
        return rules.map { $0.require.over(all) } + [all]
    }

    /// The rules that can allow an install of the format's tools.
    private func rules(of layer: Layer, for format: LockfileFormat) -> [Rule] {
        layer.policy.rules.filter { rule in
            guard rule.action == .shellExec, rule.effect != .deny else { return false }
            let (operations, tools) = (rule.match.operation, rule.match.tool)
            guard operations.isEmpty || operations.contains(.install) else { return false }
            return tools.isEmpty
                || format.tools.contains { name in
                    tools.contains { $0.matches(name) }
                }
        }
    }

    private func common<Element>(
        _ left: [Element]?, _ right: [Element]?, _ isSame: (Element, Element) -> Bool
    ) -> [Element]? {
        guard let left, let right else { return left ?? right }
        return left.filter { mine in right.contains { isSame(mine, $0) } }
    }
}
