public import KubeModel
public import MeshTopology
internal import Seams

extension Renderer {
  /// The ConfigMap with a workload's files; `nil` without files.
  ///
  /// Its name ends with a hash of what is in it: a change starts the pods anew, and pods of the version before
  /// keep what they were started with.
  public func configMap(for workload: Workload) -> KubeObject? {
    guard let name = workload.configMapName else { return nil }
    var object = object(.configMap, for: workload, name: name)
    let data = zip(workload.fileKeys, workload.files).map { ($0, JSONValue.string($1.content)) }
    object.set("data", to: .object(JSONObject(data)))
    return object
  }

  /// The volumes of a workload's pods, but those that a StatefulSet claims for each pod.
  func volumes(of workload: Workload) -> JSONValue? {
    var volumes: [JSONValue] = []
    if let name = workload.configMapName {
      volumes.append(["name": .string(configurationVolume), "configMap": ["name": .string(name)]])
    }
    volumes += workload.secrets.enumerated().map { index, secret in
      ["name": .string("secret-\(index)"), "secret": ["secretName": .string(secret.name)]]
    }
    for volume in workload.volumes {
      switch volume.kind {
      case .persistent: break
      case .temporary:
        var directory: JSONValue = [:]
        directory["sizeLimit"] = volume.size.map { .string($0.description) }
        volumes.append(["name": .string(volume.name), "emptyDir": directory])
      case .node:
        volumes.append([
          "name": .string(volume.name), "hostPath": ["path": .string(volume.nodePath ?? volume.path)],
        ])
      }
    }
    return volumes.isEmpty ? nil : .array(volumes)
  }

  /// Where the containers of a workload find its files, secrets and volumes.
  func volumeMounts(of workload: Workload) -> JSONValue? {
    // Each file is mounted by itself, so that what else the image has in the folder stays visible.
    var mounts: [JSONValue] = zip(workload.fileKeys, workload.files).map { key, file in
      [
        "name": .string(configurationVolume), "mountPath": .string(file.path), "subPath": .string(key),
        "readOnly": true,
      ]
    }
    mounts += workload.secrets.enumerated().map { index, secret in
      ["name": .string("secret-\(index)"), "mountPath": .string(secret.path), "readOnly": true]
    }
    mounts += workload.volumes.map { volume in
      var mount: JSONValue = ["name": .string(volume.name), "mountPath": .string(volume.path)]
      if volume.kind == .node { mount["readOnly"] = true }
      return mount
    }
    return mounts.isEmpty ? nil : .array(mounts)
  }

  private var configurationVolume: String { "configuration" }
}

extension Workload {
  /// The name of the ConfigMap that holds the files; `nil` without files.
  var configMapName: String? {
    guard !files.isEmpty else { return nil }
    let text = files.map { "\($0.path)\u{0}\($0.content)" }.joined(separator: "\u{0}")
    return "\(name)-files-\(StableHash.word(of: text).prefix(8))"
  }

  /// The keys of the files in the ConfigMap: their last names, told apart where two are the same.
  var fileKeys: [String] {
    var seen: [String: Int] = [:]
    return files.map { file in
      let name = file.path.split(separator: "/").last.map(String.init) ?? "file"
      let key = String(decoding: name.utf8.map { $0.isFileKey ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
      let count = seen[key, default: 0]
      seen[key] = count + 1
      return count == 0 ? key : "\(count)-\(key)"
    }
  }
}

extension UInt8 {
  /// Whether the key of a ConfigMap may have this character.
  fileprivate var isFileKey: Bool {
    (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
      || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(self)
  }
}
