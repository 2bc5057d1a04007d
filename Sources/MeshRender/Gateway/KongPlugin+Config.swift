internal import KubeModel
internal import MeshTopology

extension Gateway.Metrics {
  /// The configuration of the plug-in `prometheus`.
  var config: JSONValue {
    [
      "per_consumer": .bool(perConsumer), "status_code_metrics": .bool(statusCode),
      "latency_metrics": .bool(latency),
      "bandwidth_metrics": .bool(bandwidth), "upstream_health_metrics": .bool(upstreamHealth),
    ]
  }
}

extension Gateway.RateLimit {
  /// The configuration of the plug-in `rate-limiting`, but for where it counts.
  var config: JSONValue {
    var config: JSONValue = [
      "limit_by": .string(limitBy.rawValue), "policy": .string(policy.rawValue),
      "fault_tolerant": .bool(isFaultTolerant), "hide_client_headers": .bool(hidesHeaders),
    ]
    for (period, requests) in limits { config[period] = .int(Int64(requests)) }
    config["header_name"] = headerName.map(JSONValue.string)
    config["path"] = path.map(JSONValue.string)
    if errorCode != 429 { config["error_code"] = .int(Int64(errorCode)) }
    config["error_message"] = errorMessage.map(JSONValue.string)
    return config
  }
}

extension Gateway.CORS {
  /// The configuration of the plug-in `cors`.
  ///
  /// - Parameter taken: the methods that the route takes; all when empty.
  func config(methods taken: [Call.Method]) -> JSONValue {
    func texts(_ texts: [String]) -> JSONValue? { texts.isEmpty ? nil : .array(texts.map(JSONValue.string)) }
    var config: JSONValue = ["credentials": .bool(credentials)]
    config["origins"] = texts(origins)
    config["methods"] = texts((methods.isEmpty ? taken : methods).map(\.rawValue))
    config["headers"] = texts(headers)
    config["exposed_headers"] = texts(exposedHeaders)
    config["max_age"] = maxAge.map { .int($0.components.seconds) }
    return config
  }
}

extension Gateway.RequestSize {
  /// The configuration of the plug-in `request-size-limiting`.
  var config: JSONValue {
    [
      "allowed_payload_size": .int(Int64(maximum)), "size_unit": .string(unit.rawValue),
      "require_content_length": .bool(requiresContentLength),
    ]
  }
}

extension Gateway.KeyCheck {
  /// The configuration of the plug-in `key-auth`.
  var config: JSONValue {
    ["key_names": .array(names.map(JSONValue.string)), "hide_credentials": .bool(hidesCredentials)]
  }
}

extension Gateway.JWTCheck {
  /// The configuration of the plug-in `jwt`.
  var config: JSONValue {
    var config: JSONValue = ["key_claim_name": .string(keyClaimName)]
    if !claimsToVerify.isEmpty {
      config["claims_to_verify"] = .array(claimsToVerify.map { .string($0.rawValue) })
    }
    return config
  }
}
