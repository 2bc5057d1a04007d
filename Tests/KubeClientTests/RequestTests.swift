import HTTPTypes
import KubeClient
import KubeModel
import Seams
import Testing

@Suite("A request")
struct RequestTests {
  private static func sent(
    _ perform: @escaping @Sendable (KubeClient) async throws -> Void
  ) throws -> TransportRequest {
    let server = ScriptedServer(.json(200, ["items": []]))
    try withClient(of: server, perform)
    return try #require(server.requests.first)
  }

  private static let web = KubeObject(kind: .deployment, namespace: "n", name: "web")

  @Test("to read has a path, an Accept and a user agent")
  func read() throws {
    let get = try RequestTests.sent { _ = try await $0.get(.deployment, namespace: "n", name: "a b/c") }
    #expect(get.head.method == .get && get.body.isEmpty)
    #expect(get.head.path == "/apis/apps/v1/namespaces/n/deployments/a%20b%2Fc")
    #expect(get.head.headerFields[.accept] == "application/json")
    #expect(get.head.headerFields[.userAgent] == "meshctl")
    let list = try RequestTests.sent {
      _ = try await $0.list(.node, labels: LabelSelector(matchLabels: ["a/b": "c"]))
    }
    #expect(list.head.path == "/api/v1/nodes?labelSelector=a%2Fb%3Dc")
  }

  @Test("to write names the field manager and the type of its body")
  func write() throws {
    let create = try RequestTests.sent {
      _ = try await $0.create(Self.web, kind: .deployment, manager: "m n")
    }
    #expect(create.head.method == .post)
    #expect(create.head.path == "/apis/apps/v1/namespaces/n/deployments?fieldManager=m%20n")
    #expect(create.head.headerFields[.contentType] == "application/json")
    #expect(try JSONValue(json: create.body) == Self.web.json)

    let replace = try RequestTests.sent {
      _ = try await $0.replace(Self.web, kind: .deployment, manager: "m")
    }
    #expect(replace.head.method == .put)
    #expect(replace.head.path == "/apis/apps/v1/namespaces/n/deployments/web?fieldManager=m")

    let patch = try RequestTests.sent {
      _ = try await $0.mergePatch(.deployment, namespace: "n", name: "web", ["a": .null], manager: "m")
    }
    #expect(patch.head.headerFields[.contentType] == "application/merge-patch+json")
    #expect(patch.body == Array(#"{"a":null}"#.utf8))
  }

  @Test("to apply is forced only when it is said", arguments: [false, true])
  func apply(isForced: Bool) throws {
    let apply = try RequestTests.sent {
      _ = try await $0.apply(Self.web, kind: .deployment, manager: "m", isForced: isForced)
    }
    #expect(apply.head.method == .patch)
    #expect(apply.head.headerFields[.contentType] == "application/apply-patch+yaml")
    let path = "/apis/apps/v1/namespaces/n/deployments/web?fieldManager=m"
    #expect(apply.head.path == path + (isForced ? "&force=true" : ""))
  }

  @Test("to delete holds its preconditions and deletes dependants in the background")
  func delete() throws {
    let delete = try RequestTests.sent {
      _ = try await $0.delete(.pod, namespace: "n", name: "p", uid: "u", resourceVersion: "7")
    }
    #expect(delete.head.method == .delete && delete.head.path == "/api/v1/namespaces/n/pods/p")
    #expect(
      try JSONValue(json: delete.body) == [
        "apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": "Background",
        "preconditions": ["uid": "u", "resourceVersion": "7"],
      ])
  }
}
