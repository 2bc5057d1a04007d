#!/usr/bin/env python3
"""Feeds the judges wrong objects, each wrong in one place; every one must be refused for that reason.

Also feeds them good ones, which none may refuse. With --crds DIR the custom kinds too.
"""

import argparse
import copy
import pathlib
import subprocess
import sys
import tempfile

import yaml

import check
import crds
import gateway_links
import kong
import kubectl
from problem import Manifest

GOOD = """
deployment: {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {
  selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {
    containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}}}}
policy: {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: shop}, spec: {
  podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}]}}
route: {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop},
  spec: {hosts: [web], http: [{route: [{destination: {host: web, port: {number: 80}}, weight: 100}]}]}}
authorization: {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: a}, spec: {
  action: ALLOW, rules: [{from: [{source: {principals: [x]}}], to: [{operation: {methods: [GET]}}]}]}}
schedule: {apiVersion: velero.io/v1, kind: Schedule, metadata: {name: daily, namespace: velero}, spec: {
  schedule: "0 3 * * *", template: {includedNamespaces: [shop], ttl: 720h0m0s}}}
rules: {apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: r}, spec: {groups: [
  {name: g, rules: [{alert: Down, expr: "up == 0", for: 5m, labels: {severity: page}}]}]}}
config: {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {prometheus.yml:
  "scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pod}]}]",
  rules.yml: "groups: [{name: g, rules: [{record: 'a:b', expr: sum(up)}]}]"}}
cluster: {apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: db, namespace: shop}, spec: {
  instances: 3, storage: {size: 1Gi}}}
gateway: {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: g}, spec: {
  rules: [{matches: [{path: {type: Exact, value: /a}}], filters: []}]}}
plugin: {apiVersion: configuration.konghq.com/v1, kind: KongPlugin, metadata: {name: p, namespace: shop},
  plugin: cors, config: {origins: ["*"]}}
consumer: {apiVersion: configuration.konghq.com/v1, kind: KongConsumer, metadata: {name: c, namespace: shop},
  username: acme, credentials: [acme-key]}
grant: {apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g}, spec: {
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: entry}], to: [{group: "", kind: Service}]}}
calls: {apiVersion: gateway.networking.k8s.io/v1, kind: GRPCRoute, metadata: {name: c}, spec: {
  rules: [{matches: [{method: {type: Exact, service: shop.Users}}]}]}}
"""
CUSTOM = {"cluster", "gateway", "plugin", "consumer", "grant", "calls"}

# A gateway with all that it refers to.
LINKED = """
class: {apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: kong, annotations: {
  konghq.com/gatewayclass-unmanaged: "true"}}, spec: {controllerName: konghq.com/kic-gateway-controller}}
gateway: {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: kong, namespace: entry},
  spec: {gatewayClassName: kong, listeners: [{name: http, port: 80, protocol: HTTP}]}}
route: {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: web, namespace: entry,
  annotations: {konghq.com/plugins: limit}}, spec: {parentRefs: [{name: kong}],
  rules: [{backendRefs: [{name: web, namespace: shop, port: 80}]}]}}
service: {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}
grant: {apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: shop},
  spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: entry}],
  to: [{group: "", kind: Service, name: web}]}}
limit: {apiVersion: configuration.konghq.com/v1, kind: KongPlugin, metadata: {name: limit, namespace: entry},
  plugin: rate-limiting, config: {minute: 5, policy: local}}
measures: {apiVersion: configuration.konghq.com/v1, kind: KongClusterPlugin, metadata: {name: m, annotations: {
  kubernetes.io/ingress.class: kong}}, plugin: prometheus}
consumer: {apiVersion: configuration.konghq.com/v1, kind: KongConsumer, metadata: {name: acme, namespace: entry,
  annotations: {kubernetes.io/ingress.class: kong}}, username: acme, credentials: [group, elsewhere]}
group: {apiVersion: v1, kind: Secret, metadata: {name: group, namespace: entry, labels: {
  konghq.com/credential: acl}}, data: {group: YQ==}}
"""

KONG = """
_format_version: "3.0"
services:
- name: users
  url: http://users.shop.svc:8080
  plugins:
  - {name: rate-limiting, config: {minute: 100, policy: local}}
  - {name: prometheus, config: {per_consumer: true}}
routes:
- {name: users, service: users, paths: [/users, "~/u/[0-9]+$"], methods: [GET], strip_path: false}
consumers:
- {username: app, keyauth_credentials: [{key: x}]}
"""

