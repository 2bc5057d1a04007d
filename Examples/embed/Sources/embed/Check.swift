import MeshKit
let names: [Any.Type] = [Simulation.self, ImageBehavior.self, KubeError.self, ClusterFileError.self, Timestamp.self, Environment.self]
