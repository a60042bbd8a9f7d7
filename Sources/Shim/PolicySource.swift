// The policy layers in force for a line: managed, install, workspace, profile, in this order.
// Location never comes from an environment variable. Workspace files only tighten, so they are read
// whoever owns them; managed and install files and their profiles must be trustworthy.
//
// A profile of some name is looked for in `profiles` of the managed and the install policy, and in
// `profiles/NAME.json` beside each of them; whatever is found is a layer of its own.

internal import Audit
internal import GateCore
public import Launch
internal import Platform
internal import PolicyFile

/// Loads policies.
public struct PolicySource: Sendable {
    let installation: Installation
    /// Profiles that the caller adds.
    let wanted: [String]
    /// A policy to try instead of the install's (`simulate --policy`).
    let tried: String?
    /// The system-wide policy and who must own it; tests have one of their own.
    var managedPath = Installation.managedPolicyPath
    var managedOwner: UInt32 = 0

    static let largest = 16 << 20

    /// Policies of an installation.
    ///
    /// - Parameters:
    ///   - wanted: profiles that the caller adds to those that bind; they can only tighten.
    ///   - tried: a policy to take instead of the managed and the install's; who owns it is not
    ///     looked at, so it is for questions only.
    public init(installation: Installation, wanted: [String] = [], tried: String? = nil) {
        self.installation = installation
        self.wanted = wanted
        self.tried = tried
    }

    /// The layers for a line that acts in these directories; relative ones are left out.
    public func load(actingIn directories: [String]) throws(PolicyUnusable) -> PoliciesInForce {
        var inForce = PoliciesInForce()
        if tried == nil, managedPath != installation.policyPath,
            FileStatus(unfollowed: managedPath) != nil
        {
            try add(managedPath, .managed, owner: managedOwner, to: &inForce)
        }
        if let tried {
            try add(tried, .install, owner: nil, to: &inForce)
        } else {
            try add(installation.policyPath, .install, owner: installation.owner, to: &inForce)
        }
        inForce.basis = PolicyBasis(
            files: inForce.files.map {
                PolicyBasis.File(layer: $0.kind.name, path: $0.path, digest: $0.digest)
            })
        var profiles = installation.manifest.profiles
        for layer in inForce.layers { profiles += layer.policy.bound?.profiles ?? [] }
        profiles += wanted
        for path in workspacePolicies(directories) {
            try add(path, .workspace, owner: nil, to: &inForce)
        }
        for name in profiles where !inForce.profiles.contains(where: { Word($0) == Word(name) }) {
            try addProfile(name, to: &inForce)
        }
        return inForce
    }

    /// A file that is or can be in force.
    public struct Candidate: Sendable {
        /// Absolute.
        public let path: String
        /// Who may have written it beside root; nil where that is not asked.
        public let owner: UInt32?
    }

    /// The names in `SHIMGATE_PROFILE`, separated by commas or spaces.
    public static func profileNames(in text: String) -> [String] {
        text.utf8.split { $0 == 0x20 || $0 == UInt8(ascii: ",") }.map { String($0) ?? "" }
    }

    /// The files that `load` would read for these directories, and all profiles beside them, whether
    /// they are asked for or not. A file whose owner is not asked for has none.
    public func candidates(actingIn directories: [String]) -> [Candidate] {
        var found: [Candidate] = []
        var bases: [(path: String, owner: UInt32)] = [(installation.policyPath, installation.owner)]
        if managedPath != installation.policyPath, FileStatus(unfollowed: managedPath) != nil {
            bases.insert((managedPath, managedOwner), at: 0)
        }
        for base in bases { found.append(Candidate(path: base.path, owner: base.owner)) }
        for base in bases {
            let folder = FilePath.parent(base.path) + "/profiles"
            for name in FilePath.names(in: folder) ?? [] where Word(name).hasSuffix(".json") {
                found.append(Candidate(path: "\(folder)/\(name)", owner: base.owner))
            }
        }
        for path in workspacePolicies(directories) {
            found.append(Candidate(path: path, owner: nil))
        }
        return found
    }

