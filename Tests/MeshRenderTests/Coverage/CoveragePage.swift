import KubeModel

/// The table as a page of the documentation.
struct CoveragePage {
  let objects: [CoveredObject]

  private var files: [String] {
    objects.map(\.file).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  var text: String {
    """
    # What becomes of the reference design

    `Examples/microservices` declares a system that was first written down as nineteen files: manifests of
    Kubernetes, Istio and GKE, configurations of Kong, Prometheus and Fluent Bit, and notes. This page has each of
    their settings: which field of the example decides it, and where it is rendered.

    A list of plain values counts as one setting; configuration texts within a manifest count by their own keys.
    The field `kind` means that every document of this kind has it. A test renders the example and compares each
    row; it also writes this page.

    - **as they are**: the same key has the same value. Only what it stands in may have another name.
    - **in a modern form**: another key or another value says it; the row has the reason.
    - **in the topology only**: it is declared for procedures, and no object has it.
    - **left out**: nothing says it; the row has the reason.

    \(summary)

    \(files.map(section).joined(separator: "\n\n"))

    """
  }

  private var summary: String {
    let outcomes = CoveredSetting.Outcome.allCases
    let head = ["file", "settings"] + outcomes.map(\.rawValue)
    let rows = files.map { file in [link(to: file)] + counts(settings(of: file)) }
    let sum = ["**all**"] + counts(objects.flatMap(\.settings)).map { "**\($0)**" }
    return table(head, rows + [sum])
  }

  private func counts(_ settings: [CoveredSetting]) -> [String] {
    ["\(settings.count)"]
      + CoveredSetting.Outcome.allCases.map { outcome in "\(settings.count { $0.outcome == outcome })" }
  }

  private func settings(of file: String) -> [CoveredSetting] {
    objects.filter { $0.file == file }.flatMap(\.settings)
  }

  /// The link to a file's section; renderers of Markdown drop the dots of a heading.
  private func link(to file: String) -> String { "[\(file)](#\(file.filter { $0 != "." }))" }

  private func section(_ file: String) -> String {
    let parts = objects.filter { $0.file == file }.map { object in
      var words = "From `\(object.document)`"
      if let target = object.target { words += ", rendered as `\(target)`" }
      return "\(object.name == file ? "" : "`\(object.name)`. ")\(words) where the row has nothing else.\n\n"
        + table(
          ["setting", "value", "field", "rendered", "why"], object.settings.map { row($0, of: object) })
    }
    return "## \(file)\n\n" + parts.joined(separator: "\n\n")
  }

  private func row(_ setting: CoveredSetting, of object: CoveredObject) -> [String] {
    let field = setting.field.map { field in
      [setting.document, field].compactMap(\.self).map(code).joined(separator: " ")
    }
    return [code(setting.path), code(setting.value), field ?? "", rendered(setting), setting.reason ?? ""]
  }

  private func rendered(_ setting: CoveredSetting) -> String {
    switch setting.outcome {
    case .same:
      let place = [setting.target, setting.targetPath].compactMap(\.self).map(code).joined(separator: " ")
      return place.isEmpty ? "the same" : place
    case .modern:
      let place = [setting.target, setting.targetPath].compactMap(\.self).map(code).joined(separator: " ")
      let value = setting.rendered.map { "now " + code($0) } ?? ""
      return [place, value].filter { !$0.isEmpty }.joined(separator: " ")
    case .declared: return "in the topology" + (setting.rendered.map { ": " + code($0) } ?? "")
    case .left: return "left out"
    }
  }

  private func code(_ value: JSONValue) -> String { code(value.string ?? value.jsonText()) }

  private func code(_ text: String) -> String {
    text.isEmpty ? "" : "`\(text.replacing("|", with: "\\|"))`"
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }
      .joined(separator: "\n")
  }
}
