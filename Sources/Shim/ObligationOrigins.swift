// Where the conditions of an allowed line come from: `explain` shows what all layers together demand,
// and below it what each of them says and where that is written.

internal import GateCore
internal import PolicyFile

/// One condition in force.
struct ObligationOrigin {
    /// What one layer says of it.
    struct Source {
        /// As JSON.
        let value: String
        /// `PATH:LINE`.
        let place: String
        /// The rule that says it; nil where it is said of all that is allowed.
        let rule: String?
    }

    /// The key of `require`.
    let key: String
    /// What holds, in words.
    let value: String
    /// In the order in which the layers are asked.
    let sources: [Source]
}

extension Judgement {
    /// The conditions of an allowed line with their origins; none where nothing beyond the defaults is
    /// demanded. Reads the files of the layers again for the places.
    func obligationOrigins(now: Int) throws(PolicyUnusable) -> [ObligationOrigin] {
        let inForce = decision.obligations.described(at: now)
        if decision.effect == .deny || inForce.isEmpty { return [] }
        let effective = try EffectivePolicy(self.inForce, now: now)
        var sources: [(key: String, source: ObligationOrigin.Source)] = []
        func add(_ found: [(key: String, source: ObligationOrigin.Source)]) {
            for one in found {
                let isKnown = sources.contains {
                    $0.key == one.key && $0.source.place == one.source.place
                        && $0.source.value == one.source.value
                }
                if !isKnown { sources.append(one) }
            }
        }
        for vote in decision.votes where vote.effect != .deny {
            let origin = vote.place.map { "\(vote.name):\($0.line)" }
            for layer in effective.layers
            where layer.kind == vote.layer && Word(layer.path) == Word(vote.name) {
                var own: [(key: String, source: ObligationOrigin.Source)] = []
                if case .rule(let id) = vote.basis {
                    for rule in layer.rules where Word(rule.id) == Word(id) {
                        if rule.origin == origin { own += rule.conditions }
                    }
                }
                add(own)
                add(layer.conditions.filter { one in !own.contains { $0.key == one.key } })
            }
        }
        return inForce.map { row in
            ObligationOrigin(
                key: row.key, value: row.value,
                sources: sources.filter { $0.key == row.key }.map(\.source))
        }
    }
}

extension EffectivePolicy.LayerInForce {
    /// What the layer demands of all that is allowed, by key of `require`.
    fileprivate var conditions: [(key: String, source: ObligationOrigin.Source)] {
        require.map { value in
            let parts = value.key.split(separator: ".").map(String.init)
            return (
                conditionKey(parts), .init(value: value.value, place: value.origin, rule: nil)
            )
        }
    }
}

/// The key that `explain` shows, of the keys below `require`.
private func conditionKey(_ parts: [String]) -> String {
    let first = parts.first ?? ""
    return Word(first) == "packages" ? "packages.\(parts.last ?? "")" : first
}

extension EffectivePolicy.RuleInForce {
    /// What the rule demands, by key of `require`. A rule that matches on sources or destinations by
    /// name allows them (GateCore, Evaluate.swift), so it says that too.
    fileprivate var conditions: [(key: String, source: ObligationOrigin.Source)] {
        var found: [(key: String, source: ObligationOrigin.Source)] = []
        for value in values {
            let parts = value.key.split(separator: ".").map(String.init)
            guard parts.count > 1 else { continue }
            var key: String?
            if parts[0] == "require" {
                key = conditionKey(Array(parts.dropFirst()))
            } else if parts[0] == "match", parts[1] == "source" || parts[1] == "destination" {
                let isSaid = values.contains { $0.key == "require.\(parts[1])s" }
                key = isSaid ? nil : parts[1] + "s"
            }
            guard let key else { continue }
            found.append((key, .init(value: value.value, place: value.origin, rule: id)))
        }
        return found
    }
}

extension Obligations {
    /// What is demanded beyond the defaults, in the order of the reference.
    fileprivate func described(at now: Int) -> [(key: String, value: String)] {
        var rows: [(key: String, value: String)] = []
        func add(_ key: String, _ value: String?) {
            if let value { rows.append((key, value.utf8.isEmpty ? "none" : value)) }
        }
        func list(_ names: [String]) -> String { names.joined(separator: ", ") }
        add("scripts", scripts.map { _ in list(scriptsAllowed(at: now)) })
        add("lockfile", lockfile?.name)
        add(
            "minimumReleaseAge",
            minimumReleaseAge.map { $0 % 86_400 == 0 ? "\($0 / 86_400)d" : "\($0 / 3_600)h" })
        add("cooldownExempt", cooldownExempt.map(list))
        let own = privateRegistries.map { "\($0.url) (alone for \(counted([$0.packages])))" }
        let others = registries?.filter { url in
            !privateRegistries.contains { Word($0.url) == Word(url) }
        }
        add("registries", registries.map { _ in list((others ?? []) + own) })
        add("sources", sources.map { list($0.map(\.name)) })
        add("destinations", destinations.map { list($0.map(\.name)) })
        add("packages.allow", packagesAllowed.isEmpty ? nil : counted(packagesAllowed))
        add("packages.deny", packagesDenied.isEmpty ? nil : counted(packagesDenied))
        add("pinned", pinned ? "true" : nil)
        add("provenance", provenance?.name)
        add("credentials", credentials?.name)
        add("justification", justification.isEmpty ? nil : list(justification.map(\.name)))
        add("sandbox", sandbox?.name)
        add("outcome", outcome ? "true" : nil)
        return rows
    }

    /// Lists of packages can be very long.
    private func counted(_ lists: [GlobList]) -> String {
        lists.map { "\($0.count) pattern\($0.count == 1 ? "" : "s")" }.joined(separator: " and ")
    }
}
