// Descriptors 0 to 2. A caller may have closed one (`npm view x 2>&-`); the next file that is
// opened would then become our stderr, and our words would end up in the audit log.

internal import Glibc

/// Guards and writes the three standard descriptors.
public enum StandardStreams {
    /// Occupies closed descriptors with /dev/null. They are close-on-exec, so the real tool finds
    /// them closed, as the caller left them.
    ///
    /// - Returns: false where that failed; then nothing may be opened.
    public static func occupyClosed() -> Bool {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free descriptor is this one, because lower ones are open by now.
            let opened = open("/dev/null", O_RDWR | O_CLOEXEC)
            guard opened == descriptor else { return false }
        }
        return true
    }

    /// Writes all bytes, or as many as the other side takes; a closed pipe is no reason to fail.
    @discardableResult
    public static func write(_ text: String, to descriptor: Int32) -> Bool {
        write(Array(text.utf8), to: descriptor)
    }

    /// As `write(_:to:)` for bytes.
    @discardableResult
    public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var place = 0
            while place < buffer.count {
                let length = Glibc.write(
                    descriptor, buffer.baseAddress.map { $0 + place }, buffer.count - place)
                if length < 0, errno == EINTR { continue }
                guard length > 0 else { return false }
                place += length
            }
            return true
        }
    }

    /// Whether the descriptor is a terminal.
    public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Whether to colour what goes to the descriptor: a terminal, and no `NO_COLOR`
    /// (no-color.org: set to anything but the empty string).
    public static func isColoured(_ descriptor: Int32) -> Bool {
        guard isTerminal(descriptor) else { return false }
        guard let wish = ProcessInput.variable("NO_COLOR") else { return true }
        return wish.isEmpty
    }
}
