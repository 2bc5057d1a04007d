/// Who a token stands for.
public struct ServedUser: Hashable, Sendable {
  /// The user's name, as Kubernetes knows it.
  public var name: String
  /// The user's groups.
  public var groups: [String]

  /// Creates a user.
  public init(name: String, groups: [String] = []) {
    self.name = name
    self.groups = groups
  }

  /// A user who may do anything: that is what the group means to every cluster.
  public static let admin = ServedUser(name: "kubernetes-admin", groups: ["system:masters"])
  /// Who brings no token.
  public static let anonymous = ServedUser(name: "system:anonymous", groups: ["system:unauthenticated"])
}
