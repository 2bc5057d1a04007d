internal import MeshProcedures
public import MeshRender

extension ManifestFolder {
  /// A topology made of the manifests in the folder.
  ///
  /// - Parameters:
  ///   - name: the system's name; that of the folder by default.
  ///   - skippingUnreadable: whether to go on without the files that are broken.
  /// - Throws: `ProcedureError` with `.invalidInput` when a file is broken, when the folder cannot be read or when
  ///   there is not one object in it.
  public func topology(name: String? = nil, skippingUnreadable: Bool = false) throws -> Import {
    let files = try files()
    let result = Importer().run(files: files, name: name ?? self.name)
    if let first = result.unreadable.first, !skippingUnreadable {
      let others = result.unreadable.dropFirst().map { "\n\($0.place): \($0.message)" }.joined()
      throw ProcedureError(
        .invalidInput,
        first.message + others
          + (others.isEmpty ? "" : "\n\(result.unreadable.count) of \(files.count) files cannot be read"),
        place: "\(first.place)",
        remedy: "mend what is broken, or go on without it by --skip-unreadable. Of a chart, import what "
          + "`helm template` prints. Nothing was written")
    }
    guard !result.placed.isEmpty || !result.kept.isEmpty else {
      let words = result.unread.prefix(3).map { "\n\($0.place): \($0.message)" }.joined()
      throw ProcedureError(
        .invalidInput, "there is no Kubernetes object in \(files.count) files of YAML and JSON" + words,
        remedy: "name the folder with the manifests. Nothing was written")
    }
    return result
  }
}
