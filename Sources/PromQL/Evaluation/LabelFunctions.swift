extension Evaluation {
  mutating func replacedLabels(_ arguments: [Expression]) throws -> [Column] {
    let input = try columns(arguments[0])
    let (target, template) = (try string(arguments[1]), try string(arguments[2]))
    let (source, pattern) = (try string(arguments[3]), try string(arguments[4]))
    guard let expression = try? RegularExpression(anchored: pattern) else {
      throw QueryError.execution("invalid regular expression in label_replace(): \(pattern)")
    }
    guard target.isLabelName else {
      throw QueryError.execution("invalid destination label name in label_replace(): \(target)")
    }
    return try input.map { column in
      guard let groups = expression.groups(in: column.labels[source]) else { return column }
      let value = Self.expanded(template, groups, names: expression.groupNames)
      return Column(labels: column.labels.setting(target, to: value), values: column.values)
    }
    .merged()
  }

  mutating func joinedLabels(_ arguments: [Expression]) throws -> [Column] {
    let input = try columns(arguments[0])
    let (target, separator) = (try string(arguments[1]), try string(arguments[2]))
    var sources: [String] = []
    for argument in arguments.dropFirst(3) {
      let source = try string(argument)
      guard source.isLabelName else {
        throw QueryError.execution("invalid source label name in label_join(): \(source)")
      }
      sources.append(source)
    }
    guard target.isLabelName else {
      throw QueryError.execution("invalid destination label name in label_join(): \(target)")
    }
    return try input.map { column in
      let value = sources.map { column.labels[$0] }.joined(separator: separator)
      return Column(labels: column.labels.setting(target, to: value), values: column.values)
    }
    .merged()
  }

  /// Go's `Regexp.Expand`: `$1`, `${1}`, `$name`, `$$`; what names no group is empty.
  static func expanded(_ template: String, _ groups: [String?], names: [String?]) -> String {
    var (result, rest) = ("", Substring(template))
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...].dropFirst()
      if rest.first == "$" {
        result += "$"
        rest = rest.dropFirst()
        continue
      }
      let isBraced = rest.first == "{"
      let start = isBraced ? rest.dropFirst() : rest
      let name = start.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
      let after = start.dropFirst(name.count)
      guard !name.isEmpty, !isBraced || after.first == "}" else {
        result += "$"
        continue
      }
      rest = isBraced ? after.dropFirst() : after
      let number = name.allSatisfy { $0.isASCII && $0.isNumber } ? Int(name) : nil
      // Of several groups of one name, the first that took part.
      let group = number ?? names.indices.first { names[$0] == String(name) && groups[$0] != nil }
      if let group, groups.indices.contains(group) { result += groups[group] ?? "" }
    }
    return result + rest
  }
}
