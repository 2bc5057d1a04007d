import KubeModel

/// Checks of labels, annotations and selectors.
extension FieldErrors {
  /// A map of labels.
  mutating func labels(_ path: FieldPath, _ labels: JSONValue?) {
    for member in labels?.object?.members ?? [] {
      invalid(path, member.key, problems: LabelSyntax.keyProblems(of: member.key))
      if let value = member.value.string {
        invalid(path, value, problems: LabelSyntax.valueProblems(of: value))
      }
    }
  }

  /// One key of a label.
  mutating func labelKey(_ path: FieldPath, _ key: String) {
    invalid(path, key, problems: LabelSyntax.keyProblems(of: key))
  }

  /// A map of annotations: keys in lower case count, 256 KiB in all.
  mutating func annotations(_ path: FieldPath, _ annotations: JSONValue?) {
    var size = 0
    for member in annotations?.object?.members ?? [] {
      invalid(path, member.key, problems: LabelSyntax.keyProblems(of: member.key.lowercased()))
      size += member.key.utf8.count + (member.value.string?.utf8.count ?? 0)
    }
    if size > 256 << 10 { tooLong(path, maximum: 256 << 10) }
  }

  /// A `LabelSelector`.
  mutating func selector(_ path: FieldPath, _ selector: JSONValue?) {
    guard let selector, !selector.isNull else { return }
    labels(path["matchLabels"], selector["matchLabels"])
    for (index, expression) in selector.list("matchExpressions").enumerated() {
      let path = path["matchExpressions"][index]
      let values = expression.texts("values")
      switch expression.text("operator") {
      case "In", "NotIn":
        if values.isEmpty {
          required(path["values"], "must be specified when `operator` is 'In' or 'NotIn'")
        }
      case "Exists", "DoesNotExist":
        if !values.isEmpty {
          forbidden(path["values"], "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
        }
      default:
        invalid(path["operator"], .string(expression.text("operator")), "not a valid selector operator")
      }
      labelKey(path["key"], expression.text("key"))
      for (index, value) in values.enumerated() {
        invalid(path["values"][index], value, problems: LabelSyntax.valueProblems(of: value))
      }
    }
  }

  /// A template whose labels the selector must match; returns the labels' errors only.
  mutating func selection(_ path: FieldPath, _ selector: JSONValue?, template: JSONValue?) {
    let labels = template?[path: "metadata", "labels"]
    let selector = selector.flatMap { $0.isNull ? nil : LabelSelector(json: $0) }
    let isMatched = selector?.matches(labels?.stringMap ?? [:]) ?? false
    guard !isMatched else { return }
    invalid(path["metadata"]["labels"], labels ?? .null, "`selector` does not match template `labels`")
  }
}
