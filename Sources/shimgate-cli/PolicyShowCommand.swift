// `shimgate policy show`: which policies are in force here, and with --effective what they say
// together, each value with the file and line that it comes from.

import ArgumentParser
import Audit
import GateCore
import Launch
import Platform
import Shim
import StrictJSON

extension PolicyCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the policies in force for a directory.",
            discussion: """
                With --effective: the defaults of all layers together, and every rule in the order \
                in which it is asked, each value with the file and line that it comes from.
                """)

        @Flag(help: "Show what the policies say together, each value with its origin.")
        var effective = false
        @Flag(help: "One JSON object.")
        var json = false
        @Option(help: "Add a profile, as SHIMGATE_PROFILE does.")
        var profile: [String] = []
        @Option(
            name: .customLong("in"), help: "The directory; the current one where none is named.")
        var directory: String?

        func run() throws {
            do {
                let installation = try found()
                let inForce: PoliciesInForce
                var merged: EffectivePolicy?
                do {
                    let cwd = ProcessInput.workingDirectory ?? "/"
                    let place = directory.map { $0.hasPrefix("/") ? $0 : "\(cwd)/\($0)" } ?? cwd
                    inForce = try PolicySource(
                        installation: installation,
                        wanted: PolicySource.profileNames(
                            in: ProcessInput.variable("SHIMGATE_PROFILE") ?? "") + profile
                    ).load(actingIn: [place])
                    if effective {
                        merged = try EffectivePolicy(
                            inForce, now: Clock.realtime / 1_000_000_000)
                    }
                } catch {
                    throw Failure("policy unusable: \(error.details)", exitCode: 78)
                }
                StandardStreams.write(
                    json ? object(inForce, merged) : text(inForce, merged), to: 1)
            } catch let failure as Failure {
                throw fail(failure)
            }
        }
    }
}

extension PolicyCommand.Show {
    private func text(_ inForce: PoliciesInForce, _ merged: EffectivePolicy?) -> String {
        var text = ""
        for file in inForce.files {
            text += padded(file.kind.name, 11) + displayed(file.path) + "\n"
            text += padded("", 11) + "sha256 \(file.digest.hexadecimal)\n"
        }
        for name in inForce.profiles { text += padded("profile", 11) + displayed(name) + "\n" }
        text += padded("digest", 11) + inForce.digest + "\n"
        guard let merged else { return text }
        text += "\ndefaults, the strictest of all layers\n"
        for standard in merged.defaults {
            text += "  " + padded(standard.subject, 14) + padded(standard.effect.name, 10)
            text += displayed(standard.origin ?? "nobody allows it") + "\n"
        }
        if !merged.roles.isEmpty { text += "\nroles\n" }
        for role in merged.roles {
            let members = role.members.joined(separator: ", ")
            text += "  \(displayed(role.name)): \(displayed(members))"
            text += "  \(displayed(role.origin ?? ""))\n"
        }
        for layer in merged.layers {
            let profile = layer.profile.map { " \(displayed($0))" } ?? ""
            if !layer.require.isEmpty {
                text += "\nconditions of \(layer.kind.name)\(profile), for all that is allowed\n"
            }
            for value in layer.require {
                text += "  " + padded(displayed(value.key), 28) + displayed(value.value)
                text += "  \(displayed(value.origin))\n"
            }
            text += "\nrules of \(layer.kind.name)\(profile), the first that matches decides\n"
            if layer.rules.isEmpty { text += "  none\n" }
            for rule in layer.rules {
                text += "  " + padded(rule.effect.name, 10) + padded(displayed(rule.id), 32)
                text += displayed(rule.origin) + (rule.hasEnded ? "  (has ended)\n" : "\n")
                for value in rule.values {
                    text += "    " + padded(displayed(value.key), 26) + displayed(value.value)
                    text += "  :\(displayed(line(of: value.origin)))\n"
                }
            }
        }
        return text
    }

    /// The part behind the last colon.
    private func line(of origin: String) -> String {
        String(origin.split(separator: ":").last ?? "")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private func object(_ inForce: PoliciesInForce, _ merged: EffectivePolicy?) -> String {
        var json = JSONText()
        json.raw("{\"digest\":")
        json.string(inForce.digest)
        json.raw(",\"profiles\":")
        json.strings(inForce.profiles)
        list("files", inForce.files, into: &json) { file, json in
            members([("kind", file.kind.name), ("path", file.path)], into: &json)
            json.raw(",\"sha256\":")
            json.string(file.digest.hexadecimal)
        }
        if let merged {
            list("defaults", merged.defaults, into: &json) { standard, json in
                members(
                    [("subject", standard.subject), ("effect", standard.effect.name)], into: &json)
                json.raw(",\"origin\":")
                if let origin = standard.origin { json.string(origin) } else { json.raw("null") }
            }
            list("roles", merged.roles, into: &json) { role, json in
                members([("name", role.name), ("origin", role.origin ?? "")], into: &json)
                json.raw(",\"members\":")
                json.strings(role.members)
            }
            list("layers", merged.layers, into: &json) { layer, json in
                members([("kind", layer.kind.name), ("path", layer.path)], into: &json)
                json.raw(",\"profile\":")
                if let profile = layer.profile { json.string(profile) } else { json.raw("null") }
                list("require", layer.require, into: &json, write)
                list("rules", layer.rules, into: &json, write)
            }
        }
        json.raw("}\n")
        return json.text
    }

    private func write(_ rule: EffectivePolicy.RuleInForce, into json: inout JSONText) {
        members(
            [("id", rule.id), ("effect", rule.effect.name), ("origin", rule.origin)], into: &json)
        json.raw(",\"ended\":\(rule.hasEnded)")
        list("values", rule.values, into: &json, write)
    }

    private func write(_ value: EffectivePolicy.Value, into json: inout JSONText) {
        members([("key", value.key), ("origin", value.origin)], into: &json)
        json.raw(",\"value\":")
        json.raw(value.value)
    }

    private func members(_ members: [(String, String)], into json: inout JSONText) {
        for (index, member) in members.enumerated() {
            if index > 0 { json.raw(",") }
            json.string(member.0)
            json.raw(":")
            json.string(member.1)
        }
    }

    private func list<Element>(
        _ name: String, _ elements: [Element], into json: inout JSONText,
        _ write: (Element, inout JSONText) -> Void
    ) {
        json.raw(",")
        json.string(name)
        json.raw(":[")
        for (index, element) in elements.enumerated() {
            json.raw(index > 0 ? ",{" : "{")
            write(element, &json)
            json.raw("}")
        }
        json.raw("]")
    }
}
