"""Prometheus' kubernetes_sd_configs, which Debian builds promtool without.

They are judged here and taken out, so that promtool judges the rest.
"""

import yaml

from problem import Problem, field_path, read_documents

ROLES = {"node", "pod", "service", "endpoints", "endpointslice", "ingress"}
FIELDS = {"api_server", "role", "kubeconfig_file", "namespaces", "selectors", "attach_metadata",
          "follow_redirects", "enable_http2", "proxy_url", "no_proxy", "proxy_from_environment",
          "proxy_connect_header", "basic_auth", "authorization", "oauth2", "bearer_token",
          "bearer_token_file", "tls_config"}
INNER = {"namespaces": {"own_namespace", "names"}, "attach_metadata": {"node"}}
JUDGE = "kubernetes_sd_configs"


def without(text, path):
  """The configuration's text without these entries, and the problems found in them."""
  try:
    documents = read_documents(text)
  except yaml.YAMLError:
    return text, []
  config = documents[0] if len(documents) == 1 and isinstance(documents[0], dict) else {}
  problems = []
  alerting = config.get("alerting")
  alerting = alerting if isinstance(alerting, dict) else {}
  places = [(("scrape_configs",), config.get("scrape_configs")),
            (("alerting", "alertmanagers"), alerting.get("alertmanagers"))]
  found = False
  for place, jobs in places:
    for index, job in enumerate(jobs if isinstance(jobs, list) else []):
      if isinstance(job, dict) and JUDGE in job:
        found = True
        problems += judge(job.pop(JUDGE), path + place + (index, JUDGE))
  return (yaml.safe_dump(config, sort_keys=False) if found else text), problems


def judge(entries, path):
  if not isinstance(entries, list):
    return [Problem(JUDGE, field_path(path), "it must be a list")]
  problems = []

  def add(at, message):
    problems.append(Problem(JUDGE, field_path(path + at), message))

  for index, entry in enumerate(entries):
    if not isinstance(entry, dict):
      add((index,), "it must be a mapping")
      continue
    if entry.get("role") not in ROLES:
      add((index, "role"), f"it must be one of {', '.join(sorted(ROLES))}")
    for key in entry.keys() - FIELDS:
      add((index, key), "unknown field")
    for field, known in INNER.items():
      inner = entry.get(field, {})
      for key in (inner.keys() if isinstance(inner, dict) else {field}) - known:
        add((index, field, key), "unknown field")
    for place, selector in enumerate(entry.get("selectors", [])):
      for key in selector.keys() - {"role", "label", "field"}:
        add((index, "selectors", place, key), "unknown field")
  return problems
