import Foundation
import HTTPTypes
import Seams
import Testing

@testable import MeshServe

@Suite("Tokens")
struct TokenTests {
  @Test("stay the same from one start to the next, also those of users who are left out once")
  func kept() throws {
    try TestCertificate.withFolder { path in
      let alice = ServedUser(name: "alice", groups: ["dev"])
      let first = try AccessTokens(path, users: [.admin, alice], random: SeededRandom(seed: 1))
      let second = try AccessTokens(path, users: [.admin], random: SeededRandom(seed: 2))
      let third = try AccessTokens(path, users: [.admin, alice], random: SeededRandom(seed: 3))
      #expect(first.users.map(\.token) == third.users.map(\.token))
      #expect(second.users.map(\.token) == [first.users[0].token])
      #expect(Set(first.users.map(\.token)).count == 2)
      #expect(first.users.allSatisfy { $0.token.utf8.count == 64 })
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "/tokens.json")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("belong to one user each")
  func lookup() throws {
    try TestCertificate.withFolder { path in
      let alice = ServedUser(name: "alice", groups: ["dev"])
      let tokens = try AccessTokens(path, users: [.admin, alice], random: SeededRandom(seed: 1))
      for entry in tokens.users { #expect(tokens.user(of: entry.token) == entry.user) }
      for wrong in ["", "x", String(repeating: "0", count: 64), tokens.users[0].token + "0"] {
        #expect(tokens.user(of: wrong) == nil)
      }
    }
  }

  private static let echo = ScriptedTransport(answer: { request in
    let fields = request.head.headerFields
    let user = fields[HTTPField.Name("X-Remote-User")!] ?? "nobody"
    let groups = fields[values: HTTPField.Name("X-Remote-Group")!].joined(separator: "+")
    let others = fields.filter { !["X-Remote-User", "X-Remote-Group"].contains($0.name.rawName) }
    return .text("\(user)/\(groups)" + others.map { " \($0.name)=\($0.value)" }.joined())
  })

  private static let guarded = TokenAuthentication(
    echo, user: { $0 == "good" ? ServedUser(name: "alice", groups: ["dev", "ops"]) : nil })

  @Test(
    "that are not known here can be left to the transport behind, without what clients claim to be",
    arguments: [
      ("Bearer good", "alice/dev+ops"), ("Bearer bad", "nobody/ Authorization=Bearer bad"), (nil, "nobody/"),
    ])
  func passedOn(authorization: String?, expected: String) async throws {
    let passing = TokenAuthentication(
      TokenTests.echo, others: .passedOn,
      user: { $0 == "good" ? ServedUser(name: "alice", groups: ["dev", "ops"]) : nil })
    var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/api")
    head.headerFields[.authorization] = authorization
    head.headerFields[HTTPField.Name("X-Remote-User")!] = "root"
    let response = try await passing.send(TransportRequest(head: head))
    #expect(String(decoding: try await response.body.collect(limit: 1_000), as: UTF8.self) == expected)
  }

  @Test(
    "decide who a request is from",
    arguments: [
      ("/api", "Bearer good", "alice/dev+ops"), ("/api", "bearer good", "alice/dev+ops"),
      ("/api", "Bearer bad", nil), ("/api", "Basic good", nil), ("/api", "good", nil), ("/api", "", nil),
      ("/api", nil, nil), ("/version", nil, "system:anonymous/system:unauthenticated"),
      ("/readyz?verbose", nil, "system:anonymous/system:unauthenticated"), ("/version", "Bearer bad", nil),
      ("/versions", nil, nil), ("/version/x", nil, nil),
    ])
  func authentication(path: String, authorization: String?, expected: String?) async throws {
    var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: path)
    head.headerFields[.authorization] = authorization
    let response = try await TokenTests.guarded.send(TransportRequest(head: head))
    let body = String(decoding: try await response.body.collect(limit: 1_000), as: UTF8.self)
    if let expected {
      #expect(body == expected)
    } else {
      #expect(response.head.status.code == 401)
      #expect(body.contains(#""reason":"Unauthorized""#))
    }
  }

  @Test("are all that counts: what a client says of itself is removed")
  func forged() async throws {
    var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/api")
    head.headerFields[.authorization] = "Bearer good"
    head.headerFields[HTTPField.Name("x-remote-user")!] = "root"
    head.headerFields[HTTPField.Name("X-Remote-Group")!] = "system:masters"
    head.headerFields[HTTPField.Name("X-Remote-Extra-Scopes")!] = "all"
    head.headerFields[.accept] = "text"
    let response = try await TokenTests.guarded.send(TransportRequest(head: head))
    let body = String(decoding: try await response.body.collect(limit: 1_000), as: UTF8.self)
    #expect(body == "alice/dev+ops Accept=text")
  }

  @Test("are asked for before a connection is opened")
  func opening() async throws {
    let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/exec")
    guard case .refused(let response) = try await TokenTests.guarded.open(TransportRequest(head: head)) else {
      Issue.record("opened")
      return
    }
    #expect(response.head.status.code == 401)
  }
}
