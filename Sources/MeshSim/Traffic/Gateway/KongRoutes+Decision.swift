extension KongRoutes {
  /// What Kong makes of a request.
  enum Decision {
    case refused(status: Int, reason: String, route: String?)
    case proxied(Route, ClientRequest)
  }

  /// The first route that takes the request, then its plug-ins.
  func decide(_ request: ClientRequest) -> Decision {
    for route in routes {
      guard let matched = route.match(request) else { continue }
      let isEncrypted = request.isEncrypted
      if !isEncrypted, !route.schemes.contains(where: { ["http", "grpc", "tcp"].contains($0) }) {
        let reason = route.redirectStatus == 426 ? "Please use HTTPS protocol" : "redirect to HTTPS"
        return .refused(status: route.redirectStatus, reason: reason, route: route.name)
      }
      for plugin in route.plugins {
        guard let answer = plugin.answer(to: request) else { continue }
        return .refused(status: answer.status, reason: answer.reason, route: route.name)
      }
      return .proxied(route, route.forwarded(request, matched))
    }
    return .refused(status: 404, reason: "no Route matched with those values", route: nil)
  }

  /// Requests that reach a host by some route, one for each.
  func requests(to host: String) -> [ClientRequest] {
    routes.filter { $0.service.host == host }.map(\.example)
  }
}

extension KongRoutes.Route {
  /// The part of the path that matched; `nil` when the route is not for this request.
  fileprivate func match(_ request: ClientRequest) -> String? {
    if !methods.isEmpty, !methods.contains(request.method) { return nil }
    if !hosts.isEmpty, !hosts.contains(where: { matches(host: $0, request.host ?? "") }) { return nil }
    guard
      headers.allSatisfy({ header in request.headers[header.key].map { header.value.contains($0) } ?? false })
    else {
      return nil
    }
    if paths.isEmpty { return "" }
    let path = request.plainPath
    for pattern in paths.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      if pattern.hasPrefix("~") {
        if let length = TextMatch.isStart(String(pattern.dropFirst()), path) {
          return String(path.prefix(length))
        }
      } else if path.hasPrefix(pattern) {
        return pattern
      }
    }
    return nil
  }

  private func matches(host pattern: String, _ host: String) -> Bool {
    if pattern.hasPrefix("*") { return host.hasSuffix(pattern.dropFirst()) }
    if pattern.hasSuffix("*") { return host.hasPrefix(pattern.dropLast()) }
    return pattern == host
  }

  /// The request as it goes to the service: without the matched path where it is stripped, behind the service's own.
  fileprivate func forwarded(_ request: ClientRequest, _ matched: String) -> ClientRequest {
    var request = request
    request.isEncrypted = false
    var path = stripsPath ? String(request.path.dropFirst(matched.count)) : request.path
    if !path.hasPrefix("/") { path = "/" + path }
    let prefix = service.path.hasSuffix("/") ? String(service.path.dropLast()) : service.path
    request.path = prefix.isEmpty ? path : prefix + (path == "/" ? "" : path)
    if !keepsHost { request.host = service.host }
    request.kind = service.isStream ? .tcp : schemes.contains { $0.hasPrefix("grpc") } ? .grpc : .http
    return request
  }

  /// A request that this route is for.
  fileprivate var example: ClientRequest {
    var request = ClientRequest()
    request.method = methods.first ?? "GET"
    request.path = paths.first { !$0.hasPrefix("~") } ?? paths.first.map(Self.text) ?? "/"
    request.host = hosts.first.map { $0.replacing("*", with: "www") }
    for (name, values) in headers { request.headers[name] = values.first }
    request.isEncrypted = !schemes.contains { ["http", "grpc", "tcp"].contains($0) }
    request.consumer = "user"
    return request
  }

  /// A text that a simple regular expression matches: classes become digits.
  private static func text(_ pattern: String) -> String {
    var (result, isClass) = ("", false)
    for character in pattern.dropFirst() {
      switch character {
      case "[": (isClass, result) = (true, result + "1")
      case "]": isClass = false
      case "$", "^", "+", "*", "(", ")", "?", "\\": break
      default: if !isClass { result.append(character) }
      }
    }
    return result
  }
}
