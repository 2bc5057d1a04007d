internal import KubeModel

extension Field {
  /// Reads a share in whole percent.
  func weight(in range: ClosedRange<Int> = 0...100) -> Weight? {
    integer(in: range).flatMap(Weight.init(percent:))
  }

  /// Reads a proportion in percent.
  func percent() -> Percent? { number(in: 0...100).flatMap(Percent.init(value:)) }

  /// Reads an amount of CPU or memory, more than nothing.
  func quantity(_ kind: QuantityKind) -> Quantity? {
    guard case .scalar(let scalar) = node.content, !scalar.json.isNull, scalar.json.bool == nil else {
      reportType(expected: "an amount", remedy: "write \(kind.example)")
      return nil
    }
    guard let quantity = Quantity(parsing: scalar.text), quantity.value.isFinite, quantity.value > 0 else {
      report(
        .invalidValue, "\(shown(scalar.text)) is not an amount of \(kind.rawValue)",
        remedy: "write \(kind.example)")
      return nil
    }
    if kind == .memory, quantity.value < 1024 * 1024 {
      report(
        .invalidValue, "\(scalar.text) of memory are \(bytes(quantity.value)), too few for any program",
        remedy: "give a unit such as Mi or Gi; m means a thousandth")
      return nil
    }
    return quantity
  }

  /// Reads an address range.
  func addressRange() -> AddressRange? {
    guard let text = text() else { return nil }
    switch AddressRange.parse(text) {
    case .success(let range): return range
    case .failure(.malformed):
      report(
        .invalidValue, "\(shown(text)) is not an IPv4 range", remedy: "write it like 10.1.0.0/16")
    case .failure(.hostBits(let range)):
      report(
        .invalidValue, "\(text) has bits set after the first \(range.prefixLength)",
        remedy: "did you mean \(range)?")
    }
    return nil
  }

  /// Reads an image with its version.
  func image() -> ImageReference? {
    guard let text = text() else { return nil }
    switch ImageReference.parse(text) {
    case .success(let image): return image
    case .failure(.malformed):
      report(
        .invalidValue, "\(shown(text)) is not an image",
        remedy: "write it like gcr.io/project/user-service:1.4.2, the repository in small letters")
    case .failure(.noVersion):
      report(
        .invalidValue, "the image \(shown(text)) names no version, so nobody knows what runs",
        remedy: "add a tag or digest, such as \(text):1.4.2")
    }
    return nil
  }

  /// Reads the name or number of a port.
  func portReference() -> PortReference? {
    guard case .scalar(let scalar) = node.content else {
      reportType(expected: "the name or number of a port", remedy: "write it like http or 8080")
      return nil
    }
    if scalar.json.int != nil { return integer(in: 1...65535).map(PortReference.number) }
    return name(.port).map(PortReference.name)
  }

  /// Notes that `name` is not among `known`.
  func reportUnknown(
    _ thing: String, _ name: String, known: @autoclosure () -> [String], remedy: @autoclosure () -> String
  ) {
    reading.reportUnknown(thing, name, at: spot, known: known(), remedy: remedy())
  }

  private func bytes(_ count: Double) -> String {
    Int(exactly: count).map { "\($0) bytes" } ?? "\(count) bytes"
  }
}

/// What an amount counts.
enum QuantityKind: String {
  case cpu = "CPU"
  case memory

  /// An amount as it should look.
  var example: String {
    switch self {
    case .cpu: "cores such as 2 or thousandths such as 250m"
    case .memory: "bytes such as 256Mi or 2Gi"
    }
  }
}