DELETE = object()
# Object, path, value in its place, judge, the problem's path, part of its message.
WRONG = [
    ("deployment", "spec.replcas", 3, "kubernetes", "spec", "replcas"),
    ("deployment", "spec.replicas", "3", "kubernetes", "spec.replicas", "not of type"),
    ("deployment", "spec.selector", DELETE, "kubernetes", "spec", "'selector' is a required property"),
    ("deployment", "spec.template.spec.containers.0.ports.0.containerPort", "http", "kubernetes",
     "containerPort", "not of type"),
    ("deployment", "metadata.lables", {}, "kubernetes", "metadata", "lables"),
    ("deployment", "apiVersion", "apps/v1beta1", "kubernetes", "kind", "has no Deployment"),
    ("deployment", "apiVersion", "example.com/v1", "check", "kind", "nobody knows"),
    ("policy", "spec.ingress.0.from", {"podSelector": {}}, "kubernetes", "spec.ingress[0].from", "not of type"),
    ("route", "spec.htpp", [], "model", "spec.htpp", "unknown field"),
    ("route", "spec.http.0.route.0.wieght", 1, "model", "spec.http[0].route[0].wieght", "unknown field"),
    ("route", "spec.http.0.route.0.weight", "100", "model", "weight", "valid integer"),
    ("route", "spec.http.0.route.0.destination.host", DELETE, "model", "destination.host", "required"),
    ("route", "spec.htpp", [], "crd", "spec.htpp", "unknown field"),
    ("route", "metadata.namspace", "x", "crd", "metadata.namspace", "unknown field"),
    ("route", "spec.http.0.route.0.destination.port.number", "80", "crd", "port.number", "not of type"),
    ("authorization", "spec.action", "PERMIT", "model", "action", "ALLOW"),
    ("authorization", "spec.rules.0.to.0.operation.method", ["GET"], "model", "operation.method", "unknown"),
    ("schedule", "spec.schedule", DELETE, "model", "spec.schedule", "required"),
    ("schedule", "spec.template.includeNamespaces", [], "model", "includeNamespaces", "unknown field"),
    ("schedule", "spec.paused", "no", "model", "spec.paused", "boolean"),
    ("schedule", "spec.template.snapshotVolumes", "x", "crd", "snapshotVolumes", "not of type"),
    ("rules", "spec.groups.0.rules.0.expr", "up ==", "promtool check rules", "spec", "parse error"),
    ("rules", "spec.groups.0.rules.0.severity", "page", "model", "severity", "unknown field"),
    ("rules", "spec.groups.0.name", DELETE, "model", "name", "required"),
    ("config", "data.rules/yml", "groups: [{name: g, rules: [{record: 'a', expr: 'sum(up'}]}]",
     "promtool check rules", "data.rules.yml", "parse error"),
    ("config", "data.prometheus/yml", "scrape_configs: [{job_nam: a}]", "promtool check config",
     "data.prometheus.yml", "job_nam"),
    ("config", "data.prometheus/yml", "scrape_configs: [{job_name: a, scrape_interval: fast}]",
     "promtool check config", "data.prometheus.yml", "duration"),
    ("config", "data.prometheus/yml",
     "scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pods}]}]",
     "kubernetes_sd_configs", "role", "must be one of"),
    ("config", "data.other", 5, "kubernetes", "data.other", "not of type"),
    ("cluster", "spec.instances", 0, "crd", "spec.instances", "minimum"),
    ("cluster", "spec.instnces", 1, "crd", "spec.instnces", "unknown field"),
    ("cluster", "spec.storage.size", [], "crd", "spec.storage.size", "not of type"),
    ("gateway", "spec.rules.0.matches.0.path.value", "a", "crd rule", "path", "absolute path"),
    ("gateway", "spec.rules.0.filters", [{"type": "RequestMirror"}], "crd rule", "filters[0]",
     "must be specified"),
    ("gateway", "spec.parentRefs", [{"name": "a"}, {"name": "a"}], "crd rule", "parentRefs", "sectionName"),
    ("plugin", "configg", {}, "crd", "configg", "unknown field"),
    ("plugin", "plugin", DELETE, "crd", "(root)", "'plugin' is a required property"),
    ("plugin", "configFrom", {"secretKeyRef": {"name": "a", "key": "b"}}, "crd rule", "", "both config and"),
    ("consumer", "username", DELETE, "crd rule", "", "username or custom_id"),
    ("consumer", "credentials", ["a", "a"], "crd", "credentials", "twice"),
    ("grant", "spec.from.0.namespace", DELETE, "crd", "from[0]", "required"),
    ("calls", "spec.rules.0.matches.0.method.service", "shop users", "crd rule", "method", "valid characters"),
]

