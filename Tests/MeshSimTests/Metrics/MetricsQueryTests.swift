import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("Prometheus' query API of a served cluster")
struct MetricsQueryTests {
  @Test(
    "answers a query, a posted form, and what labels there are",
    arguments: [
      ("GET", "query?query=count(kube_pod_info)", "", "\"1\""),
      ("POST", "query", "query=count(kube_pod_info)", "\"1\""),
      ("GET", "labels", "", "\"pod\""), ("GET", "label/job/values", "", "\"kube-state-metrics\""),
      ("GET", "series?match[]=up", "", "\"__name__\":\"up\""),
      ("GET", "query?query=sum(", "", "\"errorType\":\"bad_data\""),
    ])
  func queries(method: String, path: String, form: String, wanted: String) throws {
    let cluster = try SessionClient.cluster()
    let text = try cluster.text(
      "/prometheus/api/v1/\(path)", method: method == "GET" ? .get : .post, form: form)
    #expect(text.contains(wanted), "\(text)")
  }

  @Test("is only for those who may")
  func access() throws {
    let cluster = try TestCluster()
    let text = try cluster.text("/prometheus/api/v1/query?query=up", user: "nobody")
    #expect(text.contains("cannot get path \\\"/prometheus/api/v1/query\\\""))
  }
}

extension TestCluster {
  /// The body of an answer as it is.
  func text(
    _ path: String, method: HTTPRequest.Method = .get, form: String = "", user: String? = nil,
    accept: String? = nil
  ) throws -> String {
    try simulation.run {
      var head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
      if !form.isEmpty { head.headerFields[.contentType] = "application/x-www-form-urlencoded" }
      if let accept { head.headerFields[.accept] = accept }
      if let user, let name = HTTPField.Name("X-Remote-User") { head.headerFields[name] = user }
      let request = TransportRequest(head: head, body: Array(form.utf8))
      let response = try await self.cluster.transport().send(request)
      return String(decoding: try await response.body.collect(limit: 1 << 24), as: UTF8.self)
    }
  }

  func json(_ path: String, accept: String) throws -> JSONValue {
    try JSONValue(json: try text(path, accept: accept))
  }
}
