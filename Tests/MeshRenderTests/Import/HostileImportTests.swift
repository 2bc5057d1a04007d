import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing what is broken")
struct HostileImportTests {
  @Test("a file that cannot be read is noted with its place, and the rest goes on")
  func goesOn() throws {
    let files = [
      ("broken.yaml", "a: [1, 2\nb: 3\n"), ("helm.yaml", "kind: {{ .Values.kind }}\n"),
      ("values.yaml", "replicas: 1\n"),
      ("list.yaml", "- 1\n"), ("good.yaml", ImportText.service("cart")),
    ].map { TopologyFile(path: $0.0, bytes: Array($0.1.utf8)) }
    let result = Importer().run(files: files, name: "shop")
    try ImportText.expectSound(result)
    #expect(result.unread.map(\.place.file) == ["broken.yaml", "helm.yaml", "values.yaml", "list.yaml"])
    #expect(result.unreadable.map(\.place.file) == ["broken.yaml", "helm.yaml"])
    #expect(result.topology.workloads.map(\.name) == ["cart"])
  }

  @Test("the number of documents is bounded")
  func isBounded() {
    var importer = Importer()
    importer.documentLimit = 2
    let text = ImportText.service("a") + ImportText.service("b")
    let result = importer.run(files: [TopologyFile(path: "x.yaml", bytes: Array(text.utf8))], name: "shop")
    #expect(result.topology.workloads.map(\.name) == ["a"])
    #expect(result.unread.map(\.message) == ["more than 2 documents; the rest is not read"])
  }

  @Test(
    "a name of a system that none can have is mended",
    arguments: [("My Shop!", "my-shop"), ("", "imported"), ("日本", "imported")])
  func mendsName(_ given: String, _ name: String) throws {
    let result = Importer().run(files: [], name: given)
    try ImportText.expectSound(result)
    #expect(result.topology.name == name)
  }

  @Test(
    "an object of any shape leaves a topology that reads",
    arguments: [
      "spec: 1", "spec: []", "spec: {template: []}", "spec: {template: {spec: {containers: 1}}}",
      "spec: {template: {spec: {containers: [{image: [1]}]}}}",
      "spec: {template: {spec: {containers: [{name: x, image: 'UPPER CASE:1'}]}}}",
      "spec: {replicas: -5, template: {spec: {containers: [{name: x, image: 'x:1'}]}}}",
      "spec: {replicas: 99999999999999999999, template: {spec: {containers: [{name: x, image: 'x:1'}]}}}",
      "spec: {template: {spec: {containers: [{name: x, image: 'x:1', ports: [{containerPort: 99999}, {containerPort: 0}]}]}}}",
      "spec: {template: {spec: {containers: [{name: x, image: 'x:1', env: [{name: '', value: a}, {name: 'A B', value: b}]}]}}}",
      "spec: {template: {spec: {containers: [{name: x, image: 'x:1', resources: {requests: {cpu: lots, memory: -1}}}]}}}",
      "spec: {template: {spec: {containers: [{name: x, image: 'x:1', resources: {requests: {cpu: 2}, limits: {cpu: 1}}}]}}}",
      "spec: {template: {spec: {containers: [{name: x, image: 'x:1', readinessProbe: {httpGet: {path: bad, port: none}, periodSeconds: 0}}]}}}",
      "spec: {template: {spec: {terminationGracePeriodSeconds: -1, containers: [{name: x, image: 'x:1', volumeMounts: [{name: a, mountPath: relative}]}], volumes: [{name: a, emptyDir: {}}]}}}",
      "spec: {template: {spec: {tolerations: [{effect: Odd}], nodeSelector: {cloud.google.com/gke-nodepool: 'A B'}, containers: [{name: x, image: 'x:1'}]}}}",
    ], ["Deployment", "StatefulSet", "DaemonSet"])
  func survives(_ spec: String, _ kind: String) throws {
    _ = try ImportText.run(
      "apiVersion: apps/v1\nkind: \(kind)\nmetadata: {name: odd, namespace: shop}\n\(spec)\n")
  }

  @Test(
    "names that the topology refuses keep the object as it is",
    arguments: [
      "abort", "a.b", "1st", "x-that-is-very-very-very-very-very-very-very-very-very-long-indeed",
    ])
  func keepsRefused(_ name: String) throws {
    let result = try ImportText.run(ImportText.service(name))
    #expect(result.topology.workloads.isEmpty)
    let kept = try #require(result.kept.first { $0.object.kind == "Deployment" })
    #expect(kept.reason.contains("is refused: "))
  }

  @Test(
    "each kind takes any shape",
    arguments: [
      ("v1", "Service"), ("v1", "ConfigMap"), ("v1", "Secret"), ("v1", "ServiceAccount"), ("v1", "Namespace"),
      ("v1", "List"),
      ("autoscaling/v2", "HorizontalPodAutoscaler"), ("policy/v1", "PodDisruptionBudget"),
      ("policy/v1beta1", "PodSecurityPolicy"), ("networking.k8s.io/v1", "NetworkPolicy"),
      ("networking.k8s.io/v1", "Ingress"),
      ("rbac.authorization.k8s.io/v1", "Role"), ("rbac.authorization.k8s.io/v1", "RoleBinding"),
      ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"), ("networking.istio.io/v1", "VirtualService"),
      ("networking.istio.io/v1", "DestinationRule"), ("networking.istio.io/v1", "ServiceEntry"),
      ("networking.istio.io/v1", "Gateway"), ("security.istio.io/v1", "PeerAuthentication"),
      ("security.istio.io/v1", "AuthorizationPolicy"), ("install.istio.io/v1alpha1", "IstioOperator"),
      ("container.v1", "Cluster"), ("container.cnrm.cloud.google.com/v1beta1", "ContainerCluster"),
      ("container.cnrm.cloud.google.com/v1beta1", "ContainerNodePool"),
      ("compute.cnrm.cloud.google.com/v1beta1", "ComputeSubnetwork"),
      ("velero.io/v1", "Schedule"), ("velero.io/v1", "BackupStorageLocation"),
      ("jaegertracing.io/v1", "Jaeger"),
      ("postgresql.cnpg.io/v1", "Cluster"), ("telemetry.istio.io/v1", "Telemetry"),
    ],
    [
      "spec: 1", "spec: {}", "spec: []", "data: {a: [1]}",
      "spec: {rules: [1, {from: 2}], selector: [], host: a, hosts: [a, 1]}",
    ])
  func takesAnyShape(_ kind: (String, String), _ body: String) throws {
    let text = "apiVersion: \(kind.0)\nkind: \(kind.1)\nmetadata: {name: odd, namespace: shop}\n\(body)\n"
    _ = try ImportText.run(ImportText.service("cart") + text)
  }
}
