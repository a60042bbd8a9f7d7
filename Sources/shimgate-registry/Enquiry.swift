// Runs the steps of all inquiries at once: each round fetches what they need next, many at a time.
// Questions about one name share its document.

import CCurl
import GateCore
import Glibc
import Lockfiles
import Platform
import RegistryFacts

/// All packages of a run.
struct Enquiry {
    private var inquiries: [(key: Word, inquiry: RegistryInquiry, step: RegistryStep)] = []
    /// The inquiry of each question.
    private var places: [Int] = []
    private let access: RegistryAccess
    private let deadline: Int

    /// Bytes of one document; the largest of npm's are a few dozen megabytes.
    private static let limit = 96 << 20
    private static let parallel = 12
    private static let milliseconds = 40_000
    private static let mostRedirects = 4

    init(_ questions: [ReleaseQuestion], plain: [String]) {
        access = RegistryAccess(asked: questions.map(\.registry), plain: plain)
        deadline = Int(Clock.monotonic / 1_000_000) + Enquiry.milliseconds
        var known: [Word: Int] = [:]
        for question in questions {
            let key = Word("\(question.ecosystem.name) \(question.registry) \(question.name)")
            if let place = known[key] {
                places.append(place)
                continue
            }
            var inquiry = RegistryInquiry(
                question.ecosystem, name: question.name, at: question.registry,
                before: question.wantsTimes ? nil : question.before)
            let step = inquiry.begin()
            known[key] = inquiries.count
            places.append(inquiries.count)
            inquiries.append((key, inquiry, step))
        }
    }

    /// What was found out for a question.
    func finding(of question: Int) -> RegistryFinding {
        if case .done(let finding) = inquiries[places[question]].step { return finding }
        return .unknown("it did not answer in time")
    }

    /// Runs until nothing more is to be fetched.
    mutating func run() {
        while true {
            var requests: [(inquiry: Int, request: RegistryRequest)] = []
            for (place, entry) in inquiries.enumerated() {
                guard case .fetch(let wanted) = entry.step else { continue }
                for request in wanted { requests.append((place, request)) }
            }
            if requests.isEmpty || now >= deadline { return }
            let replies = fetch(requests.map(\.request))
            var place = 0
            while place < requests.count {
                let inquiry = requests[place].inquiry
                var own: [RegistryReply] = []
                while place < requests.count, requests[place].inquiry == inquiry {
                    own.append(replies[place])
                    place += 1
                }
                inquiries[inquiry].step = inquiries[inquiry].inquiry.receive(own)
            }
        }
    }

    private var now: Int { Int(Clock.monotonic / 1_000_000) }

    private func fetch(_ requests: [RegistryRequest]) -> [RegistryReply] {
        var replies = requests.map { _ in RegistryReply(status: 0, body: [], failure: "not asked") }
        var open = requests.enumerated().map { ($0.offset, $0.element.url) }
        for _ in 0...Enquiry.mostRedirects where !open.isEmpty {
            let fetched = fetchOnce(open.map { ($0.1, requests[$0.0].accept) })
            var moved: [(Int, String)] = []
            for (index, entry) in open.enumerated() {
                if let address = fetched[index].redirect {
                    moved.append((entry.0, address))
                    replies[entry.0] = .init(
                        status: 0, body: [], failure: "it redirects without end")
                } else {
                    replies[entry.0] = fetched[index].reply
                }
            }
            open = moved
        }
        return replies
    }

    private struct Fetched {
        var reply: RegistryReply
        var redirect: String?
    }

    /// Fetches addresses, redirects not followed.
    private func fetchOnce(_ addresses: [(url: String, accept: String)]) -> [Fetched] {
        var results: [Fetched] = addresses.map { address in
            Fetched(
                reply: RegistryReply(
                    status: 0, body: [],
                    failure: "\(address.url) may not be asked: neither https at that registry nor "
                        + "on this machine, nor listed by the policy"))
        }
        var transfers: [ccurl_transfer] = []
        var owners: [Int] = []
        for (index, address) in addresses.enumerated() {
            guard let way = access.way(to: address.url) else { continue }
            var transfer = ccurl_transfer()
            // Sound: both texts are freed below, after the transfers have ended.
            transfer.url = UnsafePointer(strdup(address.url))
            transfer.accept = UnsafePointer(strdup(address.accept))
            transfer.allows_http = way.isPlain ? 1 : 0
            transfer.allows_proxy = way.mayUseProxy ? 1 : 0
            transfer.limit = Enquiry.limit
            transfers.append(transfer)
            owners.append(index)
        }
        let left = max(1, deadline - now)
        // Sound: the array is not touched while the transfers run.
        let code = ccurl_fetch(&transfers, transfers.count, Enquiry.parallel, left)
        for index in transfers.indices {
            results[owners[index]] = read(transfers[index], isRun: code == 0)
            ccurl_release(&transfers[index])
            free(UnsafeMutablePointer(mutating: transfers[index].url))
            free(UnsafeMutablePointer(mutating: transfers[index].accept))
        }
        return results
    }

    private func read(_ transfer: ccurl_transfer, isRun: Bool) -> Fetched {
        func failed(_ reason: String) -> Fetched {
            Fetched(reply: RegistryReply(status: 0, body: [], failure: reason))
        }
        if !isRun { return failed("no transfer could be started") }
        if transfer.code != 0 {
            // CURLE_WRITE_ERROR: ours, where the limit is reached.
            if transfer.code == 23 { return failed("its answer is too large") }
            let told = ccurl_message(transfer.code).map { String(cString: $0) }
            return failed(told ?? "error \(transfer.code)")
        }
        let status = Int(transfer.status)
        if let redirect = transfer.redirect, (300..<400).contains(status) {
            return Fetched(
                reply: RegistryReply(status: status, body: []), redirect: String(cString: redirect))
        }
        // Sound: the body holds `count` bytes until it is released.
        let body = Array(UnsafeBufferPointer(start: transfer.body, count: transfer.count))
        return Fetched(reply: RegistryReply(status: status, body: body))
    }
}
