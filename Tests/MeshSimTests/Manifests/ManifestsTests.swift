import HTTPTypes
import KubeModel
import MeshSim
import Seams
import Testing

@Suite("The portable form of an object")
struct PortableFormTests {
  /// What is there, and what is left of it; `null` for nothing.
  private static let rows: [(object: String, form: String)] = [
    (
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"4","creationTimestamp":"t","managedFields":[{}],"labels":{"l":"1"}},"data":{"k":"v"}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n","labels":{"l":"1"}},"data":{"k":"v"}}"#
    ),
    (
      #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"n"},"spec":{"clusterIP":"10.0.0.1","clusterIPs":["10.0.0.1"],"ports":[{"port":80}]},"status":{"loadBalancer":{}}}"#,
      #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"n"},"spec":{"ports":[{"port":80}]}}"#
    ),
    (
      #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"n"},"spec":{"clusterIP":"None"}}"#,
      #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"n"},"spec":{"clusterIP":"None"}}"#
    ),
    (
      #"{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"a","annotations":{"pv.kubernetes.io/bind-completed":"yes"},"finalizers":["kubernetes.io/pvc-protection","mine/f"]},"spec":{"volumeName":"v","accessModes":["ReadWriteOnce"]}}"#,
      #"{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"a","finalizers":["mine/f"]},"spec":{"accessModes":["ReadWriteOnce"]}}"#
    ),
    (
      #"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a","labels":{"job-name":"a"}},"spec":{"selector":{"matchLabels":{}},"template":{"metadata":{"labels":{"controller-uid":"u","app":"x"}}}}}"#,
      #"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a"},"spec":{"template":{"metadata":{"labels":{"app":"x"}}}}}"#
    ),
    (
      #"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a"},"status":{"conditions":[{"type":"Complete","status":"True"}]}}"#,
      "null"
    ),
    (
      #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","ownerReferences":[{"controller":true,"uid":"u"}]}}"#,
      "null"
    ),
    (#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"kube-root-ca.crt"}}"#, "null"),
    (#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","deletionTimestamp":"t"}}"#, "null"),
    (#"{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"a"}}"#, "null"),
    (
      #"{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{"name":"a"}}"#,
      "null"
    ),
  ]

  @Test("has what a person would write", arguments: rows)
  func form(_ row: (object: String, form: String)) throws {
    let object = try #require(KubeObject(try JSONValue(json: Array(row.object.utf8))))
    #expect(PortableForm().of(object)?.json ?? .null == (try JSONValue(json: Array(row.form.utf8))))
  }

  @Test("can hide the values of Secrets, wherever they stand")
  func secrets() throws {
    var secret = KubeObject(kind: .secret, namespace: "n", name: "s")
    secret.set(
      "metadata", "annotations",
      to: ["kubectl.kubernetes.io/last-applied-configuration": #"{"data":{"p":"aHVudGVyMg=="}}"#])
    secret.fields["data"] = ["p": "aHVudGVyMg==", ".dockerconfigjson": "eyJhdXRocyI6eyJhIjp7fX19"]
    secret.fields["stringData"] = ["q": "hunter2"]
    var form = PortableForm()
    #expect(form.of(secret)?.json.jsonText().contains("aHVudGVyMg==") == true)
    form.keepsSecrets = false
    let hidden = try #require(form.of(secret))
    let text = hidden.json.jsonText()
    #expect(!text.contains("aHVudGVyMg==") && !text.contains("hunter2"))
    #expect(hidden.fields["data"]?["p"] != nil && hidden.fields["data"]?[".dockerconfigjson"] != nil)
  }
}

@Suite("The manifests of a cluster")
struct ManifestsTests {
  private static func web() -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "web"],
      "spec": [
        "replicas": 2, "selector": ["matchLabels": ["app": "web"]],
        "template": [
          "metadata": ["labels": ["app": "web"]],
          "spec": ["containers": [["name": "web", "image": "nginx:1.25"]]],
        ],
      ],
    ]
  }

  @Test("are what was put there, and make the same cluster again")
  func roundTrip() throws {
    let first = try TestCluster()
    try first.send(.post, deployments, ManifestsTests.web())
    try first.send(.post, configMaps, configMap("settings", ["a": "b"]))
    first.advance(20)
    let manifests = first.cluster.manifests()
    #expect(
      manifests.map { "\($0.reference)" } == [
        "Namespace n", "Node eu-node-1", "Node eu-node-2", "Node eu-node-3", "StorageClass standard",
        "ConfigMap n/settings", "Deployment n/web",
      ])

    let simulation = Simulation(seed: 2, start: SimulatedFleet.epoch)
    let second = SimulatedCluster(name: "copy", seed: 2, clock: simulation.clock)
    second.setUp(ClusterSetup(nodes: 0))
    #expect(second.bring(manifests, manager: "m").isEmpty)
    let pods = second.awaitPods(limit: .seconds(60))
    #expect(pods.ready == 2 && pods.all == 2)
    #expect(second.manifests() == manifests)
  }

  @Test("that a cluster does not take are told with its reason, and the others are taken")
  func refusals() throws {
    let cluster = try TestCluster()
    let objects = [
      configMap("good", ["a": "b"], metadata: [("namespace", "n")]),
      configMap("Bad_Name", ["a": "b"], metadata: [("namespace", "n")]),
      ["apiVersion": "nowhere/v1", "kind": "Thing", "metadata": ["name": "t"]],
      configMap("lost", metadata: [("namespace", "../../nodes")]),
    ].compactMap(KubeObject.init(_:))
    let refusals = cluster.cluster.bring(objects, manager: "m")
    #expect(refusals.count == 3)
    let texts = refusals.map { "\($0.object): \($0.message)" }.joined(separator: "\n")
    #expect(texts.contains("Thing t: the cluster serves no kind Thing in nowhere/v1"))
    #expect(texts.contains("ConfigMap n/Bad_Name: ") && texts.contains("a lowercase RFC 1123 subdomain"))
    #expect(try cluster.send(.get, configMaps + "/good").status == 200)
    #expect(cluster.cluster.view.objects(.node).count == 3)
  }

  @Test("bring custom resources after their definitions")
  func definitions() throws {
    let cluster = try TestCluster()
    let definition: JSONValue = [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": "shops.example.com"],
      "spec": [
        "group": "example.com", "scope": "Cluster",
        "names": ["kind": "Shop", "plural": "shops", "singular": "shop", "listKind": "ShopList"],
        "versions": [
          [
            "name": "v1", "served": true, "storage": true,
            "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
          ]
        ],
      ],
    ]
    let shop: JSONValue = [
      "apiVersion": "example.com/v1", "kind": "Shop", "metadata": ["name": "a"], "spec": ["size": 3],
    ]
    let objects = [shop, definition].compactMap(KubeObject.init(_:))
    #expect(cluster.cluster.bring(objects, manager: "m").isEmpty)
    #expect(try cluster.send(.get, "/apis/example.com/v1/shops/a").body[path: "spec", "size"] == 3)
  }
}
