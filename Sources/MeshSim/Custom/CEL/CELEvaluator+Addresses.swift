extension CELEvaluator {
  /// Addresses of the web and of the network.
  func ofAddresses(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    if values.count == 1, case .string(let text) = values[0] {
      switch name {
      case "url":
        guard let url = WebAddress(request: text) else {
          throw CELError(
            "URL parse error during conversion from string: parse \(GoPrint.quoted(text)): invalid URI for request"
          )
        }
        return .url(url)
      case "isURL": return .bool(WebAddress(request: text) != nil)
      case "ip":
        guard let address = CELEvaluator.address(text) else {
          throw CELError(
            "IP Address \(GoPrint.quoted(text)) parse error during conversion from string: ParseAddr(\(GoPrint.quoted(text))): unable to parse IP"
          )
        }
        return .address(address)
      case "isIP": return .bool(CELEvaluator.address(text) != nil)
      case "ip.isCanonical":
        guard let address = CELEvaluator.address(text) else {
          throw CELError(
            "IP Address \(GoPrint.quoted(text)) parse error during conversion from string: ParseAddr(\(GoPrint.quoted(text))): unable to parse IP"
          )
        }
        return .bool(address.description == text)
      case "cidr":
        guard let block = CELEvaluator.block(text) else {
          throw CELError(
            "network address parse error during conversion from string: netip.ParsePrefix(\(GoPrint.quoted(text))): no '/'"
          )
        }
        return .block(block)
      case "isCIDR": return .bool(CELEvaluator.block(text) != nil)
      default: return nil
      }
    }
    switch values.first {
    case .url(let url)?: return of(url, name)
    case .address(let address)?: return of(address, name)
    case .block(let block)?: return try of(block, name, values)
    default: return nil
    }
  }

  private static func address(_ text: String) -> IPAddress? {
    IPAddress(text).flatMap { $0.isMapped ? nil : $0 }
  }

  private static func block(_ text: String) -> AddressBlock? {
    AddressBlock(text).flatMap { $0.address.isMapped ? nil : $0 }
  }

  private func of(_ url: WebAddress, _ name: String) -> CELValue? {
    switch name {
    case ".getScheme": return .string(url.scheme)
    case ".getHost": return .string(url.host)
    case ".getHostname": return .string(url.hostname)
    case ".getPort": return .string(url.port)
    case ".getEscapedPath": return .string(url.escapedPath)
    case ".getQuery":
      var map = CELMap()
      for (name, values) in url.query { _ = map.insert(.string(name), .list(values.map { .string($0) })) }
      return .map(map)
    default: return nil
    }
  }

  private func of(_ address: IPAddress, _ name: String) -> CELValue? {
    switch name {
    case ".family": .int(address.isV4 ? 4 : 6)
    case ".isUnspecified": .bool(address.isUnspecified)
    case ".isLoopback": .bool(address.isLoopback)
    case ".isLinkLocalMulticast": .bool(address.isLinkLocalMulticast)
    case ".isLinkLocalUnicast": .bool(address.isLinkLocalUnicast)
    case ".isGlobalUnicast": .bool(address.isGlobalUnicast)
    default: nil
    }
  }

  private func of(_ block: AddressBlock, _ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
    switch (name, values.count) {
    case (".ip", 1): return .address(block.address)
    case (".masked", 1): return .block(block.masked)
    case (".prefixLength", 1): return .int(Int64(block.prefixLength))
    case (".containsIP", 2):
      switch values[1] {
      case .address(let address): return .bool(block.contains(address))
      case .string(let text):
        guard let address = CELEvaluator.address(text) else {
          throw CELError("IP Address \(GoPrint.quoted(text)) parse error during conversion from string")
        }
        return .bool(block.contains(address))
      default: throw .noOverload
      }
    case (".containsCIDR", 2):
      switch values[1] {
      case .block(let other): return .bool(block.contains(other))
      case .string(let text):
        guard let other = CELEvaluator.block(text) else {
          throw CELError("network address parse error during conversion from string")
        }
        return .bool(block.contains(other))
      default: throw .noOverload
      }
    default: return nil
    }
  }
}
