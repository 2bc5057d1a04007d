import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("What is computed when it is asked for")
struct ComputedObjectTests {
  private static let metrics = "/apis/metrics.k8s.io/v1beta1"

  @Test("nodes and pods have metrics of use, by namespace and labels")
  func use() throws {
    let cluster = try SessionClient.cluster()
    try cluster.patch("\(pods)/p", ["metadata": ["labels": ["app": "web"]]])
    let nodes = try cluster.send(.get, "\(Self.metrics)/nodes").body
    #expect(nodes["kind"] == "NodeMetricsList" && nodes["items"]?.array?.isEmpty == false)
    for (query, count) in [("", 1), ("?labelSelector=app%3Dweb", 1), ("?labelSelector=app%3Ddb", 0)] {
      let list = try cluster.send(.get, "\(Self.metrics)/namespaces/n/pods\(query)").body
      #expect(list["items"]?.array?.count == count)
    }
    let pod = try cluster.send(.get, "\(Self.metrics)/namespaces/n/pods/p").body
    #expect(pod["kind"] == "PodMetrics" && pod["window"] == "30s")
    #expect(pod["containers"]?.array?.first?[path: "usage", "cpu"]?.string?.hasSuffix("n") == true)
    #expect(
      try cluster.send(.get, "\(Self.metrics)/namespaces/n/pods/x").message == "pods \"x\" not found")
    #expect(try cluster.send(.delete, "\(Self.metrics)/namespaces/n/pods/p").status == 405)
  }

  @Test("who asks for what is deprecated is warned", arguments: ["componentstatuses", "endpoints"])
  func deprecation(plural: String) throws {
    let cluster = try TestCluster()
    let warning = try cluster.simulation.run { () -> String? in
      let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/api/v1/\(plural)")
      let response = try await cluster.cluster.transport().send(TransportRequest(head: head))
      return HTTPField.Name("Warning").flatMap { response.head.headerFields[$0] }
    }
    #expect(warning?.contains("is deprecated in v1.") == true)
  }

  @Test("every group version has its APIService, also one that a definition adds")
  func services() throws {
    let cluster = try TestCluster()
    let path = "/apis/apiregistration.k8s.io/v1/apiservices"
    #expect(try cluster.send(.get, "\(path)/v1.apps").body[path: "spec", "groupPriorityMinimum"] == 17_800)
    let served = try cluster.send(.get, "\(path)/v1beta1.metrics.k8s.io").body
    #expect(served[path: "spec", "service", "name"] == "metrics-server")
    try cluster.send(
      .post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": ["name": "tests.example.com"],
        "spec": [
          "group": "example.com", "scope": "Namespaced", "names": ["plural": "tests", "kind": "Test"],
          "versions": [
            [
              "name": "v3", "served": true, "storage": true,
              "schema": ["openAPIV3Schema": ["type": "object"]],
            ]
          ],
        ],
      ])
    cluster.advance(2)
    #expect(try cluster.send(.get, "\(path)/v3.example.com").status == 200)
    let table = try cluster.json(
      "/apis/example.com/v3/tests", accept: "application/json;as=Table;v=v1;g=meta.k8s.io")
    #expect(table["columnDefinitions"]?.array?.compactMap { $0["name"]?.string } == ["Name", "Age"])
    try cluster.send(.delete, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/tests.example.com")
    cluster.advance(20)
    #expect(try cluster.send(.get, "\(path)/v3.example.com").status == 404)
  }

  @Test("the old document of OpenAPI says what the new ones say")
  func oldOpenAPI() throws {
    let document = try TestCluster().send(.get, "/openapi/v2").body
    #expect(document["swagger"] == "2.0")
    let deployment = document[path: "definitions", "io.k8s.api.apps.v1.Deployment", "properties", "spec"]
    #expect(deployment?["$ref"] == "#/definitions/io.k8s.api.apps.v1.DeploymentSpec")
    let paths = document["paths"]?["/apis/apps/v1/namespaces/{namespace}/deployments"]
    let body = paths?[path: "post", "parameters"]?.array?.last
    #expect(body?["in"] == "body" && body?[path: "schema", "$ref"] != nil)
  }

  @Test("a scale has a table of its own")
  func scale() throws {
    let cluster = try TestCluster()
    try cluster.send(.post, deployments, deployment("web", replicas: 2))
    let table = try cluster.json(
      "\(deployments)/web/scale", accept: "application/json;as=Table;v=v1;g=meta.k8s.io")
    #expect(
      table["columnDefinitions"]?.array?.compactMap { $0["name"]?.string } == [
        "Name", "Desired", "Available", "Age",
      ])
  }

  @Test("the issuer of tokens says of itself what clients look for")
  func issuer() throws {
    let document = try TestCluster().send(.get, "/.well-known/openid-configuration").body
    #expect(document["issuer"] == "https://kubernetes.default.svc.cluster.local")
    #expect(try TestCluster().send(.get, "/openid/v1/jwks").body["keys"] == [])
  }

  @Test("nodes are machines of their own")
  func machines() throws {
    let cluster = try TestCluster()
    cluster.advance(1)
    let nodes = try cluster.send(.get, "/api/v1/nodes").body["items"]?.array ?? []
    let names = Set(nodes.compactMap { $0[path: "status", "nodeInfo", "machineID"]?.string })
    #expect(names.count == nodes.count && names.allSatisfy { $0.utf8.count == 32 })
  }
}
