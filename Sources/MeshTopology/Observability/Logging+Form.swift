internal import KubeModel

extension Logging: Formed {
  static let form = Form(
    "Logging", "Where logs go: Fluent Bit on each node.", blank: Self(name: "", namespace: "")
  ) {
    readingFields
    sendingFields
  }.checked { $0.check($1) }

  @FormBuilder<Logging>
  private static var readingFields: [FormField<Logging>] {
    FormField.defaulted(
      "image", \.image, .image, "The image of Fluent Bit.", default: Self(name: "", namespace: "").image)
    FormField.list(
      "namespaces", \.namespaces,
      .list(of: .name(of: .namespace), unique: [Unique("namespace", key: nil) { $0 }]),
      "The namespaces whose logs are read; all of the topology but its own by default.")
    FormField.defaulted(
      "flush", \.flush, .wholeSeconds(in: .seconds(1) ... .seconds(3600)),
      "How often what was read is sent on.", default: .seconds(5))
    FormField.defaulted(
      "logLevel", \.logLevel, .choice, "How much Fluent Bit says about itself.", default: .info)
    FormField.defaulted(
      "memBufLimit", \.memBufLimit, .quantity(.memory),
      "How much memory read lines may take before reading pauses.", default: "50M")
    FormField.defaulted(
      "refreshInterval", \.refreshInterval, .wholeSeconds(in: .seconds(1) ... .seconds(3600)),
      "How often new files are looked for.", default: .seconds(5))
    FormField.defaulted(
      "skipLongLines", \.skipsLongLines, .flag, property: "skipsLongLines",
      "Whether a line that is too long is left out, rather than its whole file.", default: true)
    FormField.defaulted(
      "readFromHead", \.readsFromHead, .flag, property: "readsFromHead",
      "Whether files that are there at its start are read from their beginning: then a new pod sends again what another sent before it.",
      default: false)
    FormField.defaulted(
      "multilineParsers", \.multilineParsers,
      .list(of: .choice, atLeast: 1, unique: [Unique("parser", key: nil) { $0.rawValue }]),
      "What puts the lines of one message together again.", default: [.docker, .cri])
  }

  @FormBuilder<Logging>
  private static var sendingFields: [FormField<Logging>] {
    FormField.defaulted(
      "mergeLog", \.mergesLog, .flag, property: "mergesLog", "Whether a message that is JSON becomes fields.",
      default: true)
    FormField.defaulted(
      "parserAnnotation", \.takesParserAnnotation, .flag, property: "takesParserAnnotation",
      "Whether pods choose their parser by the annotation `fluentbit.io/parser`.", default: true)
    FormField.defaulted(
      "excludeAnnotation", \.takesExcludeAnnotation, .flag, property: "takesExcludeAnnotation",
      "Whether pods opt out by the annotation `fluentbit.io/exclude`.", default: false)
    FormField.list(
      "parsers", \.parsers, .list(of: .form, unique: [Unique("parser", key: "name") { $0.name }]),
      "Parsers that pods may choose.")
    FormField.defaulted(
      "destination", \.destination, LogDestination.codec, "Where logs are sent.",
      default: .stdout(LogDestination.Stdout()))
    FormField.defaulted(
      "resources", \.resources, .form, "What a pod asks of its node.", default: defaultResources)
    FormField.optional(
      "googleServiceAccount", \.googleServiceAccount,
      .text("an address such as user@project.iam.gserviceaccount.com"),
      "The Google service account that it acts as by Workload Identity.")
  }

  private func check(_ section: Section) {
    if case .stdout = destination, let index = namespaces.firstIndex(of: namespace) {
      section.reading.report(
        .contradiction, "Fluent Bit would read what it writes itself, without end",
        at: section.spot("namespaces", .index(index)),
        remedy: "leave \(namespace) out, or send logs somewhere else than stdout")
    }
    if let limit = resources.memoryLimit, limit.value <= memBufLimit.value {
      section.reading.report(
        .contradiction, "\(memBufLimit) of read lines do not fit into the limit of memory, \(limit)",
        at: section.has("memBufLimit")
          ? section.spot("memBufLimit") : section.spot("resources", "memoryLimit"),
        remedy: "raise memoryLimit of resources, or lower memBufLimit")
    }
    if case .bigQuery = destination, googleServiceAccount != nil {
      section["googleServiceAccount"]?.report(
        .contradiction,
        "a Google service account by Workload Identity, which Fluent Bit's output for BigQuery does not know",
        remedy: "remove it, and name the Secret with the account's key as credentials of bigQuery")
    }
  }
}
