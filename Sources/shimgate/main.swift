// The multicall binary.
