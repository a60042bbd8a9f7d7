// An invocation as JSON: the shape of `classify --batch` and of `explain --json`.

internal import GateCore
internal import StrictJSON

extension JSONText {
    /// Appends the members of an invocation, without braces.
    mutating func invocation(_ invocation: Invocation) {
        raw("\"tool\":")
        string(invocation.tool.text)
        raw(",\"version\":")
        if let version = invocation.version { string(version) } else { raw("null") }
        raw(",\"command\":")
        words(invocation.command)
        member("operation", invocation.operation.name)
        raw(",\"positionals\":")
        words(invocation.positionals)
        if !invocation.rest.isEmpty {
            raw(",\"rest\":")
            words(invocation.rest)
        }
        raw(",\"options\":{")
        for (index, setting) in invocation.inForce.enumerated() {
            if index > 0 { raw(",") }
            string(setting.name.text)
            raw(":")
            value(setting.value)
        }
        raw("}")
        packages(invocation.packages)
        if invocation.destination != .project {
            member("destination", invocation.destination.name)
        }
        if invocation.isOtherReading { raw(",\"otherReading\":true") }
        if !invocation.nested.isEmpty {
            raw(",\"nested\":[")
            for (index, inner) in invocation.nested.enumerated() {
                raw(index > 0 ? ",{" : "{")
                self.invocation(inner)
                raw("}")
            }
            raw("]")
        }
        raw(",\"ambiguous\":")
        strings(invocation.ambiguous)
    }

    private mutating func packages(_ requests: [PackageRequest]) {
        if requests.isEmpty { return }
        raw(",\"packages\":[")
        for (index, request) in requests.enumerated() {
            raw(index > 0 ? ",{\"name\":" : "{\"name\":")
            string(request.name.text)
            member("range", request.range.text)
            member("source", request.source.rawValue)
            raw("}")
        }
        raw("]")
    }

    private mutating func value(_ value: Setting.Value) {
        switch value {
        case .flag(let flag): raw(flag ? "true" : "false")
        case .text(let text): string(text.text)
        case .list(let list): words(list)
        case .null: raw("null")
        }
    }

    mutating func words(_ words: [Word]) {
        raw("[")
        for (index, word) in words.enumerated() {
            if index > 0 { raw(",") }
            string(word.text)
        }
        raw("]")
    }
}
