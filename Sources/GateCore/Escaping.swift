// Untrusted text on a terminal: argv, package names and file contents can carry sequences that
// move the cursor, reverse the reading direction or vanish. Everything that is not plainly visible
// becomes `\u{XX}` (Unicode TR 36, Trojan Source), so that a person reads what is there.

/// The text with every character that could mislead a reader written as `\u{XX}`.
public func displayed(_ text: String) -> String {
    var isPlain = true
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7F {
        isPlain = false
        break
    }
    if isPlain { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        if isPlainlyVisible(scalar) {
            result.unicodeScalars.append(scalar)
        } else {
            result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
    }
    return result
}

/// Whether a scalar shows as itself: no control, format, separator, private or unassigned one, no
/// space but U+0020, nothing that renderers leave out, no mark that could join what stands before.
func isPlainlyVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value >= 0x20 && scalar.value != 0x7F }
    let properties = scalar.properties
    // Hangul fillers and variation selectors are letters or marks by category, and invisible.
    if properties.isDefaultIgnorableCodePoint { return false }
    // U+2800 is a symbol that shows nothing.
    if scalar.value == 0x2800 { return false }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator,
        .lineSeparator, .paragraphSeparator:
        return false
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
        .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
        .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
        .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
        return true
    @unknown default: return false
    }
}
