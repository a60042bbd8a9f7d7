// A writer that is killed before and after each of its system calls. Whatever it had printed stands
// for a tool that ran, so its record has to be there; and the next writer goes on as if nothing were.

import Foundation
import Testing

@testable import Audit

@Suite(.serialized) struct SyscallTests {
    /// How the directory is before the writer that is killed.
    enum Start: CaseIterable {
        case nothing, chain, torn, behind, full

        func prepare(_ folder: Scratch) throws {
            if self == .nothing { return }
            try folder.log.append(sample())
            switch self {
            case .nothing, .chain: break
            case .torn: try folder.smuggle("{\"v\":1,\"seq\":3,\"type\":\"deci")
            case .behind:
                let page = try folder.bytes(folder.lockFile)
                try folder.log.append(sample())
                try folder.write(page, folder.lockFile)
            case .full:
                try folder.log.append(sample("npm view " + String(repeating: "x", count: 400)))
            }
        }

        /// Bytes of a segment; that of `full` is reached.
        var limit: String { self == .full ? "1000" : "1000000" }
    }

    static let canTrace =
        (try? run(killer, ["999999", "/nonexistent", "/bin/true"]).status) == 1

    @Test(.enabled(if: canTrace, "ptrace is not allowed here"), arguments: Start.allCases)
    func `a kill at any system call is recovered from`(start: Start) throws {
        var stop = 1
        while true {
            let folder = try Scratch()
            defer { folder.remove() }
            try start.prepare(folder)
            let before = folder.verifyAll().records
            let ending = try run(
                killer,
                ["\(stop)", folder.path, writer, folder.path, "1", "disk", "5000", start.limit])
            let ids = ending.output.split(separator: "\n").filter { $0.utf8.count == 36 }
            try folder.log.append(sample("npm view after"))
            let found = folder.verifyAll()
            let place = "\(start), stop \(stop): \(found.summary)"
            #expect(found.exitCode() == 3 && !found.hasTornTail, "\(place)")
            #expect(found.records > before, "\(place)")
            let text = try folder.segments.map {
                String(decoding: try folder.bytes($0), as: UTF8.self)
            }.joined()
            for id in ids { #expect(text.contains("\"id\":\"\(id)\""), "\(place)") }
            #expect(text.contains("npm view after"), "\(place)")
            #expect(!text.contains("\"foreign\""), "\(place)")
            if ending.status != 0 {
                #expect(ending.status == 1, "\(ending.complaint)")
                #expect(ids.count == 1)
                break
            }
            stop += 1
        }
        #expect(stop > 30)
    }
}

/// The executable `syscall-killer`, which is built beside the tests.
private var killer: String {
    (writer as NSString).deletingLastPathComponent + "/syscall-killer"
}
