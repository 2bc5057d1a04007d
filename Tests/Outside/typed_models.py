"""Objects of Istio, Velero and the Prometheus operator, judged by the typed models of cloudcoil.

The models ignore fields that they do not know. So what a model has read is written again and compared: a
field that got lost is unknown, one that changed had the wrong type.
"""

import functools
import importlib
import json
import pkgutil

import pydantic
from importlib.metadata import version
from cloudcoil.resources import Resource

from problem import Problem, field_path

PACKAGES = ["istio", "velero", "prometheus_operator"]


@functools.cache
def models():
  """The models by apiVersion and kind, each with the package and version it is from."""
  found = {}
  for package in PACKAGES:
    root = importlib.import_module(f"cloudcoil.models.{package}")
    source = f"{package} {version('cloudcoil.models.' + package)}"
    for module in pkgutil.walk_packages(root.__path__, root.__name__ + "."):
      for value in vars(importlib.import_module(module.name)).values():
        if not (isinstance(value, type) and issubclass(value, Resource) and value is not Resource):
          continue
        fields = value.model_fields
        if "api_version" in fields and isinstance(fields["api_version"].default, str):
          found[(fields["api_version"].default, fields["kind"].default)] = (value, source)
  return found


def differences(given, kept, path=()):
  """Where what was given is not in what the model kept, as (path, message)."""
  if isinstance(given, dict) and isinstance(kept, dict):
    for key, value in given.items():
      if key not in kept:
        yield path + (key,), "unknown field"
      else:
        yield from differences(value, kept[key], path + (key,))
  elif isinstance(given, list) and isinstance(kept, list) and len(given) == len(kept):
    for index, (one, other) in enumerate(zip(given, kept)):
      yield from differences(one, other, path + (index,))
  elif type(given) is not type(kept) and not is_number_pair(given, kept):
    yield path, f"{given!r} is not of the field's type; the model reads {kept!r}"


def is_number_pair(one, other):
  numbers = (int, float)
  return isinstance(one, numbers) and isinstance(other, numbers) and not isinstance(one, bool)


def judge(manifest):
  """The problems of an object that a model knows, or None."""
  known = models().get((manifest.object.get("apiVersion"), manifest.kind))
  if not known:
    return None
  model, source = known
  judge_name = f"model {source}"
  # Metadata is the same for all kinds, and the core schemas know it best.
  content = {key: value for key, value in manifest.object.items() if key != "metadata"}
  try:
    kept = model.model_validate_json(json.dumps(content), strict=True)
  except pydantic.ValidationError as error:
    return [Problem(judge_name, field_path(e["loc"]), e["msg"]) for e in error.errors()]
  kept = json.loads(kept.model_dump_json(by_alias=True, exclude_unset=True))
  return [Problem(judge_name, field_path(path), message) for path, message in differences(content, kept)]
