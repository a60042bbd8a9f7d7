// Everything shimgate says on the shim path, one case each. Rules:
// - stderr only; stdout belongs to the tool.
// - The first line is the whole verdict and is stable; then at most four labelled lines.
// - `next:` names a human's action or says "do not retry"; no message says how to switch us off.
// - Untrusted text is escaped before it is shown. `SHIMGATE_OUTPUT=json` changes rendering only.

internal import Audit
internal import GateCore
internal import Launch
internal import Platform
internal import StrictJSON

/// A thing to say before the process ends.
enum Message {
    /// What the record of a decision is known by.
    struct RecordName {
        let id: String
        let seq: UInt64
    }

    case denied(Decision, RecordName)
    case pending(Decision, RecordName)
    case policyUnusable(String)
    case installationUnusable(String)
    case notRecorded(String)
    case toolNotFound(Word)
    case listedToolGone(Word, path: String)
    case originalGone(Word, path: String)
    case notAdopted(String, reason: String)
    case outcomeNotRecorded(String)
    case lockfileChanges(String, (summary: String, lines: [String]))
    case scriptsSuppressed([String])
    case scriptsRan([String], by: String)
    case scriptFailed(String)
    case projectScriptsLeft([String], of: String, because: String?)
    case projectScriptFailed(String)
    case nameNotFound(String)
    case wheelNotFound(String)
    case registriesOfProject([String])
    case credentialFilesLinked([String])
    case copiesNotMade(String, reason: String)
    case nearNames([String])
    case frozenInstallFailed(String, change: String)
    case reviewNeeded(Decision, String, RecordName)
    case drifted(Decision, String, RecordName)
    case notMarked(String)
    case installFailed(Decision, String)
    case installRecovered(String, isMovedIn: Bool)
    case toolNotStarted(path: String, reason: String, code: Int32)
    case notConfined([String])
    case loop(Word)
    case unknownName(Word, known: [Word])
    case descriptorsUnusable
    case verbUnavailable(String, path: String)
    case usage(String)

    /// The process's exit code (sysexits.h, and the shell's 126 and 127).
    var exitCode: Int32 {
        switch self {
        case .denied, .notConfined: 77
        case .pending, .reviewNeeded, .drifted: 75
        case .installFailed, .copiesNotMade: 73
        case .policyUnusable, .installationUnusable: 78
        case .notRecorded: 74
        case .toolNotFound, .listedToolGone, .originalGone: 127
        case .registriesOfProject, .credentialFilesLinked, .notAdopted, .notMarked,
            .outcomeNotRecorded, .lockfileChanges, .scriptsSuppressed, .nameNotFound,
            .wheelNotFound, .nearNames,
            .frozenInstallFailed, .installRecovered, .scriptsRan, .scriptFailed,
            .projectScriptsLeft, .projectScriptFailed:
            0
        case .toolNotStarted(_, _, let code): code
        case .loop, .descriptorsUnusable, .verbUnavailable: 70
        case .unknownName, .usage: 64
        }
    }

    /// One word for programs.
    private var kind: String {
        switch self {
        case .denied: "denied"
        case .pending: "approval-pending"
        case .policyUnusable: "policy-unusable"
        case .installationUnusable: "installation-unusable"
        case .notRecorded: "not-recorded"
        case .toolNotFound, .listedToolGone, .originalGone: "tool-not-found"
        case .notAdopted: "not-adopted"
        case .outcomeNotRecorded: "outcome-not-recorded"
        case .lockfileChanges: "lockfile-changes"
        case .scriptsSuppressed: "scripts-suppressed"
        case .scriptsRan: "scripts-ran"
        case .scriptFailed: "script-failed"
        case .projectScriptsLeft: "project-scripts-left"
        case .projectScriptFailed: "project-script-failed"
        case .nameNotFound: "name-not-found"
        case .wheelNotFound: "wheel-not-found"
        case .registriesOfProject: "registries-of-project"
        case .credentialFilesLinked: "credential-files-linked"
        case .copiesNotMade: "copies-not-made"
        case .nearNames: "near-names"
        case .frozenInstallFailed: "frozen-install-failed"
        case .reviewNeeded: "review-needed"
        case .drifted: "drifted"
        case .notMarked: "not-marked"
        case .installFailed: "install-failed"
        case .installRecovered: "install-recovered"
        case .toolNotStarted: "tool-not-started"
        case .notConfined: "not-confined"
        case .loop: "loop"
        case .unknownName: "unknown-name"
        case .descriptorsUnusable: "descriptors-unusable"
        case .verbUnavailable: "verb-unavailable"
        case .usage: "usage"
        }
    }

