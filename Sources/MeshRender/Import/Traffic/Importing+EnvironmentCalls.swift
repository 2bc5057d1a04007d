internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Finds calls in variables and arguments that name a host.
  mutating func readEnvironmentCalls() {
    for set in pods where set.role == .workload && workloads[set.target] != nil {
      guard let workload = workloads[set.target] else { continue }
      for (name, value) in workload.env.sorted(by: { $0.key < $1.key }) {
        guard case .text(let text) = value else { continue }
        note(text, "the variable \(name)", of: set)
      }
      for file in workload.files { readFile(file, of: set) }
      for text in workload.args + workload.command { note(text, "an argument", of: set) }
    }
  }

  /// Finds hosts in a file of settings: only those with a namespace, as any word may be the name of a Service.
  private mutating func readFile(_ file: ConfigurationFile, of set: PodSet) {
    for line in file.content.split(whereSeparator: \.isNewline).prefix(5000) where line.utf8.count <= 1024 {
      for address in Importing.addresses(in: String(line))
      where address.host.contains(".") || address.scheme != nil {
        guard let target = target(of: address.host, from: set.namespace), target != set.target else {
          continue
        }
        evidence.append(
          CallEvidence(
            kind: .need, from: set.target, to: target, port: address.port, place: set.source.place,
            words: "the file \(file.path) of \(set.source.words)"))
      }
    }
  }

  private mutating func note(_ text: String, _ words: String, of set: PodSet) {
    for address in Importing.addresses(in: text) {
      if let target = target(of: address.host, from: set.namespace) {
        guard target != set.target else { continue }
        evidence.append(
          CallEvidence(
            kind: .need, from: set.target, to: target, port: address.port, place: set.source.place,
            words: "\(words) of \(set.source.words)"))
      } else if Importing.clusterName(of: address.host) != nil {
        contradict(
          set.source.place,
          "\(words) of \(set.source.words) names \(address.host), which no manifest declares")
      } else if address.scheme == "https" || address.scheme == "http", address.isPublic {
        noteOutside(address, words, of: set)
      }
    }
  }

  private mutating func noteOutside(_ address: NamedAddress, _ words: String, of set: PodSet) {
    let port = address.port ?? (address.scheme == "http" ? 80 : 443)
    let reference = WorkloadReference(namespace: set.namespace, name: address.host.topologyName)
    guard workloads[reference] == nil, reference.name.utf8.first.map({ !(48...57).contains($0) }) ?? false
    else { return }
    topology.externalServices.append(
      ExternalService(name: reference.name, namespace: reference.namespace, hosts: [address.host]).with {
        let kind: PortProtocol = address.scheme == "http" ? .http : .https
        $0.ports = [Workload.Port(name: kind.rawValue, port: port).with { $0.protocol = kind }]
      })
    assume(
      "ExternalService/\(reference)",
      "\(words) of \(set.source.words) names it; nothing else may be reached from outside the cluster's calls"
    )
    evidence.append(
      CallEvidence(
        kind: .need, from: set.target, to: reference, port: port, place: set.source.place,
        words: "\(words) of \(set.source.words)"))
  }

  /// A host with what stands around it.
  struct NamedAddress: Hashable {
    let scheme: String?
    let host: String
    let port: Int?

    /// Whether it is a name on the internet rather than of the cluster.
    var isPublic: Bool {
      let parts = host.split(separator: ".")
      guard parts.count > 1, let last = parts.last, last.utf8.allSatisfy({ (97...122).contains($0) }) else {
        return false
      }
      return !["local", "internal", "svc", "invalid", "test", "localhost"].contains(String(last))
        && host != "example.com"
    }
  }

  /// The hosts that a text names: alone, with a port, or in an address with a scheme.
  static func addresses(in text: String) -> [NamedAddress] {
    guard text.utf8.count <= 4096 else { return [] }
    return text.split { ",; \n\t\"'=".contains($0) }.prefix(32).compactMap { piece in
      var rest = piece
      var scheme: String?
      if let mark = rest.firstRange(of: "://") {
        scheme = rest[..<mark.lowerBound].lowercased()
        rest = rest[mark.upperBound...]
      }
      rest = rest.prefix { !"/?#".contains($0) }
      if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
      let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
      guard let host = parts.first?.lowercased(), parts.count <= 2, !host.isEmpty, host.utf8.count <= 253,
        host.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 })
      else { return nil }
      return NamedAddress(scheme: scheme, host: host, port: parts.count == 2 ? Int(parts[1]) : nil)
    }
  }
}
