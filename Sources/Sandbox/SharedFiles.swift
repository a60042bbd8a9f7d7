// Files with a second name outside of the places that may be written: writing them there would
// change what lies outside. Package managers make such files where they link packages from a store
// (pnpm, uv), and so does `git clone` of a local repository.

internal import Platform

/// The first regular file below these places that has a name elsewhere; nil where there is none.
///
/// What cannot be read is left out: the confined program cannot read it either.
func fileSharedWithOutside(below places: [String]) -> String? {
    struct File: Hashable {
        let device, inode: UInt64
    }
    var found: [File: (path: String, missing: UInt64)] = [:]
    // A place in another one is seen by that one.
    var left = places.filter { place in !places.contains { isBelow(place, $0) } }
    while let path = left.popLast() {
        guard let status = FileStatus(unfollowed: path) else { continue }
        switch status.kind {
        case .directory:
            for name in FilePath.names(in: path) ?? [] { left.append(path + "/" + name) }
        case .regular where status.links > 1:
            let file = File(device: status.device, inode: status.inode)
            found[file, default: (path, status.links)].missing -= 1
            if found[file]?.missing == 0 { found[file] = nil }
        case .regular, .link, .other: continue
        }
    }
    return found.values.map(\.path).min { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
