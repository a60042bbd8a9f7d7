// A `require` object, of a rule or of the whole policy. What a key cannot mean is reported by its shape; what is left here
// is the one mistake that no shape shows, a grant for packages nobody named.

import GateCore
import StrictJSON

extension PolicyReader {
    /// The obligations of a `require` object.
    mutating func obligations(_ value: JSON) -> Obligations {
        let fields = open(value, as: .require)
        var required = Obligations()
        if let value = fields[RequireKey.scripts], value.isObject {
            required.scripts = scriptGrants(open(value, as: .scripts)[ScriptsKey.allow])
        } else if fields[RequireKey.scripts] != nil {
            required.scripts = []
        }
        required.lockfile = rung(fields[RequireKey.lockfile], \.name)
        required.minimumReleaseAge =
            fields[RequireKey.minimumReleaseAge]?.string.flatMap(PolicyTime.duration)
        required.cooldownExempt = fields[RequireKey.cooldownExempt]?.array?.compactMap(\.string)
        if let value = fields[RequireKey.registries] { readRegistries(value, &required) }
        if let value = fields[RequireKey.sources] { required.sources = sources(value) }
        if let value = fields[RequireKey.destinations] {
            required.destinations = destinations(value)
        }
        if let value = fields[RequireKey.packages] {
            let lists = open(value, as: .packages)
            if lists[PackagesKey.allow] != nil {
                required.packagesAllowed = [globs(lists[PackagesKey.allow])]
            }
            if lists[PackagesKey.deny] != nil {
                required.packagesDenied = [globs(lists[PackagesKey.deny])]
            }
        }
        required.pinned = fields[RequireKey.pinned] != nil
        required.provenance = rung(fields[RequireKey.provenance], \.name)
        required.credentials = rung(fields[RequireKey.credentials], \.name)
        for name in words(fields[RequireKey.justification]) {
            for part in Obligations.Justification.allCases where Word(part.name) == name {
                required.justification.append(part)
            }
        }
        required.sandbox = rung(fields[RequireKey.sandbox], \.name)
        required.outcome = fields[RequireKey.outcome] != nil
        return required
    }

    /// Addresses, and registries that packages belong to.
    private mutating func readRegistries(_ value: JSON, _ required: inout Obligations) {
        var addresses: [String] = []
        for element in elements(value) {
            guard element.isObject else {
                if let address = element.string { addresses.append(address) }
                continue
            }
            let fields = open(element, as: .registry)
            guard let address = fields[RegistryKey.url]?.string else { continue }
            addresses.append(address)
            required.privateRegistries.append(
                PrivateRegistry(url: address, packages: globs(fields[RegistryKey.packages])))
        }
        required.registries = addresses
    }

    private mutating func scriptGrants(_ value: JSON?) -> [Obligations.ScriptGrant] {
        var grants: [Obligations.ScriptGrant] = []
        for element in elements(value) {
            var name = element
            var until: Int?
            if element.isObject {
                let fields = open(element, as: .scriptGrant)
                guard let inner = fields[ScriptGrantKey.name] else { continue }
                name = inner
                until = fields[ScriptGrantKey.until]?.string.flatMap(PolicyTime.seconds)
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
