// Where things are: found upward from our own file, never by an environment variable, because the
// agent owns its environment.

public import Audit
public import GateCore
public import Platform
internal import StrictJSON

/// One installation of shimgate, or a checkout used in place.
public struct Installation: Sendable {
    /// Absolute path of the shim binary, symbolic links resolved.
    public let binary: String
    /// Device and inode of the shim binary.
    public let identity: FileStatus
    /// The install layer's policy.
    public let policyPath: String
    /// The directory that holds the human verbs' executables.
    public let libexec: String
    /// The directory that holds the shims.
    public let shims: String
    /// The directory of files that interpreters load before a tool of theirs.
    public let guards: String
    /// Where `install.json` is or would be; absent in a checkout.
    public let manifestPath: String?
    /// What `install.json` says.
    public let manifest: InstallManifest

    /// The system-wide layer, root-owned.
    public static let managedPolicyPath = "/etc/shimgate/policy.json"

    /// Finds the installation of the running binary.
    ///
    /// - Throws: `InstallationError` where there is none, or its files cannot be trusted or read.
    public static func find() throws(InstallationError) -> Installation {
        guard let running = FilePath.linkTarget("/proc/self/exe") else {
            throw InstallationError("cannot tell where the running binary is (/proc/self/exe)")
        }
        let binary = shimBinary(besides: running)
        guard let identity = FileStatus(binary == running ? "/proc/self/exe" : binary) else {
            throw InstallationError("\(binary) is missing; it belongs to \(running)")
        }
        let folder = FilePath.parent(binary)
        let prefix = FilePath.parent(folder)
        let etc = (prefix == "/" ? "" : prefix) + "/etc/shimgate"
        if FilePath.name(folder) == "bin", FileStatus(etc) != nil {
            let manifestPath = etc + "/install.json"
            return Installation(
                binary: binary, identity: identity, policyPath: etc + "/policy.json",
                libexec: prefix + "/libexec/shimgate", shims: prefix + "/share/shimgate/shims",
                guards: prefix + "/share/shimgate/guards",
                manifestPath: manifestPath,
                manifest: try InstallManifest.load(manifestPath, binary: identity))
        }
        var root = folder
        while root != "/" {
            if FileStatus(root + "/Package.swift") != nil, FileStatus(root + "/policy.json") != nil
            {
                return Installation(
                    binary: binary, identity: identity, policyPath: root + "/policy.json",
                    libexec: folder, shims: root + "/shims", guards: root + "/guards",
                    manifestPath: nil,
                    manifest: InstallManifest(state: root + "/.shimgate-state"))
            }
            root = FilePath.parent(root)
        }
        throw InstallationError(
            "\(binary) belongs to no installation: there is no ../etc/shimgate and no checkout above it"
        )
    }

    /// The shim binary that a verb's own executable speaks for: the shims are links to that one.
    private static func shimBinary(besides running: String) -> String {
        guard FilePath.name(running).utf8.starts(with: "shimgate-".utf8) else { return running }
        let folder = FilePath.parent(running)
        let libexec = FilePath.parent(folder)
        guard FilePath.name(libexec) == "libexec" else { return folder + "/shimgate" }
        return FilePath.parent(libexec) + "/bin/shimgate"
    }

    /// The state directory of this process's user.
    public var state: String { manifest.state(of: effectiveUser) }

    /// The chain that `install.json` knows for this user.
    public var chain: ChainID? {
        let user = Word(String(effectiveUser))
        for chain in manifest.chains where chain.uid == user { return ChainID(chain.id) }
        return nil
    }

    /// The owner whose files are trusted beside root's.
    public var owner: UInt32 { identity.owner }
}

/// Why there is no usable installation.
public struct InstallationError: Error, Sendable {
    public let message: String

    init(_ message: String) { self.message = message }
}

/// What `install.json` holds, literally.
public struct InstallManifest: Sendable {
    /// State directory; `%u` stands for the numeric uid in a system install.
    public var state: String
    /// Real tools by called name: absolute, unresolved paths.
    public var tools: [(name: Word, path: String)] = []
    /// Labels that bind: `agent`, `task`, `session`.
    public var labels: [(name: Word, value: String)] = []
    /// The profiles that bind.
    public var profiles: [String] = []
    /// Chain ids in use by uid; a log that is missing although its chain is named here is refused.
    public var chains: [(uid: Word, id: String)] = []

    public init(state: String) { self.state = state }

    /// The state directory for a uid.
    func state(of uid: UInt32) -> String {
        guard state.hasSuffix("/%u") else { return state }
        return String(state.dropLast(2)) + String(uid)
    }

    /// The recorded path of a tool.
    public func path(of name: Word) -> String? {
        for tool in tools where tool.name == name { return tool.path }
        return nil
    }

    static func load(_ path: String, binary: FileStatus) throws(InstallationError) -> Self {
        let bytes: [UInt8]
        do {
            bytes = try TrustedFile.read(path, owner: binary.owner, limit: 1 << 20)
        } catch {
            throw InstallationError(error.message)
        }
        let json: JSON
        do { json = try JSON.parse(bytes) } catch {
            throw InstallationError("\(path): \(error.message) at byte \(error.offset)")
        }
        guard json["version"]?.integer == 1, let state = json["state"]?.string,
            state.utf8.first == UInt8(ascii: "/")
        else {
            throw InstallationError("\(path): needs \"version\": 1 and an absolute \"state\"")
        }
        var manifest = InstallManifest(state: state)
        for member in json["tools"]?.object ?? [] {
            guard let tool = member.value.string, tool.utf8.first == UInt8(ascii: "/") else {
                throw InstallationError("\(path): tool \(member.name) needs an absolute path")
            }
            manifest.tools.append((Word(member.name), tool))
        }
        for member in json["labels"]?.object ?? [] {
            guard let value = member.value.string else {
                throw InstallationError("\(path): label \(member.name) must be a string")
            }
            manifest.labels.append((Word(member.name), value))
        }
        for member in json["chains"]?.object ?? [] {
            guard let value = member.value.string, ChainID(value) != nil else {
                throw InstallationError("\(path): chain of uid \(member.name) is no chain id")
            }
            manifest.chains.append((Word(member.name), value))
        }
        if let profile = json["profile"] {
            for element in profile.array ?? [profile] {
                guard let name = element.string else {
                    throw InstallationError(
                        "\(path): \"profile\" must be a name or a list of names")
                }
                manifest.profiles.append(name)
            }
        }
        return manifest
    }
}
