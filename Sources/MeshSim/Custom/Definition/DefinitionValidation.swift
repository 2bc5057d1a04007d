import KubeModel

/// Checks a CustomResourceDefinition in the words of Kubernetes.
///
/// What all versions have in common stands in the messages where Kubernetes keeps it internally: a schema that all
/// versions share is `spec.validation`.
struct DefinitionValidation {
  private let object: KubeObject
  private let live: KubeObject?
  private let spec: JSONValue
  private let versions: [JSONValue]
  private var errors = FieldErrors()

  init(_ object: KubeObject, live: KubeObject?) {
    self.object = object
    self.live = live
    spec = object.fields["spec"] ?? [:]
    versions = spec["versions"]?.array ?? []
  }

  mutating func problems() -> [FieldError] {
    checkName()
    checkSpec()
    checkImmutable()
    checkStatus()
    checkApproval()
    return errors.all
  }

  mutating func statusProblems() -> [FieldError] {
    checkNames(object[path: "status", "acceptedNames"], FieldPath("status.acceptedNames"))
    return errors.all
  }

  private func text(_ value: JSONValue?) -> String { value?.string ?? "" }

  private mutating func checkName() {
    guard live == nil else { return }
    let wanted = "\(text(spec["names"]?["plural"])).\(text(spec["group"]))"
    if object.name != wanted {
      errors.invalid(
        FieldPath("metadata.name"), .string(object.name), "must be spec.names.plural+\".\"+spec.group")
    }
  }

  // MARK: Spec

  private mutating func checkSpec() {
    let path = FieldPath("spec")
    let group = text(spec["group"])
    if group.isEmpty {
      errors.required(path["group"])
    } else {
      let wrong = NameForm.dnsSubdomain.problems(of: group)
      if !wrong.isEmpty {
        errors.invalid(path["group"], .string(group), wrong.joined(separator: ","))
      } else if !group.contains(".") {
        errors.invalid(path["group"], .string(group), "should be a domain with at least one dot")
      }
    }
    let scope = text(spec["scope"])
    if scope.isEmpty {
      errors.required(path["scope"])
    } else if scope != "Cluster", scope != "Namespaced" {
      errors.notSupported(path["scope"], .string(scope), ["Cluster", "Namespaced"])
    }
    checkSchemasPresent()
    if spec["preserveUnknownFields"]?.bool == true {
      if live?[path: "spec", "preserveUnknownFields"]?.bool != true {
        errors.invalid(
          path["preserveUnknownFields"], true,
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"
        )
      }
      if versions.contains(where: {
        schema(of: $0).map { SchemaText.has($0) { $0["default"] != nil } } ?? false
      }) {
        errors.invalid(
          path["preserveUnknownFields"], true, "must be false in order to use defaults in the schema")
      }
    }
    checkVersions()
    for name in ["plural", "singular", "kind", "listKind"] where text(spec["names"]?[name]).isEmpty {
      errors.required(path["names"][name])
    }
    checkNames(spec["names"], path["names"])
    checkShared()
    checkConversion(path["conversion"])
  }

  private func schema(of version: JSONValue) -> JSONObject? { version["schema"]?["openAPIV3Schema"]?.object }

  private mutating func checkSchemasPresent() {
    if isShared("schema"), versions.first.flatMap(schema) != nil { return }
    if let live, !(live[path: "spec", "versions"]?.array ?? []).allSatisfy({ schema(of: $0) != nil }) {
      return
    }
    for (index, version) in versions.enumerated() where schema(of: version) == nil {
      errors.required(FieldPath("spec")["versions"][index]["schema"]["openAPIV3Schema"])
    }
  }

  private func isShared(_ field: String) -> Bool {
    guard let first = versions.first else { return false }
    return versions.allSatisfy { $0[field] == first[field] }
  }

