// What stands in the way of installs after one has brought something else than its lockfile said:
// one file for each project or task, STATE/drift/DIGEST-OF-KEY. Only a person takes it away
// (`shimgate deps clear`). A task's label may be the caller's own word, so the project is marked too.

public import Audit
internal import Platform
internal import StrictJSON

/// A mark.
public struct DriftMark: Sendable, Equatable {
    /// `project /path` or `task NAME`.
    public let subject: String
    /// The decision of the install that drifted.
    public let record: String
    /// What was different, one clause.
    public let reason: String
}

/// The marks of an installation's user.
public struct DriftMarks: Sendable {
    private let directory: String

    /// The marks in a state directory.
    public init(in state: String) { directory = state + "/drift" }

    /// The keys of a line, as marks are found by.
    public static func subjects(project: String, task: String?) -> [String] {
        ["project \(project)"] + (task.map { ["task \($0)"] } ?? [])
    }

    /// The first mark on one of the subjects.
    public func first(on subjects: [String]) -> DriftMark? {
        for subject in subjects {
            let path = path(of: subject)
            guard FileStatus(unfollowed: path) != nil else { continue }
            // One that cannot be read still is a mark.
            return mark(at: path)
                ?? DriftMark(subject: subject, record: "", reason: "an install drifted")
        }
        return nil
    }

    /// Marks the subjects.
    public func add(
        on subjects: [String], record: RecordID, reason: String
    ) throws(StageFailure) {
        do throws(SystemError) {
            try makeDirectory(directory)
            for subject in subjects {
                var text = JSONText()
                text.raw("{\"subject\":")
                text.string(subject)
                text.raw(",\"record\":")
                text.string(record.text)
                text.raw(",\"reason\":")
                text.string(reason)
                text.raw("}\n")
                try DirectoryEntry.replace(path(of: subject), with: text.text, mode: 0o600)
            }
        } catch {
            throw StageFailure(error.description)
        }
    }

    /// All marks.
    public func all() -> [DriftMark] {
        (FilePath.names(in: directory) ?? []).compactMap { mark(at: "\(directory)/\($0)") }
    }

    /// Takes a mark away.
    public func remove(_ mark: DriftMark) throws(StageFailure) {
        do throws(SystemError) { try DirectoryEntry.remove(path(of: mark.subject)) } catch {
            throw StageFailure(error.description)
        }
    }

    private func path(of subject: String) -> String {
        "\(directory)/\(Digest(of: Array(subject.utf8)).hexadecimal)"
    }

    private func mark(at path: String) -> DriftMark? {
        guard let file = try? WholeFile(path, limit: 1 << 16),
            let json = try? JSON.parse(file.bytes), let subject = json["subject"]?.string,
            let record = json["record"]?.string, let reason = json["reason"]?.string
        else { return nil }
        return DriftMark(subject: subject, record: record, reason: reason)
    }
}
