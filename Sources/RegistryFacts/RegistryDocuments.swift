// The documents of registries as releases. A form that is not the one that the registry's own
// documentation gives is nil: an answer is understood or it is none.
//
// Sources: see RegistryInquiry.swift.

internal import GateCore
internal import Lockfiles
internal import StrictJSON

/// npm's package metadata: `versions`, `time`, `dist-tags`. A version that is in `time` alone was
/// taken back.
func npmReleases(_ document: JSON) -> Releases? {
    guard let versions = document["versions"]?.object else { return nil }
    var times: [Word: Int] = [:]
    for member in document["time"]?.object ?? [] {
        times[Word(member.name)] = member.value.string.flatMap { publishTime($0) }
    }
    var releases = Releases([])
    releases.all.reserveCapacity(versions.count)
    for member in versions {
        let deprecation = member.value["deprecated"]
        let isDeprecated = deprecation?.string.map { !$0.isEmpty } ?? (deprecation?.bool ?? false)
        releases.all.append(
            Release(
                member.name, published: times[Word(member.name)], isDeprecated: isDeprecated))
    }
    for member in document["dist-tags"]?.object ?? [] {
        guard let version = member.value.string else { return nil }
        releases.tags.append(.init(name: member.name, version: version))
    }
    return releases
}

/// A project page of the simple API: `files`, each with `filename`, `upload-time` and `yanked`. A
/// version is as young as the last of its files, because that one may be what is installed.
func pythonReleases(_ document: JSON, name: String) -> Releases? {
    guard let files = document["files"]?.array else { return nil }
    var releases = Releases([])
    var places: [Word: Int] = [:]
    for file in files {
        guard let fileName = file["filename"]?.string else { return nil }
        guard let version = pythonVersion(ofFile: fileName, name: name) else { continue }
        let time = file["upload-time"]?.string.flatMap { publishTime($0) }
        let isYanked = file["yanked"].map { $0.string != nil || $0.bool == true } ?? false
        let key = comparable(version, in: .pypi)
        guard let place = places[key] else {
            places[key] = releases.all.count
            releases.all.append(Release(version, published: time, isWithdrawn: isYanked))
            continue
        }
        let known = releases.all[place]
        // One file without a time makes the version's time unknown.
        releases.all[place].published =
            known.published.flatMap { mine in time.map { max(mine, $0) } }
        releases.all[place].isWithdrawn = known.isWithdrawn && isYanked
    }
    return releases
}

/// The version in a distribution's file name; nil for other files (binary distribution format, "File
/// name convention"; PEP 625; older source archives have the name as the project wrote it).
func pythonVersion(ofFile fileName: String, name: String) -> String? {
    var stem = Word(fileName)
    let isWheel = stem.hasSuffix(".whl")
    for ending: Word in [".whl", ".tar.gz", ".tar.bz2", ".zip", ".tgz", ".tar.xz"]
    where stem.hasSuffix(ending) {
        stem = stem.prefix(stem.count - ending.count)
        break
    }
    if stem.count == fileName.utf8.count { return nil }
    let parts = stem.text.utf8.split(
        separator: UInt8(ascii: "-"), omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    if isWheel { return parts.count >= 5 ? parts[1] : nil }
    // The name can have hyphens of its own.
    for count in stride(from: parts.count - 1, through: 1, by: -1) {
        let head = parts[..<count].joined(separator: "-")
        guard Word(normalisedPythonName(head)) == Word(name) else { continue }
        return parts[count...].joined(separator: "-")
    }
    return nil
}

/// RubyGems' list of versions: `number`, `created_at`, `platform`, `downloads_count`. Yanked ones are
/// not in it.
func gemReleases(_ document: JSON) -> Releases? {
    guard let list = document.array else { return nil }
    var releases = Releases([])
    var places: [Word: Int] = [:]
    var downloads = 0
    for entry in list {
        guard let number = entry["number"]?.string else { return nil }
        let time = entry["created_at"]?.string.flatMap { publishTime($0) }
        downloads += max(0, entry["downloads_count"]?.integer ?? 0)
        guard let place = places[Word(number)] else {
            places[Word(number)] = releases.all.count
            releases.all.append(Release(number, published: time))
            continue
        }
        releases.all[place].published =
            releases.all[place].published.flatMap { mine in time.map { max(mine, $0) } }
    }
    if list.contains(where: { $0["downloads_count"] != nil }) { releases.downloads = downloads }
    return releases
}

/// A file of cargo's index: a line of JSON for each version.
func crateReleases(_ body: [UInt8]) -> Releases? {
    var releases = Releases([])
    for line in body.split(separator: 0x0A) {
        guard let entry = try? JSON.parse(Array(line)), let version = entry["vers"]?.string else {
            return nil
        }
        releases.all.append(
            Release(
                version, published: entry["pubtime"]?.string.flatMap { publishTime($0) },
                isWithdrawn: entry["yanked"]?.bool ?? false))
    }
    return releases
}

/// The times of a registry's own API, for versions whose line in the index has none.
func addCrateTimes(_ document: JSON, to indexed: Releases) -> Releases {
    var releases = indexed
    releases.downloads = document["crate"]?["downloads"]?.integer
    var times: [Word: Int] = [:]
    for entry in document["versions"]?.array ?? [] {
        guard let number = entry["num"]?.string else { continue }
        times[comparable(number, in: .cargo)] =
            entry["created_at"]?.string.flatMap { publishTime($0) }
    }
    for place in releases.all.indices where releases.all[place].published == nil {
        releases.all[place].published =
            times[comparable(releases.all[place].version, in: .cargo)]
    }
    return releases
}

/// The address below which packages' metadata lies: the newest form that the service offers.
func nugetRegistrations(_ document: JSON) -> String? {
    var address: String?
    for resource in document["resources"]?.array ?? [] {
        guard let type = resource["@type"]?.string,
            Word(type).hasPrefix("RegistrationsBaseUrl"), let place = resource["@id"]?.string
        else { continue }
        // 3.6.0 has all versions, those of SemVer 2 included.
        let isWhole = Word(type) == "RegistrationsBaseUrl/3.6.0"
        if address == nil || isWhole { address = place }
        if isWhole { break }
    }
    guard let address else { return nil }
    return address.utf8.last == UInt8(ascii: "/") ? address : address + "/"
}

/// A page of NuGet's package metadata. Versions that are not listed bear a date of the year 1900.
func nugetReleases(_ page: JSON, into releases: inout Releases) -> Bool {
    guard let leaves = page["items"]?.array else { return false }
    for leaf in leaves {
        guard let entry = leaf["catalogEntry"], let version = entry["version"]?.string else {
            return false
        }
        releases.all.append(
            Release(
                version, published: entry["published"]?.string.flatMap { publishTime($0) },
                isWithdrawn: entry["listed"]?.bool == false,
                isDeprecated: entry["deprecation"] != nil))
    }
    return true
}
