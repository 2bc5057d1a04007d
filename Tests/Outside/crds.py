"""Objects of custom kinds, judged by the openAPIV3Schema of their CustomResourceDefinition."""

import copy
import json
import pathlib

import importlib_resources
import jsonschema
import yaml
from kubernetes_validate.utils import latest_version

import cel_rules
from problem import Problem, field_path

PRESERVE = "x-kubernetes-preserve-unknown-fields"


class Definitions:
  """The CustomResourceDefinitions of a folder of YAML files."""

  def __init__(self, folder):
    self.kinds = {}
    for file in sorted(pathlib.Path(folder).glob("*.yaml")):
      for document in yaml.load_all(file.read_text(), Loader=yaml.CSafeLoader):
        if not document or document.get("kind") != "CustomResourceDefinition":
          continue
        spec = document["spec"]
        for served in spec["versions"]:
          key = (f"{spec['group']}/{served['name']}", spec["names"]["kind"])
          self.kinds[key] = {
              "plural": spec["names"]["plural"],
              "isNamespaced": spec["scope"] == "Namespaced",
              "isServed": served.get("served", True),
              "schema": served.get("schema", {}).get("openAPIV3Schema", {PRESERVE: True}),
          }

  def judge(self, manifest):
    """The problems of an object of a kind that is defined here, or None."""
    kind = self.kinds.get((manifest.object.get("apiVersion"), manifest.kind))
    if not kind:
      return None
    problems = []
    if not kind["isServed"]:
      problems.append(Problem("crd", "apiVersion", f"the version {manifest.version} is not served"))
    has_namespace = "namespace" in (manifest.object.get("metadata") or {})
    if has_namespace and not kind["isNamespaced"]:
      problems.append(Problem("crd", "metadata.namespace", f"{manifest.kind} has no namespace"))
    problems += schema_problems(manifest.object, root_schema(kind["schema"]), "crd")
    if not problems:
      object = with_defaults(copy.deepcopy(manifest.object), kind["schema"])
      problems += list_problems(object, kind["schema"], ())
      problems += cel_rules.judge(object, kind["schema"])
    return problems


def schema_problems(value, schema, judge):
  problems = []
  for error in jsonschema.Draft4Validator(schema).iter_errors(value):
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.validator_value, bool):
      unknown = sorted(set(error.instance) - set(error.schema.get("properties", {})))
      problems += [Problem(judge, field_path(path + (key,)), "unknown field") for key in unknown]
    else:
      problems.append(Problem(judge, field_path(path), error.message[:300]))
  return problems


def object_meta():
  """The strict JSON Schema of metadata, with what it refers to put in place."""
  root = importlib_resources.files("kubernetes_validate").joinpath("kubernetes-json-schema")
  text = root.joinpath(f"v{latest_version()}-local-strict", "_definitions.json").read_text()
  definitions = json.loads(text)["$defs"]

  def inline(node):
    if isinstance(node, dict):
      if "$ref" in node:
        return inline(definitions[node["$ref"].rpartition("/")[2]])
      return {key: inline(child) for key, child in node.items()}
    return [inline(child) for child in node] if isinstance(node, list) else node

  return inline(definitions["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"])


def root_schema(schema):
  """The schema of a whole object: apiVersion, kind and metadata are in every object."""
  closed = closed_schema(schema)
  properties = closed.setdefault("properties", {})
  properties["apiVersion"] = {"type": "string"}
  properties["kind"] = {"type": "string"}
  properties["metadata"] = {"allOf": [object_meta(), properties.get("metadata", {})]}
  closed["required"] = sorted({*closed.get("required", []), "apiVersion", "kind", "metadata"})
  return closed


def closed_schema(schema, is_root=True):
  """A structural schema as a JSON Schema in which fields that are not declared are refused."""
  closed = {key: value for key, value in schema.items() if not key.startswith("x-")}
  for word in ("description", "default", "example", "externalDocs", "nullable"):
    closed.pop(word, None)
  if schema.get("x-kubernetes-int-or-string"):
    closed["type"] = ["integer", "string"]
  if schema.get("nullable") and "type" in closed:
    types = closed["type"] if isinstance(closed["type"], list) else [closed["type"]]
    closed["type"] = types + ["null"]
    if "enum" in closed:
      closed["enum"] = closed["enum"] + [None]
  if "properties" in schema:
    closed["properties"] = {
        name: closed_schema(child, False) for name, child in schema["properties"].items()
        if not (is_root and name == "metadata")}
    if schema.get("x-kubernetes-embedded-resource"):
      for name in ("apiVersion", "kind", "metadata"):
        closed["properties"].setdefault(name, {})
  if isinstance(schema.get("items"), dict):
    closed["items"] = closed_schema(schema["items"], False)
  if isinstance(schema.get("additionalProperties"), dict):
    closed["additionalProperties"] = closed_schema(schema["additionalProperties"], False)
  elif schema.get("type") == "object" and not schema.get(PRESERVE):
    closed.setdefault("additionalProperties", False)
  # allOf, anyOf, oneOf and not hold conditions on values only; in a structural schema they declare nothing.
  return closed


def with_defaults(value, schema):
  """The value as the API server sees it when it judges rules: with the schema's defaults."""
  if isinstance(value, dict):
    for name, child in schema.get("properties", {}).items():
      if name not in value and "default" in child:
        value[name] = copy.deepcopy(child["default"])
      if name in value:
        value[name] = with_defaults(value[name], child)
    rest = schema.get("additionalProperties")
    if isinstance(rest, dict):
      value = {key: with_defaults(child, rest) for key, child in value.items()}
  elif isinstance(value, list) and isinstance(schema.get("items"), dict):
    value = [with_defaults(child, schema["items"]) for child in value]
  return value


def list_problems(value, schema, path):
  """Entries that stand twice in a list that is a set or a map."""
  problems = []
  if isinstance(value, dict):
    rest = schema.get("additionalProperties")
    for name, child in value.items():
      known = schema.get("properties", {}).get(name, rest if isinstance(rest, dict) else {})
      problems += list_problems(child, known, path + (name,))
  elif isinstance(value, list):
    keys = schema.get("x-kubernetes-list-map-keys", [])
    kind = schema.get("x-kubernetes-list-type")
    seen = set()
    for index, child in enumerate(value):
      if kind in ("map", "set"):
        entry = {key: child.get(key) for key in keys} if kind == "map" else child
        identity = json.dumps(entry, sort_keys=True)
        if identity in seen:
          message = f"the entry {identity} stands twice in a list of kind {kind}"
          problems.append(Problem("crd", field_path(path + (index,)), message))
        seen.add(identity)
      problems += list_problems(child, schema.get("items") or {}, path + (index,))
  return problems
