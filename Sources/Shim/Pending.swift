internal import GateCore
func redact(_ text: String) -> String { text }
func redact(arguments: [Word], invocation: Invocation?, rules: [SecretRule]) -> [String] {
    arguments.map(\.text)
}
enum ShellCommand { case clear([Word], [Environment.Entry]), unclear(String, String) }
func shellCommands(in text: String) -> [ShellCommand] {
    [.clear(text.split(separator: " ").map { Word($0) }, [])]
}
