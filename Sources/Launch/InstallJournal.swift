// What an install has got to, on disk before it happens, so that the next run can finish the work of
// one that was killed: STATE/installs/RECORD-ID, one JSON object a line, locked by its owner for as
// long as it lives. Lines are only added; a torn last one says nothing.
//
//     {"v":1,"project":"/p","id":"…","environments":["/p/.venv"]}      the stage may exist, and the
//                        environments may have their own programs back, or new ones
//     {"moves":[{"name":"node_modules","tree":true,"inode":"7","before":"5"}]}      renames may have begun
//     {"recorded":true}      the outcome is on record; only the stage is left

public import Audit
internal import Platform
internal import StrictJSON

/// The journal of a running install.
public struct InstallJournal: ~Copyable {
    private let file: Descriptor
    private let path: String
    private var length = 0

    private init(_ file: consuming Descriptor, at path: String) {
        self.file = file
        self.path = path
    }

    /// Begins a journal, before the stage is made.
    ///
    /// - Parameter environments: virtual environments that the install fills.
    public static func begin(
        of record: RecordID, project: String, filling environments: [String] = [],
        in state: String
    ) throws(StageFailure) -> InstallJournal {
        let path = "\(state)/installs/\(record.text)"
        var journal: InstallJournal
        do throws(SystemError) {
            try makeDirectory("\(state)/installs")
            journal = InstallJournal(try locked(path), at: path)
        } catch {
            throw StageFailure("\(path): \(error.reason)")
        }
        var line = JSONText()
        line.raw("{\"v\":1,\"project\":")
        line.string(project)
        line.raw(",\"id\":")
        line.string(record.text)
        line.raw(",\"environments\":[")
        for (index, path) in environments.enumerated() {
            if index > 0 { line.raw(",") }
            line.string(FilePath.resolved(path) ?? path)
        }
        line.raw("]}\n")
        try journal.write(line)
        return journal
    }

    private static func locked(_ path: String) throws(SystemError) -> Descriptor {
        let file = try Descriptor.open(path, .updating.creating)
        _ = try file.lock(.exclusive, deadline: 0)
        return file
    }

    /// Notes what is about to be moved.
    public mutating func note(_ moves: [StagedMove]) throws(StageFailure) {
        var line = JSONText()
        line.raw("{\"moves\":[")
        for (index, move) in moves.enumerated() {
            line.raw(index > 0 ? ",{\"name\":" : "{\"name\":")
            line.string(move.name)
            line.raw(",\"tree\":\(move.isTree),\"inode\":\"\(move.inode)\",\"before\":")
            line.string(move.before)
            line.raw("}")
        }
        line.raw("]}\n")
        try write(line)
    }

    /// Notes that the outcome is on record.
    public mutating func noteOutcome() {
        var line = JSONText()
        line.raw("{\"recorded\":true}\n")
        try? write(line)
    }

    private mutating func write(_ line: JSONText) throws(StageFailure) {
        let bytes = Array(line.text.utf8)
        do throws(SystemError) {
            try file.write(bytes, at: length)
            try file.syncData()
        } catch {
            throw StageFailure("\(path): \(error.reason)")
        }
        length += bytes.count
    }

    /// Ends the journal: nothing is left to be done.
    public consuming func end() { try? DirectoryEntry.remove(path) }
}

/// An install whose owner died.
public struct InterruptedInstall: Sendable {
    /// Its decision.
    public let record: RecordID
    /// The project it worked in.
    public let project: String
    /// Whether its outcome is still to be recorded.
    public let owesOutcome: Bool
    /// Whether the project has what was installed; else it is as it was before.
    public let isMovedIn: Bool
    /// Virtual environments that it filled, absolute.
    public let environments: [String]
}

extension InstallJournal {
    /// Finishes what killed installs have begun to move and removes their stages.
    ///
    /// - Parameter note: records the outcome of each; where that fails its journal stays.
    public static func recover(
        in state: String, noting note: (InterruptedInstall) -> Bool
    ) {
        for name in FilePath.names(in: "\(state)/installs") ?? [] {
            guard let id = RecordID(name) else { continue }
            let path = "\(state)/installs/\(name)"
            // Whoever holds the lock is alive and at work.
            guard let file = try? Descriptor.open(path, .updating),
                (try? file.lock(.exclusive, deadline: 0)) == true,
                let whole = try? WholeFile(path, limit: 1 << 22)
            else { continue }
            guard let left = Leftover(whole.bytes, id) else {
                // Killed before its first line was whole: there was no stage yet.
                try? DirectoryEntry.remove(path)
                continue
            }
            let stage = InstallStage.path(in: left.project, of: id)
            if let moves = left.moves {
                try? InstallStage.perform(moves, from: stage, to: left.project)
            }
            let interrupted = InterruptedInstall(
                record: id, project: left.project, owesOutcome: !left.isRecorded,
                isMovedIn: left.moves != nil, environments: left.environments)
            guard note(interrupted) else { continue }
            try? file.write(Array("{\"recorded\":true}\n".utf8), at: whole.bytes.count)
            InstallStage.remove(stage, in: left.project)
            // A tool that outlived its shim may still write there; the next run tries again.
            if FileStatus(unfollowed: stage) != nil { continue }
            try? DirectoryEntry.remove(path)
        }
    }

    /// What a journal says.
    private struct Leftover {
        let project: String
        let environments: [String]
        var moves: [StagedMove]?
        var isRecorded = false

        init?(_ bytes: [UInt8], _ id: RecordID) {
            var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            // What follows the last line feed is torn, or nothing.
            lines.removeLast()
            guard let first = lines.first, let head = try? JSON.parse(Array(first)),
                let project = head["project"]?.string, project.utf8.first == UInt8(ascii: "/"),
                head["id"]?.string.map({ $0.utf8.elementsEqual(id.text.utf8) }) == true
            else { return nil }
            self.project = project
            environments = (head["environments"]?.array ?? []).compactMap(\.string)
                .filter { $0.utf8.first == UInt8(ascii: "/") }
            for line in lines.dropFirst() {
                guard let json = try? JSON.parse(Array(line)) else { continue }
                if json["recorded"] != nil { isRecorded = true }
                guard let list = json["moves"]?.array else { continue }
                moves = list.compactMap { StagedMove($0) }
            }
        }
    }
}

extension StagedMove {
    /// Reads a move; nil where its name leads out of the project.
    fileprivate init?(_ json: JSON) {
        guard let name = json["name"]?.string, let before = json["before"]?.string,
            let inode = json["inode"]?.string.flatMap(UInt64.init)
        else { return nil }
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for part in parts where part.isEmpty || part.elementsEqual("..".utf8) { return nil }
        self.init(name: name, isTree: json["tree"]?.bool == true, inode: inode, before: before)
    }
}
