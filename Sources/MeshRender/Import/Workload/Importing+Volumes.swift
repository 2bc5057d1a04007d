internal import KubeModel
internal import MeshTopology

extension Importing {
  /// The files, Secrets and folders that a workload's container mounts.
  mutating func readVolumes(of set: PodSet, into workload: inout Workload) {
    let volumes = set.spec?["volumes"]?.elements ?? []
    let claims = set.source.root["spec", "volumeClaimTemplates"]?.elements ?? []
    var mounts = set.container?["volumeMounts"]?.elements ?? []
    for other in (set.spec?["containers"]?.elements ?? []) + (set.spec?["initContainers"]?.elements ?? [])
    where other.path != set.container?.path {
      // What only another container mounts is still needed.
      let known = Set(mounts.compactMap { $0["name"]?.peek })
      mounts += (other["volumeMounts"]?.elements ?? []).filter { !known.contains($0["name"]?.peek ?? "") }
    }
    for mount in mounts {
      guard let name = mount["name"]?.peek, let path = mount["mountPath"]?.peek else { continue }
      if let volume = volumes.first(where: { $0["name"]?.peek == name }) {
        read(volume, mount, path, of: set, into: &workload)
      } else if let claim = claims.first(where: { $0["metadata", "name"]?.peek == name }) {
        read(claim, mount, name: name, path, into: &workload)
      } else if path != "/var/run/secrets/kubernetes.io/serviceaccount" {
        contradict(mount.place, "\(set.source.words) mounts the volume \(name), which it does not have")
        drop(mount, "there is no volume of that name")
      }
    }
    for part in claims + volumes { part["name"]?.take() }
  }

  private mutating func read(
    _ volume: Part, _ mount: Part, _ path: String, of set: PodSet, into workload: inout Workload
  ) {
    mount["name"]?.take()
    mount["readOnly"]?.take()
    if let map = volume["configMap"] {
      readFiles(map, mount, path, in: set.namespace, into: &workload)
    } else if let name = volume["secret", "secretName"]?.text {
      take(mount)
      guard !workload.secrets.contains(where: { $0.path == path }) else { return }
      workload.secrets.append(SecretMount(name: name, path: path))
    } else if let directory = volume["emptyDir"] {
      add(volume, mount, path, into: &workload) {
        $0.size = directory["sizeLimit"]?.text.flatMap(Quantity.init(parsing:))
      }
      if directory.entries.isEmpty { directory.take() }
    } else if let node = volume["hostPath", "path"]?.text {
      unprotected[set.namespace] = "\(set.source.words) mounts \(node) of its node"
      volume["hostPath", "type"]?.take()
      add(volume, mount, path, into: &workload) {
        $0.kind = .node
        if node != path { $0.nodePath = node }
      }
    }
  }

  private func take(_ mount: Part) {
    for key in ["name", "mountPath", "readOnly"] { mount[key]?.take() }
  }

  private mutating func add(
    _ volume: Part, _ mount: Part, _ path: String, into workload: inout Workload,
    _ change: (inout Volume) -> Void
  ) {
    let name = volume["name"]?.peek ?? ""
    if workload.volumes.contains(where: { $0.name == name }) {
      drop(mount, "a volume stands at one path in the topology")
      return
    }
    take(mount)
    workload.volumes.append(Volume(name: name, path: path).with(change))
  }

  private mutating func read(
    _ claim: Part, _ mount: Part, name: String, _ path: String, into workload: inout Workload
  ) {
    guard !workload.volumes.contains(where: { $0.name == name }) else {
      drop(mount, "a volume stands at one path in the topology")
      return
    }
    take(mount)
    claim["metadata", "name"]?.take()
    let modes = claim["spec", "accessModes"]
    if modes?.elements.compactMap(\.peek) == ["ReadWriteOnce"] { modes?.take() }
    workload.volumes.append(
      Volume(name: name, path: path).with {
        $0.kind = .persistent
        $0.size = claim["spec", "resources", "requests", "storage"]?.text.flatMap(Quantity.init(parsing:))
        $0.storageClass = claim["spec", "storageClassName"]?.text
      })
  }

  private mutating func readFiles(
    _ map: Part, _ mount: Part, _ path: String, in namespace: String, into workload: inout Workload
  ) {
    guard let name = map["name"]?.peek, let entries = configMap(name, in: namespace, for: map) else {
      mount.take()
      return
    }
    take(mount)
    let items = map["items"]?.elements ?? []
    var wanted: [(key: String, path: String)] = entries.map { ($0.key, $0.key) }
    if !items.isEmpty {
      wanted = items.compactMap { item in
        guard let key = item["key"]?.peek else { return nil }
        return (key, item["path"]?.peek ?? key)
      }
    }
    let folder = path == "/" ? "" : path
    if let single = mount["subPath"]?.text {
      wanted = wanted.filter { $0.path == single }.map { ($0.key, "") }
    }
    for (key, tail) in wanted {
      guard let content = entries.first(where: { $0.key == key })?.value else { continue }
      let target = tail.isEmpty ? path : "\(folder)/\(tail)"
      guard !workload.files.contains(where: { $0.path == target }) else { continue }
      workload.files.append(ConfigurationFile(path: target, content: content))
    }
  }
}
