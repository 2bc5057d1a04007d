import MeshTopology
import Testing

@Suite("The version of Kong")
struct KongVersionTests {
  @Test(
    "is what the image's tag begins with",
    arguments: [
      ("kong:3.4", "3.4"), ("kong:3.9.1-ubuntu", "3.9"), ("kong/kong-gateway:v3.10.0.2", "3.10"),
      ("kong:latest", nil), ("kong:3", nil), ("kong:jammy-3.4", nil),
    ] as [(ImageReference, String?)])
  func isInTag(image: ImageReference, version: String?) {
    var gateway = Gateway(name: "kong", namespace: "api-gateway")
    gateway.image = image
    #expect(gateway.kongVersion?.description == version)
    gateway.version = "3.6"
    #expect(gateway.kongVersion == KongVersion(3, 6))
  }

  @Test("counts its parts, not its letters")
  func counts() {
    #expect(KongVersion(3, 4) < KongVersion(3, 10))
    #expect(KongVersion(2, 8) < KongVersion(3, 0))
  }
}
