import KubeModel

/// Writes objects from the text that is kept of their members.
enum ObjectText {
  /// `"kind":"…","apiVersion":"…"`, the members that stand in front of an object's own.
  static func prefix(apiVersion: String, kind: String) -> [UInt8] {
    Array("\"kind\":\"\(kind)\",\"apiVersion\":\"\(apiVersion)\"".utf8)
  }

  /// Appends an object: `members` is its text without kind and version, `prefix` those two.
  static func append(_ members: [UInt8], prefix: [UInt8], to bytes: inout [UInt8]) {
    guard !prefix.isEmpty else {
      bytes += members
      return
    }
    bytes.append(UInt8(ascii: "{"))
    bytes += prefix
    if members.count > 2 { bytes.append(UInt8(ascii: ",")) }
    bytes += members[1...]
  }

  /// A whole object.
  static func whole(_ stored: StoredObject, prefix: [UInt8]) -> [UInt8] {
    let members = stored.itemText
    var bytes: [UInt8] = []
    bytes.reserveCapacity(members.count + prefix.count + 2)
    append(members, prefix: prefix, to: &bytes)
    return bytes
  }
}
