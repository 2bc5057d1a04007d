import KubeModel

/// A custom resource in one of its versions: how its objects are read, completed and checked.
struct CustomVersion: Sendable {
  let resource: Resource
  let rules: KindRules
  /// The text of the `Warning` for requests of a deprecated version.
  let deprecationWarning: String?
  /// Made at first use: most definitions that are installed are never used.
  private let deferredSchema: Deferred<StructuralSchema>

  /// The schema as the definition writes it, with its descriptions.
  let declaredSchema: JSONObject?

  /// The schema of whole objects.
  var structural: StructuralSchema { deferredSchema.value }

  init(_ version: CustomDefinition.Version, of definition: CustomDefinition, storage: ResourceKind) {
    let kind = definition.kind(in: version.name)
    let json = version.schema ?? ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    let schema = Deferred { StructuralSchema(json, isRoot: true) }
    deferredSchema = schema
    declaredSchema = version.schema
    resource = CustomVersion.resource(version, of: definition, kind: kind, storage: storage)
    rules =
      CustomRules(schema: schema, hasStatus: version.hasStatus, scale: version.scale.map(CustomScale.init))
      .rules
    deprecationWarning =
      !version.isDeprecated
      ? nil : version.deprecationWarning ?? "\(kind.apiVersion) \(kind.kind) is deprecated"
  }

  private static func resource(
    _ version: CustomDefinition.Version, of definition: CustomDefinition, kind: ResourceKind,
    storage: ResourceKind
  ) -> Resource {
    let verbs = ["get", "patch", "update"]
    var subresources: [Resource.Subresource] = []
    if version.hasStatus {
      subresources.append(Resource.Subresource(name: "status", kind: kind.kind, verbs: verbs))
    }
    if version.scale != nil {
      subresources.append(
        Resource.Subresource(name: "scale", kind: "Scale", apiVersion: "autoscaling/v1", verbs: verbs))
    }
    var columns = version.columns.map { column in
      Resource.Column(
        name: column["name"]?.string ?? "", type: column["type"]?.string ?? "",
        format: column["format"]?.string ?? "", description: column["description"]?.string ?? "",
        priority: column["priority"]?.int ?? 0, jsonPath: column["jsonPath"]?.string)
    }
    if columns.isEmpty {
      columns = [Resource.Column(name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp")]
    }
    var resource = Resource(
      kind: kind, singular: definition.singular, shortNames: definition.shortNames,
      categories: definition.categories,
      verbs: ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"],
      subresources: subresources, columns: columns, storage: storage)
    resource.selectableFields = version.selectableFields.map {
      $0.hasPrefix(".") ? String($0.dropFirst()) : $0
    }
    resource.scale = version.scale.map { scale in
      func keys(_ name: String) -> [String]? { scale[name]?.string?.split(separator: ".").map(String.init) }
      return ScalePaths(
        spec: keys("specReplicasPath") ?? [], status: keys("statusReplicasPath") ?? [],
        selector: keys("labelSelectorPath"), isBuiltIn: false)
    }
    return resource
  }

  /// Takes the fields that the schema does not have out of an object that a client sent, and nulls that may not be.
  ///
  /// - Parameter problems: what was found before, such as fields that stand twice.
  /// - Throws: 400 in strict validation.
  func read(
    _ value: JSONValue, validation: FieldValidation, problems: [String] = []
  ) throws(StatusError) -> (value: JSONValue, warnings: [String]) {
    guard var object = value.object else { return (value, problems) }
    CustomVersion.writeNumbersAsGo(&object)
    let unknown = prune(&object)
    guard validation != .ignore else { return (.object(object), []) }
    let all = problems + unknown.map { "unknown field \"\($0)\"" }
    if validation == .strict, !all.isEmpty {
      let kind = resource.kind
      throw .badRequest(
        "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): strict decoding error: "
          + all.joined(separator: ", "))
    }
    return (.object(object), all)
  }

  /// Takes out the fields that the schema does not have.
  ///
  /// - Returns: their paths, sorted.
  @discardableResult
  func prune(_ object: inout JSONObject) -> [String] {
    let schema = structural
    let unknown = Pruning.prune(&object, schema)
    SchemaDefaults.dropNulls(&object, schema)
    return unknown
  }

  /// A whole number with a decimal point is written without one, as Go does.
  private static func writeNumbersAsGo(_ object: inout JSONObject) {
    for member in object.members where hasWholeDouble(member.value) {
      object[member.key] = goNumbers(member.value)
    }
  }

  private static func hasWholeDouble(_ value: JSONValue) -> Bool {
    switch value {
    case .double(let double): double == double.rounded() && double.magnitude < 9e15
    case .array(let array): array.contains(where: hasWholeDouble)
    case .object(let object): object.members.contains { hasWholeDouble($0.value) }
    default: false
    }
  }

  private static func goNumbers(_ value: JSONValue) -> JSONValue {
    switch value {
    case .double(let double) where double == double.rounded() && double.magnitude < 9e15: .int(Int64(double))
    case .array(let array): .array(array.map(goNumbers))
    case .object(let object): .object(JSONObject(object.members.map { ($0.key, goNumbers($0.value)) }))
    default: value
    }
  }

  /// At `/status`, everything but the status is as it was.
  func prepareForStatus(_ object: inout KubeObject, _ live: KubeObject) {
    let status = object.fields["status"]
    let managed = object[path: "metadata", "managedFields"]
    object = live
    object.fields["status"] = status
    object.set("metadata", "managedFields", to: managed)
  }

  /// The kind and version that an object must have; when they are wrong, nothing else is told.
  func typeProblems(_ object: KubeObject) -> [FieldError] {
    var errors = FieldErrors()
    let kind = resource.kind
    if object.kind != kind.kind {
      errors.invalid(FieldPath("kind"), .string(object.kind), "must be \(kind.kind)")
    }
    if object.apiVersion != kind.apiVersion {
      errors.invalid(FieldPath("apiVersion"), .string(object.apiVersion), "must be \(kind.apiVersion)")
    }
    return errors.all
  }

  /// The value by which an object is selected, as text; empty for a field that it does not have, `nil` for one that
  /// cannot be selected by.
  func selectableField(_ path: String, of object: KubeObject) -> String? {
    guard resource.selectableFields.contains(path) else { return nil }
    return JSONPath("." + path)?.text(in: object.json) ?? ""
  }
}
