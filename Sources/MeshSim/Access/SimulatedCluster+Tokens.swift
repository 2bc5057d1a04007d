/// Who may use the cluster from outside of the process.
extension SimulatedCluster {
  /// Lets whoever shows `token` be `user`.
  ///
  /// - Parameter groups: `system:masters` may do everything; `system:authenticated` is added.
  public func addToken(_ token: String, user: String, groups: [String] = []) {
    withState { $0.access.tokens[token] = UserInfo(name: user, groups: groups) }
  }
}
