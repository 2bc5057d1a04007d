public import KubeModel

/// Objects as a person would write them down: without what a cluster adds by itself, so that another cluster can
/// have them too.
///
/// An object that another one controls, or that a cluster makes for itself, has no portable form: it comes back with
/// what it was made for.
public struct PortableForm: Sendable {
  /// Whether the values of Secrets stay; otherwise each is replaced by a word.
  public var keepsSecrets = true

  /// The form that keeps everything.
  public init() {}

  /// The portable form of `object`; `nil` when it has none.
  public func of(_ object: KubeObject) -> KubeObject? {
    guard object.controllerReference == nil, object.deletionTimestamp == nil, !isMadeByCluster(object) else {
      return nil
    }
    var object = object
    if object.kind != "Node" { object.fields["status"] = nil }
    cleanMetadata(of: &object)
    cleanSpec(of: &object)
    if object.kind == "Secret", object.apiVersion == "v1", !keepsSecrets { hideValues(of: &object) }
    return object
  }

  // MARK: What has none

  /// Kinds that only say what happens in one cluster, and those that stand for other objects.
  private static let passing: Set<String> = [
    "Event", "Lease", "LeaseCandidate", "ControllerRevision", "CertificateSigningRequest", "ComponentStatus",
    "CSINode", "CSIStorageCapacity", "VolumeAttachment", "APIService", "FlowSchema",
    "PriorityLevelConfiguration", "IPAddress", "ServiceCIDR", "NodeMetrics", "PodMetrics",
  ]

  private func isMadeByCluster(_ object: KubeObject) -> Bool {
    if PortableForm.passing.contains(object.kind) { return true }
    let (labels, annotations) = (object.labels, object.annotations)
    if labels["kubernetes.io/bootstrapping"] == "rbac-defaults" { return true }
    switch (object.apiVersion, object.kind) {
    case ("v1", "Endpoints"):
      return labels["endpoints.kubernetes.io/managed-by"] != nil || object.name == "kubernetes"
    case ("discovery.k8s.io/v1", "EndpointSlice"):
      return labels["endpointslice.kubernetes.io/managed-by"]?.hasSuffix(".k8s.io") == true
        || object.name == "kubernetes"
    case ("v1", "Secret"): return object.fields["type"] == "kubernetes.io/service-account-token"
    case ("v1", "ConfigMap"): return object.name == "kube-root-ca.crt"
    case ("v1", "Service"): return object.name == "kubernetes" && object.namespace == "default"
    case ("v1", "PersistentVolume"): return annotations["pv.kubernetes.io/provisioned-by"] != nil
    case ("scheduling.k8s.io/v1", "PriorityClass"): return object.name.hasPrefix("system-")
    case ("batch/v1", "Job"): return ["Complete", "Failed"].contains { object.holds($0) }
    case ("v1", "Pod"):
      return ["Succeeded", "Failed"].contains(object[path: "status", "phase"]?.string)
        || annotations["kubernetes.io/config.mirror"] != nil
    default: return false
    }
  }

  // MARK: What is taken away

  private static let ownMetadata = [
    "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink",
    "ownerReferences", "generateName",
  ]
  private static let ownAnnotations: Set<String> = [
    "deployment.kubernetes.io/revision", "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas", "deprecated.daemonset.template.generation",
    "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller",
    "volume.kubernetes.io/selected-node", "volume.kubernetes.io/storage-provisioner",
    "volume.beta.kubernetes.io/storage-provisioner",
  ]
  private static let ownFinalizers: Set<String> = [
    "kubernetes.io/pvc-protection", "kubernetes.io/pv-protection", "foregroundDeletion", "orphan",
    "customresourcecleanup.apiextensions.k8s.io", "service.kubernetes.io/load-balancer-cleanup",
  ]

  private func cleanMetadata(of object: inout KubeObject) {
    for field in PortableForm.ownMetadata { object.set("metadata", field, to: nil) }
    let annotations = object.annotations.filter { !PortableForm.ownAnnotations.contains($0.key) }
    object.set("metadata", "annotations", to: annotations.isEmpty ? nil : .strings(annotations))
    var labels = object.labels
    if object.kind == "Namespace" { labels["kubernetes.io/metadata.name"] = nil }
    object.set("metadata", "labels", to: labels.isEmpty ? nil : .strings(labels))
    let finalizers = (object[path: "metadata", "finalizers"]?.array ?? []).filter {
      !PortableForm.ownFinalizers.contains($0.string ?? "")
    }
    object.set("metadata", "finalizers", to: finalizers.isEmpty ? nil : .array(finalizers))
  }

  private func cleanSpec(of object: inout KubeObject) {
    func drop(_ fields: String...) { for field in fields { object.set("spec", field, to: nil) } }
    switch (object.apiVersion, object.kind) {
    case ("v1", "Namespace"): object.fields["spec"] = nil
    case ("v1", "Service"):
      drop("healthCheckNodePort")
      if object[path: "spec", "clusterIP"] != "None" { drop("clusterIP", "clusterIPs") }
    case ("v1", "Pod"): drop("nodeName")
    case ("v1", "PersistentVolumeClaim"): drop("volumeName")
    case ("v1", "PersistentVolume"): drop("claimRef")
    case ("batch/v1", "Job") where object[path: "spec", "manualSelector"]?.bool != true:
      drop("selector")
      for label in PortableForm.jobLabels {
        object.set("spec", "template", "metadata", "labels", label, to: nil)
        object.set("metadata", "labels", label, to: nil)
      }
    default: break
    }
  }

  private static let jobLabels = [
    "controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name",
  ]

  // MARK: Secrets

  /// Base64 of `redacted`, and of an empty list of registries.
  private static let (hidden, hiddenRegistries): (JSONValue, JSONValue) = (
    "cmVkYWN0ZWQ=", "eyJhdXRocyI6e319"
  )

  private func hideValues(of secret: inout KubeObject) {
    secret.set("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration", to: nil)
    secret.fields["stringData"] = nil
    var data: [(String, JSONValue)] = []
    for (key, _) in secret.fields["data"]?.object?.members.map({ ($0.key, $0.value) }) ?? [] {
      data.append((key, key.hasPrefix(".docker") ? PortableForm.hiddenRegistries : PortableForm.hidden))
    }
    secret.fields["data"] = data.isEmpty ? nil : .object(JSONObject(data))
  }
}

extension KubeObject {
  fileprivate func holds(_ condition: String) -> Bool {
    self.condition(condition)?["status"]?.string == "True"
  }
}
