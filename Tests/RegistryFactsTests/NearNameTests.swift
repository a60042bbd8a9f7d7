// Names that are nearly popular ones are told apart from popular ones and from all others.

import Lockfiles
import Testing

@testable import RegistryFacts

@Suite("Near-miss names")
struct NearNameTests {
    @Test(
        "a slip leads to the name that was meant",
        arguments: [
            (PackageEcosystem.npm, "expresss", "express"), (.npm, "lodahs", "lodash"),
            (.npm, "typscript", "typescript"), (.npm, "types-node", "@types/node"),
            (.npm, "@bable/core", "@babel/core"), (.npm, "Lo-Dash", "lodash"),
            (.pypi, "reqeusts", "requests"), (.pypi, "python_dateutill", "python-dateutil"),
            (.pypi, "scikitlearn", "scikit-learn"), (.gem, "rials", "rails"),
            (.cargo, "serde-jsn", "serde_json"), (.cargo, "tokoi", "tokio"),
        ])
    func slips(ecosystem: PackageEcosystem, name: String, meant: String) {
        #expect(nearName(name, in: ecosystem) == meant)
    }

    @Test(
        "a popular name is itself, and a name of its own is like none",
        arguments: [
            (PackageEcosystem.npm, "express"), (.npm, "preact"), (.npm, "react"),
            (.npm, "our-company-thing"), (.pypi, "requests"), (.pypi, "Python.DateUtil"),
            (.gem, "rails"), (.cargo, "serde"), (.nuget, "Newtonsoft.Jsno"), (.npm, "ab"),
            (.npm, ""), (.npm, "\u{212A}"),
        ])
    func others(ecosystem: PackageEcosystem, name: String) {
        #expect(nearName(name, in: ecosystem) == nil)
    }

    @Test(
        "distance counts insertions, deletions, substitutions and exchanges",
        arguments: [
            ("abcd", "abcd", 0), ("abcd", "abc", 1), ("abcd", "abdc", 1), ("abcd", "abxd", 1),
            ("abcd", "bacd", 1), ("abcd", "xabcdx", 2), ("abcd", "dcba", 3),
        ])
    func distances(left: String, right: String, expected: Int) {
        let measured = distance(Array(left.utf8), Array(right.utf8), 2)
        #expect(measured == min(expected, 3))
        #expect(distance(Array(right.utf8), Array(left.utf8), 2) == measured)
    }

    @Test("every popular name has the form that registries give it")
    func list() {
        for ecosystem in PackageEcosystem.allCases where ecosystem != .nuget {
            let names = popularNames(ecosystem).split { $0 == " " || $0 == "\n" }.map(String.init)
            #expect(names.count > 400)
            #expect(Set(names).count == names.count)
            for name in names { #expect(registryName(name, in: ecosystem) == name) }
        }
    }
}
