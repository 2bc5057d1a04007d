import KubeModel

/// The OpenAPI document of one group version: paths and the shapes of what they exchange.
struct OpenAPIDocument {
  let api: ServedAPI
  let group: String
  let version: String

  private var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  var json: JSONValue {
    var paths = JSONObject()
    var schemas = OpenAPISchemas(group: group, version: version)
    for resource in api.catalogue.resources(group: group, version: version) {
      guard let served = api.resource(resource.kind) else { continue }
      schemas.add(served)
      let operations = OpenAPIOperations(served: served, reference: schemas.reference(to: served))
      for (path, item) in operations.paths { paths[path] = item }
    }
    schemas.addMetaKinds()
    return [
      "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": .string(ServerVersion.text)],
      "paths": .object(paths), "components": ["schemas": .object(schemas.all)],
    ]
  }
}
