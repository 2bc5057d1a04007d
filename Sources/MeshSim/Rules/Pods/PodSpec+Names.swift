import KubeModel

extension PodSpec {
  /// Servers and domains by which a pod's names are resolved.
  func nameResolution(_ errors: inout FieldErrors) {
    let configuration = spec["dnsConfig"]
    let path = path["dnsConfig"]
    let servers = configuration?.texts("nameservers") ?? []
    if spec.text("dnsPolicy") == "None" {
      guard configuration != nil else {
        return errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None")
      }
      if servers.isEmpty {
        return errors.required(
          path["nameservers"], "must provide at least one DNS nameserver when `dnsPolicy` is None")
      }
    }
    guard let configuration else { return }
    if servers.count > 3 {
      errors.invalid(
        path["nameservers"], configuration["nameservers"], "must not have more than 3 nameservers")
    }
    for (index, server) in servers.enumerated() {
      errors.invalid(path["nameservers"][index], server, problems: Address.problems(of: server))
    }
    let searches = configuration.texts("searches")
    if searches.count > 32 {
      errors.invalid(path["searches"], configuration["searches"], "must not have more than 32 search paths")
    }
    if searches.joined(separator: " ").utf8.count > 2048 {
      errors.invalid(
        path["searches"], configuration["searches"],
        "must not have more than 2048 characters (including spaces) in the search list")
    }
    for (index, search) in searches.enumerated() where search != "." {
      let search = search.hasSuffix(".") ? String(search.dropLast()) : search
      errors.name(path["searches"][index], search, .underscoredSubdomain)
    }
    for (index, option) in configuration.list("options").enumerated() where option.text("name").isEmpty {
      errors.required(path["options"][index], "must not be empty")
    }
  }
}
