import KubeModel
import Testing

@testable import MeshSim

/// A row of a table of rules: a change of a sound object, and what comes of it.
struct RuleRow: CustomTestStringConvertible, Sendable {
  /// A merge patch.
  let change: JSONValue
  /// The errors, joined by `; `, or a JSON value.
  let outcome: String

  var testDescription: String { "\(change.jsonText()) → \(outcome)" }

  /// Reads lines of `CHANGE => OUTCOME`.
  static func rows(_ text: String) -> [RuleRow] {
    text.split(separator: "\n").map { line in
      let parts = line.split(separator: " => ", maxSplits: 1)
      guard parts.count == 2, let change = try? JSONValue(json: Array(parts[0].utf8)) else {
        fatalError("not a row: \(line)")
      }
      return RuleRow(change: change, outcome: String(parts[1]))
    }
  }
}

/// A sound object, and how it is after a change.
struct RuleCase: Sendable {
  let kind: ResourceKind
  let base: JSONValue

  init(_ apiVersion: String, _ kind: String, _ base: JSONValue) {
    guard let resource = Catalogue.builtIn.resource(apiVersion: apiVersion, kind: kind) else {
      fatalError("no such kind: \(kind)")
    }
    self.kind = resource.kind
    var object: JSONValue = [
      "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": ["name": "x"],
    ]
    if resource.kind.isNamespaced { object["metadata"]?["namespace"] = "n" }
    self.base = MergePatch.apply(base, to: object)
  }

  func object(_ change: JSONValue = [:]) -> KubeObject {
    var fields = MergePatch.apply(change, to: base).object ?? JSONObject()
    KindRules.of(kind).fillDefaults(&fields)
    return KubeObject(fields)
  }

  /// The errors of a new object.
  func errors(_ change: JSONValue) -> String {
    var object = object(change)
    object.set("metadata", "uid", to: "u")
    KindRules.of(kind).prepareForCreate(&object)
    return RuleCase.text(KindRules.of(kind).problems(of: object, live: nil))
  }

  /// The errors of a change of one that is there, each once.
  func updateErrors(_ change: JSONValue, subresource: String? = nil) -> String {
    let rules = KindRules.of(kind)
    var live = object()
    live.set("metadata", "uid", to: "u")
    rules.prepareForCreate(&live)
    var fields = MergePatch.apply(change, to: live.json).object ?? JSONObject()
    rules.fillDefaults(&fields)
    var object = KubeObject(fields)
    if subresource == nil { rules.prepareForUpdate(&object, live) }
    return RuleCase.text(rules.problems(of: object, live: live, subresource: subresource))
  }

  static func text(_ errors: [FieldError]) -> String {
    var texts: [String] = []
    for error in errors {
      let text = error.field.isEmpty ? error.message : "\(error.field): \(error.message)"
      if !texts.contains(text) { texts.append(text) }
    }
    return texts.joined(separator: "; ")
  }
}
