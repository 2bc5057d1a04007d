/// A host of Istio's configuration: a name of one namespace's Services, a full name, or one with a wildcard.
struct HostPattern: Hashable, Sendable {
  let text: String

  /// Without a dot a host is a Service of the namespace that holds the configuration; with one it is taken as it is.
  init(_ host: String, in namespace: String) {
    text = host == "*" || host.contains(".") ? host.lowercased() : "\(host).\(namespace).svc.cluster.local"
  }

  /// How well it matches a host: the longer the more, exact before any wildcard; `nil` when it does not.
  func rank(for host: String) -> Int? {
    if text == host { return Int.max }
    if text == "*" { return 0 }
    guard text.hasPrefix("*"), host.hasSuffix(text.dropFirst()) else { return nil }
    return text.utf8.count
  }
}

/// Who may use a configuration: `.` its own namespace, `~` nobody, `*` or nothing said everybody.
struct Exports: Hashable, Sendable {
  private let namespaces: [String]
  private let own: String

  init(_ namespaces: [String], own: String) {
    self.namespaces = namespaces
    self.own = own
  }

  func isVisible(in namespace: String) -> Bool {
    if namespaces.isEmpty { return true }
    return namespaces.contains { $0 == "*" || $0 == namespace || ($0 == "." && namespace == own) }
  }
}
