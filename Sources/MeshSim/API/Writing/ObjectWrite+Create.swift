import KubeModel
import Seams

/// Takes objects from requests into the store.
enum ObjectWrite {
  /// Makes an object of what a request sends.
  ///
  /// - Parameters:
  ///   - object: decoded and placed, in the version of the request.
  ///   - isOwned: whether ownership is recorded already, as an apply does.
  /// - Returns: the object as it is served.
  static func create(
    _ object: KubeObject, _ context: inout WriteContext, isOwned: Bool = false, in state: inout ClusterState
  ) throws(StatusError) -> KubeObject {
    let served = context.served
    var object = object
    guard object.resourceVersion.isEmpty else {
      throw .internalError("resourceVersion should not be set on objects to be created")
    }
    nameIfNeeded(&object, in: &state)
    stamp(&object, in: &state)
    fillDefaults(&object, served)
    if !isOwned { own(&object, live: nil, &context, in: state) }
    var stored = served.stored(object)
    try NamespaceLifecycle.admitCreation(of: stored, served, in: state.store)
    try Admission.admit(&stored, old: nil, context.attributes, in: state, warnings: &context.warnings)
    served.storageRules.prepareForCreate(&stored)
    if !served.storageRules.generationFields.isEmpty { stored.set("metadata", "generation", to: 1) }
    try Allocation.allocate(&stored, live: nil, served, in: &state)
    try check(stored, live: nil, context)
    context.warnings += served.storageRules.allWarnings(of: stored, live: nil)
    try admitByPolicy(stored, old: nil, &context, in: state)
    if let live = state.store.get(served.storage, stored.key) {
      throw .alreadyExists(served.kind, stored.name, isGoing: live.deletionTimestamp != nil)
    }
    guard !context.options.isDryRun else {
      stored.set("metadata", "resourceVersion", to: nil)
      return served.served(stored)
    }
    return served.served(state.commit(stored, kind: served.storage, manager: context.commitManager))
  }

  private static func nameIfNeeded(_ object: inout KubeObject, in state: inout ClusterState) {
    guard object.name.isEmpty, let prefix = object[path: "metadata", "generateName"]?.string, !prefix.isEmpty
    else {
      return
    }
    // Longer prefixes are cut, so that the whole is a label.
    object.name = String(prefix.prefix(58)) + state.newNameSuffix()
  }

  /// What only the server says of a new object.
  private static func stamp(_ object: inout KubeObject, in state: inout ClusterState) {
    object.fields.update("metadata") { value in
      var metadata = value?.object ?? JSONObject()
      for field in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "resourceVersion"] {
        metadata[field] = nil
      }
      metadata["uid"] = .string(state.newUID())
      metadata["creationTimestamp"] = .string(state.now.rfc3339)
      value = .object(metadata)
    }
  }

  static func fillDefaults(_ object: inout KubeObject, _ served: ServedResource) {
    served.rules.fillDefaults(&object.fields)
  }

  /// Records who owns the fields that a write sets.
  static func own(
    _ object: inout KubeObject, live: KubeObject?, _ context: inout WriteContext, in state: ClusterState
  ) {
    FieldOwnership.update(
      &object, live: live, manager: context.manager, subresource: context.subresource, time: state.now,
      schema: context.served.schema)
  }

  /// Asks the policies that the cluster has been given, about an object that is sound otherwise.
  static func admitByPolicy(
    _ stored: KubeObject, old: KubeObject?, _ context: inout WriteContext, in state: ClusterState
  ) throws(StatusError) {
    guard state.store.count(of: ValidatingPolicies.bindingKind) > 0 else { return }
    let served = context.served
    let request = PolicyRequest(
      context.attributes, served.kind, object: served.served(stored), old: old.map(served.served),
      isDryRun: context.options.isDryRun, in: state)
    try ValidatingPolicies.admit(request, in: state, warnings: &context.warnings)
  }

  static func check(_ stored: KubeObject, live: KubeObject?, _ context: WriteContext) throws(StatusError) {
    let served = context.served
    let errors =
      served.checksServedForm
      ? served.rules.problems(
        of: served.served(stored), live: live.map(served.served), subresource: context.subresource)
      : served.storageRules.problems(of: stored, live: live, subresource: context.subresource)
    guard errors.isEmpty else { throw .invalid(served.storage, stored.name, errors) }
    if served.isGeneric { try IstioAdmission.check(stored, served.kind) }
  }
}
