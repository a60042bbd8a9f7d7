// The dotnet command: host options, then `[directives]`, then a command of the SDK, an external
// program `dotnet-NAME`, or an application (`app.dll`, `app.cs`).
//
// Words after `nuget` are handed to NuGet, which compares them in any case. MSBuild's switches
// pass through most commands and can publish a container image. Every command that loads a
// project runs the project's own targets; there is no switch against those of packages.
//
// No dotnet SDK was run for this file. Sources: dotnet/sdk, dotnet/runtime `corehost`,
// NuGet.CommandLine.XPlat.

import GateCore

extension ToolProfile {
    static let dotnet = ToolProfile(
        name: "dotnet", ecosystem: .nuget, summary: "the .NET SDK", versions: ["10.0"],
        scripts: .unenforced, pins: dotnetPins, secrets: dotnetSecrets,
        examples: [
            Example("dotnet nuget push a.nupkg", .publish),
            Example("dotnet nuget delete a 1.0", .unpublish),
            Example("dotnet publish -t:PublishContainer", .publish),
            Example("dotnet nuget add source https://n.example", .configure),
            Example("dotnet nuget list source", .query),
            Example("dotnet nuget locals all --clear", .modify),
            Example("dotnet restore", .install), Example("dotnet add package a", .install),
            Example("dotnet tool install a", .install), Example("dotnet tool exec a", .execute),
            Example("dotnet tool run a", .run), Example("dotnet new console", .install),
            Example("dotnet build", .run), Example("dotnet test", .run),
            Example("dotnet run -- a", .run), Example("dotnet publish -c Release", .run),
            Example("dotnet ef migrations list", .run), Example("dotnet pack", .pack),
            Example("dotnet list package --outdated", .query),
            Example("dotnet package search json", .query),
            Example("dotnet sln add a.csproj", .modify), Example("dotnet --info", .query),
            Example("dotnet --version", .query), Example("dotnet help build", .query),
        ],
        read: { line, facts in DotnetLine(line).read(&facts) })

    /// `dnx NAME` is `dotnet tool exec NAME`.
    static let dnx = ToolProfile(
        name: "dnx", ecosystem: .nuget, summary: "runs a .NET tool without installing it",
        versions: ["10.0"], scripts: .unenforced, pins: dotnetPins,
        examples: [Example("dnx a", .execute), Example("dnx a@1.0 --yes b", .execute)],
        read: { line, facts in
            var inner = line
            inner.arguments = ["tool", "exec"] + line.arguments
            var result = DotnetLine(inner).read(&facts)
            result.roles = Array(result.roles.dropFirst(2))
            let words = ["dnx"] + line.arguments
            result.otherSpellings.append(words.map(\.text).joined(separator: " "))
            return result
        })
}

/// Variables that load code into every .NET program.
private let dotnetPins: [EnvironmentRule] = [
    .init("DOTNET_STARTUP_HOOKS", .unset), .init("DOTNET_ADDITIONAL_DEPS", .unset),
    .init("DOTNET_SHARED_STORE", .unset), .init("CORECLR_ENABLE_PROFILING", .unset),
    .init("CORECLR_PROFILER*", .unset), .init("NUGET_PLUGIN_PATHS", .unset),
    .init("NUGET_NETFX_PLUGIN_PATHS", .unset), .init("NUGET_NETCORE_PLUGIN_PATHS", .unset),
]

private let dotnetSecrets: [SecretRule] = [
    .option("api-key"), .option("symbol-api-key"), .option("password"),
    .option("k", commands: ["nuget"]), .option("sk", commands: ["nuget"]),
]

// MARK: - Commands

/// A command path with what it does. `*` stands for every further word.
private struct DotnetCommand {
    let words: [Word]
    let operation: Operation
    /// Options beside the common ones, in `SystemCommandLine`'s notation.
    let forms: String

    init(_ text: StaticString, _ operation: Operation, _ forms: String = "") {
        words = "\(text)".utf8.split(separator: 0x20).map { Word(Substring($0)) }
        self.operation = operation
        self.forms = forms
    }
}

