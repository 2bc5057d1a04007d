import KubeModel
import Seams
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The state of an embedded cluster that cannot be read or written.
public struct ClusterFileError: Error, CustomStringConvertible, Sendable {
  /// What happened.
  public let message: String
  /// The file.
  public let path: String
  /// Whether another process uses the state.
  public let isLocked: Bool

  public var description: String { "\(path): \(message)" }
}

/// Where an embedded cluster lives between processes: a folder with a snapshot and a journal of the
/// commits since.
///
/// A commit is in the journal before anyone hears of it, so a killed process loses nothing. A line that
/// was cut off by the kill is the last one, was never answered, and is dropped. Commits carry their
/// version, so a journal that is older than the snapshot does no harm either.
final class ClusterFile: CommitJournal {
  static let formatVersion: Int64 = 2
  /// The names of all files in a cluster's folder.
  static let names = ["snapshot.json", "snapshot.json.new", "journal.jsonl"]

  private struct Journal {
    let descriptor: Int32
    /// Bytes in the journal, and in the snapshot before it.
    var size = 0
    var snapshot = 0
    var failure: ClusterFileError?
  }

  private let folder: String
  private let journal: Mutex<Journal>
  /// A journal is folded into the snapshot when it is larger than this and than twice the snapshot.
  private static let journalLimit = 16 << 20

