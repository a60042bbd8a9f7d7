// What every confined program can read: programs, libraries and headers of the system, the files of
// /etc that name users, hosts, time zones and certificates, and a few devices. No part of /home,
// /root, /run, /var, /srv, /mnt or /sys, and of /etc only what is here, because uid 0 would read
// /etc/shadow and private keys even without a capability.

internal import GateCore
internal import Platform

/// The machine's places, and what in listed places is a secret.
enum SystemPlaces {
    /// Read with all below them where they exist.
    static let readable = words(
        "/usr /bin /sbin /lib /lib32 /lib64 /libx32 /opt /nix/store /gnu/store")

    /// Files and directories of /etc, read with all below them where they exist.
    static let configuration = words(
        """
        alternatives bash.bashrc bash_completion.d ca-certificates crypto-policies debian_version \
        default/locale fonts gai.conf group host.conf hosts inputrc issue java-11-openjdk \
        java-17-openjdk java-21-openjdk ld.so.cache ld.so.conf ld.so.conf.d localtime \
        locale.alias locale.conf lsb-release magic mime.types networks nsswitch.conf os-release \
        passwd pki/ca-trust pki/tls/certs profile profile.d protocols python3 python3.11 \
        python3.12 python3.13 redhat-release rpc services ssl/certs ssl/openssl.cnf terminfo \
        timezone
        """
    ).map { "/etc/" + $0 }

    /// Hidden although they lie below: npm's global settings can hold tokens.
    static let hidden = words("/usr/etc /usr/local/etc /usr/local/cargo/credentials.toml")

    /// Devices that can be opened.
    static let devices = words("/dev/null /dev/zero /dev/full /dev/random /dev/urandom")

    /// Names by which package managers and their registries keep credentials, relative to a home or
    /// a project.
    static let credentials = words(
        """
        .npmrc .yarnrc .yarnrc.yml .pypirc .netrc .git-credentials .env .env.local \
        .docker/config.json .cargo/credentials .cargo/credentials.toml credentials.toml \
        .gem/credentials .local/share/gem/credentials .bundle/config .nuget/NuGet/NuGet.Config \
        .config/NuGet/NuGet.Config .config/pip/pip.conf .pip/pip.conf .config/pnpm/rc \
        .config/pnpm/auth.ini .ssh .gnupg .aws .config/gh etc/npmrc
        """)

    private static func words(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    }
}

extension Confinement {
    /// A place that cannot be kept shut; the text is one sentence.
    struct Unsafe: Error {
        let message: String
    }

    /// The same with every place resolved, what does not exist left out, and secrets in listed
    /// places hidden.
    ///
    /// - Throws: `Unsafe` where a listed place would open the home directory, or a secret has another
    ///   name somewhere (a hard link), which no confinement by path can hide.
    func resolved(home: String?) throws(Unsafe) -> ResolvedPlaces {
        var places = ResolvedPlaces()
        let home = home.flatMap { FilePath.resolved($0) }
        var secrets: [String] = []
        for path in readable + writable {
            guard let real = FilePath.resolved(path) else { continue }
            if real == "/" || home.map({ isBelow($0, orIs: real) }) ?? false {
                throw Unsafe(message: "\(path) contains the home directory")
            }
            for name in SystemPlaces.credentials { secrets.append(real + "/" + name) }
        }
        if let home {
            for name in SystemPlaces.credentials { secrets.append(home + "/" + name) }
        }
        for path in hidden + secrets {
            guard let status = FileStatus(path), status.isRegular, status.links > 1 else {
                continue
            }
            throw Unsafe(message: "\(path) has a second name (a hard link), so it cannot be hidden")
        }
        for path in SystemPlaces.readable + SystemPlaces.configuration + readable {
            places.add(path, .read)
        }
        for path in writable { places.add(path, .write) }
        for path in SystemPlaces.hidden + hidden + secrets {
            guard let real = FilePath.resolved(path) else { continue }
            if !places.hidden.contains(where: { sameBytes($0, real) }) {
                places.hidden.append(real)
            }
        }
        let writable = places.granted.filter { $0.access == .write }.map(\.path)
        if let path = fileSharedWithOutside(below: writable) {
            throw Unsafe(
                message: "\(path) has a second name outside (a hard link), so it could be changed "
                    + "there")
        }
        places.leaveOutRepeated()
        return places
    }
}

/// Places as the kernel names them: no symbolic link in any of them.
struct ResolvedPlaces {
    enum Access {
        case read, write
    }

    var granted: [(path: String, access: Access)] = []
    var hidden: [String] = []
    /// Symbolic links that lead to granted places, by their own resolved path.
    var links: [(path: String, target: String)] = []

    mutating func add(_ path: String, _ access: Access) {
        guard let real = FilePath.resolved(path) else { return }
        follow(path)
        for index in granted.indices where sameBytes(granted[index].path, real) {
            if access == .write { granted[index].access = .write }
            return
        }
        granted.append((real, access))
    }

    /// Leaves out what a place above it gives already.
    mutating func leaveOutRepeated() {
        let all = granted
        granted = all.filter { place in
            for hidden in hidden where isBelow(place.path, orIs: hidden) { return true }
            // The nearest place above decides: reading in a writable place has to be granted anew.
            var nearest: (path: String, access: Access)?
            for other in all where isBelow(place.path, other.path) {
                if other.path.utf8.count > nearest?.path.utf8.count ?? 0 { nearest = other }
            }
            guard let nearest else { return true }
            return nearest.access != place.access
        }
    }

    /// Keeps the symbolic links on the way to a place, so that its usual name works as well.
    private mutating func follow(_ path: String) {
        var parts = components(path)[...]
        var reached = ""
        var links = 0
        while let part = parts.popFirst(), links < 40 {
            if sameBytes(part, ".") { continue }
            if sameBytes(part, "..") {
                reached = reached.isEmpty ? "" : FilePath.parent(reached)
                if reached == "/" { reached = "" }
                continue
            }
            let next = reached + "/" + part
            guard let target = FilePath.linkTarget(next) else {
                reached = next
                continue
            }
            links += 1
            if !self.links.contains(where: { sameBytes($0.path, next) }) {
                self.links.append((next, target))
            }
            if target.utf8.first == UInt8(ascii: "/") { reached = "" }
            parts = (components(target) + parts)[...]
        }
    }
}

/// The names in a path.
func components(_ path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
}

/// Whether both are the same bytes.
func sameBytes(_ left: String, _ right: String) -> Bool { Word(left) == Word(right) }

/// Whether a resolved path lies in a directory or is it.
func isBelow(_ path: String, orIs directory: String) -> Bool {
    sameBytes(path, directory) || isBelow(path, directory)
}

/// Whether a resolved path lies in a directory.
func isBelow(_ path: String, _ directory: String) -> Bool {
    Word(path).hasPrefix(Word(directory == "/" ? "/" : directory + "/"))
}
