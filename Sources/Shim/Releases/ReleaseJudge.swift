// The cooldown by facts: what a line would bring is held against the times at which registries say that
// it was published. It is for lines whose tool has no option of its own for that; another executable
// of ours fetches (`shimgate-registry`), so that nothing of it is on any other line's path.
//
// What cannot be found out fails, unless the policy exempts the registry by its address.

internal import GateCore
internal import Launch
internal import Lockfiles
internal import RegistryFacts
internal import StrictJSON
internal import Tools

/// A package that an install would bring.
struct ReleaseRequest: Equatable {
    let ecosystem: PackageEcosystem
    let name: String
    /// A version, or what may be chosen as the tool reads it; empty for any.
    let range: String
    /// Whether `range` is one version, as in a lockfile.
    let isVersion: Bool
    /// Whether a version that is not final may be chosen.
    var includesPreliminary = false
    /// Where it would come from; each that has the name has to have it old enough.
    let registries: [String]

    /// Packages of a lockfile, or as a tool's report of what it would install tells them. Those from
    /// elsewhere than a registry are left out: the policy's `sources` are about them.
    ///
    /// - Parameter registries: where packages are from whose registry the lockfile does not record;
    ///   the public one where there is none.
    static func of(
        _ packages: [LockedPackage], registries: [String] = []
    ) -> [ReleaseRequest] {
        packages.compactMap { package in
            guard package.source == .registry, !package.version.utf8.isEmpty else { return nil }
            var base = package.registryBase
            // Cargo.lock names crates.io also where the settings put another registry in its place.
            if package.ecosystem == .cargo, base.map(isCratesIO) == true,
                !registries.isEmpty, !registries.contains(where: isCratesIO)
            {
                base = nil
            }
            let known = (base.map { [$0] } ?? registries)
                .map { package.ecosystem.index(at: withoutUserinfo($0)) }
            return ReleaseRequest(
                ecosystem: package.ecosystem, name: package.name, range: package.version,
                isVersion: true,
                registries: known.isEmpty ? [package.ecosystem.publicIndex] : known)
        }
    }
}

/// Whether an address is one of those of crates.io's index.
private func isCratesIO(_ address: String) -> Bool {
    LockfileFormat.cargo.publicRegistry.contains { isBelow(address, $0) }
}

/// What is known of packages after registries were asked.
struct ReleaseReport {
    /// Why they may not be installed; nil where they may.
    var refusal: String?
    /// Those whose names no registry has.
    var missing: [ReleaseRequest] = []
    /// What was found out, where anything was.
    var answers: [(request: ReleaseRequest, answer: ReleaseAnswer)] = []

    /// Whether a tool that is told the date may find versions that are old enough: each package has one,
    /// and no young one is asked for exactly.
    var leavesAChoice: Bool {
        !answers.isEmpty
            && answers.allSatisfy { request, answer in
                if answer.failure != nil { return false }
                let pin: Word = "=="
                let isPinned = request.isVersion || Word(request.range).hasPrefix(pin)
                return answer.young == nil || answer.newest != nil && !isPinned
            }
    }
}

/// Judges packages by their age.
///
/// How to call it: with the obligations of the allowed line, before anything is installed, on what
/// was resolved:
///
///     let judge = ReleaseJudge(installation.libexec, obligations, now: verdict.now)
///     if let refusal = judge.refusal(of: lockfile.packages, registries: registries) { ... deny }
///
/// It says nothing, starts nothing and is nil at once where the policy has no `minimumReleaseAge`.
struct ReleaseJudge {
    /// Where the executable is that asks registries.
    private let libexec: String
    private let age: Int?
    private let exempt: [String]
    private let plain: [String]
    private let now: Int

    /// Judges under the obligations of an allowed line.
    ///
    /// - Parameters:
    ///   - libexec: `Installation.libexec`.
    ///   - now: seconds since 1970-01-01 UTC.
    init(_ libexec: String, _ obligations: Obligations, now: Int) {
        self.libexec = libexec
        age = obligations.minimumReleaseAge.flatMap { $0 > 0 ? $0 : nil }
        exempt = obligations.cooldownExempt ?? []
        plain = (obligations.registries ?? []).filter { Word($0).hasPrefix("http://") }
        self.now = now
    }

    /// Why locked packages may not be installed, nil where they may: one of them is too young, its age
    /// cannot be told, or it does not exist.
    func refusal(of packages: [LockedPackage], registries: [String] = []) -> String? {
        refusal(of: ReleaseRequest.of(packages, registries: registries))
    }

