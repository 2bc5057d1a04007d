extension LogDestination {
  private struct Choice: Formed {
    var bigQuery: BigQuery?
    var cloudLogging: CloudLogging?
    var elasticsearch: Elasticsearch?
    var http: HTTP?
    var stdout: Stdout?
    static let form = Form("LogDestination", "Where logs are sent.", blank: Self()) {
      FormField.optional("bigQuery", \.bigQuery, .form, "To a table of BigQuery.")
      FormField.optional("cloudLogging", \.cloudLogging, .form, "To Google Cloud Logging.")
      FormField.optional("elasticsearch", \.elasticsearch, .form, "To Elasticsearch.")
      FormField.optional("http", \.http, .form, "To a service that takes JSON by HTTP.")
      FormField.optional("stdout", \.stdout, .form, "To Fluent Bit's own output, to try things out.")
    }.checked { choice, section in
      if choice.all.count != 1 {
        section.report(
          .contradiction, "logs go to one place, not to \(choice.all.count)",
          remedy: "write one of bigQuery, cloudLogging, elasticsearch, http and stdout")
      }
    }

    var all: [LogDestination] {
      [
        bigQuery.map(LogDestination.bigQuery), cloudLogging.map(LogDestination.cloudLogging),
        elasticsearch.map(LogDestination.elasticsearch), http.map(LogDestination.http),
        stdout.map(LogDestination.stdout),
      ].compactMap(\.self)
    }
  }

  private static let choice = Codec<Choice>.form

  /// A mapping with one of five fields.
  static let codec = Codec<LogDestination>(
    read: { field in choice.read(field).flatMap { $0.all.count == 1 ? $0.all[0] : nil } },
    write: { destination in
      switch destination {
      case .bigQuery(let table): choice.write(Choice(bigQuery: table))
      case .cloudLogging(let logging): choice.write(Choice(cloudLogging: logging))
      case .elasticsearch(let service): choice.write(Choice(elasticsearch: service))
      case .http(let service): choice.write(Choice(http: service))
      case .stdout(let output): choice.write(Choice(stdout: output))
      }
    },
    source: { destination in
      switch destination {
      case .bigQuery(let table): SwiftSource(case: "bigQuery", Codec.form.source(table))
      case .cloudLogging(let logging): SwiftSource(case: "cloudLogging", Codec.form.source(logging))
      case .elasticsearch(let service): SwiftSource(case: "elasticsearch", Codec.form.source(service))
      case .http(let service): SwiftSource(case: "http", Codec.form.source(service))
      case .stdout(let output): SwiftSource(case: "stdout", Codec.form.source(output))
      }
    },
    shape: { choice.shape() })
}

extension LogDestination.BigQuery: Formed {
  static let form = Form(
    "LogDestination.BigQuery", "A table of BigQuery.",
    blank: Self(project: "", dataset: "", table: "", credentials: "")
  ) {
    FormField.required("project", \.project, .name(.key), example: "my-project", "The Google Cloud project.")
    FormField.required(
      "dataset", \.dataset, .name(.key), example: "microservices_logs", "The dataset, which is there already."
    )
    FormField.required(
      "table", \.table, .name(.key), example: "application_logs", "The table, which is there already.")
    FormField.required(
      "credentials", \.credentials, .name(.domain), example: "fluent-bit-bigquery",
      "The Secret with a Google service account's key as `key.json`; Workload Identity is not known to this output."
    )
    FormField.defaulted(
      "ignoreUnknownFields", \.ignoresUnknownFields, .flag, property: "ignoresUnknownFields",
      "Whether fields that the table does not have are left out; else a row with one is refused.",
      default: true)
  }
}

extension LogDestination.CloudLogging: Formed {
  static let form = Form("LogDestination.CloudLogging", "Google Cloud Logging.", blank: Self()) {}
}

extension LogDestination.Stdout: Formed {
  static let form = Form("LogDestination.Stdout", "Fluent Bit's own output.", blank: Self()) {}
}

extension LogDestination.Elasticsearch: Formed {
  static let form = Form("LogDestination.Elasticsearch", "Elasticsearch.", blank: Self(to: "")) {
    FormField.required(
      "to", \.to, .callee, example: "elasticsearch", "Which one: an ExternalService or a Workload.")
    FormField.optional("port", \.port, .portReference, "Its port; its first one by default.")
    FormField.defaulted(
      "index", \.index, .name(.header), "What the indices, one a day, are called before the date.",
      default: "logs")
    FormField.optional(
      "secret", \.secret, .name(.domain),
      "The Secret with the keys `username` and `password`; none by default.")
  }
}

extension LogDestination.HTTP: Formed {
  static let form = Form("LogDestination.HTTP", "A service that takes JSON by HTTP.", blank: Self(to: "")) {
    FormField.required(
      "to", \.to, .callee, example: "log-service", "Which one: an ExternalService or a Workload.")
    FormField.optional("port", \.port, .portReference, "Its port; its first one by default.")
    FormField.defaulted(
      "path", \.path, Codec.path("/logs").oneWord, "The path that logs are posted to.", default: "/")
  }
}

extension Codec where Value == String {
  /// The same texts, but none with white space: the classic configuration of Fluent Bit has no quotes.
  var oneWord: Codec {
    verified { text, field in
      guard !text.unicodeScalars.contains(where: \.properties.isWhitespace) else {
        field.report(.invalidValue, "\(shown(text)) has white space in it", remedy: "write it without")
        return false
      }
      return true
    }
  }

  /// The same texts, but on one line.
  var oneLine: Codec {
    verified { text, field in
      guard !text.contains(where: \.isNewline) else {
        field.report(.invalidValue, "\(shown(text)) has more than one line", remedy: "write it on one line")
        return false
      }
      return true
    }
  }
}
