import Foundation
import TestSupport
import Testing

/// `rank` and `init --from`, by the built binary.
@Suite struct RankTests {
  /// Forty architectures: `good` orders them by accuracy but for a few, `params` less so, `noise` not at all.
  private static let scores = "arch,acc,good,noise,params\n" + (0..<40).map(row).joined()

  private static func row(_ index: Int) -> String {
    let good = index + (index % 5 == 0 ? 2 : 0)
    return "n\(index),\(50 + Double(index) / 4),\(good).5,\((index * 17) % 40).25,\((index * 7) % 40 + index * 2)\n"
  }

  private func tool(_ text: String = scores, _ name: String = "scores.csv") throws -> Tool {
    let tool = try Tool()
    try tool.write(text, to: name)
    return tool
  }

  private func rank(
    _ tool: Tool, _ more: [String], file: String = "scores.csv"
  ) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(["rank", file, "-j", "1"] + more)
  }

  private func json(_ tool: Tool, _ more: [String], file: String = "scores.csv") throws -> [String: Any] {
    let result = try rank(tool, more + ["--json"], file: file)
    #expect(result.status == 0, "\(result.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  private func group(_ answer: [String: Any], _ place: Int = 0) throws -> [String: Any] {
    let groups = try #require(answer["groups"] as? [[String: Any]])
    return groups[place]
  }

  private func coefficient(_ group: [String: Any], _ name: String) -> [String: Any]? {
    let rows = (group["metrics"] as? [[String: Any]] ?? []) + (group["baselines"] as? [[String: Any]] ?? [])
    return rows.first { $0["name"] as? String == name }?["coefficient"] as? [String: Any]
  }

  @Test func theAnswerIsPrinted() throws {
    let tool = try tool()
    let result = try rank(tool, ["--target", "acc"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("scores.csv: CSV, 40 rows"))
    #expect(result.output.contains("metrics    good, noise"))
    #expect(result.output.contains("baselines  params"))
    #expect(
      result.output.contains("1 of 2 metrics ranks better than Parameters, the only trivial baseline: Good by "))
    // Nothing is left behind.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: tool.folder).filter { !$0.hasPrefix("stderr") } == [
        "scores.csv"
      ])
  }

  @Test func theCoefficientsAreThoseOfTheirPairs() throws {
    // Ten rows: x agrees in all pairs; y is tied in all but one of its values.
    let rows = (0..<10).map { "n\($0),\($0),\($0).5,\($0 == 9 ? 2 : 1),\(10 - $0)00\n" }.joined()
    let answer = try json(try tool("arch,acc,x,y,params\n" + rows), ["--target", "acc", "--metric", "y"])
    let found = try group(answer)
    #expect(coefficient(found, "x")?["value"] as? Double == 1)
    // Of 45 pairs 9 are concordant and 36 tied in y.
    #expect(coefficient(found, "y")?["value"] as? Double == 0.2)
    // A negative coefficient stays one.
    #expect(coefficient(found, "params")?["value"] as? Double == -1)
    let sentence = try #require(found["sentence"] as? String)
    #expect(sentence.contains("Parameters ranks in reverse, −1.000"))
    let turned = try group(
      try json(try tool("arch,acc,x,y,params\n" + rows), ["--target", "acc", "--lower", "params", "--metric", "y"]))
    #expect(coefficient(turned, "params")?["value"] as? Double == 1)
    #expect((turned["sentence"] as? String)?.contains("No metric is shown to rank better") == true)
  }

  @Test func aTargetThatIsBetterWhenLowerTurnsNothingElse() throws {
    let rows = (0..<30).map { "n\($0),\(99 - $0),\(($0 * 7) % 30 + $0).5,\($0)00\n" }.joined()
    let answer = try json(try tool("arch,perplexity,zico,params\n" + rows), ["--target", "perplexity"])
    let target = try #require(answer["target"] as? [String: Any])
    #expect(target["better"] as? String == "lower")
    #expect(coefficient(try group(answer), "params")?["value"] as? Double == 1)
    // The same without a baseline: the coefficients come from another part of the analysis.
    let without = try json(
      try tool("arch,perplexity,zico,params\n" + rows), ["--target", "perplexity", "--metric", "params"])
    #expect(coefficient(try group(without), "params")?["value"] as? Double == 1)
    #expect((try group(without)["sentence"] as? String)?.contains("No trivial baseline is in the file") == true)
  }

  @Test func theSavedAnalysisIsTheReport() throws {
    let tool = try tool()
    let first = try rank(tool, ["--target", "acc", "--resamples", "199", "--report", "one", "--save", "a.yaml"])
    #expect(first.status == 0, "\(first.errors)")
    #expect(try tool.run(["run", "a.yaml", "-o", "two"]).status == 0)
    #expect(try tool.shell("diff -r one two").status == 0)
    #expect(try rank(tool, ["--target", "acc", "--save", "a.yaml"]).status == 65)
    #expect(try tool.run(["init", "--from", "scores.csv", "b.yaml", "--resamples", "199"]).status == 0)
    let made = try tool.text("b.yaml").replacing("b.yaml", with: "a.yaml").replacing("analysis: b", with: "analysis: a")
    #expect(try tool.text("a.yaml") == made)
    #expect(try tool.run(["init", "b.yaml", "--target", "acc"]).status == 64)
    #expect(try tool.run(["init", "--from", "scores.csv", "b.yaml"]).status == 65)
  }

  @Test func namesAreQuotedWhateverTheyHold() throws {
    let long = String(repeating: "long", count: 75)
    let headers = [
      "yes", "null", "1e3", "a: b # c", "\"\"quo'ted\"\"", "{{ x }}", "line\nbreak", "ünï\u{2028}code", "- list", long,
      "cluster", "best", "*anchor", "&x", "%y", "@key", "same", "same",
    ]
    let head = headers.map { "\"\($0)\"" }.joined(separator: ",")
    let rows = (0..<30).map { row in
      "n\(row),\(row).5," + headers.indices.map { "\((row * (3 + 2 * $0)) % 31).5" }.joined(separator: ",")
        + ",\(row * 2)00"
    }
    let tool = try tool("arch,acc,\(head),params\n" + rows.joined(separator: "\n") + "\n", "sc: #'x.csv")
    let options = ["yes", "null", "a: b # c", "{{ x }}", "line\nbreak", long, "cluster", "@key"].flatMap {
      ["--lower", $0]
    }
    let result = try rank(
      tool, ["--target", "acc", "--resamples", "100", "--report", "one", "--save", "a.yaml"] + options,
      file: "sc: #'x.csv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try tool.run(["run", "a.yaml", "-o", "two"]).status == 0)
    #expect(try tool.shell("diff -r one two").status == 0)
    #expect(try tool.text("a.yaml").contains("role") == true)
  }

  @Test func tasksAreNotPooledAndRepeatsAreDrawnTogether() throws {
    let rows = ["one", "two"].flatMap { task in
      (0..<30).map { "n\($0),\(task),\($0).5,\(task == "one" ? $0 : 30 - $0).5,\(($0 * 7) % 30)00\n" }
    }
    let answer = try json(try tool("arch,task,acc,synflow,params\n" + rows.joined()), ["--target", "acc"])
    #expect(answer["grouped-by"] as? String == "task")
    #expect(coefficient(try group(answer, 0), "synflow")?["value"] as? Double == 1)
    #expect(coefficient(try group(answer, 1), "synflow")?["value"] as? Double == -1)
    let one = try json(
      try tool("arch,task,acc,synflow,params\n" + rows.joined()), ["--target", "acc", "--where", "task=two"])
    #expect((one["groups"] as? [Any])?.count == 1)
    let seeds = (0..<60).map { "n\($0 / 3),\($0 % 3),\($0 / 3).5,\(($0 * 7) % 30).5,\($0 / 3)00\n" }.joined()
    let units = try json(try tool("arch,seed,acc,synflow,params\n" + seeds), ["--target", "acc"])
    #expect(units["unit-columns"] as? [String] == ["arch"])
    let metrics = try #require(try group(units)["metrics"] as? [[String: Any]])
    #expect(metrics[0]["units"] as? Int == 20 && metrics[0]["n"] as? Int == 60)
    let apart = try json(try tool("arch,seed,acc,synflow,params\n" + seeds), ["--target", "acc", "--id", "none"])
    #expect(apart["unit-columns"] == nil || apart["unit-columns"] is NSNull)
  }

  @Test func missingValuesAreCountedAndNumbersThatStandForThemSaid() throws {
    let rows = (0..<40).map {
      "n\($0),\($0).5,\($0 < 4 ? "-1e8" : "\(($0 * 3) % 41).5"),\($0 % 8 == 0 ? "" : "\($0).25"),\($0)00\n"
    }
    let tool = try tool("arch,acc,jacov,snip,params\n" + rows.joined())
    #expect(try rank(tool, ["--target", "acc"]).output.contains("--read missing=-100000000"))
    let found = try group(try json(tool, ["--target", "acc", "--read", "missing=-1e8"]))
    let metrics = try #require(found["metrics"] as? [[String: Any]])
    #expect(metrics.first { $0["name"] as? String == "jacov" }?["n"] as? Int == 36)
    #expect(metrics.first { $0["name"] as? String == "snip" }?["n"] as? Int == 35)
    #expect(found["shared-rows"] as? Int == 32)
  }

  @Test func otherFilesAreRead() throws {
    let tool = try tool()
    #expect(
      try tool.shell(
        "tr , ';' < scores.csv > s.txt; gzip -k scores.csv; ln -s scores.csv link.csv; mkdir sub; cp scores.csv sub"
      ).status == 0)
    for file in ["s.txt", "scores.csv.gz", "link.csv", "sub/scores.csv"] {
      #expect(
        try rank(tool, ["--target", "acc", "--resamples", "100"], file: file).output.contains("40 rows"), "\(file)")
    }
    #expect(try tool.shell("$TOOL rank - --target acc < scores.csv | grep -q '40 rows'").status == 0)
    let saved = try rank(tool, ["--target", "acc", "--save", "a.yaml"], file: "sub/scores.csv")
    #expect(saved.status == 0 && saved.output.contains("next: trainfree run a.yaml\n"))
    #expect(try tool.run(["check", "a.yaml"]).status == 0)
    let outside = try rank(tool, ["--target", "acc", "--save", "sub/a.yaml"])
    #expect(outside.output.contains("next: trainfree run sub/a.yaml --files .\n"), "\(outside.output)")
    #expect(try tool.run(["check", "sub/a.yaml", "--files", "."]).status == 0)
  }

  @Test func whatIsWrongIsSaidAtOnce() throws {
    let tool = try tool()
    func check(_ text: String?, _ options: [String], _ status: Int32, _ words: [String], file: String = "x.csv") throws
    {
      if let text { try tool.write(text, to: file) }
      let result = try rank(tool, options, file: file)
      #expect(result.status == status, "\(options) \(result.output) \(result.errors)")
      for word in words { #expect(result.errors.contains(word), "\(word): \(result.errors)") }
      #expect(!result.errors.contains("the command line"), "\(result.errors)")
    }
    try check(nil, ["--target", "acc"], 66, ["did you mean scores.csv?"], file: "score.csv")
    try check(nil, ["--target", "acc"], 65, ["is a folder"], file: ".")
    try check("", ["--target", "acc"], 65, ["empty-file"])
    try check("acc\n1\n2\n", ["--target", "acc"], 65, ["no-metrics"])
    try check("a,acc,b\nx,1,2\n", ["--target", "acc"], 65, ["one row alone"])
    try check("a,acc,b\nx,,2\ny,,3\n", ["--target", "acc"], 65, ["no row has a value of acc"])
    try check("a,acc,b\nx,5,2.5\ny,5,3.5\nz,5,1.5\n", ["--target", "acc"], 65, ["constant-target"])
    try check("a,acc,kind\nx,5,p\ny,6,q\n", ["--target", "kind"], 65, ["text-column", "acc"])
    try check(
      nil, ["--target", "ac", "--metric", "god", "--lower", "arch1", "--baseline", "arch"], 65,
      ["did you mean acc?", "did you mean good?", "did you mean arch?", "text-column"], file: "scores.csv")
    try check(nil, [], 65, ["add --target with one of: acc"], file: "scores.csv")
    try check(nil, ["--target", "acc", "--read", "seperator=tab"], 65, ["did you mean separator?"], file: "scores.csv")
    try check(nil, ["--target", "acc", "--read", "separator=tabs"], 65, ["separator"], file: "scores.csv")
    try check(nil, ["--target", "acc", "--where", "arch=none"], 65, ["no row meets arch=none"], file: "scores.csv")
    try check(nil, ["--target", "acc", "--keep", "1.5"], 64, ["--keep"], file: "scores.csv")
    try check(nil, ["--target", "acc", "--top", "0"], 64, ["--top"], file: "scores.csv")
    try check(nil, ["--target", "acc", "--read", "x"], 64, ["="], file: "scores.csv")
    #expect(try tool.shell("mkdir full; touch full/report.md").status == 0)
    try check(nil, ["--target", "acc", "--report", "full"], 65, ["full"], file: "scores.csv")
    try tool.write("a,acc,s\nx,1,2.5\ny,2,3.5\n", to: "two.csv")
    // Two rows have an answer without an interval, and no claim.
    let two = try rank(tool, ["--target", "acc"], file: "two.csv")
    #expect(two.status == 0 && two.output.contains("1.000 [–]"), "\(two.output) \(two.errors)")
    #expect(two.output.contains("not shown to order"))
  }
}
