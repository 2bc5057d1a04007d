extension RoutePath {
  /// What a path names in gRPC.
  package struct Call: Equatable {
    /// The service with its package, such as `shop.Users`.
    package let service: String
    /// The method; all of them when `nil`.
    package let method: String?
  }

  /// What a path such as `/shop.Users/` or `/shop.Users/Get` calls; `nil` for paths that call nothing in gRPC.
  package static func call(in path: String) -> Call? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isEmpty, isName(parts[1], dotted: true) else { return nil }
    if parts[2].isEmpty { return Call(service: String(parts[1]), method: nil) }
    return isName(parts[2], dotted: false) ? Call(service: String(parts[1]), method: String(parts[2])) : nil
  }

  /// A name as GRPCRoute takes it (gateway.networking.k8s.io/v1).
  private static func isName(_ text: Substring, dotted: Bool) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return (dotted || parts.count == 1)
      && parts.allSatisfy { part in
        part.utf8.first.map { !$0.isDigit } == true
          && part.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
      }
  }
}
