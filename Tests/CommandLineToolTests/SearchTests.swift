import Foundation
import TestSupport
import Testing

/// `trainfree search` on architectures that never were (`SyntheticHome`): the best score is 74.75.
@Suite struct SearchTests {
  private let plain = ["search", "maker2024/results", "--target", "score"]

  private func results(_ text: String) throws -> [String: Any] {
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(document["results"] as? [String: Any])
  }

  private func number(_ results: [String: Any], _ path: String) -> Double? {
    var current: Any? = results
    for key in path.split(separator: ".") { current = (current as? [String: Any])?[String(key)] }
    return (current as? [String: Any])?["value"] as? Double ?? current as? Double
  }

  @Test func whatIsFoundIsKnownByConstruction() throws {
    let tool = try Tool(home: .synthetic)
    let result = try tool.run(
      plain + ["--metric", "steady", "--size", "parameters", "--budget", "60", "--seeds", "5", "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let found = try results(result.output)
    // The greatest of steady is that of rank 56, of parameters that of rank 50.
    #expect(number(found, "steady.budget-60.regret") == 0.75)
    #expect(number(found, "parameters.budget-60.regret") == 2.25)
    #expect(number(found, "steady.budget-60.less-baseline") == -1.5)
    #expect(number(found, "space.best") == 74.75)
    // The mean of 60 … 74.75.
    #expect(number(found, "space.random.found") == 67.375)
    let bounded = try tool.run(
      plain + ["--metric", "steady", "--budget", "60", "--seeds", "5", "--max-parameters", "99000", "--json"])
    // Roots up to 9 are those of ranks 1 to 9, of which 4 has the greatest value of steady's blocks: that of rank 8 is left out.
    #expect(number(try results(bounded.output), "space.n") == 9)
    #expect(number(try results(bounded.output), "space.best") == 62.25)
  }

  @Test(arguments: [
    ["--algorithm", "evolution", "--population", "8", "--rank-sum", "steady,parameters", "--metric", "steady"],
    ["--chosen", "3", "--labelled-weights", "steady,restless", "--size", "parameters"],
  ])
  func workersChangeNothing(_ options: [String]) throws {
    let settings = plain + options + ["--budget", "10", "--budget", "30", "--seeds", "12", "--json"]
    let outputs = try ["1", "3"].map { workers in
      let result = try Tool(home: .synthetic).run(settings + ["-j", workers])
      #expect(result.status == 0, "\(result.errors)")
      return result.output
    }
    #expect(outputs[0] == outputs[1])
    let other = try Tool(home: .synthetic).run(settings + ["--seed", "2"])
    #expect(other.output != outputs[0])
  }

  @Test func tablesArePrinted() throws {
    let result = try Tool(home: .synthetic).run(plain + ["--size", "parameters", "--seeds", "5", "-v"])
    #expect(result.status == 0, "\(result.errors)")
    for part in [
      "best score found after 100 evaluations", "Steady", "Restless", "Parameters (baseline), the strongest",
      "random choice", "60 of 60 architectures; the best score is 74.75", "95 % BCa bootstrap intervals",
    ] {
      #expect(result.output.contains(part), "\(part) in \(result.output)")
    }
    #expect(!result.output.contains("\\"))
  }

  @Test func tablesOfAnAnalysisAreSearched() throws {
    let tool = try Tool(home: .synthetic)
    let spec = tool.folder + "/home/analyses/ranking.yaml"
    let result = try tool.run(
      [
        "search", spec, "--metric", "steady", "--size", "depth", "--budget", "60", "--seeds", "2",
        "--json",
      ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(number(try results(result.output), "steady.budget-60.regret") == 0.75)
    let wrong = try tool.run(["search", spec, "--dataset", "result", "--target", "score"])
    #expect(wrong.status == 65 && wrong.errors.contains("did you mean results?"), "\(wrong.errors)")
  }

  @Test(
    arguments: [
      (["maker2024/reslts", "--target", "score"], 65, "did you mean maker2024/results?"),
      (["maker2024/results", "--target", "scor"], 65, "did you mean score?"),
      (["maker2024/results", "--target", "score", "--metric", "stedy"], 65, "did you mean steady?"),
      (["maker2024/results", "--target", "score", "--size", "paramters"], 65, "did you mean parameters?"),
      (["maker2024/results", "--target", "score", "--at-most", "flops=3"], 65, "has no column flops"),
      (["maker2024/results", "--target", "parameters"], 65, "better: higher"),
      (["maker2024/results", "--target", "score", "--metric", "steady", "--size", "steady"], 65, "stands twice"),
      (["maker2024/results", "--target", "score", "--choice", "mann-whitney"], 65, "subject"),
      (
        [
          "maker2024/results", "--target", "score", "--algorithm", "evolution", "--labelled-weights", "steady,restless",
        ], 65, "fitted to labels"
      ),
      (
        ["maker2024/results", "--target", "score", "--max-parameters", "1"], 1, "no architecture keeps the constraints"
      ),
      (["maker2024/results"], 65, "which column of maker2024/results holds the trained scores"),
      (["serianni2023-encoder"], 64, "did you mean serianni2023-encoders?"),
      (["maker2024/results", "--target", "score", "--budget", "0"], 64, "--budget must be from 1"),
      (["maker2024/results", "--target", "score", "--seeds", "1"], 64, "--seeds must be from 2"),
      (["maker2024/results", "--target", "score", "--at-most", "parameters"], 64, "a column and a number"),
      (["maker2024/results", "--target", "score", "--max-parameters", "nan"], 64, "must be a number"),
      (["maker2024/results", "--target", "score", "--rank-sum", ","], 64, "must be columns"),
      (["none.yaml", "--target", "score"], 66, "none.yaml"),
    ] as [([String], Int32, String)])
  func wrongInputIsExplained(_ arguments: [String], _ status: Int32, _ words: String) throws {
    let result = try Tool(home: .synthetic).run(["search"] + arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(words), "\(words) in \(result.errors)")
  }
}
