import KubeModel

/// An object cut in two: what rollouts own and what Git owns.
struct ConcernParts {
  let release: (KubeObject, String)
  let rest: (KubeObject, String)

  init(_ object: KubeObject) {
    var release = JSONObject()
    var rest = object
    release["apiVersion"] = object.fields["apiVersion"]
    release["kind"] = object.fields["kind"]
    var part = KubeObject(release)
    part.name = object.name
    part.namespace = object.namespace
    if object.kind == ResourceKind.deployment.kind {
      let template = ReleaseMark.marking(object[path: "spec", "template"] ?? .object([:]))
      part.set("spec", "template", to: template)
      part.set("spec", "selector", to: object[path: "spec", "selector"])
      rest.set("spec", "template", to: nil)
      rest.set("spec", "selector", to: nil)
    } else {
      part.fields["spec"] = object.fields["spec"]
      rest.fields["spec"] = nil
    }
    self.release = (part, FieldManager.rollout)
    self.rest = (rest, FieldManager.sync)
  }
}
