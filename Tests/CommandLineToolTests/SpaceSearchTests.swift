import Foundation
import Testing

/// `trainfree search` over spaces of which nothing was trained, and `trainfree metrics search`, through the binary.
@Suite struct SpaceSearchTests {
  private let small = ["--steps", "4", "--columns", "2"]

  private func document(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Under a limit of parameters, the metric being parameters: evolution comes near to it, and what is written is what was found.
  @Test func boundsAreKept() throws {
    let tool = try Tool()
    let request =
      [
        "search", "serianni2023-encoders", "--metric", "parameters", "--max-parameters", "8e6", "--variant",
        "as-trained",
      ]
      + ["--at-least", "depth=4", "--algorithm", "evolution", "--population", "10", "--budget", "60", "--json"] + small
    let result = try tool.run(request + ["-o", "best.json"])
    #expect(result.status == 0, "\(result.errors)")
    let found = try document(result.output)
    let best = try #require(found["best"] as? [[String: Any]])
    #expect(best.count == 5 && found["evaluated"] as? Int == 60)
    let counts = best.compactMap { $0["parameters"] as? Double }
    #expect(counts == counts.sorted(by: >) && counts.allSatisfy { $0 <= 8e6 } && counts.first ?? 0 > 7.5e6)
    for item in best {
      let layers = (item["architecture"] as? [String: Any])?["encoder_layers"] as? [Any]
      #expect(layers?.count == 4)
      #expect((item["scores"] as? [String: Double])?["parameters"] == item["parameters"] as? Double)
    }
    let measured = try tool.run(
      ["measure", "best.json", "--variant", "as-trained", "--metric", "parameters", "--json"] + small)
    let values = try #require((try document(measured.output)["measurements"] as? [[String: Any]])?.first)
    #expect((values["values"] as? [String: Double])?["parameters"] == counts.first)
    #expect(try tool.run(request + ["-j", "3"]).output == tool.run(request + ["-j", "1"]).output)
    #expect(try tool.run(request + ["--seed", "2"]).output != result.output)
  }

  @Test func decodersFilesAndFormulas() throws {
    let tool = try Tool()
    let decoders = try tool.run(
      ["search", "litetransformersearch-gpt2", "--metric", "layer-parameters", "--max-flops", "1e9", "--budget", "12"]
        + ["--chosen", "2", "-o", "gpt.json"] + small)
    #expect(decoders.status == 0 && decoders.output.split(separator: "\n").count == 4, "\(decoders.errors)")
    let file = try tool.run(
      ["search", "gpt.json", "--formula", "own=mean(layers, l1(weight))", "--better", "lower", "--evaluations", "4"]
        + ["--choice", "mann-whitney"] + small)
    #expect(file.status == 0 && file.output.contains("The best of 1 architectures"), "\(file.errors)")
  }

  @Test(arguments: [
    (["--metric", "parametres"], 64, "did you mean parameters?"), ([], 64, "goes by one --metric"),
    (["--metric", "parameters", "--at-most", "dept=2"], 65, "did you mean depth?"),
    (["--metric", "parameters", "--max-parameters", "5"], 65, "no candidate keeps the constraints"),
    (["--metric", "parameters", "--target", "glue"], 64, "--target belongs to the search of a benchmark"),
    (["--metric", "parameters", "--choice", "mann-whitney"], 64, "at least 4 --evaluations"),
    (["--formula", "own=mean(layers, mean(haed))"], 65, "--formula own:1:19"),
    (["--metric", "parameters", "--budget", "2", "--budget", "3"], 64, "one --budget"),
  ])
  func wrongInputIsReported(_ options: [String], _ status: Int32, _ part: String) throws {
    let result = try Tool().run(["search", "serianni2023-encoders"] + options + small)
    #expect(result.status == status && result.errors.contains(part) && result.output.isEmpty, "\(result.errors)")
  }

  /// Options of a space say nothing of a benchmark, and the search for proxies says what it lacks.
  @Test(arguments: [
    (["search", "serianni2023/bert-results", "--target", "glue", "--evaluations", "3"], 64, "--evaluations belongs"),
    (["metrics", "search", "serianni2023/bert-benchmark", "--target", "glue"], 64, "--size must name a column"),
    (
      ["metrics", "search", "serianni2023/bert-benchmark", "--target", "glue", "--size", "depth", "--input", "haed"],
      64,
      "--input must be one of weight, gradient, activation, head, softmax"
    ),
    (
      ["metrics", "search", "serianni2023/bert-benchmark", "--target", "glue", "--size", "depth", "--folds", "2"], 64,
      "the number of folds is 2"
    ),
    (["metrics", "search", "nobody/nothing", "--target", "glue", "--size", "depth"], 65, "nobody/nothing"),
  ])
  func unfittingOptionsAreReported(_ arguments: [String], _ status: Int32, _ part: String) throws {
    let result = try Tool().run(arguments)
    #expect(result.status == status && result.errors.contains(part) && result.output.isEmpty, "\(result.errors)")
  }
}
