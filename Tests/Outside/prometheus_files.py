"""Prometheus' configuration and rules, judged by promtool."""

import pathlib
import re
import subprocess
import tempfile

import yaml

import kubernetes_discovery
from problem import Problem, field_path, read_documents


def promtool(what, text, folder, name):
  path = pathlib.Path(folder, name)
  path.write_text(text)
  # Files that only the pod has, such as tokens, are not looked for.
  command = ["promtool", "check", what] + (["--syntax-only"] if what == "config" else []) + [str(path)]
  result = subprocess.run(command, capture_output=True, text=True, timeout=60)
  if result.returncode == 0:
    return None
  lines = [line.strip() for line in (result.stdout + result.stderr).splitlines()]
  lines = [line for line in lines if line and not line.startswith(("Checking", "FAILED:"))] or lines
  return " ".join(line.replace(str(path), name) for line in lines)[:400]


def judge(manifest):
  """The problems of a ConfigMap's Prometheus files or of a PrometheusRule, or None when there are none."""
  texts = {}
  if manifest.kind == "ConfigMap":
    data = manifest.object.get("data")
    for name, text in (data if isinstance(data, dict) else {}).items():
      if isinstance(text, str) and re.search(r"\.ya?ml$", name):
        what = content(name, text)
        if what:
          texts[("data", name)] = (what, text)
  elif manifest.kind == "PrometheusRule":
    texts[("spec",)] = ("rules", yaml.safe_dump(manifest.object.get("spec")))
  if not texts:
    return None
  problems = []
  with tempfile.TemporaryDirectory() as folder:
    for path, (what, text) in texts.items():
      if what == "config":
        text, found = kubernetes_discovery.without(text, path)
        problems += found
      message = promtool(what, text, folder, "rules.yml" if path == ("spec",) else path[-1].replace("/", "_"))
      if message:
        problems.append(Problem(f"promtool check {what}", field_path(path), message))
  return problems


def content(name, text):
  """Whether a file holds a configuration or rules of Prometheus, by its name and its keys."""
  if name in ("prometheus.yml", "prometheus.yaml"):
    return "config"
  try:
    documents = read_documents(text)
  except yaml.YAMLError:
    return None
  if len(documents) != 1 or not isinstance(documents[0], dict):
    return None
  if "scrape_configs" in documents[0]:
    return "config"
  groups = documents[0].get("groups")
  return "rules" if isinstance(groups, list) and set(documents[0]) == {"groups"} else None
