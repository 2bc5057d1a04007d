import KubeModel

/// The first value of a body that does not fit its type.
struct DecodingFailure: Sendable {
  enum Problem: Sendable {
    /// The kind of the value and the Go type that it does not fit.
    case mismatch(String, String)
    /// In the words of whoever parses the value.
    case other(String)
  }

  let problem: Problem
  /// The innermost struct.
  private var structure: String?
  private var path: [String] = []

  init(problem: Problem) { self.problem = problem }

  /// Notes a step of the way to the value, from the inside out.
  mutating func enter(_ name: String, of structure: String? = nil) {
    if self.structure == nil, let structure {
      self.structure = GoText.plainName(structure)
    }
    // Keys of maps are not part of the field that Go names.
    if structure != nil { path.insert(name, at: 0) }
  }

  /// As `encoding/json` of Go says it.
  var message: String {
    switch problem {
    case .other(let text): return text
    case .mismatch(let value, let type):
      guard let structure else { return "json: cannot unmarshal \(value) into Go value of type \(type)" }
      return
        "json: cannot unmarshal \(value) into Go struct field \(structure).\(path.joined(separator: ".")) "
        + "of type \(type)"
    }
  }
}
