// The private copy in which an install works (docs/adr/0003): a directory on the project's own file
// system that holds what decides about the install, at the same relative places. What is made there
// is moved into the project when it has been judged, and only if the project still is what was
// copied.
//
// The project belongs to the agent. Nothing is made through a link of its own, and a manifest or a
// tree that is a link is refused rather than followed.

public import Audit
internal import Platform

/// Why an install cannot work on a copy.
public struct StageFailure: Error, Sendable {
    /// One clause without a full stop.
    public let reason: String

    public init(_ reason: String) { self.reason = reason }
}

/// A stage of one install.
public struct InstallStage: Sendable {
    /// The project, absolute.
    public let project: String
    /// The copy, absolute.
    public let path: String
    /// What was copied, and its digest; nil where there was nothing.
    private var copied: [(name: String, digest: Digest?)] = []

    /// The directory of all stages in a project.
    static let folder = ".shimgate/stage"

    /// Where the stage of a record lies.
    public static func path(in project: String, of record: RecordID) -> String {
        "\(project)/\(folder)/\(record.text)"
    }

    /// Makes an empty stage.
    public init(in project: String, of record: RecordID) throws(StageFailure) {
        self.project = project
        path = InstallStage.path(in: project, of: record)
        // Another install that ends may remove the folders in the moment in which we need them.
        for attempt in 0..<10 {
            do throws(SystemError) {
                try make()
                return
            } catch {
                guard error.isAbsence, attempt < 9 else {
                    // On a full disk a part of it may be there.
                    InstallStage.remove(path, in: project)
                    throw StageFailure("\(path) cannot be made: \(error.reason)")
                }
            }
        }
    }

    private func make() throws(SystemError) {
        for folder in [project + "/.shimgate", "\(project)/\(InstallStage.folder)"] {
            if FileStatus(unfollowed: folder) == nil { try Platform.makeDirectory(folder) }
            guard let status = FileStatus(unfollowed: folder), status.isDirectory,
                status.owner == effectiveUser
            else { throw SystemError("mkdir", errno: SystemError.notOurs.errno, path: folder) }
        }
        let ignoring = "\(project)/\(InstallStage.folder)/.gitignore"
        if FileStatus(unfollowed: ignoring) == nil {
            try DirectoryEntry.replace(ignoring, with: "*\n", mode: 0o600)
        }
        try Platform.makeDirectory(path)
    }

    /// Copies a file of the project to the same place, and remembers what it was.
    ///
    /// - Parameters:
    ///   - name: relative to the project.
    ///   - change: what is written instead of its bytes.
    /// - Returns: the bytes of the project's file; nil where there is none.
    @discardableResult
    public mutating func copy(
        _ name: String, changed change: ([UInt8]) -> [UInt8] = { $0 }
    ) throws(StageFailure) -> [UInt8]? {
        let source = "\(project)/\(name)"
        guard let status = FileStatus(unfollowed: source) else {
            copied.append((name, nil))
            return nil
        }
        guard status.isRegular else {
            throw StageFailure("\(source) is not a plain file, and a copy of it would replace it")
        }
        let file: WholeFile
        do throws(WholeFile.Failure) { file = try WholeFile(source, limit: 256 << 20) } catch {
            throw StageFailure("\(source): \(error.reason)")
        }
        try write(change(file.bytes), to: name, mode: status.mode & 0o777 | 0o600)
        copied.append((name, Digest(of: file.bytes)))
        return file.bytes
    }

    /// Writes a file of the stage.
    public func write(_ bytes: [UInt8], to name: String, mode: UInt32) throws(StageFailure) {
        do throws(SystemError) {
            try DirectoryTree.make(FilePath.parent("\(path)/\(name)"))
            try DirectoryEntry.replace("\(path)/\(name)", with: bytes, mode: mode)
        } catch {
            throw StageFailure("\(path) cannot be filled: \(error.reason)")
        }
    }

