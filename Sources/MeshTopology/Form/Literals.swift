public import KubeModel

// Literals for topologies written in Swift. What a literal cannot be wrong about without being checked first
// is checked where the topology is validated; where a type has no place for a wrong value, the program
// stops, as it does for an integer literal that is too large.

extension ImageReference: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    self = ImageReference(parsing: text) ?? ImageReference(unchecked: text)
  }
}

extension WorkloadReference: ExpressibleByStringLiteral {
  /// `NAMESPACE/NAME`; a text without a namespace is found wrong when the topology is validated.
  public init(stringLiteral text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    self.init(namespace: parts.count == 2 ? parts[0] : "", name: parts.last ?? "")
  }
}

extension PortReference: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral name: String) { self = .name(name) }
  public init(integerLiteral number: Int) { self = .number(number) }
}

extension Weight: ExpressibleByIntegerLiteral {
  public init(integerLiteral percent: Int) {
    guard let weight = Weight(percent: percent) else {
      preconditionFailure("a weight is 0...100, not \(percent)")
    }
    self = weight
  }
}

extension Percent: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Double) {
    guard let percent = Percent(value: value) else {
      preconditionFailure("a proportion is 0...100, not \(value)")
    }
    self = percent
  }

  public init(integerLiteral value: Int) { self.init(floatLiteral: Double(value)) }
}

extension AddressRange: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    guard let range = AddressRange(parsing: text) else {
      preconditionFailure("\(text) is not an address range")
    }
    self = range
  }
}

extension Quantity: ExpressibleByExtendedGraphemeClusterLiteral {}
extension Quantity: ExpressibleByUnicodeScalarLiteral {}
extension Quantity: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    guard let quantity = Quantity(parsing: text) else { preconditionFailure("\(text) is not an amount") }
    self = quantity
  }
}
