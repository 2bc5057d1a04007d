import KubeModel
import Synchronization

/// One version of a stored object, with its JSON text once someone has asked for it.
///
/// Lists, reads and watch events share the text: each version is encoded at most once.
final class StoredObject: Sendable {
  let object: KubeObject
  /// The resource version at which it was stored.
  let version: Int64
  private let text = Mutex<[UInt8]?>(nil)

  init(_ object: KubeObject, version: Int64) {
    self.object = object
    self.version = version
  }

  /// The members of the object but `apiVersion` and `kind`, as a JSON object: the form of an item in a list.
  var itemText: [UInt8] {
    text.withLock { text in
      if let text { return text }
      var fields = object.fields
      fields["apiVersion"] = nil
      fields["kind"] = nil
      let bytes = JSONValue.object(fields).jsonBytes()
      text = bytes
      return bytes
    }
  }

  /// Roughly how many bytes it takes in memory, for bounds only: what stands in one field of a map is counted.
  var approximateSize: Int {
    var size = 4_096
    for member in object.fields.members {
      for inner in member.value.object?.members ?? [] { size += inner.value.string?.utf8.count ?? 0 }
    }
    return size
  }
}
