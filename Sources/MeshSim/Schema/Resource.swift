import KubeModel

/// A resource that the API serves.
struct Resource: Sendable {
  /// A part of an object with a path of its own, such as `status` or `scale`.
  struct Subresource: Sendable {
    let name: String
    let kind: String
    /// Where its kind belongs to another group version than the resource.
    var apiVersion: String?
    let verbs: [String]
  }

  /// A column of its table.
  struct Column: Sendable {
    let name: String
    let type: String
    var format = ""
    var description = ""
    /// Above 0 for columns of a wide listing.
    var priority: Int64 = 0
    /// Where a custom resource keeps the value, as a JSON path without its outer braces.
    var jsonPath: String?
  }

  var kind: ResourceKind
  var singular: String
  var shortNames: [String] = []
  var categories: [String] = []
  var verbs: [String]
  var subresources: [Subresource] = []
  var columns: [Column] = []
  /// Paths of the fields by which a custom resource can be selected, such as `spec.color`.
  var selectableFields: [String] = []
  /// The kind under which objects are stored, where it differs: autoscaling/v1 shows what autoscaling/v2 holds.
  var storage: ResourceKind

  /// Where a custom resource keeps what its scale shows.
  var scale: ScalePaths?

  func subresource(_ name: String) -> Subresource? { subresources.first { $0.name == name } }
}
