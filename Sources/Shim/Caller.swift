// The caller as one value: arguments, environment, place, time, and the labels it goes by.

internal import GateCore
internal import Launch
internal import Platform

/// Who called, from where, with what.
struct Caller {
    /// The arguments after argv[0]; nil where one is not UTF-8.
    let arguments: [Word]?
    let environment: Environment
    let cwd: String?
    /// Seconds since 1970.
    let now: Int

    init() {
        arguments = ProcessInput.arguments
        environment = ProcessInput.environment
        cwd = ProcessInput.workingDirectory
        now = Clock.realtime / 1_000_000_000
    }

    /// The same caller in another directory.
    init(_ other: Caller, in directory: String) {
        arguments = other.arguments
        environment = other.environment
        cwd = directory
        now = Clock.realtime / 1_000_000_000
    }

    /// The profiles asked for by `SHIMGATE_PROFILE`.
    var wantedProfiles: [String] {
        guard let names = environment["SHIMGATE_PROFILE"] else { return [] }
        return PolicySource.profileNames(in: names.text)
    }

    /// The labels that bind come from the managed policy, `install.json` and the install's policy, in
    /// this order; what the caller says of itself is marked.
    func subject(in installation: Installation, under policies: PoliciesInForce) -> Subject {
        Subject(
            agent: label("agent", "SHIMGATE_AGENT", installation, policies) { $0.agent },
            task: label("task", "SHIMGATE_TASK", installation, policies) { $0.task },
            session: label("session", "SHIMGATE_SESSION", installation, policies) { $0.session })
    }

    private func label(
        _ name: Word, _ variable: Word, _ installation: Installation,
        _ policies: PoliciesInForce, _ bound: (Bindings) -> String?
    ) -> Label? {
        for layer in policies.layers where layer.kind == .managed {
            if let text = layer.policy.bound.flatMap(bound) { return Label(text, from: .install) }
        }
        for label in installation.manifest.labels where label.name == name {
            return Label(label.value, from: .install)
        }
        for layer in policies.layers where layer.kind == .install {
            if let text = layer.policy.bound.flatMap(bound) { return Label(text, from: .install) }
        }
        guard let value = environment[variable], !value.isEmpty else { return nil }
        return Label(value.text, from: .asserted)
    }
}
