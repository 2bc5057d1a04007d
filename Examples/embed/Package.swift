// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "embed",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "MeshKit", path: "../..")],
  targets: [
    .executableTarget(
      name: "embed", dependencies: [.product(name: "MeshKit", package: "MeshKit")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