    /// The same for packages whose registries are known one by one.
    func refusal(of requests: [ReleaseRequest]) -> String? {
        let report = report(on: requests)
        if let refusal = report.refusal { return refusal }
        return report.missing.first.map { request in
            "\(request.name) does not exist at \(request.registries.joined(separator: ", "))"
        }
    }

    /// What registries say of packages. An empty report where the policy has no `minimumReleaseAge`.
    func report(on requests: [ReleaseRequest]) -> ReleaseReport {
        guard let age else { return ReleaseReport() }
        return report(on: requests, before: (now - age) * 1_000)
    }

    /// The same whatever age the policy demands, for facts that rules ask for.
    func facts(on requests: [ReleaseRequest]) -> ReleaseReport {
        report(on: requests, before: now * 1_000, wantsTimes: true)
    }

    private func report(
        on requests: [ReleaseRequest], before: Int, wantsTimes: Bool = false
    ) -> ReleaseReport {
        var report = ReleaseReport()
        var questions: [ReleaseQuestion] = []
        var owners: [Int] = []
        for (place, request) in requests.enumerated() {
            for registry in request.registries {
                if exempt.contains(where: { isBelow(registry, $0) }) { continue }
                var question = ReleaseQuestion(
                    request.ecosystem, request.name, range: request.range,
                    isVersion: request.isVersion, at: registry, before: before)
                question.wantsTimes = wantsTimes
                question.includesPreliminary = request.includesPreliminary
                questions.append(question)
                owners.append(place)
            }
        }
        if questions.isEmpty { return report }
        let count = questions.count
        let waiting = WaitingLine(
            "asking registries about \(count) \(count == 1 ? "package" : "packages")")
        let told = ask(questions)
        waiting.end()
        let answers: [ReleaseAnswer]
        switch told {
        case .success(let told): answers = told
        case .failure(let failure):
            report.refusal =
                "the policy's minimumReleaseAge needs to know when packages were published, and "
                + failure.reason
            return report
        }
        var isFound = requests.map { _ in false }
        // Of several registries one has to have the version; each that has it says its age.
        var hasVersion = requests.map { request in
            request.registries.contains { registry in exempt.contains { isBelow(registry, $0) } }
        }
        for (place, answer) in answers.enumerated() where answer.exists == true {
            if answer.failure == nil { hasVersion[owners[place]] = true }
        }
        for (place, answer) in answers.enumerated() {
            report.answers.append((requests[owners[place]], answer))
            if answer.exists != false { isFound[owners[place]] = true }
            let isElsewhere =
                answer.exists == true && answer.failure != nil && hasVersion[owners[place]]
            if report.refusal == nil, !isElsewhere {
                report.refusal = questions[place].refusal(answer)
            }
        }
        for place in owners where !isFound[place] {
            let isKnown = report.missing.contains { $0 == requests[place] }
            let isExempt = requests[place].registries.contains { registry in
                exempt.contains { isBelow(registry, $0) }
            }
            if !isKnown, !isExempt { report.missing.append(requests[place]) }
        }
        return report
    }

    /// Asks the executable; every question gets its answer or none does.
    private func ask(
        _ questions: [ReleaseQuestion]
    ) -> Result<[ReleaseAnswer], PlanRefusal> {
        var lines: [UInt8] = []
        for (number, question) in questions.enumerated() {
            lines += question.line(number) + [0x0A]
        }
        let program = libexec + "/shimgate-registry"
        switch Launcher.ask(program, plain, about: lines, limit: 64 << 20) {
        case .missing:
            return .failure(
                .init("\(program), which asks registries, is missing: install shimgate again"))
        case .failed(69):
            return .failure(
                .init("libcurl is missing, by which registries are asked: install libcurl4"))
        case .failed(let code):
            return .failure(.init("\(program) failed (\(code))"))
        case .answered(let bytes):
            var answers: [ReleaseAnswer] = []
            for line in bytes.split(separator: 0x0A) {
                guard let json = try? JSON.parse(Array(line)),
                    json["id"]?.integer == answers.count, let answer = ReleaseAnswer(line: json)
                else { return .failure(.init("\(program) gave an answer that is none")) }
                answers.append(answer)
            }
            guard answers.count == questions.count else {
                return .failure(.init("\(program) left a question without an answer"))
            }
            return .success(answers)
        }
    }
}
