"""The objects of a cluster, given to kubectl: kustomize, and apply as a client's dry run.

Even a client's dry run asks a server which kinds there are. Where none is given by a kubeconfig, a small one
on the loopback answers that question, from the objects and the CustomResourceDefinitions, and has no objects.
"""

import collections
import contextlib
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

from problem import Problem

CLUSTER_SCOPED = {
    "Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass",
    "PriorityClass", "IngressClass", "RuntimeClass", "CSIDriver", "CustomResourceDefinition", "APIService",
    "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding"}


def judge(manifests, folder, files, definitions, kubeconfig=None):
  """The problems kubectl has with a cluster's files, which stand in the folder."""
  problems = []
  with tempfile.TemporaryDirectory() as scratch:
    resources = []
    for index, file in enumerate(files):
      resources.append(f"{index}.yaml")
      pathlib.Path(scratch, resources[-1]).write_text(pathlib.Path(folder, file).read_text())
    kustomization = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization",
                     "resources": resources}
    pathlib.Path(scratch, "kustomization.yaml").write_text(json.dumps(kustomization))
    result = run(["kustomize", scratch])
    if result.returncode != 0:
      problems.append(Problem("kubectl kustomize", "(files)", last_lines(result)))
    elif len(re.findall(r"(?m)^kind:", result.stdout)) != len(manifests):
      problems.append(Problem("kubectl kustomize", "(files)", "it does not give every object back"))
    with contextlib.ExitStack() as stack:
      if not kubeconfig:
        address = stack.enter_context(discovery(manifests, definitions))
        kubeconfig = pathlib.Path(scratch, "kubeconfig")
        kubeconfig.write_text(json.dumps(configuration(address)))
      names = [argument for name in resources for argument in ("-f", str(pathlib.Path(scratch, name)))]
      result = run(["apply", "--dry-run=client", "--validate=false", "-o", "name", *names],
                   KUBECONFIG=str(kubeconfig), HOME=scratch)
    if result.returncode != 0:
      problems.append(Problem("kubectl apply", "(files)", last_lines(result)))
    elif len(result.stdout.split()) != len(manifests):
      problems.append(Problem("kubectl apply", "(files)", f"{len(result.stdout.split())} of "
                              f"{len(manifests)} objects would be applied"))
  return problems


def run(arguments, **environment):
  command = [str(pathlib.Path(sys.executable).parent / "kubectl"), *arguments]
  return subprocess.run(command, capture_output=True, text=True, timeout=120,
                        env={**os.environ, **environment})


def last_lines(result):
  lines = [line for line in result.stderr.splitlines() if not re.match(r"[EWI]\d{4} ", line)]
  return " ".join(lines[-3:])[:400]


def configuration(address):
  return {
      "apiVersion": "v1", "kind": "Config", "current-context": "discovery",
      "clusters": [{"name": "discovery", "cluster": {"server": address}}],
      "contexts": [{"name": "discovery", "context": {"cluster": "discovery", "user": "nobody"}}],
      "users": [{"name": "nobody", "user": {}}]}


def plural(kind):
  lower = kind.lower()
  if lower.endswith("y") and lower[-2:-1] not in "aeiou":
    return lower[:-1] + "ies"
  return lower + ("es" if lower.endswith(("s", "x", "ch")) else "" if lower == "endpoints" else "s")


@contextlib.contextmanager
def discovery(manifests, definitions):
  """A server that answers discovery for the kinds of these objects; gives its address."""
  resources = collections.defaultdict(dict)
  for manifest in manifests:
    version = str(manifest.object.get("apiVersion"))
    known = definitions.kinds.get((version, manifest.kind)) if definitions else None
    resources[version][manifest.kind] = {
        "name": known["plural"] if known else plural(manifest.kind), "kind": manifest.kind,
        "singularName": manifest.kind.lower(), "verbs": ["create", "get", "list", "patch"],
        "namespaced": known["isNamespaced"] if known else manifest.kind not in CLUSTER_SCOPED}
  answers = {"/api": {"kind": "APIVersions", "versions": ["v1"]}}
  groups = collections.defaultdict(list)
  for version, kinds in resources.items():
    path = f"/apis/{version}" if "/" in version else f"/api/{version}"
    answers[path] = {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version,
                     "resources": list(kinds.values())}
    if "/" in version:
      groups[version.split("/")[0]].append(version)
  answers["/apis"] = {"kind": "APIGroupList", "apiVersion": "v1", "groups": [
      {"name": group, "preferredVersion": entry(versions[0]), "versions": [entry(one) for one in versions]}
      for group, versions in groups.items()]}
  server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), answering(answers))
  thread = threading.Thread(target=server.serve_forever, daemon=True)
  thread.start()
  try:
    yield f"http://127.0.0.1:{server.server_address[1]}"
  finally:
    server.shutdown()
    server.server_close()


def entry(version):
  return {"groupVersion": version, "version": version.split("/")[-1]}


def answering(answers):
  class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
      answer = answers.get(self.path.split("?")[0])
      status = 200 if answer else 404
      body = json.dumps(answer or {"kind": "Status", "apiVersion": "v1", "status": "Failure",
                                   "reason": "NotFound", "code": 404}).encode()
      self.send_response(status)
      self.send_header("Content-Type", "application/json")
      self.send_header("Content-Length", str(len(body)))
      self.end_headers()
      self.wfile.write(body)

    def log_message(self, *arguments):
      pass

  return Handler
