/// A machine type of Compute Engine: how many cores and how much memory a node has.
///
/// Source: «Machine families resource and comparison guide» of Compute Engine, whose GB are powers of two.
public struct MachineType: Hashable, Sendable {
  /// The name, such as `e2-standard-4`.
  public let name: String
  /// The number of virtual cores.
  public let cores: Int
  /// The memory in bytes.
  public let memory: Int
  /// Whether its cores are shared with other machines, so that they cannot be used all the time.
  public let isShared: Bool

  /// Finds a machine type by its name.
  ///
  /// - Returns: `nil` for a type that is not in the tables here: its size is not guessed.
  public init?(_ name: String) {
    if let memory = MachineType.shared[name] {
      self.init(name: name, cores: 2, gibibytes: memory, isShared: true)
    } else if let (cores, gibibytes) = MachineType.predefined(name) ?? MachineType.custom(name) {
      self.init(name: name, cores: cores, gibibytes: gibibytes, isShared: false)
    } else {
      return nil
    }
  }

  private init(name: String, cores: Int, gibibytes: Double, isShared: Bool) {
    self.name = name
    self.cores = cores
    self.memory = Int(gibibytes * 0x1p30)
    self.isShared = isShared
  }

  private static func predefined(_ name: String) -> (Int, Double)? {
    guard let dash = name.lastIndex(of: "-"), let cores = Int(name[name.index(after: dash)...]),
      name.hasSuffix("-\(cores)"), let series = Series.all[String(name[..<dash])],
      series.cores.contains(cores)
    else { return nil }
    return (cores, irregular[name] ?? Double(cores) * series.gibibytesPerCore)
  }

  /// `FAMILY-custom-CORES-MEBIBYTES`, with `-ext` for more memory than usual; without a family it is N1's.
  private static func custom(_ name: String) -> (Int, Double)? {
    var parts = name.split(separator: "-", omittingEmptySubsequences: false)
    if parts.first == "custom" { parts.insert("n1", at: 0) }
    let isExtended = parts.last == "ext"
    if isExtended { parts.removeLast() }
    guard parts.count == 4, parts[1] == "custom", let bounds = CustomBounds.all[String(parts[0])],
      let cores = Int(parts[2]), let mebibytes = Int(parts[3]), mebibytes.isMultiple(of: 256)
    else { return nil }
    let perCore = Double(mebibytes) / 1024 / Double(max(1, cores))
    guard bounds.cores.contains(cores), cores == 1 || cores.isMultiple(of: 2),
      perCore >= bounds.gibibytesPerCore.lowerBound,
      isExtended ? mebibytes <= 1024 * 768 : perCore <= bounds.gibibytesPerCore.upperBound
    else { return nil }
    return (cores, Double(mebibytes) / 1024)
  }
}