private let buildForms =
    "configuration/-c= framework/-f= runtime/-r= output/-o= verbosity/-v= arch/-a= os= "
    + "version-suffix= project= artifacts-path= source/-s= packages= configfile= no-restore "
    + "no-build no-dependencies no-incremental nologo interactive self-contained/--sc "
    + "no-self-contained use-current-runtime/--ucr force disable-build-servers tl "
    + "property/-p//p/-property//property= target/-t//t/-target//target= manifest= no-cache "
    + "use-lock-file locked-mode lock-file-path= force-evaluate ignore-failed-sources "
    + "include-symbols include-source serviceable/-s-flag launch-profile/-lp= no-launch-profile "
    + "filter= logger/-l= settings= results-directory= collect= blame diag= list-tests "
    + "environment/-e= "

private let packageForms =
    "version/-v= framework/-f= source/-s= package-directory= no-restore/-n prerelease "
    + "interactive project= "

private let toolForms =
    "global/-g local tool-path= version= configfile= tool-manifest= add-source= source= "
    + "framework= prerelease disable-parallel ignore-failed-sources no-cache no-http-cache "
    + "interactive verbosity/-v= arch/-a= create-manifest-if-needed allow-downgrade "
    + "allow-roll-forward all yes/-y "

private let nugetForms =
    "source/-s= symbol-source/-ss= timeout/-t= api-key/-k= symbol-api-key/-sk= "
    + "disable-buffering/-d no-symbols/-n no-service-endpoint interactive skip-duplicate "
    + "non-interactive force-english-output name/-n-name= username/-u= password/-p= "
    + "store-password-in-clear-text valid-authentication-types= configfile= format= clear/-c "
    + "list/-l all verbosity/-v= protocol-version= allow-insecure-connections "

/// Commands of the SDK, as its parser declares them up to .NET 10.
private let dotnetCommands: [DotnetCommand] = [
    .init("add package", .install, packageForms), .init("add reference", .modify, buildForms),
    .init("build", .run, buildForms), .init("build-server", .run),
    .init("clean", .run, buildForms), .init("complete", .query),
    .init("completions", .query), .init("format", .run), .init("fsi", .run),
    .init("help", .query), .init("list package", .query, packageForms),
    .init("list reference", .query), .init("msbuild", .run, buildForms),
    .init("new", .install), .init("new details", .query), .init("new install", .install),
    .init("new list", .query), .init("new search", .query), .init("new uninstall", .modify),
    .init("new update", .install), .init("pack", .pack, buildForms),
    .init("package add", .install, packageForms),
    .init("package download", .install, packageForms + "output/-o= "),
    .init("package list", .query, packageForms),
    .init("package remove", .modify, packageForms), .init("package search", .query),
    .init("package update", .install, packageForms), .init("parse", .query),
    .init("project convert", .run), .init("publish", .run, buildForms),
    .init("reference add", .modify, buildForms), .init("reference list", .query),
    .init("reference remove", .modify, buildForms),
    .init("remove package", .modify, packageForms), .init("remove reference", .modify),
    .init("restore", .install, buildForms), .init("run", .run, buildForms),
    .init("run-api", .run), .init("sdk check", .query), .init("sln add", .modify),
    .init("sln list", .query), .init("sln migrate", .modify), .init("sln remove", .modify),
    .init("solution add", .modify), .init("solution list", .query),
    .init("solution migrate", .modify), .init("solution remove", .modify),
    .init("store", .install, buildForms), .init("test", .run, buildForms),
    .init("tool exec", .execute, toolForms), .init("tool install", .install, toolForms),
    .init("tool list", .query, toolForms), .init("tool restore", .install, toolForms),
    .init("tool run", .run, "allow-roll-forward "), .init("tool search", .query),
    .init("tool uninstall", .modify, toolForms), .init("tool update", .install, toolForms),
    .init("vstest", .run), .init("watch", .run),
    .init("workload clean", .modify), .init("workload config", .configure),
    .init("workload elevate", .configure), .init("workload history", .query),
    .init("workload install", .install), .init("workload list", .query),
    .init("workload repair", .install), .init("workload restore", .install),
    .init("workload search", .query), .init("workload uninstall", .modify),
    .init("workload update", .install),
    .init("nuget add client-cert", .configure, nugetForms),
    .init("nuget add source", .configure, nugetForms),
    .init("nuget config get", .query, nugetForms),
    .init("nuget config paths", .query, nugetForms),
    .init("nuget config set", .configure, nugetForms),
    .init("nuget config unset", .configure, nugetForms),
    .init("nuget delete", .unpublish, nugetForms),
    .init("nuget disable source", .configure, nugetForms),
    .init("nuget enable source", .configure, nugetForms),
    .init("nuget list client-cert", .query, nugetForms),
    .init("nuget list source", .query, nugetForms), .init("nuget locals", .query, nugetForms),
    .init("nuget push", .publish, nugetForms),
    .init("nuget remove client-cert", .configure, nugetForms),
    .init("nuget remove source", .configure, nugetForms), .init("nuget sign", .modify),
    .init("nuget trust", .configure), .init("nuget trust list", .query),
    .init("nuget update client-cert", .configure, nugetForms),
    .init("nuget update source", .configure, nugetForms), .init("nuget verify", .query),
    .init("nuget why", .query),
]

