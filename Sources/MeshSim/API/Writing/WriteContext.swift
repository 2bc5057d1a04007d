import KubeModel
import Seams

/// What a write knows besides its object.
struct WriteContext: Sendable {
  let served: ServedResource
  let attributes: RequestAttributes
  var options: WriteOptions
  /// `nil` at the main path.
  var subresource: String?
  /// Whether a controller writes, not a client.
  var isInternal = false
  /// What the answer warns of.
  var warnings: [String] = []

  init(_ request: APIRequest, _ served: ServedResource, _ options: WriteOptions) {
    self.served = served
    self.options = options
    attributes = RequestAttributes(request)
    subresource = request.info.subresource.isEmpty ? nil : request.info.subresource
  }

  /// The write of a controller.
  init(_ served: ServedResource, _ attributes: RequestAttributes, manager: String) {
    self.served = served
    self.attributes = attributes
    options = WriteOptions(manager: manager)
    subresource = attributes.subresource.isEmpty ? nil : attributes.subresource
    isInternal = true
  }

  /// Does something whose failure does not lose the warnings so far.
  mutating func keepingWarnings<Result>(
    _ work: (inout WriteContext) throws(StatusError) -> Result
  ) throws(StatusError) -> Result {
    do throws(StatusError) { return try work(&self) } catch {
      var error = error
      error.warnings = warnings + error.warnings
      throw error
    }
  }

  /// Whether the write is about the whole object: at its own path, or by its scale.
  var isWhole: Bool { subresource == nil || subresource == "scale" }

  /// Who is said to have made the commit: controllers are nobody.
  var commitManager: String? { isInternal ? nil : options.manager }

  /// The field manager as ownership records it.
  var manager: String { options.manager }
}

extension RequestAttributes {
  /// What a request wants to do.
  init(_ request: APIRequest) {
    let info = request.info
    self.init(
      user: request.user, verb: info.verb, group: info.group, version: info.version, resource: info.plural,
      subresource: info.subresource, name: info.name, namespace: info.namespace, path: info.path,
      isResource: info.isResource)
  }
}
