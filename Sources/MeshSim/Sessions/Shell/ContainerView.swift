import KubeModel
import Seams

/// What a program sees around it in a container: its environment and its files.
struct ContainerView: Sendable {
  let pod: KubeObject
  let container: String
  let now: Timestamp
  /// Name and value, in the order in which they are set.
  private(set) var environment: [(name: String, value: String)] = []
  private let mounts: [(path: String, volume: String)]
  /// The files that the cluster itself puts there, by path.
  private var given: [String: [UInt8]] = [:]
  var files: ContainerFiles
  let workingFolder: String

  /// - Parameter time: the time that the program sees; the cluster's by default.
  init(pod: KubeObject, container name: String, in state: ClusterState, at time: Timestamp? = nil) {
    self.pod = pod
    container = name
    now = time ?? state.now
    let lists = ["containers", "initContainers", "ephemeralContainers"]
    let spec = lists.lazy.flatMap { pod[path: "spec", $0]?.array ?? [] }
      .first { $0["name"]?.string == name }
    workingFolder = spec?["workingDir"]?.string ?? "/"
    mounts = (spec?["volumeMounts"]?.array ?? []).map {
      (path: $0["mountPath"]?.string ?? "", volume: $0["name"]?.string ?? "")
    }.sorted { $0.path.count > $1.path.count }
    files = state.controllers.files[pod.uid] ?? ContainerFiles()
    let hostname = pod[path: "spec", "hostname"]?.string ?? pod.name
    environment = [("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")]
    environment.append(("HOSTNAME", hostname))
    let source = ContainerSource(pod: pod, state: state)
    environment += source.variables(of: spec ?? [:])
    environment += [
      ("KUBERNETES_SERVICE_HOST", "10.96.0.1"), ("KUBERNETES_SERVICE_PORT", "443"), ("HOME", "/root"),
    ]
    given["/etc/hostname"] = Array("\(hostname)\n".utf8)
    let address = pod[path: "status", "podIP"]?.string ?? ""
    given["/etc/hosts"] = Array(
      "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n\(address)\t\(hostname)\n".utf8)
    let domain = "svc.cluster.local"
    given["/etc/resolv.conf"] = Array(
      "search \(pod.namespace ?? "").\(domain) \(domain) cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n"
        .utf8)
    for mount in mounts {
      for (path, bytes) in source.files(of: mount.volume) { given["\(mount.path)/\(path)"] = bytes }
    }
  }

  /// Where a path's bytes are kept: volumes are shared by the containers of a pod.
  private func place(_ path: String) -> String {
    for mount in mounts where path == mount.path || path.hasPrefix(mount.path + "/") {
      return "volume \(mount.volume):\(path.dropFirst(mount.path.count))"
    }
    return "\(container):\(path)"
  }

  func isFolder(_ path: String) -> Bool {
    if path == "/" || ContainerView.folders.contains(path) { return true }
    if mounts.contains(where: { $0.path == path || $0.path.hasPrefix(path + "/") }) { return true }
    if case .folder? = files[place(path)] { return true }
    return given.keys.contains { $0.hasPrefix(path + "/") } || !files.places(below: place(path)).isEmpty
  }

  func bytes(of path: String) -> [UInt8]? {
    if case .file(let bytes)? = files[place(path)] { return bytes }
    return given[path]
  }

  /// Whether only the cluster may write at a path.
  func isReadOnly(_ path: String) -> Bool {
    given[path] != nil && mounts.contains { path.hasPrefix($0.path + "/") }
  }

  mutating func write(_ bytes: [UInt8], to path: String) { files[place(path)] = .file(bytes) }
  mutating func makeFolder(_ path: String) { files[place(path)] = .folder }
  mutating func remove(_ path: String) { files.remove(place(path)) }

  /// The names in a folder, in order.
  func names(in path: String) -> [String] {
    let prefix = path == "/" ? "/" : path + "/"
    let own = place(path)
    let kept = files.places(below: own).map { String($0.dropFirst(own.count).drop { $0 == "/" }) }
    let fixed = (ContainerView.folders + mounts.map(\.path) + given.keys).filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
    let names = (kept + fixed).map { String($0.prefix { $0 != "/" }) }
    return Set(names.filter { !$0.isEmpty }).sorted()
  }

  private static let folders = [
    "/bin", "/dev", "/etc", "/home", "/lib", "/proc", "/root", "/run", "/sbin", "/sys", "/tmp", "/usr",
    "/usr/bin",
    "/var", "/var/log",
  ]
}
