// `shimgate policy import`: a policy that was written in YAML, as strict JSON. The rules have the same
// shape in both; what YAML has and JSON has not (anchors, tags, several documents, numbers that are
// not decimal) is an error with its place in the YAML file, and so is everything that the policy
// loader would refuse. Nothing is left out silently.

internal import GateCore
public import PolicyFile

/// A policy that came from YAML.
public struct ImportedPolicy: Sendable, Equatable {
    /// The policy as JSON; nil where it cannot be expressed.
    public var json: String?
    /// What cannot be expressed, by its place in the YAML file.
    public var problems: [PolicyProblem]
    /// What was added or left out, one sentence each.
    public var notes: [String] = []

    /// Converts a YAML file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, UTF-8.
    ///   - path: how messages of the loader name it.
    ///   - isPartial: whether rules that cannot be expressed are left out, with a note for each,
    ///     instead of stopping the import.
    public init(yaml bytes: [UInt8], path: String, isPartial: Bool = false) {
        problems = []
        guard bytes.count <= ImportedPolicy.largest else {
            report("the file is larger than 1 MiB", help: nil)
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            report("the file is not UTF-8", help: "save it as UTF-8")
            return
        }
        do throws(YAMLProblem) {
            var tree = try YAMLTree(text)
            problems = tree.problems.map { $0.located(in: bytes) }
            guard tree.problems.isEmpty else { return }
            let hasConditions = tree.root["require"] != nil
            if tree.addDefaults(ImportedPolicy.shippedDefaults) {
                if !hasConditions { tree.addConditions(ImportedPolicy.shippedConditions) }
                let added = hasConditions ? "defaults" : "defaults and conditions"
                notes.append("added the \(added) of the shipped policy, because the file has none")
            }
            load(tree, bytes, path, isPartial: isPartial)
            // Nothing was added to what does not come out.
            if json == nil { notes = [] }
        } catch {
            problems = [error.located(in: bytes)]
        }
    }

    /// Writes the tree as JSON and lets the loader read it; its findings are moved to where the
    /// YAML file says the same.
    private mutating func load(
        _ tree: YAMLTree, _ bytes: [UInt8], _ path: String, isPartial: Bool
    ) {
        let text = ImportedText(tree.root)
        do {
            _ = try PolicyFile.load(bytes: [UInt8](text.json.utf8), path: path)
            json = text.json
            return
        } catch {
            problems = error.problems.map { problem in
                PolicyProblem(
                    at: text.source(of: problem.place), in: bytes, problem.message,
                    help: problem.help)
            }
            guard isPartial else { return }
            let broken = error.problems.map { text.rule(at: $0.place) }
            guard !broken.contains(nil) else { return }
            var rest = tree
            rest.removeRules(Set(broken.compactMap { $0 }))
            let shorter = ImportedText(rest.root)
            guard
                (try? PolicyFile.load(bytes: [UInt8](shorter.json.utf8), path: path)) != nil
            else { return }
            json = shorter.json
            let count = Set(broken.compactMap { $0 }).count
            notes.append("left out \(count) rule\(count == 1 ? "" : "s") that cannot be expressed")
        }
    }

    private mutating func report(_ message: String, help: String?) {
        problems = [
            PolicyProblem(at: .init(line: 1, column: 1), in: [], message, help: help)
        ]
    }

    private static let largest = 1 << 20

    /// The defaults of policy.json, which a test holds against it.
    static let shippedDefaults: [(name: String, effect: String)] = [
        ("publish", "deny"), ("unpublish", "deny"), ("administer", "deny"),
        ("authenticate", "deny"), ("configure", "deny"), ("execute", "deny"),
        ("install", "allow"), ("run", "allow"), ("pack", "allow"), ("modify", "allow"),
        ("query", "allow"), ("unknown", "deny"), ("file.read", "allow"),
    ]
}

extension ImportedPolicy {
    /// The conditions of policy.json, which a test holds against it.
    static let shippedConditions: [(name: String, text: String)] = [("minimumReleaseAge", "72h")]
}

/// A mistake in a YAML file.
struct YAMLProblem: Error {
    let place: Place
    let message: String
    let help: String?

    /// The problem with the line of the file.
    func located(in bytes: [UInt8]) -> PolicyProblem {
        PolicyProblem(at: place, in: bytes, message, help: help)
    }
}
