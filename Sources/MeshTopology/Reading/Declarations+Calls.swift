extension Declarations {
  /// Reads the calls of a workload; whether there is somebody to call is checked in `checkCalls`.
  func readCalls(_ field: Field?, caller: WorkloadReference) -> [DeclaredCall] {
    guard let field else { return [] }
    var names = Names()
    return field.elements().compactMap { element in
      element.section { section -> DeclaredCall? in
        let toField = section.required("to", example: "database-service")
        let portField = section["port"]
        let port = portField?.portReference()
        let perRequest = section["perRequest"]?.number(in: 0...1000)
        guard let toField, let callee = toField.workloadReference(namespace: caller.namespace) else {
          return nil
        }
        names.add(
          "\(callee)" + (port.map { ":\($0)" } ?? ""), thing: "call to", at: toField.spot,
          reading: field.reading, remedy: "keep one, with the sum of both as perRequest")
        var call = Call(to: callee)
        call.port = port
        call.perRequest = perRequest ?? call.perRequest
        return DeclaredCall(caller: caller, call: call, toField: toField, portField: portField)
      }
    }
  }

  /// Reports calls that lead nowhere.
  func checkCalls(reading: Reading) {
    let callees = Dictionary(workloads.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    for declared in calls {
      let target = declared.call.to
      if target == declared.caller {
        declared.toField.report(
          .contradiction, "\(target.name) calls itself", remedy: "remove the call, or name another workload")
      } else if !isDeclared(target) {
        declared.toField.report(
          .unknownReference, "there is no workload \(target.name) in the namespace \(target.namespace)",
          remedy: nearestWorkload(to: target).map { "did you mean \($0)?" }
            ?? "declare a Workload of that name")
      } else if let callee = callees[target], !partialWorkloads.contains(target),
        callee.port(declared.call.port) == nil
      {
        reportMissingPort(declared, callee: callee)
      }
    }
  }

  /// The workload that was probably meant, as `name` in the same namespace and `namespace/name` elsewhere.
  func nearestWorkload(to target: WorkloadReference) -> String? {
    let others = allWorkloads
    if let namesake = others.first(where: { $0.name == target.name }) { return "\(namesake)" }
    let neighbours = others.filter { $0.namespace == target.namespace }.map(\.name)
    return Suggestion.nearest(to: target.name, in: neighbours)
      ?? Suggestion.nearest(to: "\(target)", in: others.map(\.description))
  }

  private func reportMissingPort(_ declared: DeclaredCall, callee: Workload) {
    let ports = callee.ports.map { "\($0.name) (\($0.port))" }
    let field = declared.portField ?? declared.toField
    guard let port = declared.call.port, !ports.isEmpty else {
      field.report(
        .unknownReference, "\(callee.name) has no port to call",
        remedy: "declare ports of \(callee.reference)")
      return
    }
    field.report(
      .unknownReference, "\(callee.name) has no port \(port)",
      remedy: "its ports are \(alternatives(ports, last: "and"))")
  }
}

/// A call with where its parts stand.
struct DeclaredCall {
  let caller: WorkloadReference
  let call: Call
  let toField: Field
  let portField: Field?
}

extension Field {
  /// Reads `name` or `namespace/name`.
  func workloadReference(namespace: String) -> WorkloadReference? {
    guard let text = text() else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let reference = WorkloadReference(
      namespace: parts.count == 2 ? parts[0] : namespace, name: parts.last ?? "")
    guard parts.count <= 2, parts.allSatisfy(NameRule.label.allows) else {
      report(
        .invalidValue, "\(shown(text)) is not the name of a workload",
        remedy: "write NAME, or NAMESPACE/NAME for a workload in another namespace")
      return nil
    }
    return reference
  }
}
