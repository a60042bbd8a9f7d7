internal import GateCore
func redact(_ text: String) -> String { text }
func redact(arguments: [Word], invocation: Invocation?, rules: [SecretRule]) -> [String] { arguments.map(\.text) }
