internal import KubeModel

extension Codec where Value == String {
  /// Text.
  static func text(_ words: String = "text", atMost limit: Int = 4096) -> Codec {
    .scalar(
      .text(words: words), read: { $0.text(atMost: limit) }, write: { .string($0) },
      source: { SwiftSource.literal($0) })
  }

  /// A name.
  static func name(_ rule: NameRule) -> Codec {
    .scalar(
      .text(words: rule.words, pattern: rule.pattern), read: { $0.name(rule) }, write: { .string($0) },
      source: { SwiftSource.literal($0) })
  }

  /// A path that begins with a slash.
  static func path(_ example: String) -> Codec {
    Codec.text("a path such as \(example)").verified { path, field in
      guard path.hasPrefix("/") else {
        field.report(
          .invalidValue, "the path \(shown(path)) does not begin with /",
          remedy: "write it like \(example)")
        return false
      }
      return true
    }
  }
}

extension Codec where Value == Int {
  /// A whole number.
  static func integer(in range: ClosedRange<Int>) -> Codec {
    .scalar(
      .integer(range), read: { $0.integer(in: range) }, write: { .int(Int64($0)) }, source: { "\($0)" })
  }

  /// A number of a port.
  static var port: Codec { .integer(in: 1...65535) }
}

extension Codec where Value == Double {
  /// A number, with or without a fraction.
  static func number(in range: ClosedRange<Double>) -> Codec {
    .scalar(
      .number(range), read: { $0.number(in: range) },
      write: { Int64(exactly: $0).map(JSONValue.int) ?? .double($0) }, source: { "\($0)" })
  }
}

extension Codec where Value == Bool {
  /// `true` or `false`.
  static var flag: Codec {
    .scalar(.flag, read: { $0.flag() }, write: { .bool($0) }, source: { "\($0)" })
  }
}

extension Codec where Value == Duration {
  /// A duration with units.
  static func duration(in range: ClosedRange<Duration> = .milliseconds(1) ... .longest) -> Codec {
    units { $0.duration(in: range) }
  }

  /// A duration that Kubernetes counts in whole seconds.
  static func wholeSeconds(in range: ClosedRange<Duration>) -> Codec {
    units { $0.wholeSeconds(in: range) }
  }

  private static func units(_ read: @escaping @Sendable (Field) -> Duration?) -> Codec {
    .scalar(
      .special(words: "a duration such as 250ms, 30s, 15m, 1h30m", pattern: "^([0-9]+(h|m|s|ms))+$"),
      read: read, write: { .string($0.unitText) },
      source: {
        let (seconds, milliseconds) = $0.wholeMilliseconds.quotientAndRemainder(dividingBy: 1000)
        return milliseconds == 0 ? ".seconds(\(seconds))" : ".milliseconds(\($0.wholeMilliseconds))"
      })
  }
}

extension Codec where Value: CaseIterable & RawRepresentable<String> {
  /// One of the words that the type has.
  static var choice: Codec { choice(Value.self) }

  /// One of the words that the type has.
  static func choice(_ type: Value.Type) -> Codec {
    .scalar(
      .choice(type.allCases.map(\.rawValue)), read: { $0.choice(type) }, write: { .string($0.rawValue) },
      source: { ".\($0)" })
  }
}

extension Codec where Value == Weight {
  /// A share in whole percent.
  static func weight(in range: ClosedRange<Int> = 0...100) -> Codec {
    .scalar(
      .integer(range), read: { $0.weight(in: range) }, write: { .int(Int64($0.percent)) },
      source: { "\($0.percent)" })
  }
}

extension Codec where Value == Percent {
  /// A proportion in percent.
  static var percent: Codec {
    .scalar(
      .number(0...100), read: { $0.percent() },
      write: { Int64(exactly: $0.value).map(JSONValue.int) ?? .double($0.value) }, source: { "\($0.value)" })
  }
}

extension Codec where Value == Quantity {
  /// An amount of CPU or memory.
  static func quantity(_ kind: QuantityKind) -> Codec {
    .scalar(
      .special(
        words: kind.example, pattern: "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", alsoInteger: true),
      read: { $0.quantity(kind) }, write: { .string($0.description) },
      source: { SwiftSource.literal($0.description) })
  }
}

extension Codec where Value == AddressRange {
  /// A range of addresses.
  static var addressRange: Codec {
    .scalar(
      .special(words: "a range such as 10.1.0.0/16", pattern: "^[0-9a-fA-F.:]+/[0-9]{1,3}$"),
      read: { $0.addressRange() }, write: { .string($0.description) },
      source: { SwiftSource.literal($0.description) })
  }
}

extension Codec where Value == ImageReference {
  /// An image with its version.
  static var image: Codec {
    .scalar(
      .special(
        words: "an image with a tag or digest, such as gcr.io/project/user-service:1.4.2", pattern: nil),
      read: { $0.image() }, write: { .string($0.description) },
      source: { SwiftSource.literal($0.description) })
  }
}

extension Codec where Value == PortReference {
  /// The name or number of a port.
  static var portReference: Codec {
    .scalar(
      .special(words: "the name or number of a port", pattern: nil, alsoInteger: true),
      read: { $0.portReference() },
      write: { reference in
        switch reference {
        case .name(let name): .string(name)
        case .number(let number): .int(Int64(number))
        }
      },
      source: { reference in
        switch reference {
        case .name(let name): SwiftSource.literal(name)
        case .number(let number): "\(number)"
        }
      })
  }
}
