import HTTPTypes
import KubeModel
import MeshSim
import Testing

@Suite("An apply merges lists")
struct ApplyListTests {
  private static let path = deployments + "/d"

  private static func deployment(_ containers: JSONValue, replicas: JSONValue? = nil) -> JSONValue {
    var spec: JSONValue = [
      "selector": ["matchLabels": ["app": "d"]],
      "template": ["metadata": ["labels": ["app": "d"]], "spec": ["containers": containers]],
    ]
    spec["replicas"] = replicas
    return ["apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "d"], "spec": spec]
  }

  private static let alphas: JSONValue = [
    ["name": "a", "image": "x:1", "ports": [["containerPort": 80]], "env": [["name": "A", "value": "1"]]],
    ["name": "b", "image": "y:1"],
  ]

  private static let alphasFields: JSONValue = [
    "f:spec": [
      "f:replicas": [:], "f:selector": [:],
      "f:template": [
        "f:metadata": ["f:labels": ["f:app": [:]]],
        "f:spec": [
          "f:containers": [
            #"k:{"name":"a"}"#: [
              ".": [:], "f:env": [#"k:{"name":"A"}"#: [".": [:], "f:name": [:], "f:value": [:]]],
              "f:image": [:], "f:name": [:],
              "f:ports": [#"k:{"containerPort":80,"protocol":"TCP"}"#: [".": [:], "f:containerPort": [:]]],
            ],
            #"k:{"name":"b"}"#: [".": [:], "f:image": [:], "f:name": [:]],
          ]
        ],
      ],
    ]
  ]

  private static func cluster() throws -> TestCluster {
    let cluster = try TestCluster()
    let answer = try cluster.apply(path, deployment(alphas, replicas: 0), by: "alpha")
    #expect(answer.status == 201)
    #expect(answer.managers == [ApplyTests.entry("alpha", alphasFields, apiVersion: "apps/v1")])
    return cluster
  }

  private static func containers(_ answer: TestCluster.Answer) -> [JSONValue] {
    answer.body[path: "spec", "template", "spec", "containers"]?.array ?? []
  }

  @Test("of containers by name, in the order of who applies (apply-list-maps)")
  func containers() throws {
    let cluster = try ApplyListTests.cluster()
    let betas: JSONValue = [
      ["name": "c", "image": "z:1"], ["name": "a", "env": [["name": "B", "value": "2"]]],
    ]
    let answer = try cluster.apply(ApplyListTests.path, ApplyListTests.deployment(betas), by: "beta")
    #expect(answer.status == 200)
    let merged = ApplyListTests.containers(answer)
    #expect(merged.compactMap { $0["name"] } == ["c", "a", "b"])
    #expect(merged.compactMap { $0["image"] } == ["z:1", "x:1", "y:1"])
    #expect(merged[1]["env"] == [["name": "A", "value": "1"], ["name": "B", "value": "2"]])
    #expect(
      answer.managers.array?.first
        == ApplyTests.entry("alpha", ApplyListTests.alphasFields, apiVersion: "apps/v1"))
  }

  @Test("with conflicts that name the element (apply-list-maps)")
  func conflict() throws {
    let answer = try ApplyListTests.cluster().apply(
      ApplyListTests.path, ApplyListTests.deployment([["name": "a", "image": "x:2"]]), by: "beta")
    let field = ".spec.template.spec.containers[name=\"a\"].image"
    #expect(answer.message == "Apply failed with 1 conflict: conflict with \"alpha\": \(field)")
    #expect(answer.body[path: "details", "causes"]?.array?.first?["field"] == .string(field))
  }

  @Test("of ports by number and protocol, which is TCP when it is not said (apply-list-maps)")
  func ports() throws {
    let cluster = try ApplyListTests.cluster()
    let udp: JSONValue = [["name": "a", "ports": [["containerPort": 80, "protocol": "UDP", "name": "u"]]]]
    let answer = try cluster.apply(ApplyListTests.path, ApplyListTests.deployment(udp), by: "beta")
    #expect(
      ApplyListTests.containers(answer)[0]["ports"] == [
        ["containerPort": 80, "protocol": "TCP"], ["name": "u", "containerPort": 80, "protocol": "UDP"],
      ])
    let tcp: JSONValue = [["name": "a", "ports": [["containerPort": 80, "protocol": "TCP"]]]]
    let same = try cluster.apply(ApplyListTests.path, ApplyListTests.deployment(tcp), by: "beta")
    #expect(ApplyListTests.containers(same)[0]["ports"] == [["containerPort": 80, "protocol": "TCP"]])
  }

