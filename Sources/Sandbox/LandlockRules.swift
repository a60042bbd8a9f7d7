// The Landlock back end: the same places by rules. Landlock grants and cannot take away, so a
// granted directory that holds something hidden is granted by its other entries, one by one; such a
// directory takes no new files. Sockets, shared memory and limits of other processes are the
// filter's, because Landlock knows ports and not addresses, and no other socket at all.

internal import CSandbox
internal import Glibc
internal import Platform

/// Confines this process.
func confineByLandlock(
    _ places: ResolvedPlaces, scratch: Scratch, cwd: String
) throws(FailedStep) {
    let version = csandbox_landlock_version()
    if version < 1 { throw FailedStep("Landlock") }
    let number = csandbox_landlock_rules(version)
    if number < 0 { throw FailedStep("Landlock rules") }
    let rules = LandlockRules(number: number, version: version)
    defer { close(number) }
    for place in places.granted {
        try rules.allow(
            place.path, place.access == .write ? CSANDBOX_WRITE : CSANDBOX_READ,
            without: places.hidden.filter { isBelow($0, orIs: place.path) })
    }
    for path in [scratch.home, scratch.temporary] {
        try rules.allow(path, CSANDBOX_WRITE, without: [])
    }
    try rules.allow("/proc", CSANDBOX_READ, without: [])
    for path in SystemPlaces.devices { try rules.allow(path, CSANDBOX_DEVICE, without: []) }
    try step("end with parent", csandbox_end_with_parent())
    try step("end of capabilities", csandbox_drop_privileges())
    try step("Landlock", csandbox_landlock_enforce(number))
    try step("system-call filter", csandbox_filter(CSANDBOX_SOCKETS_PAIRS))
    if chdir(cwd) != 0 { throw FailedStep("working directory \(cwd)") }
}

/// A rule set in the making.
private struct LandlockRules {
    let number: Int32
    let version: Int32

    /// - Parameter hidden: paths in `path` that stay out.
    func allow(
        _ path: String, _ access: csandbox_access, without hidden: [String]
    ) throws(FailedStep) {
        if hidden.isEmpty {
            try rule(path, access)
            return
        }
        if hidden.contains(where: { sameBytes($0, path) }) { return }
        // Its names can be seen, those of what is hidden too.
        try rule(path, CSANDBOX_LIST)
        for name in FilePath.names(in: path) ?? [] {
            let entry = (path == "/" ? "" : path) + "/" + name
            // A link leads to what has a grant of its own, or nowhere.
            guard let status = FileStatus(unfollowed: entry), status.kind != .link else { continue }
            try allow(entry, access, without: hidden.filter { isBelow($0, orIs: entry) })
        }
    }

    private func rule(_ path: String, _ access: csandbox_access) throws(FailedStep) {
        if csandbox_landlock_allow(number, version, path, access) < 0 {
            throw FailedStep("rule for \(path)")
        }
    }
}
