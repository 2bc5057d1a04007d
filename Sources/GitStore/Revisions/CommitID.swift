/// The id of a commit: 40 hexadecimal digits in lower case.
public struct CommitID: Hashable, Comparable, Sendable, LosslessStringConvertible {
  /// The id as that of any object.
  public let object: ObjectID

  /// Reads 40 hexadecimal digits of either case; nil for anything else.
  ///
  /// Whether a repository holds such a commit is known only when it is read.
  public init?(_ description: String) {
    guard let object = ObjectID(description) else { return nil }
    self.object = object
  }

  init(_ object: ObjectID) { self.object = object }

  /// The 40 digits.
  public var description: String { object.description }

  /// The first 12 digits, for people.
  public var abbreviated: String { String(description.prefix(12)) }

  /// Orders by the digits, which says nothing about time.
  public static func < (left: Self, right: Self) -> Bool { left.object < right.object }
}
