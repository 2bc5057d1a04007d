import HTTPTypes
import KubeModel

/// The paths that name no object: discovery, health, versions and the like.
enum NonResourcePaths {
  static func answer(_ request: APIRequest, in state: inout ClusterState) throws(StatusError) -> Answer {
    let parts = request.info.path.split(separator: "/").map(String.init)
    if parts.first == "prometheus" { return MetricsQueries.answer(request, parts.dropFirst(), in: &state) }
    guard request.method == .get else { return .pageNotFound }
    switch parts.first {
    case nil: return Answer(json: ["paths": .array(RootPaths.all(in: state).map(JSONValue.string))])
    case "version" where parts.count == 1:
      return Answer(bytes: Array(ServerVersion.info.jsonText(isPretty: true).utf8))
    case "healthz", "livez", "readyz": return HealthChecks.answer(request, parts)
    case "api", "apis": return try Discovery.answer(request, parts, in: state)
    case "openapi": return try OpenAPIDocuments.answer(request, parts, in: &state)
    case "metrics" where parts.count == 1:
      var answer = Answer(text: MetricsExposition.text(of: &state))
      answer.contentType = "text/plain; version=0.0.4; charset=utf-8"
      return answer
    case ".well-known" where parts == [".well-known", "openid-configuration"]: return IssuerDiscovery.document
    case "openid" where parts == ["openid", "v1", "jwks"]: return IssuerDiscovery.keys
    default: return .pageNotFound
    }
  }
}

/// What the issuer of service account tokens says of itself (OpenID Connect Discovery 1.0).
enum IssuerDiscovery {
  static let document = Answer(json: [
    "issuer": .string(ServiceAccountTokens.issuer), "jwks_uri": "https://10.0.0.1:6443/openid/v1/jwks",
    "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": ["RS256"],
  ])

  /// None: tokens are signed with a secret that only the cluster has, so nobody else can check them.
  static let keys: Answer = {
    var answer = Answer(json: ["keys": []])
    answer.contentType = "application/jwk-set+json"
    return answer
  }()
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
    paths += [
      "/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/openid/v1/jwks", "/readyz",
      "/version",
    ]
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