    /// Reads a file and adds its layer; `owner` is who may have written it beside root, nil where
    /// that is not asked.
    private func add(
        _ path: String, _ kind: Layer.Kind, owner: UInt32?, to inForce: inout PoliciesInForce
    ) throws(PolicyUnusable) {
        let policy = try read(path, kind, owner: owner, into: &inForce)
        if let bound = policy.bound { try PolicySource.mayBind(kind, path, bound) }
        inForce.layers.append(Layer(kind: kind, name: path, policy: policy))
    }

    /// Labels that count fully satisfy allow rules, so nobody below the install may give them.
    static func mayBind(
        _ kind: Layer.Kind, _ path: String, _ bound: Bindings
    ) throws(PolicyUnusable) {
        if kind.canAllow { return }
        throw PolicyUnusable(
            details: "\(path):\(bound.place.line):\(bound.place.column): error: "
                + "\"bind\" belongs into the managed or the install policy")
    }

    private func read(
        _ path: String, _ kind: Layer.Kind, owner: UInt32?, into inForce: inout PoliciesInForce
    ) throws(PolicyUnusable) -> Policy {
        let bytes: [UInt8]
        do {
            if let owner {
                bytes = try TrustedFile.read(
                    path, owner: owner, limit: PolicySource.largest,
                    beside: kind == .install ? installation.manifestPath : nil)
            } else {
                bytes = try WholeFile(path, limit: PolicySource.largest).bytes
            }
        } catch let error as WholeFile.Failure {
            throw PolicyUnusable(details: "\(path): \(error.reason)")
        } catch let error as TrustedFile.Failure {
            throw PolicyUnusable(details: error.message)
        } catch {
            throw PolicyUnusable(details: "\(path): \(error)")
        }
        inForce.files.append(PolicyInForce(kind: kind, path: path, digest: Digest(of: bytes)))
        do { return try PolicyFile.load(bytes: bytes, path: path) } catch {
            throw PolicyUnusable(details: error.text)
        }
    }

    /// `.shimgate/policy.json` in each directory and every parent up to the root; `.git` does not
    /// stop the search.
    private func workspacePolicies(_ directories: [String]) -> [String] {
        var found: [String] = []
        var seen = WordPlaces()
        for start in directories where start.utf8.first == UInt8(ascii: "/") {
            let place = FilePath.place(of: start)
            search(upward: place, &seen, &found)
            // The way that was written counts as well: a link must not lead out of a policy.
            let written = straightened(start)
            if Word(written) != Word(place) { search(upward: written, &seen, &found) }
        }
        return found
    }

    private func search(upward start: String, _ seen: inout WordPlaces, _ found: inout [String]) {
        var directory = start
        while seen.add(Word(directory)) == nil {
            let path = (directory == "/" ? "" : directory) + "/.shimgate/policy.json"
            if FileStatus(unfollowed: path) != nil { found.append(path) }
            if directory == "/" { return }
            directory = FilePath.parent(directory)
        }
    }

    /// Adds everything that is called so.
    private func addProfile(
        _ name: String, to inForce: inout PoliciesInForce
    ) throws(PolicyUnusable) {
        var isFound = false
        for layer in inForce.layers where layer.kind == .managed || layer.kind == .install {
            if let profile = layer.policy.profile(named: Word(name)) {
                inForce.layers.append(
                    Layer(
                        kind: .profile, name: layer.name, profile: name, policy: profile.policy))
                isFound = true
            }
            guard let path = PolicySource.profile(name, beside: layer.name) else { continue }
            let isTried = tried != nil
            let owner = layer.kind == .managed ? managedOwner : installation.owner
            let policy = try read(path, layer.kind, owner: isTried ? nil : owner, into: &inForce)
            if let bound = policy.bound { try PolicySource.mayBind(.profile, path, bound) }
            inForce.layers.append(Layer(kind: .profile, name: path, profile: name, policy: policy))
            isFound = true
        }
        guard isFound else {
            throw PolicyUnusable(details: "no policy has a profile named \(displayed(name))")
        }
        inForce.profiles.append(name)
    }
    /// The file of a profile beside a policy; nil where there is none.
    static func profile(_ name: String, beside policy: String) -> String? {
        // A name is never a path: letters, digits, "-", "." and "_" only.
        guard PolicyFile.isName(name) else { return nil }
        let path = FilePath.parent(policy) + "/profiles/\(name).json"
        return FileStatus(unfollowed: path) == nil ? nil : path
    }
}
