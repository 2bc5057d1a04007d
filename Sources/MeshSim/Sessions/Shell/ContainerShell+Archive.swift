import KubeModel

/// `tar` as `kubectl cp` calls it: archives to the output, and from the input.
extension ContainerShell {
  mutating func tar(_ arguments: [String], _ input: [UInt8]) -> Result {
    guard let mode = arguments.first else { return .failure("tar: must specify one of -c, -x, -t", 1) }
    var base = folder
    var names: [String] = []
    var words = arguments.dropFirst()
    while let word = words.popFirst() {
      switch word {
      case "-C": base = words.popFirst().map { absolute($0) } ?? base
      case "-f": _ = words.popFirst()
      case "-": continue
      default: if !word.hasPrefix("-") { names.append(word) }
      }
    }
    return mode.contains("x") ? unpack(input, into: base) : pack(names, from: base)
  }

  private mutating func unpack(_ archive: [UInt8], into base: String) -> Result {
    for entry in TapeArchive.entries(of: archive) {
      let path = absolute("\(base)/\(entry.name)")
      if view.isReadOnly(path) {
        return .failure("tar: \(entry.name): Cannot open: Read-only file system", 2)
      }
      if let bytes = entry.bytes { view.write(bytes, to: path) } else { view.makeFolder(path) }
    }
    return Result()
  }

  private func pack(_ names: [String], from base: String) -> Result {
    var archive: [UInt8] = []
    for name in names {
      let path = name.hasPrefix("/") ? absolute(name) : absolute("\(base)/\(name)")
      guard view.isFolder(path) || view.bytes(of: path) != nil else {
        return .failure(
          "tar: \(name): Cannot stat: No such file or directory\ntar: Exiting with failure status due to "
            + "previous errors", 2)
      }
      add(path, as: name.drop { $0 == "/" }, to: &archive)
    }
    return Result(output: archive + [UInt8](repeating: 0, count: 1_024))
  }

  private func add(_ path: String, as name: Substring, to archive: inout [UInt8]) {
    if let bytes = view.bytes(of: path) {
      archive += TapeArchive.entry(String(name), bytes)
      return
    }
    archive += TapeArchive.entry(String(name) + "/", nil)
    for inner in view.names(in: path) {
      add(path == "/" ? "/" + inner : "\(path)/\(inner)", as: "\(name)/\(inner)", to: &archive)
    }
  }
}

/// The archive format of `tar` (POSIX.1-1988, ustar).
enum TapeArchive {
  private static let block = 512

  /// The files of an archive, and its folders, whose bytes are `nil`.
  static func entries(of archive: [UInt8]) -> [(name: String, bytes: [UInt8]?)] {
    var entries: [(name: String, bytes: [UInt8]?)] = []
    var offset = 0
    var longName: String?
    while offset + block <= archive.count, archive[offset] != 0 {
      let head = archive[offset..<offset + block]
      func text(_ start: Int, _ count: Int) -> String {
        String(decoding: head[(offset + start)..<(offset + start + count)].prefix { $0 != 0 }, as: UTF8.self)
      }
      let size = Int(text(124, 12).filter { ("0"..."7").contains($0) }, radix: 8) ?? 0
      let body = min(offset + block, archive.count)..<min(offset + block + size, archive.count)
      let prefix = text(345, 155)
      let own = longName ?? (prefix.isEmpty ? text(0, 100) : prefix + "/" + text(0, 100))
      longName = nil
      switch head[offset + 156] {
      case UInt8(ascii: "5"): entries.append((own, nil))
      case UInt8(ascii: "L"): longName = String(decoding: archive[body].prefix { $0 != 0 }, as: UTF8.self)
      case UInt8(ascii: "0"), 0: entries.append((own, Array(archive[body])))
      default: break
      }
      offset += block + (size + block - 1) / block * block
    }
    return entries
  }

  /// One entry; a folder when there are no bytes.
  static func entry(_ name: String, _ bytes: [UInt8]?) -> [UInt8] {
    var head = [UInt8](repeating: 0, count: block)
    func put(_ text: String, at start: Int) {
      head.replaceSubrange(start..<start + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let name = String(decoding: Array(name.utf8.prefix(100)), as: UTF8.self)
    put(name, at: 0)
    put(bytes == nil ? "0000755" : "0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(bytes?.count ?? 0, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put(bytes == nil ? "5" : "0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(head.reduce(0) { $0 + Int($1) }, 6), at: 148)
    head[154] = 0
    let padding = (block - (bytes?.count ?? 0) % block) % block
    return head + (bytes ?? []) + [UInt8](repeating: 0, count: padding)
  }
}