    /// The verdict and its labelled lines, before escaping.
    private var parts: (verdict: String, lines: [(label: String, text: String)]) {
        switch self {
        case .denied(let decision, let record):
            return (
                "denied: \(decision.command) [\(decision.ruleText)]",
                [("why", decision.why)] + decision.at
                    + [("next", decision.next), ("record", record.text)]
            )
        case .pending(let decision, let record):
            return (
                "approval needed: \(decision.command) [\(decision.ruleText)]",
                [("why", decision.why)] + decision.at
                    + [
                        ("next", "do not retry; ask the person you work for to review it"),
                        ("record", record.text),
                    ]
            )
        case .policyUnusable(let details):
            return (
                "policy unusable; nothing ran",
                [("why", details), ("next", "ask the person who owns this machine to repair it")]
            )
        case .installationUnusable(let details):
            return (
                "installation unusable; nothing ran",
                [("why", details), ("next", "ask the person who owns this machine to repair it")]
            )
        case .notRecorded(let details):
            return (
                "the decision could not be recorded; nothing ran",
                [
                    ("why", details),
                    ("next", "do not retry; ask the person who owns this machine to look"),
                ]
            )
        case .toolNotFound(let name):
            return (
                "\(name): not found; only the shim of that name is on PATH",
                [("next", "install \(name), then run: shimgate shims sync")]
            )
        case .listedToolGone(let name, let path):
            return (
                "\(name): \(path) is gone or not executable",
                [("next", "ask the person who installed shimgate to run: shimgate shims sync")]
            )
        case .originalGone(let name, let path):
            return (
                "\(name): the original behind \(path) is gone or not executable",
                [("next", "make the virtual environment again")]
            )
        case .notAdopted(let path, let reason):
            return (
                "\(path): the new environment is not guarded",
                [("why", reason), ("next", "run: shimgate shims adopt \(path)")]
            )
        case .outcomeNotRecorded(let details):
            return ("the tool ran, and how it ended could not be recorded", [("why", details)])
        case .lockfileChanges(let name, let changes):
            return (
                "\(name): \(changes.summary)",
                [("changes", changes.lines.joined(separator: "\n"))]
            )
        case .registriesOfProject(let uses):
            return (
                "packages come from a registry that only the project names",
                [("which", uses.joined(separator: "; "))]
            )
        case .credentialFilesLinked(let files):
            return (
                "a file with credentials has several names",
                [
                    ("which", files.joined(separator: "; ")),
                    ("next", "a person should find the other names (find -samefile)"),
                ]
            )
        case .copiesNotMade(let path, let reason):
            return (
                "settings without credentials could not be written, so nothing ran",
                [("why", "\(path): \(reason)")]
            )
        case .scriptsSuppressed(let packages):
            let shown = packages.prefix(12).joined(separator: ", ")
            let rest = packages.count > 12 ? " and \(packages.count - 12) more" : ""
            return (
                "install scripts did not run: \(shown)\(rest)",
                [("next", "a person can let them run: require.scripts.allow in the policy")]
            )
        case .scriptsRan(let packages, let enforcement):
            let shown = packages.prefix(12).joined(separator: ", ")
            let rest = packages.count > 12 ? " and \(packages.count - 12) more" : ""
            return ("install scripts ran (sandbox: \(enforcement)): \(shown)\(rest)", [])
        case .projectScriptsLeft(let names, let line, let reason):
            return (
                "the project's own scripts did not run: \(names.joined(separator: ", "))",
                (reason.map { [("why", $0)] } ?? [])
                    + [("next", "the packages are installed; where they are needed, run: \(line)")]
            )
        case .projectScriptFailed(let script):
            return (
                "\(script): the project's own script failed; the packages are installed", []
            )
        case .scriptFailed(let package):
            return (
                "\(package): its install script failed; the packages are installed",
                [
                    (
                        "why",
                        "it runs without a network and writes nothing but its own directory and a "
                            + "temporary one"
                    )
                ]
            )
        case .nameNotFound(let name):
            return (
                "no package is named \(name)",
                [("next", "do not guess another name; look it up, or ask the person you work for")]
            )
        case .wheelNotFound(let name):
            return (
                "no wheel of \(name) was found that may be installed",
                [
                    ("why", "source archives are not built, because that runs their code"),
                    (
                        "next",
                        "take a version that has a wheel, or ask the person you work for to list the "
                            + "package under scripts.allow"
                    ),
                ]
            )
        case .nearNames(let names):
            return (
                "nearly the name of a popular package: "
                    + names.prefix(8).joined(separator: ", "),
                [("next", "make sure that this name is the one that is meant")]
            )
        case .frozenInstallFailed(let name, let change):
            return (
                "nothing was installed, and the project is as it was",
                [
                    (
                        "why",
                        "an install that names no package installs exactly what \(name) says"
                    ),
                    ("next", "to change \(name), name what is to change: \(change)"),
                ]
            )
        case .reviewNeeded(let decision, let name, let record):
            return (
                "approval needed: \(decision.command) [the changes of \(name)]",
                [
                    ("why", "the policy has changes of \(name) reviewed; nothing was installed"),
                    ("next", "do not retry; ask the person you work for to review it"),
                    ("record", record.text),
                ]
            )
        case .drifted(let decision, let reason, let record):
            return (
                "stopped: \(decision.command) [not what the lockfile says]",
                [
                    ("why", reason),
                    ("next", "do not retry; ask the person you work for to look at it"),
                    ("record", record.text),
                ]
            )
        case .notMarked(let reason):
            return (
                "later installs are not stopped, because they could not be marked",
                [("why", reason)]
            )
        case .installFailed(let decision, let reason):
            return (
                "\(decision.command): nothing was installed, and the project is as it was",
                [("why", reason)]
            )
        case .installRecovered(let project, let isMovedIn):
            return (
                "an earlier install in \(project) was killed; "
                    + (isMovedIn ? "what was judged was moved in" : "what it left was removed"),
                []
            )
        case .toolNotStarted(let path, let reason, _):
            return ("\(path) could not be started: \(reason)", [])
        case .notConfined(let reasons):
            return (
                "it cannot be confined; nothing ran",
                reasons.prefix(3).map { ("why", $0) }
                    + [("next", "do not retry; ask the person who owns this machine to look")]
            )
        case .loop(let name):
            return (
                "\(name): this call leads back to itself; stopped",
                [
                    (
                        "why",
                        "what PATH offers as \(name) starts shimgate again (a wrapper, a link, or "
                            + "another manager's shim)"
                    ),
                    ("next", "do not retry; run: shimgate shims list"),
                ]
            )
        case .unknownName(let name, let known):
            return (
                "called as \(name), which is no name of ours",
                [("names", known.map(\.text).joined(separator: " "))]
            )
        case .descriptorsUnusable:
            return ("a standard descriptor is closed and /dev/null cannot be opened", [])
        case .verbUnavailable(let verb, let path):
            return (
                "\(verb): \(path) could not be started",
                [("next", "install shimgate again; the file belongs to it")]
            )
        case .usage(let text):
            return (text, [("next", "see shimgate --help")])
        }
    }

