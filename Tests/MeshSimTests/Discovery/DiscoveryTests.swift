import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("Discovery")
struct DiscoveryTests {
  private static func get(_ cluster: TestCluster, _ path: String, accept: String? = nil) throws -> (
    status: Int, type: String, text: String
  ) {
    try cluster.simulation.run {
      var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: path)
      if let accept { head.headerFields[.accept] = accept }
      let response = try await cluster.cluster.transport().send(TransportRequest(head: head))
      let body = try await response.body.collect(limit: 64 << 20)
      return (
        response.head.status.code, response.head.headerFields[.contentType] ?? "",
        String(decoding: body, as: UTF8.self)
      )
    }
  }

  @Test("answers in one document where that is asked for, and says so in its type")
  func aggregated() throws {
    let type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
    let answer = try Self.get(try TestCluster(), "/apis", accept: type + ",application/json")
    let document = try JSONValue(json: answer.text)
    #expect(answer.type == type && document["kind"] == "APIGroupDiscoveryList")
    let apps = document["items"]?.array?.first { $0["metadata"]?["name"] == "apps" }
    let deployments = apps?["versions"]?.array?.first?["resources"]?.array?.first {
      $0["resource"] == "deployments"
    }
    #expect(deployments?["responseKind"]?["kind"] == "Deployment" && deployments?["scope"] == "Namespaced")
    let parts = (deployments?["subresources"]?.array ?? []).map { $0["subresource"]?.string }
    #expect(parts == ["scale", "status"])
  }

  @Test(
    "tells nothing of what there is not",
    arguments: ["/no-such-path", "/apis/nosuch.example.com", "/api/v1/%zz"])
  func pageNotFound(path: String) throws {
    let answer = try Self.get(try TestCluster(), path)
    #expect(
      answer.status == 404 && answer.text == "404 page not found\n" && answer.type.hasPrefix("text/plain"))
  }

  @Test("has health", arguments: ["/healthz", "/livez", "/readyz", "/readyz/ping"])
  func health(path: String) throws {
    #expect(try Self.get(try TestCluster(), path).text == "ok")
    if path == "/readyz" {
      #expect(try Self.get(try TestCluster(), "/readyz?verbose").text.hasSuffix("readyz check passed\n"))
    }
  }

  @Test("lets kubectl leave validation to the server: the PATCH of each kind takes `fieldValidation`")
  func openAPI() throws {
    let cluster = try TestCluster()
    let index = try JSONValue(json: try Self.get(cluster, "/openapi/v3").text)
    let url = try #require(index["paths"]?["apis/apps/v1"]?["serverRelativeURL"]?.string)
    let document = try JSONValue(json: try Self.get(cluster, url).text)
    let patch = document["paths"]?["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]?["patch"]
    #expect(
      patch?["x-kubernetes-group-version-kind"] == ["group": "apps", "version": "v1", "kind": "Deployment"])
    let parameters = (patch?["parameters"]?.array ?? []).map { $0["name"]?.string }
    #expect(parameters.contains("fieldValidation"))
    let schemas = document["components"]?["schemas"]
    let spec = schemas?["io.k8s.api.apps.v1.DeploymentSpec"]?["properties"]
    #expect(spec?["replicas"] == ["type": "integer", "format": "int32"])
    // Every reference leads somewhere.
    let text = document.jsonText()
    let names = Set(schemas?.object?.members.map(\.key) ?? [])
    for part in text.split(separator: "#/components/schemas/").dropFirst() {
      #expect(names.contains(String(part.prefix { $0 != "\"" })))
    }
  }
}
