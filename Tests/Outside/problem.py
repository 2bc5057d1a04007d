"""What a judge finds wrong, and objects as they are read."""

from dataclasses import dataclass, field

import yaml


@dataclass(frozen=True)
class Problem:
  """Something wrong with an object: who says so, at which field, and what."""

  judge: str
  path: str
  message: str


@dataclass
class Manifest:
  """One object with the file it stands in and the cluster it is for."""

  file: str
  cluster: str
  object: dict = field(repr=False)

  @property
  def group(self):
    version = str(self.object.get("apiVersion", ""))
    return version.rpartition("/")[0]

  @property
  def version(self):
    return str(self.object.get("apiVersion", "")).rpartition("/")[2]

  @property
  def kind(self):
    return str(self.object.get("kind", ""))

  @property
  def name(self):
    metadata = self.object.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    name = metadata.get("name", "?")
    return f"{metadata['namespace']}/{name}" if "namespace" in metadata else name

  def __str__(self):
    return f"{self.object.get('apiVersion')} {self.kind} {self.name}"


def field_path(parts):
  """The parts of a path as people write it: spec.ports[0].name."""
  text = ""
  for part in parts:
    text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else str(part))
  return text or "(root)"


class StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
  """Refuses a key that stands twice, and leaves times as the strings they are in JSON."""

  def construct_mapping(self, node, deep=False):
    seen = set()
    for key_node, _ in node.value:
      key = self.construct_object(key_node, deep=True)
      if key in seen:
        raise yaml.constructor.ConstructorError(
            None, None, f"the key {key} stands twice", key_node.start_mark)
      seen.add(key)
    return super().construct_mapping(node, deep)


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_documents(text):
  """The documents of a YAML text, empty ones left out; raises yaml.YAMLError."""
  return [document for document in yaml.load_all(text, Loader=StrictLoader) if document is not None]
