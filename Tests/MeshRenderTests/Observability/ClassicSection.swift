import Testing

/// A section of Fluent Bit's classic configuration, read by the rules of its manual: a name in brackets at the
/// start of a line, then indented lines with a key, white space and a value.
struct ClassicSection {
  let name: String
  var entries: [(key: String, value: String)]

  subscript(key: String) -> String? { entries.first { $0.key == key }?.value }

  struct Malformed: Error { let line: Int }

  static func parse(_ text: String) throws -> [ClassicSection] {
    var sections: [ClassicSection] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = line.drop { $0 == " " }
      if content.isEmpty || content.hasPrefix("#") { continue }
      let indentation = line.count - content.count
      if indentation == 0 {
        guard content.hasPrefix("["), content.hasSuffix("]") else { throw Malformed(line: index + 1) }
        sections.append(ClassicSection(name: String(content.dropFirst().dropLast()), entries: []))
        continue
      }
      let key = content.prefix { $0 != " " }
      let value = content.dropFirst(key.count).drop { $0 == " " }
      guard indentation == 4, !value.isEmpty, !sections.isEmpty else { throw Malformed(line: index + 1) }
      sections[sections.count - 1].entries.append((String(key), String(value)))
    }
    return sections
  }

  /// What the reference design says.
  static let reference = """
    [SERVICE]
        Flush         5
        Log_Level     info
        Daemon        off
        Parsers_File  parsers.conf

    [INPUT]
        Name              tail
        Path              /var/log/containers/*_production_*.log
        multiline.parser  docker, cri
        Tag               kube.*
        Refresh_Interval  5
        Mem_Buf_Limit     50MB
        Skip_Long_Lines   On

    [FILTER]
        Name                kubernetes
        Match               kube.*
        Kube_URL            https://kubernetes.default.svc:443
        Kube_CA_File        /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
        Kube_Token_File     /var/run/secrets/kubernetes.io/serviceaccount/token
        Merge_Log           On
        K8S-Logging.Parser  On
        K8S-Logging.Exclude Off

    [OUTPUT]
        Name        bigquery
        Match       *
        project_id  my-project
        dataset_id  microservices_logs
        table_id    application_logs
    """
}
