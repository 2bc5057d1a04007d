import KubeModel

/// A resource as the cluster serves it: its place in the API with the shape and the rules of its objects.
struct ServedResource: Sendable {
  let resource: Resource
  /// Where the shapes of its kind are.
  let schema: Schema
  /// The shape of a whole object.
  let shape: Shape
  /// The rules of its objects as they are served.
  let rules: KindRules
  /// The rules of its objects as they are stored.
  let storageRules: KindRules
  /// Set for a resource of a CustomResourceDefinition.
  let custom: CustomVersion?
  /// How objects in storage look under this version; `nil` where they look as they are stored.
  let conversion: StorageConversion?
  /// The members that name kind and version in each object's text.
  let prefix: [UInt8]

  /// The kind as it is served.
  var kind: ResourceKind { resource.kind }
  /// The kind under which objects are stored.
  var storage: ResourceKind { resource.storage }
  var isCustom: Bool { custom != nil || isGeneric }
  /// Served without a definition: any object of the kind is taken as it is.
  let isGeneric: Bool
  /// Whether objects are checked as they are served: an event has other duties in its own group than in the core.
  var checksServedForm: Bool { kind.group == "events.k8s.io" }
  /// Whether objects are kept; others, such as reviews, are only answered.
  var isStored: Bool { resource.verbs.contains("get") }
  /// What everyone who asks for the resource is warned of.
  var deprecation: String? { custom?.deprecationWarning ?? ServedResource.deprecations[kind] }
  private static let deprecations: [ResourceKind: String] = [
    .endpoints: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
    ComputedObjects.componentStatus: "v1 ComponentStatus is deprecated in v1.19+",
  ]
  /// Whether `status` is written only through its own path.
  var hasStatus: Bool { resource.subresource("status") != nil }

  init(
    _ resource: Resource, schema: Schema, rules: KindRules, custom: CustomVersion? = nil,
    isGeneric: Bool = false
  ) {
    self.resource = resource
    self.schema = schema
    shape = schema.root(apiVersion: resource.kind.apiVersion, kind: resource.kind.kind)
    self.rules = rules
    storageRules = resource.storage == resource.kind || custom != nil ? rules : KindRules.of(resource.storage)
    self.custom = custom
    self.isGeneric = isGeneric
    conversion = StorageConversion.between(resource.kind, and: resource.storage)
    prefix = ObjectText.prefix(apiVersion: resource.kind.apiVersion, kind: resource.kind.kind)
  }

  /// An object in storage as it is served here.
  func served(_ object: KubeObject) -> KubeObject {
    guard let conversion else { return object }
    var served = conversion.toServed(object)
    served.fields["apiVersion"] = .string(kind.apiVersion)
    served.fields["kind"] = .string(kind.kind)
    return served
  }

  /// An object of this version as it is stored.
  func stored(_ object: KubeObject) -> KubeObject {
    guard let conversion else { return object }
    var stored = conversion.toStored(object)
    stored.fields["apiVersion"] = .string(storage.apiVersion)
    stored.fields["kind"] = .string(storage.kind)
    return stored
  }

  /// A version in storage with its text as it is served here.
  func served(_ stored: StoredObject) -> StoredObject {
    conversion == nil ? stored : StoredObject(served(stored.object), version: stored.version)
  }
}
