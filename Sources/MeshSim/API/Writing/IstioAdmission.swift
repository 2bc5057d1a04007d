import KubeModel

/// The webhook that a cluster with Istio has installed.
enum IstioAdmission {
  /// What Istio's admission webhook refuses: no hosts, a negative weight, several destinations of
  /// weight 0 in all.
  static func check(_ object: KubeObject, _ kind: ResourceKind) throws(StatusError) {
    guard kind == .virtualService else { return }
    func refuse(_ text: String) -> StatusError {
      StatusError(
        code: 400, reason: "",
        message: "admission webhook \"validation.istio.io\" denied the request: configuration is invalid: "
          + text)
    }
    guard !(object[path: "spec", "hosts"]?.array ?? []).isEmpty else {
      throw refuse("virtual service must have at least one host")
    }
    let routes = object[path: "spec", "http"]?.array ?? []
    guard !routes.isEmpty || object[path: "spec", "tcp"] != nil else {
      throw refuse("http, tcp or tls must be provided in virtual service")
    }
    for route in routes {
      let destinations = route["route"]?.array ?? []
      let weights = destinations.map { $0["weight"]?.int ?? 0 }
      if weights.contains(where: { $0 < 0 }) { throw refuse("weight must not be negative") }
      if weights.contains(where: { $0 > Int64(Int32.max) }) { throw refuse("weight must fit 32 bits") }
      if destinations.count > 1, weights.reduce(0, +) == 0 { throw refuse("total destination weight = 0") }
    }
  }
}
