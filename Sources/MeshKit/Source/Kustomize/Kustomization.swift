import KubeModel

/// A folder's kustomization, with nothing in it that leads out of the commit.
struct Kustomization: Sendable {
  /// The folder, from the top of the repository.
  let folder: String
  /// Its file.
  let file: String
  /// What is in the file.
  let json: JSONValue
  /// Whether it is a part of others, which is not built by itself.
  let isComponent: Bool
  /// The folders of the kustomizations that it refers to, as often as it does.
  var bases: [String] = []
  /// The files that configure generators, transformers and validators.
  var plugins: [String] = []
}
