extension Codec where Value == String {
  /// A host name, with `*` for its first or last part.
  static var routeHost: Codec {
    Codec.text("a host name such as api.example.com or *.example.com").verified { host, field in
      var name = host[...]
      if name.hasPrefix("*.") {
        name = name.dropFirst(2)
      } else if name.hasSuffix(".*") {
        name = name.dropLast(2)
      }
      guard NameRule.domain.allows(String(name)) else {
        field.report(
          .invalidValue, "\(shown(host)) is not a host name",
          remedy: "write it like api.example.com or *.example.com, without https:// and port")
        return false
      }
      return true
    }
  }

  /// A prefix of paths, or a regular expression after `~`, as Kong 3 takes it.
  static var routePath: Codec {
    Codec.text("a prefix such as /api/users, or a regular expression such as ~/api/v[0-9]+/users$")
      .verified { path, field in
        guard let fault = RoutePath.fault(in: path) else { return true }
        field.report(.invalidValue, fault.message, remedy: fault.remedy)
        return false
      }
  }
}
