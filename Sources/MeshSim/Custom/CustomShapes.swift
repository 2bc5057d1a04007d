import KubeModel

/// Makes the shapes of custom resources of their schemas, with the metadata of all objects.
struct CustomShapes {
  private(set) var schema: Schema
  private let metadata: Shape

  init() {
    schema = CustomShapes.metadataOnly.schema
    metadata = CustomShapes.metadataOnly.shape
  }

  /// The struct of metadata and those in it, apart from all others.
  private static let metadataOnly: (schema: Schema, shape: Shape) = {
    var schema = Schema()
    let source = Schema.builtIn
    let root = source.root(apiVersion: "v1", kind: "ConfigMap")
    guard let shape = source.member("metadata", of: root) else { return (schema, Shape(.anything)) }
    var copies: [Int: Int] = [:]
    let copy = copied(shape, from: source, to: &schema, &copies)
    return (schema, copy)
  }()

  private static func copied(
    _ shape: Shape, from source: Schema, to target: inout Schema, _ copies: inout [Int: Int]
  ) -> Shape {
    var copy = shape
    switch shape.content {
    case .list(let inner): copy.content = .list(of: copied(inner, from: source, to: &target, &copies))
    case .map(let inner): copy.content = .map(of: copied(inner, from: source, to: &target, &copies))
    case .structure(let index):
      if let known = copies[index] {
        copy.content = .structure(known)
        return copy
      }
      let place = target.structures.count
      copies[index] = place
      let structure = source.structures[index]
      target.structures.append(structure)
      let fields = structure.fields.map { field in
        Structure.Field(
          name: field.name, shape: copied(field.shape, from: source, to: &target, &copies),
          isRequired: field.isRequired, presence: field.presence)
      }
      var own = Structure(name: structure.name, isAtomic: structure.isAtomic, fields: fields)
      own.keepsUnknownFields = structure.keepsUnknownFields
      target.structures[place] = own
      copy.content = .structure(place)
    default: break
    }
    return copy
  }

  /// Adds the shape of a kind; one without a schema holds anything.
  mutating func add(_ json: JSONObject?, as kind: ResourceKind) {
    guard let json else { return }
    let index = structure(json, isResource: true)
    schema.setRoot(apiVersion: kind.apiVersion, kind: kind.kind, to: index)
  }

  private mutating func structure(_ json: JSONObject, isResource: Bool) -> Int {
    var fields = (json["properties"]?.object?.members ?? []).compactMap { member -> Structure.Field? in
      if isResource, ["apiVersion", "kind", "metadata"].contains(member.key) { return nil }
      guard let inner = member.value.object else { return nil }
      return Structure.Field(name: member.key, shape: shape(inner), isRequired: false)
    }
    if isResource {
      fields.append(Structure.Field(name: "apiVersion", shape: Shape(.string), isRequired: false))
      fields.append(Structure.Field(name: "kind", shape: Shape(.string), isRequired: false))
      fields.append(Structure.Field(name: "metadata", shape: metadata, isRequired: false))
    }
    var structure = Structure(name: "", fields: fields)
    structure.keepsUnknownFields = json["x-kubernetes-preserve-unknown-fields"]?.bool ?? false
    schema.structures.append(structure)
    return schema.structures.count - 1
  }

  private mutating func shape(_ json: JSONObject) -> Shape {
    var shape = Shape(content(json))
    shape.isAtomic = json["x-kubernetes-map-type"]?.string == "atomic"
    switch json["x-kubernetes-list-type"]?.string {
    case "set": shape.listType = .set
    case "map":
      shape.listType = .map(keys: (json["x-kubernetes-list-map-keys"]?.array ?? []).compactMap(\.string))
    default: break
    }
    shape.defaultValue = json["default"]
    return shape
  }

  private mutating func content(_ json: JSONObject) -> Shape.Content {
    if json["x-kubernetes-int-or-string"]?.bool == true { return .intOrString }
    switch json["type"]?.string {
    case "string": return .string
    case "integer": return .integer(bits: 64)
    case "number": return .number
    case "boolean": return .boolean
    case "array": return json["items"]?.object.map { .list(of: shape($0)) } ?? .anything
    case "object":
      let isEmbedded = json["x-kubernetes-embedded-resource"]?.bool ?? false
      if json["properties"]?.object?.isEmpty == false || isEmbedded {
        return .structure(structure(json, isResource: isEmbedded))
      }
      if let inner = json["additionalProperties"]?.object { return .map(of: shape(inner)) }
      return .anything
    default: return .anything
    }
  }
}
