import MeshTopology
import Testing

@Suite("Two routes")
struct RouteMatchTests {
  /// The problems of a gateway with a second route to the same workload as the first, which takes GET and POST at
  /// /api/users from any host.
  private func problems(_ route: String) throws -> [String] {
    let text = try #require(
      SmallGateway.text(
        "    - name: order-api",
        "    - {name: second, to: production/user-service, \(route)}\n    - name: order-api"))
    return SmallTopology.problems(text)
  }

  @Test(
    "may be told apart by a longer path, another method, a host, or one more kind of condition",
    arguments: [
      "paths: [/api/users/me], methods: [GET]", "paths: [/api/users], methods: [DELETE]",
      "paths: [/api/users]",
      "paths: [/api/users], methods: [GET], hosts: [api.example.com]", "paths: [/], methods: [GET]",
      "methods: [GET]", "paths: ['~/api/users$'], methods: [GET]",
    ])
  func areToldApart(_ route: String) throws {
    #expect(try problems(route) == [])
  }

  @Test(
    "may not take the same path with the same method",
    arguments: [
      "paths: [/api/users], methods: [GET]", "paths: [/other, /api/users], methods: [PUT, POST]",
    ])
  func areTheSame(_ route: String) throws {
    let problems = try problems(route)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("second takes the same requests as user-api") == true)
  }

  @Test(
    "that ask for different tokens may share a path only by method",
    arguments: [
      ("paths: [/api/orders], methods: [GET]", 1), ("paths: [/api/orders/1]", 1), ("paths: [/api]", 1),
      ("paths: ['~/api/o.*']", 1), ("paths: [/other], stripPath: true", 1), ("methods: [GET]", 1),
      ("paths: [/other]", 0), ("paths: [/api/order-history]", 0),
    ])
  func areBlurred(route: String, count: Int) throws {
    let text = try #require(
      SmallGateway.text(
        "    - name: order-api",
        "    - {name: open, to: production/order-service, \(route)}\n    - name: order-api"))
    #expect(SmallTopology.problems(text).count == count)
  }

  @Test("that ask for different tokens may share a path when each has methods of its own")
  func shareByMethod() throws {
    let text = try #require(
      SmallGateway.text(
        "    - name: order-api\n      to: production/order-service\n      paths: [/api/orders]\n",
        """
            - {name: open, to: production/order-service, paths: [/api/orders], methods: [GET]}
            - name: order-api
              to: production/order-service
              paths: [/api/orders]
              methods: [POST]

        """))
    #expect(SmallTopology.problems(text) == [])
  }
}
