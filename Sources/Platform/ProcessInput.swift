// What the kernel handed to this process: argv, environment, working directory, identity.
//
// argv is taken as bytes, because `CommandLine.arguments` repairs what is not UTF-8 and the bytes
// judged must be the bytes forwarded.

internal import CLinux
public import GateCore
internal import Glibc

/// The process's own arguments and environment, as the kernel gave them.
public enum ProcessInput {
    /// argv from the name that was called, NULL-terminated; valid for the life of the process.
    public static var rawArguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        kernelArguments + leadingWords
    }

    /// argv as the kernel gave it.
    private static var kernelArguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        var count: Int32 = 0
        return clinux_arguments(&count)
    }

    /// How many arguments there are, argv[0] included.
    private static var argumentCount: Int {
        var count: Int32 = 0
        _ = clinux_arguments(&count)
        return Int(count) - leadingWords
    }

    /// The path at which a program of an adopted environment was called; nil for any other call.
    ///
    /// Such a program is a file that says `#!BINARY adopted`, so the kernel puts the binary and that
    /// word before the path (execve(2), interpreter scripts).
    public static var adoptedPath: String? {
        leadingWords == 0 ? nil : rawArguments[0].flatMap(text)
    }

    /// The word after our own name in the first line of an adopted environment's programs.
    public static let adoptedWord = "adopted"

    /// How many words stand before the called name.
    private static let leadingWords: Int = {
        var count: Int32 = 0
        guard let raw = clinux_arguments(&count), count > 2, let second = raw[1],
            strcmp(second, adoptedWord) == 0,
            let first = raw[0].flatMap(text),
            FilePath.name(first).utf8.elementsEqual("shimgate".utf8)
        else { return 0 }
        return 2
    }()

    /// The environment as the kernel gave it, NULL-terminated.
    public static var rawEnvironment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        environ
    }

    /// The last component of argv[0], byte for byte; nil where argv is empty or not UTF-8.
    public static var calledName: Word? {
        guard argumentCount > 0, let first = rawArguments[0], let text = text(first) else {
            return nil
        }
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return Word(text) }
        return Word(text[text.utf8.index(after: slash)...])
    }

    /// The arguments after argv[0], or nil where one of them is not UTF-8.
    public static var arguments: [Word]? {
        var words: [Word] = []
        var index = 1
        words.reserveCapacity(argumentCount)
        while let argument = rawArguments[index] {
            guard let text = text(argument) else { return nil }
            words.append(Word(text))
            index += 1
        }
        return words
    }

    /// The arguments after argv[0] with bytes that are not UTF-8 repaired; for records only.
    public static var repairedArguments: [Word] {
        var words: [Word] = []
        var index = 1
        while let argument = rawArguments[index] {
            words.append(Word(String(cString: argument)))
            index += 1
        }
        return words
    }

    /// The bytes of the arguments after argv[0].
    public static var argumentBytes: [[UInt8]] {
        var words: [[UInt8]] = []
        var index = 1
        while let argument = rawArguments[index] {
            // argv[index] is NUL-terminated and lives as long as the process.
            words.append(Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument))))
            index += 1
        }
        return words
    }

    /// The environment in order. Names and values that are not UTF-8 are repaired here and
    /// forwarded untouched, since edits name variables only.
    public static var environment: Environment {
        guard let raw = rawEnvironment else { return Environment() }
        var entries: [Environment.Entry] = []
        entries.reserveCapacity(64)
        var index = 0
        while let entry = raw[index] {
            index += 1
            guard let equals = strchr(entry, Int32(UInt8(ascii: "="))) else { continue }
            let length = entry.distance(to: equals)
            // The bytes between the two pointers belong to one NUL-terminated string.
            let name = String(
                decoding: UnsafeRawBufferPointer(start: entry, count: length), as: UTF8.self)
            entries.append(
                .init(name: Word(name), value: Word(String(cString: equals.advanced(by: 1)))))
        }
        return Environment(entries)
    }

    /// The value of one variable, without reading the rest.
    public static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        return String(cString: value)
    }

    /// The working directory, or nil where it was deleted or cannot be named.
    public static var workingDirectory: String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress, getcwd(start, buffer.count) != nil else {
                return nil
            }
            let path = String(cString: start)
            // The kernel says "(unreachable)/…" for a directory outside the root.
            return path.utf8.first == UInt8(ascii: "/") ? path : nil
        }
    }

    private static func text(_ bytes: UnsafeMutablePointer<CChar>) -> String? {
        String(validatingCString: bytes)
    }
}