    /// Links to what the project has at the same place, where it has anything there.
    public func link(_ name: String) throws(StageFailure) {
        guard FileStatus("\(project)/\(name)") != nil else { return }
        try link(name, to: "\(project)/\(name)")
    }

    /// Links to all that a directory of the project holds but for what the stage has already.
    ///
    /// - Parameters:
    ///   - folder: relative to the project; empty for the project itself.
    ///   - isLeftOut: says which names get no link.
    public func linkAll(
        in folder: String, but isLeftOut: (String) -> Bool
    ) throws(StageFailure) {
        for name in FilePath.names(in: folder.isEmpty ? project : "\(project)/\(folder)") ?? [] {
            let inner = folder.isEmpty ? name : "\(folder)/\(name)"
            if name.utf8.elementsEqual(".shimgate".utf8) || isLeftOut(name) { continue }
            if FileStatus(unfollowed: "\(path)/\(inner)") == nil { try link(inner) }
        }
    }

    /// Keeps files of the project as they are, so that putting them back needs no space.
    public func keep(_ names: [String]) throws(StageFailure) {
        for name in names {
            let file = "\(project)/\(name)"
            guard let status = FileStatus(unfollowed: file) else { continue }
            let bytes: [UInt8]
            do throws(WholeFile.Failure) {
                bytes = try WholeFile(file, limit: 256 << 20).bytes
            } catch {
                throw StageFailure("\(file): \(error.reason)")
            }
            try write(bytes, to: "\(InstallStage.kept)/\(name)", mode: status.mode & 0o777)
        }
    }

    /// Puts files back that were kept, and removes those that were not there.
    public func restore(_ names: [String]) {
        for name in names {
            let (file, before) = ("\(project)/\(name)", "\(path)/\(InstallStage.kept)/\(name)")
            if FileStatus(unfollowed: before) == nil {
                try? DirectoryEntry.remove(file)
            } else {
                try? DirectoryTree.move(before, to: file)
            }
        }
    }

    private static let kept = ".shimgate-before"

    /// Makes a link in the stage.
    public func link(_ name: String, to target: String) throws(StageFailure) {
        do throws(SystemError) {
            try DirectoryTree.make(FilePath.parent("\(path)/\(name)"))
            try DirectoryEntry.link("\(path)/\(name)", to: target)
        } catch {
            throw StageFailure("\(path) cannot be filled: \(error.reason)")
        }
    }

    /// Makes a directory of the stage.
    public func makeDirectory(named name: String) throws(StageFailure) {
        do throws(SystemError) { try DirectoryTree.make("\(path)/\(name)") } catch {
            throw StageFailure("\(path) cannot be filled: \(error.reason)")
        }
    }

    /// The bytes of a file of the stage; nil where there is none to read.
    public func bytes(of name: String) -> [UInt8]? {
        (try? WholeFile("\(path)/\(name)", limit: 256 << 20))?.bytes
    }

    /// A file of the project that is no longer what was copied; nil where there is none.
    public func changedSince() -> String? {
        for (name, digest) in copied where now(name) != digest { return name }
        return nil
    }

    private func now(_ name: String) -> Digest? {
        (try? WholeFile("\(project)/\(name)", limit: 256 << 20)).map { Digest(of: $0.bytes) }
    }

