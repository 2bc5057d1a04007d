/// One label of a series.
public struct Label: Hashable, Sendable {
  /// The name, such as `job`; that of the metric is under `__name__`.
  public let name: String
  /// The value, never empty in a `LabelSet`.
  public let value: String

  /// Creates a label.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  public static func == (left: Label, right: Label) -> Bool {
    left.name.hasSameBytes(as: right.name) && left.value.hasSameBytes(as: right.value)
  }

  public func hash(into hasher: inout Hasher) {
    name.hashBytes(into: &hasher)
    value.hashBytes(into: &hasher)
  }
}

/// The labels that name one series, sorted by name; a label with an empty value is the same as none.
public struct LabelSet: Hashable, Sendable, Comparable, ExpressibleByDictionaryLiteral {
  /// The label that holds a metric's name.
  public static let metricName = "__name__"

  /// The labels in the order of their names' bytes.
  public private(set) var labels: [Label]

  /// Creates a set of any labels; of two with one name the later counts.
  public init(_ labels: some Sequence<Label> = []) {
    var last: [ByteKey: String] = [:]
    for label in labels { last[ByteKey(label.name)] = label.value }
    self.labels = last.filter { !$0.value.isEmpty }.map { Label(name: $0.key.text, value: $0.value) }
      .sorted { $0.name.precedesInBytes($1.name) }
  }

  /// Creates the labels of a metric's series.
  public init(metric: String, _ labels: KeyValuePairs<String, String> = [:]) {
    self.init([Label(name: Self.metricName, value: metric)] + labels.map { Label(name: $0, value: $1) })
  }

  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { Label(name: $0, value: $1) })
  }

  init(sorted labels: [Label]) { self.labels = labels }

  /// The value of a label; empty when there is none.
  public subscript(name: String) -> String {
    labels.first { $0.name.hasSameBytes(as: name) }?.value ?? ""
  }

  /// By names and values in turn, and the shorter first, as Prometheus sorts its answers.
  public static func < (left: LabelSet, right: LabelSet) -> Bool {
    for (one, other) in zip(left.labels, right.labels) {
      if !one.name.hasSameBytes(as: other.name) { return one.name.precedesInBytes(other.name) }
      if !one.value.hasSameBytes(as: other.value) { return one.value.precedesInBytes(other.value) }
    }
    return left.labels.count < right.labels.count
  }

  /// Without the metric's name.
  var withoutName: LabelSet { without([Self.metricName]) }

  /// Only the labels named.
  func keeping(_ names: [String]) -> LabelSet {
    LabelSet(sorted: labels.filter { label in names.contains { $0.hasSameBytes(as: label.name) } })
  }

  /// Without the labels named.
  func without(_ names: [String]) -> LabelSet {
    LabelSet(sorted: labels.filter { label in !names.contains { $0.hasSameBytes(as: label.name) } })
  }

  /// With a label set, or taken away when the value is empty.
  func setting(_ name: String, to value: String) -> LabelSet {
    var others = labels.filter { !$0.name.hasSameBytes(as: name) }
    if !value.isEmpty {
      let place = others.firstIndex { name.precedesInBytes($0.name) } ?? others.endIndex
      others.insert(Label(name: name, value: value), at: place)
    }
    return LabelSet(sorted: others)
  }
}
