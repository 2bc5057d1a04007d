/// Which port of a workload is meant.
public enum PortReference: Hashable, Sendable, CustomStringConvertible {
  /// The port of this name.
  case name(String)
  /// The port of this number, as the Service has it.
  case number(Int)

  public var description: String {
    switch self {
    case .name(let name): name
    case .number(let number): String(number)
    }
  }
}
