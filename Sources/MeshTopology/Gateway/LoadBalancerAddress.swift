internal import KubeModel

extension Gateway {
  /// An address that a load balancer has in one region.
  public enum LoadBalancerAddress: Hashable, Sendable {
    /// The address itself.
    case literal(String)
    /// The name of an address that a `Network` reserves in that region.
    case reserved(String)
  }
}

extension Gateway.LoadBalancerAddress {
  /// An IPv4 address or a name.
  static let codec = Codec<Gateway.LoadBalancerAddress>(
    read: { field in
      guard let text = field.text() else { return nil }
      if Address(parsing: text)?.family == .ipv4 { return .literal(text) }
      if NameRule.label.allows(text), text.utf8.contains(where: \.isLowercaseLetter) {
        return .reserved(text)
      }
      field.report(
        .invalidValue, "\(shown(text)) is neither an IPv4 address nor the name of a reserved one",
        remedy: "write an address such as 203.0.113.10, or a name under reservedAddresses of a Network")
      return nil
    },
    write: { .scalar(.string($0.text)) },
    source: { address in
      switch address {
      case .literal(let text): SwiftSource(".literal(\(SwiftSource.literal(text)))")
      case .reserved(let name): SwiftSource(".reserved(\(SwiftSource.literal(name)))")
      }
    },
    shape: {
      .text(words: "an IPv4 address, or the name of an address that a Network reserves in that region")
    })

  private var text: String {
    switch self {
    case .literal(let text), .reserved(let text): text
    }
  }
}
