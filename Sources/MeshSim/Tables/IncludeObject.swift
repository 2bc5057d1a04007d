/// What a row of a table carries of its object.
enum IncludeObject: String, Sendable {
  case none = "None"
  case metadata = "Metadata"
  case object = "Object"

  /// Reads the query parameter `includeObject`; metadata when it is absent or empty.
  init(query: String?) throws(StatusError) {
    guard let query, !query.isEmpty else {
      self = .metadata
      return
    }
    guard let known = IncludeObject(rawValue: query) else {
      throw .badRequest(
        "Unable to convert to Table as requested: includeObject: Invalid value: \"\(query)\": "
          + "must be 'Metadata', 'Object', 'None', or empty")
    }
    self = known
  }
}
