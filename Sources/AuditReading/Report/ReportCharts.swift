// The report's charts: inline SVG of rectangles and text, sized by attributes, coloured by class. All
// numbers are integers in a drawing of 1000 units' width. A bar's exact counts are its `title`.

/// The space that a chart has. Text does not shrink with the drawing, so a phone gets its own.
struct ChartSpace {
    let width: Int
    /// Of a lane's name.
    let names: Int
    let isNarrow: Bool

    static let broad = ChartSpace(width: 1_000, names: 250, isNarrow: false)
    static let narrow = ChartSpace(width: 380, names: 150, isNarrow: true)
}

extension HTMLText {
    /// Decisions over time, stacked: allowed at the bottom, denied on top.
    mutating func timeline(_ buckets: TimeBuckets, _ space: ChartSpace) {
        guard let start = buckets.start else { return }
        let height = 150
        let most = max(1, buckets.all.map(\.sum).max() ?? 1)
        let count = max(12, buckets.all.count)
        func x(_ place: Int) -> Int { 34 + place * (space.width - 40) / count }
        open(space, height: 190, "Decisions over time")
        line(fromX: 30, toX: space.width, y: height + 10)
        label(x: 28, y: 18, isEnd: true, String(most))
        label(x: 28, y: height + 12, isEnd: true, "0")
        for (place, counts) in buckets.all.enumerated() where counts.sum > 0 {
            let time = RecordTime(microseconds: start.microseconds + place * buckets.width)
            var top = height + 10
            for effect in ReportEffect.allCases where counts[effect] > 0 {
                // What happened at all is at least a hair high.
                let tall = max(2, counts[effect] * height / most)
                top -= tall
                bar(
                    effect, x: x(place), y: top, width: max(2, x(place + 1) - x(place) - 1),
                    height: tall, title: "\(time.minute): \(counts[effect]) \(effect.word)")
            }
        }
        let span = buckets.all.count
        for place in space.isNarrow ? [0, span] : [0, span / 2, span] where span > 1 || place == 0 {
            let time = RecordTime(microseconds: start.microseconds + place * buckets.width)
            let isEnd = place > 0 && x(place) > space.width * 3 / 4
            label(x: x(place), y: height + 28, isEnd: isEnd, time.minute)
        }
        raw("</svg>\n")
    }

    /// One row for each task of an agent: a mark for each bucket in which it did something, of the
    /// gravest effect in it.
    mutating func lanes(
        _ lanes: [ReportSummary.Lane], _ buckets: TimeBuckets, _ space: ChartSpace
    ) {
        let order = lanes.indices.sorted {
            (lanes[$1].counts.sum, $0) < (lanes[$0].counts.sum, $1)
        }.prefix(16)
        let count = max(12, buckets.all.count)
        let right = space.width - 40
        func x(_ place: Int) -> Int { space.names + place * (right - space.names) / count }
        open(space, height: order.count * 24 + 8, "Tasks over time")
        for (row, lane) in order.enumerated() {
            let y = 20 + row * 24
            let name = shortened(lanes[lane].name, to: space.isNarrow ? 23 : 40)
            label(x: 0, y: y, isEnd: false, name)
            label(x: space.width, y: y, isEnd: true, String(lanes[lane].counts.sum))
            line(fromX: space.names, toX: right, y: y + 4)
            guard lane < buckets.lanes.count else { continue }
            for (place, counts) in buckets.lanes[lane].enumerated() where counts.sum > 0 {
                let gravest: ReportEffect =
                    counts[.deny] > 0 ? .deny : counts[.approval] > 0 ? .approval : .allow
                let tall = gravest == .deny ? 16 : gravest == .approval ? 12 : 8
                bar(
                    gravest, x: x(place), y: y + 4 - tall,
                    width: max(3, x(place + 1) - x(place) - 1), height: tall,
                    title: "\(counts[.allow]) allowed, \(counts[.approval]) asked, "
                        + "\(counts[.deny]) denied")
            }
        }
        raw("</svg>\n")
    }

    private mutating func open(_ space: ChartSpace, height: Int, _ name: StaticString) {
        raw(space.isNarrow ? "<svg class=narrow" : "<svg class=broad")
        raw(" viewBox=\"0 0 ")
        number(space.width)
        raw(" ")
        number(height)
        raw("\" role=img aria-label=\"")
        raw(name)
        raw("\">\n")
    }

    /// What the colours mean.
    mutating func key() {
        raw("<p class=key>")
        for effect in ReportEffect.allCases {
            raw("<svg viewBox=\"0 0 10 10\" aria-hidden=true>")
            bar(effect, x: 0, y: 0, width: 10, height: 10, title: effect.word)
            raw("</svg>")
            text(effect.word)
        }
        raw("</p>\n")
    }

    private mutating func bar(
        _ effect: ReportEffect, x: Int, y: Int, width: Int, height: Int, title: String
    ) {
        switch effect {
        case .allow: raw("<rect class=allow")
        case .approval: raw("<rect class=approval")
        case .deny: raw("<rect class=deny")
        }
        attribute(" x=\"", x)
        attribute(" y=\"", y)
        attribute(" width=\"", width)
        attribute(" height=\"", height)
        raw("><title>")
        text(title)
        raw("</title></rect>\n")
    }

    private mutating func line(fromX: Int, toX: Int, y: Int) {
        raw("<line class=axis")
        attribute(" x1=\"", fromX)
        attribute(" y1=\"", y)
        attribute(" x2=\"", toX)
        attribute(" y2=\"", y)
        raw("/>\n")
    }

    private mutating func label(x: Int, y: Int, isEnd: Bool, _ text: String) {
        raw("<text")
        attribute(" x=\"", x)
        attribute(" y=\"", y)
        if isEnd { raw(" text-anchor=end") }
        raw(">")
        self.text(text)
        raw("</text>\n")
    }

    private mutating func attribute(_ name: StaticString, _ value: Int) {
        raw(name)
        number(value)
        raw("\"")
    }
}

extension ReportEffect {
    var word: String {
        switch self {
        case .allow: "allowed"
        case .approval: "approval asked"
        case .deny: "denied"
        }
    }
}

extension ReportSummary.Lane {
    /// Agent and task.
    var name: String {
        let agent = self.agent.isEmpty ? "no agent label" : self.agent
        return task.isEmpty ? agent : "\(agent) · \(task)"
    }
}
