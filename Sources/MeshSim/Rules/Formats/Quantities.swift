import KubeModel

/// Brings the quantities of built-in objects to their canonical text, rounded up to thousandths as the server keeps
/// them (`0.5` → `500m`, `1024Mi` → `1Gi`).
struct Quantities: Sendable {
  static let builtIn = Quantities(.builtIn)

  private let schema: Schema
  /// By structure: its fields below which quantities stand, ascending; most structures have none.
  private let fields: [[Structure.Field]]

  init(_ schema: Schema) {
    self.schema = schema
    var reaching: Set<Int> = []
    func reaches(_ shape: Shape) -> Bool {
      switch shape.content {
      case .quantity: true
      case .structure(let index): reaching.contains(index)
      case .list(let inner), .map(let inner): reaches(inner)
      default: false
      }
    }
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for (index, structure) in schema.structures.enumerated() where !reaching.contains(index) {
        if structure.fields.contains(where: { reaches($0.shape) }) {
          reaching.insert(index)
          isGrowing = true
        }
      }
    }
    fields = schema.structures.map { $0.fields.filter { reaches($0.shape) } }
  }

  /// Changes an object in place; nothing is copied when all are canonical.
  func normalize(_ object: inout JSONObject) {
    let shape = schema.root(
      apiVersion: object["apiVersion"]?.string ?? "", kind: object["kind"]?.string ?? "")
    if case .object(let changed)? = self.changed(.object(object), shape) { object = changed }
  }

  /// The canonical form; nil when the value has it.
  private func changed(_ value: JSONValue, _ shape: Shape) -> JSONValue? {
    switch (shape.content, value) {
    case (.quantity, _): return Quantities.canonical(value)
    case (.structure(let index), .object(var object)):
      var isChanged = false
      for field in fields[index] {
        guard let member = object[field.name], let change = changed(member, field.shape) else { continue }
        object[field.name] = change
        isChanged = true
      }
      return isChanged ? .object(object) : nil
    case (.list(let inner), .array(var elements)):
      var isChanged = false
      for (index, element) in elements.enumerated() {
        guard let change = changed(element, inner) else { continue }
        elements[index] = change
        isChanged = true
      }
      return isChanged ? .array(elements) : nil
    case (.map(let inner), .object(var object)):
      var isChanged = false
      for member in object.members {
        guard let change = changed(member.value, inner) else { continue }
        object[member.key] = change
        isChanged = true
      }
      return isChanged ? .object(object) : nil
    default: return nil
    }
  }

  private static func canonical(_ value: JSONValue) -> JSONValue? {
    if case .string(let text) = value, isPlain(text) { return nil }
    guard let amount = Amount(value) else { return nil }
    let text = amount.roundedToMillis.text
    return value == .string(text) ? nil : .string(text)
  }

  /// The most frequent form: a few digits and a suffix, which is canonical.
  private static func isPlain(_ text: String) -> Bool {
    let digits = text.utf8.prefix { (48...57).contains($0) }
    guard (1...3).contains(digits.count), digits.first != 48 else { return false }
    return ["", "m", "k", "M", "G", "Ki", "Mi", "Gi"].contains(text.dropFirst(digits.count))
  }
}
