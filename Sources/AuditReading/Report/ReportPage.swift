// The report: one page that needs nothing from outside, has no script, and forbids both by its
// content security policy. Chain health comes first, because nothing below it means anything where
// the chain is broken.

public import Audit
public import Platform

/// Writes the report of a log.
public struct ReportPage {
    private let summary: ReportSummary
    private let verification: Verification
    private let written: RecordTime
    private let version: String
    private var page = HTMLText()

    /// Reads the log.
    ///
    /// - Parameters:
    ///   - verification: what `verify` said of it.
    ///   - written: now.
    public init(
        _ source: LogSource, verification: Verification, written: RecordTime, version: String
    ) throws(SystemError) {
        var summary = ReportSummary()
        try LogLines.read(source) { line in
            summary.take(line)
            return true
        }
        self.summary = summary
        self.verification = verification
        self.written = written
        self.version = version
    }

    /// The page, UTF-8.
    public mutating func html() -> [UInt8] {
        page = HTMLText()
        head()
        health()
        tiles()
        timeline()
        denials()
        dependencies()
        notFound()
        approvals()
        overrides()
        events()
        foot()
        return page.bytes
    }

    private mutating func head() {
        page.raw(
            """
            <!DOCTYPE html>
            <html lang=en><head><meta charset=utf-8>
            <meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'sha256-
            """)
        page.text(ReportPage.styleHash)
        page.raw(
            """
            '; base-uri 'none'; form-action 'none'">
            <meta name=viewport content="width=device-width,initial-scale=1">
            <meta name=referrer content=no-referrer>
            <title>shimgate audit report</title>
            <style>
            """)
        page.raw(ReportStyle.sheet)
        page.raw("</style></head>\n<body>\n<h1>Audit report</h1>\n<p class=soft>")
        if let host = summary.host {
            page.text(host)
            page.raw(" · ")
        }
        if let first = summary.first, let last = summary.last {
            page.text("\(first.minute) to \(last.minute) UTC")
            page.raw(" · ")
        }
        page.number(summary.records)
        page.raw(" records</p>\n")
    }

