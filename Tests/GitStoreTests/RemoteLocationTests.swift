import Testing

@testable import GitStore

@Suite("The location of a remote")
struct RemoteLocationTests {
  @Test(
    "is a path, a file URL or an http(s) URL",
    arguments: [
      ("/srv/mesh.git", "/srv/mesh.git"), ("file:///srv/a%20b.git", "/srv/a b.git"),
      ("FILE://localhost/srv/mesh", "/srv/mesh"), ("http://host/mesh.git", "http://host/mesh.git"),
      ("HTTPS://host:8443/mesh", "https://host:8443/mesh"), ("https://[::1]:80/m", "https://[::1]:80/m"),
      ("https://ada:s3cret@host/mesh", "https://host/mesh"),
    ])
  func supported(_ text: String, _ url: String) throws {
    let remote = try GitRemote(text)
    #expect(remote.transportURL == url)
    #expect(remote.description == url)
  }

  @Test("keeps userinfo as credentials, decoded, unless others are given")
  func userinfo() throws {
    let remote = try GitRemote("https://ada%40home:s3%2Fcret@host/mesh")
    #expect(remote.credentials?.username == "ada@home")
    #expect(remote.credentials?.secret == "s3/cret")
    let other = try GitRemote("https://ada:old@host/mesh", credentials: .token("new"))
    #expect(other.credentials?.secret == "new")
    #expect(try GitRemote("https://host/mesh").credentials == nil)
  }

  @Test(
    "is refused, with what is supported, for all else",
    arguments: [
      "ssh://git@host/mesh.git", "git@host:mesh.git", "host:mesh.git", "git://host/mesh", "ftp://host/mesh",
      "git+ssh://host/mesh", "ext::sh -c id", "https://", "https:///mesh", "http://host:port/mesh",
      "https://host:99999/mesh", "https://ho st/mesh", "https://host/mesh?token=s3cret", "", "a\nb",
      "https://ada:s3/cret@host/mesh", "https://ada:%zz@host/mesh", "file://server/mesh", "file:///",
      "javascript://host/x", "https://host/mesh#s3cret", "https://ada:s3?cret@host/mesh",
    ])
  func unsupported(_ text: String) async throws {
    let error = try await expectError(.unsupportedURL) { _ = try GitRemote(text) }
    #expect(error.remedy.contains("https://"))
    #expect(!error.description.contains("s3"))
    #expect(!error.description.contains("cret"))
  }

  @Test("of ssh is refused by that name")
  func ssh() async throws {
    for text in ["ssh://git@host/mesh.git", "git@host:mesh.git"] {
      let error = try await expectError(.unsupportedURL) { _ = try GitRemote(text) }
      #expect(error.message.contains("ssh"))
    }
  }

  @Test("never prints a secret, however it is printed")
  func printing() throws {
    for remote in [
      try GitRemote("https://ada:s3cret@host/mesh"),
      try GitRemote("https://host/mesh", credentials: .token("s3cret")),
      try GitRemote("https://host/mesh", credentials: .basic(username: "s3cret", password: "s3cret")),
    ] {
      var dumped = ""
      dump(remote, to: &dumped)
      let shown = "\(remote) \(String(reflecting: remote)) \(String(describing: remote.credentials))" + dumped
      #expect(!shown.contains("s3cret"))
    }
  }

  @Test(
    "loses its userinfo within a sentence of libgit2's",
    arguments: [
      ("no host 'https://a:s3cret@host/x' here", "no host 'https://…@host/x' here"),
      ("https://a:s3@cret@host and http://b@host2", "https://…@host and http://…@host2"),
      ("a plain sentence, mail ada@host", "a plain sentence, mail ada@host"),
    ])
  func scrubbing(_ sentence: String, _ scrubbed: String) {
    #expect(URLRedaction.scrub(sentence) == scrubbed)
  }
}
