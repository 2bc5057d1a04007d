import KubeModel
import Seams
import Testing

@testable import MeshSim

@Suite("The store")
struct ObjectStoreTests {
  private static func object(_ namespace: String, _ name: String, owner: String? = nil) -> KubeObject {
    var object = KubeObject(kind: .configMap, namespace: namespace, name: name)
    object.set("metadata", "uid", to: .string("\(namespace)/\(name)"))
    if let owner { object.set("metadata", "ownerReferences", to: [["uid": .string(owner)]]) }
    return object
  }

  private static func store(_ objects: [KubeObject]) -> ObjectStore {
    var store = ObjectStore()
    for object in objects {
      _ = store.put(object, kind: .configMap, time: SimulatedFleet.epoch, manager: nil)
    }
    return store
  }

  @Test("keeps objects in the order of their namespaces and names, whatever the order in which they come")
  func order() {
    var generator = SeededGenerator(seed: 7)
    let places = (0..<60).map { ("n\($0 % 3)", "c\($0)") }
    let store = Self.store(places.shuffled(using: &generator).map { Self.object($0.0, $0.1) })
    let expected = places.sorted { $0 < $1 }.map { "\($0.0)/\($0.1)" }
    #expect(store.list(.configMap).map(\.uid) == expected)
    #expect(store.list(.configMap, namespace: "n1").map(\.uid) == expected.filter { $0.hasPrefix("n1/") })
  }

  @Test("knows what an object owns, as references come and go")
  func owners() {
    var store = Self.store([Self.object("n", "owner"), Self.object("n", "b", owner: "n/owner")])
    #expect(store.dependants(of: "n/owner").map(\.key.name) == ["b"])
    _ = store.put(
      Self.object("n", "a", owner: "n/owner"), kind: .configMap, time: SimulatedFleet.epoch, manager: nil)
    #expect(store.dependants(of: "n/owner").map(\.key.name) == ["a", "b"])
    _ = store.put(Self.object("n", "b"), kind: .configMap, time: SimulatedFleet.epoch, manager: nil)
    _ = store.remove(
      .configMap, ObjectKey(namespace: "n", name: "a"), time: SimulatedFleet.epoch, manager: nil)
    #expect(store.dependants(of: "n/owner").isEmpty && store.location(ofUID: "n/a") == nil)
    #expect(store.location(ofUID: "n/owner")?.key.name == "owner")
  }

  @Test("is a value: a copy does not see what happens later")
  func snapshot() {
    var store = Self.store([Self.object("n", "a")])
    let copy = store
    _ = store.remove(
      .configMap, ObjectKey(namespace: "n", name: "a"), time: SimulatedFleet.epoch, manager: nil)
    #expect(copy.list(.configMap).count == 1 && store.list(.configMap).isEmpty)
  }

  @Test("shows any version that the history reaches back to")
  func past() throws {
    var store = Self.store([Self.object("n", "a"), Self.object("n", "b")])
    let version = store.resourceVersion
    _ = store.remove(
      .configMap, ObjectKey(namespace: "n", name: "a"), time: SimulatedFleet.epoch, manager: nil)
    _ = store.put(Self.object("n", "c"), kind: .configMap, time: SimulatedFleet.epoch, manager: nil)
    let view = try #require(PastView(store, .configMap, at: version))
    let names = view.sections(.configMap, namespace: nil).flatMap { $0.slots.map(\.name) }
    #expect(names == ["a", "b"])
    store.compact(to: store.resourceVersion)
    #expect(PastView(store, .configMap, at: version) == nil)
  }
}