# Object, path, value in its place, the object that is refused, part of the message.
WRONG_LINKS = [
    ("gateway", "spec.gatewayClassName", "nginx", "Gateway", "no GatewayClass nginx"),
    ("class", "metadata.annotations", DELETE, "Gateway", "not marked unmanaged"),
    ("route", "spec.parentRefs.0.name", "other", "HTTPRoute", "no Gateway entry/other"),
    ("route", "spec.rules.0.backendRefs.0.name", "wbe", "HTTPRoute", "no Service shop/wbe"),
    ("route", "spec.rules.0.backendRefs.0.port", 81, "HTTPRoute", "web has no port 81"),
    ("grant", "spec.to.0.name", "other", "HTTPRoute", "no ReferenceGrant of shop"),
    ("grant", "spec.from.0.namespace", "other", "HTTPRoute", "no ReferenceGrant of shop"),
    ("grant", "spec.from.0.kind", "GRPCRoute", "HTTPRoute", "no ReferenceGrant of shop"),
    ("limit", "metadata.namespace", "shop", "HTTPRoute", "no KongPlugin entry/limit"),
    ("limit", "config.policy", "cluster", "KongPlugin", "needs a database"),
    ("limit", "plugin", "rate-limit", "KongPlugin", "no plug-in"),
    ("measures", "metadata.annotations", DELETE, "KongClusterPlugin", "no controller takes it"),
    ("consumer", "metadata.annotations", DELETE, "KongConsumer", "no controller takes it"),
    ("group", "data", {}, "KongConsumer", "lacks group"),
    ("group", "metadata.labels", {}, "KongConsumer", "lacks konghq.com/credential"),
]

# Path, value, the problem's path, part of its message.
WRONG_KONG = [
    ("_format_version", 3.0, "_format_version", "3.0"),
    ("servces", [], "servces", "unknown top-level key"),
    ("services.0.pathh", "/", "services[0].pathh", "unknown field"),
    ("services.0.host", "users", "services[0]", "either a url or a host"),
    ("services.0.url", "users:8080", "services[0].url", "no protocol"),
    ("services.1", {"name": "users", "url": "http://x"}, "services[1].name", "twice"),
    ("routes.0.service", "nobody", "routes[0].service", "no entry called nobody in services"),
    ("routes.0.service", DELETE, "routes[0].service", "without a service"),
    ("routes.0.strip_path", DELETE, "routes[0].strip_path", "written out"),
    ("routes.0.paths", ["users"], "routes[0].paths[0]", "begins with / or ~/"),
    ("routes.0.methods", ["get"], "routes[0].methods[0]", "capitals"),
    ("routes.1", {"name": "users", "service": "users", "paths": ["/x"], "strip_path": True},
     "routes[1].name", "twice"),
    ("services.0.plugins.0.name", "oauth2", "services[0].plugins[0].name", "database"),
    ("services.0.plugins.0.name", "rate-limit", "services[0].plugins[0].name", "no plug-in"),
    ("services.0.plugins.0.config.policy", "cluster", "plugins[0].config.policy", "needs a database"),
    ("services.0.plugins.0.config.policy", "redis", "plugins[0].config.redis.host", "needs it"),
    ("services.0.plugins.0.config.minute", DELETE, "plugins[0].config", "no limit"),
    ("services.0.plugins.0.config.minutes", 5, "plugins[0].config.minutes", "unknown field"),
    ("services.0.plugins.2", {"name": "prometheus"}, "services[0].plugins[2]", "twice for the same scope"),
    ("plugins", [{"name": "cors", "route": "none"}], "plugins[0].route", "no entry called none in routes"),
    ("consumers.0.keyauth", [], "consumers[0].keyauth", "unknown field"),
]


def changed(document, path, value):
  document = copy.deepcopy(document)
  keys = [part.replace("/", ".") for part in path.split(".")]
  node = document
  for key in keys[:-1]:
    node = node[int(key)] if isinstance(node, list) else node[key]
  last = keys[-1]
  if value is DELETE:
    del node[last]
  elif isinstance(node, list):
    node[int(last):int(last) + 1] = [value]
  else:
    node[last] = value
  return document


class Tally:
  passed = failed = 0

  def expect(self, name, isTrue, problems):
    if isTrue:
      self.passed += 1
    else:
      self.failed += 1
      print(f"FAILED {name}: {problems or 'nothing was refused'}")


def object_cases(tally, definitions):
  good = {name: value for name, value in yaml.safe_load(GOOD).items() if definitions or name not in CUSTOM}
  for name, document in good.items():
    problems, _ = check.judge(Manifest("f", "c", document), definitions)
    tally.expect(f"good {name}", not problems, problems)
  for name, path, value, judge, where, message in WRONG:
    if name not in good or not definitions and judge in ("crd", "crd rule", "check"):
      continue
    document = changed(good[name], path, value)
    problems, _ = check.judge(Manifest("f", "c", document), definitions)
    matching = [problem for problem in problems if problem.judge.split(" 1.")[0].startswith(judge)
                and where in problem.path and message in problem.message]
    tally.expect(f"{name} with {path} = {value!r} by {judge}", matching, problems)


