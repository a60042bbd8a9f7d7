// What an install of uv does between its phases (UvResolver.swift): its answer, the list of files that
// it is handed back, the programs of what was fetched, and what is taken away.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import Tools

extension ResolvedRun {
    /// Whether a phase has nothing to do.
    func isNeedless(_ purpose: Phase.Purpose, _ judged: [ResolvedPackage]) -> Bool {
        let own = judged.filter { isOwnCode($0) }.count
        switch purpose {
        case .pin, .fetch, .install: return own == judged.count
        case .own: return own == 0
        case .remove: return gone(judged).isEmpty
        case .resolve, .ask, .build, .script, .test: return false
        }
    }

    private func isOwnCode(_ package: ResolvedPackage) -> Bool {
        resolver.report == .uv
            ? package.package.source == .workspace : package.file.utf8.isEmpty
    }

    /// Gives environments their own programs back before something is changed in them: uv looks at what
    /// it takes away. One whose own program was called is kept, because that program is still needed.
    mutating func release(for purpose: Phase.Purpose) {
        guard resolver.report == .uv,
            purpose == .remove || purpose == .install || purpose == .own
        else { return }
        let needed = called.map { Word(FilePath.resolved($0) ?? $0) }
        let filled = verdict.invocation.environmentsMade
        for path in filled where Word(FilePath.resolved(path) ?? path) != needed {
            released += Supervision(installation: installation, log: log).release([path])
        }
    }

    // MARK: what uv says

    /// Why uv did not even begin, where it has no option that we need.
    func tooOld(_ errors: [UInt8]) -> String? {
        guard resolver.report == .uv else { return nil }
        let unknown = Glob("*unexpected argument '--output-format*")
        for line in errors.split(separator: UInt8(ascii: "\n")) where unknown.matches(Array(line)) {
            return "this uv cannot say first what it would install; uv 0.12.18 and later can"
        }
        return nil
    }

