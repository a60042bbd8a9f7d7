// The policy that every decision of this user rests on: the managed and the install file, without what
// only one directory or one task adds. The head page remembers its digest, so that an append sees
// that it changed without reading a record. A process that dies between log and head leaves the
// older digest there; the change is then recorded twice, and never not at all.

/// The managed and the install policy in force.
public struct PolicyBasis: Sendable, Equatable {
    /// One of the files.
    public struct File: Sendable, Equatable {
        /// `managed` or `install`.
        public let layer: String
        public let path: String
        /// Over the file's bytes.
        public let digest: Digest

        public init(layer: String, path: String, digest: Digest) {
            self.layer = layer
            self.path = path
            self.digest = digest
        }
    }

    /// In the order in which they are asked.
    public let files: [File]

    public init(files: [File]) { self.files = files }

    /// The digest of the only file, or over the digests of all in order, one a line.
    public var digest: Digest {
        if files.count == 1 { return files[0].digest }
        var lines: [UInt8] = []
        for (index, file) in files.enumerated() {
            if index > 0 { lines.append(0x0A) }
            file.digest.appendHexadecimal(to: &lines)
        }
        return Digest(of: lines)
    }
}
