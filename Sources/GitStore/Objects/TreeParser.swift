/// One entry as a tree holds it.
struct RawTreeEntry: Equatable {
  let mode: UInt32
  let name: String
  let id: ObjectID

  var kind: TreeEntry.Kind? { TreeEntry.Kind(mode: mode) }
}

/// Reads the bytes of a tree, which anyone who can push may have written.
///
/// libgit2 would parse them too, but it keeps names that Git itself forbids and cuts none of the cases
/// apart; here each has its own words, and the whole is a pure function.
enum TreeParser {
  /// Why a tree is refused.
  struct Defect: Error, Equatable {
    let code: GitError.Code
    let reason: String

    static func malformed(_ reason: String) -> Defect { Defect(code: .objectCorrupt, reason: reason) }
    static func unsafe(_ reason: String) -> Defect { Defect(code: .unsafePath, reason: reason) }
    static func tooLarge(_ reason: String) -> Defect { Defect(code: .tooLarge, reason: reason) }
  }

  /// The entries in the order of the tree, of which there may be at most `maxEntries`.
  static func entries(of bytes: [UInt8], maxEntries: Int) throws(Defect) -> [RawTreeEntry] {
    var entries: [RawTreeEntry] = []
    var names: Set<ArraySlice<UInt8>> = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard entries.count < maxEntries else { throw .tooLarge("it has more than \(maxEntries) entries") }
      let mode = try readMode(&rest)
      guard let end = rest.firstIndex(of: 0) else { throw .malformed("an entry's name has no end") }
      let name = rest[..<end]
      rest = rest[(end + 1)...]
      guard rest.count >= ObjectID.byteCount else { throw .malformed("its last entry is cut off") }
      let text = try checkedName(name)
      guard names.insert(name).inserted else {
        throw .malformed("it has two entries named \(quotedName(text))")
      }
      entries.append(
        RawTreeEntry(mode: mode, name: text, id: ObjectID(bytes: rest.prefix(ObjectID.byteCount))))
      rest = rest.dropFirst(ObjectID.byteCount)
    }
    return entries
  }

  /// An octal number and a space.
  private static func readMode(_ rest: inout ArraySlice<UInt8>) throws(Defect) -> UInt32 {
    var mode: UInt32 = 0
    var digits = 0
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "7") where digits < 7:
        mode = mode * 8 + UInt32(byte - UInt8(ascii: "0"))
        digits += 1
      case UInt8(ascii: " ") where digits > 0: return mode
      default: throw .malformed("an entry's mode is not an octal number")
      }
    }
    throw .malformed("an entry's mode has no end")
  }

  private static func checkedName(_ bytes: ArraySlice<UInt8>) throws(Defect) -> String {
    guard let name = String(validating: bytes, as: UTF8.self) else {
      let shown = quotedName(String(decoding: bytes, as: UTF8.self))
      throw .unsafe("the name of its entry \(shown) is not valid UTF-8")
    }
    guard !name.isEmpty else { throw .unsafe("it has an entry without a name") }
    guard bytes.count <= maxNameBytes else {
      throw .unsafe("the name of its entry \(quotedName(name)) is longer than \(maxNameBytes) bytes")
    }
    guard RepositoryPath.isSafe(component: name) else {
      throw .unsafe("its entry \(quotedName(name)) could lead outside the repository")
    }
    return name
  }

  // What file systems take; it also keeps the paths of a whole listing small.
  private static let maxNameBytes = 255
}