def kong_cases(tally):
  good = yaml.safe_load(KONG)
  tally.expect("good kong", not kong.judge_text(KONG), kong.judge_text(KONG))
  for path, value, where, message in WRONG_KONG:
    problems = kong.judge_text(yaml.safe_dump(changed(good, path, value)))
    matching = [problem for problem in problems if where in problem.path and message in problem.message]
    tally.expect(f"kong with {path} = {value!r}", matching, problems)


def link_cases(tally):
  good = yaml.safe_load(LINKED)

  def judged(objects):
    return gateway_links.judge([Manifest("f", "c", document) for document in objects.values()])

  tally.expect("good links", not judged(good), judged(good))
  for name, path, value, kind, message in WRONG_LINKS:
    problems = judged({**good, name: changed(good[name], path, value)})
    matching = [problem for manifest, problem in problems
                if manifest.kind == kind and message in problem.message]
    tally.expect(f"links with {name} {path} = {value!r}", matching, problems)


def kubectl_cases(tally, definitions):
  documents = [value for name, value in yaml.safe_load(GOOD).items() if definitions or name not in CUSTOM]
  other = copy.deepcopy(documents[0])
  cases = [
      ("good", documents, None),
      ("the same object twice", documents + [other], "already registered"),
      ("an object without a name", [{**other, "metadata": {}}], "metadata.name"),
      ("a string as metadata", [{**other, "metadata": "x"}], "metadata"),
  ]
  for name, objects, message in cases:
    with tempfile.TemporaryDirectory() as folder:
      pathlib.Path(folder, "a.yaml").write_text(yaml.safe_dump_all(objects))
      manifests = [Manifest("a.yaml", ".", document) for document in objects]
      problems = kubectl.judge(manifests, folder, ["a.yaml"], definitions)
    matching = [problem for problem in problems if message and message in problem.message]
    tally.expect(f"kubectl: {name}", matching if message else not problems, problems)


def command_cases(tally):
  deployment = yaml.safe_load(GOOD)["deployment"]
  good, wrong = yaml.safe_dump(deployment), yaml.safe_dump(changed(deployment, "spec.replcas", 1))
  cases = [
      ("a good folder", {"eu/a.yaml": good, "us/a.yaml": good}, 0, ""),
      ("a wrong object", {"eu/a.yaml": wrong}, 1, "eu/a.yaml: apps/v1 Deployment shop/web: spec:"),
      ("an object twice", {"eu/a.yaml": good, "eu/b.yaml": good}, 1, "eu/a.yaml already"),
      ("no objects", {"eu/a.yaml": ""}, 1, "no object"),
      ("no YAML", {"eu/a.yaml": "a: ["}, 1, "eu/a.yaml: -: (root): while parsing"),
      ("a key twice", {"eu/a.yaml": good + "kind: Deployment\n"}, 1, "stands twice"),
      ("no object", {"eu/a.yaml": "a: 1"}, 1, "no apiVersion and kind"),
      ("a wrong kong.yml", {"eu/a.yaml": good, "eu/kong.yml": "_format_version: '2.1'"}, 1, "eu/kong.yml"),
  ]
  for name, files, status, message in cases:
    with tempfile.TemporaryDirectory() as folder:
      for file, text in files.items():
        path = pathlib.Path(folder, file)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
      command = [sys.executable, str(pathlib.Path(check.__file__)), "--no-kubectl", folder]
      result = subprocess.run(command, capture_output=True, text=True, timeout=120)
    isAsSaid = result.returncode == status and message in result.stdout
    tally.expect(f"check.py: {name}", isAsSaid, result.stdout + result.stderr)


def main():
  parser = argparse.ArgumentParser(description=__doc__)
  parser.add_argument("--crds", type=pathlib.Path)
  options = parser.parse_args()
  definitions = None
  if options.crds and options.crds.is_dir():
    definitions = crds.Definitions(options.crds)
  else:
    print("note: custom kinds are left out: no folder of CustomResourceDefinitions", file=sys.stderr)
  tally = Tally()
  object_cases(tally, definitions)
  kong_cases(tally)
  link_cases(tally)
  kubectl_cases(tally, definitions)
  command_cases(tally)
  print(f"outside: {tally.passed} passed, {tally.failed} failed")
  return 1 if tally.failed else 0


if __name__ == "__main__":
  sys.exit(main())
