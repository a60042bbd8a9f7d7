// Lines of gem, bundle, rake, nuget and dotnet by name: grammars' rows, tricks, everyday lines,
// nested runners, destinations, and the words that are executed.

import GateCore
import Testing

@testable import Tools

/// A line without files, version unknown unless given.
private func reading(
    _ words: [String], version: String? = nil, environment: [String: String] = [:],
    files: [String: String]? = nil
) -> Invocation {
    let tool = words.first ?? ""
    let profile = Catalog.profile(calledAs: Word(tool))
    let entries = environment.map { Environment.Entry(name: Word($0.key), value: Word($0.value)) }
    let line = Line(
        tool: profile?.name ?? Word(tool), calledAs: Word(tool),
        arguments: words.dropFirst().map { Word($0) }, environment: .init(entries),
        cwd: files == nil ? nil : "/w", home: files == nil ? nil : "/h", version: version)
    return classified(line, files: files ?? [:])
}

private func reading(
    _ line: String, version: String? = nil, environment: [String: String] = [:],
    files: [String: String]? = nil
) -> Invocation {
    reading(
        line.split(separator: " ").map(String.init), version: version, environment: environment,
        files: files)
}

private let tools = ["gem", "bundle", "bundler", "rake", "nuget", "dotnet", "dnx"]

@Suite struct RubyAndNetTests {
    @Test(arguments: tools)
    func examplesClassifyAsStated(_ tool: String) throws {
        let profile = try #require(Catalog.profile(calledAs: Word(tool)))
        for example in profile.examples {
            let found = reading(example.line.text)
            #expect(found.severity == example.operation, "\(example.line)")
            #expect(found.ambiguous.isEmpty, "\(example.line): \(found.ambiguous)")
        }
    }

    @Test(arguments: [
        "gem list", "gem install rails", "gem install rails -v 7.1 --no-document", "gem update",
        "gem search ^rails$ -r", "gem info rails", "gem build x.gemspec", "gem env",
        "gem fetch rails", "gem help", "gem --version", "gem which rake", "gem cleanup",
        "bundle", "bundle install", "bundle install --jobs 4 --retry=3", "bundle exec rake",
        "bundle exec rspec --format doc", "bundle exec rake test TEST=a", "bundle update --all",
        "bundle add rails --version 7.1", "bundle outdated --strict", "bundle list", "bundle i",
        "bundle lock --update rails", "bundle config set --local path vendor", "bundle -v",
        "bundle check || true", "rake", "rake -T", "rake db:migrate RAILS_ENV=test",
        "rake build", "nuget list", "nuget search json", "nuget install Newtonsoft.Json",
        "nuget restore a.sln", "nuget pack a.nuspec", "nuget help", "nuget locals all -list",
        "dotnet build", "dotnet build -c Release --no-restore", "dotnet restore", "dotnet test",
        "dotnet test --filter Name~a --logger trx", "dotnet run --project a -- --x @y",
        "dotnet publish -c Release -o out", "dotnet pack -o out", "dotnet format", "dotnet --info",
        "dotnet add package a --version 1.0", "dotnet add a.csproj package b",
        "dotnet list package --vulnerable", "dotnet tool restore", "dotnet tool install a",
        "dotnet ef database update", "dotnet new console -o a", "dotnet nuget list source",
        "dotnet sln a.sln add b.csproj", "dotnet watch test", "dotnet clean", "dotnet a.dll x",
        "dotnet build -p:Version=1.2 /p:X=y -m -nologo", "dotnet package search json",
    ])
    func everydayLinesAreClear(_ line: String) {
        let found = reading(line)
        #expect(found.ambiguous.isEmpty, "\(found.ambiguous)")
        #expect(found.operation != .unknown)
        #expect(!found.severity.isGraver(than: .configure))
    }

