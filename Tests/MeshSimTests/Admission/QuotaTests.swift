import KubeModel
import Testing

@testable import MeshSim

@Suite("Quotas")
struct QuotaTests {
  private static func pod(_ resources: String = "", more: String = "") -> String {
    #"{"spec":{"containers":[{"name":"a","image":"i","resources":{\#(resources)}}]\#(more)}}"#
  }

  private func cluster(_ hard: String, more: String = "") throws -> AdmissionCluster {
    var cluster = AdmissionCluster()
    try cluster.add(.resourceQuota, "q", #"{"spec":{"hard":{\#(hard)}\#(more)}}"#)
    return cluster
  }

  private func used(_ cluster: AdmissionCluster) throws -> [String: String] {
    try cluster.stored(.resourceQuota, "q")[path: "status", "used"]?.stringMap ?? [:]
  }

  @Test("what is there is counted when a quota comes, and what comes and goes after it")
  func counting() throws {
    var cluster = AdmissionCluster()
    try cluster.add(.configMap, "a", "{}")
    try cluster.add(
      .resourceQuota, "q", #"{"spec":{"hard":{"configmaps":"5","pods":"2","count/secrets":"3"}}}"#)
    #expect(try used(cluster) == ["configmaps": "1", "pods": "0", "count/secrets": "0"])
    try cluster.submit(.pod, "p", QuotaTests.pod())
    try cluster.submit(.secret, "s", "{}")
    #expect(try used(cluster) == ["configmaps": "1", "pods": "1", "count/secrets": "1"])
    cluster.state.remove(.configMap, ObjectKey(namespace: "n", name: "a"), manager: nil)
    var pod = try cluster.stored(.pod, "p")
    pod.set("status", "phase", to: "Succeeded")
    cluster.state.update(pod, kind: .pod, manager: nil)
    #expect(try used(cluster) == ["configmaps": "0", "pods": "0", "count/secrets": "1"])
  }

  @Test("what would exceed a quota is refused, with what was asked, used and allowed")
  func exceeded() throws {
    var cluster = try cluster(#""pods":"1""#)
    #expect(try cluster.submit(.pod, "p", QuotaTests.pod()) == nil)
    #expect(
      try cluster.submit(.pod, "q", QuotaTests.pod())
        == "pods \"q\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1")
  }

  static let refusals: [(String, ResourceKind, String, String)] = [
    (
      #""requests.cpu":"1","limits.memory":"1Gi""#, .pod,
      pod(#""requests":{"cpu":"1500m"},"limits":{"memory":"2Gi"}"#),
      "exceeded quota: q, requested: limits.memory=2Gi,requests.cpu=1500m, used: limits.memory=0,requests.cpu=0, limited: limits.memory=1Gi,requests.cpu=1"
    ),
    (
      #""cpu":"1","limits.memory":"1Gi""#, .pod, pod(),
      "failed quota: q: must specify cpu for: a; limits.memory for: a"
    ),
    (
      #""services.loadbalancers":"0""#, .service, #"{"spec":{"type":"LoadBalancer","ports":[{"port":80}]}}"#,
      "exceeded quota: q, requested: services.loadbalancers=1, used: services.loadbalancers=0, limited: services.loadbalancers=0"
    ),
    (
      #""services.nodeports":"1""#, .service,
      #"{"spec":{"type":"NodePort","ports":[{"port":80},{"port":81}]}}"#,
      "exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1"
    ),
    (
      #""requests.storage":"1Gi""#, .persistentVolumeClaim,
      #"{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}"#,
      "exceeded quota: q, requested: requests.storage=2Gi, used: requests.storage=0, limited: requests.storage=1Gi"
    ),
    (
      #""gold.storageclass.storage.k8s.io/persistentvolumeclaims":"0""#, .persistentVolumeClaim,
      #"{"spec":{"storageClassName":"gold"}}"#,
      "exceeded quota: q, requested: gold.storageclass.storage.k8s.io/persistentvolumeclaims=1, used: gold.storageclass.storage.k8s.io/persistentvolumeclaims=0, limited: gold.storageclass.storage.k8s.io/persistentvolumeclaims=0"
    ),
    (
      #""count/deployments.apps":"0""#, .deployment, "{}",
      "exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0"
    ),
    (
      #""secrets":"0""#, .secret, "{}",
      "exceeded quota: q, requested: secrets=1, used: secrets=0, limited: secrets=0"
    ),
    (
      #""requests.nvidia.com/gpu":"1""#, .pod, pod(#""requests":{"nvidia.com/gpu":"2"}"#),
      "exceeded quota: q, requested: requests.nvidia.com/gpu=2, used: requests.nvidia.com/gpu=0, limited: requests.nvidia.com/gpu=1"
    ),
  ]

  @Test("every kind of limit", arguments: refusals)
  func refusal(hard: String, kind: ResourceKind, json: String, message: String) throws {
    var cluster = try cluster(hard)
    let full = "\(kind) \"x\" is forbidden: \(message)"
    #expect(try cluster.submit(kind, "x", json) == full)
  }

  static let scopes: [(String, String, Bool)] = [
    (#""scopes":["BestEffort"]"#, pod(), true),
    (#""scopes":["BestEffort"]"#, pod(#""requests":{"cpu":"1"}"#), false),
    (#""scopes":["NotBestEffort"]"#, pod(#""requests":{"cpu":"1"}"#), true),
    (#""scopes":["NotBestEffort"]"#, pod(), false),
    (#""scopes":["Terminating"]"#, pod(more: #","activeDeadlineSeconds":5"#), true),
    (#""scopes":["Terminating"]"#, pod(), false), (#""scopes":["NotTerminating"]"#, pod(), true),
    (
      #""scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["system-node-critical"]}]}"#,
      pod(more: #","priorityClassName":"system-node-critical""#), true
    ),
    (
      #""scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["system-node-critical"]}]}"#,
      pod(), false
    ),
    (
      #""scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"DoesNotExist"}]}"#,
      pod(), true
    ),
  ]

  @Test("a quota with scopes counts only what is in them", arguments: scopes)
  func scope(scope: String, pod: String, isCounted: Bool) throws {
    var cluster = try cluster(#""pods":"0""#, more: "," + scope)
    #expect(try (cluster.submit(.pod, "p", pod) != nil) == isCounted)
  }

  @Test("a larger quota lets through what a smaller one refused")
  func larger() throws {
    var cluster = try cluster(#""pods":"0""#)
    #expect(try cluster.submit(.pod, "p", QuotaTests.pod()) != nil)
    var quota = try cluster.stored(.resourceQuota, "q")
    quota.set("spec", "hard", "pods", to: "1")
    cluster.state.update(quota, kind: .resourceQuota, manager: nil)
    #expect(try cluster.stored(.resourceQuota, "q")[path: "status", "hard", "pods"] == "1")
    #expect(try cluster.submit(.pod, "p", QuotaTests.pod()) == nil)
  }
}

@Suite("Amounts")
struct AmountTests {
  @Test(
    "sums are exact and canonical",
    arguments: [
      ("100m", "200m", "300m"), ("500m", "500m", "1"), ("1", "1500m", "2500m"), ("1Gi", "1Gi", "2Gi"),
      ("512Mi", "512Mi", "1Gi"), ("1Gi", "1", "1073741825"), ("0", "1Gi", "1Gi"), ("1k", "1", "1001"),
      ("1e3", "0", "1e3"),
      ("0.1", "0.2", "300m"), ("1n", "1u", "1001n"), ("1M", "0", "1M"), ("1023", "0", "1023"),
      ("1023Ki", "1Ki", "1Mi"),
    ])
  func sum(left: String, right: String, sum: String) throws {
    #expect(try (#require(Amount(left)) + #require(Amount(right))).description == sum)
  }

  @Test("other texts are no amounts", arguments: ["", "m", "1x", "1.2.3", "-", "1 Gi"])
  func wrong(text: String) { #expect(Amount(text) == nil) }
}
