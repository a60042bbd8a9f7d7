// Where command lines hold secrets, as data beside each tool's grammar.

/// An argument that holds a secret.
public enum SecretRule: Sendable, Equatable {
    /// The value of this option (`--otp`), on these commands or on all where none is named.
    case option(Word, commands: [Word] = [])
    /// The positional at this place after the command words (`cargo login TOKEN` is 0).
    case positional(Int, command: Word)
}
