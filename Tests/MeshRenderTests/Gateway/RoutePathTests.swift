import MeshTopology
import Testing

@testable import MeshRender

@Suite("A route's path")
struct RoutePathTests {
  @Test(
    "is allowed at the callee as a whole name, with what is below it",
    arguments: [
      ("/api/users", ["/api/users", "/api/users/*"]), ("/api/users/", ["/api/users/*"]), ("/", []),
      ("~/api/v[0-9]+/users$", ["/api/v*"]), ("~/api/users$", ["/api/users*"]), ("~/items?", ["/item*"]),
      ("~/a/(b|c)", []), ("~/.*", []),
    ])
  func isAllowed(path: String, patterns: [String]) {
    let route = Gateway.Route(name: "api", to: "production/user-service").with { $0.paths = [path] }
    #expect(route.calledPaths == patterns)
  }

  @Test("says nothing about what the callee gets when it is stripped")
  func isStripped() {
    let route = Gateway.Route(name: "api", to: "production/user-service").with {
      $0.paths = ["/api/users"]
      $0.stripsPath = true
    }
    #expect(route.calledPaths == [])
  }

  @Test("of several routes with the same methods is one call, and of others several")
  func isJoined() throws {
    var topology = try ReferenceGateway.topology()
    func route(_ name: String, _ path: String, _ methods: [Call.Method]) -> Gateway.Route {
      Gateway.Route(name: name, to: "production/user-service").with {
        $0.paths = [path]
        $0.methods = methods
      }
    }
    topology.gateways[0].routes = [
      route("a", "/a", [.get]), route("b", "/b", [.get]), route("c", "/c", [.post]), route("d", "/a", []),
    ]
    let calls = topology.gateways[0].calls(in: topology)
    #expect(calls.map(\.methods) == [[.get], [.post], []])
    #expect(calls.map(\.paths) == [["/a", "/a/*", "/b", "/b/*"], ["/c", "/c/*"], ["/a", "/a/*"]])
    #expect(calls.map(\.perRequest) == [0.5, 0.25, 0.25])
  }
}
