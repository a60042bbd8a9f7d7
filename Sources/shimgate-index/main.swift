// `shimgate audit index` and `audit list --indexed`: the only executable that looks for libsqlite3.
// It is started by shimgate-cli with words that it has already read:
//
//     shimgate-index update|rebuild DIRECTORY
//     shimgate-index list DIRECTORY lines|json LAST|all [CONDITION...]

import Audit
import AuditIndex
import AuditReading
import GateCore
import Glibc
import Platform

func end(_ code: Int32, _ message: String) -> Never {
    StandardStreams.write("shimgate: \(displayed(message))\n", to: 2)
    exit(code)
}

let words = ProcessInput.arguments?.map(\.text) ?? []
guard words.count >= 2 else { end(64, "shimgate-index is started by shimgate audit index") }
let index = RecordIndex(directory: words[1])
do throws(IndexError) {
    switch Word(words[0]) {
    case "update", "rebuild":
        let count = try index.update(anew: Word(words[0]) == "rebuild")
        StandardStreams.write("\(count) records are in \(RecordIndex.name)\n", to: 1)
    case "list":
        guard words.count >= 4, let query = RecordQuery(words: Array(words.dropFirst(4))) else {
            end(64, "shimgate-index does not know these words")
        }
        let isJSON = Word(words[2]) == "json"
        let isColored = StandardStreams.isColoured(1)
        try index.lines(query, last: Int(words[3])) { line in
            if isJSON { return StandardStreams.write(line + [0x0A], to: 1) }
            guard let record = RecordLine(line) else { return true }
            let text = record.text(isColored: isColored, escaping: displayed)
            return StandardStreams.write("\(record.number)  \(text)\n", to: 1)
        }
    default: end(64, "shimgate-index has no verb \(words[0])")
    }
} catch {
    end(error.kind == .missingLibrary ? 69 : 74, error.reason)
}
