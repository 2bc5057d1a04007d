import KubeModel

/// What has to be brought up to date right after a commit: roles made of others, and what quotas count.
enum AccessFollowUp {
  static func follow(_ commit: Commit, in state: inout ClusterState) {
    RoleAggregation.follow(commit, in: &state)
    QuotaUsage.follow(commit, in: &state)
  }
}
