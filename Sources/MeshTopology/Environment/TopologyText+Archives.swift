internal import KubeModel

extension TopologyText {
  /// Reports backups and archives of databases that two environments on real clusters would both write: each takes
  /// what the other wrote for its own.
  ///
  /// Embedded clusters write nothing. Environments that share a cluster are two views of one system.
  func checkArchives(of environments: [Environment], reading: Reading) {
    let real = environments.filter { !$0.contexts.isEmpty }
    guard real.count > 1 else { return }
    let overlaid = Set(
      overlays.filter { $0.kind == .backup || $0.kind == .database }.compactMap { $0.environment?.name })
    let common = archives(in: nil, directory: reading.directory)
    var reported: Set<Spot> = []
    var claims: [String: [Environment]] = [:]
    for environment in real {
      let archives =
        overlaid.contains(environment.name)
        ? archives(in: environment.name, directory: reading.directory) : common
      for archive in archives {
        let claimants = claims[archive.store, default: []]
        if let other = claimants.first(where: { $0.contexts.isDisjoint(with: environment.contexts) }),
          reported.insert(archive.spot).inserted
        {
          reading.report(
            .shared,
            "the environments \(other.name) and \(environment.name) would both write \(archive.words)",
            at: archive.spot, remedy: archive.remedy(environment.name))
        }
        if !claimants.contains(where: { $0.contexts == environment.contexts }), claimants.count < 100 {
          claims[archive.store, default: []].append(environment)
        }
      }
    }
  }

  private func archives(in environment: String?, directory: Directory) -> [Archive] {
    let reading = Reading()
    reading.directory = directory
    let documents = documents(in: environment, reading: reading).filter {
      $0.kind == .backup || $0.kind == .database
    }
    let declarations = Declarations(documents: documents, reading: reading)
    var archives: [Archive] = []
    for declared in declarations.sound(Backup.self) {
      for (index, location) in declared.value.locations.enumerated() {
        let folder = [location.bucket, location.prefix].compactMap(\.self).joined(separator: "/")
        archives.append(
          Archive(
            store: "\(location.provider.rawValue) \(folder.withoutSlash)",
            words: "the backups of \(folder)",
            spot: declared.document.spot("locations", .index(index), "bucket")
          ) {
            "add an overlay, \(declared.document.spot.document) with metadata.environment: \($0), that names "
              + "another bucket or prefix"
          })
      }
    }
    for declared in declarations.sound(Database.self) {
      guard let destination = declared.value.backup?.destination else { continue }
      archives.append(
        Archive(
          store: "\(declared.value.reference) \(destination.withoutSlash)",
          words: "the archive \(destination)",
          spot: declared.document.spot("backup", "destination")
        ) {
          "add an overlay, \(declared.document.spot.document) with metadata.environment: \($0), that names "
            + "another destination"
        })
    }
    return archives
  }
}

/// A folder of an object store that somebody writes to.
private struct Archive {
  /// What tells it from others.
  let store: String
  /// What it is, in a sentence.
  let words: String
  let spot: Spot
  /// What to do in an environment that is not to write it.
  let remedy: (String) -> String
}

extension Environment {
  /// The contexts of its real clusters; none where one goes by the current context, which may be anybody's.
  fileprivate var contexts: Set<String> {
    var contexts: Set<String> = []
    for cluster in clusters {
      guard case .kubeconfig(let context) = cluster.access else { continue }
      guard let context else { return [] }
      contexts.insert(context)
    }
    return contexts
  }
}

extension String {
  fileprivate var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
