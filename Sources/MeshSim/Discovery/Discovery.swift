import KubeModel

/// Tells clients which resources there are.
enum Discovery {
  static func answer(_ request: APIRequest, _ parts: [String], in state: ClusterState) throws(StatusError)
    -> Answer
  {
    let api = state.api
    switch (parts[0], parts.count) {
    case ("api", 1), ("apis", 1):
      if AggregatedDiscovery.isWanted(request) {
        return AggregatedDiscovery.answer(api, isCore: parts[0] == "api")
      }
      return try negotiated(
        request, parts[0] == "api" ? LegacyDiscovery.coreVersions : LegacyDiscovery.groups(of: api))
    case ("api", 2):
      guard parts[1] == "v1" else { throw .unknownPath() }
      return try negotiated(request, LegacyDiscovery.resources(group: "", version: "v1", of: api))
    case ("apis", 2):
      guard let group = LegacyDiscovery.group(parts[1], of: api) else { return .pageNotFound }
      return try negotiated(request, group)
    case ("apis", 3):
      guard api.catalogue.groups.contains(where: { $0.name == parts[1] && $0.versions.contains(parts[2]) })
      else {
        guard ServedAPI.isBuiltIn(group: parts[1]) else { return .pageNotFound }
        throw .unknownPath()
      }
      return try negotiated(request, LegacyDiscovery.resources(group: parts[1], version: parts[2], of: api))
    default: return .pageNotFound
    }
  }

  private static func negotiated(_ request: APIRequest, _ value: JSONValue) throws(StatusError) -> Answer {
    let representation = try Negotiation.representation(of: request, for: nil)
    let bytes =
      representation.isYAML
      ? Array(value.yamlText().utf8)
      : representation.isPretty ? Array(value.jsonText(isPretty: true).utf8) : value.jsonBytes()
    return Answer(contentType: representation.contentType, bytes: bytes)
  }
}
