import KubeModel

/// All values of a document by their paths: keys joined by dots, elements of lists by their name, or their number
/// where they have none. Configuration texts within a document are read too.
struct SettingPaths {
  private(set) var values: [String: JSONValue] = [:]
  /// The paths of what has nothing below it: texts, numbers, and lists of those.
  private(set) var leaves: [String] = []

  init(_ document: JSONValue) throws { try add(document, at: "") }

  private mutating func add(_ value: JSONValue, at path: String) throws {
    values[path] = value
    switch value {
    case .object(let object):
      for member in object.members {
        try add(
          EmbeddedText.read(member.value, key: member.key),
          at: path.isEmpty ? member.key : "\(path).\(member.key)")
      }
    case .array(let elements) where elements.contains { $0.object != nil }:
      var names: Set<String> = []
      for (index, element) in elements.enumerated() {
        let name = element["name"]?.string ?? element["job_name"]?.string
        let key = name.flatMap { names.insert($0).inserted ? $0 : nil } ?? "\(index)"
        try add(element, at: "\(path)[\(key)]")
      }
    case .array, .string, .bool, .int, .double, .null: leaves.append(path)
    }
  }
}

/// A text within a document that is a configuration itself.
enum EmbeddedText {
  /// The text as what it says: YAML and Fluent Bit's files by the ending of `key`, the commands of a script.
  static func read(_ value: JSONValue, key: String) throws -> JSONValue {
    guard let text = value.string else { return value }
    if key.hasSuffix(".yml") || key.hasSuffix(".yaml") {
      return try YAMLReader().documents(Array(text.utf8), file: key).first?.json ?? value
    }
    if key.hasSuffix(".conf"), text.hasPrefix("[") { return try classic(text) }
    return key == "run" ? commands(text) : value
  }

  private static func classic(_ text: String) throws -> JSONValue {
    .object(
      JSONObject(
        try ClassicSection.parse(text).map { section in
          let entries = section.entries.map { ($0.key, JSONValue.string($0.value)) }
          return (section.name, .object(JSONObject(entries)))
        }))
  }

  /// Each command by its number, with continued lines joined.
  private static func commands(_ script: String) -> JSONValue {
    let lines = script.replacing("\\\n", with: "").split(separator: "\n").map { $0.drop { $0 == " " } }
    let commands = lines.filter { !$0.hasPrefix("#") }.map { line in
      JSONValue.string(line.split(separator: " ").joined(separator: " "))
    }
    return .object(JSONObject(commands.enumerated().map { ("\($0.offset)", $0.element) }))
  }
}
