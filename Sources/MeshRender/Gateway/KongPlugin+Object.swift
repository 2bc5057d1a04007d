internal import KubeModel
internal import MeshTopology

extension Gateway {
  /// A plug-in of a route or of a consumer, which names it in an annotation.
  func pluginObject(_ plugin: KongPlugin, name: String, in topology: Topology) -> KubeObject {
    fill(object(.kongPlugin, name, in: topology), with: plugin)
  }

  /// A plug-in of all routes.
  func clusterPluginObject(_ plugin: KongPlugin, in topology: Topology) -> KubeObject {
    var object = fill(
      object(.kongClusterPlugin, "\(className).\(plugin.name)", in: topology), with: plugin)
    object.labels["global"] = "true"
    object.annotations = ["kubernetes.io/ingress.class": className]
    return object
  }

  private func fill(_ object: KubeObject, with plugin: KongPlugin) -> KubeObject {
    var object = object
    object.fields["plugin"] = .string(plugin.name)
    if plugin.config.object?.isEmpty == false { object.fields["config"] = plugin.config }
    return object
  }
}
