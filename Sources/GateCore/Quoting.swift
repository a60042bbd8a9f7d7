// POSIX shell quoting (XCU 2.2): a word that a shell would read as anything but itself goes into
// single quotes. Used for canonical texts and messages; what is executed is never a shell line.

/// The word as a POSIX shell has to be given it.
public func quoted(_ word: Word) -> String {
    var isPlain = !word.isEmpty
    for byte in word.text.utf8 where !needsNoQuotes(byte) {
        isPlain = false
        break
    }
    if isPlain { return word.text }
    var text = "'"
    for scalar in word.text.unicodeScalars {
        // A quote cannot stand inside single quotes, so it closes them, comes escaped, and opens.
        if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
    }
    return text + "'"
}

/// The words as one line for a POSIX shell.
public func quoted(_ words: [Word]) -> String {
    var text = ""
    for word in words {
        if !text.utf8.isEmpty { text += " " }
        text += quoted(word)
    }
    return text
}

/// Letters, digits and `%+,-./:=@_`, which no shell reads as anything else inside a word.
private func needsNoQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+")...UInt8(ascii: "/"): true
    case UInt8(ascii: "%"), UInt8(ascii: ":"), UInt8(ascii: "="): true
    case UInt8(ascii: "@"), UInt8(ascii: "_"): true
    default: false
    }
}
