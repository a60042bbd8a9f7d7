// Finding bytes in bytes, as fast as the C library does it: bundles of several megabytes are searched
// for their version.

internal import CLinux

/// The index of the first occurrence of `needle`; nil where there is none or it is empty.
public func firstIndex(of needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard !needle.isEmpty, needle.count <= bytes.count else { return nil }
    return bytes.withUnsafeBufferPointer { haystack in
        needle.withUnsafeBufferPointer { wanted in
            guard let start = haystack.baseAddress, let first = wanted.baseAddress,
                // Sound: both pointers are valid for the counts that go with them.
                let found = clinux_find(start, haystack.count, first, wanted.count)
            else { return nil }
            return bytes.startIndex + UnsafeRawPointer(start).distance(to: found)
        }
    }
}
