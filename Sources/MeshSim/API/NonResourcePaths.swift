import HTTPTypes
import KubeModel

/// The paths that name no object: discovery, health, versions and the like.
enum NonResourcePaths {
  static func answer(_ request: APIRequest, in state: inout ClusterState) throws(StatusError) -> Answer {
    guard request.method == .get else { return .pageNotFound }
    let parts = request.info.path.split(separator: "/").map(String.init)
    switch parts.first {
    case nil: return Answer(json: ["paths": .array(RootPaths.all(in: state).map(JSONValue.string))])
    case "version" where parts.count == 1: return Answer(json: ServerVersion.info)
    case "healthz", "livez", "readyz": return HealthChecks.answer(request, parts)
    case "api", "apis": return try Discovery.answer(request, parts, in: state)
    case "openapi": return try OpenAPIDocuments.answer(request, parts, in: &state)
    case "metrics" where parts.count == 1:
      return Answer(text: MetricsExposition.text(of: &state))
    default: return .pageNotFound
    }
  }
}

/// Which Kubernetes this is.
enum ServerVersion {
  static let text = "v1.36.2"

  static let info: JSONValue = [
    "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36", "minCompatibilityMajor": "1",
    "minCompatibilityMinor": "35", "gitVersion": "v1.36.2+meshctl-embedded",
    "gitCommit": "0000000000000000000000000000000000000000", "gitTreeState": "clean",
    "buildDate": "2026-01-01T00:00:00Z", "goVersion": "go1.26", "compiler": "gc", "platform": "embedded",
  ]
}

/// What the root path lists.
enum RootPaths {
  static func all(in state: ClusterState) -> [String] {
    var paths = ["/.well-known/openid-configuration", "/api", "/api/v1", "/apis", "/apis/"]
    for group in state.api.catalogue.groups where !group.name.isEmpty {
      paths.append("/apis/\(group.name)")
      paths += group.versions.map { "/apis/\(group.name)/\($0)" }
    }
    paths += ["/healthz", "/livez", "/metrics", "/openapi/v3", "/openid/v1/jwks", "/readyz", "/version"]
    return paths.sorted()
  }
}

/// The health of the server: it answers, so it is well.
enum HealthChecks {
  private static let checks = [
    "ping", "log", "etcd", "poststarthook/start-apiextensions-informers",
    "poststarthook/start-apiextensions-controllers", "poststarthook/crd-informer-synced",
    "poststarthook/start-system-namespaces-controller", "poststarthook/bootstrap-controller",
    "poststarthook/rbac/bootstrap-roles", "poststarthook/scheduling/bootstrap-system-priority-classes",
    "poststarthook/apiservice-registration-controller",
    "poststarthook/apiservice-status-available-controller",
    "poststarthook/apiservice-discovery-controller", "poststarthook/kube-apiserver-autoregistration",
    "autoregister-completion", "poststarthook/apiservice-openapi-controller",
    "poststarthook/apiservice-openapiv3-controller",
  ]

  static func answer(_ request: APIRequest, _ parts: [String]) -> Answer {
    let name = parts[0]
    let all = name == "readyz" ? checks + ["informer-sync", "shutdown"] : checks
    guard parts.count == 1 else {
      return all.contains(parts.dropFirst().joined(separator: "/")) ? Answer(text: "ok") : .pageNotFound
    }
    guard request.query["verbose"] != nil else { return Answer(text: "ok") }
    let excluded = Set(request.query.all("exclude"))
    let lines = all.map { "[+]\($0) \(excluded.contains($0) ? "excluded: ok" : "ok")" }
    return Answer(text: lines.joined(separator: "\n") + "\n\(name) check passed\n")
  }
}
