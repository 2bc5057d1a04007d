internal import KubeModel

/// One rule: any of `from`, and any of `to`, and all of `when`.
struct AuthorizationRule: Sendable {
  private struct Field: Sendable {
    let name: String
    let values: [String]
    let isNegated: Bool
  }

  private let sources: [[Field]]
  private let targets: [[Field]]
  private let conditions: [Field]

  init(_ json: JSONValue) {
    sources = (json["from"]?.array ?? []).map { AuthorizationRule.fields($0["source"]) }
    targets = (json["to"]?.array ?? []).map { AuthorizationRule.fields($0["operation"]) }
    conditions = (json["when"]?.array ?? []).flatMap { condition in
      let key = condition["key"]?.string ?? ""
      return [("values", false), ("notValues", true)].compactMap { list, isNegated in
        let values = condition.strings(list)
        return values.isEmpty ? nil : Field(name: key, values: values, isNegated: isNegated)
      }
    }
  }

  private static func fields(_ json: JSONValue?) -> [Field] {
    (json?.object?.members ?? []).compactMap { member in
      let values = (member.value.array ?? []).compactMap(\.string)
      guard !values.isEmpty else { return nil }
      let isNegated = member.key.hasPrefix("not")
      let name =
        isNegated ? member.key.dropFirst(3).prefix(1).lowercased() + member.key.dropFirst(4) : member.key
      return Field(name: name, values: values, isNegated: isNegated)
    }
  }

  func matches(_ access: AccessAttempt, isDenying: Bool) -> Bool {
    guard access.isHTTP else {
      // On a connection that is only bytes an ALLOW rule about requests never holds, and a DENY rule loses what it
      // says of them, so that it holds for more.
      let all = sources + targets + [conditions]
      if !isDenying, all.contains(where: { $0.contains(where: AuthorizationRule.isAboutRequests) }) {
        return false
      }
      return holds(access) { !AuthorizationRule.isAboutRequests($0) }
    }
    return holds(access) { _ in true }
  }

  private func holds(_ access: AccessAttempt, _ counts: (Field) -> Bool) -> Bool {
    func holds(_ field: Field) -> Bool { !counts(field) || AuthorizationRule.holds(field, access) }
    return (sources.isEmpty || sources.contains { $0.allSatisfy(holds) })
      && (targets.isEmpty || targets.contains { $0.allSatisfy(holds) }) && conditions.allSatisfy(holds)
  }

  private static func isAboutRequests(_ field: Field) -> Bool {
    ["hosts", "methods", "paths", "requestPrincipals", "remoteIpBlocks", "remote.ip"].contains(field.name)
      || field.name.hasPrefix("request.")
  }

  private static func holds(_ field: Field, _ access: AccessAttempt) -> Bool {
    field.values.contains { value(field.name, $0, access) } != field.isNegated
  }

  private static func value(_ name: String, _ wanted: String, _ access: AccessAttempt) -> Bool {
    let request = access.request
    let token = access.hasValidToken ? request.token : nil
    switch name {
    case "principals", "source.principal": return PolicyText.matches(wanted, access.principal)
    case "namespaces", "source.namespace":
      return PolicyText.matches(wanted, access.principal == nil ? nil : access.sourceNamespace)
    case "serviceAccounts":
      let parts = (access.principal ?? "").split(separator: "/")
      guard parts.count == 5 else { return false }
      return wanted == "\(parts[2])/\(parts[4])" || wanted == parts[4]
    case "requestPrincipals", "request.auth.principal": return PolicyText.matches(wanted, token?.principal)
    case "request.auth.audiences":
      return token?.audiences.contains { PolicyText.matches(wanted, $0) } ?? false
    case "request.auth.presenter":
      return token?.claims["azp"]?.contains { PolicyText.matches(wanted, $0) } ?? false
    case "ipBlocks", "source.ip", "remoteIpBlocks", "remote.ip":
      return PolicyAddresses(wanted)?.contains(access.sourceAddress) ?? false
    case "destination.ip": return PolicyAddresses(wanted)?.contains(access.destinationAddress) ?? false
    case "ports", "destination.port": return wanted == String(access.port)
    case "hosts": return PolicyText.matches(wanted.lowercased(), access.host.lowercased())
    case "methods": return PolicyText.matches(wanted, request.method)
    case "paths": return PolicyText.matchesPath(wanted, request.plainPath)
    default: return named(name, wanted, request, token)
    }
  }

  /// `request.headers[NAME]` and `request.auth.claims[NAME]`, the latter nested too.
  private static func named(
    _ name: String, _ wanted: String, _ request: ClientRequest, _ token: RequestToken?
  ) -> Bool {
    guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { return false }
    let key = name[name.index(after: open)...].dropLast().split(separator: "]").joined().split(separator: "[")
      .joined(separator: ".")
    switch name[..<open] {
    case "request.headers": return PolicyText.matches(wanted, request.headers[key.lowercased()])
    case "request.auth.claims":
      guard let token else { return false }
      let standard = ["iss": [token.issuer], "sub": [token.subject], "aud": token.audiences]
      return (token.claims[key] ?? standard[key] ?? []).contains { PolicyText.matches(wanted, $0) }
    default: return false
    }
  }

  // MARK: What clients may be expected to send

  var operations: [(method: String, path: String)] {
    targets.map { fields in
      let values = { (name: String) in fields.first { $0.name == name && !$0.isNegated }?.values }
      let path = values("paths")?.first ?? "/"
      let plain =
        path == "*"
        ? "/" : path.replacing("{**}", with: "1").replacing("{*}", with: "1").replacing("*", with: "1")
      let method = values("methods")?.first ?? "GET"
      return (method == "*" ? "GET" : method, plain.hasPrefix("/") ? plain : "/" + plain)
    }
  }

  var claims: [(name: String, values: [String])] {
    conditions.compactMap { field in
      guard field.name.hasPrefix("request.auth.claims["), field.name.hasSuffix("]") else { return nil }
      return (String(field.name.dropFirst(20).dropLast()), field.values)
    }
  }
}
