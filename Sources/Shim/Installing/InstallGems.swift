// The gems of an install that was resolved in a stage and is done in the project: which of them the
// policy lets be built, what the guard is told, and their builds (GemBuilding.swift).

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Tools

extension InstallRun {
    private var building: GemBuilding {
        GemBuilding(
            installation: installation, obligations: preparation.judgement.obligations, hops: hops)
    }

    /// Gems that may be built, of those that were judged.
    private var buildableGems: [String] {
        guard preparation.installer.leavesUnbuilt,
            let judged = judgedLockfile ?? preparation.lockfile
        else { return [] }
        return GemBuilding.names(preparation.buildable, in: judged)
    }

    /// What the guard is told.
    var gemVariables: [Environment.Entry] {
        [
            GemBuilding.variable(buildableGems),
            .init(
                name: "SHIMGATE_BUNDLE_LOCKFILE",
                value: Word("\(preparation.files.root)/\(preparation.lockfileName)")),
        ]
    }

    /// How the install ends where gems may be built and nothing can confine that.
    func refuseUnconfinedGems(
        of recorded: borrowing RecordedPlan, _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        guard let first = buildableGems.first else { return nil }
        do throws(LaunchFailure) {
            if try building.probe(of: recorded, signals) != nil { return nil }
        } catch {
            return .notStarted(error)
        }
        return .refused(GemBuilding.unconfined(first))
    }

    /// Builds what Bundler says that it left unbuilt.
    mutating func buildGems(
        of recorded: borrowing RecordedPlan, _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        guard preparation.installer.leavesUnbuilt else { return nil }
        do throws(PlanRefusal) {
            return building.build(
                try GemBuild.read(unbuilt), of: recorded, signals, noting: &outcome)
        } catch {
            return .refused(error.reason)
        }
    }
}
