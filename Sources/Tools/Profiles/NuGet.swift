// nuget.exe: `nuget COMMAND [arguments] [-Option value]`.
//
// `-utf8` is removed from anywhere before the command is looked up. Response files (`@file`) are
// expanded by newer releases on Windows and, in some builds, under Mono, so a word with `@` in
// front is ambiguous. A package's MSBuild targets run at the next build; nuget has no switch.

import GateCore

extension ToolProfile {
    static let nuget = ToolProfile(
        name: "nuget", ecosystem: .nuget, summary: "nuget.exe, the NuGet command line",
        // The version stands inside a PE file that is not read here. `2.x` is 2.8.7 where it has
        // the command: it stops with an error at those it has not, so they need no disagreement.
        versions: ["2.x", "6.12.0"],
        // install.ps1 and init.ps1 are Visual Studio's business; nuget.exe starts neither.
        scripts: .none,
        pins: [
            .init("NUGET_EXTENSIONS_PATH", .unset), .init("NUGET_PLUGIN_PATHS", .unset),
            .init("NUGET_NETFX_PLUGIN_PATHS", .unset), .init("NUGET_NETCORE_PLUGIN_PATHS", .unset),
            .init("NUGET_CREDENTIALPROVIDERS_PATH", .unset),
        ],
        secrets: [
            .option("ApiKey"), .option("SymbolApiKey"), .option("Password"),
            .option("CertificatePassword"), .positional(1, command: "push"),
            .positional(2, command: "delete"), .positional(0, command: "setApiKey"),
        ],
        examples: [
            Example("nuget push a.nupkg", .publish), Example("nuget delete a 1.0", .unpublish),
            Example("nuget setApiKey k", .authenticate), Example("nuget sources", .query),
            Example("nuget sources Add -Name a -Source https://n.example", .configure),
            Example("nuget config -Set a=b", .configure), Example("nuget config a", .query),
            Example("nuget install a", .install), Example("nuget restore", .install),
            Example("nuget update a.sln", .install), Example("nuget list", .query),
            Example("nuget search json", .query), Example("nuget locals all -List", .query),
            Example("nuget pack a.nuspec", .pack), Example("nuget spec", .modify),
            Example("nuget verify -Signatures a.nupkg", .query),
            Example("nuget help push", .query),
        ],
        read: readNuGet)
}

// MARK: - Commands

private struct NuGetCommand {
    let name: Word
    let operation: Operation
    /// Options of both releases, then those that only newer ones have.
    let options: String
    var newer = ""
    /// Options that only 2.8.7 has.
    var older = ""
    var isNewerOnly = false
    /// How many arguments the command accepts; any other number prints its help.
    var arguments = 0...Int.max
}

private let download =
    "Source= NoCache DisableParallelProcessing PackageSaveMode="
private let newerDownload = "FallbackSource= NoHttpCache DirectDownload"
private let common = "Help/? Verbosity=Normal,Quiet,Detailed NonInteractive"

