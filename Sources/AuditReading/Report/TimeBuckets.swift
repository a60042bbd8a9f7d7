// Counts over time in constant memory. How long the log spans is not known before its end, so the
// buckets start at a second each, and whenever a record falls behind the last one, neighbours are
// put together and the width doubles.

/// What was decided.
enum ReportEffect: Int, CaseIterable {
    case allow, approval, deny

    init?(_ record: LogRecord) {
        if record.has("effect", "allow") {
            self = .allow
        } else if record.has("effect", "approval") {
            self = .approval
        } else if record.has("effect", "deny") {
            self = .deny
        } else {
            return nil
        }
    }
}

/// Counts of each effect.
struct EffectCounts: Equatable {
    private var counts = [0, 0, 0]

    subscript(effect: ReportEffect) -> Int { counts[effect.rawValue] }

    var sum: Int { counts[0] + counts[1] + counts[2] }

    mutating func add(_ effect: ReportEffect) { counts[effect.rawValue] += 1 }

    mutating func add(_ other: EffectCounts) {
        for effect in ReportEffect.allCases { counts[effect.rawValue] += other[effect] }
    }
}

/// Counts of effects over time, for all records and for each lane.
struct TimeBuckets {
    static let most = 60

    private(set) var start: RecordTime?
    /// Microseconds.
    private(set) var width = 1_000_000
    private(set) var all: [EffectCounts] = []
    /// The lanes' own counts; the same buckets.
    private(set) var lanes: [[EffectCounts]] = []

    /// A new lane's number.
    mutating func addLane() -> Int {
        lanes.append([])
        return lanes.count - 1
    }

    /// A clock that was set back counts into the first bucket.
    mutating func add(_ effect: ReportEffect, at time: RecordTime, lane: Int) {
        let start = self.start ?? time
        self.start = start
        var bucket = max(0, (time.microseconds - start.microseconds) / width)
        while bucket >= TimeBuckets.most {
            halve()
            bucket /= 2
        }
        TimeBuckets.count(effect, bucket, &all)
        TimeBuckets.count(effect, bucket, &lanes[lane])
    }

    private mutating func halve() {
        width *= 2
        all = TimeBuckets.halved(all)
        lanes = lanes.map(TimeBuckets.halved)
    }

    private static func halved(_ counts: [EffectCounts]) -> [EffectCounts] {
        var halved: [EffectCounts] = []
        for place in counts.indices {
            if place % 2 == 0 {
                halved.append(counts[place])
            } else {
                halved[place / 2].add(counts[place])
            }
        }
        return halved
    }

    private static func count(
        _ effect: ReportEffect, _ bucket: Int, _ counts: inout [EffectCounts]
    ) {
        while counts.count <= bucket { counts.append(EffectCounts()) }
        counts[bucket].add(effect)
    }
}
