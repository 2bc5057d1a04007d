extension KustomizationGraph {
  /// The roots that are built for an environment: `overlays/production` for the one called production alone,
  /// a root anywhere else for all.
  ///
  /// An overlay for an environment that is not declared is a problem rather than left out, because what is
  /// left out is taken away from the clusters.
  func roots(
    for environment: String, of environments: [String]
  ) -> (folders: [String], problems: [KustomizationProblem]) {
    var folders: [String] = []
    var problems: [KustomizationProblem] = []
    for root in roots {
      guard let name = Self.environment(of: root) else {
        folders.append(root)
        continue
      }
      if name == environment { folders.append(root) }
      guard !environments.contains(name), let file = kustomizations[root]?.file else { continue }
      problems.append(
        KustomizationProblem(
          "an overlay for an environment that is not declared: \(quoted(name))", at: file,
          remedy: "the environments are \(environments.joined(separator: ", ")); "
            + "declare this one too, or give the folder overlays another name"))
    }
    return (folders, problems)
  }

  /// The environment that a folder names, `production` in `apps/overlays/production`.
  static func environment(of folder: String) -> String? {
    let parts = folder.split(separator: "/")
    return parts.count > 1 && parts[parts.count - 2] == "overlays" ? parts.last.map(String.init) : nil
  }
}
