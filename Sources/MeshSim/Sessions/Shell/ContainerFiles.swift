/// What programs have written in a pod's containers. It goes with the pod.
struct ContainerFiles: Sendable {
  /// Bytes by place: `CONTAINER:/path`, or `volume NAME:/path` for what containers share. `nil` is a folder.
  private var entries: [String: [UInt8]?] = [:]

  enum Entry {
    case file([UInt8])
    case folder
  }

  subscript(place: String) -> Entry? {
    get { entries[place].map { $0.map(Entry.file) ?? .folder } }
    set {
      switch newValue {
      case nil: entries[place] = nil
      case .folder?: entries[place] = .some(nil)
      case .file(let bytes)?: entries[place] = .some(bytes)
      }
    }
  }

  /// The places below a folder, in order.
  func places(below folder: String) -> [String] {
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    return entries.keys.filter { $0.hasPrefix(start) }.sorted()
  }

  /// Removes what is at a place and below it.
  mutating func remove(_ place: String) {
    for inner in places(below: place) { entries[inner] = nil }
    entries[place] = nil
  }
}
