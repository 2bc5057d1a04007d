import HTTPTypes
import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("Tokens and impersonation")
struct TokenTests {
  private static func state() -> ClusterState {
    var state = ClusterState(name: "c", seed: 1, now: Timestamp(seconds: 1_000_000))
    var account = KubeObject(kind: .serviceAccount, namespace: "default", name: "robot")
    account.set("metadata", "uid", to: "u-1")
    state.create(account, kind: .serviceAccount, manager: nil)
    state.access.tokens["secret"] = UserInfo(name: "ann", groups: ["crew"])
    return state
  }

  private func token(_ state: inout ClusterState, _ spec: JSONValue = [:]) throws -> String {
    let account = try #require(
      state.store.get(.serviceAccount, ObjectKey(namespace: "default", name: "robot")))
    let answer = try ServiceAccountTokens.issue(["spec": spec], for: account, in: &state)
    return try #require(answer[path: "status", "token"]?.string)
  }

  private func user(_ headers: [(String, String)], in state: ClusterState, isTrusted: Bool = true) throws
    -> UserInfo
  {
    var fields = HTTPFields()
    for (name, value) in headers {
      fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
    }
    return try Authenticator(isTrusted: isTrusted).authenticate(fields, in: state)
  }

  @Test("SHA-256 and its authentication code are those of the standards' examples")
  func hash() {
    func hex(_ bytes: [UInt8]) -> String {
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    #expect(
      hex(SHA256.hash(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hex(SHA256.hash([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hex(SHA256.authenticationCode(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test("a service account's token stands for it, until it is over")
  func serviceAccount() throws {
    var state = TokenTests.state()
    let token = try token(&state)
    let user = try user([("Authorization", "Bearer \(token)")], in: state)
    #expect(user.name == "system:serviceaccount:default:robot")
    #expect(
      user.groups == ["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"])
    #expect(user.uid == "u-1")
    state.now = state.now + .seconds(3_600)
    #expect(throws: StatusError.self) { try self.user([("Authorization", "Bearer \(token)")], in: state) }
  }

  @Test("a token goes with its account, and another cluster's is nobody's")
  func gone() throws {
    var state = TokenTests.state()
    let token = try token(&state)
    #expect(ServiceAccountTokens.user(of: token, in: ClusterState(name: "d", seed: 1, now: state.now)) == nil)
    #expect(ServiceAccountTokens.user(of: token + "A", in: state) == nil)
    #expect(ServiceAccountTokens.user(of: token, audiences: ["other"], in: state) == nil)
    state.remove(.serviceAccount, ObjectKey(namespace: "default", name: "robot"), manager: nil)
    #expect(ServiceAccountTokens.user(of: token, in: state) == nil)
  }

  @Test("a token says whose it is, for whom, and until when")
  func claims() throws {
    var state = TokenTests.state()
    let token = try token(&state, ["audiences": ["vault"], "expirationSeconds": 7200])
    let key = SHA256.hash(Array("service accounts of c, 1".utf8))
    let claims = try #require(WebToken.claims(of: token, key: key))
    #expect(claims["iss"] == "https://kubernetes.default.svc.cluster.local")
    #expect(claims["sub"] == "system:serviceaccount:default:robot")
    #expect(claims["aud"] == ["vault"])
    #expect((claims["exp"]?.int ?? 0) - (claims["iat"]?.int ?? 0) == 7200)
    #expect(claims[path: "kubernetes.io", "serviceaccount"] == ["name": "robot", "uid": "u-1"])
  }

  @Test("a life of less than ten minutes is refused")
  func tooShort() throws {
    var state = TokenTests.state()
    let error = #expect(throws: StatusError.self) { try token(&state, ["expirationSeconds": 60]) }
    #expect(error?.code == 422)
    #expect(error?.message.contains("may not specify a duration less than 10 minutes") == true)
  }

  @Test("who shows nothing is the administrator inside of a process, and anonymous outside")
  func nothing() throws {
    let state = TokenTests.state()
    #expect(try user([], in: state) == .administrator)
    #expect(try user([], in: state, isTrusted: false) == .anonymous)
    #expect(
      try user([("X-Remote-User", "bob"), ("X-Remote-Group", "g")], in: state).groups == [
        "g", "system:authenticated",
      ])
    #expect(try user([("Authorization", "Bearer secret")], in: state).name == "ann")
    #expect(throws: StatusError.self) { try user([("Authorization", "Bearer wrong")], in: state) }
  }

  @Test("an administrator may impersonate users, groups, uids and extra values")
  func impersonation() throws {
    let state = TokenTests.state()
    let user = try user(
      [
        ("Impersonate-User", "jane"), ("Impersonate-Group", "a"), ("Impersonate-Group", "b"),
        ("Impersonate-Uid", "7"),
        ("Impersonate-Extra-Scopes", "x"), ("Impersonate-Extra-acme.com%2Fproject", "p"),
      ], in: state)
    #expect(user.name == "jane")
    #expect(user.groups == ["a", "b", "system:authenticated"])
    #expect(user.uid == "7")
    #expect(user.extra == ["scopes": ["x"], "acme.com/project": ["p"]])
    let account = try self.user([("Impersonate-User", "system:serviceaccount:n:s")], in: state)
    #expect(account.groups == ["system:serviceaccounts", "system:serviceaccounts:n", "system:authenticated"])
  }

  @Test("others may not, and groups without a user are an error")
  func refusedImpersonation() throws {
    let state = TokenTests.state()
    let error = #expect(throws: StatusError.self) {
      try user([("Authorization", "Bearer secret"), ("Impersonate-User", "jane")], in: state)
    }
    #expect(
      error?.message
        == "users \"jane\" is forbidden: User \"ann\" cannot impersonate resource \"users\" in API group "
        + "\"\" at the cluster scope")
    #expect(throws: StatusError.self) { try user([("Impersonate-Group", "g")], in: state) }
  }
}