/// Options of the host, each with a value, in any case.
private let hostOptions: [Word] = [
    "--additionalprobingpath", "--depsfile", "--runtimeconfig", "--fx-version", "--roll-forward",
    "--additional-deps", "--roll-forward-on-no-candidate-fx",
]

private let inertOptions: [Word] = [
    "--version", "--info", "--list-sdks", "--list-runtimes", "--cli-schema", "-h", "--help", "-?",
    "/?", "/h",
]

/// Programs `dotnet-NAME` that push packages to registries.
private let externalPublishers: [Word] = ["paket", "gpr", "octo", "sleet"]

// MARK: - Reading

private struct DotnetLine {
    let line: Line
    var result: Invocation
    var words: ArraySlice<Word>
    /// How many positionals stand before the subcommand: a project or solution.
    var leadingFiles = 0

    init(_ line: Line) {
        self.line = line
        words = line.arguments[...]
        result = Invocation(
            tool: line.tool, version: line.version, command: ["dotnet"], operation: .unknown)
    }

    consuming func read(_ facts: inout Facts) -> Invocation {
        let end = line.arguments.firstIndex(of: "--") ?? line.arguments.count
        for word in line.arguments[..<end] where word.first == UInt8(ascii: "@") && word.count > 1 {
            result.ambiguous.append("a response file: \(word)")
        }
        dropHostOptions()
        dropDirectives()
        while words.first == "-d" || words.first == "--diagnostics" { drop(.option("diagnostics")) }
        guard let first = words.first, !inertOptions.contains(first) else { return inert() }
        if isApplication(first) {
            drop(.positional)
            result.command.append("exec")
            return passOn(.run)
        }
        guard let command = command() else { return external(first) }
        if command.words.first == "help" || words.first.map({ inertOptions.contains($0) }) == true {
            return inert()
        }
        result.operation = command.operation
        parse(command, &facts)
        finish()
        return result
    }

    // MARK: In front of the command

    private mutating func drop(_ role: Role) {
        words.removeFirst()
        result.roles.append(role)
    }

    private mutating func dropHostOptions() {
        while let first = words.first, hostOptions.contains(first.lowercasedASCII), words.count > 1
        {
            drop(.option(first.lowercasedASCII.dropFirst(2)))
            drop(.valueOf(first.lowercasedASCII.dropFirst(2)))
        }
    }

    /// `[env:A=B]` sets a variable for the program, after ours were pinned.
    private mutating func dropDirectives() {
        while let first = words.first, first.hasPrefix("["), first.hasSuffix("]") {
            result.ambiguous.append("a directive: \(first)")
            drop(.other("directive"))
        }
    }

    private consuming func inert() -> Invocation {
        result.isInert = result.ambiguous.isEmpty
        result.operation = .query
        finish()
        return result
    }

