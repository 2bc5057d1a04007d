import KubeModel

/// Which objects of a resource a list, a watch or a deletion of a collection is about.
struct Selection: Sendable {
  /// `nil` for all.
  var namespace: String?
  var labels: LabelQuery
  var fields: FieldQuery

  /// What a request selects.
  init(_ request: APIRequest, of served: ServedResource) throws(StatusError) {
    namespace = served.kind.isNamespaced && !request.info.namespace.isEmpty ? request.info.namespace : nil
    labels = try LabelQuery(request.query["labelSelector"] ?? "")
    fields = try FieldQuery(request.query["fieldSelector"] ?? "", of: served)
    if !request.info.name.isEmpty { fields = FieldQuery(name: request.info.name) }
  }

  /// Whether everything in the namespace is selected.
  var isEverything: Bool { labels.isEverything && fields.terms.isEmpty }

  func matches(_ object: KubeObject) -> Bool {
    (labels.isEverything || labels.matches(object.fields["metadata"]?["labels"]?.object))
      && (fields.terms.isEmpty || fields.matches(object))
  }

  /// Whether an object is in the namespace and selected.
  func contains(_ object: KubeObject) -> Bool {
    (namespace == nil || object.namespace == namespace) && matches(object)
  }
}
