/// A container beside a workload's own one; it finds the same files, secrets and volumes.
public struct Container: TopologyValue {
  /// The name; unique in its workload.
  public var name: String
  /// The image it runs.
  public var image: ImageReference
  /// What is run; the image's entry point by default.
  public var command: [String] = []
  /// Its arguments; the image's by default.
  public var args: [String] = []
  /// The environment variables; none by default.
  public var env: [String: EnvironmentValue] = [:]
  /// What it asks of its node; nothing by default.
  public var resources: ComputeResources?
  /// The user id it runs as; the image's by default.
  public var runAsUser: Int?

  /// A container with the defaults.
  public init(name: String, image: ImageReference) {
    self.name = name
    self.image = image
  }
}

extension Container: Formed {
  static let form = Form(
    "Container", "A container beside a workload's own one; it finds the same files, secrets and volumes.",
    blank: Self(name: "", image: .unreadable)
  ) {
    FormField.required("name", \.name, .name(.label), example: "migrate", "The name, unique in its workload.")
    FormField.required(
      "image", \.image, .image, example: "gcr.io/project/migrate:1.0.0", "The image it runs.")
    FormField.list(
      "command", \.command, .list(of: .text()), "What is run; the image's entry point by default.")
    FormField.list("args", \.args, .list(of: .text()), "Its arguments; the image's by default.")
    FormField.defaulted(
      "env", \.env, .map(.variable, EnvironmentValue.codec), "The environment variables.", default: [:])
    FormField.optional("resources", \.resources, .form, "What it asks of its node.")
    FormField.optional("runAsUser", \.runAsUser, .user, "The user id it runs as; the image's by default.")
  }

  /// Containers with names of their own.
  static let list = Codec<[Container]>.list(of: .form, unique: [Unique("container", key: "name") { $0.name }])
}

extension Codec where Value == Int {
  /// A user id that is neither root nor Istio's proxy.
  static var user: Codec {
    Codec.integer(in: 1...2_147_483_647).verified { user, field in
      guard user != Workload.proxyUser else {
        field.report(
          .invalidValue,
          "\(Workload.proxyUser) is the user of Istio's proxy, whose traffic bypasses the mesh",
          remedy: "choose another number, such as 1000")
        return false
      }
      return true
    }
  }
}
