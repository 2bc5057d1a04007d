import KubeModel

/// Fields that exist once as a value and once as a list whose first element it is. The server's internal type has
/// the list only, so whoever writes one of them writes both.
enum TwinFields {
  /// Fills in the twin of an address that stands alone; a value that contradicts its list replaces it.
  static func join(_ object: inout JSONObject) {
    guard object["apiVersion"]?.string == "v1" else { return }
    switch object["kind"]?.string {
    case "Pod": join(&object, "status", one: "podIP", list: "podIPs", key: "ip")
    case "Node": join(&object, "spec", one: "podCIDR", list: "podCIDRs", key: nil)
    default: break
    }
  }

  private static func join(
    _ object: inout JSONObject, _ part: String, one: String, list: String, key: String?
  ) {
    guard let fields = object[part]?.object else { return }
    let value = fields[one]?.string ?? ""
    let first = fields[list]?.array?.first
    let listed = (key.map { first?[$0] } ?? first)?.string ?? ""
    guard value != listed else { return }
    if value.isEmpty {
      object.set([part, one], to: .string(listed))
    } else {
      object.set([part, list], to: [key.map { [$0: .string(value)] } ?? .string(value)])
    }
  }
}