  private mutating func checkVersions() {
    let path = FieldPath("spec.versions")
    var names: Set<String> = []
    var isUnique = true
    for (index, version) in versions.enumerated() {
      let name = text(version["name"])
      let own = path[index]
      if !names.insert(name).inserted { isUnique = false }
      let wrong = NameForm.dns1035Label.problems(of: name)
      if !wrong.isEmpty { errors.invalid(own["name"], .string(name), wrong.joined(separator: ",")) }
      checkDeprecation(version, own)
      if !isShared("schema"), let schema = schema(of: version) {
        checkSchema(schema, own["schema"]["openAPIV3Schema"], version, hasStatus: hasStatus(version))
      }
      if !isShared("subresources") { checkSubresources(version["subresources"], own["subresources"]) }
      if !isShared("additionalPrinterColumns") { checkColumns(version, own["additionalPrinterColumns"]) }
      if !isShared("selectableFields") { checkSelectable(version, own["selectableFields"]) }
    }
    if !isUnique { versionsInvalid("must contain unique version names") }
    if versions.count(where: { $0["storage"]?.bool == true }) != 1 {
      versionsInvalid("must have exactly one version marked as storage version")
    }
  }

  private func hasStatus(_ version: JSONValue) -> Bool { version["subresources"]?["status"]?.object != nil }

  private mutating func versionsInvalid(_ detail: String) {
    let shown = versions.isEmpty ? "null" : "[" + versions.map(internalForm).joined(separator: ",") + "]"
    errors.add([
      FieldError(reason: .invalid, field: "spec.versions", message: "Invalid value: \(shown): \(detail)")
    ])
  }

  /// A version as Go prints the server's own struct; what all versions share is not in it.
  private func internalForm(_ version: JSONValue) -> String {
    func own(_ field: String) -> String { isShared(field) ? "null" : version[field]?.jsonText() ?? "null" }
    return "{\"Name\":\((version["name"] ?? "").jsonText()),\"Served\":\(version["served"]?.bool ?? false),"
      + "\"Storage\":\(version["storage"]?.bool ?? false),\"Deprecated\":\(version["deprecated"]?.bool ?? false),"
      + "\"DeprecationWarning\":\(version["deprecationWarning"]?.jsonText() ?? "null"),\"Schema\":\(own("schema")),"
      + "\"Subresources\":\(own("subresources")),\"AdditionalPrinterColumns\":\(own("additionalPrinterColumns")),"
      + "\"SelectableFields\":\(own("selectableFields"))}"
  }

  private mutating func checkDeprecation(_ version: JSONValue, _ path: FieldPath) {
    guard let warning = version["deprecationWarning"]?.string else { return }
    let place = path["deprecationWarning"]
    if version["deprecated"]?.bool != true {
      return errors.invalid(place, .string(warning), "can only be set for deprecated versions")
    }
    if warning.utf8.count > 256 { errors.invalid(place, .string(warning), "must be <= 256 characters long") }
    if warning.isEmpty { errors.invalid(place, .string(warning), "must not be an empty string") }
    if let index = warning.unicodeScalars.firstIndex(where: { $0.properties.generalCategory == .control }) {
      let offset = warning.utf8.distance(from: warning.startIndex, to: index)
      errors.invalid(
        place, .string(warning),
        "must only contain printable UTF-8 characters; non-printable character found at index \(offset)")
    }
  }

  /// What all versions have in common.
  private mutating func checkShared() {
    guard let first = versions.first else { return }
    let path = FieldPath("spec")
    if isShared("schema"), let schema = schema(of: first) {
      checkSchema(
        schema, path["validation"]["openAPIV3Schema"], first, hasStatus: versions.contains(where: hasStatus))
    }
    if isShared("subresources") { checkSubresources(first["subresources"], path["subresources"]) }
    if isShared("additionalPrinterColumns") { checkColumns(first, path["additionalPrinterColumns"]) }
    if isShared("selectableFields") { checkSelectable(first, path["selectableFields"]) }
  }

  private mutating func checkSchema(
    _ schema: JSONObject, _ path: FieldPath, _ version: JSONValue, hasStatus: Bool
  ) {
    let old = (live?[path: "spec", "versions"]?.array ?? []).first { $0["name"] == version["name"] }
    // A schema that was accepted before is taken as it is.
    if let old, self.schema(of: old) == schema { return }
    var check = DefinitionSchemas(path, hasStatus: hasStatus)
    errors.add(check.problems(of: schema))
  }

