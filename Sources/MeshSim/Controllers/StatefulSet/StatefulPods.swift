import KubeModel
import Seams

/// The pods of StatefulSets and the claims that belong to them.
enum StatefulPods {
  static let ordinalLabel = "apps.kubernetes.io/pod-index"
  static let nameLabel = "statefulset.kubernetes.io/pod-name"

  /// - Returns: whether it is there now.
  static func create(
    _ ordinal: Int, of set: KubeObject, at revision: KubeObject, in state: inout ClusterState
  ) -> Bool {
    let pod = pod(ordinal, of: set, at: revision)
    for claim in claims(of: set, pod: pod.name) where !state.store.contains(.volumeClaim, claim.key) {
      do throws(StatusError) {
        try state.submit(
          claim, kind: .volumeClaim, manager: ControllerName.manager,
          user: ControllerName.user(StatefulSetController.source))
        state.note(
          set, .normal, "SuccessfulCreate",
          "create Claim \(claim.name) Pod \(pod.name) in StatefulSet \(set.name) success",
          by: StatefulSetController.source)
      } catch let error {
        state.note(
          set, .warning, "FailedCreate",
          "create Claim \(claim.name) for Pod \(pod.name) in StatefulSet \(set.name) failed error: \(error.message)",
          by: StatefulSetController.source)
        return false
      }
    }
    do throws(StatusError) {
      try state.submit(
        pod, kind: .pod, manager: ControllerName.manager,
        user: ControllerName.user(StatefulSetController.source))
      state.note(
        set, .normal, "SuccessfulCreate", "create Pod \(pod.name) in StatefulSet \(set.name) successful",
        by: StatefulSetController.source)
      return true
    } catch let error {
      state.note(
        set, .warning, "FailedCreate",
        "create Pod \(pod.name) in StatefulSet \(set.name) failed error: \(error.message)",
        by: StatefulSetController.source)
      return false
    }
  }

  static func pod(_ ordinal: Int, of set: KubeObject, at revision: KubeObject) -> KubeObject {
    let template = ControllerHistory.template(of: revision)
    var pod = TemplatedPod.pod(of: set, template: template)
    pod.name = "\(set.name)-\(ordinal)"
    pod.set("metadata", "generateName", to: .string(set.name + "-"))
    pod.labels = pod.labels.merging([
      ControllerHistory.revisionLabel: revision.name, nameLabel: pod.name, ordinalLabel: "\(ordinal)",
    ]) { _, own in own }
    pod.set("spec", "hostname", to: .string(pod.name))
    if let service = set[path: "spec", "serviceName"]?.string, !service.isEmpty {
      pod.set("spec", "subdomain", to: .string(service))
    }
    let names = templates(of: set).compactMap { $0[path: "metadata", "name"]?.string }
    guard !names.isEmpty else { return pod }
    let mounted = names.map { name -> JSONValue in
      ["name": .string(name), "persistentVolumeClaim": ["claimName": .string("\(name)-\(pod.name)")]]
    }
    let others = (template[path: "spec", "volumes"]?.array ?? [])
      .filter { !names.contains($0["name"]?.string ?? "") }
    pod.set("spec", "volumes", to: .array(mounted + others))
    return pod
  }

  static func claims(of set: KubeObject, pod: String) -> [KubeObject] {
    templates(of: set).map { template in
      var claim = KubeObject(
        kind: .volumeClaim, namespace: set.namespace,
        name: "\(template[path: "metadata", "name"]?.string ?? "")-\(pod)")
      let own = template[path: "metadata", "labels"]?.stringMap ?? [:]
      claim.labels = own.merging(set[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]) { _, set in
        set
      }
      if let annotations = template[path: "metadata", "annotations"] {
        claim.set("metadata", "annotations", to: annotations)
      }
      claim.fields["spec"] = template["spec"]
      if retention(of: set, "whenDeleted") == "Delete" {
        claim.setOwnerReferences([OwnerReference.controller(set)])
      }
      return claim
    }
  }

  /// Lets claims go with the set, or with the pod that is scaled away, where the retention policy says so.
  static func keepClaims(of set: KubeObject, in state: inout ClusterState) {
    let (deleted, scaled) = (retention(of: set, "whenDeleted"), retention(of: set, "whenScaled"))
    guard deleted == "Delete" || scaled == "Delete" else { return }
    let start = Int(set[path: "spec", "ordinals", "start"]?.int ?? 0)
    for pod in state.store.dependants(of: set.uid, kind: .pod) {
      guard let ordinal = StatefulPlan.ordinal(of: pod, in: set) else { continue }
      let isCondemned = ordinal < start || ordinal >= start + set.specReplicas
      for template in templates(of: set) {
        let name = "\(template[path: "metadata", "name"]?.string ?? "")-\(pod.name)"
        guard let claim = state.store.get(.volumeClaim, ObjectKey(namespace: set.namespace ?? "", name: name))
        else {
          continue
        }
        var owners = claim.ownerReferences.filter {
          $0["uid"]?.string != set.uid && $0["uid"]?.string != pod.uid
        }
        if scaled == "Delete", isCondemned {
          owners.append(OwnerReference.controller(pod))
        } else if deleted == "Delete" {
          owners.append(OwnerReference.controller(set))
        }
        guard owners != claim.ownerReferences else { continue }
        var changed = claim
        changed.setOwnerReferences(owners)
        state.revise(changed, kind: .volumeClaim, manager: ControllerName.manager, subresource: nil)
      }
    }
  }

  private static func templates(of set: KubeObject) -> [JSONValue] {
    set[path: "spec", "volumeClaimTemplates"]?.array ?? []
  }

  private static func retention(of set: KubeObject, _ moment: String) -> String {
    set[path: "spec", "persistentVolumeClaimRetentionPolicy", moment]?.string ?? "Retain"
  }
}
