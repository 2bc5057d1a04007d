"""Kong's declarative file, format 3.0, judged for a gateway without a database.

Also a command: kong.py FILE prints what is wrong and ends with status 1 if anything is.
"""

import sys

import yaml

from problem import Problem, field_path, read_documents

TOP = {"_format_version", "_transform", "_comment", "_ignore"}
COMMON = {"id", "tags"}
ENTITIES = {
    "services": {"name", "url", "protocol", "host", "port", "path", "retries", "connect_timeout",
                 "write_timeout", "read_timeout", "client_certificate", "tls_verify", "tls_verify_depth",
                 "ca_certificates", "enabled"},
    "routes": {"name", "service", "protocols", "methods", "hosts", "paths", "headers", "snis", "sources",
               "destinations", "https_redirect_status_code", "regex_priority", "strip_path", "path_handling",
               "preserve_host", "request_buffering", "response_buffering"},
    "consumers": {"username", "custom_id", "keyauth_credentials", "jwt_secrets", "basicauth_credentials",
                  "hmacauth_credentials", "acls"},
    "plugins": {"name", "instance_name", "config", "enabled", "protocols", "service", "route", "consumer",
                "consumer_group", "ordering"},
    "upstreams": {"name", "algorithm", "hash_on", "hash_fallback", "hash_on_header", "hash_fallback_header",
                  "hash_on_cookie", "hash_on_cookie_path", "slots", "healthchecks", "host_header",
                  "client_certificate", "use_srv_name"},
    "targets": {"target", "weight", "upstream"},
    "certificates": {"cert", "key", "cert_alt", "key_alt"},
    "ca_certificates": {"cert", "cert_digest"},
    "snis": {"name", "certificate"},
    "vaults": {"name", "prefix", "description", "config"},
    "keys": {"name", "set", "kid", "jwk", "pem"},
    "key_sets": {"name"},
    "consumer_groups": {"name"},
}
# An entity may hold these; they refer to it without a foreign key.
NESTED = {
    "services": ["routes", "plugins"], "routes": ["plugins"], "consumers": ["plugins"],
    "consumer_groups": ["plugins"], "upstreams": ["targets"], "certificates": ["snis"], "key_sets": ["keys"],
}
FOREIGN = {"service": "services", "route": "routes", "consumer": "consumers", "upstream": "upstreams",
           "certificate": "certificates", "client_certificate": "certificates", "set": "key_sets",
           "consumer_group": "consumer_groups"}
KEYS = {"services": ["name"], "routes": ["name"], "consumers": ["username", "custom_id"],
        "upstreams": ["name"], "snis": ["name"], "vaults": ["prefix"], "key_sets": ["name"],
        "keys": ["name"], "consumer_groups": ["name"], "plugins": ["instance_name"]}
REQUIRED = {"routes": ["name"], "services": ["name"], "plugins": ["name"], "upstreams": ["name"],
            "targets": ["target"], "snis": ["name"], "certificates": ["cert", "key"],
            "ca_certificates": ["cert"], "vaults": ["name", "prefix"]}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}
PLUGINS = set("""
    acl acme ai-prompt-decorator ai-prompt-guard ai-prompt-template ai-proxy ai-request-transformer
    ai-response-transformer aws-lambda azure-functions basic-auth bot-detection correlation-id cors datadog
    file-log grpc-gateway grpc-web hmac-auth http-log ip-restriction jwt key-auth ldap-auth loggly
    opentelemetry post-function pre-function prometheus proxy-cache rate-limiting redirect
    request-size-limiting request-termination request-transformer response-ratelimiting
    response-transformer session standard-webhooks statsd syslog tcp-log udp-log zipkin""".split())
PERIODS = {"second", "minute", "hour", "day", "month", "year"}
CONFIG = {
    "rate-limiting": PERIODS | {
        "limit_by", "header_name", "path", "policy", "fault_tolerant", "hide_client_headers", "error_code",
        "error_message", "sync_rate", "redis",
        # As before Kong 3.6.
        "redis_host", "redis_port", "redis_password", "redis_username", "redis_ssl", "redis_ssl_verify",
        "redis_server_name", "redis_timeout", "redis_database"},
    "prometheus": {"per_consumer", "status_code_metrics", "ai_metrics", "latency_metrics",
                   "bandwidth_metrics", "upstream_health_metrics", "wasm_metrics"},
}


