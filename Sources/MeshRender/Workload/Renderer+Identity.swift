public import KubeModel
public import MeshTopology

extension Renderer {
  /// The Namespace of a declared namespace.
  public func namespace(for namespace: Namespace) -> KubeObject {
    var object = KubeObject(kind: .namespace, name: namespace.name)
    object.labels = systemLabels.merging([
      MeshLabels.podSecurityEnforce: namespace.podSecurity.rawValue,
      MeshLabels.istioInjection: namespace.hasIstioInjection ? "enabled" : "disabled",
    ]) { own, _ in own }
    return object
  }

  /// The ServiceAccount of each workload; one when several share it, under the first one's name.
  func serviceAccounts(_ workloads: [Workload]) -> [RenderedObject] {
    var seen: Set<[String]> = []
    return workloads.compactMap { workload -> RenderedObject? in
      guard seen.insert([workload.namespace, workload.serviceAccount]).inserted else { return nil }
      var object = KubeObject(
        kind: .serviceAccount, namespace: workload.namespace, name: workload.serviceAccount)
      object.labels = systemLabels
      if let google = workload.googleServiceAccount {
        object.annotations = ["iam.gke.io/gcp-service-account": google]
      }
      return RenderedObject(object: object, workload: workload.reference, concern: .workload)
    }
  }
}
