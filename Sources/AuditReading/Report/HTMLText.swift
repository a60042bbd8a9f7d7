// Writing HTML in which strangers' words stay words. What is markup comes as a literal of our own
// source (`StaticString`); every other text goes through `text`, which shows misleading characters as
// `\u{XX}` and escapes what HTML gives a meaning, inside elements and inside quoted attributes alike.
// There is no third way in.

internal import GateCore

/// A buffer that takes HTML.
struct HTMLText {
    private(set) var bytes: [UInt8] = []

    /// Appends markup of our own.
    mutating func raw(_ markup: StaticString) {
        // Sound: a StaticString's UTF-8 lives for the whole run.
        bytes.append(
            contentsOf: UnsafeBufferPointer(
                start: markup.utf8Start, count: markup.utf8CodeUnitCount))
    }

    /// Appends text that may hold anything.
    mutating func text(_ text: String) {
        for byte in displayed(text).utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            case UInt8(ascii: "'"): raw("&#39;")
            case UInt8(ascii: "`"): raw("&#96;")
            default: bytes.append(byte)
            }
        }
    }

    mutating func number(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

    /// A table; on a narrow screen each cell shows its heading.
    mutating func table(_ headings: [StaticString], _ rows: [[Cell]]) {
        raw("<div class=wide><table><thead><tr>")
        for heading in headings {
            raw("<th>")
            raw(heading)
            raw("</th>")
        }
        raw("</tr></thead><tbody>\n")
        for row in rows {
            raw("<tr>")
            for (heading, cell) in zip(headings, row) {
                raw("<td data-name=\"")
                raw(heading)
                add(cell)
                raw("</td>")
            }
            raw("</tr>\n")
        }
        raw("</tbody></table></div>\n")
    }

    enum Cell {
        case text(String)
        /// In the typeface of commands.
        case code(String)
        case number(Int)
        case time(RecordTime)
    }

    private mutating func add(_ cell: Cell) {
        switch cell {
        case .text(let text):
            raw("\">")
            self.text(shortened(text, to: 80))
        case .code(let text):
            raw("\"><code>")
            self.text(shortened(text, to: 400))
            raw("</code>")
        case .number(let value):
            raw("\" class=n>")
            number(value)
        case .time(let time):
            raw("\" class=w>")
            text(time.minute)
        }
    }
}

/// The text, or so many of its characters and an ellipsis; the whole is in the log.
func shortened(_ text: String, to count: Int) -> String {
    text.count > count ? text.prefix(count - 1) + "…" : text
}
