internal import KubeModel
internal import MeshTopology

extension Logging {
  static let statusPort = 2020
  static let statePath = "/var/fluent-bit/state"
  static let keyPath = "/var/secrets/google"
  private static let accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"
  /// What tags begin with: the input's `kube.` and the path of the files, with dots.
  static let tagPrefix = "kube.var.log.containers."

  /// What Fluent Bit is configured by.
  func fluentBitConfiguration(of topology: Topology, in cluster: Cluster?) -> String {
    FluentBitSection.text([
      service, input(of: topology), kubernetesFilter, output(of: topology, in: cluster),
    ])
  }

  /// The parsers that pods may choose.
  var parsersConfiguration: String {
    let usual = LogParser(name: "json", format: .json)
    let all = parsers.contains { $0.name == usual.name } ? parsers : [usual] + parsers
    return FluentBitSection.text(
      all.map { parser in
        var entries = [(key: "Name", value: parser.name), (key: "Format", value: parser.format.rawValue)]
        if let regex = parser.regex { entries.append(("Regex", regex)) }
        if let key = parser.timeKey { entries.append(("Time_Key", key)) }
        if let format = parser.timeFormat { entries.append(("Time_Format", format)) }
        return FluentBitSection("PARSER", entries)
      })
  }

  private var service: FluentBitSection {
    FluentBitSection(
      "SERVICE",
      [
        ("Flush", "\(flush.components.seconds)"), ("Log_Level", logLevel.rawValue), ("Daemon", "off"),
        ("Parsers_File", "parsers.conf"), ("HTTP_Server", "On"), ("HTTP_Listen", "0.0.0.0"),
        ("HTTP_Port", "\(Logging.statusPort)"), ("Health_Check", "On"),
      ])
  }

  private func input(of topology: Topology) -> FluentBitSection {
    let read =
      namespaces.isEmpty ? topology.namespaces.map(\.name).filter { $0 != namespace } : namespaces
    return FluentBitSection(
      "INPUT",
      [
        ("Name", "tail"),
        // A file is called POD_NAMESPACE_CONTAINER-ID.log, and no name has an underscore in it.
        ("Path", read.map { "/var/log/containers/*_\($0)_*.log" }.joined(separator: ",")),
        ("multiline.parser", multilineParsers.map(\.rawValue).joined(separator: ", ")), ("Tag", "kube.*"),
        ("Refresh_Interval", "\(refreshInterval.components.seconds)"),
        ("Mem_Buf_Limit", memBufLimit.fluentBitText),
        ("Skip_Long_Lines", FluentBitSection.flag(skipsLongLines)),
        ("Read_from_Head", FluentBitSection.flag(readsFromHead)),
        ("DB", "\(Logging.statePath)/tail.db"),
      ])
  }

  private var kubernetesFilter: FluentBitSection {
    var filter = FluentBitSection(
      "FILTER",
      [
        ("Name", "kubernetes"), ("Match", "kube.*"), ("Kube_URL", "https://kubernetes.default.svc:443"),
        ("Kube_CA_File", "\(Logging.accountFolder)/ca.crt"),
        ("Kube_Token_File", "\(Logging.accountFolder)/token"), ("Kube_Tag_Prefix", Logging.tagPrefix),
        ("Merge_Log", FluentBitSection.flag(mergesLog)),
        ("K8S-Logging.Parser", FluentBitSection.flag(takesParserAnnotation)),
        ("K8S-Logging.Exclude", FluentBitSection.flag(takesExcludeAnnotation)),
      ])
    if case .bigQuery = destination {
      // Labels and annotations have dots and slashes in their names, which BigQuery refuses.
      filter.entries += [("Labels", "Off"), ("Annotations", "Off")]
    }
    return filter
  }
}

extension Quantity {
  /// The amount as Fluent Bit has it, whose units are powers of 1000.
  var fluentBitText: String {
    let bytes = Int(value)
    return bytes.isMultiple(of: 1_000_000) ? "\(bytes / 1_000_000)MB" : "\(bytes)"
  }
}