class Judgement:
  """The problems of one declarative file."""

  def __init__(self):
    self.problems = []
    self.names = {}
    self.references = []
    self.scopes = {}

  def add(self, path, message):
    self.problems.append(Problem("kong", field_path(path), message))

  def judge(self, document):
    if not isinstance(document, dict):
      return self.add((), "the file is not a mapping")
    if document.get("_format_version") != "3.0":
      self.add(("_format_version",), 'it must be the string "3.0"')
    for key, value in document.items():
      if key in TOP:
        continue
      if key not in ENTITIES:
        self.add((key,), "unknown top-level key")
      else:
        self.entities(key, value, (key,), {})
    for path, kind, name in self.references:
      if name not in self.names.get(kind, {}):
        self.add(path, f"there is no entry called {name} in {kind}")

  def entities(self, kind, entries, path, scope):
    if not isinstance(entries, list):
      return self.add(path, "it must be a list")
    for index, entry in enumerate(entries):
      if isinstance(entry, dict):
        self.entity(kind, entry, path + (index,), dict(scope))
      else:
        self.add(path + (index,), "it must be a mapping")

  def entity(self, kind, entry, path, scope):
    nested = NESTED.get(kind, [])
    for key in entry:
      if key not in ENTITIES[kind] | COMMON | set(nested):
        self.add(path + (key,), "unknown field")
    for key in REQUIRED.get(kind, []):
      if not entry.get(key):
        self.add(path + (key,), "it is missing")
    for key in KEYS.get(kind, []) + ["id"]:
      if entry.get(key) is not None:
        known = self.names.setdefault(kind, {})
        if known.setdefault(str(entry[key]), id(entry)) != id(entry):
          self.add(path + (key,), f"{entry[key]} stands twice in {kind}")
    for key, target in FOREIGN.items():
      if key in entry and key in ENTITIES[kind]:
        if key in scope:
          self.add(path + (key,), f"it stands inside a {key} already")
        name = entry[key]
        if isinstance(name, dict):
          name = name.get("id") or name.get("name") or name.get("username")
        self.references.append((path + (key,), target, str(name)))
        scope[key] = name
    getattr(self, kind, lambda *_: None)(entry, path, scope)
    owner = kind[:-1]
    inner = {**scope, owner: entry.get("name") or entry.get("username") or entry.get("id")}
    for key in nested:
      if key in entry:
        self.entities(key, entry[key], path + (key,), {owner: inner[owner]})

  def services(self, service, path, scope):
    url, host = service.get("url"), service.get("host")
    if bool(url) == bool(host):
      self.add(path, "a service has either a url or a host")
    if url and any(key in service for key in ("protocol", "port", "path")):
      self.add(path + ("url",), "a url stands beside its own parts")
    if url and str(url).split("://")[0] not in {"http", "https", "grpc", "grpcs", "tcp", "tls"}:
      self.add(path + ("url",), f"{url} has no protocol that Kong knows")

  def routes(self, route, path, scope):
    if "service" not in scope:
      self.add(path + ("service",), "a route without a service answers nothing")
    if not any(route.get(key) for key in ("methods", "hosts", "headers", "paths", "snis")):
      self.add(path, "a route has methods, hosts, headers, paths or snis")
    if not isinstance(route.get("strip_path"), bool):
      self.add(path + ("strip_path",), "it must be written out; Kong's default strips the path")
    for key, good, rule in (
        ("paths", lambda text: text.startswith(("/", "~/")), "a path begins with / or ~/"),
        ("methods", lambda text: text in METHODS, "a method is an HTTP method in capitals")):
      values = route.get(key, [])
      for index, value in enumerate(values if isinstance(values, list) else [values]):
        if not isinstance(value, str) or not good(value):
          self.add(path + (key, index), f"{rule}; this is {value}")

  def plugins(self, plugin, path, scope):
    name, config = plugin.get("name"), plugin.get("config") or {}
    if name == "oauth2":
      return self.add(path + ("name",), "oauth2 keeps tokens in a database; there is none")
    if name not in PLUGINS:
      self.add(path + ("name",), f"{name} is no plug-in that Kong brings")
    identity = (name, *sorted((key, str(value)) for key, value in scope.items()))
    if self.scopes.setdefault(identity, path) != path:
      self.add(path, f"the plug-in {name} stands twice for the same scope")
    for key in config:
      if name in CONFIG and key not in CONFIG[name]:
        self.add(path + ("config", key), "unknown field")
    if name == "rate-limiting":
      policy = config.get("policy", "local")
      if policy not in ("local", "redis"):
        self.add(path + ("config", "policy"), f"{policy} needs a database; use local or redis")
      if policy == "redis" and not (config.get("redis") or {}).get("host"):
        self.add(path + ("config", "redis", "host"), "the policy redis needs it")
      if not PERIODS & config.keys():
        self.add(path + ("config",), "no limit is given: second, minute, hour, day, month or year")
      for period in PERIODS & config.keys():
        if isinstance(config[period], bool) or not isinstance(config[period], (int, float)) or config[period] <= 0:
          self.add(path + ("config", period), "it must be a number above 0")


def judge_text(text):
  """The problems of a declarative file's text."""
  try:
    documents = read_documents(text)
  except yaml.YAMLError as error:
    return [Problem("kong", "(root)", f"not YAML: {error}")]
  judgement = Judgement()
  judgement.judge(documents[0] if len(documents) == 1 else None)
  return judgement.problems


if __name__ == "__main__":
  found = judge_text(open(sys.argv[1], encoding="utf-8").read())
  for problem in found:
    print(f"{sys.argv[1]}: {problem.path}: {problem.message}")
  sys.exit(1 if found else 0)
