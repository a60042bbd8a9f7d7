// What a person at a terminal waits for while we are the ones who take long. Where stderr is no terminal
// nothing is written, and when it is over nothing is left.

internal import Platform

/// A line that is shown for a while.
struct WaitingLine {
    private let width: Int?

    /// Shows what is being done: `asking registries about 150 packages`.
    init(_ text: String) {
        guard StandardStreams.isTerminal(2) else {
            width = nil
            return
        }
        let line = "shimgate: \(text) ..."
        width = line.utf8.count
        StandardStreams.write("\r" + line, to: 2)
    }

    /// Takes the line away. Blanks do that on every terminal.
    func end() {
        guard let width else { return }
        StandardStreams.write("\r" + String(repeating: " ", count: width) + "\r", to: 2)
    }
}
