import KubeModel

extension Coverage {
  /// Kong, and its declarative file.
  static let gateway: [CoveredObject] = kongDeployment + kongFile

  private static let kongDeployment = [
    CoveredObject(
      "Deployment/kong-gateway", of: "kong-deployment.yaml", from: "Gateway/api-gateway/api-gateway",
      as: "Deployment/api-gateway/api-gateway",
      [
        .same("apiVersion", "apps/v1", by: "kind"),
        .same("kind", "Deployment", by: "kind"),
        .modern(
          "metadata.name", "kong-gateway", by: "metadata.name", now: "api-gateway",
          because: Reason.namedLikeDocument),
        .same("metadata.namespace", "api-gateway", by: "metadata.namespace"),
        .same("spec.replicas", 3, by: "spec.replicas"),
        .modern(
          "spec.selector.matchLabels.app", "kong", by: "metadata.name", now: "api-gateway",
          because: Reason.label),
        .modern(
          "spec.template.spec.containers[kong].name", "kong", by: "metadata.name",
          at: "spec.template.spec.containers[api-gateway].name", now: "api-gateway",
          because: Reason.namedLikeDocument),
        .same(
          "spec.template.spec.containers[kong].image", "kong:3.4", by: "spec.image",
          at: "spec.template.spec.containers[api-gateway].image"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_DATABASE].name", "KONG_DATABASE", by: "kind",
          at: "spec.template.spec.containers[api-gateway].env[KONG_DATABASE].name"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_DATABASE].value", "off", by: "kind",
          at: "spec.template.spec.containers[api-gateway].env[KONG_DATABASE].value"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_DECLARATIVE_CONFIG].name", "KONG_DECLARATIVE_CONFIG",
          by: "spec.routes",
          at: "spec.template.spec.containers[api-gateway].env[KONG_DECLARATIVE_CONFIG].name"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_DECLARATIVE_CONFIG].value",
          "/kong/declarative/kong.yml", by: "spec.routes",
          at: "spec.template.spec.containers[api-gateway].env[KONG_DECLARATIVE_CONFIG].value"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_PROXY_ACCESS_LOG].name", "KONG_PROXY_ACCESS_LOG",
          by: "spec.log.access",
          at: "spec.template.spec.containers[api-gateway].env[KONG_PROXY_ACCESS_LOG].name"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_PROXY_ACCESS_LOG].value", "/dev/stdout",
          by: "spec.log.access",
          at: "spec.template.spec.containers[api-gateway].env[KONG_PROXY_ACCESS_LOG].value"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_ADMIN_ACCESS_LOG].name", "KONG_ADMIN_ACCESS_LOG",
          by: "spec.log.access",
          at: "spec.template.spec.containers[api-gateway].env[KONG_ADMIN_ACCESS_LOG].name"),
        .same(
          "spec.template.spec.containers[kong].env[KONG_ADMIN_ACCESS_LOG].value", "/dev/stdout",
          by: "spec.log.access",
          at: "spec.template.spec.containers[api-gateway].env[KONG_ADMIN_ACCESS_LOG].value"),
        .same(
          "spec.template.spec.containers[kong].ports[0].containerPort", 8000, by: "kind",
          at: "spec.template.spec.containers[api-gateway].ports[proxy].containerPort"),
        .same(
          "spec.template.spec.containers[kong].ports[1].containerPort", 8443, by: "kind",
          at: "spec.template.spec.containers[api-gateway].ports[proxy-ssl].containerPort"),
        .modern(
          "spec.template.spec.containers[kong].ports[2].containerPort", 8001, by: "kind",
          at: "spec.template.spec.containers[api-gateway].env[KONG_ADMIN_LISTEN].value", now: "off",
          because: "the Admin API has no protection, and the file of routes needs none of it"),
      ]),
    CoveredObject(
      "Service/kong-proxy", of: "kong-deployment.yaml", from: "Gateway/api-gateway/api-gateway",
      as: "Service/api-gateway/api-gateway",
      [
        .same("apiVersion", "v1", by: "kind"),
        .same("kind", "Service", by: "kind"),
        .modern(
          "metadata.name", "kong-proxy", by: "metadata.name", now: "api-gateway",
          because: Reason.namedLikeDocument),
        .same("metadata.namespace", "api-gateway", by: "metadata.namespace"),
        .same("spec.type", "LoadBalancer", by: "spec.addresses"),
        .modern("spec.selector.app", "kong", by: "metadata.name", now: "api-gateway", because: Reason.label),
        .same("spec.ports[proxy].name", "proxy", by: "kind"),
        .same("spec.ports[proxy].port", 80, by: "kind"),
        .same("spec.ports[proxy].targetPort", 8000, by: "kind"),
        .same("spec.ports[proxy-ssl].name", "proxy-ssl", by: "kind"),
        .same("spec.ports[proxy-ssl].port", 443, by: "kind"),
        .same("spec.ports[proxy-ssl].targetPort", 8443, by: "kind"),
      ]),
  ]

  private static let kongFile = [
    CoveredObject(
      "kong.yml", of: "kong.yml", from: "Gateway/api-gateway/api-gateway",
      as: "ConfigMap/api-gateway/api-gateway-files",
      [
        .same("_format_version", "3.0", by: "kind", at: "data.kong.yml._format_version"),
        .same(
          "services[user-service].name", "user-service", by: "spec.routes[user-api].to",
          at: "data.kong.yml.services[user-service].name"),
        .same(
          "services[user-service].url", "http://user-service.production.svc.cluster.local:8080",
          by: "spec.routes[user-api].to", at: "data.kong.yml.services[user-service].url"),
        .same(
          "services[user-service].plugins[rate-limiting].name", "rate-limiting",
          by: "spec.routes[user-api].rateLimit",
          at: "data.kong.yml.services[user-service].routes[user-api].plugins[rate-limiting].name"),
        .same(
          "services[user-service].plugins[rate-limiting].config.minute", 100,
          by: "spec.routes[user-api].rateLimit.minute",
          at: "data.kong.yml.services[user-service].routes[user-api].plugins[rate-limiting].config.minute"),
        .modern(
          "services[user-service].plugins[rate-limiting].config.policy", "cluster",
          by: "spec.routes[user-api].rateLimit",
          at: "data.kong.yml.services[user-service].routes[user-api].plugins[rate-limiting].config.policy",
          now: "local",
          because:
            "`cluster` counts in a database, which Kong does without here; `policy: redis` counts all pods together"
        ),
        .same(
          "services[user-service].plugins[prometheus].name", "prometheus", by: "spec.metrics",
          at: "data.kong.yml.plugins[prometheus].name"),
        .same(
          "services[user-service].plugins[prometheus].config.per_consumer", true,
          by: "spec.metrics.perConsumer", at: "data.kong.yml.plugins[prometheus].config.per_consumer"),
        .same(
          "services[order-service].name", "order-service", by: "spec.routes[order-read].to",
          at: "data.kong.yml.services[order-service].name"),
        .same(
          "services[order-service].url", "http://order-service.production.svc.cluster.local:8080",
          by: "spec.routes[order-read].to", at: "data.kong.yml.services[order-service].url"),
        .modern(
          "services[order-service].plugins[oauth2].name", "oauth2",
          by: "spec.routes[order-read].authentication.token",
          of: "RequestAuthentication/production/order-service-api-gateway-tokens", at: "kind",
          now: "RequestAuthentication", because: Reason.tokens),
        .modern(
          "services[order-service].plugins[oauth2].config.scopes", ["read", "write"],
          by: "spec.routes[order-read].authentication.token.scopes",
          of: "AuthorizationPolicy/production/order-service-api-gateway-tokens",
          at: "spec.rules[1].when[0].notValues", now: ["read"],
          because:
            "GET and POST are routes of their own, as each needs a scope of its own: without it the call is denied"
        ),
        .modern(
          "services[order-service].plugins[oauth2].config.enable_authorization_code", true,
          by: "spec.issuers[accounts].issuer",
          of: "RequestAuthentication/production/order-service-api-gateway-tokens",
          at: "spec.jwtRules[0].issuer", now: "https://accounts.example.com",
          because: "how a user gets a token is the issuer's concern; the authorization code flow is its"),
        .same(
          "routes[user-api].name", "user-api", by: "spec.routes[user-api].name",
          at: "data.kong.yml.services[user-service].routes[user-api].name"),
        .modern(
          "routes[user-api].service", "user-service", by: "spec.routes[user-api].to",
          at: "data.kong.yml.services[user-service].name", because: Reason.nested),
        .same(
          "routes[user-api].paths", ["/api/users"], by: "spec.routes[user-api].paths",
          at: "data.kong.yml.services[user-service].routes[user-api].paths"),
        .same(
          "routes[user-api].methods", ["GET", "POST", "PUT", "DELETE"], by: "spec.routes[user-api].methods",
          at: "data.kong.yml.services[user-service].routes[user-api].methods"),
        .modern(
          "routes[order-api].name", "order-api", by: "spec.routes[order-read].name",
          at: "data.kong.yml.services[order-service].routes[order-read].name", now: "order-read",
          because: Reason.split),
        .modern(
          "routes[order-api].service", "order-service", by: "spec.routes[order-read].to",
          at: "data.kong.yml.services[order-service].name", because: Reason.nested),
        .same(
          "routes[order-api].paths", ["/api/orders"], by: "spec.routes[order-read].paths",
          at: "data.kong.yml.services[order-service].routes[order-read].paths"),
        .modern(
          "routes[order-api].methods", ["GET", "POST"], by: "spec.routes[order-read].methods",
          at: "data.kong.yml.services[order-service].routes[order-read].methods", now: ["GET"],
          because: Reason.split),
      ])
  ]
}
