// A process that appends records, for tests that need many of them at once, or need to kill one.
//
//     audit-writer DIRECTORY COUNT [disk|kernel] [PATIENCE-MS] [SEGMENT-BYTES]
//
// After each append that succeeded it prints the record's id: that is where the real tool would
// start. It ends with 74 where an append fails, and says why.

import Audit
import GateCore
import Glibc
import Platform

func say(_ text: String, to number: Int32) {
    let bytes = Array((text + "\n").utf8)
    // Sound: the array lives for the call.
    _ = bytes.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let count = Int(arguments[2]) else {
    say("usage: audit-writer DIRECTORY COUNT [disk|kernel] [PATIENCE-MS] [SEGMENT-BYTES]", to: 2)
    exit(64)
}
let isDurable = arguments.count < 4 || arguments[3] != "kernel"
var log = AuditLog(directory: arguments[1], durability: isDurable ? .disk : .kernel)
if arguments.count >= 5, let patience = Int(arguments[4]) { log.patience = patience * 1_000_000 }
if arguments.count >= 6, let limit = Int(arguments[5]) { log.segmentLimit = limit }

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
        record.policy = .init(sha256: String(repeating: "a", count: 64), version: "1")
        say(try log.append(record).id.text, to: 1)
    } catch {
        say("audit-writer: \(error)", to: 2)
        exit(74)
    }
}
if count > 0 {
    say("\((Clock.monotonic - start) / max(1, count)) ns each", to: 2)
}
