"""The x-kubernetes-validations of a schema, evaluated by cel-python."""

import functools
import ipaddress
import urllib.parse

import celpy
from celpy import celtypes

from problem import Problem, field_path

RESERVED = {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function",
            "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
# Rules that cel-python could not judge, with the reason; the caller says so.
unjudged = {}


def is_url(text):
  parts = urllib.parse.urlsplit(str(text))
  return celtypes.BoolType(bool(parts.scheme and (parts.netloc or parts.path.startswith("/"))))


def is_ip(text):
  try:
    ipaddress.ip_address(str(text))
  except ValueError:
    return celtypes.BoolType(False)
  return celtypes.BoolType(True)


def split(text, separator):
  return celtypes.ListType([celtypes.StringType(part) for part in str(text).split(str(separator))])


def substring(text, start, end=None):
  return celtypes.StringType(str(text)[int(start):None if end is None else int(end)])


# What Kubernetes adds to CEL and the rules here use.
FUNCTIONS = {
    "isURL": is_url,
    "isIP": is_ip,
    "url": lambda text: text,
    "getScheme": lambda text: celtypes.StringType(urllib.parse.urlsplit(str(text)).scheme),
    "split": split,
    "substring": substring,
}


@functools.cache
def program(rule):
  environment = celpy.Environment()
  return environment.program(environment.compile(rule), functions=FUNCTIONS)


def escaped(name):
  """A field's name as rules write it, where CEL's words and signs are in the way."""
  if name in RESERVED:
    return f"__{name}__"
  return name.replace("__", "__underscores__").replace(".", "__dot__").replace("-", "__dash__").replace(
      "/", "__slash__")


def to_cel(value, schema):
  if isinstance(value, dict):
    properties = schema.get("properties", {})
    rest = schema.get("additionalProperties")
    rest = rest if isinstance(rest, dict) else {}
    return celtypes.MapType({
        celtypes.StringType(escaped(key) if key in properties else key):
            to_cel(child, properties.get(key, rest)) for key, child in value.items()})
  if isinstance(value, list):
    return celtypes.ListType([to_cel(child, schema.get("items") or {}) for child in value])
  return celpy.json_to_cel(value)


def judge(value, schema, path=()):
  """The rules that do not hold for the value and everything in it."""
  problems = []
  for validation in schema.get("x-kubernetes-validations", []):
    rule = validation["rule"]
    # A rule with oldSelf judges a change; there is none here.
    if "oldSelf" in rule or value is None:
      continue
    try:
      holds = bool(program(rule).evaluate({"self": to_cel(value, schema)}))
    except (celpy.CELEvalError, celpy.CELParseError, TypeError, ValueError, KeyError) as error:
      unjudged[rule] = f"{type(error).__name__}: {error}"[:200]
      continue
    if not holds:
      message = validation.get("message") or f"the rule does not hold: {rule}"
      problems.append(Problem("crd rule", field_path(path), message))
  if isinstance(value, dict):
    rest = schema.get("additionalProperties")
    rest = rest if isinstance(rest, dict) else {}
    for name, child in value.items():
      problems += judge(child, schema.get("properties", {}).get(name, rest), path + (name,))
  elif isinstance(value, list):
    for index, child in enumerate(value):
      problems += judge(child, schema.get("items") or {}, path + (index,))
  return problems
