public import KubeModel
public import MeshTopology

extension Renderer {
  /// The roles of a workload and their bindings to its service account; none without permissions.
  public func roles(for workload: Workload) -> [KubeObject] {
    let own = workload.permissions.filter { !$0.isClusterWide }
    let wide = workload.permissions.filter(\.isClusterWide)
    var objects: [KubeObject] = []
    if !own.isEmpty {
      var role = object(.role, for: workload)
      role.set("rules", to: .array(own.map(rule)))
      objects += [role, binding(.roleBinding, to: .role, for: workload, name: workload.name)]
    }
    if !wide.isEmpty {
      // Cluster-wide names are shared by all namespaces, and by all systems of a cluster.
      let name = "\(topology.name):\(workload.namespace):\(workload.name)"
      var role = object(.clusterRole, for: workload, name: name)
      role.namespace = nil
      role.set("rules", to: .array(wide.map(rule)))
      var binding = binding(.clusterRoleBinding, to: .clusterRole, for: workload, name: name)
      binding.namespace = nil
      objects += [role, binding]
    }
    return objects
  }

  private func rule(_ permission: Permission) -> JSONValue {
    func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    var rule: JSONValue = [
      "apiGroups": texts(permission.groups), "resources": texts(permission.resources),
      "verbs": texts(permission.verbs),
    ]
    if !permission.names.isEmpty { rule["resourceNames"] = texts(permission.names) }
    return rule
  }

  private func binding(
    _ kind: ResourceKind, to role: ResourceKind, for workload: Workload, name: String
  ) -> KubeObject {
    var binding = object(kind, for: workload, name: name)
    binding.set(
      "subjects",
      to: [
        [
          "kind": "ServiceAccount", "name": .string(workload.serviceAccount),
          "namespace": .string(workload.namespace),
        ]
      ])
    binding.set(
      "roleRef",
      to: ["apiGroup": .string(role.group), "kind": .string(role.kind), "name": .string(name)])
    return binding
  }
}
