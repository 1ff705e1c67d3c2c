@main
enum Main {
  static func main() async throws { try await Benchmarks.run(Array(CommandLine.arguments.dropFirst())) }
}
