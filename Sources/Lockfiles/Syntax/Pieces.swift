// Texts in lockfiles by their parts, and addresses under the name that the readers use: an address in
// a lockfile is one that its writer has asked, and is read by the same strict rules as any other.

internal import GateCore

/// An address in a lockfile.
typealias LockedURL = WebAddress

/// The parts of a text between occurrences of an ASCII byte, empty ones left out.
func pieces(of text: String, at byte: UInt8) -> [Word] {
    text.utf8.split(separator: byte).map { Word(Substring($0)) }
}

/// The last part of a path; empty where there is none.
func lastPiece(of path: String) -> Word { pieces(of: path, at: UInt8(ascii: "/")).last ?? "" }