    /// What has to be moved so that the project is what the stage is: trees first, then the files
    /// that were changed.
    ///
    /// - Parameters:
    ///   - trees: directories that are exchanged; one that the stage lacks is emptied.
    ///   - files: files that may have changed, in the order in which they are moved.
    public func moves(
        trees: [String], files: [String]
    ) throws(StageFailure) -> [StagedMove] {
        var moves: [StagedMove] = []
        for tree in trees {
            let target = FileStatus(unfollowed: "\(project)/\(tree)")
            if let target, !target.isDirectory {
                throw StageFailure("\(project)/\(tree) is not a plain directory")
            }
            if FileStatus(unfollowed: "\(path)/\(tree)") == nil {
                if target == nil { continue }
                try makeDirectory(named: tree)
            }
            guard let made = FileStatus(unfollowed: "\(path)/\(tree)"), made.isDirectory else {
                throw StageFailure("\(path)/\(tree) is not a directory")
            }
            if let target, target.device != made.device {
                throw StageFailure(
                    "\(project)/\(tree) is on another file system than the project")
            }
            let isEmpty = (FilePath.names(in: "\(path)/\(tree)") ?? []).isEmpty
            if target == nil, isEmpty { continue }
            moves.append(
                StagedMove(
                    name: tree, isTree: true, inode: made.inode,
                    before: StagedMove.text(of: target)))
        }
        for name in files {
            guard let made = FileStatus(unfollowed: "\(path)/\(name)"), made.isRegular,
                let bytes = bytes(of: name)
            else { continue }
            let before = copied.first { $0.name.utf8.elementsEqual(name.utf8) }?.digest
            if before == Digest(of: bytes) { continue }
            guard FileStatus(FilePath.parent("\(project)/\(name)")) != nil else { continue }
            moves.append(
                StagedMove(
                    name: name, isTree: false, inode: made.inode,
                    before: StagedMove.text(of: before ?? nil)))
        }
        return moves
    }

    /// Moves what is not moved yet. Doing it again after a death in between finishes it.
    static func perform(
        _ moves: [StagedMove], from stage: String, to project: String
    ) throws(SystemError) {
        for move in moves {
            let (made, target) = ("\(stage)/\(move.name)", "\(project)/\(move.name)")
            if FileStatus(unfollowed: target)?.inode == move.inode { continue }
            if move.isTree { try DirectoryTree.finish(target) }
            guard move.isMeant(for: target) else { continue }
            guard FileStatus(unfollowed: made)?.inode == move.inode else { continue }
            if move.isTree {
                try DirectoryTree.put(made, at: target)
            } else {
                try DirectoryTree.move(made, to: target)
            }
        }
    }

    /// Moves the install into the project.
    public func perform(_ moves: [StagedMove]) throws(StageFailure) {
        do throws(SystemError) {
            try InstallStage.perform(moves, from: path, to: project)
        } catch {
            throw StageFailure(error.description)
        }
    }

    /// Removes a stage, and the folders of stages where it was the last one.
    public static func remove(_ path: String, in project: String) {
        try? DirectoryTree.remove(path)
        let folder = "\(project)/\(InstallStage.folder)"
        let others = FilePath.names(in: folder) ?? []
        guard others.allSatisfy({ $0.utf8.elementsEqual(".gitignore".utf8) }),
            let parent = try? Descriptor.open(project + "/.shimgate", .directory),
            let stages = try? parent.open(name: "stage", .directory)
        else { return }
        try? stages.remove(".gitignore")
        parent.removeDirectory("stage")
        guard let top = try? Descriptor.open(project, .directory) else { return }
        top.removeDirectory(".shimgate")
    }

    /// Removes this stage.
    public func remove() { InstallStage.remove(path, in: project) }
}

/// Something that the stage has and the project gets.
public struct StagedMove: Sendable, Equatable {
    /// Relative to both.
    public let name: String
    /// Whether it is a directory that is exchanged; else a file that replaces.
    public let isTree: Bool
    /// Of what is moved: where the project's has it, the move is done.
    public let inode: UInt64
    /// What the project had in its place: a tree's inode, a file's digest; empty for nothing.
    let before: String

    /// Whether the project still has in its place what it had.
    func isMeant(for target: String) -> Bool {
        let status = FileStatus(unfollowed: target)
        let now: String
        if isTree {
            // Whoever died between two renames has left nothing in its place.
            if status == nil { return true }
            now = StagedMove.text(of: status)
        } else {
            let file = try? WholeFile(target, limit: 256 << 20)
            now = StagedMove.text(of: file.map { Digest(of: $0.bytes) })
        }
        return now.utf8.elementsEqual(before.utf8)
    }

    static func text(of tree: FileStatus?) -> String { tree.map { "\($0.inode)" } ?? "" }

    static func text(of file: Digest?) -> String { file.map(\.hexadecimal) ?? "" }
}
