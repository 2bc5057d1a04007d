public import KubeModel

/// What is wrong with how a text is read and written again, or nil when nothing is.
///
/// Any text is either refused with a place, or each of its documents is one that reads back equal after it was
/// written as YAML and as JSON. Limits are small, so that a fuzzer tries much in little time.
public func roundTripFault(_ bytes: [UInt8]) -> String? {
  var reader = YAMLReader()
  reader.sizeLimit = 1 << 16
  reader.nodeLimit = 5_000
  reader.textLimit = 1 << 17
  let documents: [SourceNode]
  do {
    documents = try reader.documents(bytes, file: "f")
  } catch {
    return refusalFault(error)
  }
  for document in documents {
    if let fault = roundTripFault(document.json) { return fault }
  }
  return nil
}

/// What is wrong with how a value is written and read again, or nil when nothing is.
public func roundTripFault(_ value: JSONValue) -> String? {
  let text = value.yamlText()
  do {
    let again = try YAMLReader().documents(Array(text.utf8), file: "f").map(\.json)
    guard again.count == 1, again[0] == value, Array(again[0].jsonText().utf8) == Array(value.jsonText().utf8)
    else {
      return "read back as \(again.map { $0.jsonText() }) from\n\(text)\nwritten for \(value.jsonText())"
    }
    guard try JSONValue(json: value.jsonBytes()) == value else {
      return "the JSON reads back as something else: \(value.jsonText())"
    }
  } catch {
    return "not read back: \(error) in\n\(text)\nwritten for \(value.jsonText())"
  }
  return nil
}

private func refusalFault(_ error: any Error) -> String? {
  guard let error = error as? YAMLError else { return "an error of another type: \(error)" }
  guard error.place.line >= 1, error.place.column >= 1, error.place.file == "f" else {
    return "no place: \(error)"
  }
  guard error.description.utf8.count < 1_000 else {
    return "a message of \(error.description.utf8.count) bytes"
  }
  return nil
}
