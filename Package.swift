// swift-tools-version: 6.1
import PackageDescription

// CI sets MESHKIT_STRICT so that a warning in this package fails the build; packages that embed
// MeshKit never see the flag.
let isStrict = Context.environment["MESHKIT_STRICT"] == "1"
// Set by Tests/Fuzz/run.sh: libFuzzer is linked only then.
let isFuzzing = Context.environment["MESHKIT_FUZZ"] == "1"

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + (isStrict ? [.unsafeFlags(["-warnings-as-errors"])] : [])

let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }

let serving: [Target.Dependency] = [
  "KubeModel", "Seams", httpTypes, nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOWebSocket"),
  .product(name: "NIOSSL", package: "swift-nio-ssl"), .product(name: "X509", package: "swift-certificates"),
  .product(name: "Crypto", package: "swift-crypto"), .product(name: "SwiftASN1", package: "swift-asn1"),
]

let package = Package(
  name: "MeshKit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "MeshKit", targets: ["MeshKit"]),
    .executable(name: "meshctl", targets: ["meshctl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibgit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .target(
      name: "Seams",
      dependencies: [httpTypes, .product(name: "HeapModule", package: "swift-collections")],
      swiftSettings: settings),
    .target(
      name: "KubeModel", dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(name: "GitStore", dependencies: ["CLibgit2"], swiftSettings: settings),
    .target(name: "MeshTopology", dependencies: ["KubeModel"], swiftSettings: settings),
    .target(
      name: "MeshRender", dependencies: ["KubeModel", "MeshTopology", "Seams"], swiftSettings: settings),
    .target(name: "KubeClient", dependencies: ["KubeModel", "Seams", httpTypes], swiftSettings: settings),
    .target(
      name: "MeshSim",
      dependencies: [
        "KubeModel", "PromQL", "Seams", httpTypes,
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      exclude: ["Decoding/generate.py", "Schema/generate.py"], swiftSettings: settings),
    .target(name: "MeshServe", dependencies: serving, swiftSettings: settings),
    .target(name: "PromQL", dependencies: ["Seams"], swiftSettings: settings),
    .target(
      name: "MeshProcedures",
      dependencies: ["KubeClient", "KubeModel", "MeshRender", "MeshTopology", "Seams"],
      swiftSettings: settings),
    .target(
      name: "MeshKit",
      dependencies: [
        "GitStore", "KubeClient", "KubeModel", "MeshProcedures", "MeshRender", "MeshServe", "MeshSim",
        "MeshTopology", "Seams", httpTypes,
      ],
      swiftSettings: settings),
    .target(
      name: "MeshCommands",
      dependencies: ["MeshKit", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: settings),
    .executableTarget(name: "meshctl", dependencies: ["MeshCommands"], swiftSettings: settings),
    .target(
      name: "RolloutSimulation",
      dependencies: [
        "KubeClient", "KubeModel", "MeshProcedures", "MeshRender", "MeshSim", "MeshTopology", "Seams",
      ],
      path: "Tests/RolloutSimulation", swiftSettings: settings),
    .executableTarget(
      name: "benchmarks",
      dependencies: ["KubeModel", "MeshRender", "MeshSim", "MeshTopology", "RolloutSimulation", "Seams"],
      path: "Benchmarks/MeshBenchmarks",
      swiftSettings: settings),
    .executableTarget(
      name: "soak", dependencies: ["RolloutSimulation"], path: "Tests/Soak", swiftSettings: settings),
    .testTarget(name: "GitStoreTests", dependencies: ["GitStore"], swiftSettings: settings),
    .target(
      name: "YAMLRoundTrip", dependencies: ["KubeModel"], path: "Tests/Fuzz/YAMLRoundTrip",
      swiftSettings: settings),
    .testTarget(
      name: "KubeModelTests", dependencies: ["KubeModel", "YAMLRoundTrip"], swiftSettings: settings),
    .testTarget(name: "SeamsTests", dependencies: ["Seams", httpTypes], swiftSettings: settings),
    .testTarget(
      name: "KubeClientTests", dependencies: ["KubeClient", "KubeModel", "MeshSim", "Seams", httpTypes],
      swiftSettings: settings),
    .testTarget(
      name: "MeshSimTests",
      dependencies: ["KubeClient", "KubeModel", "MeshSim", "PromQL", "Seams", httpTypes],
      swiftSettings: settings),
    .testTarget(
      name: "MeshServeTests", dependencies: serving + ["MeshServe", nio("NIOTLS")], swiftSettings: settings),
    .testTarget(name: "PromQLTests", dependencies: ["PromQL", "Seams"], swiftSettings: settings),
    .testTarget(
      name: "MeshProceduresTests",
      dependencies: [
        "KubeClient", "KubeModel", "MeshProcedures", "MeshRender", "MeshSim", "MeshTopology",
        "RolloutSimulation", "Seams",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "MeshKitTests",
      dependencies: ["GitStore", "KubeModel", "MeshKit", "MeshProcedures", "MeshTopology", "Seams"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["KubeModel", "meshctl"], swiftSettings: settings),
    .testTarget(
      name: "MeshTopologyTests", dependencies: ["KubeModel", "MeshTopology"], swiftSettings: settings),
    .testTarget(
      name: "MeshRenderTests", dependencies: ["KubeModel", "MeshTopology", "MeshRender"],
      exclude: [
        "Data/Snapshots", "Gateway/Snapshots", "Graph/Snapshots", "Observability/Snapshots", "Shop",
        "Snapshots",
      ], swiftSettings: settings),
  ]
    + (isFuzzing
      ? [
        .executableTarget(
          name: "YAMLFuzzer", dependencies: ["YAMLRoundTrip"], path: "Tests/Fuzz/YAMLFuzzer",
          swiftSettings: settings)
      ] : []),
  swiftLanguageModes: [.v6]
)
