import Foundation
import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("The settings of the reference design")
struct CoverageTests {
  private let system: ExampleSystem

  init() throws { system = try ExampleSystem.shared.get() }

  @Test("are each decided by a field of the example", arguments: Coverage.all)
  func haveField(_ object: CoveredObject) throws {
    for setting in object.settings {
      guard let field = setting.field else {
        #expect(setting.outcome == .left, "\(setting.path) has no field")
        continue
      }
      let name = setting.document ?? object.document
      let document = try #require(system.documents[name], "there is no document \(name)")
      let declared = document.values[field]
      #expect(declared != nil, "\(name) has no \(field)")
      if setting.outcome == .declared { #expect(declared == setting.rendered, "\(name) \(field)") }
    }
  }

  @Test("are each rendered with the value that the table has", arguments: Coverage.all)
  func areRendered(_ object: CoveredObject) throws {
    for setting in object.settings where setting.outcome == .same || setting.outcome == .modern {
      let name = try #require(setting.target ?? object.target)
      let target = try #require(system.rendered[name], "\(name) is not rendered")
      let path = setting.targetPath ?? setting.path
      #expect(target.values[path] == setting.rendered ?? setting.value, "\(name) \(path)")
    }
  }

  @Test(
    "are as they are only with the same key and value, and have a reason otherwise", arguments: Coverage.all)
  func areHonest(_ object: CoveredObject) {
    func key(_ path: String) -> Substring? { path.split(separator: ".").last }
    for setting in object.settings {
      switch setting.outcome {
      case .same:
        #expect(key(setting.targetPath ?? setting.path) == key(setting.path), "\(setting.path)")
        #expect(setting.rendered == nil && setting.reason == nil)
      case .modern:
        let isAsItWas = setting.targetPath == nil && setting.rendered ?? setting.value == setting.value
        #expect(!isAsItWas && setting.reason?.isEmpty == false, "\(setting.path)")
      case .declared: #expect(setting.rendered == setting.value || setting.reason != nil, "\(setting.path)")
      case .left: #expect(setting.reason?.isEmpty == false, "\(setting.path)")
      }
    }
  }

  @Test(
    "are all in the table, once, with the reference's values",
    .enabled("the reference design is not beside the repository") { ReferenceDesign.folder != nil })
  func areComplete() throws {
    var table: [String: [String: JSONValue]] = [:]
    for object in Coverage.all {
      for setting in object.settings {
        let earlier = table["\(object.file) \(object.name)", default: [:]].updateValue(
          setting.value, forKey: setting.path)
        #expect(earlier == nil, "\(object.file) \(setting.path) is in the table twice")
      }
    }
    let reference = try ReferenceDesign.settings()
    #expect(Set(table.keys) == Set(reference.keys))
    for (object, settings) in reference {
      let covered = table[object] ?? [:]
      for (path, value) in settings { #expect(covered[path] == value, "\(object) \(path)") }
      #expect(Set(covered.keys).subtracting(settings.keys).isEmpty, "\(object) has no such settings")
    }
  }

  /// Run with `MESHKIT_UPDATE_SNAPSHOTS=1` to write the page anew.
  @Test("are on the page as they are in the table")
  func areDocumented() throws {
    let file = Example.root.appending(path: "Docs/coverage.md")
    let text = CoveragePage(objects: Coverage.all).text
    if ProcessInfo.processInfo.environment["MESHKIT_UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}

extension CoveredObject: CustomTestStringConvertible {
  var testDescription: String { "\(file) \(name)" }
}
