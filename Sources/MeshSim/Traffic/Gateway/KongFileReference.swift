internal import KubeModel

/// Where a pod that runs Kong without a database has its declarative file from.
struct KongFileReference: Hashable, Sendable {
  let namespace: String
  let configMap: String
  /// The key in the ConfigMap; `nil` when the file is mounted nowhere, so that Kong has no routes.
  let key: String?

  /// - Returns: `nil` when the container is no Kong, or is configured in another way.
  init?(container: JSONValue, spec: JSONValue, namespace: String) {
    var environment: [String: String] = [:]
    for entry in container["env"]?.array ?? [] {
      environment[entry["name"]?.string ?? ""] = entry["value"]?.string
    }
    guard environment["KONG_DATABASE"] == "off", let path = environment["KONG_DECLARATIVE_CONFIG"] else {
      return nil
    }
    self.namespace = namespace
    for mount in container["volumeMounts"]?.array ?? [] {
      let place = mount["mountPath"]?.string ?? ""
      let volume = (spec["volumes"]?.array ?? []).first { $0["name"] == mount["name"] }
      guard let map = volume?[path: "configMap", "name"]?.string, path == place || path.hasPrefix(place + "/")
      else {
        continue
      }
      configMap = map
      let file = path == place ? mount["subPath"]?.string ?? "" : String(path.dropFirst(place.count + 1))
      let items = volume?[path: "configMap", "items"]?.array ?? []
      key = items.first { $0["path"]?.string == file }?["key"]?.string ?? file
      return
    }
    configMap = ""
    key = nil
  }
}