/// As declared by the attributes of the commands in 2.8.7 (read from the assembly) and 6.12
/// (NuGet.Client source).
private let nugetCommands: [NuGetCommand] = [
    .init(
        name: "add", operation: .modify, options: "Source/src= Expand", isNewerOnly: true,
        arguments: 1...1),
    .init(
        name: "client-certs", operation: .configure,
        options: "FindBy= FindValue= Force PackageSource= Password= Path= StoreLocation= "
            + "StoreName= StorePasswordInClearText", isNewerOnly: true),
    .init(name: "config", operation: .query, options: "Set= AsPath", arguments: 0...1),
    .init(
        name: "delete", operation: .unpublish, options: "Source/src= NoPrompt/np ApiKey=",
        newer: "NoServiceEndpoint", arguments: 2...3),
    .init(name: "eula", operation: .query, options: "", isNewerOnly: true),
    .init(name: "help", operation: .query, options: "All Markdown", arguments: 0...1),
    .init(
        name: "init", operation: .modify, options: "Expand", isNewerOnly: true, arguments: 2...2),
    .init(
        name: "install", operation: .install,
        options: "OutputDirectory= Version= ExcludeVersion/x Prerelease RequireConsent "
            + "SolutionDirectory= " + download,
        newer: "DependencyVersion= Framework= " + newerDownload, arguments: 0...1),
    .init(
        name: "list", operation: .query, options: "Source= Verbose AllVersions Prerelease",
        newer: "IncludeDelisted"),
    .init(
        name: "locals", operation: .query, options: "Clear List", isNewerOnly: true,
        arguments: 0...1),
    .init(
        name: "pack", operation: .pack,
        options: "OutputDirectory= BasePath= Version= Exclude= Symbols Tool Build "
            + "NoDefaultExcludes NoPackageAnalysis ExcludeEmptyDirectories "
            + "IncludeReferencedProjects MinClientVersion=",
        newer: "ConfigFile= Properties/p= " + newerPack, older: "Verbose Properties=",
        arguments: 0...1),
    .init(
        name: "push", operation: .publish,
        options: "Source/src= ApiKey= Timeout= DisableBuffering",
        newer: "SymbolSource= SymbolApiKey= NoSymbols NoServiceEndpoint SkipDuplicate",
        arguments: 1...2),
    .init(
        name: "restore", operation: .install,
        options: "RequireConsent PackagesDirectory/OutputDirectory= SolutionDirectory= " + download,
        newer: newerDownload
            + " Project2ProjectTimeOut= MSBuildVersion= MSBuildPath= Recursive Force UseLockFile "
            + "LockedMode LockFilePath= ForceEvaluate", arguments: 0...1),
    .init(
        name: "search", operation: .query, options: "Source= PreRelease Take=", isNewerOnly: true),
    .init(
        name: "setApiKey", operation: .authenticate, options: "Source/src=", arguments: 1...1),
    .init(
        name: "sign", operation: .modify,
        options: "OutputDirectory= CertificatePath= CertificateStoreName= "
            + "CertificateStoreLocation= CertificateSubjectName= CertificateFingerprint= "
            + "CertificatePassword= HashAlgorithm= Timestamper= TimestampHashAlgorithm= Overwrite",
        isNewerOnly: true, arguments: 1...1),
    .init(
        name: "sources", operation: .query,
        options: "Name= Source/src= UserName= Password= StorePasswordInClearText",
        newer:
            "Format=None,Detailed,Short ValidAuthenticationTypes= ProtocolVersion= AllowInsecureConnections",
        older: "Format=Detailed,Short",
        arguments: 0...1),
    .init(name: "spec", operation: .modify, options: "AssemblyPath= Force", arguments: 0...1),
    .init(
        name: "trusted-signers", operation: .configure,
        options: "Name= ServiceIndex= CertificateFingerprint= FingerprintAlgorithm= "
            + "AllowUntrustedRoot Author Repository Owners=", isNewerOnly: true,
        arguments: 0...2),
    .init(
        name: "update", operation: .install,
        options: "Source= Id= RepositoryPath= Safe Self Verbose Prerelease "
            + "FileConflictAction=None,Overwrite,Ignore,OverwriteAll,IgnoreAll",
        newer: "Version= DependencyVersion= MSBuildVersion= MSBuildPath="),
    .init(
        name: "verify", operation: .query, options: "CertificateFingerprint= Signatures All",
        isNewerOnly: true, arguments: 1...1),
]

// MARK: - Reading

@Sendable private func readNuGet(_ line: Line, _ facts: inout Facts) -> Invocation {
    let version = Word(line.version ?? "")
    let isOlder = version.hasPrefix("2.") || version.hasPrefix("1.")
    return NuGetLine(
        line, isOlder: isOlder, borrowsNewer: version == "2.x"
    ).read(&facts)
}

