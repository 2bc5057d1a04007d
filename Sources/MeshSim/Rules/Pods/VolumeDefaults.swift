import KubeModel

/// What the server fills in of a pod's volumes.
enum VolumeDefaults {
  static func fill(_ volume: inout JSONObject) {
    let hasSource = volume.members.contains { $0.key != "name" && !$0.value.isNull }
    if !hasSource { volume["emptyDir"] = [:] }
    for source in ["secret", "configMap"] { volume.change(source) { $0.fill("defaultMode", 0o644) } }
    volume.change("hostPath") { $0.fill("type", "") }
    volume.change("downwardAPI") { source in
      source.fill("defaultMode", 0o644)
      source.changeEach("items", file)
    }
    volume.change("projected") { projected in
      projected.fill("defaultMode", 0o644)
      projected.changeEach("sources") { source in
        source.change("serviceAccountToken") { $0.fill("expirationSeconds", 3600) }
        source.change("downwardAPI") { $0.changeEach("items", file) }
      }
    }
    volume.change("ephemeral") { source in
      source.change("volumeClaimTemplate") { template in
        template.change("spec") { $0.fill("volumeMode", "Filesystem") }
      }
    }
    volume.change("image") { image in
      image.fillText("pullPolicy", ContainerDefaults.pullPolicy(of: image["reference"]?.string ?? ""))
    }
  }

  private static func file(_ file: inout JSONObject) {
    file.change("fieldRef") { $0.fillText("apiVersion", "v1") }
    file.change("resourceFieldRef") { $0.fill("divisor", "0") }
  }
}
