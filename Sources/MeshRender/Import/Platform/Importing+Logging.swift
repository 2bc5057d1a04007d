internal import KubeModel
internal import MeshTopology

extension Importing {
  /// Takes a configuration of Fluent Bit over.
  mutating func placeLogging() {
    guard let found = configuration({ $0 == "fluent-bit.conf" }),
      case .scalar(let scalar) = found.entry.node.content
    else { return }
    let file = FluentBitFile(scalar.text)
    var logging = Logging(name: "fluent-bit", namespace: found.map.namespace)
    let path = "Logging/\(logging.namespace)/\(logging.name)"
    if let service = file.all("SERVICE").first {
      if let seconds = service["Flush"].flatMap({ Double($0) }), seconds >= 1 {
        logging.flush = .seconds(Int(seconds))
      }
      if let level = service["Log_Level"].flatMap({ Logging.Level(rawValue: $0.lowercased()) }) {
        logging.logLevel = level
      }
      dropOthers(
        of: service,
        [
          "flush", "log_level", "daemon", "parsers_file", "http_server", "http_listen", "http_port",
          "health_check",
        ], found.map)
    }
    if let input = file.all("INPUT").first { readInput(input, found.map, path, into: &logging) }
    for filter in file.all("FILTER") { readFilter(filter, found.map, into: &logging) }
    let outputs = file.all("OUTPUT")
    if let output = outputs.first { readOutput(output, found.map, path, into: &logging) }
    for output in outputs.dropFirst() {
      drop(
        at: found.map.place, found.map.words, "data.fluent-bit.conf [OUTPUT] \(output["Name"] ?? "")",
        "logs go to one place in the topology")
    }
    unprotected[logging.namespace] = "Fluent Bit reads the folders of nodes where logs are"
    if let set = pods.first(where: { $0.role == .fluentBit }) {
      if let image = set.container?["image"], let reference = imageReference(image, for: set.target) {
        logging.image = reference
      }
      if let resources = resources(set.container?["resources"], of: path) { logging.resources = resources }
      takePod(set)
      place(set.source, at: path)
      placeSurroundings(of: set, at: path)
    }
    for entry in found.map.root["data"]?.entries ?? [] where entry.value.path != found.entry.path {
      guard entry.key == "parsers.conf", case .scalar(let text) = entry.value.node.content else {
        drop(entry.value, "Logging knows the file fluent-bit.conf and parsers")
        continue
      }
      entry.value.take()
      for part in FluentBitFile(text.text).all("PARSER") {
        guard let name = part["Name"],
          let format = part["Format"].flatMap({ LogParser.Format(rawValue: $0.lowercased()) })
        else { continue }
        logging.parsers.append(
          LogParser(name: name, format: format).with {
            $0.regex = part["Regex"]
            $0.timeKey = part["Time_Key"]
            $0.timeFormat = part["Time_Format"]
          })
      }
    }
    found.entry.take()
    found.map.root["metadata", "labels"]?.take()
    topology.logging = logging
    place(found.map, at: path)
  }

  mutating func dropOthers(of section: FluentBitFile.Section, _ known: [String], _ map: Source) {
    for (key, _) in section.settings where !known.contains(key.lowercased()) {
      drop(
        at: map.place, map.words, "data.fluent-bit.conf [\(section.name)] \(key)",
        "Logging has no place for it")
    }
  }

  private mutating func readInput(
    _ input: FluentBitFile.Section, _ map: Source, _ path: String, into logging: inout Logging
  ) {
    guard input["Name"] == "tail" else {
      drop(
        at: map.place, map.words, "data.fluent-bit.conf [INPUT] \(input["Name"] ?? "")",
        "Logging reads the logs of containers")
      return
    }
    // Kubernetes names the files POD_NAMESPACE_CONTAINER-ID.log.
    for pattern in (input["Path"] ?? "").split(separator: ",") {
      let parts = pattern.split(separator: "/").last?.split(separator: "_").map(String.init) ?? []
      if parts.count == 3, parts[0] == "*", !parts[1].contains("*") { logging.namespaces.append(parts[1]) }
    }
    let parsers = (input["multiline.parser"] ?? "").split(separator: ",").compactMap {
      Logging.MultilineParser(rawValue: $0.trimmed)
    }
    if !parsers.isEmpty { logging.multilineParsers = parsers }
    if let seconds = input["Refresh_Interval"].flatMap({ Int($0) }) {
      logging.refreshInterval = .seconds(seconds)
    }
    if let limit = input["Mem_Buf_Limit"] {
      let text = limit.hasSuffix("B") ? String(limit.dropLast()) : limit
      if let amount = Quantity(parsing: text) { logging.memBufLimit = amount }
    }
    if let flag = input["Skip_Long_Lines"]?.isOn { logging.skipsLongLines = flag }
    if let flag = input["Read_from_Head"]?.isOn { logging.readsFromHead = flag }
    dropOthers(
      of: input,
      [
        "name", "path", "multiline.parser", "tag", "refresh_interval", "mem_buf_limit", "skip_long_lines",
        "read_from_head", "db", "parser", "exclude_path", "db.sync",
      ], map)
  }

  private mutating func readFilter(
    _ filter: FluentBitFile.Section, _ map: Source, into logging: inout Logging
  ) {
    guard filter["Name"] == "kubernetes" else {
      drop(
        at: map.place, map.words, "data.fluent-bit.conf [FILTER] \(filter["Name"] ?? "")",
        "Logging filters by what Kubernetes knows of a pod")
      return
    }
    if let flag = filter["Merge_Log"]?.isOn { logging.mergesLog = flag }
    if let flag = filter["K8S-Logging.Parser"]?.isOn { logging.takesParserAnnotation = flag }
    if let flag = filter["K8S-Logging.Exclude"]?.isOn { logging.takesExcludeAnnotation = flag }
    dropOthers(
      of: filter,
      [
        "name", "match", "kube_url", "kube_ca_file", "kube_token_file", "merge_log", "k8s-logging.parser",
        "k8s-logging.exclude", "kube_tag_prefix", "keep_log", "annotations", "labels",
      ], map)
  }
}

extension String {
  /// What `On` and `Off` say; `nil` for other texts.
  fileprivate var isOn: Bool? {
    switch lowercased() {
    case "on", "true": true
    case "off", "false": false
    default: nil
    }
  }
}