  /// Opens the folder's journal for appending, making what is missing.
  init(folder: String) throws {
    self.folder = folder
    mkdir(folder, 0o700)
    let path = folder + "/journal.jsonl"
    let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw ClusterFile.failure("cannot be opened", path) }
    journal = Mutex(Journal(descriptor: opened))
  }

  deinit { journal.withLock { _ = close($0.descriptor) } }

  var failure: ClusterFileError? { journal.withLock { $0.failure } }

  /// Whether it is time to save everything anew.
  var hasGrown: Bool {
    journal.withLock { $0.size > ClusterFile.journalLimit && $0.size > 2 * $0.snapshot }
  }

  func record(_ commit: Commit, at time: Timestamp) {
    var line: JSONObject = [
      "version": .int(commit.resourceVersion), "time": .int(time.microseconds),
      "kind": commit.kind.saved,
    ]
    if commit.change == .deleted {
      line["namespace"] = commit.object.namespace.map(JSONValue.string)
      line["name"] = .string(commit.object.name)
    } else {
      line["object"] = commit.object.json
    }
    let bytes = JSONValue.object(line).jsonBytes() + [UInt8(ascii: "\n")]
    journal.withLock { journal in
      // What came after a line that is not whole would not be read back.
      guard journal.failure == nil else { return }
      journal.size += bytes.count
      if !ClusterFile.writeAll(bytes, to: journal.descriptor) {
        journal.failure = ClusterFile.failure("cannot be written", folder + "/journal.jsonl")
      }
    }
  }

  /// Whether the journal holds anything, be it readable or not.
  var hasCommits: Bool {
    get throws {
      try journal.withLock { journal in
        var status = stat()
        guard fstat(journal.descriptor, &status) == 0 else {
          throw ClusterFile.failure("cannot be read", folder + "/journal.jsonl")
        }
        return status.st_size > 0
      }
    }
  }

  /// Writes everything into a new snapshot, in place of the old one and the journal.
  func save(_ state: borrowing ClusterState) throws {
    let store = state.store
    let objects = store.kinds.flatMap { kind in
      store.list(kind).map { JSONValue.array([kind.saved, $0.json]) }
    }
    let snapshot: JSONValue = [
      "format": .int(ClusterFile.formatVersion), "name": .string(state.name),
      "seed": .string(String(state.seed)), "time": .int(state.trueNow.microseconds),
      "resourceVersion": .int(store.resourceVersion), "setup": state.controllers.setup.saved,
      "objects": .array(objects),
    ]
    let path = folder + "/snapshot.json"
    let draft = path + ".new"
    let written = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard written >= 0 else { throw ClusterFile.failure("cannot be written", draft) }
    let bytes = snapshot.jsonBytes()
    let isWhole = ClusterFile.writeAll(bytes, to: written)
    close(written)
    guard isWhole, rename(draft, path) == 0 else { throw ClusterFile.failure("cannot be written", path) }
    // From here on the journal holds nothing that the snapshot does not; a kill in between is harmless.
    journal.withLock { journal in
      _ = ftruncate(journal.descriptor, 0)
      (journal.size, journal.snapshot, journal.failure) = (0, bytes.count, nil)
    }
  }

  /// Reads a cluster back; `nil` when the folder holds none.
  static func load(folder: String, limit: Int = 1 << 30) throws -> ClusterState? {
    let path = folder + "/snapshot.json"
    guard let bytes = try read(path, limit: limit) else { return nil }
    let damaged = ClusterFileError(
      message: "the state is damaged or was written by another version; meshctl sim reset removes it",
      path: path, isLocked: false)
    guard let snapshot = try? JSONValue(json: bytes), snapshot["format"]?.int == formatVersion,
      let name = snapshot["name"]?.string, let seed = snapshot["seed"]?.string.flatMap(UInt64.init),
      let time = snapshot["time"]?.int, let version = snapshot["resourceVersion"]?.int,
      let objects = snapshot["objects"]?.array,
      let setup = snapshot["setup"].flatMap(ClusterSetup.init(saved:))
    else { throw damaged }
    var state = ClusterState(name: name, seed: seed, now: Timestamp(microseconds: time))
    state.store = ObjectStore()
    state.controllers.setup = setup
    for value in objects {
      guard let entry = value.array, entry.count == 2, let kind = ResourceKind(saved: entry[0]),
        let object = KubeObject(entry[1])
      else { throw damaged }
      state.store.restore(object, kind: kind)
    }
    let last = replay(try read(folder + "/journal.jsonl", limit: limit) ?? [], after: version, into: &state)
    state.store.restore(resourceVersion: last)
    // Names and draws must not repeat those of the process before.
    state.generator = SeededGenerator(seed: seed, stream: StableHash.of(name) &+ UInt64(bitPattern: last))
    return state
  }

  private static func replay(_ journal: [UInt8], after version: Int64, into state: inout ClusterState)
    -> Int64
  {
    var last = version
    for line in journal.split(separator: UInt8(ascii: "\n")) {
      guard let entry = try? JSONValue(json: line), let number = entry["version"]?.int,
        let time = entry["time"]?.int, let kind = entry["kind"].flatMap(ResourceKind.init(saved:))
      else { break }
      guard number > last else { continue }
      if let object = entry["object"].flatMap(KubeObject.init(_:)) {
        state.store.restore(object, kind: kind)
      } else {
        let key = ObjectKey(namespace: entry["namespace"]?.string ?? "", name: entry["name"]?.string ?? "")
        state.store.restoreRemoval(kind, key)
      }
      state.now = max(state.now, Timestamp(microseconds: time))
      last = number
    }
    return last
  }

  // MARK: Files

  @discardableResult
  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
  }

  private static func read(_ path: String, limit: Int) throws -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure("cannot be read", path)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot be read", path) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw ClusterFileError(message: "is larger than \(limit) bytes", path: path, isLocked: false)
      }
    }
  }

  private static func failure(_ what: String, _ path: String) -> ClusterFileError {
    ClusterFileError(message: "\(what): \(String(cString: strerror(errno)))", path: path, isLocked: false)
  }
}

extension ResourceKind {
  /// The kind as it stands in files: custom kinds are known only from their definitions.
  fileprivate var saved: JSONValue {
    [.string(group), .string(version), .string(kind), .string(plural), .bool(isNamespaced)]
  }

  fileprivate init?(saved value: JSONValue) {
    guard let parts = value.array, parts.count == 5, let group = parts[0].string,
      let version = parts[1].string,
      let kind = parts[2].string, let plural = parts[3].string, let isNamespaced = parts[4].bool
    else { return nil }
    self.init(group: group, version: version, kind: kind, plural: plural, isNamespaced: isNamespaced)
  }
}
