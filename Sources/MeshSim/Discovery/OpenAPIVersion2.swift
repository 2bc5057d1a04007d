import KubeModel

/// The one document of the old form of OpenAPI: what the documents of the group versions say, all together.
enum OpenAPIVersion2 {
  static func document(of api: ServedAPI) -> JSONValue {
    var paths = JSONObject()
    var definitions = JSONObject()
    for group in api.catalogue.groups {
      for version in group.versions {
        let document = OpenAPIDocument(api: api, group: group.name, version: version).json
        for member in document["paths"]?.object?.members ?? [] { paths[member.key] = item(member.value) }
        for member in document[path: "components", "schemas"]?.object?.members ?? []
        where definitions[member.key] == nil {
          definitions[member.key] = schema(member.value)
        }
      }
    }
    return [
      "swagger": "2.0", "info": ["title": "Kubernetes", "version": .string(ServerVersion.text)],
      "paths": .object(paths), "definitions": .object(definitions),
      "securityDefinitions": [
        "BearerToken": [
          "description": "Bearer Token authentication", "type": "apiKey", "name": "authorization",
          "in": "header",
        ]
      ], "security": [["BearerToken": []]],
    ]
  }

  private static func item(_ value: JSONValue) -> JSONValue {
    var item = JSONObject()
    for member in value.object?.members ?? [] {
      item[member.key] =
        member.key == "parameters"
        ? .array((member.value.array ?? []).map(parameter)) : operation(member.value)
    }
    return .object(item)
  }

  private static func parameter(_ value: JSONValue) -> JSONValue {
    var parameter = value.object ?? JSONObject()
    for member in parameter["schema"]?.object?.members ?? [] { parameter[member.key] = member.value }
    parameter["schema"] = nil
    return .object(parameter)
  }

  private static func operation(_ value: JSONValue) -> JSONValue {
    var operation = value.object ?? JSONObject()
    var parameters = (operation["parameters"]?.array ?? []).map(parameter)
    if let body = operation["requestBody"]?["content"]?.object?.members {
      operation["consumes"] = .array(body.map { .string($0.key) })
      parameters.append([
        "name": "body", "in": "body", "required": true, "schema": schema(body.first?.value["schema"] ?? [:]),
      ])
    }
    operation["requestBody"] = nil
    operation["parameters"] = .array(parameters)
    operation["produces"] = ["application/json", "application/yaml"]
    operation["schemes"] = ["https"]
    let answer = operation["responses"]?[path: "200", "content", "application/json", "schema"] ?? [:]
    operation["responses"] = [
      "200": ["description": "OK", "schema": schema(answer)], "401": ["description": "Unauthorized"],
    ]
    return .object(operation)
  }

  /// A shape, whose references stand by themselves in the old form.
  private static func schema(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let list): return .array(list.map(schema))
    case .object(let members):
      if let only = members["allOf"]?.array, only.count == 1, let reference = only[0]["$ref"] {
        return schema(["$ref": reference])
      }
      var object = JSONObject()
      for member in members.members {
        if member.key == "$ref", let name = member.value.string?.split(separator: "/").last {
          object["$ref"] = .string("#/definitions/\(name)")
        } else if ["oneOf", "anyOf", "allOf", "not"].contains(member.key) {
          // The old form has none of these; a text stands for what may be a number too.
          if members["type"] == nil, members["properties"] == nil { object["type"] = "string" }
        } else {
          object[member.key] = schema(member.value)
        }
      }
      return .object(object)
    default: return value
    }
  }
}
