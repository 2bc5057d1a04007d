"""What objects of the Gateway API and of Kong refer to, looked up among the objects of one cluster.

Definitions say how an object looks; whether a route leads anywhere only the whole set says. What is judged is what
the Kong Ingress Controller looks up: classes, listeners, backends with their grants, plug-ins and credentials.
"""

import kong
from problem import Problem, field_path

ROUTES = {"HTTPRoute", "GRPCRoute"}
GROUP = "gateway.networking.k8s.io"
CONTROLLER = "konghq.com/kic-gateway-controller"
CLASS = "kubernetes.io/ingress.class"
# The keys that a credential of a type has, of which somebody else's Secret is not seen.
CREDENTIALS = {"key-auth": {"key"}, "acl": {"group"}, "jwt": {"key", "algorithm"}}


def judge(members):
  """Pairs of an object and a problem with it."""
  return list(Links(members).problems())


class Links:
  """The objects of one cluster, by group, kind, namespace and name."""

  def __init__(self, members):
    self.members = members
    self.known = {}
    for member in members:
      metadata = member.object.get("metadata") or {}
      self.known[(member.group, member.kind, metadata.get("namespace"), metadata.get("name"))] = member.object

  def find(self, kind, namespace, name, group=""):
    return self.known.get((group, kind, namespace, name))

  def problems(self):
    checks = {"Gateway": self.gateway, "KongConsumer": self.consumer, "KongPlugin": self.plugin,
              "KongClusterPlugin": self.plugin, **dict.fromkeys(ROUTES, self.route)}
    for member in self.members:
      check = checks.get(member.kind)
      if check and (member.group == GROUP or member.group == "configuration.konghq.com"):
        for path, message in check(member.object):
          yield member, Problem("links", field_path(path), message)

  def gateway(self, gateway):
    name = gateway["spec"].get("gatewayClassName")
    kind = self.find("GatewayClass", None, name, GROUP)
    if not kind:
      yield ("spec", "gatewayClassName"), f"there is no GatewayClass {name}"
    elif kind["spec"].get("controllerName") == CONTROLLER:
      if "konghq.com/gatewayclass-unmanaged" not in annotations(kind):
        yield ("spec", "gatewayClassName"), f"the controller leaves {name} alone: it is not marked unmanaged"

  def route(self, route):
    namespace = route["metadata"].get("namespace")
    for index, parent in enumerate(route["spec"].get("parentRefs", [])):
      path = ("spec", "parentRefs", index)
      own = parent.get("namespace", namespace)
      gateway = self.find("Gateway", own, parent["name"], GROUP)
      if not gateway:
        yield path, f"there is no Gateway {own}/{parent['name']}"
      elif own != namespace and not any(admits_others(listener) for listener in gateway["spec"]["listeners"]):
        yield path, f"no listener of {parent['name']} takes routes of {namespace}"
    for number, rule in enumerate(route["spec"].get("rules", [])):
      for index, backend in enumerate(rule.get("backendRefs", [])):
        path = ("spec", "rules", number, "backendRefs", index)
        yield from ((path, message) for message in self.backend(route, namespace, backend))
    yield from self.plugins(route, namespace)

  def backend(self, route, namespace, backend):
    own = backend.get("namespace", namespace)
    service = self.find("Service", own, backend["name"])
    if not service:
      yield f"there is no Service {own}/{backend['name']}"
    elif backend.get("port") not in [port["port"] for port in service["spec"].get("ports", [])]:
      yield f"{backend['name']} has no port {backend.get('port')}"
    if own != namespace and not self.is_granted(route["kind"], namespace, own, backend["name"]):
      yield f"no ReferenceGrant of {own} lets routes of {namespace} lead to {backend['name']}"

  def is_granted(self, kind, namespace, own, name):
    grants = [value["spec"] for (group, known, where, _), value in self.known.items()
              if (group, known, where) == (GROUP, "ReferenceGrant", own)]
    return any(
        any((source["kind"], source["namespace"]) == (kind, namespace) for source in grant["from"])
        and any(target["kind"] == "Service" and target.get("name", name) == name for target in grant["to"])
        for grant in grants)

  def plugins(self, owner, namespace):
    names = annotations(owner).get("konghq.com/plugins", "")
    seen = set()
    for name in filter(None, names.split(",")):
      path = ("metadata", "annotations", "konghq.com/plugins")
      plugin = self.find("KongPlugin", namespace, name, "configuration.konghq.com")
      if not plugin:
        yield path, f"there is no KongPlugin {namespace}/{name}"
      elif plugin["plugin"] in seen:
        yield path, f"the plug-in {plugin['plugin']} stands here twice"
      else:
        seen.add(plugin["plugin"])

  def consumer(self, consumer):
    namespace = consumer["metadata"].get("namespace")
    if CLASS not in annotations(consumer):
      yield ("metadata", "annotations"), f"without {CLASS} no controller takes it"
    for index, name in enumerate(consumer.get("credentials", [])):
      secret = self.find("Secret", namespace, name)
      if not secret:
        continue
      kind = (secret["metadata"].get("labels") or {}).get("konghq.com/credential")
      missing = CREDENTIALS.get(kind, {"konghq.com/credential"}) - set(secret.get("data", {}))
      for key in sorted(missing):
        yield ("credentials", index), f"the Secret {name} lacks {key}"
    yield from self.plugins(consumer, namespace)

  def plugin(self, plugin):
    if plugin["kind"] == "KongClusterPlugin" and CLASS not in annotations(plugin):
      yield ("metadata", "annotations"), f"without {CLASS} no controller takes it"
    judgement = kong.Judgement()
    judgement.plugins({"name": plugin.get("plugin"), "config": plugin.get("config")}, (), {})
    for problem in judgement.problems:
      yield (problem.path,), problem.message


def annotations(value):
  return value["metadata"].get("annotations") or {}


def admits_others(listener):
  return listener.get("allowedRoutes", {}).get("namespaces", {}).get("from", "Same") != "Same"
