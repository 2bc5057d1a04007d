public import KubeModel

extension Problem {
  /// The problem for machines: `code`, `severity`, `message`, `object` (the document and the field), `file`, `line`,
  /// `column` and `remedy`.
  public var json: JSONValue {
    [
      "code": .string(code.description), "severity": .string(severity.rawValue), "message": .string(message),
      "object": .string(path), "file": .string(place.file), "line": .int(Int64(place.line)),
      "column": .int(Int64(place.column)), "remedy": .string(remedy),
    ]
  }
}
