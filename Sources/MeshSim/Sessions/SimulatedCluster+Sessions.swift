import KubeModel
import Seams

extension SimulatedCluster {
  /// Runs a program in a container, as `kubectl exec` does.
  ///
  /// - Returns: what it prints and how it ends; exit code 127 for a container that is not there.
  public func execute(namespace: String, pod: String, container: String, _ command: [String]) -> (
    stdout: String, stderr: String, exitCode: Int
  ) {
    execute(command, pod: ObjectKey(namespace: namespace, name: pod), container: container)
  }

  func execute(_ command: [String], pod key: ObjectKey, container: String) -> (
    stdout: String, stderr: String, exitCode: Int
  ) {
    withState { state in
      guard let pod = state.store.get(.pod, key) else { return ("", "container not found\n", 127) }
      return ContainerProgram.exec(command, pod: pod, container: container, in: state)
    }
  }

  /// Everything that a container has printed.
  func logText(of key: ObjectKey, container: String) -> String {
    withState { state in
      guard let pod = state.store.get(.pod, key) else { return "" }
      return ContainerLog.lines(pod: pod, container: container, previous: false, now: state.now)
        .map { $0.text + "\n" }.joined()
    }
  }

  /// Looks whether a request may have a session with a container.
  func openSession(_ request: TransportRequest, isTrusted: Bool) -> ContainerSession.Admission {
    withState { state in
      do throws(StatusError) {
        return .accepted(try APIServer.session(request, isTrusted: isTrusted, in: &state))
      } catch {
        return .refused(Answer(error))
      }
    }
  }
}

extension APIServer {
  /// The session that a request asks for, after all that any request has to pass.
  static func session(_ request: TransportRequest, isTrusted: Bool, in state: inout ClusterState)
    throws(StatusError) -> ContainerSession
  {
    let (request, served) = try admitted(APIRequest(request), isTrusted: isTrusted, in: state)
    let part = request.info.subresource
    guard let served, served.kind == .pod, ["exec", "attach"].contains(part) else { throw .unknownPath() }
    guard let pod = state.store.get(.pod, request.info.key) else { throw .notFound(.pod, request.info.name) }
    let container = try PodContainer.named(request.query["container"] ?? "", of: pod)
    guard !(pod[path: "spec", "nodeName"]?.string ?? "").isEmpty else {
      throw .badRequest("pod \(pod.name) does not have a host assigned")
    }
    let isRunning = (pod[path: "status", "containerStatuses"]?.array ?? [])
      .contains { $0["name"]?.string == container && $0["state"]?["running"] != nil }
    guard isRunning else {
      throw .internalError(
        "unable to upgrade connection: container not found (\"\(container)\")")
    }
    return ContainerSession(
      pod: pod.key, container: container,
      purpose: part == "exec" ? .exec(request.query.all("command")) : .attach,
      readsInput: request.query.isTrue("stdin"))
  }
}
