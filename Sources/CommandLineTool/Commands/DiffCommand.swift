import ArgumentParser
import CairoRendering
import Diagnostics
import Documents
import Files
import Reports

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare two report folders over numbers and figures.",
    discussion: """
      Exits with status 1 when they differ.

      Example: trainfree diff reports/quickstart other/quickstart --tolerance 1e-9
      """)
  @Argument(help: "A report's folder.") var first: String
  @Argument(help: "Another.") var second: String
  @Option(name: .long, help: "Relative difference of numbers that is let pass.") var tolerance = 0.0
  @OptionGroup var out: OutputOptions

  func validate() throws {
    try PathArgument.check([("The first folder", first), ("The second folder", second)])
    if !(tolerance >= 0 && tolerance < 1) { throw ValidationError("--tolerance must be from 0 to 1.") }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let numbers = try numberDifferences()
      let figures = figureDifferences()
      if console.isJSON {
        console.data([
          "numbers": .array(numbers.map { ["path": .string($0.path), "first": $0.first, "second": $0.second] }),
          "figures": .array(figures.map { ["path": .string($0.path), "what": .string($0.what)] }),
        ])
      } else {
        for item in numbers { console.data("\(item.path): \(item.first.text()) → \(item.second.text())\n") }
        for item in figures { console.data("\(item.path): \(item.what)\n") }
        console.data("\(numbers.count) values and \(figures.count) figures differ\n")
      }
      if !numbers.isEmpty || !figures.isEmpty { throw ExitStatus.stepFailed }
    }
  }

  private func numberDifferences() throws -> [ReportDifferences.Value] {
    ReportDifferences.values(
      try ResultFolder(first).json("results.json"), try ResultFolder(second).json("results.json"), tolerance: tolerance)
  }

  private func figureDifferences() -> [(path: String, what: String)] {
    ReportDifferences.files(
      ResultFolder(first).digests(under: "figures"), ResultFolder(second).digests(under: "figures")
    ).map { file in
      (file.path, file.change == .differs && file.path.hasSuffix(".png") ? pixels(file.path) : file.change.rawValue)
    }
  }

  private func pixels(_ path: String) -> String {
    guard let left = try? PNGImage(FileSystem.read("\(first)/\(path)")),
      let right = try? PNGImage(FileSystem.read("\(second)/\(path)"))
    else { return "differs" }
    let share = left.difference(from: right)
    return "\((share * 10000).rounded() / 100) % of the pixels differ"
  }
}
