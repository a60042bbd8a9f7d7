// A process that appends records, for tests that need many of them at once, or need to kill one, and
// for measuring.
//
//     audit-writer DIRECTORY COUNT [disk|kernel|quiet|quiet-kernel|signed] [PATIENCE-MS] [BYTES]
//     audit-writer verify FILE links|all|tree THREADS
//     audit-writer attack FILE CHECKPOINT KEY
//
// After each append that succeeded the first prints the record's id, unless it is to be quiet: that is
// where the real tool would start. `signed` ends with a checkpoint over everything. It exits 74 where
// an append fails, and says why. The second verifies with as many threads: hashes and links, all of a
// line's structure, or the tree as well. The third cuts the file at every offset, changes every byte
// and removes and swaps lines, and expects the verifier to see each of it.

import Audit
import GateCore
import Glibc
import Platform

func say(_ text: String, to number: Int32) {
    let bytes = Array((text + "\n").utf8)
    // Sound: the array lives for the call.
    _ = bytes.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
}

func appendRecords(_ arguments: [String], _ count: Int) -> Int32 {
    let mode = arguments.count < 4 ? "disk" : arguments[3]
    let isDurable = mode == "disk" || mode == "quiet"
    let isQuiet = mode.hasPrefix("quiet")
    var log = AuditLog(directory: arguments[1], durability: isDurable ? .disk : .kernel)
    if arguments.count >= 5, let patience = Int(arguments[4]) {
        log.patience = patience * 1_000_000
    }
    if arguments.count >= 6, let limit = Int(arguments[5]) { log.segmentLimit = limit }
    let isSigned = mode == "signed"
    if isSigned, (try? log.beginWithKey()) == nil { return 74 }
    let policy = DecisionRecord.Policy(sha256: String(repeating: "a", count: 64), version: "1")
    let start = Clock.monotonic
    for step in 0..<count {
        do {
            var record = try DecisionRecord(
                action: "shell.exec", tool: "npm", operation: "query",
                command: "npm view left-pad@\(step)",
                argv: DecisionRecord.Argument.recorded(
                    [Array("npm".utf8), Array("view".utf8), Array("left-pad@\(step)".utf8)],
                    tool: "npm"),
                effect: "allow")
            record.cwd = "/home/user/project"
            record.rule = "allow-query"
            record.policy = policy
            let appended = try log.append(record)
            if !isQuiet { say(appended.id.text, to: 1) }
        } catch {
            say("audit-writer: \(error)", to: 2)
            return 74
        }
    }
    if isSigned, (try? log.checkpoint()) == nil { return 74 }
    if count > 0 {
        say("\((Clock.monotonic - start) / max(1, count)) ns each", to: 2)
    }
    return 0
}

func verify(_ arguments: [String]) -> Int32 {
    guard arguments.count == 5, let threads = Int(arguments[4]) else { return usage() }
    let found = Measuring.verify(
        arguments[2], isStructureWanted: arguments[3] != "links",
        isTreeWanted: arguments[3] == "tree",
        threads: threads)
    say(found.summary, to: 1)
    return found.exitCode(acceptingUnanchored: true)
}

func attack(_ arguments: [String]) -> Int32 {
    guard arguments.count == 5, let whole = try? WholeFile(arguments[2], limit: 1 << 24).bytes,
        let note = try? WholeFile(arguments[3], limit: 1 << 16).bytes,
        let key = try? WholeFile(arguments[4], limit: 1 << 16).bytes,
        let checkpoint = try? VerificationKey(String(decoding: key, as: UTF8.self)).checkpoint(
            in: note)
    else { return usage() }
    let path = arguments[2] + ".attacked"
    var attacks = 0
    var missed = 0
    func expectFound(_ name: String) {
        attacks += 1
        let found = Verifier.verify(path, checkpoint: checkpoint)
        if found.exitCode(acceptingUnanchored: true) == 1 { return }
        missed += 1
        say("missed: \(name): \(found.summary)", to: 2)
    }
    func put(_ bytes: some Collection<UInt8>) {
        if (try? DirectoryEntry.replace(path, with: Array(bytes), mode: 0o600)) == nil {
            missed += 1
        }
    }
    put(whole)
    let file = open(path, O_RDWR | O_CLOEXEC)
    for size in stride(from: whole.count - 1, through: 0, by: -1) {
        ftruncate(file, size)
        expectFound("cut at \(size)")
    }
    put(whole)
    let again = open(path, O_RDWR | O_CLOEXEC)
    var random = UInt64(arguments[2].utf8.count) &* 0x9E37_79B9_7F4A_7C15
    for place in whole.indices {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var byte = whole[place] ^ UInt8(1 + (random >> 40) % 255)
        pwrite(again, &byte, 1, place)
        expectFound("byte \(place) is \(byte)")
        byte = whole[place]
        pwrite(again, &byte, 1, place)
    }
    let lines = whole.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    func join(_ lines: some Sequence<ArraySlice<UInt8>>) -> [UInt8] {
        lines.flatMap { Array($0) + [0x0A] }
    }
    for index in lines.indices {
        var fewer = lines
        fewer.remove(at: index)
        put(join(fewer))
        expectFound("without line \(index + 1)")
        for other in [index + 1, index + 17] where other < lines.endIndex {
            var swapped = lines
            swapped.swapAt(index, other)
            put(join(swapped))
            expectFound("lines \(index + 1) and \(other + 1) swapped")
        }
    }
    close(file)
    close(again)
    unlink(path)
    say("\(attacks) attacks, \(missed) missed", to: 1)
    return missed == 0 ? 0 : 1
}

func usage() -> Int32 {
    say("usage: audit-writer DIRECTORY COUNT [disk|kernel|quiet|quiet-kernel] [PATIENCE-MS]", to: 2)
    return 64
}

let arguments = CommandLine.arguments
if arguments.count > 2, arguments[1] == "verify" {
    exit(verify(arguments))
} else if arguments.count > 2, arguments[1] == "attack" {
    exit(attack(arguments))
} else if arguments.count >= 3, let count = Int(arguments[2]) {
    exit(appendRecords(arguments, count))
}
exit(usage())
