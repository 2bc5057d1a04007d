import KubeModel
import MeshRender
import MeshTopology
import Testing

@Suite("Importing the folders of several clusters")
struct ClusterFolderImportTests {
  private func run(_ files: [(String, String)]) throws -> Import {
    let result = Importer().run(
      files: files.map { TopologyFile(path: $0.0, bytes: Array($0.1.utf8)) }, name: "shop")
    try ImportText.expectSound(result)
    return result
  }

  static let services = ImportText.service("cart") + ImportText.service("catalog")

  @Test("takes folders with the same objects for clusters, and says so")
  func findsClusters() throws {
    let result = try run([
      ("tokyo/all.yaml", ClusterFolderImportTests.services),
      ("osaka/all.yaml", ClusterFolderImportTests.services),
    ])
    #expect(result.unread.isEmpty)
    #expect(result.topology.clusters.map(\.name) == ["osaka", "tokyo"])
    #expect(result.topology.regions.map(\.role) == [.primary, .recovery])
    #expect(result.topology.workloads.map(\.name) == ["cart", "catalog"])
    #expect(
      result.assumptions.contains {
        $0.message.hasPrefix("the folders osaka, tokyo are taken for one cluster each")
      })
  }

  @Test("takes the one that no word calls a standby for the primary, wherever the folders are")
  func findsPrimary() throws {
    let result = try run([
      ("clusters/shop-dr/all.yaml", ClusterFolderImportTests.services),
      ("clusters/shop/all.yaml", ClusterFolderImportTests.services),
    ])
    #expect(result.topology.primaryCluster?.name == "shop")
    #expect(result.topology.recoveryClusters.map(\.name) == ["shop-dr"])
  }

  @Test("takes stages for no clusters, and says once what to do")
  func findsStages() throws {
    let result = try run([
      ("production/all.yaml", ClusterFolderImportTests.services),
      ("staging/all.yaml", ClusterFolderImportTests.services),
    ])
    #expect(result.topology.clusters.count == 1)
    #expect(
      result.unread.map(\.message) == [
        "4 objects stand in production too, such as Deployment shop/cart; those of production count. Import one of "
          + "the folders, and write what is different in the other as an overlay of an environment"
      ])
  }

  @Test("says what differs once an object, and keeps what only one cluster has for that one")
  func listsDifferences() throws {
    let other = ClusterFolderImportTests.services.replacing("cart:1.0", with: "cart:2.0")
    let widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: left, namespace: shop}\n"
    let result = try run([
      ("east/all.yaml", ClusterFolderImportTests.services), ("west/all.yaml", other + widget),
      ("west/only.yaml", ImportText.service("mail")),
    ])
    #expect(
      result.dropped.filter { $0.place.file.hasPrefix("west") }.map(\.field) == [
        "spec.template.spec.containers[0].image"
      ])
    let kept = result.kept.map {
      "\($0.object.reference) \($0.object.annotations[Manifest.clustersAnnotation] ?? "")"
    }
    #expect(kept == ["Widget shop/left west", "Deployment shop/mail west", "Service shop/mail west"])
    #expect(result.topology.workloads.map(\.name) == ["cart", "catalog"])
  }

  @Test("keeps what the first cluster alone has for that one, and says which workloads the other gets too")
  func bindsToFirst() throws {
    let widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: left, namespace: shop}\n"
    let result = try run([
      ("east/all.yaml", ClusterFolderImportTests.services + widget),
      ("west/all.yaml", ImportText.service("cart")),
    ])
    #expect(result.topology.manifests.map(\.clusters) == [["east"]])
    #expect(
      result.assumptions.contains {
        $0.path == "Workload/shop/catalog"
          && $0.message == "Deployment shop/catalog is not among the manifests of west, which gets it too"
      })
  }

  @Test("folders of single services, which share their namespace, are none")
  func findsServices() throws {
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n"
    let result = try run([
      ("cart/all.yaml", namespace + ImportText.service("cart")),
      ("mail/all.yaml", namespace + ImportText.service("mail")),
    ])
    #expect(result.topology.workloads.map(\.name) == ["cart", "mail"])
    #expect(result.topology.clusters.count == 1)
    #expect(
      result.unread.map(\.message) == [
        "Namespace shop stands twice, first at cart/all.yaml:1:1; the first one counts"
      ])
  }

  @Test("objects of any shape leave a topology that reads")
  func survives() throws {
    let kinds = [
      ("v1", "Service"), ("v1", "ConfigMap"), ("v1", "Secret"), ("v1", "Namespace"),
      ("apps/v1", "Deployment"),
      ("apps/v1", "StatefulSet"), ("networking.k8s.io/v1", "NetworkPolicy"),
      ("networking.istio.io/v1", "ServiceEntry"),
      ("install.istio.io/v1alpha1", "IstioOperator"), ("postgresql.cnpg.io/v1", "Cluster"),
      ("container.cnrm.cloud.google.com/v1beta1", "ContainerCluster"),
      ("compute.cnrm.cloud.google.com/v1beta1", "ComputeAddress"), ("example.com/v1", "Widget"),
    ]
    let bodies = [
      "spec: 1", "spec: {}", "spec: [1, {a: 2}]", "data: {prometheus.yml: [1], a: {b: 1}}", "metadata: 1",
    ]
    for first in bodies {
      for second in bodies {
        let texts = [first, second].map { body in
          kinds.map {
            "apiVersion: \($0.0)\nkind: \($0.1)\nmetadata: {name: odd, namespace: shop}\n\(body)\n"
          }
          .joined(separator: "---\n")
        }
        _ = try run([
          ("east/all.yaml", ClusterFolderImportTests.services + texts[0]),
          ("west/all.yaml", ClusterFolderImportTests.services + texts[1]),
        ])
      }
    }
  }

  @Test("a Secret of one cluster is known by its name alone")
  func hidesSecrets() throws {
    let secret =
      "apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: shop}\nstringData: {key: hunter2}\n"
    let result = try run([
      ("east/all.yaml", ClusterFolderImportTests.services),
      ("west/all.yaml", ClusterFolderImportTests.services + secret),
    ])
    #expect(result.kept.map(\.object.name) == ["key"])
    #expect(!(result.files.map(\.text).joined() + result.text + "\(result)").contains("hunter2"))
  }

  @Test("a kustomization that only lists what is imported is nothing to say")
  func acceptsLists() throws {
    let list = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [all.yaml]\n"
    let result = try run([("all.yaml", ClusterFolderImportTests.services), ("kustomization.yaml", list)])
    #expect(result.unread.isEmpty)
    let patched = try run([
      ("all.yaml", ClusterFolderImportTests.services), ("kustomization.yaml", list + "namePrefix: a-\n"),
    ])
    #expect(patched.unread.count == 1)
  }
}