    /// The text for a person.
    var text: String {
        let (verdict, lines) = parts
        var text = "shimgate: \(displayed(verdict))\n"
        for line in lines {
            let label = line.label + ":"
            let padding = String(repeating: " ", count: max(1, 8 - label.utf8.count))
            // A diagnostic of several lines keeps its shape below its label.
            let shown = line.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { displayed(String($0)) }.joined(separator: "\n          ")
            text += "  \(label)\(padding)\(shown)\n"
        }
        return text
    }

    /// The same for a program: one JSON object.
    var json: String {
        let (verdict, lines) = parts
        var json = JSONText()
        json.raw("{\"shimgate\":")
        json.string(kind)
        json.raw(",\"exit\":\(exitCode),\"verdict\":")
        json.string(verdict)
        for line in lines {
            json.raw(",")
            json.string(line.label)
            json.raw(":")
            json.string(line.text)
        }
        json.raw("}\n")
        return json.text
    }
}

extension Message.RecordName {
    init(_ appended: Appended) {
        self.init(id: appended.id.text, seq: appended.number)
    }

    fileprivate var text: String { "\(id) (seq \(seq))" }
}

extension Message {
    /// The message for a tool that execve refused.
    static func toolNotStarted(_ failure: LaunchFailure, path: String) -> Message {
        .toolNotStarted(
            path: path, reason: systemMessage(failure.code), code: failure.exitCode)
    }
}

extension Decision {
    /// `rule deny-npm-publish`, or what decided where no rule did.
    fileprivate var ruleText: String { rule.map { "rule \($0)" } ?? "default" }

    /// The policy's place that decided, where there is one.
    fileprivate var at: [(label: String, text: String)] {
        origin.map { [("at", $0)] } ?? []
    }

    /// What the reader can do: nothing for publishing, a human for the rest.
    fileprivate var next: String {
        switch operation {
        case .publish: "do not retry; ask the person you work for to publish"
        case .unpublish, .administer: "do not retry; ask the person you work for to do it"
        case .authenticate: "do not retry; ask the person you work for to log in"
        case .configure: "do not retry; ask the person you work for to change the setting"
        case .execute: "do not retry; use a program that the project already has, or ask for it"
        case .install: "do not retry; ask the person you work for to install it"
        case .run, .pack, .modify, .query, .unknown, nil:
            "do not retry; ask the person you work for"
        }
    }
}
