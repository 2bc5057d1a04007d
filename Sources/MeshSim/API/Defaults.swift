import KubeModel
import Seams

/// What the API server fills in (pkg/apis/*/defaults.go of Kubernetes 1.36), for the kinds served here.
enum Defaults {
  static func apply(to object: inout KubeObject) {
    switch (object.apiVersion, object.kind) {
    case ("apps/v1", "Deployment"): deployment(&object)
    case ("apps/v1", "ReplicaSet"): fill(&object.fields, "spec", ["replicas": 1])
    case ("v1", "Service"): service(&object)
    case ("v1", "Pod"):
      object.fields.update("spec") { podSpec(&$0) }
    case ("v1", "Namespace"):
      object.labels["kubernetes.io/metadata.name"] = object.name
      if object.fields["status"] == nil { object.fields["status"] = ["phase": "Active"] }
    case ("autoscaling/v2", "HorizontalPodAutoscaler"): fill(&object.fields, "spec", ["minReplicas": 1])
    default: break
    }
  }

  private static func deployment(_ object: inout KubeObject) {
    fill(
      &object.fields, "spec",
      [
        "replicas": 1, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600,
        "strategy": ["type": "RollingUpdate"],
      ])
    object.fields.update("spec") { spec in
      if spec?[path: "strategy", "type"]?.string ?? "RollingUpdate" == "RollingUpdate" {
        var strategy = spec?["strategy"]?.object ?? JSONObject()
        fill(&strategy, "rollingUpdate", ["maxSurge": "25%", "maxUnavailable": "25%"])
        strategy["type"] = "RollingUpdate"
        spec?["strategy"] = .object(strategy)
      }
      var template = spec?["template"]?.object ?? JSONObject()
      template.update("spec") { podSpec(&$0) }
      spec?["template"] = .object(template)
    }
  }

  private static func podSpec(_ value: inout JSONValue?) {
    guard var spec = value?.object else { return }
    value = nil
    for (key, text) in [
      ("restartPolicy", "Always"), ("dnsPolicy", "ClusterFirst"), ("schedulerName", "default-scheduler"),
    ] where spec[key] == nil { spec[key] = .string(text) }
    if spec["terminationGracePeriodSeconds"] == nil { spec["terminationGracePeriodSeconds"] = 30 }
    if spec["securityContext"] == nil { spec["securityContext"] = [:] }
    if let account = spec["serviceAccountName"] { spec["serviceAccount"] = account }
    for list in ["containers", "initContainers"] {
      guard let containers = spec[list]?.array else { continue }
      spec[list] = .array(containers.map(container))
    }
    value = .object(spec)
  }

  private static func container(_ value: JSONValue) -> JSONValue {
    guard var container = value.object else { return value }
    let image = container["image"]?.string ?? ""
    let isFloating =
      image.hasSuffix(":latest") || !image.split(separator: "/").suffix(1).joined().contains(":")
    for (key, text) in [
      ("imagePullPolicy", isFloating && !image.contains("@") ? "Always" : "IfNotPresent"),
      ("terminationMessagePath", "/dev/termination-log"), ("terminationMessagePolicy", "File"),
    ] where container[key] == nil { container[key] = .string(text) }
    if container["resources"] == nil { container["resources"] = [:] }
    if let ports = container["ports"]?.array {
      container["ports"] = .array(ports.map { with($0, ["protocol": "TCP"]) })
    }
    for name in ["readinessProbe", "livenessProbe", "startupProbe"] {
      guard let probe = container[name] else { continue }
      var filled = with(
        probe, ["timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3])
      if let http = filled["httpGet"] { filled["httpGet"] = with(http, ["scheme": "HTTP"]) }
      container[name] = filled
    }
    return .object(container)
  }

  private static func service(_ object: inout KubeObject) {
    fill(
      &object.fields, "spec",
      [
        "type": "ClusterIP", "sessionAffinity": "None", "internalTrafficPolicy": "Cluster",
        "ipFamilyPolicy": "SingleStack", "ipFamilies": ["IPv4"],
      ])
    let stream = StableHash.of("\(object.namespace ?? "")/\(object.name)")
    object.fields.update("spec") { spec in
      if spec?["clusterIP"] == nil {
        let address = "10.96.\(stream % 250).\(1 + stream / 250 % 250)"
        spec?["clusterIP"] = .string(address)
        spec?["clusterIPs"] = [.string(address)]
      }
      guard let ports = spec?["ports"]?.array else { return }
      spec?["ports"] = .array(
        ports.map { port in
          with(port, ["protocol": "TCP", "targetPort": port["port"] ?? .null])
        })
    }
  }

  private static func fill(_ object: inout JSONObject, _ key: String, _ defaults: JSONObject) {
    object[key] = with(object[key] ?? .object([:]), defaults)
  }

  private static func with(_ value: JSONValue, _ defaults: JSONObject) -> JSONValue {
    guard var object = value.object else { return value }
    for member in defaults.members where object[member.key] == nil { object[member.key] = member.value }
    return .object(object)
  }
}
