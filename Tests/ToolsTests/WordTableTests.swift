// The laws of word tables: searching by halves needs them in order.

import GateCore
import Testing

@testable import Tools

@Suite struct WordTableTests {
    static let tables: [(name: String, table: WordTable)] = [
        ("npm words", NpmTables.words), ("npm options", NpmTables.options),
        ("npm shorthands", NpmTables.shorthands), ("pnpm words", PnpmTables.words),
        ("pnpm options", PnpmTables.options), ("pnpm members", PnpmTables.members),
        ("pnpm shorthands", PnpmTables.shorthands),
        ("pnpm command shorthands", PnpmTables.commandShorthands),
        ("npm operations", NpmCommands.operations), ("npm subcommands", NpmCommands.subcommands),
        ("npm harmless settings", NpmCommands.harmlessSettings),
        ("pnpm operations", PnpmCommands.operations),
        ("pnpm subcommands", PnpmCommands.subcommands),
    ]

    @Test("names are in byte order", arguments: tables.map(\.name))
    func order(_ name: String) throws {
        let table = try #require(Self.tables.first { $0.name == name }).table
        let names = table.entries.map(\.name)
        #expect(names.count > 3)
        #expect(names == names.sorted())
    }

    @Test("every name is found, and no other", arguments: tables.map(\.name))
    func search(_ name: String) throws {
        let table = try #require(Self.tables.first { $0.name == name }).table
        let entries = table.entries
        for entry in entries {
            let payloads = entries.filter { $0.name == entry.name }.map(\.payload)
            #expect(table.payloads(of: entry.name) == payloads)
            let longer = Word(entry.name.text + "~")
            #expect(table.payload(of: longer) == nil)
            let prefix = entry.name.prefix(max(1, entry.name.count - 2))
            #expect(
                table.entries(startingWith: prefix) == entries.filter { $0.name.hasPrefix(prefix) })
        }
        #expect(table.payload(of: "") == nil)
        #expect(table.payload(of: "~~~") == nil)
    }
}
