extension Gateway {
  /// Where Kong's routes, plug-ins and consumers stand.
  public enum Configuration: String, Hashable, Sendable, CaseIterable {
    /// In one declarative file, which Kong reads at its start.
    case declarative
    /// In objects of the Gateway API and of Kong, which the Kong Ingress Controller reads and hands to Kong.
    case gatewayAPI
  }

  /// The Kong Ingress Controller, which tells Kong what the objects of the Gateway API say.
  public struct Controller: TopologyValue {
    /// Its image.
    public var image: ImageReference = Controller.defaultImage
    /// The number of pods; 2 by default, of which one works and the others wait.
    public var replicas = 2
    /// What a pod asks of its node.
    public var resources = Controller.defaultResources

    /// The defaults.
    public init() {}

    static let defaultImage: ImageReference = "kong/kubernetes-ingress-controller:3.5.13"
    static let defaultResources = ComputeResources(cpu: "100m", memory: "256Mi")
  }

  /// Where Kong's Admin API listens when there is a controller; no Service leads there from outside.
  public static let adminPort = 8444

  /// The name of the workload that runs the controller.
  public var controllerName: String { name + Gateway.controllerSuffix }

  /// The name of the Service by which the controller finds Kong's pods.
  public var adminServiceName: String { "\(name)-admin" }

  static let controllerSuffix = "-controller"
}

extension Gateway.Controller: Formed {
  static let form = Form("Gateway.Controller", "The Kong Ingress Controller.", blank: Self()) {
    FormField.defaulted("image", \.image, .image, "Its image, at one version.", default: defaultImage)
    FormField.defaulted(
      "replicas", \.replicas, .integer(in: 1...100),
      "The number of pods, of which one works and the others wait.", default: 2)
    FormField.defaulted(
      "resources", \.resources, .form, "What a pod asks of its node.", default: defaultResources)
  }
}
