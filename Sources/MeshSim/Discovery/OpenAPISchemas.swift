import KubeModel

/// The shapes of a document, each once, with those that they refer to.
struct OpenAPISchemas {
  let group: String
  let version: String
  private(set) var all = JSONObject()
  private static let meta = "io.k8s.apimachinery.pkg.apis.meta.v1."
  private static let metaStructures: Set<String> = [
    "ObjectMeta", "ListMeta", "OwnerReference", "ManagedFieldsEntry", "LabelSelector",
    "LabelSelectorRequirement",
    "DeleteOptions", "Preconditions", "Status", "StatusDetails", "StatusCause", "Condition",
  ]

  init(group: String, version: String) {
    self.group = group
    self.version = version
  }

  static let patch: JSONValue = ["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Patch"]

  /// Adds the shape of a resource's objects and of its lists.
  mutating func add(_ served: ServedResource) {
    let kind = served.kind
    let identity: JSONValue = [
      ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)]
    ]
    let name = name(of: kind.kind)
    if let declared = served.custom?.declaredSchema {
      all[name] = object(declared)
    } else if case .structure(let index) = served.shape.content {
      add(structure: index, as: name, served.schema)
    } else {
      all[name] = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    }
    all.update(name) { $0?["x-kubernetes-group-version-kind"] = identity }
    guard served.resource.verbs.contains("list") else { return }
    all[name + "List"] = [
      "type": "object", "required": ["items"],
      "properties": [
        "apiVersion": ["type": "string"], "kind": ["type": "string"],
        "items": ["type": "array", "items": ["$ref": .string("#/components/schemas/\(name)")]],
        "metadata": ["type": "object"],
      ],
      "x-kubernetes-group-version-kind": [
        ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind + "List")]
      ],
    ]
  }

  /// A definition's own schema, with what every object has.
  private mutating func object(_ declared: JSONObject) -> JSONValue {
    let metadata = Schema.builtIn.root(apiVersion: "v1", kind: "ConfigMap")
    var schema = declared
    var properties = schema["properties"]?.object ?? JSONObject()
    for field in ["apiVersion", "kind"] where properties[field] == nil {
      properties[field] = ["type": "string"]
    }
    if let shape = Schema.builtIn.member("metadata", of: metadata) {
      properties["metadata"] = property(shape, .builtIn)
    }
    schema["properties"] = .object(properties)
    return .object(schema)
  }

  func reference(to served: ServedResource) -> JSONValue {
    ["$ref": .string("#/components/schemas/\(name(of: served.kind.kind))")]
  }

  /// What every document has.
  mutating func addMetaKinds() {
    all[OpenAPISchemas.meta + "Patch"] = ["type": "object"]
    let options = Schema.builtIn.root(apiVersion: "meta.k8s.io/v1", kind: "DeleteOptions")
    if case .structure(let index) = options.content {
      add(structure: index, as: OpenAPISchemas.meta + "DeleteOptions", .builtIn)
    }
  }

  private mutating func add(structure index: Int, as name: String, _ schema: Schema) {
    guard all[name] == nil else { return }
    all[name] = [:]
    let structure = schema.structures[index]
    var properties = JSONObject()
    for field in structure.fields { properties[field.name] = property(field.shape, schema) }
    var value: JSONObject = ["type": "object", "properties": .object(properties)]
    let required = structure.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { value["required"] = .array(required) }
    if structure.isAtomic { value["x-kubernetes-map-type"] = "atomic" }
    all[name] = .object(value)
  }

  private mutating func property(_ shape: Shape, _ schema: Schema) -> JSONValue {
    var value = content(of: shape, schema)
    if let defaultValue = shape.defaultValue { value["default"] = defaultValue }
    if !shape.enumeration.isEmpty { value["enum"] = .array(shape.enumeration.map(JSONValue.string)) }
    if shape.isAtomic { value["x-kubernetes-map-type"] = "atomic" }
    switch shape.listType {
    case .atomic: break
    case .set: value["x-kubernetes-list-type"] = "set"
    case .map(let keys):
      value["x-kubernetes-list-type"] = "map"
      value["x-kubernetes-list-map-keys"] = .array(keys.map(JSONValue.string))
    }
    let strategy = (shape.patch.merges ? ["merge"] : []) + (shape.patch.retainsKeys ? ["retainKeys"] : [])
    if !strategy.isEmpty { value["x-kubernetes-patch-strategy"] = .string(strategy.joined(separator: ",")) }
    if let key = shape.patch.mergeKey { value["x-kubernetes-patch-merge-key"] = .string(key) }
    return value
  }

  private mutating func content(of shape: Shape, _ schema: Schema) -> JSONValue {
    switch shape.content {
    case .string: return ["type": "string"]
    case .bytes: return ["type": "string", "format": "byte"]
    case .integer(let bits): return ["type": "integer", "format": .string("int\(bits)")]
    case .number: return ["type": "number", "format": "double"]
    case .boolean: return ["type": "boolean"]
    case .quantity:
      return named(
        "io.k8s.apimachinery.pkg.api.resource.Quantity", ["oneOf": [["type": "string"], ["type": "number"]]])
    case .time: return named(OpenAPISchemas.meta + "Time", ["type": "string", "format": "date-time"])
    case .microTime:
      return named(OpenAPISchemas.meta + "MicroTime", ["type": "string", "format": "date-time"])
    case .intOrString:
      return named(
        "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        ["format": "int-or-string", "oneOf": [["type": "integer"], ["type": "string"]]])
    case .anything: return ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    case .map(let inner): return ["type": "object", "additionalProperties": property(inner, schema)]
    case .list(let inner): return ["type": "array", "items": property(inner, schema)]
    case .structure(let index):
      let name = name(of: schema.structures[index].name)
      add(structure: index, as: name, schema)
      return ["allOf": [["$ref": .string("#/components/schemas/\(name)")]]]
    }
  }

  /// A shape that is kept under a name.
  private mutating func named(_ name: String, _ value: JSONValue) -> JSONValue {
    if all[name] == nil { all[name] = value }
    return ["allOf": [["$ref": .string("#/components/schemas/\(name)")]]]
  }

  /// The name of a struct in documents, after the package that it is from.
  private func name(of structure: String) -> String {
    let stem = String(structure.prefix { $0 != "@" })
    if OpenAPISchemas.metaStructures.contains(stem) { return OpenAPISchemas.meta + stem }
    if !ServedAPI.isBuiltIn(group: group) {
      return group.split(separator: ".").reversed().joined(separator: ".") + ".\(version).\(stem)"
    }
    let package = group.isEmpty ? "core" : String(group.prefix { $0 != "." })
    return "io.k8s.api.\(package).\(version).\(stem)"
  }
}