    private mutating func finish() {
        while result.roles.count < line.arguments.count { result.roles.append(.other("not read")) }
    }

    private consuming func passOn(_ operation: Operation) -> Invocation {
        result.operation = operation
        result.rest = Array(words)
        result.roles += words.map { _ in .passedOn }
        finish()
        return result
    }

    private func isApplication(_ word: Word) -> Bool {
        let name = word.lowercasedASCII
        return name == "exec" || name.hasSuffix(".dll") || name.hasSuffix(".exe")
    }

    // MARK: The command

    /// The longest command path at the front of the words.
    ///
    /// `add`, `list`, `remove`, `sln` and `solution` take a project or solution before their
    /// subcommand. Words after `nuget` are compared in any case, with NuGet's own options between.
    private mutating func command() -> DotnetCommand? {
        guard let first = words.first else { return nil }
        guard dotnetCommands.contains(where: { $0.words.first == first }) else { return nil }
        var path = [first]
        drop(.command)
        result.command.append(first)
        let takesFile = ["add", "list", "remove", "sln", "solution"].contains(first)
        let isNuGet = first == "nuget"
        while let word = words.first {
            let folded = isNuGet ? word.lowercasedASCII : word
            let deeper = path + [folded]
            if dotnetCommands.contains(where: { $0.words.starts(with: deeper) }) {
                path = deeper
                drop(.command)
                result.command.append(folded)
            } else if takesFile, path.count == 1, result.positionals.isEmpty,
                word.first != UInt8(ascii: "-")
            {
                result.positionals.append(word)
                leadingFiles = 1
                drop(.positional)
            } else if isNuGet, path.count == 1, !inertOptions.contains(word),
                word.first == UInt8(ascii: "-"), words.count > 1
            {
                skipNuGetOption(word)
            } else {
                break
            }
        }
        if let exact = dotnetCommands.first(where: { $0.words == path }) { return exact }
        // Only a group was named: help is printed, or NuGet reports an unknown word.
        if let next = words.first, !inertOptions.contains(next) {
            result.ambiguous.append("\(next) is no command of dotnet \(first)")
            let isGrave = words.contains { ["push", "delete"].contains($0.lowercasedASCII) }
            return DotnetCommand("help-less", isNuGet && isGrave ? .publish : .unknown)
        }
        return DotnetCommand("help", .query)
    }

    /// Options of NuGet's own program in front of its command.
    private mutating func skipNuGetOption(_ word: Word) {
        let takesValue = word == "-v" || word == "--verbosity"
        drop(.option(word))
        let isKnown =
            takesValue || word == "--force-english-output" || word.hasPrefix("--verbosity=")
            || word.hasPrefix("--verbosity:") || word.hasPrefix("-v:") || word.hasPrefix("-v=")
        if !isKnown { result.ambiguous.append("\(word) before the command of dotnet nuget") }
        if takesValue, !words.isEmpty { drop(.valueOf("verbosity")) }
    }

    /// `app.cs`, a program `dotnet-NAME`, or a spelling of a command that dotnet does not accept.
    private consuming func external(_ first: Word) -> Invocation {
        result.command.append(first)
        drop(.command)
        if first.first == UInt8(ascii: "-") {
            result.ambiguous.append("dotnet takes no option \(first)")
            return passOn(.unknown)
        }
        // A file-based program restores the packages that it names, then runs.
        if first.lowercasedASCII.hasSuffix(".cs") { return passOn(.install) }
        let folded = first.lowercasedASCII
        // What the `dnx` script calls.
        if folded == "dnx" { return passOn(.execute) }
        if dotnetCommands.contains(where: { $0.words.first == folded }) { return passOn(.unknown) }
        if externalPublishers.contains(folded) {
            if words.contains(where: { $0.lowercasedASCII == "push" }) { return passOn(.publish) }
            if words.contains("delete") { return passOn(.unpublish) }
        }
        return passOn(.run)
    }

    // MARK: Options