    /// What `style-src` admits: base64 of SHA-256 over the style sheet (CSP 3, §6.7.3.3).
    private static var styleHash: String {
        let sheet = ReportStyle.sheet
        // Sound: a StaticString's UTF-8 lives for the whole run.
        let bytes = UnsafeBufferPointer(start: sheet.utf8Start, count: sheet.utf8CodeUnitCount)
        let digits = Array(Digest(of: Array(bytes)).hexadecimal.utf8)
        var digest: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            digest.append(value(of: digits[place]) << 4 | value(of: digits[place + 1]))
        }
        return String(decoding: base64(digest), as: UTF8.self)
    }

    private static func value(of digit: UInt8) -> UInt8 {
        digit < 0x3A ? digit - 0x30 : digit - 0x57
    }

    private mutating func health() {
        page.raw("<section class=\"health ")
        switch verification.verdict {
        case .proven: page.raw("good")
        case .intact: page.raw(verification.hasTornTail ? "fair" : "good")
        case .tampered, .unverifiable: page.raw("bad")
        }
        page.raw("\">\n<small>Chain health</small><br><strong>")
        page.text(verification.summary)
        page.raw("</strong>\n<p>")
        if verification.records > 0 {
            page.text("\(verification.records) records, the last is seq \(verification.lastNumber)")
            page.raw(" with hash <code>")
            page.text(verification.lastHash.hexadecimal)
            page.raw("</code>")
        }
        if let chain = summary.chain {
            page.raw("; chain <code>")
            page.text(chain)
            page.raw("</code>")
        }
        page.raw("</p>\n<ul>\n")
        for claim in verification.claims {
            switch claim.standing {
            case .proved: page.raw("<li><b class=proved>")
            case .conditional: page.raw("<li><b class=conditional>")
            case .unprovable: page.raw("<li><b>")
            case .refuted: page.raw("<li><b class=refuted>")
            }
            page.text(claim.standing.rawValue)
            page.raw("</b>: ")
            page.text(claim.statement)
            page.raw("</li>\n")
        }
        page.raw("</ul>\n")
        if summary.unreadable > 0 {
            page.raw("<p>")
            page.number(summary.unreadable)
            page.raw(" lines are no records and are not counted below.</p>\n")
        }
        page.raw("</section>\n")
    }

    private mutating func tiles() {
        let made: [(StaticString, Int)] = [
            ("decisions", summary.counts.sum), ("allowed", summary.counts[.allow]),
            ("denied", summary.counts[.deny]), ("approvals asked", summary.counts[.approval]),
            ("tasks of agents", summary.lanes.count),
            ("names not found", summary.notFound.rows.count),
        ]
        page.raw("<div class=tiles>")
        for (name, count) in made {
            page.raw("<div class=tile><b>")
            page.number(count)
            page.raw("</b>")
            page.raw(name)
            page.raw("</div>")
        }
        page.raw("</div>\n")
    }

    private mutating func timeline() {
        page.raw("<h2>Timeline</h2>\n")
        guard summary.counts.sum > 0 else { return page.raw("<p>No decisions.</p>\n") }
        page.key()
        page.timeline(summary.buckets, .broad)
        page.timeline(summary.buckets, .narrow)
        page.raw("<p class=soft>By agent and task</p>\n")
        page.lanes(summary.lanes, summary.buckets, .broad)
        page.lanes(summary.lanes, summary.buckets, .narrow)
    }

    private mutating func denials() {
        page.raw("<h2>Denials</h2>\n")
        tally(
            summary.denials, ["Denied", "Line", "Rule or reason", "Last by", "Last at", "seq"]
        ) { row in
            [
                .number(row.count), .code(row.name), .text(row.note), .text(row.last.who),
                .time(row.last.time), .number(row.last.number),
            ]
        }
    }

    private mutating func dependencies() {
        page.raw("<h2>New dependencies</h2>\n")
        guard summary.dependencies.rows.isEmpty else {
            page.raw("<p class=soft>Packages by their first appearance, newest first.</p>\n")
            let newest = summary.dependencies.rows.reversed().prefix(100)
            page.table(
                ["First at", "Package", "Version", "Registry", "For", "Times", "seq"],
                newest.map { row in
                    [
                        .time(row.first.time), .code(row.name), .text(row.detail),
                        .text(row.note), .text(row.first.who), .number(row.count),
                        .number(row.first.number),
                    ]
                })
            return more(summary.dependencies.rows.count - newest.count)
        }
        page.raw(
            """
            <p class=soft>No record lists packages (supervised installs write them). These install \
            lines were allowed.</p>

            """)
        tally(summary.installs, ["Times", "Line", "Tool", "First by", "First at", "seq"]) { row in
            [
                .number(row.count), .code(row.name), .text(row.note), .text(row.first.who),
                .time(row.first.time), .number(row.first.number),
            ]
        }
    }

    private mutating func notFound() {
        page.raw("<h2>Names that no registry knew</h2>\n")
        tally(summary.notFound, ["Asked", "Name", "Registry", "Last for", "Last at", "seq"]) {
            row in
            [
                .number(row.count), .code(row.name), .text(row.note), .text(row.last.who),
                .time(row.last.time), .number(row.last.number),
            ]
        }
    }

    private mutating func approvals() {
        page.raw("<h2>Approvals</h2>\n")
        guard !summary.approvals.isEmpty else { return page.raw("<p>None.</p>\n") }
        let waits = summary.approvals.compactMap(\.seconds).sorted()
        if !waits.isEmpty {
            page.raw("<p>Half of the answers came within ")
            page.text(ReportPage.duration(waits[waits.count / 2]))
            page.raw(", the slowest after ")
            page.text(ReportPage.duration(waits[waits.count - 1]))
            page.raw(".</p>\n")
        }
        let newest = summary.approvals.reversed().prefix(50)
        page.table(
            ["Asked at", "Line", "By", "Answer", "From", "After", "seq"],
            newest.map { course in
                [
                    .time(course.asked.time), .code(course.command), .text(course.asked.who),
                    .text((course.ending ?? "open") + (course.isConsumed ? ", used" : "")),
                    .text(course.by), .text(course.seconds.map(ReportPage.duration) ?? ""),
                    .number(course.asked.number),
                ]
            })
        more(summary.approvals.count - newest.count)
    }

    private mutating func overrides() {
        page.raw("<h2>Overrides without effect</h2>\n")
        tally(summary.overrides, ["Times", "Override", "Line", "Last by", "Last at", "seq"]) {
            row in
            [
                .number(row.count), .code(row.name), .code(row.note), .text(row.last.who),
                .time(row.last.time), .number(row.last.number),
            ]
        }
    }

    private mutating func events() {
        page.raw("<h2>Events of the chain</h2>\n")
        page.table(
            ["At", "What", "Note", "seq"],
            summary.events.reversed().map { event in
                [
                    .time(event.mark.time), .text(event.type), .text(event.note),
                    .number(event.mark.number),
                ]
            })
    }

    private mutating func tally(
        _ tally: Tally, _ headings: [StaticString], _ row: (Tally.Row) -> [HTMLText.Cell]
    ) {
        guard !tally.rows.isEmpty else { return page.raw("<p>None.</p>\n") }
        let shown = tally.ranked.prefix(25)
        page.table(headings, shown.map(row))
        more(tally.rows.count - shown.count + tally.others)
    }

    private mutating func more(_ count: Int) {
        guard count > 0 else { return }
        page.raw("<p class=soft>and ")
        page.number(count)
        page.raw(" more; <code>shimgate audit list</code> shows them</p>\n")
    }

    private mutating func foot() {
        page.raw("<footer>Written ")
        page.text("\(written.minute) UTC by shimgate \(version)")
        page.raw(
            """
            . Times are UTC. Labels of agents and tasks are what they call themselves unless the \
            installation sets them. Calls that pass the shims leave no record.</footer>
            </body></html>

            """)
    }

    private static func duration(_ seconds: Int) -> String {
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7_200 { return "\(seconds / 60) min" }
        return seconds < 172_800 ? "\(seconds / 3_600) h" : "\(seconds / 86_400) d"
    }
}

extension LogRecord.Mark {
    /// Agent and task, as far as they are labelled.
    var who: String {
        let agent = shortened(self.agent, to: 40)
        return task.isEmpty ? agent : "\(agent) · \(shortened(task, to: 40))"
    }
}
