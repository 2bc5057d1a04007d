import Foundation
import KubeModel
import Testing

@testable import MeshTopology

@Suite("The reference of the topology")
struct ReferenceTests {
  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the file anew.
  @Test("is what the forms say")
  func isUpToDate() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Docs/topology-reference.md")
    let text = ReferenceText().text
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test("says of each field what it means, in a sentence")
  func explainsEachField() {
    for form in ReferenceText().forms {
      #expect(form.summary.hasSuffix("."), "\(form.name)")
      for field in form.fields {
        #expect(field.words.hasSuffix(".") && field.words.count > 6, "\(form.name) \(field.key)")
      }
    }
  }

  @Test("calls each type by one name only")
  func hasUniqueNames() {
    var fields: [String: [String]] = [:]
    for form in ReferenceText().forms {
      let keys = form.fields.map(\.key)
      #expect(fields[form.name, default: keys] == keys, "\(form.name)")
      fields[form.name] = keys
    }
  }
}

/// The page that lists every field of every kind.
struct ReferenceText {
  /// The forms in the order of the page: each kind, followed by what only it refers to.
  let forms: [FormDescription]

  init() {
    var forms: [FormDescription] = []
    var seen: Set<String> = []
    func add(_ form: FormDescription) {
      guard seen.insert(form.name).inserted else { return }
      forms.append(form)
      for field in form.fields { visit(field.shape) }
    }
    func visit(_ shape: Shape) {
      switch shape {
      case .form(let form): add(form)
      case .list(let element, _), .map(let element, _): visit(element)
      case .either(let shapes): shapes.forEach(visit)
      default: break
      }
    }
    for kind in DocumentKind.allCases { add(kind.description) }
    self.forms = forms
  }

  var text: String {
    var lines = [
      "# Reference of the topology", "",
      "Every kind of document and every field, as `meshctl schema` has them for editors. [The topology](topology.md)",
      "introduces them. This page is made from the same forms that read the documents.", "",
    ]
    let kinds = Set(DocumentKind.allCases.map(\.rawValue))
    for form in forms {
      lines += ["\(kinds.contains(form.name) ? "##" : "###") \(form.name)", "", form.summary, ""]
      guard !form.fields.isEmpty else { continue }
      lines += ["| field | value | default | meaning |", "|---|---|---|---|"]
      lines += form.fields.map { field in
        let initial = field.isRequired ? "**required**" : field.initial.map(shown) ?? ""
        return
          "| `\(field.key)` | \(words(field.shape)) | \(initial) | \(field.words.replacing("|", with: "\\|")) |"
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  private func shown(_ tree: YAMLTree) -> String {
    let text = tree.json.jsonText()
    let plain = text.count > 2 && text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text
    return ["[]", "{}", "\"\""].contains(text) ? "none" : plain.count > 60 ? "see there" : "`\(plain)`"
  }

  private func words(_ shape: Shape) -> String {
    switch shape {
    case .text(let words, _): words
    case .integer(let range):
      range.upperBound >= 2_147_483_647
        ? "integer from \(range.lowerBound)" : "integer, \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "number, \(range.lowerBound) to \(range.upperBound)"
    case .flag: "`true` or `false`"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .special(let words, _, _): words
    case .list(let element, _): "list of: \(words(element))"
    case .map(let element, _): "mapping of names to: \(words(element))"
    case .form(let form): "[\(form.name)](#\(form.name.lowercased().replacing(".", with: "")))"
    case .either(let shapes): shapes.map(words).joined(separator: "; or ")
    case .any(let words): words
    }
  }
}