  private mutating func checkNames(_ names: JSONValue?, _ path: FieldPath) {
    for field in ["plural", "singular", "kind", "listKind"] {
      guard let name = names?[field]?.string, !name.isEmpty else { continue }
      let isKind = field == "kind" || field == "listKind"
      let wrong = NameForm.dns1035Label.problems(of: isKind ? name.lowercased() : name)
      guard !wrong.isEmpty else { continue }
      let words = wrong.joined(separator: ",")
      errors.invalid(
        path[field], .string(name),
        isKind ? "may have mixed case, but should otherwise match: \(words)" : words)
    }
    for field in ["shortNames", "categories"] {
      for (index, name) in (names?[field]?.array ?? []).enumerated() {
        let wrong = NameForm.dns1035Label.problems(of: name.string ?? "")
        if !wrong.isEmpty { errors.invalid(path[field][index], name, wrong.joined(separator: ",")) }
      }
    }
    let kind = text(names?["kind"])
    if !kind.isEmpty, kind == text(names?["listKind"]) {
      errors.invalid(path["listKind"], .string(kind), "kind and listKind may not be the same")
    }
  }

  // MARK: Parts of versions

  private mutating func checkSubresources(_ subresources: JSONValue?, _ path: FieldPath) {
    guard let scale = subresources?["scale"], scale.object != nil else { return }
    for (field, root) in [("specReplicasPath", "spec"), ("statusReplicasPath", "status")] {
      let value = text(scale[field])
      let place = path["scale"][field]
      if value.isEmpty {
        errors.required(place)
      } else if checkPath(value, place), !value.hasPrefix(".\(root).") {
        errors.invalid(place, .string(value), "should be a json path under .\(root)")
      }
    }
    let selector = text(scale["labelSelectorPath"])
    let place = path["scale"]["labelSelectorPath"]
    if !selector.isEmpty, checkPath(selector, place), !selector.hasPrefix(".spec."),
      !selector.hasPrefix(".status.")
    {
      errors.invalid(place, .string(selector), "should be a json path under either .spec or .status")
    }
  }

  private mutating func checkPath(_ value: String, _ path: FieldPath) -> Bool {
    guard !value.hasPrefix(".") else { return true }
    errors.invalid(path, .string(value), "must be a simple json path starting with .")
    return false
  }

  private mutating func checkColumns(_ version: JSONValue, _ path: FieldPath) {
    let types = ["boolean", "date", "integer", "number", "string"]
    let formats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"]
    for (index, column) in (version["additionalPrinterColumns"]?.array ?? []).enumerated() {
      let own = path[index]
      if text(column["name"]).isEmpty { errors.required(own["name"]) }
      let type = text(column["type"])
      let words = "must be one of \(types.joined(separator: ","))"
      if type.isEmpty {
        errors.required(own["type"], words)
      } else if !types.contains(type) {
        errors.invalid(own["type"], .string(type), words)
      }
      let format = text(column["format"])
      if !format.isEmpty, !formats.contains(format) {
        errors.invalid(own["format"], .string(format), "must be one of \(formats.joined(separator: ","))")
      }
      let jsonPath = text(column["jsonPath"])
      if jsonPath.isEmpty {
        errors.required(own["JSONPath"])
      } else {
        _ = checkPath(jsonPath, own["JSONPath"])
      }
    }
  }

  private mutating func checkSelectable(_ version: JSONValue, _ path: FieldPath) {
    let fields = version["selectableFields"]?.array ?? []
    guard !fields.isEmpty else { return }
    guard let json = schema(of: version) else {
      return errors.invalid(path, "", "may only be set when validations.schema is included")
    }
    let schema = StructuralSchema(json, isRoot: true)
    var known: Set<String> = []
    for (index, field) in fields.enumerated() {
      let place = path[index]["jsonPath"]
      let value = text(field["jsonPath"])
      guard !value.isEmpty else {
        errors.required(place)
        continue
      }
      let found: SchemaPath
      do throws(SchemaPath.Refusal) {
        found = try SchemaPath(value, in: schema, allowsBrackets: false)
      } catch {
        errors.invalid(place, .string(value), "is an invalid path: \(error.description)")
        continue
      }
      if found.root == "metadata" {
        errors.invalid(place, .string(value), "must not point to fields in metadata")
      }
      if !["string", "boolean", "integer"].contains(found.schema?.type ?? "") {
        errors.invalid(
          place, .string(value),
          "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are "
            + "allowed.")
      }
      if !known.insert(found.description).inserted { errors.duplicate(place, .string(value)) }
    }
    if known.count > 8 { errors.tooMany(path, known.count, maximum: 8) }
  }