    /// What is shown of the first phase: all that is no news when the others have ended well, too.
    func shown(_ errors: [UInt8], _ ended: Supervised) -> [UInt8] {
        guard resolver.report == .uv, ended.isSuccess else { return errors }
        if verdict.invocation.flattened.contains(where: { $0.has("quiet") }) { return [] }
        var text: [UInt8] = []
        for line in errors.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let isPlan =
                line.starts(with: "Would ".utf8) || line.starts(with: " + ".utf8)
                || line.starts(with: " - ".utf8) || line.starts(with: " ~ ".utf8)
            if isPlan { continue }
            text += line + [UInt8(ascii: "\n")]
        }
        // The last line had an end of its own.
        if !text.isEmpty { text.removeLast() }
        return text
    }

    /// Reads the answer; what has a place has to be the project's own.
    ///
    /// - Returns: what would come in, its files still unknown.
    mutating func expect(
        _ bytes: [UInt8], said: [UInt8]
    ) throws(PlanRefusal) -> [ResolvedPackage] {
        guard bytes.count <= ResolvedRun.longestReport else {
            throw PlanRefusal("the list of what would be installed is too long")
        }
        let changes: UvChanges
        do throws(ResolvedFault) { changes = try ResolvedReport.uv(bytes, said: said) } catch {
            throw PlanRefusal(error.reason)
        }
        leaving = changes.leaving
        let here = verdict.line.cwd ?? "/"
        let own = verdict.invocation.ownPlaces(from: here).compactMap { FilePath.resolved($0) }
        let inPlace = verdict.invocation.ownPlaces(from: here, onlyEditable: true)
            .compactMap { FilePath.resolved($0) }
        var expected: [ResolvedPackage] = []
        for package in changes.coming {
            guard package.package.source != .registry else {
                expected.append(package)
                continue
            }
            var judged = try judge(package, own)
            let real = judged.path.flatMap { FilePath.resolved($0) } ?? ""
            judged.isEditable = inPlace.contains { Word($0) == Word(real) }
            guard judged.isEditable || Word(real).hasSuffix(".whl") else {
                throw PlanRefusal(
                    "uv builds \(real) only where it is installed in place (-e \(real)), because it is "
                        + "not let build what strangers wrote")
            }
            expected.append(judged)
        }
        return expected
    }

    /// Judges the files of what would come in: each that is expected, and no other.
    func judgePinned(
        _ expected: [ResolvedPackage], in stage: InstallStage
    ) throws(PlanRefusal) -> [ResolvedPackage] {
        let file = "\(stage.path)/\(ResolvedRun.foundFile)"
        let bytes: [UInt8]
        do throws(WholeFile.Failure) {
            bytes = try WholeFile(file, limit: ResolvedRun.longestReport).bytes
        } catch {
            throw PlanRefusal("uv's list of files: \(error.reason)")
        }
        let asked = verdict.invocation.flattened.flatMap(\.packages)
            .map { Word(normalisedPythonName($0.name.text)) }
        var judged: [ResolvedPackage] = []
        var found: [ResolvedPackage]
        do throws(ResolvedFault) { found = try ResolvedReport.pylock(bytes) } catch {
            throw PlanRefusal(error.reason)
        }
        for one in expected {
            guard one.package.source == .registry else {
                judged.append(one)
                continue
            }
            let place = found.firstIndex {
                Word($0.package.name) == Word(one.package.name)
                    && Word($0.package.version) == Word(one.package.version)
            }
            guard let place else {
                throw PlanRefusal("uv does not say where \(one.package.title) is fetched from")
            }
            var package = found.remove(at: place)
            package.package.isDirect = asked.contains(Word(one.package.name))
            for var other in package.others {
                other.package.isDirect = package.package.isDirect
                _ = try judge(other, [])
                guard other.path == nil, package.path == nil else {
                    throw PlanRefusal(
                        "a folder has several files of \(package.package.title), and nobody says which "
                            + "uv takes")
                }
            }
            judged.append(try judge(package, []))
        }
        if let other = found.first {
            throw PlanRefusal("\(other.package.title) would be fetched, and would not be installed")
        }
        return judged
    }

    /// The name in `Because NAME was not found in the package registry …` of uv's resolver.
    static func absentName(_ errors: [UInt8]) -> String? {
        let text = String(decoding: errors, as: UTF8.self)
        // Its lines are broken at any space.
        let words = text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { Word(String(Substring($0))) }
        let told: [Word] = ["was", "not", "found", "in", "the", "package", "registry"]
        for place in words.indices where words[place...].starts(with: told) && place > 0 {
            return words[place - 1].text
        }
        return nil
    }

    // MARK: what uv is told

    /// Where `uv pip compile` writes, in the stage.
    private static let foundFile = "pylock.found.toml"

    /// What the phase finds in the file without a name.
    func uvText(for purpose: Phase.Purpose, _ judged: [ResolvedPackage]) -> [UInt8] {
        let fetched = judged.filter { $0.package.source == .registry }
        var text = ""
        switch purpose {
        case .pin:
            // Where requirement files say that packages come from holds for their pins, too.
            for use in verdict.invocation.flattened.flatMap(\.registries) {
                if let option = use.requirementOption { text += "\(option) \(use.address)\n" }
            }
            for one in fetched { text += "\(one.package.name)==\(one.package.version)\n" }
        case .remove: for one in gone(judged) { text += "\(one.name)\n" }
        case .fetch, .install: return ResolvedPackage.pylock(fetched)
        case .resolve, .own, .ask, .build, .script, .test: break
        }
        return Array(text.utf8)
    }

    /// The words of a phase that depend on what was judged.
    func uvWords(
        for purpose: Phase.Purpose, _ judged: [ResolvedPackage], in stage: InstallStage
    ) throws(LaunchFailure) -> [Word] {
        // uv knows this format by the file's name.
        let list = "pylock.toml"
        func again(_ package: ResolvedPackage) -> [Word] {
            let isAnew = leaving.contains {
                Word($0.name) == Word(package.package.name)
                    && (package.package.source != .registry
                        || Word($0.version) == Word(package.package.version))
            }
            return isAnew ? [Word("--reinstall-package=\(package.package.name)")] : []
        }
        switch purpose {
        case .pin: return [Word("--output-file=\(stage.path)/\(ResolvedRun.foundFile)")]
        case .fetch:
            do throws(StageFailure) {
                try stage.link(list, to: Resolver.exchange.text)
            } catch {
                throw LaunchFailure(code: 12)
            }
            return [
                "--link-mode=hardlink", Word("--target=\(stage.path)/\(ResolvedRun.tree)"),
                Word("--requirements=\(stage.path)/\(list)"),
            ]
        case .install:
            return [Word("--requirements=\(stage.path)/\(list)")]
                + judged.filter { $0.package.source == .registry }.flatMap(again)
        case .own:
            var words: [Word] = []
            for package in judged where package.package.source == .workspace {
                guard let path = package.path else { continue }
                words += again(package)
                words.append(Word(package.isEditable ? "--editable=\(path)" : path))
            }
            return words
        case .resolve, .remove, .ask, .build, .script, .test: return []
        }
    }

    // MARK: what was fetched

    private static let tree = "tree"

    /// Looks at what was unpacked: each package that was judged and no other, and their programs.
    func lookIntoTree(
        _ stage: InstallStage, _ judged: [ResolvedPackage]
    ) throws(PlanRefusal) {
        let place = "\(stage.path)/\(ResolvedRun.tree)"
        var missing = judged.filter { $0.package.source == .registry }
        for name in FilePath.names(in: place) ?? [] where Word(name).hasSuffix(".dist-info") {
            let head = Word(name).split(at: UInt8(ascii: "-"))?.head.text ?? name
            let found = missing.firstIndex {
                Word($0.package.name) == Word(normalisedPythonName(head))
            }
            guard let found else {
                throw PlanRefusal("\(name) was fetched, and was not among what was judged")
            }
            let package = missing.remove(at: found)
            for program in programs(of: "\(place)/\(name)") { try refuse(program, of: package) }
        }
        // Whatever a package's own list says of it.
        for program in FilePath.names(in: place + "/bin") ?? [] {
            if let package = judged.first(where: { $0.package.source == .registry }) {
                try refuse(program, of: package)
            }
        }
        if let package = missing.first {
            throw PlanRefusal("\(package.package.title) was not fetched")
        }
    }

    /// Names in the folders of programs, as the package's own list of files has them.
    private func programs(of information: String) -> [String] {
        guard let record = try? WholeFile("\(information)/RECORD", limit: 64 << 20) else {
            return []
        }
        var names: [String] = []
        for line in record.bytes.split(separator: UInt8(ascii: "\n")) {
            let path = line.prefix { $0 != UInt8(ascii: ",") }
            let parts = path.split(separator: UInt8(ascii: "/"))
            guard parts.count > 1, parts[parts.count - 2].elementsEqual("bin".utf8),
                let last = parts.last
            else { continue }
            names.append(String(decoding: last, as: UTF8.self))
        }
        return names
    }

    /// Whether all that comes goes into an environment whose programs are guarded afterwards.
    var isGuardedAfterwards: Bool {
        let filled = verdict.invocation.environmentsMade
        return filled.count == 1 && filled.allSatisfy { Adoption.isEnvironment($0) }
    }

    // MARK: what goes

    /// Packages that go and have nothing come in their place.
    func gone(_ judged: [ResolvedPackage]) -> [LockedPackage] {
        leaving.filter { old in
            !judged.contains { Word($0.package.name) == Word(old.name) }
        }
    }

    /// Whether a package comes in the place of another version.
    func isReplaced(_ package: ResolvedPackage) -> Bool {
        leaving.contains { Word($0.name) == Word(package.package.name) }
    }
}
