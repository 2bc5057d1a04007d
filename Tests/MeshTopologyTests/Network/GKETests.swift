import MeshTopology
import Testing

@Suite("The limits of GKE")
struct GKETests {
  private func range(_ text: String) throws -> AddressRange { try #require(AddressRange(parsing: text)) }

  @Test(
    "give a primary range four addresses fewer for nodes than it has",
    arguments: [
      ("10.0.1.0/24", 252), ("10.0.0.0/20", 4092), ("10.0.0.0/29", 4), ("10.0.0.0/28", 12),
      ("10.0.0.0/30", 0),
      ("10.0.0.0/32", 0), ("fd00::/64", nil),
    ] as [(String, Int?)])
  func countNodes(_ text: String, nodes: Int?) throws {
    #expect(GKE.nodes(primaryRange: try range(text)) == nodes)
  }

  @Test(
    "give each node a block of at least twice its pods",
    arguments: [
      (7, nil), (8, 28), (9, 27), (16, 27), (17, 26), (32, 26), (33, 25), (64, 25), (65, 24), (110, 24),
      (128, 24), (129, 23), (256, 23), (257, nil), (0, nil), (-1, nil),
    ] as [(Int, Int?)])
  func sizeBlocks(_ pods: Int, length: Int?) {
    #expect(GKE.podBlockPrefixLength(podsPerNode: pods) == length)
  }

  @Test(
    "give a pods range as many nodes as it has blocks",
    arguments: [
      ("10.1.0.0/16", 110, 256, 28_160), ("10.1.0.0/16", 64, 512, 32_768), ("10.1.0.0/21", 110, 8, 880),
      ("10.1.0.0/24", 8, 16, 128), ("10.1.0.0/25", 110, 0, 0), ("10.0.0.0/9", 110, 32_768, 3_604_480),
    ])
  func countBlocks(_ text: String, podsPerNode: Int, nodes: Int, pods: Int) throws {
    #expect(GKE.nodes(podsRange: try range(text), podsPerNode: podsPerNode) == nodes)
    #expect(GKE.pods(podsRange: try range(text), podsPerNode: podsPerNode) == pods)
  }

  @Test("give every address of a Services range to a Service")
  func countServices() throws {
    #expect(GKE.services(servicesRange: try range("10.2.0.0/16")) == 65_536)
    #expect(GKE.services(servicesRange: try range("10.2.0.0/20")) == 4_096)
    #expect(GKE.services(servicesRange: try range("fd00::/112")) == nil)
  }

  @Test(
    "want exactly a /28 for a control plane",
    arguments: [
      ("10.0.100.0/28", true), ("10.0.100.0/27", false), ("10.0.100.0/29", false), ("fd00::/28", false),
    ])
  func wantControlPlane(_ text: String, isRight: Bool) throws {
    #expect(GKE.isControlPlaneRange(try range(text)) == isRight)
  }
}
