import Foundation
import Testing

/// Proxies that users write as formulas: on the command line and in specs.
@Suite struct FormulaTests {
  private let record = """
    {"hidden_size": 128, "encoder_layers": [
      {"operation_type": "SA", "operation_parameter": "SDP", "num_operation_heads": 2,
       "feed_forward_dimension": 512, "num_feed_forward": 1},
      {"operation_type": "LT", "operation_parameter": "DCT", "num_operation_heads": 2,
       "feed_forward_dimension": 512, "num_feed_forward": 1}]}
    """
  private let small = ["--steps", "4", "--columns", "2"]

  private func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write(record, to: "record.json")
    return tool
  }

  @Test func formulasAreMeasured() throws {
    let tool = try tool()
    let result = try tool.run(
      ["measure", "record.json", "--metric", "lpzero-bert", "--formula", "own = mean(layers, mean(square(head)))"]
        + small)
    #expect(result.status == 64, "a name ends at its sign: \(result.errors)")
    let request =
      ["measure", "record.json", "--metric", "lpzero-bert", "--formula", "own=mean(layers, mean(square(head)))"]
      + ["--formula", "size=sum(modules, sum(square(weight / weight)))"] + small
    let measured = try tool.run(request)
    #expect(measured.status == 0, "\(measured.errors)")
    let values = measured.output.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map(String.init) }
    #expect(values.map { $0[3] } == ["lpzero-bert", "own", "size"])
    let (built, own) = (try #require(Double(values[0][4])), try #require(Double(values[1][4])))
    #expect(abs(built - own) <= 1e-6 * abs(own))
    // Layer 1: 4·128² + 2·1024·128, layer 2: 128² + 2·1024·128.
    #expect(Double(values[2][4]) == 606_208)
    let json = try tool.run(request + ["--json"])
    #expect(json.output.contains("mean(layers, mean(modules, mean(square(head))))"))
    // Alone, a formula is all that is measured.
    let alone = try tool.run(["measure", "record.json", "--formula", "own=mean(layers, std(softmax))"] + small)
    #expect(alone.output.contains("undefined: layer") == false && alone.output.split(separator: "\n").count == 2)
  }

  @Test(arguments: [
    ("mean(square(weight))", 64, "--formula must be"), ("Own=mean(weight)", 64, "--formula must be"),
    ("snip=mean(modules, mean(weight))", 64, "There is a metric snip"),
    ("own=mean(layers, mean(wieght))", 65, "--formula own:1:19"), ("own=", 65, "there is no formula"),
    ("own=mean(layers, head", 65, "--formula own:1"), ("own=mean(head)", 65, "--formula own:1"),
  ])
  func wrongFormulasAreReported(_ formula: String, _ status: Int32, _ part: String) throws {
    let result = try tool().run(["measure", "record.json", "--formula", formula] + small)
    #expect(result.status == status && result.errors.contains(part), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func publishedProxiesAreShown() throws {
    let tool = try Tool()
    let shown = try tool.run(["metrics", "show", "lpzero-gpt-2"])
    #expect(shown.status == 0 && shown.output.contains("mean(modules, l1(square(weight))"))
    let json = try tool.run(["metrics", "show", "lpzero-flexibert-released", "--json"])
    #expect(json.output.contains("keeps-hooks"))
  }

  private func spec(_ proxies: String, metrics: String = "[parameters]") -> String {
    """
    analysis: a
    title: A
    measure:
      cells:
        architectures: {sample: {count: 4, seed: 1}}
        network: {vocabulary: 30, embedding: 6, hidden: 8, layers: 2}
        tokens: {steps: 4, columns: 3}
        metrics: \(metrics)
        proxies:
          \(proxies)
    summaries:
      all: {dataset: cells, columns: [own]}
    report: [{table: all}]
    """
  }

  /// A proxy is added to a spec, and its values are kept under its formula.
  @Test func specsHaveProxies() throws {
    let tool = try Tool()
    func run(_ formula: String) throws -> (status: Int32, output: String, errors: String) {
      try tool.write(spec("own: {formula: \"\(formula)\", better: higher, title: Own}"), to: "a.yaml")
      return try tool.run(["run", "a.yaml", "--output", "out", "--store", "s.sqlite"])
    }
    let first = try run("mean(layers, mean(square(weight)))")
    #expect(first.status == 0, "\(first.errors)")
    let csv = try String(contentsOfFile: tool.folder + "/out/measurements/cells.csv", encoding: .utf8)
    #expect(
      csv.split(whereSeparator: \.isNewline).first?.hasSuffix("parameters,own") == true
        && csv.split(whereSeparator: \.isNewline).count == 5)
    // The same program in other words is the same measurement.
    let again = try run("mean( layers, mean(modules, mean(square( weight ))) )")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try String(contentsOfFile: tool.folder + "/out/measurements/cells.csv", encoding: .utf8) == csv)
    let other = try run("mean(layers, mean(abs(weight)))")
    #expect(other.status == 0, "\(other.errors)")
    let changed = try String(contentsOfFile: tool.folder + "/out/measurements/cells.csv", encoding: .utf8)
    #expect(changed != csv)
  }

  @Test(arguments: [
    ("own: {formula: \"mean(layers, mean(wieght))\", better: higher}", "a.yaml:10:41"),
    ("own: {formula: mean(weight), better: higher}", "a.yaml:10:"),
    ("own: {formula: \"mean(modules, mean(weight))\"}", "better"),
    ("own: {formula: \"mean(modules, mean(weight))\", better: higher, cotangent: flow}", "cotangent"),
    ("own: {formula: \"mean(modules, mean(weight))\", better: higher, defects: [all]}", "writes-into-inputs"),
    ("snip: {formula: \"mean(modules, mean(weight))\", better: higher}", "there is a metric snip"),
    (
      "architecture: {formula: \"mean(modules, mean(weight))\", better: higher}\n      own: {formula: \"mean(modules, mean(weight))\", better: higher}",
      "a.yaml:10:7"
    ),
    ("own: [mean(modules, mean(weight))]", "a.yaml:10:"),
  ])
  func wrongSpecsAreReported(_ proxies: String, _ part: String) throws {
    let tool = try Tool()
    try tool.write(spec(proxies), to: "a.yaml")
    let result = try tool.run(["check", "a.yaml"])
    #expect(result.status == 65 && result.errors.contains(part), "\(result.errors)")
  }
}
