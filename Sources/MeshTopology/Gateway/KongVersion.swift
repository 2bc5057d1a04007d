/// A version of Kong, as far as its settings depend on it.
public struct KongVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first number.
  public let major: Int
  /// The second number.
  public let minor: Int

  /// Creates a version.
  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// What a tag such as `3.4`, `3.9.1-ubuntu` or `v3.4.2` begins with; `nil` for any other text.
  public init?(tag: String) {
    let numbers = (tag.hasPrefix("v") ? tag.dropFirst() : tag[...]).split(
      separator: ".", omittingEmptySubsequences: false)
    guard numbers.count >= 2, let major = Int(numbers[0]), let minor = Int(numbers[1].prefix { $0.isNumber })
    else {
      return nil
    }
    self.init(major, minor)
  }

  public var description: String { "\(major).\(minor)" }

  public static func < (left: KongVersion, right: KongVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

extension Gateway {
  /// The version of Kong that the image has; `nil` when neither `version` nor the image's tag says it.
  public var kongVersion: KongVersion? { (version ?? image.tag).flatMap(KongVersion.init(tag:)) }
}
