// The policy layers in force for a line: managed, install, workspace, profile, in this order.
// Location never comes from an environment variable. Workspace files and profiles only tighten, so
// they are read whoever owns them; managed and install files must be trustworthy.

internal import Audit
internal import GateCore
internal import Launch
internal import Platform
internal import PolicyFile

/// Why no policy can be used; the details hold every diagnostic.
struct PolicyUnusable: Error {
    let details: String
}

/// The layers, and the digest that names them in records.
struct PoliciesInForce {
    var layers: [Layer] = []
    /// SHA-256 of the only policy, or of all policies' digests in order, one a line.
    var digest = ""
    /// The names of the profiles in force.
    var profiles: [String] = []
}

/// Loads policies.
struct PolicySource {
    let installation: Installation
    /// Profiles that the caller adds.
    var wanted: [String] = []
    /// A policy to try instead of the install's (`simulate --policy`).
    var tried: String?

    static let largest = 16 << 20

    /// The layers for a line that acts in these directories.
    func load(actingIn directories: [String]) throws(PolicyUnusable) -> PoliciesInForce {
        var inForce = PoliciesInForce()
        var digests: [String] = []
        let managed = Installation.managedPolicyPath
        if tried == nil, managed != installation.policyPath, FileStatus(unfollowed: managed) != nil
        {
            let bytes = try trusted(managed, owner: 0)
            digests.append(Digest(of: bytes).hexadecimal)
            inForce.layers.append(try layer(.managed, bytes, managed))
        }
        let path = tried ?? installation.policyPath
        let bytes =
            tried == nil ? try trusted(path, owner: installation.owner) : try plain(path)
        digests.append(Digest(of: bytes).hexadecimal)
        inForce.layers.append(try layer(.install, bytes, path))
        for path in workspacePolicies(directories) {
            let bytes = try plain(path)
            digests.append(Digest(of: bytes).hexadecimal)
            inForce.layers.append(try layer(.workspace, bytes, path))
        }
        try addProfiles(to: &inForce)
        inForce.digest =
            digests.count == 1
            ? digests[0] : Digest(of: Array(digests.joined(separator: "\n").utf8)).hexadecimal
        return inForce
    }

    private func trusted(_ path: String, owner: UInt32) throws(PolicyUnusable) -> [UInt8] {
        do { return try TrustedFile.read(path, owner: owner, limit: PolicySource.largest) } catch {
            throw PolicyUnusable(details: error.message)
        }
    }

    private func plain(_ path: String) throws(PolicyUnusable) -> [UInt8] {
        do { return try WholeFile(path, limit: PolicySource.largest).bytes } catch {
            throw PolicyUnusable(details: "\(path): \(error.reason)")
        }
    }

    private func layer(
        _ kind: Layer.Kind, _ bytes: [UInt8], _ path: String
    ) throws(PolicyUnusable) -> Layer {
        do {
            return Layer(
                kind: kind, name: path, policy: try PolicyFile.load(bytes: bytes, path: path))
        } catch {
            throw PolicyUnusable(details: error.text)
        }
    }

    /// `.shimgate/policy.json` in each directory and every parent up to the root; `.git` does not
    /// stop the search.
    private func workspacePolicies(_ directories: [String]) -> [String] {
        var found: [String] = []
        var seen: [String] = []
        for start in directories where start.utf8.first == UInt8(ascii: "/") {
            var directory = FilePath.resolved(start) ?? start
            while !seen.contains(where: { Word($0) == Word(directory) }) {
                seen.append(directory)
                let path = (directory == "/" ? "" : directory) + "/.shimgate/policy.json"
                if FileStatus(unfollowed: path) != nil { found.append(path) }
                if directory == "/" { break }
                directory = FilePath.parent(directory)
            }
        }
        return found
    }

    /// Profiles of the managed and install layers: the ones that bind, then the caller's.
    private func addProfiles(to inForce: inout PoliciesInForce) throws(PolicyUnusable) {
        let names = (installation.manifest.profile.map { [$0] } ?? []) + wanted
        inForce.layers += try PolicySource.profileLayers(names, of: inForce.layers)
        inForce.profiles += names
    }

    /// How messages name a profile of a layer.
    static func name(ofProfile name: String, of layer: String) -> String {
        "\(layer) profile \(name)"
    }

    /// The profiles of these names, each from every layer that can allow and has it.
    static func profileLayers(
        _ names: [String], of layers: [Layer]
    ) throws(PolicyUnusable) -> [Layer] {
        var found: [Layer] = []
        for name in names {
            let before = found.count
            for layer in layers where layer.kind.canAllow {
                guard let profile = layer.policy.profile(named: Word(name)) else { continue }
                found.append(
                    Layer(
                        kind: .profile, name: PolicySource.name(ofProfile: name, of: layer.name),
                        policy: profile.policy))
            }
            guard found.count > before else {
                throw PolicyUnusable(details: "no policy has a profile named \(displayed(name))")
            }
        }
        return found
    }
}