    @Test(arguments: [
        "gem PUS x.gem", "gem Push x.gem", "gem --debug push x.gem", "gem push --debug x.gem",
        "gem -C d push x.gem", "gem pu --host=x a.gem", "gem --backtrace --traceback pus a.gem",
        "nuget -utf8 PU a.nupkg", "nuget PUSH a.nupkg -UTF8", "nuget pus a.nupkg",
        "dotnet nuget PUSH a.nupkg", "dotnet [env:A=B] nuget push a.nupkg",
        "dotnet --roll-forward Major nuget push a.nupkg", "dotnet -d nuget push a.nupkg",
        "dotnet --Fx-Version 8.0 nuget push a.nupkg", "dotnet nuget -v q push a.nupkg",
        "dotnet nuget --x push a.nupkg", "dotnet publish -t:PublishContainer",
        "dotnet publish /T:Build;PUBLISHCONTAINER", "dotnet build --target PublishContainer",
        "dotnet publish -p:PublishProfile=DefaultContainer", "dotnet msbuild -t publishcontainer",
        "dotnet paket push a.nupkg", "bundle exec rake release", "bundle ex rake release",
        "bundler exe rake release[origin]", "bundle exec --gemfile a rake release",
        "bundle exec --verbose t rake release", "bundle exec -Vr 3 rake release",
        "bundle exec -- gem push a", "bundle exec --gemfile -- x gem push a",
        "bundle exec gem -C d push a",
        "bundle exec env A=B gem push a", "bundle exec ruby -S gem push a",
        "bundle exec ./bin/rake release", "bundle exec bundle exec rake release",
        "rake -f x release", "rake -n release", "rake test release", "rake X=1 gem:release",
        "dotnet tool exec nuget push a.nupkg", "dnx nuget push a.nupkg",
    ])
    func publishing(_ line: String) {
        #expect(reading(line).severity == .publish || reading(line).severity == .unknown)
        #expect(
            reading(line).flattened.contains { $0.operation == .publish }, "\(reading(line))")
    }

    @Test(arguments: [
        ("gem Y a", Operation.unpublish), ("gem ow -a x a", .administer),
        ("gem owner --rem x a", .administer), ("gem own a", .query), ("gem login", .authenticate),
        ("gem sources -a https://x", .configure), ("gem sources --app https://x", .configure),
        ("nuget d a 1", .unpublish), ("nuget set k", .authenticate),
        ("nuget sources ADD -Name x", .configure), ("nuget sources 1", .configure),
        ("nuget config -Set x=y", .configure), ("dotnet nuget DELETE a 1", .unpublish),
        ("dotnet nuget Add Source x", .configure), ("dotnet msbuild -t:Restore", .install),
        ("bundle config mirror.https://a https://b", .configure),
        ("bundle config --global gems.x.com a:b", .authenticate),
        ("bundle inst", .install), ("bundle --local", .install),
        ("gem install a --target-rbconfig f", .execute),
    ])
    func otherGraveLines(_ line: String, _ operation: Operation) {
        let found = reading(line)
        #expect(found.operation == operation)
    }

    @Test(arguments: [
        "dotnet @x.rsp", "dotnet build @x.rsp", "dotnet NUGET push a", "gem", "gem pubish a",
        "gem p", "nuget publish a", "nuget @x", "bundle c_", "bundle l", "bundle foo",
        "bundle exec",
        "bundle exec sh -c x", "gem install --hosst x", "dotnet nuget foo",
        "dotnet tool install a --foo b", "nuget push a -S b",
    ])
    func unplacedLinesAreNotForwarded(_ line: String) {
        let found = reading(line)
        #expect(
            found.operation == .unknown || !found.ambiguous.isEmpty || found.isInert,
            "\(found)")
    }

    @Test func aKelvinSignIsAKToRuby() {
        #expect(reading(["gem", "yan\u{212A}", "a"]).operation == .unpublish)
        #expect(reading(["nuget", "pac\u{212A}", "a"]).operation == .unknown)
    }

    @Test func anOptionNameThatIsNotASCIIIsAmbiguous() {
        #expect(!reading(["gem", "owner", "--ad\u{0064}\u{0301}", "x"]).ambiguous.isEmpty)
        #expect(!reading(["gem", "push", "--ho\u{017F}t", "x"]).ambiguous.isEmpty)
    }

    @Test func gemrcAddsArguments() {
        let files = ["/h/.gemrc": "---\n:backtrace: true\nowner: --add evil@example.com\n"]
        #expect(reading("gem owner a", files: files).operation == .administer)
        #expect(reading("gem owner a --norc", files: files).operation == .query)
        #expect(reading("gem owner a --nor", files: files).operation == .administer)
        #expect(reading("gem owner a --config-file=/x", files: files).operation == .query)
        let list = ["/h/.gemrc": "owner:\n- --add\n- evil@example.com\n"]
        #expect(reading("gem owner a", files: list).operation == .administer)
        let other = ["/r": "owner: '--add evil@example.com'\n"]
        let named = ["GEMRC": "/r"]
        #expect(
            reading("gem owner a", environment: named, files: other).operation == .administer)
        let strange = ["/h/.gemrc": "owner: [--add, evil@example.com]\n"]
        #expect(!reading("gem owner a", files: strange).ambiguous.isEmpty)
    }

    @Test func gemOptionsEndAtTheFirstWordUnderPOSIXLY_CORRECT() {
        let found = reading("gem owner a --add x", environment: ["POSIXLY_CORRECT": "1"])
        #expect(found.operation == .query)
        #expect(found.positionals == ["a", "--add", "x"])
    }

    @Test func anEarlyOptionAsAValueIsAmbiguous() {
        #expect(!reading("gem push --host --norc a").ambiguous.isEmpty)
        #expect(!reading("gem push --host --config-file a").ambiguous.isEmpty)
    }

    @Test(arguments: [
        ("gem install a", Destination.environment), ("gem install a --user-install", .outside),
        ("gem install a -i vendor", .project), ("gem install a --instal ../x", .outside),
        ("gem install a -n /shims", .tools), ("gem install a --bind=/t", .tools),
        ("dotnet tool install a", .project), ("dotnet tool install -g a", .outside),
        ("dotnet tool install a --tool-path tools", .project),
        ("dotnet tool install a --tool-path=/opt", .outside),
        ("dotnet tool update --tool-path /shims a", .tools),
        ("nuget install a", .project), ("nuget install a -Out /opt", .outside),
        ("nuget install a -OutputDirectory packages", .project),
        ("nuget update -Self", .tools), ("bundle install --path vendor", .project),
        ("bundle install --path /opt", .outside), ("bundle install", .environment),
        ("dotnet restore --packages /opt", .outside), ("dotnet workload install a", .outside),
    ])
    func destinations(_ line: String, _ destination: Destination) {
        var facts = Facts()
        for path in ["/shims", "/t/bin"] {
            facts.learn(.entry(path), .directory(holdsTools: true))
        }
        let words = line.split(separator: " ").map { Word(String($0)) }
        let found = classify(
            Line(tool: words[0], arguments: Array(words.dropFirst()), cwd: "/w", home: "/h"),
            facts: &facts)
        #expect(found.destination == destination, "\(found)")
    }

    @Test func packagesAreNamed() {
        #expect(
            reading("gem install rake:13.0.6").packages
                == [
                    PackageRequest(
                        name: "rake", range: "13.0.6", source: .registry, spelling: "rake:13.0.6")
                ])
        #expect(reading("gem install ./a-1.gem").packages.first?.source == .path)
        #expect(reading("gem install -g").packages.first?.source == .requirements)
        #expect(reading("bundle add a --git https://x").packages.first?.source == .git)
        #expect(reading("dotnet add p.csproj package a -v 1").packages.map(\.name) == ["a"])
        #expect(reading("dotnet tool install a@1.0").packages.first?.range == "1.0")
        #expect(reading("nuget install a -Version 2").packages.first?.range == "2")
    }

    @Test(arguments: [
        ["gem", "i", "a", "--no-doc", "-v", "1"], ["gem", "pus", "a.gem", "--hos", "h", "-kx"],
        ["gem", "install", "a", "--document", "--norc"], ["gem", "install", "", "--", "-x"],
        ["gem", "list", "-Vd", "x"], ["gem", "Y", "a", "-v=1"], ["gem", "push", "--deb", "a"],
        ["gem", "build", "a", "-C", "d"], ["gem", "ins", "a", "--config-fi", "x"],
        ["gem", "install", "a", "-p", "--debug"], ["gem", "yank", "a", "--host", "--otp"],
        ["nuget", "-utf8", "ins", "a", "-Vers", "1", "-x", "-NonI-"], ["nuget", "lis", ""],
        ["nuget", "pu", "a", "-src", "-x", "-Verbosity", "q"],
        ["bundle", "exec", "--verbose", "t", "rspec", "--verbose"], ["bundle", "i", "-j4"],
        ["bundle", "update", "a", "--group", "b", "c"], ["bundle", "exec", "-Vr", "3", "a"],
        ["bundle", "outd", "--no-color", "--strict", "a"], ["bundle", "add", "a", "-v", "1"],
    ])
    func composedWordsMeanTheSame(_ words: [String]) {
        for version in ["3.3.15", "4.0.0", "6.12.0"] {
            let first = reading(words, version: version)
            guard case .words(let before, let after) = first.composition else {
                Issue.record("\(words) \(version): \(first.composition) \(first.ambiguous)")
                continue
            }
            let again = reading(words.prefix(1) + (before + after).map(\.text), version: version)
            #expect(again.command == first.command)
            #expect(again.operation == first.operation)
            #expect(again.positionals == first.positionals)
            #expect(again.rest == first.rest)
            #expect(again.nested == first.nested)
            #expect(again.composition == first.composition)
            #expect(again.packages == first.packages)
        }
    }

    @Test func everyArgumentHasARole() {
        for tool in tools {
            for example in Catalog.profile(calledAs: Word(tool))?.examples ?? [] {
                let count = example.line.text.split(separator: " ").count - 1
                #expect(reading(example.line.text).roles.count == count, "\(example.line)")
            }
        }
    }

    @Test func runnersNestToTheLimit() {
        let deep = Array(repeating: "bundle exec", count: 12).joined(separator: " ") + " gem list"
        #expect(reading(deep).flattened.contains { !$0.ambiguous.isEmpty })
    }

    @Test func gemExecRunsItsProgram() {
        #expect(reading("gem exec rake release", version: "4.0.0").severity == .publish)
        #expect(reading("gem exec -g gem gem push a", version: "4.0.0").severity == .publish)
        #expect(reading("gem exec rails new a --version", version: "4.0.0").rest.count == 3)
        #expect(reading("gem exec rails", version: "3.3.15").operation == .unknown)
    }
}
