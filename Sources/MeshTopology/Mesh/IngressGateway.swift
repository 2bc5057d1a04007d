/// An ingress gateway of Istio itself.
public struct IngressGateway: TopologyValue {
  /// The name; also that of its Service.
  public var name: String
  /// The addresses that its load balancers have, by region; given by the provider by default.
  public var addresses: [String: String] = [:]

  /// A gateway with addresses that the provider gives.
  public init(name: String) { self.name = name }
}

extension IngressGateway: Formed {
  static let form = Form("IngressGateway", "An ingress gateway of Istio itself.", blank: Self(name: "")) {
    FormField.required(
      "name", \.name, .name(.label), example: "istio-ingressgateway", "The name, also that of its Service.")
    FormField.defaulted(
      "addresses", \.addresses, .map(.label, .address),
      "The addresses of its load balancers, by region; given by the provider where there is none.",
      default: [:])
  }
}

extension Codec where Value == String {
  /// An IPv4 address.
  static var address: Codec {
    Codec.text("an address such as 203.0.113.10").verified { text, field in
      guard AddressRange(parsing: text + "/32") != nil else {
        field.report(
          .invalidValue, "\(shown(text)) is not an IPv4 address",
          remedy: "write the reserved address itself, such as 203.0.113.10")
        return false
      }
      return true
    }
  }
}
