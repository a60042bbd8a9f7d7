// Directories for tests, and the small programs that tests start.
// A test owns its directory and removes it; nothing is shared between tests.
// Programs get two minutes and a clean signal mask.

import Foundation
import Testing

@testable import Audit

/// A directory of our own that a test removes at its end.
struct Scratch {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/audit-test-XXXXXX\0").utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var log: AuditLog { AuditLog(directory: path, durability: .kernel) }
    var logFile: String { file(AuditLog.logName) }
    var lockFile: String { file(AuditLog.lockName) }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The log's lines.
    func lines() throws -> [String] {
        let text = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: logFile)), as: UTF8.self)
        return text.split(separator: "\n").map(String.init)
    }

    /// Adds bytes to the log as somebody who does not lock.
    func smuggle(_ text: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: logFile))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    func verify() -> Verification { Verifier.verify(logFile, lockPath: lockFile) }

    /// Verifies all segments.
    func verifyAll() -> Verification { Verifier.verify(directory: path) }

    /// The paths of the segments, in order.
    var segments: [String] { ChainFiles(directory: path).segments.map(\.path) }

    func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func write(_ bytes: some Sequence<UInt8>, _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}

/// A decision for tests.
func sample(_ command: String = "npm view left-pad") throws -> DecisionRecord {
    try DecisionRecord(
        action: "shell.exec", tool: "npm", operation: "query", command: command,
        argv: command.split(separator: " ").map { .text(String($0)) }, effect: "allow")
}

/// A program's answer.
struct Ending {
    let status: Int32
    let output: String
    let complaint: String
}

/// Runs a program and waits for it, two minutes at most.
func run(_ program: String, _ arguments: [String]) throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["120", program] + arguments
    let output = Pipe()
    let complaint = Pipe()
    process.standardOutput = output
    process.standardError = complaint
    process.standardInput = FileHandle.nullDevice
    try start(process)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let words = complaint.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ending(
        status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
        complaint: String(decoding: words, as: UTF8.self))
}

/// Starts a process that takes signals. Threads of the test runner block most of them, and a shell
/// that inherits a blocked SIGCHLD waits for its children for ever.
func start(_ process: Process) throws {
    var nothing = sigset_t()
    var before = sigset_t()
    sigemptyset(&nothing)
    pthread_sigmask(SIG_SETMASK, &nothing, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
}

/// The executable `audit-writer`, which is built beside the tests.
var writer: String {
    let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
    let folder = bundle.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    let own = (CommandLine.arguments.first ?? "") as NSString
    return "\(folder ?? own.deletingLastPathComponent)/audit-writer"
}
