import KubeModel

/// A body as it is written, before it is an object.
struct BodyText {
  let value: JSONValue
  /// The text in its order, where a key stands twice.
  var outline: JSONOutline?

  /// Reads JSON, YAML or protobuf.
  ///
  /// - Throws: 400 for a text that is none of it, or holds no object; 415 for another media type.
  static func read(
    _ body: [UInt8], mediaType: String, expected: (apiVersion: String, kind: String)?
  ) throws(StatusError) -> BodyText {
    let type = mediaType.split(separator: ";").first.map { $0.split(separator: " ").joined() } ?? ""
    switch type {
    case "", "application/json", "*/*": return try readJSON(body, expected)
    case "application/yaml", "text/yaml", "application/x-yaml":
      switch readYAML(body) {
      case .success(let value) where value.object != nil: return BodyText(value: value)
      case .success(let value):
        throw unrecognized(notAnObject(value), expected, body)
      case .failure(let problem): throw unrecognized(problem.message, expected, body)
      }
    case "application/vnd.kubernetes.protobuf":
      do {
        return BodyText(value: try ProtobufObject.read(body))
      } catch {
        throw .badRequest(
          "the object provided is unrecognized (must be of type \(expected?.kind ?? "object")): \(error.message) "
            + "(\(summary(body)))")
      }
    default:
      throw StatusError(
        code: 415, reason: "UnsupportedMediaType",
        message: "the body of the request was in an unknown format - accepted media types include: "
          + "application/json, application/yaml, application/vnd.kubernetes.protobuf")
    }
  }

  private static func readJSON(_ body: [UInt8], _ expected: (apiVersion: String, kind: String)?)
    throws(StatusError) -> BodyText
  {
    if let value = (try? JSONValue(json: body)) ?? mended(body) {
      guard value.object != nil else { throw unrecognized(notAnObject(value), expected, body) }
      return BodyText(value: value)
    }
    do {
      let outline = try JSONOutline(json: body)
      guard case .object = outline else { throw unrecognized(notAnObject(outline.json), expected, body) }
      return BodyText(value: outline.json, outline: outline)
    } catch let error as StatusError {
      throw error
    } catch {
      throw unrecognized(problem(of: body, error), expected, body)
    }
  }

  /// Bytes that are no text count as unreadable characters, as in Go.
  private static func mended(_ body: [UInt8]) -> JSONValue? {
    guard String(validating: body, as: UTF8.self) == nil else { return nil }
    return try? JSONValue(json: Array(String(decoding: body, as: UTF8.self).utf8))
  }

  struct YAMLProblem: Error { let message: String }

  /// The first document of a YAML text; null for an empty one.
  static func readYAML(_ body: [UInt8]) -> Result<JSONValue, YAMLProblem> {
    do {
      let documents = try YAMLReader().documents(body, file: "body")
      return .success(documents.first?.json ?? .null)
    } catch let error as YAMLError {
      return .failure(YAMLProblem(message: "yaml: line \(error.place.line): \(error.message)"))
    } catch {
      return .failure(YAMLProblem(message: "yaml: \(error)"))
    }
  }

  /// The refusal of a body whose kind cannot be read.
  static func unrecognized(
    _ problem: String, _ expected: (apiVersion: String, kind: String)?, _ body: [UInt8]
  ) -> StatusError {
    .badRequest(
      "the object provided is unrecognized (must be of type \(expected?.kind ?? "object")): "
        + "couldn't get version/kind; json parse error: \(problem) (\(summary(body)))")
  }

  private static func notAnObject(_ value: JSONValue) -> String {
    "json: cannot unmarshal \(value.goKind) into Go value of type struct { APIVersion string "
      + "\"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
  }

  /// What Go's reader says about a text that is not JSON.
  static func problem(of body: [UInt8], _ error: any Error) -> String {
    guard let error = error as? JSONSyntaxError else { return "\(error)" }
    guard error.offset < body.count else { return "unexpected end of JSON input" }
    let character = Unicode.Scalar(body[error.offset])
    return "invalid character '\(character)' looking for beginning of value"
  }

  /// The start of a body: as text when it looks like JSON, else in hexadecimal digits.
  private static func summary(_ body: [UInt8]) -> String {
    guard let first = body.first else { return "<empty>" }
    let start = body.prefix(30)
    let more = body.count > 30 ? " ..." : ""
    if first == UInt8(ascii: "{") { return String(decoding: start, as: UTF8.self) + more }
    return start.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + more
  }
}
