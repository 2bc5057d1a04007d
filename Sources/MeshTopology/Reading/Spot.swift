internal import KubeModel

/// Where something stands: in a file, and in the model.
struct Spot: Hashable {
  /// The place in the file.
  var place: Place
  /// The document, such as `Workload/user-service`.
  var document = ""
  /// The fields and indices that lead to it within the document, such as `spec.ports[0]`.
  var fields = ""

  /// The path that a problem shows.
  var path: String { fields.isEmpty ? document : "\(document) \(fields)" }

  /// The spot of the field `key` within this one.
  func field(_ key: String, at place: Place) -> Spot {
    let isSimple = key.utf8.count <= 64 && key.utf8.allSatisfy { (33...126).contains($0) }
    let name = isSimple ? key : shown(key)
    return Spot(place: place, document: document, fields: fields.isEmpty ? name : "\(fields).\(name)")
  }

  /// The spot of the element `index` within this one.
  func element(_ index: Int, at place: Place) -> Spot {
    Spot(place: place, document: document, fields: "\(fields)[\(index)]")
  }
}
