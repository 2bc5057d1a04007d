public import KubeModel

extension Import {
  /// What was placed, kept, dropped and assumed, for people.
  public var text: String {
    var lines = [
      "\(placed.count) objects placed, \(kept.count) kept as they are, \(dropped.count) settings not carried over, "
        + "\(contradictions.count) contradictions, \(assumptions.count) assumptions"
    ]
    func add(_ title: String, _ entries: [String]) {
      guard !entries.isEmpty else { return }
      lines += ["", "\(title):"] + entries.map { "  " + $0.oneLine }
    }
    add("Placed", placed.map { "\($0.place.short) \($0.object) → \($0.path)" })
    add("Kept as they are", kept.map { "\($0.place.short) \($0.object.reference): \($0.reason)" })
    add("Not read", unread.map { "\($0.place.short) \($0.message)" })
    add(
      "Not carried over",
      dropped.map { "\($0.place.short) \($0.object)\($0.field.isEmpty ? "" : " " + $0.field): \($0.reason)" })
    add("Contradictions in the manifests", contradictions.map { "\($0.place.short) \($0.message)" })
    add("Assumed", assumptions.map { "\($0.path): \($0.message)" })
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same as JSON.
  public var json: JSONValue {
    func place(_ place: Place) -> [(String, JSONValue)] {
      [("file", .string(place.file)), ("line", .int(Int64(place.line)))]
    }
    func object(_ members: [(String, JSONValue)]) -> JSONValue { .object(JSONObject(members)) }
    return [
      "files": .array(files.map { .string($0.path) }),
      "placed": .array(
        placed.map { object(place($0.place) + [("object", .string($0.object)), ("path", .string($0.path))]) }),
      "kept": .array(
        kept.map {
          object(
            place($0.place) + [("object", .string("\($0.object.reference)")), ("reason", .string($0.reason))])
        }),
      "unread": .array(unread.map { object(place($0.place) + [("message", .string($0.message))]) }),
      "dropped": .array(
        dropped.map {
          object(
            place($0.place) + [
              ("object", .string($0.object)), ("field", .string($0.field)), ("reason", .string($0.reason)),
            ])
        }),
      "contradictions": .array(
        contradictions.map { object(place($0.place) + [("message", .string($0.message))]) }),
      "assumptions": .array(
        assumptions.map { object([("path", .string($0.path)), ("message", .string($0.message))]) }),
    ]
  }
}

extension Place {
  /// `file:line`.
  fileprivate var short: String { "\(file):\(line)" }
}
