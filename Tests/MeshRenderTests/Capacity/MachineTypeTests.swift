import MeshRender
import Testing

@Suite("A machine type")
struct MachineTypeTests {
  @Test(
    "has the cores and the memory that its provider lists",
    arguments: [
      ("e2-standard-4", 4, 16), ("e2-highmem-16", 16, 128), ("e2-highcpu-32", 32, 32), ("e2-medium", 2, 4),
      ("n1-standard-1", 1, 3.75), ("n1-standard-96", 96, 360), ("n1-highmem-8", 8, 52),
      ("n1-highcpu-96", 96, 86.4), ("n2-standard-128", 128, 512), ("n2-highmem-128", 128, 864),
      ("n2-highcpu-96", 96, 96), ("n2d-standard-224", 224, 896), ("n2d-highmem-96", 96, 768),
      ("c2-standard-60", 60, 240), ("c3-standard-22", 22, 88), ("c3-highmem-176", 176, 1408),
      ("c3-highcpu-8", 8, 16), ("t2d-standard-1", 1, 4), ("e2-custom-4-8192", 4, 8),
      ("n2-custom-8-65536", 8, 64), ("n2-custom-4-65536-ext", 4, 64), ("custom-6-6144", 6, 6),
      ("n1-custom-1-1024", 1, 1),
    ] as [(String, Int, Double)])
  func isListed(_ name: String, cores: Int, gibibytes: Double) throws {
    let machine = try #require(MachineType(name))
    #expect(machine.cores == cores)
    #expect(machine.memory == Int(gibibytes * 0x1p30))
    #expect(machine.name == name)
  }

  @Test(
    "is not guessed",
    arguments: [
      "", "-", "e2", "e2-standard", "e2-standard-3", "e2-standard-04", "e2-standard-+4", "e2-standard--4",
      "E2-standard-4", "m5.xlarge", "a3-highgpu-8g", "z9-standard-4", "e2-custom-3-8192", "e2-custom-4-8000",
      "e2-custom-4-65536", "e2-custom-64-65536", "e2-custom-4", "e2-custom-4-8192-x", "e2-custom-4-1024",
      "custom-0-256", "n2-custom-4-99999999999999-ext", "n2-custom-4--8192",
    ])
  func isUnknown(_ name: String) { #expect(MachineType(name) == nil) }

  @Test(
    "leaves pods what GKE documents",
    arguments: [
      ("e2-standard-4", 110, 3920, 13_621), ("e2-standard-4", 111, 3520, 13_621),
      ("n1-standard-1", 110, 940, 2_780),
      ("e2-medium", 110, 940, 2_972), ("e2-standard-2", 110, 1930, 6_248),
      ("n1-standard-96", 110, 95_690, 354_244),
      ("e2-micro", 110, 940, 668), ("e2-standard-8", 110, 7910, 29_022), ("e2-micro", 200, 540, 668),
    ])
  func leavesPods(_ name: String, podsPerNode: Int, cpu: Int, mebibytes: Int) throws {
    let machine = try #require(MachineType(name))
    let allocatable = Allocatable(machine: machine, podsPerNode: podsPerNode)
    #expect(allocatable.cpu == cpu)
    #expect(allocatable.memory >> 20 == mebibytes)
    #expect(allocatable.pods == podsPerNode)
  }
}
