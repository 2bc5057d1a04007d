public import KubeModel

/// A Kubernetes object that the repository holds as it is, beside what the topology declares.
public struct Manifest: TopologyValue {
  /// The object.
  public var object: KubeObject

  /// Keeps an object.
  public init(_ object: KubeObject) { self.object = object }

  /// Keeps an object written as YAML or JSON; a text that is not one object is found wrong when the topology
  /// is validated.
  public init(yaml text: String) {
    let documents = try? YAMLReader().documents(Array(text.utf8), file: "manifest")
    object = documents?.first.flatMap { KubeObject($0.json) } ?? KubeObject(JSONObject())
  }

  /// The annotation that names the clusters an object is for, joined by commas; all without it.
  public static let clustersAnnotation = "meshctl.dev/clusters"

  /// The clusters it is for; `nil` for all.
  public var clusters: [String]? {
    object.annotations[Manifest.clustersAnnotation]?.split(separator: ",").map {
      String($0.drop { $0 == " " })
    }
  }
}
