public import KubeModel
internal import MeshProcedures
public import MeshTopology

extension ManifestFolder {
  /// The Kubernetes objects in the folder. Kustomizations are left out: they are built, not read.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` and the place of what cannot be read or is no object.
  public func objects() throws -> [KubeObject] {
    try ManifestFolder.objects(
      in: files().filter { file in
        !["kustomization.yaml", "kustomization.yml"].contains {
          file.path.split(separator: "/").last == $0[...]
        }
      })
  }

  /// The Kubernetes objects in files of YAML and JSON; those of a `List` one by one.
  ///
  /// - Throws: `ProcedureError` with `.invalidInput` and the place of what cannot be read or is no object.
  public static func objects(in files: [TopologyFile]) throws -> [KubeObject] {
    var reader = YAMLReader()
    (reader.sizeLimit, reader.textLimit, reader.nodeLimit) = (sizeLimit * 8, sizeLimit * 8, 20_000_000)
    return try files.flatMap { file in
      do {
        return try reader.documents(file.bytes, file: file.path).flatMap { try objects(in: $0) }
      } catch let error as YAMLError {
        throw ProcedureError(.invalidInput, error.message, place: "\(error.place)", remedy: error.remedy)
      }
    }
  }

  private static func objects(in document: SourceNode) throws -> [KubeObject] {
    if case .null = document.json { return [] }
    if document["kind"]?.json.string?.hasSuffix("List") == true,
      case .list(let items)? = document["items"]?.content
    {
      return try items.flatMap { try objects(in: $0) }
    }
    guard let object = KubeObject(document.json), !object.kind.isEmpty, !object.apiVersion.isEmpty,
      !object.name.isEmpty
    else {
      throw ProcedureError(
        .invalidInput, "this is no Kubernetes object: it needs apiVersion, kind and metadata.name",
        place: "\(document.place)", remedy: "take the file away, or name the folder with the manifests")
    }
    return [object]
  }
}
