import KubeModel

/// Checks the environment variables of a container.
struct EnvironmentCheck {
  let volumes: [String: JSONValue]

  private static let sources = [
    "fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef",
  ]
  private static let variableFields = [
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
    "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
  ]
  private static let resources = [
    "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage",
    "requests.memory",
  ]

  func check(_ container: JSONValue, _ path: FieldPath, _ errors: inout FieldErrors) {
    for (index, variable) in container.list("env").enumerated() {
      let path = path["env"][index]
      let name = variable.text("name")
      if name.isEmpty {
        errors.required(path["name"])
      } else {
        errors.invalid(path["name"], name, problems: VariableName.problems(of: name))
      }
      if let source = variable["valueFrom"], !source.isNull {
        check(source, hasValue: !variable.text("value").isEmpty, path["valueFrom"], &errors)
      }
    }
    let path = path["envFrom"]
    for (index, source) in container.list("envFrom").enumerated() {
      let prefix = source.text("prefix")
      errors.invalid(path[index]["prefix"], prefix, problems: VariableName.problems(of: prefix))
      let references = ["configMapRef", "secretRef"].filter(source.has)
      for reference in references {
        let name = source[reference]?.text("name") ?? ""
        let path = path[index][reference]["name"]
        if name.isEmpty {
          errors.required(path)
        } else {
          errors.invalid(path, name, problems: NameForm.dnsSubdomain.problems(of: name, isPrefix: true))
        }
      }
      if references.isEmpty {
        errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`")
      } else if references.count > 1 {
        errors.invalid(path, "", "may not have more than one field specified at a time")
      }
    }
  }

  private func check(
    _ source: JSONValue, hasValue: Bool, _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let known = EnvironmentCheck.sources.filter(source.has)
    if let field = source["fieldRef"] {
      EnvironmentCheck.field(field, EnvironmentCheck.variableFields, path["fieldRef"], &errors)
    }
    if let resource = source["resourceFieldRef"] {
      EnvironmentCheck.resource(resource, path["resourceFieldRef"], isVolume: false, &errors)
    }
    for reference in ["configMapKeyRef", "secretKeyRef"] {
      guard let selector = source[reference] else { continue }
      errors.name(path[reference]["name"], selector.text("name"), .dnsSubdomain)
      let key = selector.text("key")
      if key.isEmpty {
        errors.required(path[reference]["key"])
      } else {
        errors.invalid(path[reference]["key"], key, problems: DataKey.problems(of: key))
      }
    }
    if known.isEmpty {
      errors.invalid(
        path, "",
        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
      )
    } else if hasValue {
      errors.invalid(path, "", "may not be specified when `value` is not empty")
    } else if known.count > 1 {
      errors.invalid(path, "", "may not have more than one field specified at a time")
    }
  }

  /// A field of the pod, for a variable or a file.
  static func field(
    _ field: JSONValue, _ supported: [String], _ path: FieldPath, _ errors: inout FieldErrors
  ) {
    let version = field.text("apiVersion")
    let place = field.text("fieldPath")
    if version.isEmpty { return errors.required(path["apiVersion"]) }
    if place.isEmpty { return errors.required(path["fieldPath"]) }
    if version != "v1" {
      return errors.invalid(
        path["fieldPath"], .string(place), "error converting fieldPath: unsupported pod version: \(version)")
    }
    if place.hasSuffix("']"), let open = place.range(of: "['") {
      let map = String(place[..<open.lowerBound])
      let key = String(place[open.upperBound...].dropLast(2))
      switch map {
      case "metadata.annotations": return errors.labelKey(path, key.lowercased())
      case "metadata.labels": return errors.labelKey(path, key)
      default:
        return errors.invalid(
          path["fieldPath"], .string(place),
          "error converting fieldPath: field label does not support subscript")
      }
    }
    let convertible =
      EnvironmentCheck.variableFields + [
        "metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase",
        "spec.hostNetwork",
      ]
    if !convertible.contains(place), place != "spec.host" {
      return errors.invalid(
        path["fieldPath"], .string(place),
        "error converting fieldPath: field label not supported: \(place)")
    }
    if !supported.contains(place) { errors.notSupported(path["fieldPath"], .string(place), supported) }
  }

  /// A container's resource, for a variable or a file.
  static func resource(
    _ selector: JSONValue, _ path: FieldPath, isVolume: Bool, _ errors: inout FieldErrors
  ) {
    let name = selector.text("resource")
    if isVolume, selector.text("containerName").isEmpty {
      errors.required(path["containerName"])
    } else if name.isEmpty {
      errors.required(path["resource"])
    } else if !resources.contains(name), !name.hasPrefix("requests.hugepages-"),
      !name.hasPrefix("limits.hugepages-")
    {
      errors.notSupported(path["resource"], .string(name), resources)
    }
    guard let divisor = Amount(selector["divisor"])?.text, divisor != "0" else { return }
    let sizes = [
      "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei",
    ]
    let words = sizes.joined(separator: ", ")
    if name.hasSuffix(".cpu"), !["1m", "1"].contains(divisor) {
      errors.invalid(
        path["divisor"], .string(name), "only divisor's values 1m and 1 are supported with the cpu resource")
    }
    for (suffix, kind) in [(".memory", "memory"), (".ephemeral-storage", "local ephemeral storage")]
    where name.hasSuffix(suffix) && !sizes.contains(divisor) {
      errors.invalid(
        path["divisor"], .string(name),
        "only divisor's values \(words) are supported with the \(kind) resource")
    }
  }
}

extension String {
  /// Where a text stands first.
  fileprivate func range(of part: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
