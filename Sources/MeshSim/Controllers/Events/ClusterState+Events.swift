import KubeModel
import Seams

/// Whether an event tells of trouble.
enum EventType: String, Sendable {
  case normal = "Normal"
  case warning = "Warning"
}

extension ClusterState {
  /// Writes an event about `object`, or counts up the one that says the same already.
  ///
  /// - Parameters:
  ///   - source: the component.
  ///   - host: the node of a kubelet.
  ///   - field: the part of the object, such as `spec.containers{app}`.
  mutating func note(
    _ object: KubeObject, _ type: EventType, _ reason: String, _ message: String, by source: String,
    host: String? = nil, field: String? = nil
  ) {
    let message = String(message.prefix(1_024))
    let identity = EventCorrelator.Identity(
      source: source + (host ?? ""), object: object.uid + (field ?? ""), type: type.rawValue, reason: reason,
      message: message)
    guard controllers.events.admits(source: identity.source, object: object.uid, now: now) else { return }
    let time = JSONValue.string(now.rfc3339)
    if let key = controllers.events.key(of: identity), var known = store.get(.event, key) {
      known.fields["count"] = .int((known.fields["count"]?.int ?? 1) + 1)
      known.fields["lastTimestamp"] = time
      update(known, kind: .event, manager: nil)
      return
    }
    var event = eventObject(about: object, type, reason, message, field: field)
    var component: JSONValue = ["component": .string(source)]
    if let host { component["host"] = .string(host) }
    event.fields["source"] = component
    event.fields["firstTimestamp"] = time
    event.fields["lastTimestamp"] = time
    event.fields["count"] = 1
    event.fields["eventTime"] = .null
    event.fields["reportingComponent"] = .string(source)
    event.fields["reportingInstance"] = .string(host ?? "")
    controllers.events.remember(identity, at: event.key)
    create(event, kind: .event, manager: nil)
  }

  /// Writes an event as the scheduler does, in the form of `events.k8s.io`.
  mutating func noteScheduling(
    _ pod: KubeObject, _ type: EventType, _ reason: String, _ message: String, action: String
  ) {
    let scheduler = "default-scheduler"
    guard controllers.events.admits(source: scheduler, object: pod.uid, now: now) else { return }
    let identity = EventCorrelator.Identity(
      source: scheduler, object: pod.uid, type: type.rawValue, reason: reason, message: message)
    if let key = controllers.events.key(of: identity), var known = store.get(.event, key) {
      let count = known[path: "series", "count"]?.int ?? 1
      known.fields["series"] = ["count": .int(count + 1), "lastObservedTime": .string(now.rfc3339Micro)]
      update(known, kind: .event, manager: nil)
      return
    }
    var event = eventObject(about: pod, type, reason, message, field: nil)
    event.fields["source"] = [:]
    event.fields["firstTimestamp"] = .null
    event.fields["lastTimestamp"] = .null
    event.fields["eventTime"] = .string(now.rfc3339Micro)
    event.fields["action"] = .string(action)
    event.fields["reportingComponent"] = .string(scheduler)
    event.fields["reportingInstance"] = .string("\(scheduler)-\(name)")
    controllers.events.remember(identity, at: event.key)
    create(event, kind: .event, manager: nil)
  }

  private mutating func eventObject(
    about object: KubeObject, _ type: EventType, _ reason: String, _ message: String, field: String?
  ) -> KubeObject {
    controllers.eventCount &+= 1
    let stamp = UInt64(bitPattern: now.microseconds) &* 1_000 &+ UInt64(controllers.eventCount % 1_000)
    let namespace = object.namespace ?? "default"
    var regarding: JSONObject = [
      "kind": .string(object.kind), "name": .string(object.name), "uid": .string(object.uid),
      "apiVersion": .string(object.apiVersion), "resourceVersion": .string(object.resourceVersion),
    ]
    if let own = object.namespace { regarding["namespace"] = .string(own) }
    if let field { regarding["fieldPath"] = .string(field) }
    return KubeObject([
      "apiVersion": "v1", "kind": "Event",
      "metadata": [
        "name": .string("\(object.name).\(String(stamp, radix: 16))"), "namespace": .string(namespace),
      ],
      "involvedObject": .object(regarding), "reason": .string(reason), "message": .string(message),
      "type": .string(type.rawValue),
    ])
  }

  /// Removes events that are an hour old.
  mutating func expireEvents() {
    for key in controllers.events.takeExpired(now: now) { delete(.event, key, manager: nil) }
    if let next = controllers.events.nextExpiry { schedule(.eventExpiry, at: next) }
  }
}