private struct NuGetLine {
    let line: Line
    let isOlder: Bool
    /// Whether commands the older release has not are read as the newer one's.
    let borrowsNewer: Bool
    var result: Invocation

    init(_ line: Line, isOlder: Bool, borrowsNewer: Bool) {
        self.line = line
        self.isOlder = isOlder
        self.borrowsNewer = borrowsNewer
        result = Invocation(
            tool: line.tool, version: line.version, command: ["nuget"], operation: .unknown)
        result.roles = Array(repeating: .other("not read"), count: line.arguments.count)
    }

    consuming func read(_ facts: inout Facts) -> Invocation {
        var words: [(word: Word, place: Int)] = []
        for (place, word) in line.arguments.enumerated() {
            if word.first == UInt8(ascii: "@") {
                result.ambiguous.append("a response file: \(word)")
            }
            if word.lowercasedASCII == "-utf8" {
                result.roles[place] = .option("utf8")
            } else {
                words.append((word, place))
            }
        }
        guard let typed = words.first else {
            result.isInert = true
            result.operation = .query
            return result
        }
        guard let (command, isNewer) = command(typed.word) else { return result }
        result.roles[typed.place] = .command
        result.command.append(command.name)
        parse(command, isNewer: isNewer, Array(words.dropFirst()), &facts)
        return result
    }

    /// The command of a word, and whether it is read with the newer release's options.
    private mutating func command(_ typed: Word) -> (command: NuGetCommand, isNewer: Bool)? {
        let all: (NuGetCommand) -> [Word] = { $0.name == "help" ? ["help", "?"] : [$0.name] }
        guard !typed.isEmpty else {
            result.ambiguous.append("an empty command")
            return nil
        }
        if isOlder {
            let known = nugetCommands.filter { !$0.isNewerOnly }
            if let command = NuGetCommandLine.match(typed, known, names: all) {
                return (command, false)
            }
            guard borrowsNewer else { return nil }
        }
        return NuGetCommandLine.match(typed, nugetCommands, names: all).map { ($0, true) }
    }

    private mutating func parse(
        _ command: NuGetCommand, isNewer: Bool, _ words: [(word: Word, place: Int)],
        _ facts: inout Facts
    ) {
        var forms = command.options + " " + common
        forms += isNewer ? " " + command.newer + " ForceEnglishOutput" : " " + command.older
        // These hide the option that every other command has; newer `pack` has its own.
        let hidesFile = ["spec", "pack", "search"].contains(command.name)
        if !hidesFile { forms += " ConfigFile=" }
        let reading = NuGetCommandLine.read(
            words.map(\.word), options: NuGetCommandLine.options(forms))
        for (role, word) in zip(reading.roles, words) { result.roles[word.place] = role }
        result.options = reading.options
        result.positionals = reading.positionals
        for use in reading.options { note(use) }
        result.operation = operation(command)
        place(command, &facts)
        request(command)
        for use in reading.options
        where ["Timeout", "Take", "Project2ProjectTimeOut"].contains(use.name) {
            if use.value?.isWholeNumber != true {
                result.ambiguous.append("\(use.spelling) takes a number")
            }
        }
        if let problem = reading.problem {
            result.ambiguous.append("nuget \(command.name) rejects the line: \(problem)")
        }
        // Help is printed for -Help, and for a wrong number of arguments.
        let printsHelp =
            result.has("Help") || !command.arguments.contains(reading.positionals.count)
        if reading.problem == nil, printsHelp || command.name == "help" {
            result.isInert = true
            result.operation = .query
        }
        compose(command)
    }

