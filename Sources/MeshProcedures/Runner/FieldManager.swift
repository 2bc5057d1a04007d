/// The field managers of MeshKit, one a concern.
public enum FieldManager {
  /// What Git declares.
  public static let sync = "meshctl-sync"
  /// What a rollout changes: release, weights, capacity floor, canary.
  public static let rollout = "meshctl-rollout"
  /// Checkpoints and histories.
  public static let checkpoint = "meshctl-checkpoint"
  /// Leases, and the fences that go with them.
  public static let lock = "meshctl-lock"
}
