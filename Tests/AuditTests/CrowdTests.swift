// Many processes, killed processes, full disks and strangers who write without asking.
// The rule in all of them: an id that was printed stands for a tool that ran, so its record has to
// be there.

import Foundation
import Testing

@testable import Audit

@Suite(.serialized) struct CrowdTests {
    @Test func `64 processes leave one linear chain`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let script = """
            for i in $(seq 64); do "$1" "$2" 200 kernel 60000 & done; wait
            """
        let ending = try run("/bin/sh", ["-c", script, "sh", writer, folder.path])
        let ids = ending.output.split(separator: "\n")
        #expect(ids.count == 12_800, "\(ending.complaint)")
        let found = folder.verify()
        #expect(found.summary == "intact, unanchored")
        #expect(found.records == 12_801)
        try expectRecorded(ids, in: folder)
    }

    @Test func `no kill loses a record of a tool that ran`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        // Each round kills four writers somewhere in their work.
        let script = """
            for round in $(seq 25); do
                for i in 1 2 3 4; do "$1" "$2" 100000 kernel 2>/dev/null & pids="$pids $!"; done
                sleep 0.0$((round % 9 + 1))
                kill -9 $pids; wait $pids; pids=
            done 2>/dev/null
            """
        let ending = try run("/bin/bash", ["-c", script, "bash", writer, folder.path])
        // A kill can cut the last line that a writer printed.
        let ids = ending.output.split(separator: "\n").filter { $0.utf8.count == 36 }
        #expect(ids.count > 100)
        try folder.log.append(sample())
        let found = folder.verify()
        #expect(found.exitCode() == 3, "\(found.summary)")
        #expect(!found.hasTornTail)
        try expectRecorded(ids, in: folder)
    }

    @Test func `strangers' lines between ours cost no record`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let script = """
            "$1" "$2" 300 kernel & writer=$!
            while kill -0 $writer 2>/dev/null; do echo stranger; sleep 0.001; done >>"$2/audit.jsonl"
            wait $writer
            """
        let ending = try run("/bin/bash", ["-c", script, "bash", writer, folder.path])
        let ids = ending.output.split(separator: "\n")
        try folder.log.append(sample())
        let found = folder.verify()
        guard case .tampered(.foreign) = found.verdict else {
            Issue.record("\(found.summary)")
            return
        }
        // Every id is in a record that belongs to the chain, and in one only.
        #expect(ids.count == 300, "\(ending.complaint)")
        try expectRecorded(ids, in: folder)
        #expect(found.lastNumber == found.records)
    }

    @Test func `verify finds no fault while a writer appends`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: writer)
        process.arguments = [folder.path, "400", "kernel"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try start(process)
        var verdicts: Set<String> = []
        while process.isRunning { verdicts.insert(folder.verify().summary) }
        #expect(verdicts.subtracting(["intact, unanchored"]) == [])
        #expect(folder.verify().records == 402)
    }

    @Test func `a file size limit is exit 74, and the next writer recovers`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        // Records are of much the same length, so this one puts the limit inside a later one.
        try folder.log.append(sample("npm view " + String(repeating: "x", count: 400)))
        let script = "ulimit -f 8; exec \"$1\" \"$2\" 100 kernel"
        let ending = try run("/bin/bash", ["-c", script, "bash", writer, folder.path])
        #expect(ending.status == 74)
        #expect(ending.complaint.contains("could not be written"))
        try folder.log.append(sample())
        #expect(folder.verify().summary == "intact, unanchored; recovered gap")
        try expectRecorded(ending.output.split(separator: "\n"), in: folder)
    }

    @Test func `a recovery that is itself cut short stays benign`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let size = try Data(contentsOf: URL(fileURLWithPath: folder.logFile)).count
        // The fragment ends 40 bytes before the limit, so the gap record does not fit.
        try folder.smuggle(String(repeating: "x", count: 8 * 1_024 - 40 - size))
        let script = "ulimit -f 8; exec \"$1\" \"$2\" 1 kernel"
        for _ in 0..<2 {
            let ending = try run("/bin/bash", ["-c", script, "bash", writer, folder.path])
            #expect(ending.status == 74)
        }
        #expect(try folder.lines().count == 4)
        try folder.log.append(sample())
        #expect(folder.verify().summary == "intact, unanchored; recovered gap")
    }

    @Test(.enabled(if: geteuid() == 0, "mounting takes root"))
    func `a full disk and a read-only one are exit 74`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let script = """
            mount -t tmpfs -o size=32k,mode=0700 none "$2" || exit 99
            "$1" "$2" 1000 disk >"$3" 2>&1; echo "full $?"
            mount -o remount,size=1m "$2"
            "$1" "$2" 1 disk >>"$3" 2>&1; echo "larger $?"
            mount -o remount,ro "$2"
            "$1" "$2" 1 disk >>"$3" 2>&1; echo "read-only $?"
            cp "$2/audit.jsonl" "$4"
            """
        let outside = try Scratch()
        defer { outside.remove() }
        let ending = try run(
            "/usr/bin/unshare",
            [
                "-m", "/bin/sh", "-c", script, "sh", writer, folder.path, outside.file("ids"),
                outside.logFile,
            ])
        // A container may forbid mounting to its root.
        if ending.status == 99 || ending.output.isEmpty { return }
        #expect(ending.output == "full 74\nlarger 0\nread-only 74\n")
        let found = Verifier.verify(outside.logFile)
        #expect(found.summary.hasPrefix("intact, unanchored"), "\(found.summary)")
        let printed = try String(contentsOfFile: outside.file("ids"), encoding: .utf8)
        try expectRecorded(
            printed.split(separator: "\n").filter { $0.utf8.count == 36 }, in: outside)
    }

    static let hasPerl =
        (try? run("/usr/bin/perl", ["-MDigest::SHA", "-e", "1"]).status) == 0

    @Test(.enabled(if: hasPerl, "perl with Digest::SHA"))
    func `the one-liner of the documentation agrees`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for step in 0..<20 { try folder.log.append(sample("npm view \u{2028}\u{7F}x\(step)")) }
        let program = #"""
            BEGIN{$p="0"x64} chomp; /^(\{"v":1,"seq":(\d+),.*,"prev":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})"\}$/ && $2==$. && $3 eq $p && sha256_hex($1) eq $4 or die "BREAK line $.\n"; $p=$4; END{print "$. $p\n"}
            """#
        let arguments = ["-MDigest::SHA=sha256_hex", "-ne", program, folder.logFile]
        let good = try run("/usr/bin/perl", arguments)
        #expect(good.output == "21 \(folder.verify().lastHash.hexadecimal)\n")
        try folder.smuggle("{}\n")
        #expect(try run("/usr/bin/perl", arguments).complaint.contains("BREAK line 22"))
    }

    /// Each id stands in exactly one decision that the chain holds.
    private func expectRecorded(_ ids: [Substring], in folder: Scratch) throws {
        var count: [Substring: Int] = [:]
        for line in try folder.lines() {
            guard let start = line.range(of: ",\"id\":\"")?.upperBound else { continue }
            count[line[start...].prefix(36), default: 0] += 1
        }
        let missing = ids.filter { count[$0] == nil }
        #expect(missing == [], "\(missing.count) of \(ids.count)")
    }
}
