internal import KubeModel

/// A mapping that is being read: it remembers which fields were asked for, so that what is left over
/// can be reported.
final class Section {
  let spot: Spot
  let reading: Reading
  let entries: [SourceNode.Entry]
  private var known: [String] = []

  init(entries: [SourceNode.Entry], spot: Spot, reading: Reading) {
    self.entries = entries
    self.spot = spot
    self.reading = reading
  }

  /// The field called `key`, if it is there.
  subscript(key: String) -> Field? {
    if !known.contains(key) { known.append(key) }
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    let valueSpot = spot.field(key, at: entry.value.place)
    return Field(node: entry.value, spot: valueSpot, reading: reading, keyPlace: entry.place)
  }

  /// The field called `key`, which must be there.
  func required(_ key: String, example: String) -> Field? {
    if let field = self[key] { return field }
    reading.report(.missingField, "\(key) is missing", at: spot, remedy: "add it, such as \(key): \(example)")
    return nil
  }

  /// Whether the field called `key` is there.
  func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// Notes a problem with the mapping as a whole.
  func report(_ code: Problem.Code, _ message: @autoclosure () -> String, remedy: @autoclosure () -> String) {
    reading.report(code, message(), at: spot, remedy: remedy())
  }

  /// Notes the fields that nobody asked for.
  func reportUnknownFields() {
    for entry in entries where !known.contains(entry.key) {
      reading.report(
        .unknownField, "unknown field \(shown(entry.key))", at: spot.field(entry.key, at: entry.place),
        remedy: Suggestion.remedy(
          for: entry.key, in: known,
          otherwise: "the fields here are \(alternatives(known, last: "and"))"))
    }
  }
}

extension Section {
  /// The spot of a part below, or of the nearest mapping or list around it that is there.
  func spot(_ path: PathPart...) -> Spot {
    var spot = spot
    guard case .key(let first)? = path.first, let entry = entries.first(where: { $0.key == first }) else {
      return spot
    }
    spot = spot.field(first, at: entry.value.place)
    return entry.value.spot(spot, path.dropFirst())
  }

  /// The spot of the field called `key`, at its key: what is missing in a mapping is reported there.
  func keySpot(_ key: String) -> Spot {
    guard let entry = entries.first(where: { $0.key == key }) else { return spot }
    return spot.field(key, at: entry.place)
  }
}
