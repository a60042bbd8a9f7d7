// Asks registries about packages, for the shim: the only executable that looks for libcurl. Questions
// come as lines of JSON on standard input, which is a file; answers go as lines to standard output, in
// the order of the questions. The words are the registries that the policy lists with plain http.
//
// It sends no credentials, reads no settings file, verifies TLS by the system's own authorities, and
// keeps nothing. What it cannot find out is answered as unknown.

import CCurl
import GateCore
import Glibc
import Lockfiles
import Platform
import RegistryFacts
import StrictJSON

func end(_ code: Int32, _ message: String) -> Never {
    StandardStreams.write("shimgate: \(displayed(message))\n", to: 2)
    exit(code)
}

// Whatever hangs, a line waits no longer than this.
alarm(60)
let plain = ProcessInput.arguments?.map(\.text) ?? []
let input = Descriptor(owning: 0)
guard let text = try? input.bytes(count: 16 << 20, at: 0), text.count < 16 << 20 else {
    end(64, "shimgate-registry is started by a shim, with its questions in a file")
}
var questions: [ReleaseQuestion] = []
for line in text.split(separator: 0x0A) {
    guard let json = try? JSON.parse(Array(line)), let question = ReleaseQuestion(line: json)
    else { end(64, "shimgate-registry does not understand its questions") }
    questions.append(question)
}
guard ccurl_load() == 0 else { end(69, "libcurl is missing") }
var enquiry = Enquiry(questions, plain: plain)
enquiry.run()
var answers: [UInt8] = []
for (number, question) in questions.enumerated() {
    answers += question.answer(enquiry.finding(of: number)).line(number) + [0x0A]
}
guard StandardStreams.write(answers, to: 1) else { end(74, "the answers could not be written") }