  @Test("and removes elements with their owner (apply-list-maps)")
  func removal() throws {
    let cluster = try ApplyListTests.cluster()
    let betas: JSONValue = [
      ["name": "c", "image": "z:1"], ["name": "a", "env": [["name": "B", "value": "2"]]],
    ]
    try cluster.apply(ApplyListTests.path, ApplyListTests.deployment(betas), by: "beta")
    let fewer: JSONValue = [["name": "a", "image": "x:1", "ports": [["containerPort": 80]]]]
    let dropped = try cluster.apply(
      ApplyListTests.path, ApplyListTests.deployment(fewer, replicas: 0), by: "alpha")
    #expect(ApplyListTests.containers(dropped).compactMap { $0["name"] } == ["c", "a"])
    #expect(ApplyListTests.containers(dropped)[1]["env"] == [["name": "B", "value": "2"]])
    let empty: JSONValue = ["apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "d"]]
    let left = try cluster.apply(ApplyListTests.path, empty, by: "beta")
    #expect(ApplyListTests.containers(left).compactMap { $0["name"] } == ["a"])
    #expect(ApplyListTests.containers(left)[0]["env"] == nil)
  }

  @Test("and refuses the same element twice (apply-list-maps)")
  func duplicates() throws {
    let twice: JSONValue = [["name": "a", "image": "x:1"], ["name": "a", "image": "x:2"]]
    let answer = try ApplyListTests.cluster().apply(
      ApplyListTests.path, ApplyListTests.deployment(twice), by: "alpha")
    #expect(answer.status == 500)
    #expect(
      answer.message
        == "failed to create typed patch object (/d; apps/v1, Kind=Deployment): "
        + ".spec.template.spec.containers: duplicate entries for key [name=\"a\"]"
    )
  }

  @Test("of a new order as that order says")
  func order() throws {
    let cluster = try ApplyListTests.cluster()
    let reversed = JSONValue.array((ApplyListTests.alphas.array ?? []).reversed())
    let answer = try cluster.apply(
      ApplyListTests.path, ApplyListTests.deployment(reversed, replicas: 0), by: "alpha")
    #expect(ApplyListTests.containers(answer).compactMap { $0["name"] } == ["b", "a"])
  }

  @Test("that are sets value by value")
  func sets() throws {
    let cluster = try TestCluster()
    func apply(_ finalizers: JSONValue, _ manager: String) throws -> TestCluster.Answer {
      let metadata = [("finalizers", finalizers)]
      return try cluster.apply(configMaps + "/c", configMap("c", metadata: metadata), by: manager)
    }
    _ = try apply(["a.io/x", "a.io/y"], "alpha")
    let both = try apply(["b.io/z", "a.io/x"], "beta")
    #expect(
      Set(both.body[path: "metadata", "finalizers"]?.array ?? []) == ["a.io/x", "a.io/y", "b.io/z"])
    let fields = both.managers.array?.last?[path: "fieldsV1", "f:metadata", "f:finalizers"]
    #expect(fields == [#"v:"a.io/x""#: [:], #"v:"b.io/z""#: [:]])
    let less = try apply(["a.io/x"], "alpha")
    #expect(Set(less.body[path: "metadata", "finalizers"]?.array ?? []) == ["a.io/x", "b.io/z"])
  }

  @Test("that are atomic as a whole")
  func atomic() throws {
    let cluster = try TestCluster()
    func containers(_ arguments: JSONValue) -> JSONValue {
      [["name": "a", "image": "x:1", "args": arguments]]
    }
    try cluster.apply(ApplyListTests.path, ApplyListTests.deployment(containers(["1", "2"])), by: "alpha")
    let other = try cluster.apply(
      ApplyListTests.path, ApplyListTests.deployment([["name": "a", "args": ["1", "3"]]]), by: "beta")
    #expect(
      other.message
        == "Apply failed with 1 conflict: conflict with \"alpha\": "
        + ".spec.template.spec.containers[name=\"a\"].args"
    )
    let selector = try cluster.apply(
      ApplyListTests.path, ApplyListTests.deployment(containers(["4"])), by: "alpha")
    #expect(ApplyListTests.containers(selector)[0]["args"] == ["4"])
  }

  @Test("of custom resources as a whole, while their maps merge field by field")
  func customResources() throws {
    let cluster = try TestCluster()
    let path = "/apis/networking.istio.io/v1/namespaces/n/virtualservices/web"
    func apply(_ spec: JSONValue, _ manager: String) throws -> TestCluster.Answer {
      try cluster.apply(
        path,
        [
          "apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": ["name": "web"],
          "spec": spec,
        ], by: manager)
    }
    let http: JSONValue = [["route": [["destination": ["host": "web"]]]]]
    let created = try apply(["hosts": ["web"], "http": http], "alpha")
    #expect(created.status == 201)
    #expect(
      created.managers == [
        ApplyTests.entry(
          "alpha", ["f:spec": ["f:hosts": [:], "f:http": [:]]], apiVersion: "networking.istio.io/v1")
      ])
    let merged = try apply(["gateways": ["mesh"]], "beta")
    #expect(merged.status == 200 && merged.body[path: "spec", "http"] == http)
    let longer = try apply(["gateways": ["mesh"], "hosts": ["web", "web2"]], "beta")
    #expect(longer.message == "Apply failed with 1 conflict: conflict with \"alpha\": .spec.hosts")
  }
}
