// swift-tools-version: 6.2
//
// One package, one multicall binary (`shimgate`) and its human verbs (`shimgate-cli`).
// Data flows one way; docs/architecture.md says which target may import which, and
// scripts/check-rules holds this file and the sources to it.

import PackageDescription

/// Types are named by symbol and not by mangled text, which the runtime would have to parse once for
/// each type at every start: a tenth of the shim's instructions.
let quickStart: SwiftSetting = .unsafeFlags(
    ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
    .when(configuration: .release))

/// Every target: Swift 6 mode, warnings are errors, imports are exact.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
    quickStart,
]

/// Pure targets: values and functions; no Foundation, no libc, no unsafe code.
let pure: [SwiftSetting] = strict + [.strictMemorySafety()]

/// The multicall binary links no shared library, so that start-up costs one execve and nothing of
/// the caller's (`LD_PRELOAD`, `OPENSSL_CONF`) is loaded into it. Release only: debug builds, tests
/// and sanitizers need the dynamic runtime. What runs at every start is put side by side
/// (scripts/order-startup), so that the kernel has fewer pages to map.
let staticExecutable: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-executable", "-use-ld=lld", "-Xlinker", "--no-warn-symbol-ordering",
            "-Xlinker",
            "--symbol-ordering-file=\(Context.packageDirectory)/Sources/shimgate/startup.order",
        ], .when(configuration: .release))
]

let package = Package(
    name: "shimgate",
    products: [
        .executable(name: "shimgate", targets: ["shimgate"]),
        .executable(name: "shimgate-cli", targets: ["shimgate-cli"]),
        .executable(name: "shimgate-index", targets: ["shimgate-index"]),
        .executable(name: "shimgate-registry", targets: ["shimgate-registry"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Pure: what a line means, and what a policy says of it.
        .target(name: "GateCore", swiftSettings: pure),
        .target(name: "StrictJSON", swiftSettings: pure),
        .target(name: "Tools", dependencies: ["GateCore", "StrictJSON"], swiftSettings: pure),
        .target(name: "PolicyFile", dependencies: ["GateCore", "StrictJSON"], swiftSettings: pure),

        // Pure: what a lockfile pins, what is wrong with it, what changed.
        .target(
            name: "Lockfiles", dependencies: ["GateCore", "StrictJSON"], swiftSettings: pure),

        // Pure: what registries say of packages, and whether these are old enough.
        .target(
            name: "RegistryFacts", dependencies: ["GateCore", "StrictJSON", "Lockfiles"],
            swiftSettings: pure),

        // Edges: the kernel, libcrypto, the audit chain, the real tools.
        .target(name: "CLinux"),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .target(name: "Platform", dependencies: ["GateCore", "CLinux"], swiftSettings: strict),
        .target(
            name: "Audit", dependencies: ["GateCore", "StrictJSON", "Platform", "COpenSSL"],
            swiftSettings: strict),
        .target(
            name: "Launch",
            dependencies: ["GateCore", "StrictJSON", "CLinux", "Platform", "Audit"],
            swiftSettings: strict),

        // A program without network, home and other processes; the kernel's means are in C.
        .target(name: "CSandbox"),
        .target(
            name: "Sandbox", dependencies: ["GateCore", "CLinux", "CSandbox", "Platform"],
            swiftSettings: strict),

        // What people and other systems read of the chain: filters, formats, the report.
        .target(
            name: "AuditReading",
            dependencies: ["GateCore", "StrictJSON", "CLinux", "Platform", "Audit"],
            swiftSettings: strict),

        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("dl")]),
        .target(
            name: "AuditIndex", dependencies: ["CSQLite", "Platform", "Audit", "AuditReading"],
            swiftSettings: strict),
        .executableTarget(
            name: "shimgate-index",
            dependencies: ["GateCore", "Platform", "Audit", "AuditReading", "AuditIndex"],
            swiftSettings: strict),

        // Asks registries; libcurl is loaded when that runs.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
        .executableTarget(
            name: "shimgate-registry",
            dependencies: [
                "GateCore", "StrictJSON", "Lockfiles", "RegistryFacts", "CCurl", "Platform",
            ],
            swiftSettings: strict),

        // The story: argv in, a record, then the tool or a refusal.
        .target(
            name: "Shim",
            dependencies: [
                "GateCore", "StrictJSON", "Tools", "PolicyFile", "Lockfiles", "RegistryFacts",
                "Platform", "Audit", "Launch", "Sandbox",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "shimgate", dependencies: ["Shim"], exclude: ["startup.order"],
            swiftSettings: strict,
            linkerSettings: staticExecutable),
        .target(
            name: "PolicyImport",
            dependencies: [
                "GateCore", "StrictJSON", "PolicyFile", .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "shimgate-cli",
            dependencies: [
                "GateCore", "StrictJSON", "Tools", "PolicyFile", "Lockfiles", "Platform", "Audit",
                "AuditReading", "Launch", "Shim", "PolicyImport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Tests never depend on the static executable; they run it as a user does.
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: strict),
        .testTarget(
            name: "GateCoreTests", dependencies: ["GateCore", "SeededRandom"],
            swiftSettings: strict),
        .testTarget(
            name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: strict),
        .testTarget(
            name: "ToolsTests", dependencies: ["GateCore", "StrictJSON", "Tools", "SeededRandom"],
            exclude: ["Vectors"], swiftSettings: strict),
        .testTarget(
            name: "PolicyFileTests",
            dependencies: ["GateCore", "StrictJSON", "PolicyFile", "SeededRandom"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "LockfilesTests", dependencies: ["GateCore", "Lockfiles"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "RegistryFactsTests",
            dependencies: ["GateCore", "StrictJSON", "Lockfiles", "RegistryFacts"],
            swiftSettings: strict),
        .executableTarget(
            name: "audit-writer", dependencies: ["GateCore", "Platform", "Audit"],
            path: "Tests/AuditWriter",
            swiftSettings: strict),
        .executableTarget(name: "syscall-killer", path: "Tests/SyscallKiller"),
        .testTarget(
            name: "AuditTests",
            dependencies: [
                "GateCore", "StrictJSON", "Tools", "Platform", "Audit", "audit-writer",
                "syscall-killer",
            ],
            exclude: ["Vectors"], swiftSettings: strict),
        .testTarget(
            name: "PolicyImportTests",
            dependencies: ["GateCore", "StrictJSON", "PolicyFile", "PolicyImport", "Shim"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "AuditReadingTests",
            dependencies: [
                "GateCore", "StrictJSON", "Platform", "Audit", "AuditReading", "audit-writer",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AuditIndexTests", dependencies: ["Audit", "AuditReading", "AuditIndex"],
            swiftSettings: strict),
        .testTarget(
            name: "SandboxTests", dependencies: ["GateCore", "Sandbox"], swiftSettings: strict),
        .testTarget(
            name: "ShimTests",
            dependencies: [
                "GateCore", "StrictJSON", "Tools", "PolicyFile", "Lockfiles", "Platform", "Audit",
                "Launch",
                "Shim", "SeededRandom",
            ],
            swiftSettings: strict),
    ]
)
