// The `require` object of a rule. What a key cannot mean is reported by its shape; what is left here
// is the one mistake that no shape shows, a grant for packages nobody named.

import GateCore
import StrictJSON

extension PolicyReader {
    /// The obligations of a rule.
    mutating func obligations(_ value: JSON) -> Obligations {
        let fields = open(value, as: .require)
        var required = Obligations()
        if let value = fields["scripts"], value.object != nil {
            required.scripts = scriptGrants(open(value, as: .scripts)["allow"])
        } else if fields["scripts"] != nil {
            required.scripts = []
        }
        required.lockfile = rung(fields["lockfile"], \.name)
        required.minimumReleaseAge =
            fields["minimumReleaseAge"]?.string.flatMap(PolicyTime.duration)
        required.registries = fields["registries"]?.array?.compactMap(\.string)
        if let value = fields["sources"] { required.sources = sources(value) }
        if let value = fields["destinations"] { required.destinations = destinations(value) }
        if let value = fields["packages"] {
            let lists = open(value, as: .packages)
            if lists["allow"] != nil { required.packagesAllowed = [globs(lists["allow"])] }
            required.packagesDenied = globs(lists["deny"])
        }
        required.pinned = fields["pinned"] != nil
        required.provenance = rung(fields["provenance"], \.name)
        required.credentials = rung(fields["credentials"], \.name)
        for name in words(fields["justification"]) {
            for part in Obligations.Justification.allCases where Word(part.name) == name {
                required.justification.append(part)
            }
        }
        required.sandbox = rung(fields["sandbox"], \.name)
        required.outcome = fields["outcome"] != nil
        return required
    }

    private mutating func scriptGrants(_ value: JSON?) -> [Obligations.ScriptGrant] {
        var grants: [Obligations.ScriptGrant] = []
        for element in value?.array ?? [] {
            var name = element
            var until: Int?
            if element.object != nil {
                let fields = open(element, as: .scriptGrant)
                guard let inner = fields["name"] else { continue }
                name = inner
                until = fields["until"]?.string.flatMap(PolicyTime.seconds)
            }
            guard let text = name.string else { continue }
            if Word(text).contains(UInt8(ascii: "*")) || Word(text).contains(UInt8(ascii: "?")) {
                report(
                    name.offset, "scripts are allowed for named packages only",
                    help: "list the packages one by one")
            }
            grants.append(.init(name: text, until: until))
        }
        return grants
    }

    private func rung<Rung: CaseIterable>(_ value: JSON?, _ name: (Rung) -> String) -> Rung? {
        guard let value else { return nil }
        for rung in Rung.allCases where Word(name(rung)) == word(value) { return rung }
        return nil
    }
}
