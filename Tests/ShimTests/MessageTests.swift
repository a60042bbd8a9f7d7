// What we say, word for word: the first line is stable, because people and agents match on it.

import GateCore
import Testing

@testable import Shim

@Suite struct MessageTests {
    private let record = Message.RecordName(id: "0193a4d2-7c1e-7b5a-9f0e-2f3a4b5c6d7e", seq: 1204)

    private var denial: Decision {
        var decision = Decision(
            effect: .deny, command: "npm publish --access public", operation: .publish,
            reason: "rule deny-npm-publish of policy.json matches")
        decision.rule = "deny-npm-publish"
        decision.origin = "policy.json:14"
        decision.message = "npm publish is permanently denied for AI agents."
        return decision
    }

    @Test("a denial names the rule, the reason, the place, the way on and the record")
    func denied() {
        #expect(
            Message.denied(denial, record).text == """
                shimgate: denied: npm publish --access public [rule deny-npm-publish]
                  why:    npm publish is permanently denied for AI agents.
                  at:     policy.json:14
                  next:   do not retry; ask the person you work for to publish
                  record: 0193a4d2-7c1e-7b5a-9f0e-2f3a4b5c6d7e (seq 1204)

                """)
    }

    @Test("an approval says that retrying does not help")
    func pending() {
        var decision = denial
        decision.effect = .approval
        #expect(
            Message.pending(decision, record).text == """
                shimgate: approval needed: npm publish --access public [rule deny-npm-publish]
                  why:    npm publish is permanently denied for AI agents.
                  at:     policy.json:14
                  next:   do not retry; ask the person you work for to review it
                  record: 0193a4d2-7c1e-7b5a-9f0e-2f3a4b5c6d7e (seq 1204)

                """)
    }

    @Test("JSON says the same to a program, on one line")
    func json() {
        #expect(
            Message.denied(denial, record).json == """
                {"shimgate":"denied","exit":77,\
                "verdict":"denied: npm publish --access public [rule deny-npm-publish]",\
                "why":"npm publish is permanently denied for AI agents.","at":"policy.json:14",\
                "next":"do not retry; ask the person you work for to publish",\
                "record":"0193a4d2-7c1e-7b5a-9f0e-2f3a4b5c6d7e (seq 1204)"}

                """)
    }

    @Test("untrusted text is escaped, a diagnostic of several lines keeps its shape")
    func escaped() {
        var decision = denial
        decision.command = "npm publish '\u{1B}[2J\u{202E}x'"
        let text = Message.denied(decision, record).text
        #expect(text.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 < 0x7F })
        let broken = Message.policyUnusable("p.json:1:2: error: no\n  {x\n   ^")
        #expect(broken.text.contains("\n  why:    p.json:1:2: error: no\n            {x\n"))
    }

    static let all: [(Message, Int32, String)] = [
        (.policyUnusable("x"), 78, "shimgate: policy unusable; nothing ran\n"),
        (.installationUnusable("x"), 78, "shimgate: installation unusable; nothing ran\n"),
        (
            .notRecorded("x"), 74,
            "shimgate: the decision could not be recorded; nothing ran\n"
        ),
        (
            .toolNotFound("pnpm"), 127,
            "shimgate: pnpm: not found; only the shim of that name is on PATH\n"
        ),
        (
            .listedToolGone("npm", path: "/usr/bin/npm"), 127,
            "shimgate: npm: /usr/bin/npm is gone or not executable\n"
        ),
        (
            .toolNotStarted(path: "/bin/x", reason: "Permission denied", code: 126), 126,
            "shimgate: /bin/x could not be started: Permission denied\n"
        ),
        (.loop("npm"), 70, "shimgate: npm: this call leads back to itself; stopped\n"),
        (
            .unknownName("nmp", known: ["npm"]), 64,
            "shimgate: called as nmp, which is no name of ours\n"
        ),
        (
            .descriptorsUnusable, 70,
            "shimgate: a standard descriptor is closed and /dev/null cannot be opened\n"
        ),
        (
            .verbUnavailable("audit", path: "/x"), 70,
            "shimgate: audit: /x could not be started\n"
        ),
        (.usage("simulate: x"), 64, "shimgate: simulate: x\n"),
    ]

    @Test("every other message has its first line and its exit code")
    func others() {
        for (message, code, first) in Self.all {
            #expect(message.exitCode == code)
            #expect(message.text.hasPrefix(first), "\(message.text)")
            #expect(message.text.split(separator: "\n").count <= 5)
        }
    }

    @Test("no message says how to switch us off")
    func silence() {
        for (message, _, _) in Self.all {
            for word in ["unset", "PATH=", "SHIMGATE_", "--no-", "bypass"] {
                #expect(!message.text.contains(word))
            }
        }
    }
}