    private mutating func parse(_ command: DotnetCommand, _ facts: inout Facts) {
        let runsTool = command.words == ["tool", "exec"] || command.words == ["tool", "run"]
        if runsTool {
            runTool(command, &facts)
            return
        }
        let options = SystemCommandLine.options(command.forms)
        let reading = SystemCommandLine.read(Array(words), options: options)
        result.roles += reading.roles
        result.options = reading.options
        result.positionals += reading.positionals
        result.rest = reading.rest
        for use in reading.options {
            result.inForce.append(
                Setting(use.name, use.value.map { .text($0) } ?? .flag(use.isOn)))
        }
        let isExact = command.operation == .install && !command.forms.isEmpty
        if isExact, let unknown = reading.unknown.first(where: { !isMSBuild($0) }) {
            result.ambiguous.append("\(unknown) may take the next word as its value")
        }
        result.registry = result.options.last { $0.name == "source" }?.value?.text
        adjust(command)
        place(command, &facts)
        request(command)
        // Ours may stand right behind the command.
        if command.words == ["restore"], line.arguments.first == "restore" {
            result.composition = .words(
                before: ["restore"], after: Array(line.arguments.dropFirst()))
        }
    }

    /// A switch that is handed to MSBuild.
    private func isMSBuild(_ word: Word) -> Bool {
        let head = SystemCommandLine.parts(word).head
        return head.first == UInt8(ascii: "/") || (head.count <= 3 && word.count > head.count)
            || head.lowercasedASCII.hasPrefix("-restore")
            || head.lowercasedASCII == "-noautoresponse"
    }

    private mutating func adjust(_ command: DotnetCommand) {
        let first = command.words.first ?? ""
        if command.words == ["nuget", "locals"], result.has("clear") { result.operation = .modify }
        let builds: [Word] = [
            "build", "publish", "msbuild", "test", "pack", "clean", "restore", "run", "store",
            "watch", "vstest",
        ]
        guard builds.contains(first) else { return }
        // Behind `--` stand the words of a program, a test host or a watched command; the other
        // commands take what stands there for projects and hand it to MSBuild, switches included.
        let passesOn: [Word] = ["run", "test", "vstest", "watch"]
        let end = line.arguments.firstIndex { $0 == "--" && passesOn.contains(first) }
        let switches = line.arguments[..<(end ?? line.arguments.count)].map(\.lowercasedASCII)
        var previous: Word = ""
        for word in switches {
            let isTarget = ["-t", "/t", "-target", "--target", "/target"].contains(previous)
            let isProperty = ["-p", "/p", "-property", "--property", "/property"].contains(previous)
            if publishes(word, isTarget: isTarget, isProperty: isProperty) {
                result.operation = .publish
            } else if restores(word, isTarget: isTarget), result.operation == .run {
                result.operation = .install
            }
            previous = word
        }
    }

    /// `-t:PublishContainer` and publish profiles, which upload to where the profile says.
    private func publishes(_ word: Word, isTarget: Bool, isProperty: Bool) -> Bool {
        let (head, value) = SystemCommandLine.parts(word)
        let targets: [Word] = ["-t", "/t", "-target", "--target", "/target"]
        let properties: [Word] = ["-p", "/p", "-property", "--property", "/property"]
        if isTarget || targets.contains(head) {
            let list = isTarget ? word : value ?? ""
            return list.holds("publishcontainer") || list.holds("publishtoregistry")
                || list.holds("webpublish") || list.holds("nugetpush")
        }
        if isProperty || properties.contains(head) {
            let list = isProperty ? word : value ?? ""
            return list.holds("publishprofile") || list.holds("containerregistry")
                || list.holds("webpublishmethod") || list.holds("deployonbuild")
        }
        return false
    }

    private func restores(_ word: Word, isTarget: Bool) -> Bool {
        let (head, value) = SystemCommandLine.parts(word)
        if head == "-restore" || head == "/restore"
            || head == "-r" && line.arguments.first == "msbuild"
        {
            return true
        }
        let isNamed = ["-t", "/t", "-target", "--target", "/target"].contains(head)
        guard isTarget || isNamed else { return false }
        return (isTarget ? word : value ?? "").holds("restore")
    }

