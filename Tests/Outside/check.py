#!/usr/bin/env python3
"""Judges rendered objects with tools that are not this project's own.

FOLDER holds a folder of *.yaml files for each cluster, or one cluster's files. Every object must be known to
a judge, and refused by none. Problems go to standard output as FILE: OBJECT: PATH: MESSAGE (JUDGE). Exit
status: 0 nothing is wrong, 1 something is, 2 wrong usage.
"""

import argparse
import collections
import pathlib
import re
import sys

import yaml

import cel_rules
import crds
import gateway_links
import kong
import kubectl
import kubernetes_schemas
import prometheus_files
import typed_models
from problem import Manifest, Problem, read_documents


def read(folder):
  """The objects under the folder, the problems of files that hold none, and each cluster's files."""
  manifests, problems, files = [], [], collections.defaultdict(list)
  for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
    # A kustomization lists the others, and what is under files is for other tools than the API server.
    if path.name == "kustomization.yaml" or "files" in path.relative_to(folder).parts[:-1]:
      continue
    file = path.relative_to(folder)
    cluster = file.parts[0] if len(file.parts) > 1 else "."
    try:
      documents = read_documents(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
      problems.append((str(file), "-", Problem("yaml", "(root)", " ".join(str(error).split()))))
      continue
    files[cluster].append(str(file))
    for document in documents:
      if isinstance(document, dict) and document.get("apiVersion") and document.get("kind"):
        manifests.append(Manifest(str(file), cluster, document))
      else:
        problem = Problem("yaml", "(root)", "a document that is no object: it has no apiVersion and kind")
        problems.append((str(file), "-", problem))
  return manifests, problems, files


def loose(folder):
  """Configuration files of other programs that stand beside the objects, such as kong.yml."""
  for path in sorted(pathlib.Path(folder).rglob("*.yml")):
    file = path.relative_to(folder)
    data = {path.name: path.read_text(encoding="utf-8", errors="replace")}
    yield Manifest(str(file), file.parts[0], {"kind": "ConfigMap", "data": data})


def judge(manifest, definitions):
  """The problems of one object, and the names of those who judged it."""
  judgements = {
      "kubernetes": kubernetes_schemas.judge(manifest),
      "crd": definitions.judge(manifest) if definitions else None,
      "model": typed_models.judge(manifest),
      "promtool": prometheus_files.judge(manifest),
      "kong": kong_problems(manifest),
  }
  judges = [name for name, problems in judgements.items() if problems is not None]
  if judgements["crd"] == [] and judgements["model"]:
    # The definitions are newer than the models: a field that they know is not unknown.
    newer = [problem for problem in judgements["model"] if problem.message == "unknown field"]
    judgements["model"] = [problem for problem in judgements["model"] if problem not in newer]
    notes.extend(f"{manifest}: {problem.path} is newer than {problem.judge}" for problem in newer)
  problems = [problem for found in judgements.values() for problem in found or []]
  if not {"kubernetes", "crd", "model"} & set(judges):
    if definitions and manifest.kind not in unjudged:
      problems.append(Problem("check", "kind", "nobody knows this kind"))
    else:
      notes.append(f"{manifest}: not judged, its CustomResourceDefinition is not at hand")
  return problems, judges


def kong_problems(manifest):
  data = manifest.object.get("data")
  if manifest.kind != "ConfigMap" or not isinstance(data, dict):
    return None
  texts = {name: text for name, text in data.items()
           if re.fullmatch(r"kong\.ya?ml", name) or "_format_version" in str(text)}
  if not texts:
    return None
  return [Problem("kong", f"data.{name}: {problem.path}", problem.message)
          for name, text in texts.items() for problem in kong.judge_text(text)]


def twins(manifests):
  seen = {}
  for manifest in manifests:
    identity = (manifest.cluster, manifest.group, manifest.kind, manifest.name)
    if identity in seen:
      message = f"it stands in {seen[identity].file} already"
      yield manifest.file, str(manifest), Problem("check", "metadata.name", message)
    seen.setdefault(identity, manifest)


notes = []
unjudged = set()


def main():
  parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
  parser.add_argument("folder", type=pathlib.Path)
  parser.add_argument("--crds", type=pathlib.Path, help="a folder of CustomResourceDefinitions")
  parser.add_argument("--kubeconfig", type=pathlib.Path, help="a server to ask in kubectl's dry run")
  parser.add_argument("--no-kubectl", action="store_true", help="leave kubectl out")
  parser.add_argument("--unjudged", action="append", default=[], metavar="KIND",
                      help="a kind whose definition is not in the folder")
  options = parser.parse_args()
  unjudged.update(options.unjudged)
  if not options.folder.is_dir():
    parser.error(f"{options.folder} is not a folder")
  definitions = None
  if options.crds and options.crds.is_dir():
    definitions = crds.Definitions(options.crds)
  else:
    notes.append(f"custom kinds are judged by models only: {options.crds or '--crds'} is not there")

  manifests, problems, files = read(options.folder)
  if not manifests:
    problems.append((str(options.folder), "-", Problem("check", "(files)", "no object in any *.yaml")))
  problems += twins(manifests)
  counts = collections.Counter()
  for manifest in manifests:
    found, judges = judge(manifest, definitions)
    counts.update(judges)
    problems += [(manifest.file, str(manifest), problem) for problem in found]
  for file in loose(options.folder):
    for name, found in (("promtool", prometheus_files.judge(file)), ("kong", kong_problems(file))):
      counts.update([] if found is None else [name])
      problems += [(file.file, "-", problem) for problem in found or []]
  for cluster in files:
    linked = gateway_links.judge([manifest for manifest in manifests if manifest.cluster == cluster])
    problems += [(manifest.file, str(manifest), problem) for manifest, problem in linked]
  for cluster, names in files.items() if not options.no_kubectl else ():
    members = [manifest for manifest in manifests if manifest.cluster == cluster]
    found = kubectl.judge(members, options.folder, names, definitions, options.kubeconfig)
    problems += [(cluster, f"{len(members)} objects", problem) for problem in found]

  notes.extend(f"rule not judged: {' '.join(rule.split())} ({why})" for rule, why in cel_rules.unjudged.items())
  for note in notes:
    print(f"note: {note}", file=sys.stderr)
  for file, name, problem in problems:
    print(f"{file}: {name}: {problem.path}: {problem.message} ({problem.judge})")
  judged = ", ".join(f"{count} by {name}" for name, count in sorted(counts.items()))
  print(f"{len(manifests)} objects of {len(files)} clusters, judged {judged or 'by nobody'}"
        f" (Kubernetes {kubernetes_schemas.VERSION}); {len(problems)} problems", file=sys.stderr)
  return 1 if problems else 0


if __name__ == "__main__":
  sys.exit(main())
