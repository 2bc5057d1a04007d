import KubeModel
import Seams

/// Objects as rows of a table, the form in which kubectl asks for what it prints (`as=Table`).
enum Table {
  /// The table of `objects`.
  ///
  /// - Parameters:
  ///   - withHeaders: false in a watch after its first event.
  ///   - listMetadata: of the list that the objects come from; nil for a single object, whose version then is the table's.
  ///   - version: of the group `meta.k8s.io`: `v1` or `v1beta1`.
  static func answer(
    objects: [KubeObject], resource: Resource, includeObject: IncludeObject, withHeaders: Bool,
    now: Timestamp, listMetadata: JSONValue?, version: String = "v1"
  ) -> JSONValue {
    let printer = TableCells.of(resource)
    var metadata = listMetadata ?? [:]
    if listMetadata == nil, let single = objects.first {
      metadata = ["resourceVersion": .string(single.resourceVersion)]
    }
    let rows = objects.map { object in
      row(of: object, printer: printer, includeObject: includeObject, now: now, version: version)
    }
    return [
      "kind": "Table", "apiVersion": .string("meta.k8s.io/\(version)"), "metadata": metadata,
      "columnDefinitions": withHeaders ? .array(headers(of: resource)) : .null, "rows": .array(rows),
    ]
  }

  /// The columns of a resource, the name first; one without any of its own shows names and ages.
  static func columns(of resource: Resource) -> [Resource.Column] {
    let age = Resource.Column(name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp")
    let own = resource.columns.isEmpty ? [age] : resource.columns
    // Definitions declare only what comes after the name.
    let declaresName = own.first?.jsonPath == nil
    return (declaresName ? [] : [Resource.Column(name: "Name", type: "string", format: "name")]) + own
  }

  private static func headers(of resource: Resource) -> [JSONValue] {
    columns(of: resource).map { column in
      [
        "name": .string(column.name), "type": .string(column.type), "format": .string(column.format),
        "description": .string(column.description), "priority": .int(column.priority),
      ]
    }
  }

  private static func row(
    of object: KubeObject, printer: TableCells, includeObject: IncludeObject, now: Timestamp, version: String
  ) -> JSONValue {
    let shown: JSONValue =
      switch includeObject {
      case .none: .null
      case .metadata: PartialMetadata.of(object, version: version).json
      case .object: object.json
      }
    var row: JSONObject = [
      "cells": .array(printer.cells(CellSource(object: object, now: now))), "object": shown,
    ]
    if let condition = printer.completion(object) { row["conditions"] = [condition] }
    return .object(row)
  }
}
