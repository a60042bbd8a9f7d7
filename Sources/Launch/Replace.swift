// Becoming the real tool. The environment is edited here and nowhere else; everything of ours is
// close-on-exec, so the tool gets the caller's descriptors, working directory, umask and signals.

public import Audit
public import GateCore
internal import Glibc
internal import Platform

/// Why the real tool did not start.
public struct LaunchFailure: Error, Sendable {
    /// The errno of execve.
    public let code: Int32
    /// 127 where the program is not there, 126 where it cannot be executed.
    public var exitCode: Int32 { code == ENOENT ? 127 : 126 }

    public init(code: Int32) { self.code = code }
}

/// Starts real tools in place of this process.
public enum Launcher {
    /// Becomes what the recorded plan says. Returns only where that failed.
    public static func replace(_ recorded: consuming RecordedPlan, hops: Hops) -> LaunchFailure {
        let plan = recorded.plan
        var environment = plan.replaced
        environment.append(.init(name: Hops.variable, value: hops.value))
        return start(
            plan.program, as: plan.calledAs, plan.arguments.map { $0.text },
            removing: plan.removed, adding: environment)
    }

    /// Becomes another executable of this installation, or one that it was started for, environment
    /// untouched. Returns only where that failed.
    public static func become(
        _ program: String, _ arguments: [String], calledAs name: String? = nil
    ) -> LaunchFailure {
        start(program, as: name ?? program, arguments, removing: [], adding: [])
    }

    /// Becomes an interpreter that runs no managed module: not a decision, so there is no record.
    /// The arguments are the caller's own bytes. Returns only where that failed.
    public static func passThrough(
        _ program: String, as name: String, removing: [Word], adding: [Environment.Entry],
        hops: Hops
    ) -> LaunchFailure {
        let raw = ProcessInput.rawArguments
        guard let first = strdup(name) else { return LaunchFailure(code: ENOMEM) }
        // argv is ours to change until execve copies it; only its first pointer is replaced.
        raw[0] = first
        var added = adding
        added.append(.init(name: Hops.variable, value: hops.value))
        return start(program, raw, environment(removing: removing, adding: added))
    }

    private static func start(
        _ program: String, as name: String, _ arguments: [String], removing: [Word],
        adding: [Environment.Entry]
    ) -> LaunchFailure {
        var words: [UnsafeMutablePointer<CChar>?] = [strdup(name)]
        words.reserveCapacity(arguments.count + 2)
        for argument in arguments { words.append(strdup(argument)) }
        if words.contains(where: { $0 == nil }) { return LaunchFailure(code: ENOMEM) }
        words.append(nil)
        let environment = environment(removing: removing, adding: adding)
        return words.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return LaunchFailure(code: EINVAL) }
            return start(program, base, environment)
        }
    }

    private static func start(
        _ program: String, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        _ environment: [UnsafeMutablePointer<CChar>?]
    ) -> LaunchFailure {
        // Both lists are NULL-terminated and live until execve, which copies them.
        execve(program, arguments, environment)
        guard errno == ENOEXEC else { return LaunchFailure(code: errno) }
        // A script without "#!" is run by the shell, as execvp(3) does.
        var shell: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sh"), strdup(program)]
        var index = 1
        while let argument = arguments[index] {
            shell.append(argument)
            index += 1
        }
        shell.append(nil)
        execve("/bin/sh", shell, environment)
        return LaunchFailure(code: errno)
    }

    /// The caller's variables in order, byte for byte, without the removed ones, then the added.
    static func environment(
        removing: [Word], adding: [Environment.Entry]
    ) -> [UnsafeMutablePointer<CChar>?] {
        var kept: [UnsafeMutablePointer<CChar>?] = []
        kept.reserveCapacity(64)
        if let raw = ProcessInput.rawEnvironment {
            var index = 0
            while let entry = raw[index] {
                index += 1
                if !isNamed(entry, removing, adding) { kept.append(entry) }
            }
        }
        for entry in adding { kept.append(strdup(entry.name.text + "=" + entry.value.text)) }
        kept.append(nil)
        return kept
    }

    private static func isNamed(
        _ entry: UnsafeMutablePointer<CChar>, _ removing: [Word], _ adding: [Environment.Entry]
    ) -> Bool {
        guard let equals = strchr(entry, Int32(UInt8(ascii: "="))) else { return true }
        // The same repair as in `ProcessInput.environment`, so that names meet their edits.
        let name = Word(
            String(
                decoding: UnsafeRawBufferPointer(start: entry, count: entry.distance(to: equals)),
                as: UTF8.self))
        for removed in removing where removed == name { return true }
        for added in adding where added.name == name { return true }
        return false
    }
}
