import KubeModel

/// What the API does with CustomResourceDefinitions.
enum CustomDefinitionRules {
  static let finalizer = "customresourcecleanup.apiextensions.k8s.io"

  /// The rules of the kind CustomResourceDefinition.
  static let rules: KindRules = {
    var rules = KindRules()
    rules.fillDefaults = fillDefaults
    rules.prepareForCreate = { object in
      object.fields["status"] = emptyStatus
      object.set("metadata", "generation", to: 1)
      noteStoredVersion(of: &object.fields)
    }
    rules.prepareForUpdate = { object, live in
      object.fields["status"] = live.fields["status"]
      let isChanged = object.fields["spec"] != live.fields["spec"]
      object.set("metadata", "generation", to: .int(live.generation + (isChanged ? 1 : 0)))
      noteStoredVersion(of: &object.fields)
    }
    rules.validate = { object, live, errors in
      var validation = DefinitionValidation(object, live: live)
      errors.add(validation.problems())
    }
    rules.validateStatus = { object, _, errors in
      var validation = DefinitionValidation(object, live: nil)
      errors.add(validation.statusProblems())
    }
    rules.warnings = { object, live in DefinitionWarnings.of(object, live: live) }
    rules.generationFields = []
    rules.allowsUnconditionalUpdate = false
    return rules
  }()

  private static let emptyStatus: JSONValue = [
    "conditions": .null, "acceptedNames": ["plural": "", "kind": ""], "storedVersions": .null,
  ]

  private static func fillDefaults(_ fields: inout JSONObject) {
    fields.update("spec") { (spec: inout JSONValue?) in
      guard spec?.object != nil else { return }
      let kind = spec?["names"]?["kind"]?.string ?? ""
      if isEmpty(spec?["names"]?["singular"]), !kind.isEmpty {
        spec?["names"]?["singular"] = .string(kind.lowercased())
      }
      if isEmpty(spec?["names"]?["listKind"]), !kind.isEmpty {
        spec?["names"]?["listKind"] = .string(kind + "List")
      }
      if isEmpty(spec?["conversion"]) { spec?["conversion"] = ["strategy": "None"] }
      if spec?["conversion"]?["webhook"]?["clientConfig"]?["service"]?.object != nil,
        isEmpty(spec?["conversion"]?["webhook"]?["clientConfig"]?["service"]?["port"])
      {
        spec?["conversion"]?["webhook"]?["clientConfig"]?["service"]?["port"] = 443
      }
    }
    if fields["status"]?["storedVersions"]?.array?.isEmpty ?? true { noteStoredVersion(of: &fields) }
  }

  private static func isEmpty(_ value: JSONValue?) -> Bool { value == nil || value == .null || value == "" }

  /// The version that objects are stored as now is one that objects may be stored as from now on.
  private static func noteStoredVersion(of fields: inout JSONObject) {
    let versions = fields["spec"]?["versions"]?.array ?? []
    guard let name = versions.first(where: { $0["storage"]?.bool == true })?["name"], name.string != nil
    else { return }
    var stored = fields["status"]?["storedVersions"]?.array ?? []
    guard !stored.contains(name) else { return }
    stored.append(name)
    if fields["status"]?.object == nil { fields["status"] = emptyStatus }
    fields["status"]?["storedVersions"] = .array(stored)
  }
}

/// Texts of warnings about definitions.
enum DefinitionWarnings {
  static func of(_ object: KubeObject, live: KubeObject?) -> [String] {
    let old = live.map(formats) ?? []
    var warnings = formats(object).filter { !old.contains($0) }.map { "unrecognized format \"\($0)\"" }
    let oldSets = live.map(sets) ?? []
    for warning in Set(sets(object)).sorted() where !oldSets.contains(warning) { warnings.append(warning) }
    return warnings
  }

  private static func schemas(_ object: KubeObject) -> [JSONObject] {
    let all = (object[path: "spec", "versions"]?.array ?? []).compactMap {
      $0["schema"]?["openAPIV3Schema"]?.object
    }
    // Versions of one schema have it once.
    return Set(all).count == 1 ? Array(all.prefix(1)) : all
  }

  private static func formats(_ object: KubeObject) -> [String] {
    var found: [String] = []
    for schema in schemas(object) {
      SchemaText.visit(schema) { node in
        guard let format = node["format"]?.string, !format.isEmpty else { return }
        if !TextFormat.isRecognized(format, type: node["type"]?.string ?? "") { found.append(format) }
      }
    }
    return found
  }

  private static func sets(_ object: KubeObject) -> [String] {
    var found: [String] = []
    for schema in schemas(object) {
      SchemaText.visit(schema) { node in
        guard node["x-kubernetes-list-type"]?.string == "set", let type = node["items"]?["type"]?.string,
          type == "object" || type == "array"
        else { return }
        found.append(
          "x-kubernetes-list-type: set for items of type \"\(type)\" is not supported by server-side apply or CEL "
            + "validation rules")
      }
    }
    return found
  }
}

/// Walks through schemas as they are written.
enum SchemaText {
  /// Visits a schema and all schemas in it.
  static func visit(_ schema: JSONObject, _ body: (JSONObject) -> Void) {
    body(schema)
    for key in ["items", "not", "additionalProperties", "additionalItems"] {
      if let inner = schema[key]?.object { visit(inner, body) }
    }
    for key in ["allOf", "anyOf", "oneOf", "items"] {
      for inner in schema[key]?.array ?? [] { if let inner = inner.object { visit(inner, body) } }
    }
    for key in ["properties", "patternProperties", "definitions", "dependencies"] {
      for member in schema[key]?.object?.members ?? [] {
        if let inner = member.value.object { visit(inner, body) }
      }
    }
  }

  /// Whether any schema in it has a property.
  static func has(_ schema: JSONObject, _ test: (JSONObject) -> Bool) -> Bool {
    var found = false
    visit(schema) { if !found, test($0) { found = true } }
    return found
  }
}
