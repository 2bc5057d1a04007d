import KubeModel

/// What can be done at the paths of one resource, as OpenAPI says it.
struct OpenAPIOperations {
  let served: ServedResource
  let reference: JSONValue

  /// Path items by path.
  var paths: [(String, JSONValue)] {
    let kind = served.kind
    let root = (kind.group.isEmpty ? "/api/\(kind.version)" : "/apis/\(kind.group)/\(kind.version)")
    let collection = root + (kind.isNamespaced ? "/namespaces/{namespace}/" : "/") + kind.plural
    let verbs = served.resource.verbs
    var all: [(String, JSONValue)] = []
    let onCollection = [("get", "list"), ("post", "create"), ("delete", "deletecollection")]
    all.append((collection, item(onCollection.filter { verbs.contains($0.1) }, isNamed: false)))
    let onObject = [("get", "get"), ("put", "update"), ("patch", "patch"), ("delete", "delete")]
    let named = onObject.filter { verbs.contains($0.1) }
    if !named.isEmpty { all.append((collection + "/{name}", item(named, isNamed: true))) }
    if kind.isNamespaced, verbs.contains("list") {
      all.append(("\(root)/\(kind.plural)", item([("get", "list")], isNamed: false)))
    }
    for part in served.resource.subresources where part.kind == kind.kind {
      let methods = onObject.filter { part.verbs.contains($0.1) }
      all.append(("\(collection)/{name}/\(part.name)", item(methods, isNamed: true)))
    }
    return all
  }

  private func item(_ methods: [(method: String, verb: String)], isNamed: Bool) -> JSONValue {
    var item = JSONObject()
    for (method, verb) in methods { item[method] = operation(verb) }
    var parameters: [JSONValue] = []
    if isNamed {
      parameters.append(OpenAPIOperations.parameter("name", in: "path", type: "string", isRequired: true))
    }
    if served.kind.isNamespaced {
      parameters.append(
        OpenAPIOperations.parameter("namespace", in: "path", type: "string", isRequired: true))
    }
    parameters.append(OpenAPIOperations.parameter("pretty", in: "query", type: "string"))
    item["parameters"] = .array(parameters)
    return .object(item)
  }

  private func operation(_ verb: String) -> JSONValue {
    let kind = served.kind
    var parameters = OpenAPIOperations.writeParameters[verb] ?? []
    if verb == "list" || verb == "deletecollection" { parameters = OpenAPIOperations.listParameters }
    var operation: JSONObject = [
      "tags": [.string(kind.group.isEmpty ? "core_\(kind.version)" : "\(kind.group)_\(kind.version)")],
      "operationId": .string("\(verb)\(kind.version)\(kind.kind)"),
      "parameters": .array(parameters),
      "responses": ["200": ["description": "OK", "content": ["application/json": ["schema": reference]]]],
      "x-kubernetes-action": .string(["create": "post", "update": "put"][verb] ?? verb),
      "x-kubernetes-group-version-kind": [
        "group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind),
      ],
    ]
    switch verb {
    case "create", "update":
      operation["requestBody"] = ["content": ["*/*": ["schema": reference]], "required": true]
    case "patch":
      let types = APIServer.patchTypes.filter { !served.isCustom || $0 != APIServer.patchTypes[2] }
      operation["requestBody"] = [
        "content": .object(JSONObject(types.map { ($0, ["schema": OpenAPISchemas.patch]) })),
        "required": true,
      ]
    default: break
    }
    return .object(operation)
  }

  // MARK: Parameters

  private static func parameter(_ name: String, in place: String, type: String, isRequired: Bool = false)
    -> JSONValue
  {
    var parameter: JSONValue = [
      "name": .string(name), "in": .string(place), "schema": ["type": .string(type), "uniqueItems": true],
    ]
    if isRequired { parameter["required"] = true }
    return parameter
  }

  private static func query(_ names: (String, String)...) -> [JSONValue] {
    names.map { parameter($0.0, in: "query", type: $0.1) }
  }

  private static let writeParameters: [String: [JSONValue]] = [
    "create": query(("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string")),
    "update": query(("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string")),
    "patch": query(
      ("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string"), ("force", "boolean")),
    "delete": query(
      ("dryRun", "string"), ("gracePeriodSeconds", "integer"), ("orphanDependents", "boolean"),
      ("propagationPolicy", "string")),
  ]

  private static let listParameters = query(
    ("allowWatchBookmarks", "boolean"), ("continue", "string"), ("fieldSelector", "string"),
    ("labelSelector", "string"), ("limit", "integer"), ("resourceVersion", "string"),
    ("resourceVersionMatch", "string"), ("sendInitialEvents", "boolean"), ("timeoutSeconds", "integer"),
    ("watch", "boolean"))
}
