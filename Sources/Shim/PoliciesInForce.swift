// What the search for policies finds: the layers in their order, the files that they came from, and
// the names that records know them by. The shim, `simulate`, `policy show` and `policy test` all
// take their layers from here.

public import Audit
public import GateCore

/// Why no policy can be used; the details hold every diagnostic.
public struct PolicyUnusable: Error, Sendable {
    public let details: String

    public init(details: String) { self.details = details }
}

/// A policy file in force.
public struct PolicyInForce: Sendable {
    /// Who wrote it. A file of profiles has the kind of the folder that it lies in.
    public let kind: Layer.Kind
    public let path: String
    /// Over the file's bytes.
    public let digest: Digest
}

/// The layers, and the digests that name them in records.
public struct PoliciesInForce: Sendable {
    /// In the order managed, install, workspace, profile.
    public internal(set) var layers: [Layer] = []
    /// The files, in the order in which they were read.
    public internal(set) var files: [PolicyInForce] = []
    /// The names of the profiles in force, those that bind first.
    public internal(set) var profiles: [String] = []

    /// The managed and the install policy, which hold in every directory and for every task.
    public internal(set) var basis = PolicyBasis(files: [])

    /// Finds out what rules ask about the packages of a line, where any does.
    func noteFacts(
        on invocation: inout Invocation, of line: Line, now: Int, asking libexec: String?,
        answering answer: (Fact) -> Answer
    ) {
        guard invocation.fetchesAnyByName else { return }
        var wanted: [PackageFact] = []
        for layer in layers { wanted += layer.policy.factsAsked }
        if wanted.isEmpty { return }
        invocation.note(wanted, from: line.cwd, now: now, asking: libexec) { path in
            if case .text(let text) = answer(.text(path)) { return text }
            return nil
        }
    }

    /// SHA-256 of the only file, or of all files' digests in order, one a line.
    public var digest: String {
        if files.count == 1 { return files[0].digest.hexadecimal }
        let digests = files.map(\.digest.hexadecimal)
        return Digest(of: Array(digests.joined(separator: "\n").utf8)).hexadecimal
    }
}
