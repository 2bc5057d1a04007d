internal import Yams

extension YAMLReader {
  /// Whether a scalar may mean a number, a Boolean or null: it stands without quotes and is not tagged a string.
  ///
  /// - Throws: `YAMLError` for a tag that asks for another type: `!!binary`, `!ruby/object`.
  func isPlain(_ scalar: Node.Scalar, place: Place) throws -> Bool {
    let isUnquoted = scalar.style == .plain || scalar.style == .any
    switch scalar.tag.description {
    case "": return isUnquoted
    case "!", Tag.Name.str.rawValue: return false
    case Tag.Name.int.rawValue, Tag.Name.float.rawValue, Tag.Name.bool.rawValue, Tag.Name.null.rawValue:
      let text = SourceScalar(text: scalar.string, isPlain: true)
      guard text.json == .string(scalar.string) else { return true }
      throw YAMLError(
        message: "\(scalar.string.shownBriefly) is not of the type its tag names", place: place,
        remedy: "remove the tag")
    default: throw unread(scalar.tag, place: place)
    }
  }

  /// Refuses a collection with a tag that asks for another type, as `!!set` does.
  func checkTag(_ tag: Tag, is name: Tag.Name, place: Place) throws {
    let text = tag.description
    guard text.isEmpty || text == "!" || text == name.rawValue else { throw unread(tag, place: place) }
  }

  private func unread(_ tag: Tag, place: Place) -> YAMLError {
    let core = "tag:yaml.org,2002:"
    let text = tag.description
    let written = text.hasPrefix(core) ? "!!" + text.dropFirst(core.count) : text
    return YAMLError(
      message: "the tag \(written.shownBriefly) is not read", place: place, remedy: "remove the tag")
  }
}
