import Foundation
import Glibc

/// Whole runs of a shipped analysis by the binary beside this one, in a folder of their own.
enum RunBenchmarks {
  static func run(_ analysis: String) throws {
    let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("trainfree").path
    let source = "analyses/\(analysis).yaml"
    guard ProcessInfo.processInfo.environment["TRAINFREE_DATA"] != nil, FileManager.default.fileExists(atPath: source)
    else {
      print("runs are not measured: they need TRAINFREE_DATA and a checkout as the working folder")
      return
    }
    let home = FileManager.default.currentDirectoryPath
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trainfree-bench-\(getpid())-runs")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = try String(contentsOfFile: source, encoding: .utf8)
    let spec = folder.appendingPathComponent("analysis.yaml")
    func timed(_ label: String, _ text: String) throws {
      try text.write(to: spec, atomically: true, encoding: .utf8)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: binary)
      process.arguments = ["run", "analysis.yaml", "-q"]
      process.currentDirectoryURL = folder
      process.environment = ProcessInfo.processInfo.environment.merging(["TRAINFREE_HOME": home]) { $1 }
      let time = try Stopwatch.seconds(1) {
        try process.run()
        process.waitUntilExit()
      }
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
      let status = process.terminationStatus == 0 ? "" : ", exit status \(process.terminationStatus)"
      print(
        "\(analysis), \(label): \((time.smallest * 1000).rounded() / 1000) s, peak memory so far \(usage.ru_maxrss / 1024) MiB\(status)"
      )
    }
    try timed("cold", text)
    try timed("nothing changed", text)
    try timed("one sentence changed", text.replacingOccurrences(of: "## In short", with: "## Briefly"))
    let page = folder.appendingPathComponent("reports/\(analysis)/index.html")
    let size = try FileManager.default.attributesOfItem(atPath: page.path)[.size] as? Int ?? 0
    print("\(analysis), index.html: \((size + 512) / 1024) KiB")
  }
}
