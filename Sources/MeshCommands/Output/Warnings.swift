import MeshKit

extension [Problem] {
  /// `1 warning`, `3 warnings`.
  var counted: String { "\(count) warning\(count == 1 ? "" : "s")" }
}

extension Terminal {
  /// Says that there are warnings, where they are not what was asked for.
  func mention(_ warnings: [Problem]) {
    if !warnings.isEmpty { log("\(warnings.counted): meshctl validate shows them") }
  }
}
