import MeshTopology
import Testing

@Suite("An image")
struct ImageReferenceTests {
  static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)

  @Test(
    "has a repository and a version",
    arguments: [
      ("kong:3.4", "kong", "3.4"),
      ("gcr.io/project/user-service:1.4.2", "gcr.io/project/user-service", "1.4.2"),
      ("localhost:5000/a/b:v1", "localhost:5000/a/b", "v1"), ("redis@" + digest, "redis", "0123456789ab"),
      ("Registry.Example.com/a:1@" + digest, "Registry.Example.com/a", "1"),
    ])
  func isRead(_ text: String, repository: String, version: String) throws {
    let image = try #require(ImageReference(parsing: text))
    #expect(image.repository == repository)
    #expect(image.version == version)
    #expect(image.description == text)
  }

  @Test(
    "is refused without version or in another form",
    arguments: [
      "", "redis", "localhost:5000/redis", "Redis:7", "redis:", "redis:-1", "redis:a b", "a//b:1", "/a:1",
      "a/:1",
      "redis@sha256:12", "redis@md5:12", "redis@@", "a:b:c", "-a:1", "host:99999/a:1", "redis:7\n",
    ])
  func isRefused(_ text: String) { #expect(ImageReference(parsing: text) == nil) }

  @Test(
    "gives a version that a label can have",
    arguments: [
      ("1.4.2", "1.4.2"), ("_build", "build"), ("v1.-", "v1"), ("___", "unknown"),
      (String(repeating: "a", count: 70), String(repeating: "a", count: 63)),
      (String(repeating: "a", count: 62) + "-b", String(repeating: "a", count: 62)),
      ("1.4+meta", "1.4-meta"), ("é", "unknown"), ("", "unknown"),
    ])
  func isLabelled(_ version: String, label: String) { #expect(MeshLabels.value(version) == label) }
}
