/// A version of semver.org.
struct SemanticVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  let major: Int64
  let minor: Int64
  let patch: Int64
  let prerelease: [String]
  let build: String

  /// - Parameter isLenient: takes a leading `v`, missing parts and leading zeros.
  init?(_ text: String, isLenient: Bool = false) {
    var rest = isLenient && text.hasPrefix("v") ? text.dropFirst() : text[...]
    var build = ""
    if let plus = rest.firstIndex(of: "+") {
      build = String(rest[rest.index(after: plus)...])
      guard !build.isEmpty else { return nil }
      rest = rest[..<plus]
    }
    var prerelease: [String] = []
    if let dash = rest.firstIndex(of: "-") {
      prerelease = rest[rest.index(after: dash)...].split(separator: ".", omittingEmptySubsequences: false)
        .map(String.init)
      rest = rest[..<dash]
    }
    var numbers = rest.split(separator: ".", omittingEmptySubsequences: false)
    while isLenient, numbers.count < 3, prerelease.isEmpty, build.isEmpty { numbers.append("0") }
    let values = numbers.compactMap { part -> Int64? in
      guard part.utf8.allSatisfy({ (48...57).contains($0) }),
        isLenient || part.count == 1 || !part.hasPrefix("0")
      else { return nil }
      return Int64(part)
    }
    guard values.count == 3, numbers.count == 3 else { return nil }
    for part in prerelease {
      guard !part.isEmpty,
        part.utf8.allSatisfy({
          (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        })
      else { return nil }
    }
    (major, minor, patch) = (values[0], values[1], values[2])
    self.prerelease = prerelease
    self.build = build
  }

  var description: String {
    "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-" + prerelease.joined(separator: "."))
      + (build.isEmpty ? "" : "+" + build)
  }

  static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    if (left.major, left.minor, left.patch) != (right.major, right.minor, right.patch) {
      return (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
    // A version before its release is lower than the release.
    if left.prerelease.isEmpty || right.prerelease.isEmpty {
      return !left.prerelease.isEmpty && right.prerelease.isEmpty
    }
    for (a, b) in zip(left.prerelease, right.prerelease) where a != b {
      switch (Int64(a), Int64(b)) {
      case (let a?, let b?): return a < b
      case (nil, nil): return a < b
      case (let number, _): return number != nil
      }
    }
    return left.prerelease.count < right.prerelease.count
  }
}
