import KubeModel
import MeshProcedures

/// One thing for which a kustomization is not built.
struct KustomizationProblem: Hashable, Sendable, CustomStringConvertible {
  /// The file, with line and column when there are any.
  let place: String
  let message: String
  let remedy: String

  init(_ message: String, at place: String, remedy: String) {
    self.place = place
    self.message = message
    self.remedy = remedy
  }

  /// A problem of one field, such as `patches[0].path`.
  init(_ message: String, at place: Place, field: String, remedy: String) {
    self.init("\(message) (\(field))", at: place.description, remedy: remedy)
  }

  var description: String { "\(place): \(message); \(remedy)" }

  /// All of them as one error.
  static func error(_ problems: [KustomizationProblem]) -> ProcedureError? {
    guard let first = problems.first else { return nil }
    guard problems.count > 1 else {
      return ProcedureError(.invalidInput, first.message, place: first.place, remedy: first.remedy)
    }
    let shown = problems.prefix(shownLimit).map { "\n  \($0)" }.joined()
    let rest = problems.count > shownLimit ? "\n  and \(problems.count - shownLimit) more" : ""
    return ProcedureError(
      .invalidInput, "\(problems.count) things are wrong with the kustomizations:\(shown)\(rest)")
  }

  private static let shownLimit = 20
}

/// A text from a repository as messages show it: in quotes, on one line, at most 80 characters.
func quoted(_ text: some StringProtocol) -> String {
  let start = text.unicodeScalars.prefix(80)
  let escaped = start.map { $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : "\($0)" }
  return "\"" + escaped.joined() + (text.unicodeScalars.count > 80 ? "…" : "") + "\""
}
