// The product's version, in one place.

/// Semantic version of this build.
public let shimgateVersion = "0.1.0"
