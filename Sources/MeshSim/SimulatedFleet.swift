public import Seams
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The embedded clusters of one folder: they share virtual time, live on disk between processes, and
/// belong to one process at a time.
public final class SimulatedFleet: Sendable {
  /// The clusters by name.
  public let clusters: [String: SimulatedCluster]
  /// The virtual time they share.
  public let simulation: Simulation
  private let folder: String
  private let files: [String: ClusterFile]
  private let lock: FolderLock?

  /// The time at which a new fleet starts.
  public static let epoch = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z

  /// Opens the clusters called `names`, making those that are missing.
  ///
  /// - Parameters:
  ///   - folder: where they live, such as `.meshctl`.
  ///   - seed: the seed of clusters that are made.
  ///   - isTwin: works on a copy in memory; nothing is written.
  ///   - notBefore: the time goes on from here, if it was not later already; such as wall time.
  /// - Throws: `ClusterFileError`; `isLocked` while another process has them open.
  public init(
    folder: String, names: [String], seed: UInt64, isTwin: Bool = false, notBefore: Timestamp? = nil
  ) throws {
    self.folder = folder
    let root = folder + "/clusters"
    // A twin leaves no trace: where nobody has kept clusters yet there is nothing to lock.
    let isUntouched = isTwin && access(folder + "/lock", F_OK) != 0
    if !isTwin { mkdir(folder, 0o700) }
    lock = isUntouched ? nil : try FolderLock(folder: folder)
    if !isTwin { mkdir(root, 0o700) }
    var states: [String: ClusterState] = [:]
    for name in names { states[name] = try ClusterFile.load(folder: root + "/" + name) }
    let now = (states.values.map(\.now) + [notBefore].compactMap { $0 }).max() ?? SimulatedFleet.epoch
    // The order of jobs is seeded by the time too, or each command would repeat the draws of the last.
    simulation = Simulation(seed: seed ^ UInt64(bitPattern: now.microseconds), start: now)
    var clusters: [String: SimulatedCluster] = [:]
    var files: [String: ClusterFile] = [:]
    for name in names {
      var state = states[name] ?? ClusterState(name: name, seed: seed, now: now)
      state.now = now
      if !isTwin {
        let file = try ClusterFile(folder: root + "/" + name)
        // Begins with an empty journal: what was cut off at its end must not become part of the next line.
        if try states[name] == nil || file.hasCommits { try file.save(state) }
        state.journal = file
        files[name] = file
      }
      clusters[name] = SimulatedCluster(state: state, clock: simulation.clock)
    }
    self.clusters = clusters
    self.files = files
  }

  /// The names of the clusters that a folder keeps.
  public static func names(in folder: String) -> [String] {
    entries(of: folder + "/clusters").filter { name in
      ClusterFile.names.contains { access(folder + "/clusters/\(name)/\($0)", F_OK) == 0 }
    }
  }

  /// Saves all clusters in their present state.
  ///
  /// - Throws: `ClusterFileError`. What was committed before is safe all the same.
  public func save() throws {
    let now = simulation.clock.now
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      try clusters[name]?.withState { state in
        // A cluster where nothing was due has not heard of the time since.
        state.now = max(state.now, now + state.clockSkew)
        try file.save(state)
      }
    }
  }

  /// Saves the clusters whose journals have grown much longer than what they hold.
  ///
  /// - Throws: `ClusterFileError`, also when commits could not be kept since the last time.
  public func saveGrown() throws {
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      if let failure = file.failure { throw failure }
      if file.hasGrown { try clusters[name]?.withState { try file.save($0) } }
    }
  }

  /// Lets the next one have the folder, in this process or another: who still holds the fleet, such as a
  /// closure that is just ending, must not keep it shut. Nothing may be saved afterwards.
  public func close() { lock?.release() }

  /// Removes all embedded clusters of a folder.
  ///
  /// - Returns: the names of those removed.
  /// - Throws: `ClusterFileError`.
  public static func reset(folder: String) throws -> [String] {
    guard access(folder + "/clusters", F_OK) == 0 else { return [] }
    let lock = try FolderLock(folder: folder)
    defer { withExtendedLifetime(lock) {} }
    var removed: [String] = []
    for name in entries(of: folder + "/clusters") {
      let cluster = folder + "/clusters/" + name
      // Only what is known to be ours: the folder may be one of someone's own.
      guard ClusterFile.names.contains(where: { access(cluster + "/" + $0, F_OK) == 0 }) else { continue }
      for file in ClusterFile.names { unlink(cluster + "/" + file) }
      guard rmdir(cluster) == 0 else {
        throw ClusterFileError(
          message: "cannot be removed: \(String(cString: strerror(errno)))", path: cluster, isLocked: false)
      }
      removed.append(name)
    }
    rmdir(folder + "/clusters")
    return removed
  }

  private static func entries(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// Keeps other processes out of a folder. The kernel gives it up when the process ends, however it ends.
private final class FolderLock: Sendable {
  private let held: Mutex<Int32?>

  init(folder: String) throws {
    let path = folder + "/lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ClusterFileError(
        message: "cannot be opened: \(String(cString: strerror(errno)))", path: path, isLocked: false)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw ClusterFileError(
        message: "another meshctl uses the embedded clusters of this folder", path: path, isLocked: true)
    }
    held = Mutex(descriptor)
  }

  deinit { release() }

  func release() {
    held.withLock { descriptor in
      if let descriptor {
        // A program that is being started has a copy of the descriptor for a moment, which would hold on to it.
        flock(descriptor, LOCK_UN)
        close(descriptor)
      }
      descriptor = nil
    }
  }
}
