import KubeModel

/// What the server fills in of containers.
enum ContainerDefaults {
  static func fill(_ container: inout JSONObject) {
    let image = container["image"]?.string ?? ""
    container.fillText("imagePullPolicy", ContainerDefaults.pullPolicy(of: image))
    container.fillText("terminationMessagePath", "/dev/termination-log")
    container.fillText("terminationMessagePolicy", "File")
    container.fill("resources", [:])
    container.changeEach("ports") { $0.fillText("protocol", "TCP") }
    container.changeEach("env", variable)
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] { container.change(name, probe) }
    container.change("lifecycle") { lifecycle in
      for name in ["postStart", "preStop"] { lifecycle.change(name, handler) }
    }
    container.change("securityContext") { _ in }
  }

  /// Tags that move are pulled each time.
  static func pullPolicy(of image: String) -> String {
    if image.contains("@") { return "IfNotPresent" }
    let name = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let colon = name.lastIndex(of: ":") else { return "Always" }
    return name[name.index(after: colon)...] == "latest" ? "Always" : "IfNotPresent"
  }

  private static func variable(_ variable: inout JSONObject) {
    variable.change("valueFrom") { source in
      source.change("fieldRef") { $0.fillText("apiVersion", "v1") }
      source.change("resourceFieldRef") { $0.fill("divisor", "0") }
    }
  }

  private static func probe(_ probe: inout JSONObject) {
    probe.fillNumber("timeoutSeconds", 1)
    probe.fillNumber("periodSeconds", 10)
    probe.fillNumber("successThreshold", 1)
    probe.fillNumber("failureThreshold", 3)
    handler(&probe)
  }

  private static func handler(_ handler: inout JSONObject) {
    handler.change("httpGet") { request in
      request.fillText("path", "/")
      request.fillText("scheme", "HTTP")
    }
    handler.change("grpc") { $0.fill("service", "") }
  }
}
