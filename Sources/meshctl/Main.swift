import MeshCommands

@main
struct Main {
  static func main() async { await Meshctl.start() }
}
