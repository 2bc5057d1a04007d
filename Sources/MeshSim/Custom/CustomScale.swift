import KubeModel

/// Where a custom resource keeps what its scale shows.
struct CustomScale: Sendable {
  private let spec: String
  private let status: String
  private let selector: String?

  init(_ json: JSONObject) {
    spec = json["specReplicasPath"]?.string ?? ""
    status = json["statusReplicasPath"]?.string ?? ""
    selector = json["labelSelectorPath"]?.string
  }

  /// Checks what `spec` says of the scale.
  func checkSpec(_ object: KubeObject, _ errors: inout FieldErrors) { checkCount(spec, object, &errors) }

  /// Checks what `status` says of it.
  func checkStatus(_ object: KubeObject, _ errors: inout FieldErrors) {
    checkCount(status, object, &errors)
    if let selector, let value = value(selector, object), value.string == nil {
      errors.invalid(FieldPath(selector), "", accessor(selector, value, expects: "string"))
    }
  }

  private func checkCount(_ path: String, _ object: KubeObject, _ errors: inout FieldErrors) {
    guard let value = value(path, object) else { return }
    guard let count = value.int else {
      return errors.invalid(FieldPath(path), 0, accessor(path, value, expects: "int64"))
    }
    if count < 0 {
      errors.invalid(FieldPath(path), .int(count), "should be a non-negative integer")
    } else if count > Int64(Int32.max) {
      errors.invalid(FieldPath(path), .int(count), "should be less than or equal to \(Int32.max)")
    }
  }

  private func value(_ path: String, _ object: KubeObject) -> JSONValue? {
    let keys = path.split(separator: ".").map(String.init)
    return object.json[path: keys[...]]
  }

  private func accessor(_ path: String, _ value: JSONValue, expects type: String) -> String {
    let actual =
      switch value {
      case .null: "<nil>"
      case .bool: "bool"
      case .int: "int64"
      case .double: "float64"
      case .string: "string"
      case .array: "[]interface {}"
      case .object: "map[string]interface {}"
      }
    return
      "\(path) accessor error: \(value.string ?? value.jsonText()) is of the type \(actual), expected \(type)"
  }
}
