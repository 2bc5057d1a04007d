/// The first two parts of a version, by which forms of objects change.
struct VersionNumber: Comparable {
  let major: Int
  let minor: Int

  init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `1.27.0` or `1.27`; what is no number counts as 0.
  init(_ text: String) {
    let parts = text.split(separator: ".").map { Int($0) ?? 0 }
    self.init(parts.first ?? 0, parts.dropFirst().first ?? 0)
  }

  static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
