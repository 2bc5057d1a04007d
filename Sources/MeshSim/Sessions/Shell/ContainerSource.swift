import KubeModel
import Seams

/// Where the environment and the files of a container come from.
struct ContainerSource {
  let pod: KubeObject
  let state: ClusterState

  /// `envFrom`, and then `env`.
  func variables(of spec: JSONValue) -> [(name: String, value: String)] {
    var all: [(name: String, value: String)] = []
    for source in spec["envFrom"]?.array ?? [] {
      let prefix = source["prefix"]?.string ?? ""
      let values =
        texts(.configMap, source[path: "configMapRef", "name"])
        + texts(.secret, source[path: "secretRef", "name"])
      all += values.map { (prefix + $0.0, String(decoding: $0.1, as: UTF8.self)) }
    }
    for variable in spec["env"]?.array ?? [] {
      let name = variable["name"]?.string ?? ""
      if let value = value(of: variable) { all.append((name, expanded(value, all))) }
    }
    return all
  }

  private func value(of variable: JSONValue) -> String? {
    guard let source = variable["valueFrom"] else { return variable["value"]?.string ?? "" }
    for (kind, field) in [(ResourceKind.configMap, "configMapKeyRef"), (.secret, "secretKeyRef")] {
      guard let reference = source[field] else { continue }
      let found = texts(kind, reference["name"]).first { $0.0 == reference["key"]?.string }
      return found.map { String(decoding: $0.1, as: UTF8.self) }
    }
    return source[path: "fieldRef", "fieldPath"]?.string.flatMap(fieldText)
  }

  private func fieldText(_ path: String) -> String? {
    for (map, open) in [(pod.labels, "metadata.labels['"), (pod.annotations, "metadata.annotations['")] {
      if path.hasPrefix(open) { return map[String(path.dropFirst(open.count).dropLast(2))] ?? "" }
    }
    let keys = path.split(separator: ".").map(String.init)
    return JSONValue.object(pod.fields)[path: keys[...]]?.string
  }

  /// `$(NAME)` stands for a variable before.
  private func expanded(_ text: String, _ known: [(name: String, value: String)]) -> String {
    known.reduce(text) { $0.replacing("$(\($1.name))", with: $1.value) }
  }

  private func texts(_ kind: ResourceKind, _ name: JSONValue?) -> [(String, [UInt8])] {
    guard let name = name?.string,
      let object = state.store.get(kind, ObjectKey(namespace: pod.namespace ?? "", name: name))
    else { return [] }
    let plain = (object.fields["data"]?.object?.members ?? []).map { member in
      let text = member.value.string ?? ""
      return (member.key, kind == .secret ? SecretBytes.decode(text) : Array(text.utf8))
    }
    let binary = (object.fields["binaryData"]?.object?.members ?? []).map {
      ($0.key, SecretBytes.decode($0.value.string ?? ""))
    }
    return (plain + binary).sorted { $0.0 < $1.0 }
  }

  /// The files that a volume has from the start.
  func files(of name: String) -> [(String, [UInt8])] {
    let volumes = pod[path: "spec", "volumes"]?.array ?? []
    guard let volume = volumes.first(where: { $0["name"]?.string == name }) else { return [] }
    let sources = volume[path: "projected", "sources"]?.array ?? [volume]
    return sources.flatMap(files(ofSource:))
  }

  private func files(ofSource source: JSONValue) -> [(String, [UInt8])] {
    if let map = source["configMap"] { return chosen(texts(.configMap, map["name"]), map) }
    if let secret = source["secret"] {
      return chosen(texts(.secret, secret["secretName"] ?? secret["name"]), secret)
    }
    if let token = source["serviceAccountToken"] {
      return [(token["path"]?.string ?? "token", Array(StableHash.word(of: pod.uid).utf8))]
    }
    return (source[path: "downwardAPI", "items"]?.array ?? []).compactMap { item in
      guard let path = item["path"]?.string, let field = item[path: "fieldRef", "fieldPath"]?.string else {
        return nil
      }
      return (path, Array((fieldText(field) ?? "").utf8))
    }
  }

  /// All keys, or those that `items` names, under the paths that it gives them.
  private func chosen(_ all: [(String, [UInt8])], _ source: JSONValue) -> [(String, [UInt8])] {
    guard let items = source["items"]?.array else { return all }
    return items.compactMap { item in
      guard let bytes = all.first(where: { $0.0 == item["key"]?.string })?.1 else { return nil }
      return (item["path"]?.string ?? "", bytes)
    }
  }
}
