/// Sends the requests that carry a header to one subset.
public struct HeaderRoute: TopologyValue {
  /// The header's name, in small letters.
  public var header: String
  /// The value it must have.
  public var exact: String
  /// The subset that gets the request.
  public var subset: String

  /// Creates a route.
  public init(header: String, exact: String, subset: String) {
    self.header = header
    self.exact = exact
    self.subset = subset
  }
}

extension HeaderRoute: Formed {
  static let form = Form(
    "HeaderRoute", "Sends the requests that carry a header to one subset.",
    blank: Self(header: "", exact: "", subset: "")
  ) {
    FormField.required(
      "header", \.header, .name(.header), example: "version", "The header's name, in small letters.")
    FormField.required("exact", \.exact, .text(), example: "v2", "The value it must have.")
    FormField.required(
      "subset", \.subset, .name(.label), example: "canary", "The subset that gets the request.")
  }
}