    // MARK: Packages and places

    private mutating func place(_ command: DotnetCommand, _ facts: inout Facts) {
        let names: [Word] = ["tool-path", "packages", "package-directory", "output", "project"]
        let uses = result.options.filter { names.contains($0.name) }
        result.directories = uses.compactMap(\.value)
            .map { PathText.absolute($0, line: line) ?? $0.text }
        guard result.operation == .install || command.words.first == "tool" else { return }
        let isShared = command.words.first == "workload" || command.words == ["new", "install"]
        if result.has("global") || isShared { result.destination = .outside }
        let targets = uses.filter { $0.name != "project" && $0.name != "output" }
            .compactMap(\.value)
        if let place = PathText.destination(of: targets, line: line, facts: &facts) {
            result.destination = place
        }
    }

    private mutating func request(_ command: DotnetCommand) {
        let valueOf = { (options: [OptionUse], name: Word) in
            options.last { $0.name == name }?.value
        }
        let range = valueOf(result.options, "version") ?? ""
        let group = command.words.first ?? ""
        if command.operation == .install, ["tool", "package", "add"].contains(group) {
            addPackages(Array(result.positionals.dropFirst(leadingFiles)), range)
        } else if command.words == ["nuget", "push"] {
            result.packages = result.positionals.prefix(1).map {
                PackageRequest(name: "", source: .path, spelling: $0)
            }
        } else if command.words == ["nuget", "delete"] {
            let version = result.positionals.dropFirst().first ?? ""
            addPackages(Array(result.positionals.prefix(1)), version)
        }
    }

    /// `NAME` or, since .NET 10, `NAME@VERSION`.
    private mutating func addPackages(_ names: [Word], _ range: Word) {
        for word in names {
            let parts = word.split(at: UInt8(ascii: "@"))
            result.packages.append(
                PackageRequest(
                    name: parts?.head ?? word, range: parts?.tail ?? range, source: .registry,
                    spelling: word))
        }
    }

    /// `dotnet tool exec NAME ...`, `dotnet tool run NAME ...`.
    private mutating func runTool(_ command: DotnetCommand, _ facts: inout Facts) {
        let options = SystemCommandLine.options(command.forms)
        var own: [Word] = []
        while let word = words.first, word.first == UInt8(ascii: "-"), word != "--" {
            own.append(word)
            words.removeFirst()
            let (head, attached) = SystemCommandLine.parts(word)
            let option = options.first { $0.spellings.contains(head) }
            if option == nil {
                result.ambiguous.append("\(word) may take the next word as its value")
            }
            if option?.takesValue == true, attached == nil, let value = words.first {
                own.append(value)
                words.removeFirst()
            }
        }
        let reading = SystemCommandLine.read(own, options: options)
        result.options = reading.options
        result.roles += reading.roles
        if words.first == "--" { drop(.terminator) }
        guard let name = words.first else {
            result.ambiguous.append("no tool is named")
            return
        }
        drop(.positional)
        result.positionals = [name]
        result.rest = Array(words)
        result.roles += words.map { _ in .passedOn }
        if command.operation == .execute { addPackages([name], "") }
        let program = name.split(at: UInt8(ascii: "@"))?.head ?? name
        result.nested = NestedProgram.read([program] + result.rest, line: line, facts: &facts)
        result.registry = result.options.last { $0.name.hasSuffix("source") }?.value?.text
    }
}

extension Word {
    /// Whether these bytes occur somewhere.
    fileprivate func holds(_ part: Word) -> Bool {
        var rest = self
        while rest.count >= part.count {
            if rest.hasPrefix(part) { return true }
            guard let next = rest.split(at: part.first) else { return false }
            if next.head.isEmpty {
                rest = Word(String(Substring(rest.text.utf8.dropFirst(1))))
            } else {
                rest = Word(String(Substring(rest.text.utf8.dropFirst(next.head.count))))
            }
        }
        return false
    }
}
