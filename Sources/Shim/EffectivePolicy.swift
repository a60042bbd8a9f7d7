// What all layers together say, with the place of each value: `policy show --effective`. Defaults can
// be merged without a line at hand, because the strictest layer wins; rules cannot, so they stand in
// the order in which they are asked.

public import GateCore
internal import Platform
internal import PolicyFile

/// The layers in force, merged as far as that means something.
public struct EffectivePolicy: Sendable {
    /// A default of all layers together.
    public struct Standard: Sendable, Equatable {
        /// The operation's name, or `file.read`.
        public let subject: String
        public let effect: Effect
        /// `PATH:LINE`; nil where no layer that can allow says anything, which is a deny.
        public let origin: String?
    }

    /// A value of a rule.
    public struct Value: Sendable, Equatable {
        /// Keys that lead to it within the rule: `match.command`.
        public let key: String
        /// As JSON.
        public let value: String
        /// `PATH:LINE`.
        public let origin: String
    }

    /// A rule in force.
    public struct RuleInForce: Sendable, Equatable {
        public let id: String
        public let effect: Effect
        /// Whether its `until` has passed.
        public let hasEnded: Bool
        /// `PATH:LINE`.
        public let origin: String
        public let values: [Value]
    }

    /// A layer with its rules in the order in which they are asked.
    public struct LayerInForce: Sendable, Equatable {
        public let kind: Layer.Kind
        public let path: String
        /// The profile's name; nil for other layers.
        public let profile: String?
        /// What the layer demands of all that is allowed, by key of `require`.
        public let require: [Value]
        public let rules: [RuleInForce]
    }

    /// Who holds a role.
    public struct RoleInForce: Sendable, Equatable {
        public let name: String
        public let members: [String]
        /// `PATH:LINE`; nil for a role without members.
        public let origin: String?
    }

    public let defaults: [Standard]
    public let roles: [RoleInForce]
    public let layers: [LayerInForce]

    /// Merges; reads the files again for the places of their values.
    public init(_ inForce: PoliciesInForce, now: Int) throws(PolicyUnusable) {
        defaults = EffectivePolicy.standards(of: inForce.layers)
        var roles: [RoleInForce] = []
        var layers: [LayerInForce] = []
        for layer in inForce.layers {
            let entries = try EffectivePolicy.entries(of: layer, in: inForce)
            for role in layer.policy.roles {
                let place = entries.first { $0.keys == ["roles", role.name] }?.place
                roles.append(
                    RoleInForce(
                        name: role.name, members: role.members,
                        origin: place.map { "\(layer.name):\($0.line)" }))
            }
            layers.append(
                LayerInForce(
                    kind: layer.kind, path: layer.name, profile: layer.profile,
                    require: EffectivePolicy.require(of: layer, entries),
                    rules: EffectivePolicy.rules(of: layer, entries, now: now)))
        }
        self.roles = roles
        self.layers = layers
    }

    /// The strictest default for each subject; the earlier of equals names the place.
    private static func standards(of layers: [Layer]) -> [Standard] {
        var standards: [Standard] = []
        for operation in Operation.allCases {
            standards.append(
                strictest(operation.name, layers) { $0.standard(for: operation) })
        }
        standards.append(strictest(Action.fileRead.name, layers) { $0.standardForFiles })
        return standards
    }

    private static func strictest(
        _ subject: String, _ layers: [Layer], _ standard: (Policy) -> PolicyDefault?
    ) -> Standard {
        var strictest: (effect: Effect, origin: String)?
        var hasGround = false
        for layer in layers {
            guard let entry = standard(layer.policy) else { continue }
            if layer.kind.canAllow { hasGround = true }
            if let known = strictest, known.effect >= entry.effect { continue }
            strictest = (entry.effect, "\(layer.name):\(entry.place.line)")
        }
        // What only a workspace or a profile speaks of is not allowed by anybody.
        guard let strictest, hasGround || strictest.effect == .deny else {
            return Standard(subject: subject, effect: .deny, origin: nil)
        }
        return Standard(subject: subject, effect: strictest.effect, origin: strictest.origin)
    }

    /// The values of a layer's file; of a profile inside a policy, those below it.
    private static func entries(
        of layer: Layer, in inForce: PoliciesInForce
    ) throws(PolicyUnusable) -> [PolicyEntry] {
        let bytes: [UInt8]
        do { bytes = try WholeFile(layer.name, limit: PolicySource.largest).bytes } catch {
            throw PolicyUnusable(details: "\(layer.name): \(error.reason)")
        }
        let entries: [PolicyEntry]
        do { entries = try PolicyFile.outline(bytes: bytes, path: layer.name) } catch {
            throw PolicyUnusable(details: error.text)
        }
        let isInside = inForce.layers.contains {
            $0.kind != .profile && Word($0.name) == Word(layer.name)
        }
        guard layer.kind == .profile, isInside, let name = layer.profile else { return entries }
        return entries.filter { $0.keys.starts(with: ["profiles", name]) }.map {
            $0.below(2)
        }
    }

    private static func require(of layer: Layer, _ entries: [PolicyEntry]) -> [Value] {
        entries.filter { $0.keys.first == "require" && $0.keys.count > 1 }.map { entry in
            Value(
                key: entry.keys.dropFirst().joined(separator: "."), value: entry.value,
                origin: "\(layer.name):\(entry.place.line)")
        }
    }

    private static func rules(
        of layer: Layer, _ entries: [PolicyEntry], now: Int
    ) -> [RuleInForce] {
        var values: [[Value]] = Array(repeating: [], count: layer.policy.rules.count)
        for entry in entries where entry.keys.first == "rules" && entry.keys.count > 2 {
            guard let number = Int(entry.keys[1]), number <= values.count else { continue }
            let key = entry.keys.dropFirst(2).joined(separator: ".")
            values[number - 1].append(
                Value(
                    key: key, value: entry.value, origin: "\(layer.name):\(entry.place.line)"))
        }
        return layer.policy.rules.enumerated().map { index, rule in
            RuleInForce(
                id: rule.id, effect: rule.effect, hasEnded: now >= rule.until ?? .max,
                origin: "\(layer.name):\(rule.place.line)",
                values: values[index].filter { Word($0.key) != "id" && Word($0.key) != "effect" })
        }
    }
}
