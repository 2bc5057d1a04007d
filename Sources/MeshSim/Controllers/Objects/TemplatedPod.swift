import KubeModel
import Seams

/// Pods as controllers make them from a template (`controller.GetPodFromTemplate`).
enum TemplatedPod {
  /// A pod of `owner` without a name.
  static func pod(of owner: KubeObject, template: JSONValue) -> KubeObject {
    var pod = KubeObject(kind: .pod, namespace: owner.namespace, name: "")
    let metadata = template["metadata"]
    pod.set("metadata", "name", to: nil)
    if let labels = metadata?["labels"] { pod.set("metadata", "labels", to: labels) }
    if let annotations = metadata?["annotations"] { pod.set("metadata", "annotations", to: annotations) }
    if let finalizers = metadata?["finalizers"] { pod.set("metadata", "finalizers", to: finalizers) }
    pod.setOwnerReferences([OwnerReference.controller(owner)])
    pod.fields["spec"] = template["spec"]
    return pod
  }

  /// Ten or fewer characters that stand for a template: FNV-1a over its canonical JSON and the number of
  /// collisions, in the alphabet of generated names.
  static func hash(_ template: JSONValue, collisions: Int64 = 0) -> String {
    var bytes = template.jsonBytes()
    if collisions > 0 { bytes += Array("\(collisions)".utf8) }
    let hash = StableHash.of(bytes)
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
    // As Kubernetes does: the digits of a 32-bit hash, in letters that make no words.
    let digits = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)))
    return String(decoding: digits.utf8.map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
  }
}
