/// Writes metrics in the text format that Prometheus scrapes.
public enum Exposition {
  /// The type of the format.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// The families by name, each with its series by labels: the same metrics give the same text.
  public static func text(_ families: some Sequence<MetricFamily>) -> String {
    var text = ""
    for family in families.sorted(by: { $0.name.precedesInBytes($1.name) }) {
      let help = family.help.escaped(quotes: false)
      text += "# HELP \(family.name) \(help)\n# TYPE \(family.name) \(family.type.name)\n"
      for (labels, value) in family.values.sorted(by: { $0.key < $1.key }) {
        line(family.name, labels, nil, value.shortText, to: &text)
      }
      for (labels, histogram) in family.histograms.sorted(by: { $0.key < $1.key }) {
        write(histogram, labels, family, to: &text)
      }
    }
    return text
  }

  private static func write(
    _ histogram: Histogram, _ labels: LabelSet, _ family: MetricFamily, to text: inout String
  ) {
    var total: UInt64 = 0
    for (bound, count) in zip(histogram.bounds + [.infinity], histogram.counts) {
      total += count
      let name = family.boundStyle == .plain ? bound.plainText : bound.shortText
      line(family.name + "_bucket", labels, name, String(total), to: &text)
    }
    line(family.name + "_sum", labels, nil, histogram.sum.shortText, to: &text)
    line(family.name + "_count", labels, nil, String(total), to: &text)
  }

  private static func line(
    _ name: String, _ labels: LabelSet, _ bound: String?, _ value: String, to text: inout String
  ) {
    text += name
    var parts = labels.labels.map { "\($0.name)=\"\($0.value.escaped(quotes: true))\"" }
    if let bound { parts.append("le=\"\(bound)\"") }
    if !parts.isEmpty { text += "{" + parts.joined(separator: ",") + "}" }
    text += " " + value + "\n"
  }
}

extension String {
  fileprivate func escaped(quotes: Bool) -> String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
