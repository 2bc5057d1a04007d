import Foundation
import GitStore
import Testing

@Suite("A remote behind a web server", .serialized)
struct HTTPTests {
  @Test("is cloned and fetched")
  func cloneAndFetch() async throws {
    let fixture = try Fixture()
    try fixture.run("tag", "v1")
    let server = try GitServer(root: fixture.root)
    let remote = try GitRemote("\(server.url)/work/.git")
    let repository = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
    #expect(try await repository.resolve("v1") == fixture.id("HEAD"))
    try fixture.run("branch", "kept")
    let second = try fixture.commit(["new": "new"], "Second")
    try await repository.fetch(from: remote)
    #expect(try await repository.resolve("main") == second)
    try fixture.run("reset", "--quiet", "--hard", "HEAD~1")
    let forced = try fixture.commit(["other": ""], "Forced")
    try fixture.run("branch", "-D", "kept")
    try await repository.fetch(from: remote)
    #expect(try await repository.resolve("HEAD") == forced)
    #expect(try await repository.read("other", at: forced) == [])
    try await expectError(.revisionNotFound) { _ = try await repository.resolve("kept") }
  }

  @Test("is cloned with credentials, given or in the URL")
  func credentials() async throws {
    let fixture = try Fixture()
    let server = try GitServer(root: fixture.root, password: "s3cret/")
    let plain = "\(server.url)/work/.git"
    let withUser = plain.replacingOccurrences(of: "http://", with: "http://ada:s3cret%2F@")
    for (index, remote) in [
      try GitRemote(plain, credentials: .basic(username: "ada", password: "s3cret/")),
      try GitRemote(plain, credentials: .token("s3cret/", username: "ada")), try GitRemote(withUser),
    ].enumerated() {
      let cache = "\(fixture.root)/cache\(index)"
      let repository = try await GitRepository.clone(from: remote, to: cache)
      #expect(try await repository.resolve("main") == fixture.id("HEAD"))
      let files = try #require(FileManager.default.enumerator(atPath: cache)).compactMap { $0 as? String }
      for file in files {
        let data = FileManager.default.contents(atPath: "\(cache)/\(file)") ?? Data()
        #expect(data.range(of: Data("s3cret".utf8)) == nil, "\(file) holds the password")
      }
    }
  }

  @Test("refuses missing and wrong credentials, and the error does not repeat them")
  func refusedCredentials() async throws {
    let fixture = try Fixture()
    let server = try GitServer(root: fixture.root, password: "right")
    let url = "\(server.url)/work/.git"
    let missing = try await refusal(.authenticationFailed, GitRemote(url), fixture)
    #expect(missing.message.contains("none are given"))
    let inURL = url.replacingOccurrences(of: "http://", with: "http://ada:wr0ng@")
    for remote in [try GitRemote(inURL), try GitRemote(url, credentials: .token("wr0ng"))] {
      let wrong = try await refusal(.authenticationFailed, remote, fixture)
      #expect(wrong.message.contains("refused"))
      var dumped = ""
      dump(wrong, to: &dumped)
      #expect(!(wrong.description + dumped).contains("wr0ng"))
      #expect(wrong.place.repository == url)
    }
  }

  @Test("that has no such repository, or is no Git server, is told from one that is down")
  func otherServers() async throws {
    let fixture = try Fixture()
    var server: GitServer? = try GitServer(root: fixture.root)
    let url = try #require(server?.url)
    try await refusal(.notARepository, GitRemote("\(url)/missing.git"), fixture)
    server = nil
    let down = try await refusal(.unreachable, GitRemote("\(url)/work/.git"), fixture)
    #expect(down.place.repository == "\(url)/work/.git")
    try await refusal(.unreachable, GitRemote("http://ada:wr0ng@host.invalid/mesh"), fixture)
  }

  @Test("does not get the credentials of another host by a redirect")
  func redirect() async throws {
    let fixture = try Fixture()
    let target = try GitServer(root: fixture.root, password: "s3cret")
    let elsewhere = target.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
    let server = try GitServer(root: fixture.root, redirect: elsewhere)
    let remote = try GitRemote(
      "\(server.url)/work/.git", credentials: .basic(username: "ada", password: "s3cret"))
    let error = try await refusal(.unreachable, remote, fixture)
    #expect(error.message.contains("redirects"))
  }

  @Test("with a certificate of nobody's is rejected")
  func certificate() async throws {
    let fixture = try Fixture()
    let pem = fixture.root + "/server.pem"
    _ = try Command.run(
      [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1",
        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", pem, "-out", "\(pem).crt",
      ], in: fixture.root, environment: fixture.git.environment)
    let both = try Data(contentsOf: URL(filePath: pem)) + Data(contentsOf: URL(filePath: "\(pem).crt"))
    try both.write(to: URL(filePath: pem))
    let server = try GitServer(root: fixture.root, certificate: pem)
    let error = await #expect(throws: GitError.self) {
      _ = try await GitRepository.clone(
        from: GitRemote("\(server.url)/work/.git"), to: fixture.root + "/cache")
    }
    #expect(error?.code == .certificateRejected, "\(error?.description ?? "")")
  }

  @discardableResult
  private func refusal(
    _ code: GitError.Code, _ remote: GitRemote, _ fixture: Fixture,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> GitError {
    let error = try await expectError(code, sourceLocation: sourceLocation) {
      _ = try await GitRepository.clone(from: remote, to: fixture.root + "/cache")
    }
    #expect(try fixture.siblings().allSatisfy { !$0.contains("cache") }, sourceLocation: sourceLocation)
    return error
  }
}
