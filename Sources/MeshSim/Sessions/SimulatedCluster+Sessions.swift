import KubeModel
import Seams

extension SimulatedCluster {
  /// Runs a program in a container, as `kubectl exec` does.
  ///
  /// - Returns: what it prints and how it ends; exit code 127 for a container that is not there.
  public func execute(namespace: String, pod: String, container: String, _ command: [String]) -> (
    stdout: String, stderr: String, exitCode: Int
  ) {
    let result = run(command, pod: ObjectKey(namespace: namespace, name: pod), container: container)
    return (
      String(decoding: result.output, as: UTF8.self), String(decoding: result.errors, as: UTF8.self),
      Int(result.exitCode)
    )
  }

  /// Runs a program in a container, with all its input.
  func run(_ command: [String], input: [UInt8] = [], pod key: ObjectKey, container: String)
    -> ContainerShell.Result
  {
    withState { state in
      guard let pod = state.store.get(.pod, key) else { return .failure("container not found", 127) }
      var shell = ContainerShell(ContainerView(pod: pod, container: container, in: state))
      let result = shell.run(command, input: input)
      state.controllers.files[pod.uid] = shell.view.files
      return result
    }
  }

  /// Looks whether a request may have a session with a container.
  func openSession(_ request: TransportRequest, isTrusted: Bool) -> SessionAdmission {
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
    throws(StatusError) -> PodSession
  {
    let (request, served) = try admitted(APIRequest(request), isTrusted: isTrusted, in: state)
    let part = request.info.subresource
    guard let served, served.kind == .pod, ["exec", "attach", "portforward"].contains(part) else {
      throw .unknownPath()
    }
    guard let pod = state.store.get(.pod, request.info.key) else { throw .notFound(.pod, request.info.name) }
    if part == "portforward" { return .ports(try PortForwarding(request, pod, in: state)) }
    let container = try PodContainer.named(request.query["container"] ?? "", of: pod)
    guard !(pod[path: "spec", "nodeName"]?.string ?? "").isEmpty else {
      throw .badRequest("pod \(pod.name) does not have a host assigned")
    }
    guard ContainerSession.start(of: container, in: pod) != nil else {
      throw .internalError(
        "unable to upgrade connection: container not found (\"\(container)\")")
    }
    return .container(
      ContainerSession(
        pod: pod.key, container: container,
        purpose: part == "exec" ? .exec(request.query.all("command")) : .attach,
        readsInput: request.query.isTrue("stdin"), isTerminal: request.query.isTrue("tty")))
  }
}