    private mutating func note(_ use: OptionUse) {
        let value: Setting.Value = use.value.map { .text($0) } ?? .flag(use.isOn)
        let isMany = ["Source", "Id", "FallbackSource", "Exclude"].contains(use.name)
        let earlier = result.inForce.first { $0.name == use.name }?.value
        result.inForce.removeAll { $0.name == use.name }
        let lists = ["install", "restore", "list", "update", "search", "pack"]
        if isMany, let value = use.value, lists.contains(result.command.last?.text ?? "") {
            var all: [Word] = []
            if case .list(let words) = earlier { all = words }
            all += value.text.utf8.split(separator: UInt8(ascii: ";")).map { Word(Substring($0)) }
            result.inForce.append(Setting(use.name, .list(all)))
        } else {
            result.inForce.append(Setting(use.name, value))
        }
    }

    private func operation(_ command: NuGetCommand) -> Operation {
        let verb = result.positionals.first?.lowercasedASCII ?? ""
        // Actions are parsed as an enumeration, which also takes numbers and padded words.
        let isListing = verb.isEmpty || verb == "list"
        if command.name == "sources" { return isListing ? .query : .configure }
        if command.name == "client-certs" || command.name == "trusted-signers" {
            return isListing ? .query : .configure
        }
        if command.name == "config", result.options.contains(where: { $0.name == "Set" }) {
            return .configure
        }
        if command.name == "locals", result.has("Clear") { return .modify }
        return command.operation
    }

    private mutating func place(_ command: NuGetCommand, _ facts: inout Facts) {
        let names: [Word] = ["OutputDirectory", "PackagesDirectory", "SolutionDirectory"]
        let others: [Word] = ["RepositoryPath", "BasePath"]
        let named = result.options.filter { (names + others).contains($0.name) }.compactMap(\.value)
        result.directories = named.map { PathText.absolute($0, line: line) ?? $0.text }
        guard command.operation == .install else { return }
        if let place = PathText.destination(of: named, line: line, facts: &facts) {
            result.destination = place
        }
        // Replaces nuget.exe itself.
        if result.has("Self") { result.destination = .tools }
    }

    private mutating func request(_ command: NuGetCommand) {
        let valueOf = { (uses: [OptionUse], name: Word) in uses.last { $0.name == name }?.value }
        result.registry = valueOf(result.options, "Source")?.text
        let words = result.positionals
        let first = words.first ?? ""
        let range = valueOf(result.options, "Version") ?? ""
        if command.name == "install" {
            let isFile = first.lowercasedASCII.hasSuffix(".config")
            if words.isEmpty || isFile {
                result.packages = [
                    PackageRequest(
                        name: "", source: .requirements,
                        spelling: isFile ? first : "packages.config")
                ]
            } else {
                result.packages = [
                    PackageRequest(name: first, range: range, source: .registry, spelling: first)
                ]
            }
        } else if command.name == "delete" {
            let version = words.count > 1 ? words[1] : ""
            result.packages = [
                PackageRequest(name: first, range: version, source: .registry, spelling: first)
            ]
        } else if command.name == "push" || command.name == "add", !words.isEmpty {
            result.packages = [PackageRequest(name: "", source: .path, spelling: first)]
        }
    }

    /// nuget has no `--name=value`: a value is the next word.
    private mutating func compose(_ command: NuGetCommand) {
        guard result.ambiguous.isEmpty, !result.isInert else { return }
        var after: [Word] = []
        for use in result.options {
            after.append(use.spelling)
            if let value = use.value { after.append(value) }
        }
        let hasUTF8 = line.arguments.contains { $0.lowercasedASCII == "-utf8" }
        if hasUTF8 { after.append("-utf8") }
        result.composition = .words(before: [command.name], after: after + result.positionals)
    }
}

private let newerPack =
    "Suffix= SymbolPackageFormat= PackagesDirectory= SolutionDirectory= MSBuildVersion= "
    + "MSBuildPath= InstallPackageToOutputPath OutputFileNamesWithoutVersion"

extension Word {
    /// Digits with an optional sign; .NET takes further forms, which are left ambiguous.
    fileprivate var isWholeNumber: Bool {
        let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        let digits = isSigned ? dropFirst(1) : self
        return (1...9).contains(digits.count)
            && digits.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}