  private mutating func checkConversion(_ path: FieldPath) {
    guard let conversion = spec["conversion"], conversion.object != nil else { return }
    let strategy = text(conversion["strategy"])
    let webhook = conversion["webhook"]
    let client = webhook?["clientConfig"]
    let reviews = (webhook?["conversionReviewVersions"]?.array ?? []).compactMap(\.string)
    switch strategy {
    case "": errors.required(path["strategy"])
    case "Webhook":
      if client?.object == nil {
        errors.required(path["webhookClientConfig"], "required when strategy is set to Webhook")
      } else if (client?["url"]?.string == nil) == (client?["service"]?.object == nil) {
        errors.required(path["webhookClientConfig"], "exactly one of url or service is required")
      }
      if reviews.isEmpty {
        errors.required(path["conversionReviewVersions"])
      } else if !reviews.contains("v1"), !reviews.contains("v1beta1") {
        errors.invalid(
          path["conversionReviewVersions"], .array(reviews.map { .string($0) }),
          "must include at least one of v1, v1beta1")
      }
    case "None":
      if client?.object != nil {
        errors.forbidden(path["webhookClientConfig"], "should not be set when strategy is not set to Webhook")
      }
      if !reviews.isEmpty {
        errors.forbidden(
          path["conversionReviewVersions"], "should not be set when strategy is not set to Webhook")
      }
    default: errors.notSupported(path["strategy"], .string(strategy), ["None", "Webhook"])
    }
  }

  // MARK: Status and changes

  private mutating func checkImmutable() {
    guard let live else { return }
    func check(_ keys: [String]) {
      let new = spec[path: keys[...]] ?? ""
      let old = live.fields["spec"]?[path: keys[...]] ?? ""
      if new != old {
        errors.invalid(FieldPath("spec." + keys.joined(separator: ".")), new, "field is immutable")
      }
    }
    if CustomDefinitionStatus.isEstablished(live) {
      check(["scope"])
      check(["names", "kind"])
    }
    check(["group"])
    check(["names", "plural"])
  }

  private mutating func checkStatus() {
    checkNames(object[path: "status", "acceptedNames"], FieldPath("status.acceptedNames"))
    let path = FieldPath("status.storedVersions")
    let stored = (object[path: "status", "storedVersions"]?.array ?? []).compactMap(\.string)
    guard !stored.isEmpty else { return errors.invalid(path, .null, "must have at least one stored version") }
    for version in versions where version["storage"]?.bool == true && !stored.contains(text(version["name"]))
    {
      errors.invalid(
        path, .array(stored.map { .string($0) }), "must have the storage version \(text(version["name"]))")
    }
    let names = Set(versions.map { text($0["name"]) })
    for (index, name) in stored.enumerated() where !names.contains(name) {
      errors.invalid(
        path[index], .string(name),
        "missing from spec.versions; \(name) was previously a storage version, and must remain in spec.versions until "
          + "a storage migration ensures no data remains persisted in \(name) and removes \(name) from "
          + "status.storedVersions")
    }
  }

  /// Groups of the project itself need a note of who approved them.
  private mutating func checkApproval() {
    let group = text(spec["group"])
    guard
      group == "k8s.io" || group == "kubernetes.io" || group.hasSuffix(".k8s.io")
        || group.hasSuffix(".kubernetes.io")
    else { return }
    let key = "api-approved.kubernetes.io"
    let approval = object.annotations[key]
    if let live, live.annotations[key] == approval { return }
    let place = FieldPath("metadata.annotations")[key: key]
    guard let approval, !approval.isEmpty else {
      return errors.required(
        place,
        "protected groups must have approval annotation \"\(key)\", see https://github.com/kubernetes/enhancements/pull/1111"
      )
    }
    if approval.hasPrefix("unapproved") { return }
    if let url = WebAddress(request: approval), !url.host.isEmpty, !url.scheme.isEmpty { return }
    errors.invalid(
      place, .string(approval),
      "protected groups must have approval annotation \"\(key)\" with either a URL or a reason starting with "
        + "\"unapproved\", see https://github.com/kubernetes/enhancements/pull/1111")
  }
}
