internal import KubeModel
internal import MeshTopology

extension Importing {
  /// The environment variables of a container, with what ConfigMaps say written out.
  mutating func environment(
    of container: Part, in namespace: String, for target: WorkloadReference
  ) -> [String: EnvironmentValue] {
    var values: [String: EnvironmentValue] = [:]
    for part in container["envFrom"]?.elements ?? [] {
      let prefix = part["prefix"]?.text ?? ""
      if let name = part["configMapRef", "name"]?.peek {
        for (key, text) in configMap(name, in: namespace, for: part) ?? [] {
          values[prefix + key] = .text(text)
        }
      } else if let name = part["secretRef", "name"]?.peek {
        // Which keys there are is known from the Secret, if at all; what is under them is never looked at.
        guard let secret = only("", "Secret", WorkloadReference(namespace: namespace, name: name)) else {
          drop(
            part, "which keys the Secret \(name) has is not known: name each as env with secret: {name, key}")
          continue
        }
        part.take()
        for group in [secret.root["data"], secret.root["stringData"]] {
          for (key, _) in group?.entries ?? [] { values[prefix + key] = .secret(name: name, key: key) }
        }
      }
    }
    for part in container["env"]?.elements ?? [] {
      guard let name = part["name"]?.text else { continue }
      if let value = value(of: part, in: namespace) { values[name] = value }
      if case .text(let text)? = values[name], !text.isEmpty, Importing.isSecretive(name),
        !text.hasPrefix("/")
      {
        contradict(part.place, "\(name) of \(target) looks like a secret in plain text: keep it in a Secret")
      }
    }
    return values
  }

  private mutating func value(of part: Part, in namespace: String) -> EnvironmentValue? {
    if let value = part["value"] {
      value.take()
      return .text(value.peek ?? "")
    }
    guard let source = part["valueFrom"] else { return .text("") }
    if let name = source["secretKeyRef", "name"]?.text, let key = source["secretKeyRef", "key"]?.text {
      return .secret(name: name, key: key)
    }
    if let field = source["fieldRef", "fieldPath"]?.text {
      source["fieldRef", "apiVersion"]?.take()
      return .field(field)
    }
    if let name = source["configMapKeyRef", "name"]?.peek, let key = source["configMapKeyRef", "key"]?.peek {
      guard let entries = configMap(name, in: namespace, for: source) else { return nil }
      return entries.first { $0.key == key }.map { .text($0.value) }
    }
    return nil
  }

  /// What is in a ConfigMap; `nil` when it is not among the manifests.
  mutating func configMap(_ name: String, in namespace: String, for part: Part) -> [(
    key: String, value: String
  )]? {
    guard let source = only("", "ConfigMap", WorkloadReference(namespace: namespace, name: name)) else {
      if !["kube-root-ca.crt", "istio-ca-root-cert"].contains(name) {
        contradict(part.place, "the ConfigMap \(namespace)/\(name) is named, but not among the manifests")
      }
      drop(part, "the ConfigMap \(name) is not among the manifests")
      return nil
    }
    part.take()
    readConfigMaps.insert(source.index)
    return (source.root["data"]?.entries ?? []).compactMap { entry in
      guard case .scalar(let scalar) = entry.value.node.content else { return nil }
      return (entry.key, scalar.text)
    }
  }

  private static func isSecretive(_ name: String) -> Bool {
    let words = name.uppercased().split(separator: "_")
    return words.contains { ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY", "CREDENTIALS"].contains($0) }
      && !["FILE", "PATH", "URL", "NAME", "TTL"].contains(words.last ?? "")
  }
}
