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

    /// The profiles asked for by `SHIMGATE_PROFILE`, separated by commas or spaces; each adds a layer
    /// and can only tighten.
    var wantedProfiles: [String] {
        guard let names = environment["SHIMGATE_PROFILE"], !names.isEmpty else { return [] }
        return names.text.utf8.split { $0 == 0x20 || $0 == UInt8(ascii: ",") }.map {
            String($0) ?? ""
        }
    }

    /// The labels that bind come from `install.json`; what the caller says of itself is marked.
    func subject(in installation: Installation) -> Subject {
        Subject(
            agent: label("agent", "SHIMGATE_AGENT", installation),
            task: label("task", "SHIMGATE_TASK", installation),
            session: label("session", "SHIMGATE_SESSION", installation))
    }

    private func label(_ name: Word, _ variable: Word, _ installation: Installation) -> Label? {
        for label in installation.manifest.labels where label.name == name {
            return Label(label.value, from: .install)
        }
        guard let value = environment[variable], !value.isEmpty else { return nil }
        return Label(value.text, from: .asserted)
    }
}
