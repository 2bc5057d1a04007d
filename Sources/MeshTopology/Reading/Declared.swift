/// A value with the document that declares it.
struct Declared<Value: DocumentValue> {
  let value: Value
  let document: Document
  /// Whether all of the document could be read: then indices of the value are those of the text.
  let isSound: Bool
}
