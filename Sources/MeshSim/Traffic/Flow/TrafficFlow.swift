import KubeModel
import Seams

/// One second of traffic: requests enter, follow the routes and the calls, and are measured.
extension ClusterState {
  mutating func flowTraffic() {
    guard traffic.isFlowing || traffic.keeper != nil else { return }
    schedule(.traffic, at: Timestamp(seconds: now.wholeSecond + 1))
    traffic.refresh(store, images, faults)
    let now = trueNow
    if traffic.isFlowing {
      // A generator of its own a second: what flows does not depend on what controllers have drawn.
      traffic.draws = SeededGenerator(
        seed: seed, stream: StableHash.of(name) ^ UInt64(bitPattern: now.wholeSecond))
      traffic.flow(now: now)
    }
    if traffic.keeper != nil, now.wholeSecond % ClusterState.scrapeInterval == 0 { scrapeMetrics() }
  }
}

extension TrafficModel {
  /// Lets the requests of a second flow.
  mutating func flow(now: Timestamp) {
    for (service, rate) in plan.sources.sorted(by: { $0.key < $1.key }) {
      let count = draws.poisson(mean: rate)
      _ = send(count, by: network.entrance(to: service, plan, &meters), depth: 0, now)
    }
    for index in network.loads.indices {
      let group = network.group(index)
      network.loads[index].endSecond(
        pods: group.readyCount, cores: group.facts.cpuLimit ?? PodLoad.nodeCores,
        cost: network.behaviors[index].cpuSecondsPerRequest)
    }
  }

  /// Spreads requests over the shapes of a call.
  mutating func send(_ count: Int, by call: CompiledCall, depth: Int, _ now: Timestamp) -> FlowAnswer {
    var (answer, rest) = (FlowAnswer(), count)
    for (edge, share) in call.edges where rest > 0 {
      let part = share >= 1 ? rest : draws.binomial(rest, share)
      rest -= part
      answer += send(part, along: edge, depth: depth, now)
    }
    return answer
  }

  /// Sends requests of one kind, and counts what came of them.
  private mutating func send(_ count: Int, along index: Int, depth: Int, _ now: Timestamp) -> FlowAnswer {
    guard count > 0 else { return FlowAnswer() }
    let answer = pass(count, along: index, depth: depth, now)
    network.count(count, answer, along: index)
    return answer
  }

  private mutating func pass(_ count: Int, along index: Int, depth: Int, _ now: Timestamp) -> FlowAnswer {
    let edge = network.edges[index]
    var rest = count
    guard depth < 16 else {
      recordUnroutable(count, at: edge.key.callee)
      return FlowAnswer(failed: count)
    }
    var answer = admit(&rest, edge, now)
    if let refusal = edge.decision.refusal { return answer + refuse(rest, refusal, edge) }
    if let fault = edge.decision.fault {
      let aborted = draws.binomial(rest, fault.abortShare)
      rest -= aborted
      answer += refuse(aborted, .aborted(fault), edge)
      answer.seconds += Double(rest) * fault.delayShare * fault.delay.inSeconds
    }
    var weight = edge.decision.destinations.reduce(0) { $0 + $1.weight }
    var (slot, left) = (edge.firstSlot + 1, rest)
    for destination in edge.decision.destinations {
      let part = weight > 0 ? draws.binomial(left, Double(destination.weight) / Double(weight)) : 0
      weight -= destination.weight
      left -= part
      answer += send(part, to: destination, of: index, slot: slot, depth: depth, now)
      slot += destination.endpoints.count
    }
    answer += refuse(
      left, RequestOutcome(.endpoints, status: 503, flags: "UH", reason: "all weights are 0"), edge)
    for mirror in edge.decision.mirrors {
      let copies = draws.binomial(rest, mirror.share)
      _ = send(copies, to: mirror.destination, of: index, slot: slot, depth: depth, now, isMirrored: true)
      slot += mirror.destination.endpoints.count
    }
    countAnswers(edge, answer, of: count)
    return answer
  }

  /// Takes away what a gateway's limits do not let pass.
  private mutating func admit(_ count: inout Int, _ edge: CompiledEdge, _ now: Timestamp) -> FlowAnswer {
    var answer = FlowAnswer()
    guard let gateway = edge.gateway else { return answer }
    for limit in gateway.limits {
      let admitted = counters.admit(
        count, limit, gateway: gateway.name, route: gateway.route, consumers: edge.consumers,
        pods: edge.clients,
        now: now)
      answer.add(count - admitted, status: limit.status)
      count = admitted
    }
    return answer
  }

  /// Counts what a gateway has answered to its users.
  private mutating func countAnswers(_ edge: CompiledEdge, _ answer: FlowAnswer, of all: Int) {
    guard let gateway = edge.gateway else { return }
    let parts = [
      (200, all - answer.failed - answer.refused), (503, answer.failed),
      (answer.refusedStatus, answer.refused),
    ]
    for (code, count) in parts where count > 0 {
      let key = GatewayMeterKey(
        gateway: gateway.name, service: gateway.service, route: gateway.route, code: code)
      gatewayMeters[key, default: 0] += count
    }
  }

  /// Ends requests before they reach a pod.
  mutating func refuse(_ count: Int, _ verdict: RequestOutcome, _ edge: CompiledEdge, slot: Int? = nil)
    -> FlowAnswer
  {
    guard count > 0 else { return FlowAnswer() }
    var answer = FlowAnswer()
    answer.add(count, status: verdict.status)
    if verdict.isLost { recordUnroutable(count, at: edge.key.callee) }
    // A connection that is dropped silently is given up after ten seconds.
    let isSlow = verdict.isTimeout
    answer.seconds = Double(count) * (isSlow ? 10 : 0.0005)
    if edge.isProxied, verdict.layer != .nameResolution, verdict.layer != .gateway {
      var buckets = [Int](repeating: 0, count: RequestStatistics.bounds.count + 1)
      buckets[isSlow ? 12 : 0] = count
      meters.count(
        count, buckets: buckets, seconds: answer.seconds, slot: slot ?? edge.firstSlot, isSource: true,
        code: verdict.status, flags: verdict.flags)
    }
    if verdict.layer == .gateway { countAnswers(edge, answer, of: count) }
    return answer
  }
}

extension FlowAnswer {
  static func + (left: FlowAnswer, right: FlowAnswer) -> FlowAnswer {
    var sum = left
    sum += right
    return sum
  }
}

extension RequestOutcome {
  /// Whether packets are dropped, so that the client waits until it gives up.
  var isTimeout: Bool { [.egressPolicy, .ingressPolicy, .node].contains(layer) }

  /// Whether nobody was there, or could be reached, to answer.
  var isLost: Bool {
    switch layer {
    case .nameResolution, .proxy, .outboundPolicy, .egressPolicy, .ingressPolicy, .node, .port, .mutualTLS:
      true
    case .endpoints: flags != "UO"
    case .gateway, .route, .fault, .requestAuthentication, .authorization, .application: false
    }
  }
}
